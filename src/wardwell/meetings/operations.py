"""What groups decide and who sits in them."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.audit.gate import Done, operation
from wardwell.meetings.models import Decision, Group, Seat, SeatHolding
from wardwell.meetings.queries import board


class UnableToDecide(ValueError):
    """Why a decision or a change of seats cannot be recorded, in a sentence for the screen."""


@operation(verb="decide", kind="meetings.Decision")
def decide(
    *,
    actor: Actor,
    at: datetime,
    about_kind: str,
    about_id: UUID,
    summary: str,
    reason: str,
    options: str = "",
    interests: str = "",
    equality: str = "",
    present: str = "",
) -> Done[UUID]:
    """Minute a decision of the Board about one thing. Raises UnableToDecide without a reason or without a Board."""
    if not reason.strip():
        raise UnableToDecide("Every decision carries its reason: say why.")
    group = _board(actor)
    decision = Decision(
        partnership_id=actor.here,
        group=group,
        taken_at=at,
        taken_by_id=actor.self_id,
        about_kind=about_kind,
        about_id=about_id,
        summary=summary,
        options=options,
        reason=reason.strip(),
        interests=interests.strip(),
        equality=equality.strip(),
        present=present.strip(),
    )
    decision.save(force_insert=True)
    return Done(decision.id, f"minuted for {group.name}: {summary}. Reason: {reason.strip()}", decision.id)


@operation(verb="change", kind="meetings.SeatHolding")
def vacate(*, actor: Actor, at: datetime, seat_line: str, on: date) -> Done[bool]:
    """A seat falls vacant on a date. Returns whether the statutory share has reached a half, which the event says too."""
    holding = (
        SeatHolding.objects.visible_to(actor)
        .filter(partnership_id=actor.here, seat__line=seat_line, active_until__isnull=True)
        .first()
    )
    if holding is None:
        raise UnableToDecide(f"No filled seat “{seat_line}”.")
    holding.active_until = on
    holding.save(update_fields=["active_until"])
    alert, words = _balance(actor, on)
    return Done(holding.id, f"recorded that the seat “{seat_line}” is vacant from {on:%d %B %Y}. {words}", alert)


@operation(verb="add", kind="meetings.Seat")
def add_seat(*, actor: Actor, at: datetime, line: str, side: str, on: date, basis: str) -> Done[bool]:
    """A new seat on the Board, filled from a date. Returns whether the statutory share has reached a half."""
    group = _board(actor)
    if side not in Seat.Side.values:
        raise UnableToDecide(f"“{side}” is no side of the Board: {', '.join(Seat.Side.values)}.")
    seat = Seat(
        partnership_id=actor.here,
        group=group,
        position=Seat.objects.visible_to(actor).filter(group_id=group.id).count() + 1,
        line=line,
        side=side,
        active_from=on,
        basis=basis,
        public_from=group.public_from,
    )
    seat.save(force_insert=True)
    SeatHolding(partnership_id=actor.here, seat=seat, active_from=on, public_from=group.public_from).save(
        force_insert=True
    )
    alert, words = _balance(actor, on)
    return Done(seat.id, f"added the {side} seat “{line}” from {on:%d %B %Y}. {words}", alert)


def _board(actor: Actor) -> Group:
    view = board(actor, partnership_id=actor.here, as_at=actor.at.date())
    if view is None:
        raise UnableToDecide("This partnership has no Board yet.")
    return Group.objects.visible_to(actor).get(id=view.id)


def _balance(actor: Actor, on: date) -> tuple[bool, str]:
    view = board(actor, partnership_id=actor.here, as_at=on)
    if view is None or view.mix.share is None:
        return False, "No seat is filled."
    words = f"Statutory seats: {view.mix.statutory} of {view.mix.filled} filled ({float(view.mix.share):.1%})"
    return view.mix.alert, words + (": a half or more, against the partnership's rule." if view.mix.alert else ".")

"""Questions about groups, their seats and their decisions."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch

from wardwell.access.actor import Actor
from wardwell.agencies.queries import Succession, succession
from wardwell.agencies.rules import is_active
from wardwell.meetings.models import THE_BOARD, Decision, Group, Seat, SeatHolding
from wardwell.meetings.rules import SeatMix, seat_mix


@dataclass(frozen=True, slots=True)
class SeatView:
    """A seat with its side, whether it is filled at the date, and where it is known from."""

    line: str
    side: str
    is_filled: bool
    agencies: tuple[str, ...]
    area: str
    basis: str
    note: str


@dataclass(frozen=True, slots=True)
class BoardView:
    """The Board as at a date."""

    id: UUID
    name: str
    as_at: date
    seats: tuple[SeatView, ...]
    mix: SeatMix


@dataclass(frozen=True, slots=True)
class GroupView:
    """A group in the delivery structure."""

    id: UUID
    code: str
    name: str
    kind: str
    parent: str
    delivers: str
    basis: str
    note: str


@dataclass(frozen=True, slots=True)
class DecisionView:
    """A decision as minuted."""

    id: UUID
    group: str
    taken_at: datetime
    taken_by: str
    summary: str
    reason: str
    interests: str
    equality: str
    present: str


def board(actor: Actor, *, partnership_id: UUID, as_at: date) -> BoardView | None:
    """The Board of a partnership with the seats it has at a date, or None if the actor may not see one."""
    group = Group.objects.visible_to(actor).filter(partnership_id=partnership_id, delivers=THE_BOARD).first()
    if group is None:
        return None
    holdings = Prefetch("holdings", queryset=SeatHolding.objects.visible_to(actor))
    rows = Seat.objects.visible_to(actor).filter(group_id=group.id).prefetch_related("agencies", holdings)
    after = succession()
    seats = tuple(
        _seat(row, after, as_at)
        for row in rows
        if is_active(active_from=row.active_from, active_until=row.active_until, as_at=as_at)
    )
    mix = seat_mix((seat.side == Seat.Side.STATUTORY, seat.is_filled) for seat in seats)
    return BoardView(group.id, group.name, as_at, seats, mix)


def groups(actor: Actor, *, partnership_id: UUID) -> tuple[GroupView, ...]:
    """The delivery structure of a partnership, by name."""
    rows = Group.objects.visible_to(actor).filter(partnership_id=partnership_id).select_related("parent")
    return tuple(
        GroupView(
            row.id,
            row.code,
            row.name,
            row.kind,
            row.parent.name if row.parent else "",
            row.delivers,
            row.basis,
            row.note,
        )
        for row in rows
    )


def decisions(actor: Actor, *, about_id: UUID) -> tuple[DecisionView, ...]:
    """Decisions about one thing, newest first."""
    rows = Decision.objects.visible_to(actor).filter(about_id=about_id).select_related("group", "taken_by")
    return tuple(
        DecisionView(
            row.id,
            row.group.name,
            row.taken_at,
            row.taken_by.name,
            row.summary,
            row.reason,
            row.interests,
            row.equality,
            row.present,
        )
        for row in rows
    )


def _seat(row: Seat, after: Succession, as_at: date) -> SeatView:
    filled = any(
        is_active(active_from=one.active_from, active_until=one.active_until, as_at=as_at) for one in row.holdings.all()
    )
    held_by = after.names_at((agency.code for agency in row.agencies.all()), as_at=as_at)
    return SeatView(row.line, row.side, filled, held_by, row.area, row.basis, row.note)

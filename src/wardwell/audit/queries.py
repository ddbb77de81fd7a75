"""Questions about what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from wardwell.access.actor import Actor
from wardwell.audit.models import Chain, Event
from wardwell.audit.rules import NO_PARTNERSHIP, Fault, SealedEvent, faults


@dataclass(frozen=True, slots=True)
class EventView:
    """An event as a coordinator reads it."""

    sequence: int
    at: datetime
    actor_name: str
    verb: str
    kind: str
    subject: str
    sentence: str
    because: str
    purpose: str
    rule: str


@dataclass(frozen=True, slots=True)
class EventPage:
    """A page of events, newest first, and how many there are in all."""

    events: tuple[EventView, ...]
    total: int
    page: int
    pages: int


def events(
    actor: Actor,
    *,
    kind: str = "",
    subject: str = "",
    words: str = "",
    changes_only: bool = False,
    by: UUID | None = None,
    page: int = 1,
    size: int = 50,
) -> EventPage:
    """Events the actor may see, newest first; about one kind or subject, with these words in them, or by one worker.

    One's own events are there for a worker who works for no partnership any more, too.
    """
    rows = Event.objects.visible_to(actor)
    wanted = Q(partnership_id=actor.partnership_id) if actor.partnership_id else Q()
    if kind:
        wanted &= Q(kind=kind)
    if subject:
        wanted &= Q(subject=subject)
    if words:
        wanted &= Q(sentence__icontains=words) | Q(actor_name__icontains=words)
    if changes_only:
        wanted &= ~Q(verb="see")
    if by is not None:
        wanted &= Q(actor_id=by)
    rows = rows.filter(wanted)
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    found = rows.order_by("-sequence")[(page - 1) * size : page * size]
    return EventPage(tuple(_view(row) for row in found), total, page, pages)


def head(*, partnership_id: UUID) -> tuple[int, str]:
    """Length and last hash of a partnership's chain, to be kept elsewhere (each release prints it)."""
    chain = Chain.objects.filter(chain=partnership_id).first()
    return (chain.length, chain.hash) if chain else (0, "")


def sealed_hash(actor: Actor, *, sequence: int) -> str | None:
    """The hash of one event in the chain of the partnership worked for, if the actor may see it."""
    rows = Event.objects.visible_to(actor).filter(partnership_id=actor.here, sequence=sequence)
    return rows.values_list("hash", flat=True).first()


def verify() -> tuple[Fault, ...]:
    """Every fault in every chain. To be run as migrator: the application's role does not see every event."""
    found: list[Fault] = []
    chains = {str(chain.chain): chain for chain in Chain.objects.all()}
    held = {
        str(key) if key else NO_PARTNERSHIP
        for key in Event._base_manager.values_list("partnership_id", flat=True).distinct()
    }
    for key in sorted(chains.keys() | held):
        of_chain = Q(partnership_id__isnull=True) if key == NO_PARTNERSHIP else Q(partnership_id=key)
        rows = Event._base_manager.filter(of_chain).order_by("sequence", "id")
        length, last = (chains[key].length, chains[key].hash) if key in chains else (0, "")
        found += faults((_sealed(row) for row in rows.iterator()), partnership=key, length=length, head=last)
    return tuple(found)


def counted() -> int:
    """How many events there are in all chains together, by their heads."""
    return sum(Chain.objects.values_list("length", flat=True))


def _view(row: Event) -> EventView:
    return EventView(
        row.sequence,
        row.at,
        row.actor_name,
        row.verb,
        row.kind,
        row.subject,
        row.sentence,
        row.because,
        row.purpose,
        row.rule,
    )


def _sealed(row: Event) -> SealedEvent:
    return SealedEvent(
        id=str(row.id),
        partnership=str(row.partnership_id) if row.partnership_id else None,
        sequence=row.sequence,
        at=row.at,
        actor_id=str(row.actor_id) if row.actor_id else None,
        actor_name=row.actor_name,
        verb=row.verb,
        kind=row.kind,
        subject=row.subject,
        sentence=row.sentence,
        rule=row.rule,
        because=row.because,
        purpose=row.purpose,
        previous_hash=row.previous_hash,
        hash=row.hash,
    )

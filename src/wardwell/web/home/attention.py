"""What waits for whoever looks: gathered from every package that has something to say, soonest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from wardwell.access.actor import Actor
from wardwell.access.policy import Role, may
from wardwell.access.queries import GrantView, grants, partnership
from wardwell.assessment import queries as assessments
from wardwell.evidence.queries import Line, ReminderView, calendar, supply
from wardwell.evidence.rules import counted
from wardwell.meetings.queries import board
from wardwell.publication import queries as publications
from wardwell.web.components import Tag, Task, printed
from wardwell.web.evidence.expected import sees_only_own

SOON = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing that needs somebody's attention: what, why, where, and how pressing it is."""

    title: str
    hint: str
    href: str
    status: Tag

    @property
    def task(self) -> Task:
        return Task(title=self.title, hint=self.hint, href=self.href, status=self.status)


Source = Callable[[Actor], Iterator[Waiting]]


def of_access(actor: Actor) -> Iterator[Waiting]:
    """Staff sessions that are open, and access that ends within a month."""
    for held in grants(actor):
        if not held.in_force or held.active_until is None:
            continue
        if held.role == Role.STAFF_SESSION:
            yield _staff_session(actor, held)
        elif held.active_until - actor.at <= SOON:
            whose = "Your access" if held.worker_id == actor.worker_id else f"The access of {held.worker_name}"
            ends = printed(held.active_until, "moment")
            yield Waiting(f"{whose} as {held.role} ends soon", f"On {ends}.", "/people", Tag("Ends soon", "yellow"))


def of_the_board(actor: Actor) -> Iterator[Waiting]:
    """The statutory share of the Board's filled seats, once it has reached a half."""
    here = partnership(actor)
    seats = board(actor, partnership_id=here.id, as_at=actor.at.date()) if here else None
    if here is None or seats is None or not seats.mix.alert:
        return
    yield Waiting(
        "Half or more of the Board's filled seats are statutory",
        f"{seats.mix.statutory} of {seats.mix.filled}. The partnership's rule since July 2013: fewer than half.",
        f"/partnerships/{here.code}",
        Tag("Against the rule", "red"),
    )


def of_evidence(actor: Actor) -> Iterator[Waiting]:
    """What is late or due soon, for those who can bring it in or chase it; and what a supplier was told about it."""
    brings = may(roles=actor.roles, verb="import", kind="evidence.Submission").allowed
    chases = may(roles=actor.roles, verb="chase", kind="evidence.Reminder").allowed
    if not brings and not chases:
        return
    lines = calendar(actor)
    if sees_only_own(actor):
        for line in lines:
            yield from _of_own(line)
    else:
        yield from _of_everybodys(lines)
    expected = {line.dataset.id for line in lines}
    for one in supply(actor) if brings else ():
        if one.is_late and one.dataset.id not in expected:
            due = printed(one.due_on, "date")
            yield Waiting(f"{one.dataset.name} is late", f"Due on {due}.", "/evidence", Tag("Late", "yellow"))


def _of_everybodys(lines: Sequence[Line]) -> Iterator[Waiting]:
    """One entry for all that the agencies are late with, which leads to the calendar."""
    late = sorted(
        ((line, one) for line in lines for one in line.periods if one.is_late), key=lambda pair: -pair[1].days_late
    )
    if not late:
        return
    line, one = late[0]
    agencies = len({line.supplier for line, _ in late})
    title = f"{counted(len(late), 'period')} late, of {counted(agencies, 'agency', 'agencies')}"
    hint = (
        f"The longest, by {counted(one.days_late, 'day')}: {one.period.words} of {line.dataset.name}, {line.supplier}."
    )
    yield Waiting(title, hint, "/evidence/calendar", Tag("Late", "orange"))


def _of_own(line: Line) -> Iterator[Waiting]:
    """For a supplier: an entry for all that is late of a dataset, with what the manager said, and one for what is due soon."""
    late = [one for one in line.periods if one.is_late]
    wanted = [one for one in line.periods if one.is_open or one.days_left >= 0]
    said = next((told.words for one in reversed(wanted) for told in reversed(one.reminders) if _is_own(told)), "")
    told = f" You were told: {said}" if said else ""
    name, href = line.dataset.name, f"/evidence/datasets/{line.dataset.code}"
    if late:
        first = late[0]
        more = f", and {counted(len(late) - 1, 'later period')} too" if len(late) > 1 else ""
        hint = f"{first.period.words} was due on {printed(first.due, 'date')}{more}.{told}"
        yield Waiting(f"{name} is late", hint, href, Tag("Late", "orange"))
    soon = next((one for one in line.periods if one.is_due_soon), None)
    if soon:
        hint = f"{soon.period.words} is due on {printed(soon.due, 'date')}.{'' if late else told}"
        yield Waiting(f"{name} is due soon", hint, href, Tag("Due soon", "blue"))


def _is_own(told: ReminderView) -> bool:
    return told.kind == "own words"


def of_assessments(actor: Actor) -> Iterator[Waiting]:
    """Assessments on which this actor can take the next step."""
    for one in assessments.needs_attention(actor):
        yield Waiting(one.title, one.sentence, f"/assessments/{one.assessment_id}", Tag("Assessment", "blue"))


def of_publication(actor: Actor) -> Iterator[Waiting]:
    """Assessments to publish, and releases whose numbers do not come out again."""
    for one in publications.needs_attention(actor):
        href = f"/releases/{one.reference}" if one.reference else f"/assessments/{one.assessment_id}"
        yield Waiting(one.title, one.sentence, href, Tag("Release", "green"))


def _staff_session(actor: Actor, held: GrantView) -> Waiting:
    whose = "Your staff session" if held.worker_id == actor.worker_id else f"A staff session of {held.worker_name}"
    ends = printed(held.active_until, "moment")
    return Waiting(f"{whose} is open", f"Until {ends}. Reason: {held.reason}", "/people", Tag("Open", "purple"))


SOURCES: tuple[Source, ...] = (of_publication, of_assessments, of_evidence, of_the_board, of_access)
"""Each package's own contribution; a new one is added here."""


def waiting_for(actor: Actor) -> tuple[Waiting, ...]:
    """Everything that waits for this actor, in the order of the sources."""
    return tuple(waiting for source in SOURCES for waiting in source(actor))

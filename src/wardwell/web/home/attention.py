"""What waits for whoever looks: gathered from every package that has something to say, soonest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from wardwell.access.actor import Actor
from wardwell.access.policy import Role, may
from wardwell.access.queries import GrantView, grants, partnership
from wardwell.assessment import queries as assessments
from wardwell.evidence.queries import supply
from wardwell.meetings.queries import board
from wardwell.publication import queries as publications
from wardwell.web.components import Tag, Task, printed

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
    """Datasets whose next edition is late, for those who can bring it in."""
    if not may(roles=actor.roles, verb="import", kind="evidence.Submission").allowed:
        return
    for one in supply(actor):
        if one.is_late:
            due = printed(one.due_on, "date")
            yield Waiting(f"{one.dataset.name} is late", f"Due on {due}.", "/evidence", Tag("Late", "yellow"))


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

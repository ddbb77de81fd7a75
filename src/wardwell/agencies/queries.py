"""Questions about agencies as at a date."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.agencies.models import Agency, Post
from wardwell.agencies.rules import is_active


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency with its dates, what it is in law, and who came before and after."""

    code: str
    name: str
    kind: str
    responsible_authority: bool
    active_from: date | None
    active_until: date | None
    successors: tuple[str, ...]
    predecessors: tuple[str, ...]
    basis: str
    certainty: str
    note: str


@dataclass(frozen=True, slots=True)
class Succession:
    """Every agency by its code, with those that came after it."""

    by_code: Mapping[str, Agency]

    def names_at(self, codes: Iterable[str], *, as_at: date) -> tuple[str, ...]:
        """Names of the agencies that these are at a date: each itself while it exists, then whoever came after it.

        A successor of another kind does not take a seat over: the council inherited public health, not the trust's place.
        """
        found: dict[str, None] = {}
        waiting = [self.by_code[code] for code in codes]
        while waiting:
            row = waiting.pop(0)
            if is_active(active_from=row.active_from, active_until=row.active_until, as_at=as_at):
                found[row.name] = None
            elif row.active_until is not None and row.active_until <= as_at:
                waiting += [self.by_code[after.code] for after in row.successors.all() if after.kind == row.kind]
        return tuple(found)


def agencies(actor: Actor, *, as_at: date) -> tuple[AgencyView, ...]:
    """Agencies that exist at a date, by name. Public reference data: the actor is asked for by habit of the house."""
    rows = Agency.objects.prefetch_related("successors", "predecessors")
    return tuple(
        _view(row) for row in rows if is_active(active_from=row.active_from, active_until=row.active_until, as_at=as_at)
    )


def history(actor: Actor) -> tuple[AgencyView, ...]:
    """Every agency ever entered, with successors, by name."""
    return tuple(_view(row) for row in Agency.objects.prefetch_related("successors", "predecessors"))


def responsible_authorities(actor: Actor, *, as_at: date) -> tuple[AgencyView, ...]:
    """The responsible authorities at a date (Crime and Disorder Act 1998, section 5; duties.md GOV-1)."""
    return tuple(view for view in agencies(actor, as_at=as_at) if view.responsible_authority)


def agency_of(actor: Actor, *, worker_id: UUID, as_at: date) -> str:
    """Names of the agencies that a worker works for at a date, or an empty text."""
    posts = Post.objects.filter(worker_id=worker_id).select_related("agency")
    return " and ".join(
        post.agency.name
        for post in posts
        if is_active(active_from=post.active_from, active_until=post.active_until, as_at=as_at)
    )


def workers_at(*, code: str, as_at: date) -> frozenset[UUID]:
    """Keys of everybody who works for an agency at a date, whatever access they have."""
    posts = Post.objects.filter(agency__code=code)
    return frozenset(
        post.worker_id
        for post in posts
        if is_active(active_from=post.active_from, active_until=post.active_until, as_at=as_at)
    )


def succession() -> Succession:
    """Who came after whom among all agencies, read once for a whole page."""
    return Succession({row.code: row for row in Agency.objects.prefetch_related("successors")})


def _view(row: Agency) -> AgencyView:
    return AgencyView(
        code=row.code,
        name=row.name,
        kind=row.kind,
        responsible_authority=row.responsible_authority,
        active_from=row.active_from,
        active_until=row.active_until,
        successors=tuple(one.name for one in row.successors.all()),
        predecessors=tuple(one.name for one in row.predecessors.all()),
        basis=row.basis,
        certainty=row.certainty,
        note=row.note,
    )

"""Questions about who asks and who has access."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from wardwell.access.actor import Actor
from wardwell.access.database import acting_as
from wardwell.access.models import Grant, Partnership, PartnershipName, Worker
from wardwell.access.policy import Role


class WorkerUnknown(LookupError):
    """No active worker has this e-mail address."""


@dataclass(frozen=True, slots=True)
class PartnershipView:
    """A partnership as shown on a page."""

    id: UUID
    code: str
    name: str
    kind: str
    lad_code: str
    csp_code: str
    force_code: str
    geography: str
    colour: str


@dataclass(frozen=True, slots=True)
class OtherName:
    """Another name of a partnership, with its dates and where it is known from."""

    name: str
    abbreviation: str
    active_from: date | None
    date_precision: str
    basis: str
    note: str


@dataclass(frozen=True, slots=True)
class GrantView:
    """A grant as shown on a page: who holds which role, from when until when, and why."""

    id: UUID
    worker_id: UUID
    worker_name: str
    worker_email: str
    job_title: str
    is_service: bool
    is_synthetic: bool
    role: Role
    reason: str
    active_from: datetime
    active_until: datetime | None
    given_by: str
    in_force: bool


def actor_for(*, worker_id: UUID, at: datetime, partnership_code: str | None = None) -> Actor:
    """The actor that a worker is at a moment, in one of their partnerships (the first by name if none is asked for).

    Row security shows a worker's partnerships to nobody but the worker, so the worker is named while they are read.
    """
    worker = Worker.objects.get(id=worker_id)
    nowhere = Actor(worker_id=worker.id, name=worker.name, partnership_id=None, roles=frozenset({Role.PUBLIC}), at=at)
    with acting_as(nowhere):
        grants = list(
            _in_force(at).filter(worker_id=worker_id).select_related("partnership").order_by("partnership__name")
        )
    codes = [grant.partnership.code for grant in grants]
    code = partnership_code if partnership_code in codes else (codes[0] if codes else None)
    here = [grant for grant in grants if grant.partnership.code == code]
    if not here:
        return nowhere
    roles = frozenset(Role(grant.role) for grant in here) | {Role.PUBLIC}
    return replace(nowhere, partnership_id=here[0].partnership_id, roles=roles)


def actor_named(*, email: str, at: datetime, partnership_code: str | None = None) -> Actor:
    """The actor that the worker with this e-mail address is. Raises WorkerUnknown."""
    worker = Worker.objects.filter(email__iexact=email, is_active=True).first()
    if worker is None:
        raise WorkerUnknown(f"No active worker has the e-mail address “{email}”.")
    return actor_for(worker_id=worker.id, at=at, partnership_code=partnership_code)


def partnerships_of(actor: Actor) -> tuple[PartnershipView, ...]:
    """The partnerships this actor may work in, by name."""
    ids = _in_force(actor.at).filter(worker_id=actor.self_id).values_list("partnership_id", flat=True)
    return tuple(
        _partnership_view(one)
        for one in Partnership.objects.visible_to(actor).filter(id__in=list(ids)).order_by("name")
    )


def public_partnerships(actor: Actor) -> tuple[PartnershipView, ...]:
    """Every partnership with a public page that this actor may see, by name."""
    return tuple(_partnership_view(one) for one in Partnership.objects.visible_to(actor).order_by("name"))


def partnership(actor: Actor, *, code: str | None = None) -> PartnershipView | None:
    """The partnership with this code, or the one worked for, if the actor may see it."""
    wanted = Q(code=code) if code is not None else Q(id=actor.partnership_id)
    found = Partnership.objects.visible_to(actor).filter(wanted).first()
    return _partnership_view(found) if found else None


def other_names(actor: Actor, *, partnership_id: UUID, as_at: date) -> tuple[OtherName, ...]:
    """Names the partnership bears at a date besides its own."""
    if not Partnership.objects.visible_to(actor).filter(id=partnership_id).exists():
        return ()
    rows = PartnershipName.objects.filter(
        Q(active_until__isnull=True) | Q(active_until__gt=as_at), partnership_id=partnership_id
    )
    return tuple(
        OtherName(row.name, row.abbreviation, row.active_from, row.date_precision, row.basis, row.note)
        for row in rows
        if row.active_from is None or row.active_from <= as_at
    )


def grants(actor: Actor) -> tuple[GrantView, ...]:
    """Every grant this actor may see in the partnership worked for, newest first; one's own always."""
    rows = Grant.objects.visible_to(actor).filter(partnership_id=actor.here)
    return tuple(_grant_view(row, actor.at) for row in rows.select_related("worker", "given_by"))


def grant(actor: Actor, *, grant_id: UUID) -> GrantView | None:
    """One grant of the partnership worked for, if the actor may see it: their role here says nothing about another's grants."""
    rows = Grant.objects.visible_to(actor).filter(id=grant_id, partnership_id=actor.here)
    row = rows.select_related("worker", "given_by").first()
    return _grant_view(row, actor.at) if row else None


def workers_in(actor: Actor) -> tuple[tuple[UUID, str, str], ...]:
    """Key, name and job title of everybody who holds or held a grant that the actor may see, by name."""
    seen = {view.worker_id: (view.worker_id, view.worker_name, view.job_title) for view in grants(actor)}
    return tuple(sorted(seen.values(), key=lambda row: row[1]))


def holders(*, role_names: frozenset[Role], partnership_id: UUID, at: datetime) -> tuple[UUID, ...]:
    """Keys of the workers who hold one of these roles by a grant in force (for the explanation of access)."""
    rows = _in_force(at).filter(partnership_id=partnership_id, role__in=sorted(role_names))
    return tuple(rows.values_list("worker_id", flat=True).distinct())


def _in_force(at: datetime) -> QuerySet[Grant]:
    return Grant._base_manager.filter(
        Q(active_until__isnull=True) | Q(active_until__gt=at), active_from__lte=at, worker__is_active=True
    )


def _partnership_view(row: Partnership) -> PartnershipView:
    return PartnershipView(
        row.id, row.code, row.name, row.kind, row.lad_code, row.csp_code, row.force_code, row.geography, row.colour
    )


def _grant_view(row: Grant, at: datetime) -> GrantView:
    return GrantView(
        id=row.id,
        worker_id=row.worker_id,
        worker_name=row.worker.name,
        worker_email=row.worker.email,
        job_title=row.worker.job_title,
        is_service=row.worker.kind == Worker.Kind.SERVICE,
        is_synthetic=row.worker.is_synthetic,
        role=Role(row.role),
        reason=row.reason,
        active_from=row.active_from,
        active_until=row.active_until,
        given_by=row.given_by.name if row.given_by else "the installation",
        in_force=row.active_from <= at and (row.active_until is None or row.active_until > at) and row.worker.is_active,
    )

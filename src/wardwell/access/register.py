"""The register of partnerships, workers and grants: the rows themselves, and nothing about who may change them.

Only guarded operations (`agencies.operations`) and the loader of a new installation write here; `access` lies below the gate
and the audit trail and so cannot guard itself.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from wardwell.access.models import Grant, Partnership, PartnershipName, Worker
from wardwell.access.policy import Role


def put_partnership(
    *, code: str, name: str, lad_code: str, csp_code: str, force_code: str, geography: str, public_from: datetime
) -> UUID:
    """Enter a partnership, or bring the one with this code up to date. Returns its key."""
    found, _ = Partnership._base_manager.update_or_create(
        code=code,
        defaults={
            "name": name,
            "lad_code": lad_code,
            "csp_code": csp_code,
            "force_code": force_code,
            "geography": geography,
            "public_from": public_from,
        },
    )
    return found.id


def is_entered(*, code: str) -> bool:
    """Whether a partnership with this code is in the register."""
    return Partnership._base_manager.filter(code=code).exists()


def put_other_name(
    *,
    partnership_id: UUID,
    name: str,
    abbreviation: str,
    active_from: date | None,
    date_precision: str,
    basis: str,
    note: str,
) -> None:
    """Enter another name of a partnership with the date from which it is borne."""
    PartnershipName.objects.update_or_create(
        partnership_id=partnership_id,
        name=name,
        defaults={
            "abbreviation": abbreviation,
            "active_from": active_from,
            "date_precision": date_precision,
            "basis": basis,
            "note": note,
        },
    )


def put_worker(
    *,
    email: str,
    name: str,
    job_title: str,
    at: datetime,
    password: str | None = None,
    kind: str = "person",
    is_synthetic: bool = False,
) -> UUID:
    """Enter a worker, or return the one who has this address. Without a password nobody can sign in by one."""
    worker = Worker.objects.filter(email__iexact=email).first()
    if worker is None:
        worker = Worker(
            email=email.lower(), name=name, job_title=job_title, kind=kind, joined_at=at, is_synthetic=is_synthetic
        )
        worker.set_password(password)
        worker.save()
    return worker.id


def add_grant(
    *,
    worker_id: UUID,
    partnership_id: UUID,
    role: Role,
    reason: str,
    active_from: datetime,
    active_until: datetime | None = None,
    given_by_id: UUID | None = None,
) -> UUID:
    """Enter a grant. Returns its key."""
    grant = Grant(
        worker_id=worker_id,
        partnership_id=partnership_id,
        role=role.value,
        reason=reason,
        active_from=active_from,
        active_until=active_until,
        given_by_id=given_by_id,
    )
    grant.save()
    return grant.id


def end_grant(*, grant_id: UUID, at: datetime) -> None:
    """Let a grant end at a moment; what was seen under it stays in the audit trail."""
    Grant._base_manager.filter(id=grant_id).update(active_until=at)


def set_password(*, worker_id: UUID, password: str) -> None:
    """Give a worker a password, unless it is theirs already."""
    worker = Worker.objects.get(id=worker_id)
    if not worker.check_password(password):
        worker.set_password(password)
        worker.save(update_fields=["password"])


def roles_ever(*, worker_id: UUID, partnership_id: UUID) -> frozenset[Role]:
    """Every role that the worker holds or has held in a partnership."""
    held = Grant._base_manager.filter(worker_id=worker_id, partnership_id=partnership_id)
    return frozenset(Role(role) for role in held.values_list("role", flat=True))

"""The register of agencies: the rows as an installation enters them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from wardwell.agencies.models import Agency, Post


def put_agency(
    *,
    code: str,
    name: str,
    kind: str,
    responsible_authority: bool,
    active_from: date | None,
    active_until: date | None,
    basis: str,
    certainty: str,
    note: str,
) -> int:
    """Enter an agency, or bring the one with this code up to date. Returns its key."""
    agency, _ = Agency.objects.update_or_create(
        code=code,
        defaults={
            "name": name,
            "kind": kind,
            "responsible_authority": responsible_authority,
            "active_from": active_from,
            "active_until": active_until,
            "basis": basis,
            "certainty": certainty,
            "note": note,
        },
    )
    return agency.pk


def put_successors(*, code: str, successors: Iterable[str]) -> None:
    """Say which agencies came after one."""
    Agency.objects.get(code=code).successors.set(Agency.objects.filter(code__in=list(successors)))


def put_post(*, worker_id: UUID, agency_code: str, active_from: date) -> None:
    """Say which agency a worker works for, if that is not said yet."""
    Post.objects.get_or_create(
        worker_id=worker_id, agency=Agency.objects.get(code=agency_code), defaults={"active_from": active_from}
    )


def key_of(code: str) -> int:
    """The key of the agency with this code."""
    return Agency.objects.get(code=code).pk

"""The register of groups and seats: the rows as an installation enters them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from wardwell.meetings.models import Group, Seat, SeatHolding


def put_group(
    *,
    partnership_id: UUID,
    code: str,
    name: str,
    kind: str,
    delivers: str,
    basis: str,
    note: str,
    public_from: datetime,
) -> UUID:
    """Enter a group, or bring the one with this code up to date. Returns its key."""
    group, _ = Group._base_manager.update_or_create(
        partnership_id=partnership_id,
        code=code,
        defaults={
            "name": name,
            "kind": kind,
            "delivers": delivers,
            "basis": basis,
            "note": note,
            "public_from": public_from,
        },
    )
    return group.id


def put_parent(*, partnership_id: UUID, code: str, parent: str) -> None:
    """Say under which group one stands."""
    above = Group._base_manager.get(partnership_id=partnership_id, code=parent)
    Group._base_manager.filter(partnership_id=partnership_id, code=code).update(parent=above)


def put_seat(
    *,
    group_id: UUID,
    position: int,
    line: str,
    side: str,
    area: str,
    agency_keys: Iterable[int],
    active_from: date,
    basis: str,
    note: str,
) -> None:
    """Enter a seat, filled from its first day, or bring the words of the one at this position up to date."""
    group = Group._base_manager.get(id=group_id)
    seat, made = Seat._base_manager.update_or_create(
        partnership_id=group.partnership_id,
        group_id=group_id,
        position=position,
        defaults={
            "line": line,
            "side": side,
            "area": area,
            "active_from": active_from,
            "basis": basis,
            "note": note,
            "public_from": group.public_from,
        },
    )
    if made:
        seat.agencies.set(agency_keys)
        SeatHolding(
            partnership_id=group.partnership_id, seat=seat, active_from=active_from, public_from=group.public_from
        ).save(force_insert=True)


def group_key(*, partnership_id: UUID, code: str) -> UUID:
    """The key of the group with this code."""
    return Group._base_manager.get(partnership_id=partnership_id, code=code).id

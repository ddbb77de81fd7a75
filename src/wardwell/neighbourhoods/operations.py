"""Drawing Priority Areas and letting them end."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.audit.gate import Done, operation
from wardwell.neighbourhoods.models import PriorityArea
from wardwell.neighbourhoods.rules import Grade, polygon_fault


class UnableToDraw(ValueError):
    """Why a Priority Area cannot be recorded, in a sentence for the screen."""


@operation(verb="add", kind="neighbourhoods.PriorityArea")
def record_priority_area(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    name: str,
    grade: Grade,
    polygon: Mapping[str, Any],
    is_illustrative: bool,
    basis: str,
    active_from: date,
    public_from: datetime | None = None,
) -> Done[UUID]:
    """Record a Priority Area as drawn from a date; the version before it, if there is one, ends on that date.

    Drawn again exactly as it stands, it changes nothing. Raises UnableToDraw: without a basis, for a polygon that is none,
    or for a date no later than that of the version it would replace.
    """
    _refuse_faults(polygon, basis)
    present = _present(actor, code)
    area = PriorityArea(
        partnership_id=actor.here,
        code=code,
        name=name,
        grade=grade,
        meaning=grade.meaning,
        polygon=dict(polygon),
        is_illustrative=is_illustrative,
        basis=basis,
        active_from=active_from,
        public_from=public_from,
    )
    if present and _same(present, area):
        return Done(present.id, f"drew the Priority Area {name} again: nothing in it has changed", present.id)
    if present:
        _end(present, active_from)
    area.save(force_insert=True)
    manner = "an illustrative polygon" if is_illustrative else "its polygon"
    return Done(area.id, f"drew the Priority Area {name} ({grade}) with {manner}, from {active_from:%d %B %Y}", area.id)


@operation(verb="change", kind="neighbourhoods.PriorityArea")
def end_priority_area(*, actor: Actor, at: datetime, code: str, on: date, reason: str) -> Done[UUID]:
    """Let a Priority Area end on a date, for a reason (duties.md NBH-2). Raises UnableToDraw."""
    present = _present(actor, code)
    if present is None:
        raise UnableToDraw(f"There is no present Priority Area “{code}”.")
    if not reason.strip():
        raise UnableToDraw("An area leaves only with a reason: say why.")
    _end(present, on)
    return Done(present.id, f"ended the Priority Area {present.name} on {on:%d %B %Y}: {reason.strip()}", present.id)


def _refuse_faults(polygon: Mapping[str, Any], basis: str) -> None:
    if not basis.strip():
        raise UnableToDraw("Say where the polygon comes from.")
    fault = polygon_fault(polygon)
    if fault:
        raise UnableToDraw(fault)


def _present(actor: Actor, code: str) -> PriorityArea | None:
    return (
        PriorityArea.objects.visible_to(actor)
        .filter(partnership_id=actor.here, code=code, active_until__isnull=True)
        .first()
    )


def _same(one: PriorityArea, other: PriorityArea) -> bool:
    fields = ("name", "grade", "polygon", "is_illustrative", "basis")
    return all(getattr(one, field) == getattr(other, field) for field in fields)


def _end(area: PriorityArea, on: date) -> None:
    if on <= area.active_from:
        raise UnableToDraw(f"{area.name} was drawn from {area.active_from:%d %B %Y}; it can end only after that day.")
    area.active_until = on
    area.save(update_fields=["active_until"])

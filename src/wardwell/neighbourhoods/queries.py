"""Questions about Priority Areas as at a date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.db.models import Q
from shapely.geometry import shape

from wardstats import geography, tables
from wardwell.access.actor import Actor
from wardwell.access.queries import partnership
from wardwell.areas.queries import boundaries
from wardwell.neighbourhoods.models import PriorityArea
from wardwell.neighbourhoods.rules import PRIORITY_AREAS, Grade

LSOA_EDITIONS = ("2011", "2021")


@dataclass(frozen=True, slots=True)
class PriorityAreaView:
    """A Priority Area as drawn at a date."""

    id: UUID
    code: str
    name: str
    grade: Grade
    meaning: str
    polygon: dict[str, Any]
    is_illustrative: bool
    basis: str
    active_from: date
    active_until: date | None


def priority_areas(actor: Actor, *, partnership_id: UUID, as_at: date) -> tuple[PriorityAreaView, ...]:
    """The Priority Areas of a partnership at a date: the red ones first, then by name."""
    rows = PriorityArea.objects.visible_to(actor).filter(
        Q(active_until__isnull=True) | Q(active_until__gt=as_at), partnership_id=partnership_id, active_from__lte=as_at
    )
    views = [_view(row) for row in rows]
    return tuple(sorted(views, key=lambda view: (view.grade != Grade.RED, view.name)))


def history(actor: Actor, *, code: str) -> tuple[PriorityAreaView, ...]:
    """Every version of one Priority Area of the partnership worked for, oldest first."""
    rows = PriorityArea.objects.visible_to(actor).filter(partnership_id=actor.here, code=code)
    return tuple(_view(row) for row in rows.order_by("active_from"))


def geojson(actor: Actor, *, partnership_id: UUID, as_at: date) -> dict[str, Any]:
    """The Priority Areas at a date as a GeoJSON FeatureCollection for a map, with what each is and whether it is illustrative."""
    features = [
        {
            "type": "Feature",
            "properties": {
                "code": view.code,
                "name": view.name,
                "grade": view.grade.value,
                "meaning": view.meaning,
                "is_illustrative": view.is_illustrative,
                "basis": view.basis,
            },
            "geometry": view.polygon,
        }
        for view in priority_areas(actor, partnership_id=partnership_id, as_at=as_at)
    ]
    return {"type": "FeatureCollection", "features": features}


def members(actor: Actor, *, as_at: date) -> pa.Table:
    """Which LSOAs, of both versions, are counted as part of each Priority Area of the partnership worked for.

    An LSOA belongs to the area in which its representative point lies: a point that is sure to be inside it. The table keeps the
    contract `wardstats.tables.AREA_MEMBERS`, to be kept as evidence by whoever may look at both packages.
    """
    views = priority_areas(actor, partnership_id=actor.here, as_at=as_at)
    placed = geography.membership(_lsoas(actor), {view.code: shape(view.polygon) for view in views})
    rows = [_member(view, code) for view in views for code in sorted(placed.of(view.code))]
    return pa.Table.from_pylist(rows, schema=tables.AREA_MEMBERS.arrow)


def _lsoas(actor: Actor) -> list[geography.Area]:
    here = partnership(actor)
    found = {}
    for edition in LSOA_EDITIONS:
        drawn = boundaries(district_code=here.lad_code if here else "", kind="lsoa", edition=edition)
        for feature in drawn["features"]:
            code, name = feature["properties"]["code"], feature["properties"]["name"]
            found[code] = geography.Area(code, name, shape(feature["geometry"]))
    return list(found.values())


def _member(view: PriorityAreaView, lsoa_code: str) -> dict[str, Any]:
    return {
        "set_code": PRIORITY_AREAS,
        "area_code": view.code,
        "area_name": view.name,
        "grade": view.grade.value,
        "lsoa_code": lsoa_code,
        "basis": "illustrative" if view.is_illustrative else view.basis,
        "since": view.active_from,
        "until": view.active_until,
    }


def _view(row: PriorityArea) -> PriorityAreaView:
    return PriorityAreaView(
        id=row.id,
        code=row.code,
        name=row.name,
        grade=Grade(row.grade),
        meaning=row.meaning,
        polygon=row.polygon,
        is_illustrative=row.is_illustrative,
        basis=row.basis,
        active_from=row.active_from,
        active_until=row.active_until,
    )

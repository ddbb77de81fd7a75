"""Questions about areas and how they nest, as at an edition of the codes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from wardwell.areas.models import Area, Nesting


@dataclass(frozen=True, slots=True)
class AreaView:
    """An area of one edition."""

    code: str
    name: str
    kind: str
    edition: str


def areas(*, district_code: str, kind: str, edition: str) -> tuple[AreaView, ...]:
    """The areas of a kind in a district, by name."""
    rows = Area.objects.filter(district_code=district_code, kind=kind, edition=edition).order_by("name")
    return tuple(AreaView(row.code, row.name, row.kind, row.edition) for row in rows)


def area(*, code: str, edition: str) -> AreaView | None:
    """One area by its code."""
    row = Area.objects.filter(code=code, edition=edition).first()
    return AreaView(row.code, row.name, row.kind, row.edition) if row else None


def boundaries(*, district_code: str, kind: str, edition: str) -> dict[str, Any]:
    """The boundaries of a kind of area in a district, as a GeoJSON FeatureCollection with `code` and `name`."""
    rows = Area.objects.filter(
        district_code=district_code, kind=kind, edition=edition, boundary__isnull=False
    ).order_by("code")
    features = [
        {"type": "Feature", "properties": {"code": row.code, "name": row.name}, "geometry": row.boundary}
        for row in rows
    ]
    return {"type": "FeatureCollection", "features": features}


def nested(*, district_code: str, inner_edition: str, outer_kind: str, outer_edition: str) -> dict[str, str]:
    """For each LSOA of an edition in a district, the larger area that it lies in."""
    rows = Nesting.objects.filter(
        inner__district_code=district_code,
        inner__edition=inner_edition,
        outer__kind=outer_kind,
        outer__edition=outer_edition,
    )
    return dict(rows.values_list("inner__code", "outer__code"))

"""The register of areas: the rows as an installation enters them from published boundaries and look-ups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from wardwell.areas.models import Area, Nesting


def put_areas(
    features: Iterable[Mapping[str, Any]],
    *,
    kind: str,
    edition: str,
    district_code: str,
    active_from: date | None,
    active_until: date | None,
    source: str,
    licence: str,
) -> int:
    """Enter areas from GeoJSON features that have `code` and `name`. Returns how many there are."""
    rows = [
        Area(
            code=feature["properties"]["code"],
            name=feature["properties"]["name"],
            kind=kind,
            edition=edition,
            district_code=district_code,
            active_from=active_from,
            active_until=active_until,
            source=source,
            licence=licence,
            boundary=feature["geometry"],
        )
        for feature in features
    ]
    Area.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["kind", "edition", "code"],
        update_fields=["name", "district_code", "active_from", "active_until", "source", "licence", "boundary"],
    )
    return len(rows)


def put_nesting(pairs: Iterable[tuple[str, str]], *, inner_edition: str, outer_edition: str, basis: str) -> int:
    """Say which LSOA lies in which ward, from a published look-up. Returns how many pairs were entered."""
    inner = dict(Area.objects.filter(kind=Area.Kind.LSOA, edition=inner_edition).values_list("code", "id"))
    outer = dict(Area.objects.filter(kind=Area.Kind.WARD, edition=outer_edition).values_list("code", "id"))
    rows = [
        Nesting(inner_id=inner[small], outer_id=outer[large], basis=basis)
        for small, large in pairs
        if small in inner and large in outer
    ]
    Nesting.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)

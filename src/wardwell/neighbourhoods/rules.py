"""What a Priority Area must be: a polygon on the earth, a grade, a time."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.validation import explain_validity

PRIORITY_AREAS = "priority-areas"


class Grade(StrEnum):
    """How urgent a Priority Area is; the strategy's own two grades (duties.md KPI-10)."""

    RED = "red"
    AMBER = "amber"

    @property
    def meaning(self) -> str:
        """The grade in words, because a colour alone says nothing to many.

        >>> Grade.AMBER.meaning
        'medium priority'
        """
        return {Grade.RED: "high priority", Grade.AMBER: "medium priority"}[self]


def polygon_fault(geometry: Mapping[str, Any]) -> str:
    """What is wrong with a polygon as GeoJSON in degrees (WGS 84); an empty text when nothing is.

    >>> polygon_fault({"type": "Polygon", "coordinates": [[[-2.1, 52.5], [-2.0, 52.5], [-2.0, 52.6], [-2.1, 52.5]]]})
    ''
    >>> polygon_fault({"type": "Point", "coordinates": [-2.1, 52.5]})
    'A Priority Area is a Polygon or a MultiPolygon, not a Point.'
    >>> grid = [[391000, 298000], [392000, 298000], [391000, 299000], [391000, 298000]]
    >>> polygon_fault({"type": "Polygon", "coordinates": [grid]})
    'The coordinates are not degrees of longitude and latitude: convert them from the National Grid to WGS 84.'
    """
    kind = geometry.get("type")
    if kind not in {"Polygon", "MultiPolygon"}:
        return f"A Priority Area is a Polygon or a MultiPolygon, not a {kind}."
    try:
        polygon = shape(geometry)
    except (ShapelyError, ValueError, TypeError, KeyError, IndexError):
        return "The coordinates cannot be read as GeoJSON."
    if polygon.is_empty:
        return "The polygon is empty."
    west, south, east, north = polygon.bounds
    if west < -180 or east > 180 or south < -90 or north > 90:
        return (
            "The coordinates are not degrees of longitude and latitude: convert them from the National Grid to WGS 84."
        )
    return "" if polygon.is_valid else f"The polygon is not valid: {explain_validity(polygon)}."

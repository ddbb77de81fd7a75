"""Boundaries small enough for a browser, with neighbours that still touch."""

from __future__ import annotations

import json
from dataclasses import replace

import shapely
from shapely.geometry.base import BaseGeometry

from wardstats.geography.boundaries import Boundaries

TOLERANCES = (0.0, 0.00002, 0.00005, 0.0001, 0.0002, 0.0004, 0.0008, 0.0016)


class UnableToSimplify(ValueError):
    """The areas do not fit into the size allowed without losing one."""


def simplify(boundaries: Boundaries, *, most_bytes: int) -> Boundaries:
    """The most faithful version whose GeoJSON is no longer than ``most_bytes``.

    Neighbours are simplified together, so that a shared boundary stays shared: no gaps, no overlaps. The tolerance is
    in degrees; the coarsest tried, 0.0016, is about 150 metres, and no area is ever left out.

    Raises
    ------
    UnableToSimplify
        If even the coarsest is too long, or an area would vanish.
    """
    for tolerance in TOLERANCES:
        simpler = _simpler(boundaries, tolerance)
        if any(area.shape.is_empty for area in simpler):
            break
        if len(json.dumps(simpler.geojson(), separators=(",", ":"))) <= most_bytes:
            return simpler
    raise UnableToSimplify(f"{len(boundaries)} areas cannot be drawn in {most_bytes:,} bytes.")


def _simpler(boundaries: Boundaries, tolerance: float) -> Boundaries:
    if not tolerance:
        return boundaries
    shapes: list[BaseGeometry] = list(shapely.coverage_simplify([area.shape for area in boundaries], tolerance))
    areas = (replace(area, shape=shape) for area, shape in zip(boundaries, shapes, strict=True))
    return replace(boundaries, areas=tuple(areas))

"""Which small areas belong to which drawn one: by a point that lies inside the small area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shapely import STRtree
from shapely.geometry.base import BaseGeometry

from wardstats.geography.boundaries import Area


@dataclass(frozen=True)
class Membership:
    """The polygon that each area's point lies in, and the areas whose point lies in none.

    Where polygons overlap an area is a member of the first, in the order given.
    """

    inside: Mapping[str, str]
    outside: tuple[str, ...]

    def of(self, polygon: str) -> tuple[str, ...]:
        """The codes of the areas that belong to one polygon."""
        return tuple(code for code, name in self.inside.items() if name == polygon)


def membership(areas: Iterable[Area], polygons: Mapping[str, BaseGeometry]) -> Membership:
    """Place areas in polygons by their representative point, which always lies within the area itself.

    An area belongs to a polygon whole or not at all: whoever uses this for drawn areas says so beside the figure.

    Examples
    --------
    >>> from shapely.geometry import box
    >>> found = membership([Area("a", "A", box(0, 0, 1, 1)), Area("b", "B", box(5, 5, 6, 6))], {"red": box(0, 0, 2, 2)})
    >>> found.inside, found.outside
    ({'a': 'red'}, ('b',))
    """
    areas, names = list(areas), list(polygons)
    tree = STRtree(list(polygons.values()))
    inside, outside = {}, []
    for area in areas:
        hits = tree.query(area.shape.representative_point(), predicate="intersects")
        if len(hits):
            inside[area.code] = names[min(hits)]
        else:
            outside.append(area.code)
    return Membership(inside, tuple(outside))

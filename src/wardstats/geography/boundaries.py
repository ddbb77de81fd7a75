"""Boundaries as ONS publishes them: areas with a code, a name and a shape in longitude and latitude."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

_CODE = re.compile(r"(?P<kind>[A-Z]+)(?P<year>\d\d)CD")
DECIMALS = 5


class UnableToReadBoundaries(ValueError):
    """A file of boundaries is not GeoJSON of polygons with one kind of ONS code."""


@dataclass(frozen=True)
class Area:
    """One area: its ONS code, its name, and its shape in degrees (WGS 84)."""

    code: str
    name: str
    shape: BaseGeometry


@dataclass(frozen=True)
class Boundaries:
    """The areas of one kind and version, for example ``LSOA`` of 2021, in the order of their codes."""

    kind: str
    year: int
    areas: tuple[Area, ...]

    def __iter__(self) -> Iterator[Area]:
        return iter(self.areas)

    def __len__(self) -> int:
        return len(self.areas)

    def geojson(self, *, decimals: int = DECIMALS) -> dict[str, Any]:
        """The areas for a map: each feature has ``code`` and ``name``; five decimals of a degree are about a metre."""
        return {"type": "FeatureCollection", "features": [_feature(area, decimals) for area in self.areas]}


def read_boundaries(path: Path) -> Boundaries:
    """Read GeoJSON of ONS, in which code and name are properties such as ``LSOA21CD`` and ``LSOA21NM``.

    A shape that crosses itself is mended, which moves no boundary between areas.

    Raises
    ------
    UnableToReadBoundaries
        If it is not GeoJSON of polygons, has no ONS code, or has one code twice.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        heading = _code_heading(features[0]["properties"])
        areas = sorted((_area(feature, heading[0]) for feature in features), key=lambda area: area.code)
    except (ValueError, LookupError, TypeError, AttributeError, ShapelyError) as error:
        raise UnableToReadBoundaries(f"{path.name} is not GeoJSON of areas with ONS codes: {error!r}") from error
    if len({area.code for area in areas}) != len(areas):
        raise UnableToReadBoundaries(f"{path.name} has two areas of one code.")
    return Boundaries(heading["kind"], 2000 + int(heading["year"]), tuple(areas))


def _code_heading(properties: Mapping[str, Any]) -> re.Match[str]:
    """The first property that names a code: files of wards also carry that of the district, after it."""
    found = next(filter(None, map(_CODE.fullmatch, properties)), None)
    if found is None:
        raise LookupError("no property such as LSOA21CD")
    return found


def _area(feature: Mapping[str, Any], heading: str) -> Area:
    properties = feature["properties"]
    found = shape(feature["geometry"])
    if found.geom_type not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"{properties[heading]} is a {found.geom_type}")
    return Area(properties[heading], properties[heading.replace("CD", "NM")], shapely.make_valid(found))


def _feature(area: Area, decimals: int) -> dict[str, Any]:
    rounded = _rounded(mapping(area.shape)["coordinates"], decimals)
    geometry = {"type": area.shape.geom_type, "coordinates": rounded}
    return {"type": "Feature", "properties": {"code": area.code, "name": area.name}, "geometry": geometry}


def _rounded(coordinates: Any, decimals: int) -> Any:
    """Nested rings with each number rounded; neighbours share corners, and round alike."""
    if isinstance(coordinates[0], float | int):
        return [round(number, decimals) for number in coordinates[:2]]
    return [_rounded(part, decimals) for part in coordinates]

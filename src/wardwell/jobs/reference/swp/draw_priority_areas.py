"""Draw the six Priority Areas from whole LSOAs (2021) around the places that the strategy names.

The strategy prints names and grades, no boundaries. Which LSOAs lie around a place was chosen by hand, from the place's position
on a map and from nothing else: no count of crimes or of people was looked at, and the choice is never adjusted to make a share
come out.

    python src/wardwell/jobs/reference/swp/draw_priority_areas.py
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from shapely import coverage_union_all, set_precision
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

HERE = Path(__file__).parent
SOURCE = HERE / "boundaries" / "lsoa-2021.geojson"
TARGET = HERE / "priority-areas.geojson"
BASIS = (
    "Illustrative: drawn by hand from whole LSOAs (2021) around the named place. The strategy prints no boundary. "
    "Office for National Statistics, Open Government Licence v3.0; contains OS data © Crown copyright and database right."
)
GRID = 0.00001  # about one metre; the boundaries are already simplified, all together, so that neighbours still meet

AREAS: dict[str, tuple[str, str, str, str]] = {
    # code: name, grade, around, LSOAs
    "all-saints-blakenhall": (
        "All Saints & Blakenhall",
        "red",
        "south-east of the ring road, between Dudley Road and All Saints Road",
        "E01010427 E01010428 E01010429 E01010433 E01010454 E01034315",
    ),
    "city-centre": (
        "City Centre",
        "red",
        "within and beside the ring road, with the railway station",
        "E01034312 E01034313",
    ),
    "whitmore-reans": (
        "Whitmore Reans",
        "red",
        "north-west of the ring road, between West Park and Dunstall",
        "E01010525 E01010526 E01010527",
    ),
    "heath-town-park-village": (
        "Heath Town & Park Village",
        "amber",
        "north-east of the centre, along Wednesfield Road and Cannock Road",
        "E01010471 E01010473 E01010477 E01010478",
    ),
    "low-hill-scotlands": (
        "Low Hill & The Scotlands",
        "amber",
        "between Stafford Road and Cannock Road",
        "E01010479 E01010481 E01010482 E01010484 E01010485 E01010486",
    ),
    "pennfields": (
        "Pennfields",
        "amber",
        "south-west of the centre, along Penn Road and Jeffcock Road",
        "E01010465 E01010467 E01010468",
    ),
}


def draw() -> dict[str, Any]:
    """The six areas as a GeoJSON FeatureCollection."""
    features = json.loads(SOURCE.read_text(encoding="utf-8"))["features"]
    lsoas = {one["properties"]["code"]: shape(one["geometry"]) for one in features}
    return {"type": "FeatureCollection", "features": [_feature(code, lsoas) for code in AREAS]}


def _feature(code: str, lsoas: dict[str, BaseGeometry]) -> dict[str, Any]:
    name, grade, around, members = AREAS[code]
    whole = coverage_union_all([lsoas[member] for member in members.split()])
    drawn = set_precision(whole, GRID)
    strangers = [
        lsoa for lsoa, area in lsoas.items() if drawn.contains(area.representative_point()) != (lsoa in members.split())
    ]
    if strangers:
        raise ValueError(f"{code}: it does not hold exactly its own LSOAs: {strangers}")
    properties = {"code": code, "name": name, "grade": grade, "around": around, "is_illustrative": True, "basis": BASIS}
    return {"type": "Feature", "properties": properties, "geometry": mapping(drawn)}


if __name__ == "__main__":
    TARGET.write_text(json.dumps(draw(), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")

"""Maya draws the Priority Areas; everybody may see them once published; redrawing keeps the older version."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.world import World
from wardstats import tables
from wardwell.audit.gate import NotAllowed
from wardwell.audit.queries import events
from wardwell.jobs import importing
from wardwell.neighbourhoods import operations, queries
from wardwell.neighbourhoods.rules import Grade

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

DRAWN = json.loads(
    (Path(importing.__file__).parent / "reference" / "swp" / "priority-areas.geojson").read_text(encoding="utf-8")
)
FROM = date(2014, 4, 1)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[-2.14, 52.58], [-2.12, 52.58], [-2.12, 52.59], [-2.14, 52.59], [-2.14, 52.58]]],
}


def draws_all(world: World) -> None:
    """Maya draws all six."""
    for feature in DRAWN["features"]:
        draws(
            world, polygon=feature["geometry"], **{key: feature["properties"][key] for key in ("code", "name", "grade")}
        )


def draws(world: World, **values: Any) -> None:
    """Maya draws one, illustrative and public."""
    maya = world.actor("maya")
    given = {
        "code": "city-centre",
        "name": "City Centre",
        "grade": "red",
        "polygon": SQUARE,
        "active_from": FROM,
    } | values
    operations.record_priority_area(
        actor=maya,
        at=world.at,
        is_illustrative=True,
        basis="drawn by hand",
        public_from=world.at,
        **(given | {"grade": Grade(given["grade"])}),
    )


class TestTheSixPriorityAreas:
    def test_are_three_red_and_three_amber(self, world: World) -> None:
        draws_all(world)
        seen = queries.priority_areas(world.actor("public"), partnership_id=world.partnerships["swp"], as_at=FROM)
        assert [view.grade for view in seen] == [Grade.RED] * 3 + [Grade.AMBER] * 3
        assert {view.meaning for view in seen} == {"high priority", "medium priority"}
        assert all(view.is_illustrative for view in seen)

    def test_hold_whole_areas_of_both_versions(self, world: World) -> None:
        draws_all(world)
        found = queries.members(world.actor("anil"), as_at=FROM)
        tables.check(tables.AREA_MEMBERS, found.schema)
        of_centre = [row["lsoa_code"] for row in found.to_pylist() if row["area_code"] == "city-centre"]
        assert of_centre == ["E01010521", "E01034312", "E01034313"]
        codes = [row["lsoa_code"] for row in found.to_pylist()]
        assert len(codes) == len(set(codes))

    def test_are_a_map_that_says_what_is_illustrative(self, world: World) -> None:
        draws_all(world)
        shown = queries.geojson(world.actor("public"), partnership_id=world.partnerships["swp"], as_at=FROM)
        assert len(shown["features"]) == 6
        assert all(feature["properties"]["is_illustrative"] for feature in shown["features"])


class TestRedrawing:
    def test_keeps_the_older_version_for_its_time(self, world: World) -> None:
        draws(world)
        moved = json.loads(json.dumps(SQUARE).replace("52.58", "52.57"))
        draws(world, polygon=moved, active_from=date(2020, 1, 1))
        maya, here = world.actor("maya"), world.partnerships["swp"]
        at = {
            day: queries.priority_areas(maya, partnership_id=here, as_at=day)[0].polygon
            for day in (date(2019, 12, 31), date(2020, 1, 1))
        }
        assert list(at.values()) == [SQUARE, moved]
        assert len(queries.history(maya, code="city-centre")) == 2

    def test_exactly_as_it_stands_changes_nothing(self, world: World) -> None:
        draws(world)
        draws(world, active_from=date(2020, 1, 1))
        assert len(queries.history(world.actor("maya"), code="city-centre")) == 1

    def test_is_refused_for_what_is_no_polygon(self, world: World) -> None:
        bow = {"type": "Polygon", "coordinates": [[[-2, 52], [-1, 53], [-1, 52], [-2, 53], [-2, 52]]]}
        with pytest.raises(operations.UnableToDraw, match="Self-intersection"):
            draws(world, polygon=bow)

    def test_cannot_begin_before_the_version_it_replaces(self, world: World) -> None:
        draws(world)
        with pytest.raises(operations.UnableToDraw, match="only after that day"):
            draws(world, name="Centre", active_from=FROM)


class TestTheEnd:
    def test_needs_a_reason_and_is_told_of(self, world: World) -> None:
        draws(world)
        maya, on = world.actor("maya"), date(2026, 1, 1)
        with pytest.raises(operations.UnableToDraw, match="say why"):
            operations.end_priority_area(actor=maya, at=world.at, code="city-centre", on=on, reason=" ")
        operations.end_priority_area(actor=maya, at=world.at, code="city-centre", on=on, reason="assessed in December")
        assert queries.priority_areas(maya, partnership_id=maya.here, as_at=on) == ()
        assert queries.priority_areas(maya, partnership_id=maya.here, as_at=on - timedelta(days=1))
        assert (
            events(maya, words="ended the Priority Area City Centre on 01 January 2026: assessed in December").total
            == 1
        )


class TestWhoeverMayNotDraw:
    @pytest.mark.parametrize("who", ["anil", "beth", "sam", "rhona", "nora"])
    def test_is_refused(self, world: World, who: str) -> None:
        with pytest.raises(NotAllowed):
            operations.record_priority_area(
                actor=world.actor(who),
                at=world.at,
                code="a",
                name="A",
                grade=Grade.RED,
                polygon=SQUARE,
                is_illustrative=True,
                basis="mine",
                active_from=FROM,
            )

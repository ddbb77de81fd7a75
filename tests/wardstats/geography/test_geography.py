"""Boundaries, membership, simplification and the bridge between LSOA versions, on Wolverhampton."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from wardstats import geography, sources
from wardstats.geography import Bridge, Change, ChangeKind

DATA = Path(__file__).parent.parent / "data"
LSOAS = DATA / "boundaries" / "E08000031_wolverhampton_lsoa21.geojson"
WARDS = DATA / "boundaries" / "E08000031_wolverhampton_ward25.geojson"


@pytest.fixture(scope="module")
def lsoas() -> geography.Boundaries:
    """The 161 LSOAs of 2021."""
    return geography.read_boundaries(LSOAS)


def test_kind_and_version_are_read_from_the_headings(lsoas: geography.Boundaries) -> None:
    wards = geography.read_boundaries(WARDS)

    assert (lsoas.kind, lsoas.year, len(lsoas)) == ("LSOA", 2021, 161)
    assert (wards.kind, wards.year, len(wards)) == ("WD", 2025, 20)
    assert (lsoas.areas[0].code, lsoas.areas[0].name) == ("E01010410", "Wolverhampton 033A")


def test_every_lsoa_lies_in_a_ward_and_nearly_always_the_one_ons_chose(lsoas: geography.Boundaries) -> None:
    wards = {area.code: area.shape for area in geography.read_boundaries(WARDS)}
    best_fit = {
        place.code: place.ward_code
        for place in sources.read_wards(DATA / "lookups" / "lsoa21_ward25_lad25_wolverhampton.csv").places
    }

    found = geography.membership(lsoas, wards)

    assert found.outside == ()
    assert sum(best_fit[code] == ward for code, ward in found.inside.items()) == 158


def test_an_area_outside_every_polygon_is_named(lsoas: geography.Boundaries) -> None:
    first = lsoas.areas[0]
    found = geography.membership(lsoas, {"one": first.shape})
    assert found.of("one") == (first.code,)
    assert len(found.outside) == 160


@pytest.mark.parametrize("most_bytes", [200_000, 120_000, 60_000])
def test_simplified_areas_fit_and_still_touch(lsoas: geography.Boundaries, most_bytes: int) -> None:
    simpler = geography.simplify(lsoas, most_bytes=most_bytes)

    assert len(json.dumps(simpler.geojson(), separators=(",", ":"))) <= most_bytes
    assert [area.code for area in simpler] == [area.code for area in lsoas]
    assert shapely.coverage_is_valid([area.shape for area in simpler])
    whole, drawn = (shapely.union_all([area.shape for area in areas]).area for areas in (lsoas, simpler))
    assert drawn == pytest.approx(whole, rel=0.005)


def test_what_cannot_be_drawn_so_small_is_refused(lsoas: geography.Boundaries) -> None:
    with pytest.raises(geography.UnableToSimplify, match="161 areas cannot be drawn in 20,000 bytes"):
        geography.simplify(lsoas, most_bytes=20_000)


def test_each_feature_has_its_code_and_name(lsoas: geography.Boundaries) -> None:
    feature = lsoas.geojson()["features"][0]
    assert feature["properties"] == {"code": "E01010410", "name": "Wolverhampton 033A"}
    assert max(len(str(number).split(".")[1]) for number in feature["geometry"]["coordinates"][0][0]) <= 5


@pytest.mark.parametrize(
    "content",
    [
        "not json",
        "[]",
        '{"features": []}',
        '{"features": [{"properties": {"name": "x"}, "geometry": null}]}',
        '{"features": [{"properties": {"WD25CD": "E05", "WD25NM": "x"}, "geometry": null}]}',
        '{"features": [{"properties": {"WD25CD": "E05", "WD25NM": "x"}, "geometry": '
        '{"type": "Point", "coordinates": [0, 0]}}]}',
    ],
)
def test_what_is_no_boundary_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "areas.geojson"
    path.write_text(content)
    with pytest.raises(geography.UnableToReadBoundaries, match=r"areas.geojson is not GeoJSON of areas"):
        geography.read_boundaries(path)


def change(old: str, kind: ChangeKind, new: str) -> Change:
    return Change(old, old, kind, new, new, "E08000031")


BRIDGE = Bridge(
    [
        change("same", ChangeKind.UNCHANGED, "same"),
        change("whole", ChangeKind.SPLIT, "half-a"),
        change("whole", ChangeKind.SPLIT, "half-b"),
        change("left", ChangeKind.MERGED, "both"),
        change("right", ChangeKind.MERGED, "both"),
        change("p", ChangeKind.IRREGULAR, "x"),
        change("p", ChangeKind.IRREGULAR, "y"),
        change("q", ChangeKind.IRREGULAR, "y"),
    ]
)


def test_counts_are_carried_forward_only_where_all_of_an_area_went_to_one() -> None:
    carried = BRIDGE.carry({"same": 5, "whole": 3, "left": 1, "right": 1, "p": 7, "q": 2, "elsewhere": 4}, to=2021)
    assert carried.counts == {"same": 5, "both": 2, "y": 2}
    assert carried.unplaced == {"whole": 3, "p": 7, "elsewhere": 4}
    assert carried.sentence == "14 of 23 (60.9%) could not be placed: their 3 areas were redrawn or not known."


def test_and_back_likewise() -> None:
    carried = BRIDGE.carry({"same": 5, "half-a": 1, "half-b": 2, "both": 2, "x": 3, "y": 1}, to=2011)
    assert carried.counts == {"same": 5, "whole": 3, "p": 3}
    assert carried.unplaced == {"both": 2, "y": 1}


@given(st.dictionaries(st.sampled_from(["same", "whole", "left", "half-a", "both", "p", "y", "?"]), st.integers(0, 99)))
def test_nothing_is_lost_or_made_on_the_way(counts: dict[str, int]) -> None:
    for version in (2011, 2021):
        carried = BRIDGE.carry(counts, to=version)
        assert sum(carried.counts.values()) + sum(carried.unplaced.values()) == sum(counts.values())


def test_may_2023_of_wolverhampton_is_on_codes_of_both_versions() -> None:
    """The month in which the police changed over: 217 rows are on retired codes, and others on new ones already."""
    changes = sources.read_changes(DATA / "lookups" / "lsoa11_lsoa21_change_wolverhampton-rotherham.csv")
    bridge = Bridge(c for c in changes if c.district == "E08000031")
    may = {"E01010435": 1, "E01034310": 3, "E01010410": 7}

    assert bridge.carry(may, to=2011).counts == {"E01010435": 4, "E01010410": 7}
    assert bridge.carry(may, to=2021).unplaced == {"E01010435": 1}

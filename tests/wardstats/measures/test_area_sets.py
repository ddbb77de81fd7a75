"""Areas made of small areas, as at a day: neighbourhoods exactly, constituencies by best fit and by their dates."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.wardstats.measures.conftest import DISTRICT, keep, real_lookup
from wardstats import Evidence, Reader, UnableToCompute, compute
from wardstats.sources import BEST_FIT, EXACT, UnableToRead, area_set, msoas, read_placed
from wardstats.tables import AREA_LOOKUP

REFERENCE = Path(__file__).parents[3] / "src/wardwell/jobs/reference/swp"
WARDS = REFERENCE / "evidence/lsoa21_ward25_lad25_constituency_west-midlands.csv"
ELECTION = date(2024, 7, 4)
YEAR = {"from": "2024-11", "until": "2025-11"}


@pytest.fixture(scope="session")
def lookup() -> pa.Table:
    return pa.Table.from_pylist(real_lookup(), schema=AREA_LOOKUP.arrow)


@pytest.fixture(scope="session")
def reader(evidence: Evidence, lookup: pa.Table, tmp_path_factory: pytest.TempPathFactory) -> Reader:
    def constituencies(year: str, **dates: Any) -> pa.Table:
        placed = read_placed(WARDS, lsoa="lsoa21cd", code=f"pcon{year}cd", name=f"pcon{year}nm")
        return area_set(lookup, placed, set_code="constituencies", basis=BEST_FIT, **dates)

    neighbourhoods = area_set(
        lookup, msoas(lookup, REFERENCE / "boundaries/msoa-2021.geojson"), set_code="msoa-2021", basis=EXACT
    )
    rows = [
        row
        for table in (
            neighbourhoods,
            constituencies("22", until=ELECTION),
            constituencies("24", since=ELECTION),
        )
        for row in table.to_pylist()
    ]
    kept = keep(tmp_path_factory.mktemp("sets"), "area_members", rows)
    return Reader(Evidence((*evidence.snapshots, kept)), DISTRICT)


def told(reader: Reader, level: str, **asked: Any) -> dict[str, Any]:
    result = compute("areas-ranked", reader, **{**YEAR, **asked}, level=level)
    return {"rows": result.rows, "caveats": {one.code: one.sentence for one in result.caveats}}


class TestNeighbourhoods:
    def test_hold_every_small_area_and_add_up_to_the_district(self, reader: Reader) -> None:
        rows = told(reader, "msoa-2021")["rows"]
        assert len(rows) == 33 + 1
        assert sum(row["count"] for row in rows[:-1]) == rows[-1]["count"] == 26_627

    def test_say_that_they_are_exact(self, reader: Reader) -> None:
        assert "lies wholly within one" in told(reader, "msoa-2021")["caveats"]["areas-placed"]

    def test_can_be_asked_about_alone(self, reader: Reader) -> None:
        one = told(reader, "msoa-2021")["rows"][0]
        assert compute("crime-count", reader, **YEAR, area_code=one["area_code"]).rows[0]["count"] == one["count"]


class TestConstituencies:
    def test_are_those_of_the_end_of_the_period(self, reader: Reader) -> None:
        now = {row["area"] for row in told(reader, "constituencies")["rows"][:-1]}
        before = {
            row["area"]
            for row in told(reader, "constituencies", **{"from": "2023-06", "until": "2024-06"})["rows"][:-1]
        }
        assert (
            now
            == {"Tipton and Wednesbury", "Wolverhampton North East", "Wolverhampton South East", "Wolverhampton West"}
            & now
        )
        assert "Wolverhampton West" in now - before
        assert "Wolverhampton South West" in before - now

    def test_say_that_they_are_a_best_fit(self, reader: Reader) -> None:
        assert "by best fit" in told(reader, "constituencies")["caveats"]["areas-placed"]

    def test_that_have_ceased_to_be_have_no_later_figures(self, reader: Reader) -> None:
        asked = {"from": "2023-06", "until": "2024-06"}
        rows = told(reader, "constituencies", **asked)["rows"]
        gone = next(row["area_code"] for row in rows if row["area"] == "Wolverhampton South West")
        assert compute("crime-count", reader, **{"from": "2023-06", "until": "2024-06"}, area_code=gone).rows[0][
            "count"
        ]
        with pytest.raises(UnableToCompute, match="No kept file knows an area"):
            compute("crime-count", reader, **YEAR, area_code=gone)


class TestWards:
    def test_say_that_they_are_a_best_fit(self, reader: Reader) -> None:
        assert "by best fit" in told(reader, "ward25")["caveats"]["areas-placed"]

    def test_small_areas_need_no_placing(self, reader: Reader) -> None:
        assert "areas-placed" not in told(reader, "lsoa21")["caveats"]


class TestTheFiles:
    def test_a_heading_that_is_missing_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "lookup.csv"
        path.write_text("lsoa21cd,pcon24cd\nE1,E14\n")
        with pytest.raises(UnableToRead, match="row 1: the heading “pcon24nm” is missing"):
            read_placed(path, lsoa="lsoa21cd", code="pcon24cd", name="pcon24nm")

    def test_an_area_split_between_two_is_in_neither(self, lookup: pa.Table) -> None:
        split = next(row for row in lookup.to_pylist() if row["successors"] and ";" in row["successors"])
        codes = split["successors"].split(";")
        placed = {code: (f"A{at}", f"Area {at}") for at, code in enumerate(codes)}
        found = {row["lsoa_code"] for row in area_set(lookup, placed, set_code="x", basis=EXACT).to_pylist()}
        assert found == set(codes)

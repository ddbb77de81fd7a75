"""Outcomes, searches, recorded crime and deprivation, as they were really published."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests.wardstats.sources.conftest import Read
from wardstats import sources, tables


def copied(path: Path, to: Path, **changes: str) -> Path:
    """A file with some words replaced by others, wherever they stand."""
    text = path.read_text(encoding="utf-8")
    for found, replaced in changes.items():
        text = text.replace(found, replaced, 1)
    to.write_text(text, encoding="utf-8")
    return to


class TestOutcomes:
    def test_are_read_from_the_same_download_as_crimes(self, read: Read, data: Path) -> None:
        reading = read(data / "city-of-london_2016-01.zip", table="police_outcomes")
        rows = pq.read_table(reading.rows)
        tables.check(tables.POLICE_OUTCOMES, rows.schema)
        assert (reading.accepted, reading.quarantined) == (rows.num_rows, 0)
        assert [passed.because for passed in reading.passed_over] == [
            "it holds stops and searches, which are another table",
            "it holds street-level crimes, which are another table",
        ]
        assert {line.crime_type for line in reading.reconciliation} == set(rows["outcome_type"].to_pylist())

    def test_share_their_identifiers_with_crimes(self, read: Read, data: Path, tmp_path: Path) -> None:
        outcomes = pq.read_table(read(data / "city-of-london_2016-01.zip", table="police_outcomes").rows)
        crimes = pq.read_table(read(data / "city-of-london_2016-01.zip", into=tmp_path / "crimes").rows)
        shared = set(outcomes["crime_id"].to_pylist()) & set(crimes["crime_id"].drop_null().to_pylist())
        assert shared


class TestSearches:
    def test_are_read_with_and_without_coordinates(self, read: Read, data: Path) -> None:
        reading = read(data / "stop-and-search", table="stop_and_search")
        rows = pq.read_table(reading.rows)
        tables.check(tables.STOP_AND_SEARCH, rows.schema)
        assert {file.unit: file.accepted for file in reading.files} == {
            "leicestershire-stop-and-search": 40,
            "south-yorkshire-stop-and-search": 40,
        }
        assert rows["longitude"].null_count == 40
        first = rows.slice(0, 1).to_pylist()[0]
        assert (first["searched_on"], first["time_of_day"], first["month"]) == (
            date(2020, 1, 1),
            "01:05",
            date(2020, 1, 1),
        )

    @pytest.mark.parametrize(
        ("found", "replaced", "reason"),
        [
            ("2020-01-01T01:05:00+00:00", "1 January 2020", "date-unreadable"),
            ("2020-01-01T01:05:00+00:00", "2020-01-32T01:05:00+00:00", "date-unreadable"),
            ("2020-01-01T01:05:00+00:00", "2019-12-31T23:05:00+00:00", "month-of-another-file"),
            ("52.773458", "5.2", "coordinates-outside"),
            ("Person search", "", "no-type"),
        ],
    )
    def test_a_faulty_row_is_set_aside(
        self, read: Read, data: Path, tmp_path: Path, found: str, replaced: str, reason: str
    ) -> None:
        name = "2020-01-leicestershire-stop-and-search.csv"
        path = copied(data / "stop-and-search" / "2020-01" / name, tmp_path / name, **{found: replaced})
        reading = read(path, table="stop_and_search")
        assert (reading.accepted, [(one.code, one.rows) for one in reading.reasons]) == (39, [(reason, 1)])


class TestRecordedCrime:
    def test_keeps_negative_counts_because_they_are_revisions(self, read: Read, data: Path) -> None:
        reading = read(data / "recorded-crime" / "prc_pfa_west-midlands.csv", table="recorded_crime")
        rows = pq.read_table(reading.rows)
        tables.check(tables.RECORDED_CRIME, rows.schema)
        assert (reading.accepted, reading.quarantined) == (149, 0)
        assert pc.sum(pc.less(rows["count"], 0)).as_py() == 9
        assert set(rows["area_kind"].to_pylist()) == {"force"}

    def test_dates_quarters_by_the_financial_year(self, read: Read, tmp_path: Path) -> None:
        headings = sources.layout_of("recorded_crime").headings  # type: ignore[union-attr]
        path = tmp_path / "crime.csv"
        rows = [
            ["2024/25", str(quarter), "Here", "Robbery", "Robbery", "Robbery", "34A", "1"] for quarter in (1, 2, 3, 4)
        ]
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([headings, *rows])
        kept = pq.read_table(read(path, table="recorded_crime").rows).sort_by("period_from").to_pylist()
        assert [(row["period_from"], row["period_until"]) for row in kept] == [
            (date(2024, 4, 1), date(2024, 7, 1)),
            (date(2024, 7, 1), date(2024, 10, 1)),
            (date(2024, 10, 1), date(2025, 1, 1)),
            (date(2025, 1, 1), date(2025, 4, 1)),
        ]

    def test_is_refused_when_a_quarter_has_an_offence_twice(self, read: Read, data: Path, tmp_path: Path) -> None:
        path = data / "recorded-crime" / "prc_pfa_west-midlands.csv"
        lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        twice = tmp_path / "twice.csv"
        twice.write_text("".join([*lines, lines[1]]), encoding="utf-8")
        with pytest.raises(sources.UnableToRead, match="West Midlands, 12 has 2 rows in the quarter from 2012-04-01"):
            read(twice, table="recorded_crime")

    def test_is_refused_without_a_year_and_says_so(self, read: Read, data: Path) -> None:
        name = "prc_csp_robbery-burglary-theftperson_west-midlands_2011-12.csv"
        with pytest.raises(sources.UnableToRead, match="row 1, column “Financial Year”: there is no “Financial Year”"):
            read(data / "recorded-crime" / name, table="recorded_crime")

    @pytest.mark.parametrize(
        ("cells", "reason"),
        [
            ({0: "2024/26"}, "year-unreadable"),
            ({0: "2024"}, "year-unreadable"),
            ({1: "5"}, "quarter-unreadable"),
            ({1: ""}, "quarter-unreadable"),
            ({2: ""}, "no-area"),
            ({6: ""}, "no-offence"),
            ({7: "1.5"}, "count-unreadable"),
        ],
    )
    def test_a_faulty_row_is_set_aside(self, read: Read, tmp_path: Path, cells: dict[int, str], reason: str) -> None:
        headings = sources.layout_of("recorded_crime").headings  # type: ignore[union-attr]
        good = ["2024/25", "1", "Here", "Robbery", "Robbery", "Robbery", "34A", "1"]
        bad = [cells.get(index, cell) for index, cell in enumerate(good)]
        path = tmp_path / "crime.csv"
        with path.open("w", newline="", encoding="utf-8") as file:
            csv.writer(file).writerows([headings, good, bad])
        reading = read(path, table="recorded_crime")
        assert (reading.accepted, [one.code for one in reading.reasons]) == (1, [reason])


class TestDeprivation:
    @pytest.mark.parametrize(
        ("name", "edition", "version", "domains", "has_scores"),
        [
            ("imd2010_lsoa01_wolverhampton", 2010, 2001, 8, True),
            ("imd2015_lsoa11_west-midlands-rotherham", 2015, 2011, 1, True),
            ("imd2019_lsoa11_west-midlands-rotherham", 2019, 2011, 8, False),
            ("imd2025_lsoa21_west-midlands", 2025, 2021, 8, True),
        ],
    )
    def test_is_known_by_its_headings(
        self, data: Path, name: str, edition: int, version: int, domains: int, has_scores: bool
    ) -> None:
        table = sources.read_deprivation(data / "deprivation" / f"{name}.csv", areas={"E01010410", "E01010411"})
        tables.check(tables.DEPRIVATION, table.schema)
        assert (set(table["edition"].to_pylist()), set(table["lsoa_version"].to_pylist())) == ({edition}, {version})
        assert table.num_rows % domains == 0
        assert (table["score"].null_count == 0) is has_scores
        assert table["rank"].null_count == 0

    @pytest.mark.parametrize(
        ("found", "replaced", "sentence"),
        [
            ("IMD_decile", "decile", "row 1: the headings are of no known edition"),
            (",1265,", ",x,", "column “IMD_rank”: “x” is not a rank; expected a whole number from 1 to 35,000"),
            ("56.05", "high", "row 2, column “IMD_score”: “high” is not a score"),
            ("E01010411", "E01010410", "E01010410 stands twice"),
        ],
    )
    def test_is_refused_with_the_place_at_fault(
        self, data: Path, tmp_path: Path, found: str, replaced: str, sentence: str
    ) -> None:
        path = data / "deprivation" / "imd2010_lsoa01_wolverhampton.csv"
        with pytest.raises(sources.UnableToRead, match=sentence):
            sources.read_deprivation(
                copied(path, tmp_path / "imd.csv", **{found: replaced}), areas={"E01010410", "E01010411"}
            )

    def test_is_refused_when_no_area_is_in_it(self, data: Path) -> None:
        path = data / "deprivation" / "imd2010_lsoa01_wolverhampton.csv"
        with pytest.raises(sources.UnableToRead, match="none of the areas asked for is in it"):
            sources.read_deprivation(path, areas={"E01000001"})

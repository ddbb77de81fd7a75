"""Types by month add up to what their siblings count, have gaps for holes, and let no small count out."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.wardstats.measures.conftest import DISTRICT, keep, real_counts, with_counts
from wardstats.disclosure import Suppressed, disclose, read_disclosed, recoverable
from wardstats.measures import Reader, Result, UnableToCompute, compute
from wardstats.tables import Evidence

YEAR = {"from": "2024-11", "until": "2025-11"}


@pytest.fixture(scope="module")
def year(reader: Reader) -> Result:
    return compute("types-by-month", reader, **YEAR)


def by(result: Result, kind: str, month: str | None) -> Any:
    """The count of a type in a month; of the whole period for None."""
    (row,) = (row for row in result.rows if (row["crime_type"], row["month"]) == (kind, month))
    return row["count"]


def with_hole(tmp_path: Path, crime_type: str | None) -> Reader:
    """The real counts, and a register that says the March and April of one type (or of all) are no true counts."""
    evidence = with_counts(tmp_path, real_counts())
    register = [
        {
            "code": "hole",
            "area_code": DISTRICT,
            "crime_type": crime_type,
            "kind": "absent",
            "since": date(2025, 3, 1),
            "until": date(2025, 5, 1),
            "sentence": "The force sent too few rows.",
            "source": "test",
            "area_name": "Wolverhampton",
        }
    ]
    return Reader(Evidence((*evidence.snapshots, keep(tmp_path, "series_breaks", register))))


class TestCounts:
    def test_are_those_of_the_siblings(self, year: Result, reader: Reader) -> None:
        types = compute("crime-by-type", reader, **YEAR)
        assert {row["crime_type"]: row["count"] for row in types.rows} == {
            row["crime_type"]: row["count"] for row in year.rows if row["month"] is None
        }
        months = compute("crime-monthly", reader, **YEAR)
        assert [row["count"] for row in months.rows] == [by(year, "All crime", row["month"]) for row in months.rows]

    def test_of_one_type_are_those_of_its_series(self, year: Result, reader: Reader) -> None:
        series = compute("crime-monthly", reader, crime_type="Burglary", **YEAR)
        assert [row["count"] for row in series.rows] == [by(year, "Burglary", row["month"]) for row in series.rows]

    def test_add_up_as_declared(self, year: Result) -> None:
        for each in year.sums:
            assert year.rows[each.total.row]["count"] == sum(year.rows[part.row]["count"] for part in each.parts)

    def test_of_more_than_three_years_are_refused(self, reader: Reader) -> None:
        with pytest.raises(UnableToCompute, match="at most 36 months"):
            compute("types-by-month", reader, **{"from": "2020-01", "until": "2025-11"})

    def test_of_a_place_without_crime_are_refused(self, reader: Reader) -> None:
        with pytest.raises(UnableToCompute, match="nothing to draw"):
            compute("types-by-month", reader, area_code="E01010412", **{"from": "2022-01", "until": "2022-03"})


class TestHoles:
    def test_of_one_type_are_gaps_of_that_type_and_of_all_crime(self, tmp_path: Path) -> None:
        result = compute("types-by-month", with_hole(tmp_path, "Burglary"), **YEAR)
        assert [by(result, kind, "2025-03") for kind in ("Burglary", "All crime")] == [None, None]
        assert by(result, "Robbery", "2025-03") is not None
        assert {"break-hole", "counted-months"} <= {caveat.code for caveat in result.caveats}

    def test_are_in_no_total_and_in_no_scope(self, tmp_path: Path, year: Result) -> None:
        result = compute("types-by-month", with_hole(tmp_path, "Burglary"), **YEAR)
        spoilt = by(year, "Burglary", "2025-03") + by(year, "Burglary", "2025-04")
        assert by(result, "Burglary", None) == by(year, "Burglary", None) - spoilt
        (total,) = (
            scope
            for cell, scope in result.covers.items()
            if result.rows[cell.row]["crime_type"] == "Burglary" and result.rows[cell.row]["month"] is None
        )
        assert [(box.since, box.until) for box in total.boxes] == [("2024-11", "2025-03"), ("2025-05", "2025-11")]

    def test_of_all_types_are_gaps_everywhere(self, tmp_path: Path) -> None:
        result = compute("types-by-month", with_hole(tmp_path, None), **YEAR)
        assert {row["count"] for row in result.rows if row["month"] == "2025-04"} == {None}


class TestDisclosure:
    @pytest.mark.parametrize("area", ["E01010412", "P1"])
    def test_lets_no_small_count_out(self, reader: Reader, area: str) -> None:
        disclosed = disclose(compute("types-by-month", reader, area_code=area, **YEAR))
        shown = [row["count"] for row in disclosed.rows if not isinstance(row["count"], Suppressed)]
        assert not {1, 2, 3, 4} & set(shown)
        assert recoverable(disclosed) == {}
        assert read_disclosed(disclosed.to_json()) == disclosed

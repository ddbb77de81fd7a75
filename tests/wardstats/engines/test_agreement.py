"""Every engine gives the same counts, and the same figures: DuckDB is the yardstick, Spark is held against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from math import isclose
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tests.wardstats.measures.conftest import (
    DISTRICT,
    evidence,
    keep,
    members,
    national,
    real_counts,
    real_lookup,
    real_population,
    register,
)
from wardstats.engines import Engine
from wardstats.engines.duckdb import DuckDB
from wardstats.measures import Reader, all_measures, compute, findings, gather
from wardstats.tables import ALL, Evidence, Snapshot, Table

__all__ = ["evidence", "national", "register"]  # the fixtures

PERIOD = {"from": "2024-11", "until": "2025-11"}
NEEDED = {"crime-harm": {"weights": "cchi-2026-west-midlands"}}
CURRENT = frozenset({("west-midlands-street", date(2025, 1, 1)), ("btp-street", date(2025, 1, 1))})


@pytest.fixture(scope="session", params=["duckdb", pytest.param("spark", marks=pytest.mark.engines)])
def engine(request: pytest.FixtureRequest) -> Engine:
    """Each engine in turn."""
    found: Engine = DuckDB() if request.param == "duckdb" else request.getfixturevalue("spark")
    return found


@pytest.fixture(scope="session")
def street(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Street rows with everything that counting has to look out for."""
    folder = tmp_path_factory.mktemp("street")
    codes = [row["lsoa_code"] for row in real_lookup() if row["lsoa_version"] == 2021][:9]
    units = ("west-midlands-street", "btp-street", "staffordshire-street")
    rows = [
        street_row(code, date(2025, month, 1), unit, kind)
        for month in (1, 2)
        for unit in units
        for at, code in enumerate([*codes, None, "E01099999"])
        for kind in ("Burglary", "Anti-social behaviour", "Drugs")[: 1 + at % 3]
    ]
    return Evidence(
        (
            keep(folder, "street_crime", rows, current=CURRENT),
            keep(folder, "area_lookup", real_lookup()),
            keep(folder, "population", real_population()),
            keep(folder, "area_members", members()),
        )
    )


def street_row(code: str | None, month: date, unit: str, kind: str) -> dict[str, Any]:
    """One street row."""
    empty = dict.fromkeys(column.name for column in ALL["street_crime"].columns)
    words = {"reported_by": "A force", "falls_within": "A force", "location": "No Location", "lsoa_name": "Somewhere"}
    where = {"lsoa_code": code, "month": month, "crime_type": kind, "source_file": f"{month:%Y-%m}-{unit}"}
    return empty | words | where


@pytest.fixture(scope="module")
def readers(
    engine: Engine, evidence: Evidence, national: tuple[Snapshot, ...], register: Snapshot
) -> tuple[Reader, Reader]:
    """The same evidence, other districts' among it, read by the engine and by the yardstick."""
    whole = Evidence((*evidence.snapshots, *national, register))
    return Reader(whole, engine=engine), Reader(whole, engine=DuckDB())


def sorted_rows(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Rows as sorted tuples."""
    return sorted((tuple(row.values()) for row in rows), key=repr)


def assert_same(found: Any, expected: Any) -> None:
    """Whole numbers and words alike to the letter, reals to a part in a thousand million."""
    if isinstance(expected, dict):
        assert found.keys() == expected.keys()
        for name, value in expected.items():
            assert_same(found[name], value)
    elif isinstance(expected, list | tuple):
        assert len(found) == len(expected)
        for one, other in zip(found, expected, strict=True):
            assert_same(one, other)
    elif isinstance(expected, float):
        assert isclose(found, expected, rel_tol=1e-9)
    else:
        assert found == expected


class TestTables:
    @pytest.mark.parametrize(
        ("table", "rows"),
        [("area_month_counts", real_counts), ("area_lookup", real_lookup), ("population", real_population)],
    )
    def test_reads_a_kept_file_by_its_path(
        self, engine: Engine, tmp_path: Path, table: str, rows: Callable[[], list[dict[str, Any]]]
    ) -> None:
        kept = keep(tmp_path, table, rows())
        assert sorted_rows(engine.fetch(engine.read(kept.path)).to_pylist()) == sorted_rows(rows())

    @pytest.mark.parametrize("table", ALL.values(), ids=lambda table: table.name)
    def test_keeps_every_column_of_a_contract(self, engine: Engine, tmp_path: Path, table: Table) -> None:
        kept = keep(tmp_path, table.name, [])
        schema = engine.fetch(engine.read(kept.path)).schema
        assert [(field.name, field.type) for field in schema] == [(field.name, field.type) for field in table.arrow]

    def test_holds_what_it_is_given(self, engine: Engine) -> None:
        rows = pa.table({"month": [date(2025, 3, 30), None], "count": [3, 4], "name": ["’", None]})
        assert sorted_rows(engine.fetch(engine.hold(rows)).to_pylist()) == sorted_rows(rows.to_pylist())


class TestCounts:
    def test_the_counts_relation_is_the_same(self, engine: Engine, street: Evidence) -> None:
        found, expected = (Reader(street, engine=each) for each in (engine, DuckDB()))
        assert sorted_rows(found.ask(found.counts)) == sorted_rows(expected.ask(expected.counts))
        assert {row["month"] for row in found.ask(found.counts)} == {date(2025, 1, 1)}

    def test_gathering_every_district_counts_the_same(
        self, engine: Engine, evidence: Evidence, street: Evidence, tmp_path: Path
    ) -> None:
        both = Evidence((*evidence.snapshots, *street.of("street_crime")))
        for at, kept in enumerate((both, street)):
            gathered = gather(kept, into=tmp_path / str(at), engine=engine)
            assert gathered.districts == (DISTRICT,)
            found, expected = Reader(gathered, DISTRICT), Reader(kept)
            assert sorted_rows(found.ask(found.counts)) == sorted_rows(expected.ask(expected.counts))


class TestFigures:
    @pytest.mark.parametrize("code", [measure.code for measure in all_measures()])
    def test_every_measure_gives_the_same(self, readers: tuple[Reader, Reader], code: str) -> None:
        asked = PERIOD | NEEDED.get(code, {})
        found, expected = (compute(code, reader, **asked).to_json() for reader in readers)
        assert_same(found, expected)

    def test_what_looks_wrong_is_the_same(self, readers: tuple[Reader, Reader]) -> None:
        found, expected = (findings(reader) for reader in readers)
        assert found == expected
        assert found


@pytest.mark.engines
class TestSpark:
    def test_runs_on_executors_of_its_own(self, spark: Any) -> None:
        if spark.where != "a cluster of two executors on this machine":
            pytest.skip(f"Spark runs on {spark.where}")
        assert spark.session.sparkContext.defaultParallelism == 2

    def test_listens_on_the_loopback_address_only(self, spark: Any) -> None:
        settings = spark.session.sparkContext.getConf()
        assert {settings.get(f"spark.driver.{name}") for name in ("host", "bindAddress")} == {"127.0.0.1"}

    def test_counts_time_in_utc_and_gives_no_silent_nulls(self, spark: Any) -> None:
        assert spark.session.conf.get("spark.sql.session.timeZone") == "UTC"
        with pytest.raises(Exception, match="CAST_INVALID_INPUT"):
            spark.session.sql("select cast('many' as int)").collect()

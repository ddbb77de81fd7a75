"""Made-up files of agencies are read as the real ones would be, and say what they are."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from wardstats import sources
from wardstats.synthetic import write_quarter

AREAS = ("E01010410", "E01010411", "E01010521")


@pytest.mark.parametrize("prescribed", ["police-incidents", "police-crimes", "fire", "council", "health", "ambulance"])
def test_every_set_is_read_and_its_faulty_rows_set_aside(tmp_path: Path, prescribed: str) -> None:
    quarter = date(2025, 10, 1)
    written = write_quarter(tmp_path, prescribed=prescribed, quarter=quarter, areas=AREAS, seed=7, bad=True)
    reading = sources.read(written.path, into=tmp_path / "into", table="partner_counts", prescribed=prescribed)
    assert (reading.accepted, reading.quarantined) == (written.good_rows, written.bad_rows)
    rows = pq.read_table(reading.rows)
    assert set(rows["period_until"].to_pylist()) == {date(2026, 1, 1)}
    assert all(place.startswith("synthetic") for place in rows["location"].to_pylist())
    assert written.path.stem.endswith("-synthetic")


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    one, other = (
        write_quarter(
            tmp_path / name, prescribed="fire", quarter=date(2025, 7, 1), areas=AREAS, seed=1
        ).path.read_bytes()
        for name in ("one", "other")
    )
    assert one == other

"""The made-up year has the quirks that it promises, says that it is made up, and comes out the same each time."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from wardstats import sources
from wardstats.synthetic import Written, write_year


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Written]:
    """A two-hundredth of 2023, the year in which codes changed."""
    folder = tmp_path_factory.mktemp("year")
    return folder, write_year(folder, seed=7, year=2023, scale=0.005)


def digest(folder: Path) -> str:
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*.csv")):
        total.update(path.name.encode() + path.read_bytes())
    return total.hexdigest()


def test_the_same_seed_gives_the_same_bytes(year: tuple[Path, Written], tmp_path: Path) -> None:
    folder, written = year
    assert write_year(tmp_path / "again", seed=7, year=2023, scale=0.005) == written
    assert digest(tmp_path / "again") == digest(folder)
    write_year(tmp_path / "other", seed=8, year=2023, scale=0.005)
    assert digest(tmp_path / "other") != digest(folder)


def test_the_reader_finds_every_quirk_that_was_put_in(year: tuple[Path, Written], tmp_path: Path) -> None:
    folder, written = year
    reading = sources.read(folder, into=tmp_path / "into", table="street_crime")

    assert (len(reading.files), reading.accepted, reading.quarantined) == (
        written.files,
        written.good_rows,
        written.bad_rows,
    )
    assert written.files == 12 * 44 - 1
    assert {note.code for note in reading.notes} - {"headings-only"} == {
        "carriage-returns",
        "missing-month",
        "no-location",
        "no-crime-id-btp",
        "identical-rows",
        "several-forces",
        "code-versions",
    }
    assert len(reading.reasons) == 5


def test_every_row_says_that_it_is_made_up(year: tuple[Path, Written], tmp_path: Path) -> None:
    reading = sources.read(year[0] / "2023-01", into=tmp_path / "into", table="street_crime")
    assert set(pq.read_table(reading.rows, columns=["context"])["context"].to_pylist()) == {"synthetic"}


def test_gaps_and_bad_rows_can_be_left_out(tmp_path: Path) -> None:
    written = write_year(tmp_path, seed=1, year=2024, scale=0.001, missing=False, bad=False)
    assert (written.files, written.bad_rows) == (12 * 44, 0)

"""The readers on what the police really published, quirks and all."""

from __future__ import annotations

import hashlib
from datetime import date
from pathlib import Path

import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from tests.wardstats.sources.conftest import Read
from wardstats import sources, tables

WOLVERHAMPTON_ROWS = {"west-midlands-street": 1663, "btp-street": 21, "staffordshire-street": 6}


def notes(reading: sources.Reading) -> dict[str, sources.Note]:
    return {note.code: note for note in reading.notes}


def test_one_district_is_in_three_forces_files(read: Read, data: Path) -> None:
    reading = read(data / "wolverhampton")

    assert {file.unit: file.accepted for file in reading.files} == WOLVERHAMPTON_ROWS
    assert {file.month for file in reading.files} == {date(2014, 1, 1)}
    assert (reading.rows_in, reading.accepted, reading.quarantined) == (1690, 1690, 0)
    assert notes(reading)["no-crime-id-btp"].sentence == "21 rows are by British Transport Police without a crime ID."
    assert notes(reading)["several-forces"].sentence == "6 areas have rows in the files of more than one force."


def test_the_rows_keep_the_contract_and_every_cell(read: Read, data: Path) -> None:
    reading = read(data / "wolverhampton" / "2014-01" / "2014-01-btp-street.csv")
    rows = pq.read_table(reading.rows)

    tables.check(tables.STREET_CRIME, rows.schema)
    assert reading.sha256 == hashlib.sha256(reading.rows.read_bytes()).hexdigest()
    assert rows.slice(0, 1).to_pylist() == [
        {
            "crime_id": None,
            "month": date(2014, 1, 1),
            "reported_by": "British Transport Police",
            "falls_within": "British Transport Police",
            "longitude": -2.12003,
            "latitude": 52.5877,
            "location": "On or near Wolverhampton",
            "lsoa_code": "E01010521",
            "lsoa_name": "Wolverhampton 020F",
            "crime_type": "Anti-social behaviour",
            "last_outcome_category": None,
            "context": None,
            "source_file": "2014-01-btp-street",
        }
    ]


def test_rows_without_location_and_identical_rows_are_kept_and_noted(read: Read, data: Path) -> None:
    reading = read(data / "street")
    rows = pq.read_table(reading.rows)

    assert (reading.accepted, reading.quarantined) == (1200, 0)
    assert notes(reading)["no-location"].rows == 120
    assert pc.sum(pc.equal(rows["location"], "No Location")).as_py() == 120
    assert notes(reading)["carriage-returns"].sentence == "4 files end lines as Windows does (CRLF)."
    different = len({tuple(row.values()) for row in rows.to_pylist()})
    assert notes(reading)["identical-rows"].rows == 1200 - different > 0


def test_a_month_missing_at_the_source_is_said(read: Read, data: Path) -> None:
    reading = read(data / "rotherham-street_2019-06_2019-08.zip")

    assert [file.name for file in reading.files] == [
        "2019-06/2019-06-south-yorkshire-street.csv",
        "2019-08/2019-08-south-yorkshire-street.csv",
    ]
    missing = "south-yorkshire-street has no 2019-07, though it has months before and after."
    assert notes(reading)["missing-month"].sentence == missing


def test_other_tables_of_a_download_are_passed_over_with_a_reason(read: Read, data: Path) -> None:
    reading = read(data / "city-of-london_2016-01.zip")

    assert [file.name for file in reading.files] == ["2016-01/2016-01-city-of-london-street.csv"]
    assert [(passed.file, passed.because) for passed in reading.passed_over] == [
        ("2016-01/2016-01-city-of-london-outcomes.csv", "it holds outcomes, which are another table"),
        ("2016-01/2016-01-city-of-london-stop-and-search.csv", "it holds stops and searches, which are another table"),
    ]


def test_counts_by_area_add_up_to_what_was_published(read: Read, data: Path) -> None:
    reading = read(data / "wolverhampton_lsoa_month_crime-type_2023-05_2025-10.csv.gz", table="area_month_counts")
    rows = pq.read_table(reading.rows)

    tables.check(tables.AREA_MONTH_COUNTS, rows.schema)
    assert reading.accepted == rows.num_rows == 25_872
    assert pc.sum(rows["count"]).as_py() == 79_384


def test_counts_by_district_may_have_quoted_names_and_no_area(read: Read, data: Path) -> None:
    reading = read(data / "districts_lad24_2023-05_2023-06.csv", table="area_month_counts")
    rows = pq.read_table(reading.rows).to_pylist()

    assert (reading.accepted, reading.quarantined) == (84, 0)
    assert {row["area_name"] for row in rows} == {None, "Kingston upon Hull, City of", "Wolverhampton"}
    assert notes(reading)["no-location"].rows == sum(row["count"] for row in rows if row["area_code"] is None)


def test_the_account_is_by_file_month_and_type(read: Read, data: Path) -> None:
    reading = read(data / "wolverhampton")

    assert sum(line.rows_in for line in reading.reconciliation) == reading.rows_in
    burglaries = [line for line in reading.reconciliation if line.crime_type == "Burglary"]
    assert [(line.file, line.month, line.rows_in, line.accepted, line.quarantined) for line in burglaries] == [
        ("2014-01/2014-01-west-midlands-street.csv.gz", date(2014, 1, 1), 206, 206, 0)
    ]


def test_a_file_that_is_known_is_not_read_again(read: Read, data: Path, tmp_path: Path) -> None:
    first = read(data / "wolverhampton", into=tmp_path / "first")
    known = [file.sha256 for file in first.files]

    again = read(data / "wolverhampton", into=tmp_path / "again", known=known)
    some = read(data / "wolverhampton", into=tmp_path / "some", known=known[:1])

    assert again.is_unchanged
    assert again.rows_in == 0
    assert [file.unchanged for file in some.files] == [True, False, False]
    tables.check(tables.STREET_CRIME, pq.read_schema(again.rows))


def test_the_same_supply_packed_otherwise_has_the_same_content(read: Read, data: Path, tmp_path: Path) -> None:
    folder = read(data / "wolverhampton", into=tmp_path / "first")
    again = read(data / "wolverhampton", into=tmp_path / "again", limits=sources.Limits(threads=1))

    assert folder.content == again.content
    assert folder.sha256 == again.sha256


def test_progress_is_told_file_by_file(read: Read, data: Path) -> None:
    told: list[sources.Progress] = []
    read(data / "wolverhampton", progress=told.append)

    assert [(p.step, p.done, p.total) for p in told] == [
        ("inspecting", 0, 3),
        ("inspecting", 1, 3),
        ("inspecting", 2, 3),
        ("keeping", 0, 3),
        ("keeping", 3, 3),
    ]


def test_a_folder_that_is_in_use_is_left_alone(read: Read, data: Path, staging: Path) -> None:
    staging.mkdir()
    (staging / "rows.parquet").write_bytes(b"something else")

    with pytest.raises(FileExistsError, match="not empty"):
        read(data / "wolverhampton")
    assert (staging / "rows.parquet").read_bytes() == b"something else"

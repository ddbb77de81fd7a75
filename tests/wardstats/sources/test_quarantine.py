"""Rows that cannot be accepted are set aside one by one, with a reason, and everything else is kept."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.wardstats.sources.conftest import Read
from tests.wardstats.sources.street_rows import HEADER, line, street_file

NAME = "2014-01-west-midlands-street.csv"
FAULTS = {
    "a row cut short": (line()[:80], "wrong-number-of-fields"),
    "a field too many": (line() + ",more", "wrong-number-of-fields"),
    "a quotation mark that is not closed": (line(location='"On or near'), "wrong-number-of-fields"),
    "headings again": (HEADER, "repeated-headings"),
    "a month in words": (line(month="January 2014"), "month-unreadable"),
    "a month that is not in the year": (line(month="2014-13"), "month-unreadable"),
    "no month": (line(month=""), "month-unreadable"),
    "another month": (line(month="2014-02"), "month-of-another-file"),
    "no type": (line(crime_type=""), "no-crime-type"),
    "coordinates in words": (line(longitude="west"), "coordinates-unreadable"),
    "one coordinate": (line(latitude=""), "coordinates-incomplete"),
    "a point in the sea off Africa": (line(longitude="0", latitude="0"), "coordinates-outside"),
    "not a number": (line(longitude="nan", latitude="nan"), "coordinates-outside"),
    "an area code cut short": (line(lsoa_code="E0101043"), "area-code-malformed"),
    "a name in place of the code": (line(lsoa_code="Wolverhampton"), "area-code-malformed"),
    "a hyphen before a number": (line(location="-5 Short Road"), "begins-with-hyphen"),
}


@pytest.mark.parametrize(("bad", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_row_is_set_aside_as_it_stands(read: Read, tmp_path: Path, bad: str, reason: str) -> None:
    source = tmp_path / NAME
    source.write_bytes(street_file(line(), bad, line(crime_type="Robbery"), end="\r\n"))

    reading = read(source)

    assert (reading.rows_in, reading.accepted, reading.quarantined) == (3, 2, 1)
    assert pq.read_table(reading.rows)["crime_type"].to_pylist() == ["Burglary", "Robbery"]
    [row] = pq.read_table(reading.quarantine).to_pylist()
    assert (row["file"], row["row"], row["line"], row["reason"]) == (NAME, 3, bad, reason)
    assert [(r.code, r.sentence, r.rows) for r in reading.reasons] == [(reason, row["sentence"], 1)]
    assert sum(r.rows_in for r in reading.reconciliation) == 3


def test_the_account_has_the_month_and_type_of_rows_set_aside_as_they_state_them(read: Read, tmp_path: Path) -> None:
    source = tmp_path / NAME
    source.write_bytes(street_file(line(), line(lsoa_code="?"), line(month="soon")))

    account = read(source).reconciliation

    assert [(r.month, r.crime_type, r.rows_in, r.accepted, r.quarantined) for r in account] == [
        (None, "Burglary", 1, 0, 1),
        (date(2014, 1, 1), "Burglary", 2, 1, 1),
    ]


COUNTS = "Month,LSOA code,LSOA name,Crime type,Count"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("2023-05,E01010410,Wolverhampton 033A,Burglary,-1", "count-negative"),
        ("2023-05,E01010410,Wolverhampton 033A,Burglary,1.5", "count-unreadable"),
        ("2023-05,E01010410,Wolverhampton 033A,Burglary,", "count-unreadable"),
        ("2023-05,E01010410,Wolverhampton 033A,Burglary,9999999999999999999", "count-unreadable"),
        ("2023-5,E01010410,Wolverhampton 033A,Burglary,1", "month-unreadable"),
        ("2023-05,E0101,Wolverhampton 033A,Burglary,1", "area-code-malformed"),
        ("2023-05,E01010410,Wolverhampton 033A,,1", "no-crime-type"),
        (COUNTS, "repeated-headings"),
    ],
)
def test_a_faulty_count_is_set_aside(read: Read, tmp_path: Path, bad: str, reason: str) -> None:
    source = tmp_path / "counts.csv"
    source.write_text("\n".join([COUNTS, "2023-05,E01010411,Wolverhampton 033B,Burglary,2", bad]))

    reading = read(source, table="area_month_counts")

    assert (reading.rows_in, reading.accepted) == (2, 1)
    assert [r.code for r in reading.reasons] == [reason]


def test_quotation_marks_stray_returns_and_mixed_line_ends_are_read_with_care(read: Read, tmp_path: Path) -> None:
    source = tmp_path / NAME
    quoted = line(location='"On or near High Street, North"')
    source.write_bytes("\n".join([HEADER, quoted + "\r", line(location="a\rb"), line(), ""]).encode())

    reading = read(source)

    assert (reading.accepted, reading.quarantined) == (2, 1)
    assert pq.read_table(reading.rows)["location"].to_pylist()[0] == "On or near High Street, North"


def test_blank_lines_are_not_rows_but_are_said(read: Read, tmp_path: Path) -> None:
    source = tmp_path / NAME
    source.write_bytes(street_file(line(), "", line(), "", ""))

    reading = read(source)

    assert (reading.rows_in, reading.accepted) == (2, 2)
    assert {note.code: note.rows for note in reading.notes}["blank-lines"] == 3


def test_a_file_of_headings_alone_is_a_real_nought(read: Read, tmp_path: Path) -> None:
    source = tmp_path / NAME
    source.write_text(HEADER)

    reading = read(source)

    assert (reading.rows_in, [note.code for note in reading.notes]) == (0, ["headings-only"])
    assert pq.read_table(reading.rows).num_rows == 0


def test_a_byte_order_mark_other_order_of_columns_and_accents_are_tolerated(read: Read, tmp_path: Path) -> None:
    names, cells = HEADER.split(","), line(location="On or near Ffordd Ŷnys Môn").split(",")
    source = tmp_path / f"{NAME}.gz"
    content = "\ufeff" + "\n".join([",".join(reversed(names)), ",".join(reversed(cells))])
    source.write_bytes(gzip.compress(content.encode()))

    reading = read(source)

    assert pq.read_table(reading.rows)["location"].to_pylist() == ["On or near Ffordd Ŷnys Môn"]


def test_codes_of_two_versions_in_neighbouring_months_are_said(read: Read, tmp_path: Path) -> None:
    for month, code in (("2023-05", "E01010435"), ("2023-06", "E01034310")):
        path = tmp_path / "supply" / f"{month}-west-midlands-street.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(street_file(line(month=month, lsoa_code=code)))

    [note] = [note for note in read(tmp_path / "supply").notes if note.code == "code-versions"]

    assert note.sentence.startswith("LSOA codes first used in 2021 occur from 2023-06 and not up to 2023-05")


def test_a_name_without_a_month_leaves_the_rows_months_alone(read: Read, tmp_path: Path) -> None:
    source = tmp_path / "our download (2).csv"
    source.write_bytes(street_file(line(month="2014-01"), line(month="2014-03")))

    reading = read(source)

    assert reading.accepted == 2
    assert (reading.files[0].unit, reading.files[0].month) == ("our download (2)", None)
    assert [note.code for note in reading.notes if note.code == "missing-month"] == ["missing-month"]

"""Files that are not what they say are refused whole, with the place at fault, and leave nothing behind."""

from __future__ import annotations

import gzip
import io
import os
import stat
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.wardstats.sources.conftest import Read
from tests.wardstats.sources.street_rows import HEADER, line, street_file
from wardstats import sources

NAME = "2014-01-west-midlands-street.csv"
WHOLE = street_file(*[line()] * 2000)


def packed(**entries: bytes) -> bytes:
    """A zip with these files; names are given with a double underscore for the full stop."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "."), content)
    return buffer.getvalue()


def with_entry(name: str, change: Callable[[zipfile.ZipInfo], None] = lambda _: None) -> bytes:
    """A zip with one entry whose description is altered."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        entry = zipfile.ZipInfo(name)
        change(entry)
        archive.writestr(entry, WHOLE)
    return buffer.getvalue()


def as_link(entry: zipfile.ZipInfo) -> None:
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16


def encrypted(content: bytes) -> bytes:
    """The same zip, saying that its entry is encrypted."""
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + offset
        content = content[:at] + bytes([content[at] | 1]) + content[at + 1 :]
    return content


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "nothing": (NAME, b"", "there is nothing in it"),
    "spaces": (NAME, b"  \r\n", "there is nothing in it"),
    "missing column": (NAME, HEADER.replace("LSOA code,", "").encode(), "there is no “LSOA code”"),
    "unknown column": (NAME, HEADER.replace("LSOA code", "Postcode").encode(), "unknown “Postcode”"),
    "column twice": (NAME, HEADER.replace("Context", "Month").encode(), "there is twice “Month”"),
    "no headings": (NAME, line().encode(), "there is no “Crime ID”"),
    "quoted nonsense": (NAME, b'"Crime ID,Month\nx,y\n', "there is no"),
    "not UTF-8": (NAME, street_file(line(), line()).replace(b"Short", b"Sh\xf4rt"), "byte 0xf4 is not UTF-8"),
    "cut in a character": (NAME, street_file(line())[:-1] + "é".encode()[:1], "byte 0xc3 is not UTF-8"),
    "UTF-16": (NAME, street_file(line()).decode().encode("utf-16"), "written as UTF-16"),
    "null byte": (NAME, street_file(line(location="a\0b")), "null byte"),
    "web page": (NAME, b"\n<!DOCTYPE html><html>Not found", "it is a web page"),
    "workbook by another name": (NAME, packed(**{"[Content_Types]__xml": b"<x/>"}), "workbook"),
    "old workbook": (NAME, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel workbook"),
    "workbook": ("crime.xlsx", packed(**{"[Content_Types]__xml": b"<x/>"}), "Excel workbook"),
    "Parquet": (NAME, b"PAR1....", "Parquet"),
    "packed, not named so": (NAME, gzip.compress(WHOLE), "not named .gz"),
    "not packed, named so": (NAME + ".gz", WHOLE, "damaged or cut short"),
    "gzip cut short": (NAME + ".gz", gzip.compress(WHOLE)[:-20], "damaged or cut short"),
    "gzip altered": (NAME + ".gz", gzip.compress(WHOLE)[:-8] + b"\0" * 8, "damaged or cut short"),
    "zip cut short": ("a.zip", packed(**{"2014-01-x-street__csv": WHOLE})[:-40], "the zip is damaged"),
    "zip altered": (
        "a.zip",
        packed(**{"2014-01-x-street__csv": WHOLE}).replace(zipfile.crc32(WHOLE).to_bytes(4, "little"), b"\1\2\3\4"),
        "damaged or cut short",
    ),
    "zip bomb": (
        "a.zip",
        packed(**{"2014-01-x-street__csv": b"\n" * 50_000_000}),
        "it says that it unpacks to 50,000,000",
    ),
    "gzip bomb": (NAME + ".gz", gzip.compress(HEADER.encode() + b"\n" * 50_000_000), "it unpacks to more than"),
    "zip in a zip": ("a.zip", packed(inner__zip=packed(x__csv=b"")), "archive within the archive"),
    "leads upwards": ("a.zip", with_entry("../2014-01-x-street.csv"), "leads out of the zip"),
    "leads to the root": ("a.zip", with_entry("/etc/2014-01-x-street.csv"), "leads out of the zip"),
    "link": ("a.zip", with_entry("2014-01-x-street.csv", as_link), "link to another file"),
    "encrypted": ("a.zip", encrypted(packed(**{"2014-01-x-street__csv": WHOLE})), "it is encrypted"),
    "empty zip": ("a.zip", packed(), "there is no file to read"),
    "only outcomes": ("a.zip", packed(**{"2014-01-x-outcomes__csv": b"x"}), "it holds outcomes"),
    "one name twice": (
        "a.zip",
        packed(**{"a/2014-01-x-street__csv": WHOLE, "b/2014-01-x-street__csv__gz": gzip.compress(WHOLE)}),
        "it has the same name as a/2014-01-x-street.csv",
    ),
    "one endless line": (NAME, HEADER.encode() + b"\n" + b"x" * 200_000, "row 2: the line is longer than 65,536 bytes"),
}


@pytest.mark.parametrize(("name", "content", "found"), HOSTILE.values(), ids=HOSTILE)
def test_it_is_refused_and_nothing_is_left(
    read: Read, tmp_path: Path, staging: Path, name: str, content: bytes, found: str
) -> None:
    source = tmp_path / name
    source.write_bytes(content)

    with pytest.raises(sources.UnableToRead) as raised:
        read(source)

    sentence = str(raised.value)
    assert found in sentence
    assert sentence.startswith(raised.value.file)
    assert sentence.endswith(".")
    assert list(staging.iterdir()) == []


@pytest.mark.parametrize("formula", ["=1+1", "+44 1902", "@SUM(A1)", "-cmd", "-", "\t=1"])
@pytest.mark.parametrize("quoted", [False, True])
def test_a_formula_in_a_cell_is_refused_with_its_place(
    read: Read, tmp_path: Path, staging: Path, formula: str, quoted: bool
) -> None:
    source = tmp_path / NAME
    cell = f'"{formula}"' if quoted else formula
    source.write_bytes(street_file(line(), line(), line(location=cell), line()))

    with pytest.raises(sources.UnableToRead, match="begins like a formula") as raised:
        read(source)

    assert (raised.value.file, raised.value.row, raised.value.column) == (NAME, 4, "Location")
    assert list(staging.iterdir()) == []


def test_signs_within_words_are_no_formulas(read: Read, tmp_path: Path) -> None:
    source = tmp_path / NAME
    source.write_bytes(
        street_file(line(location="On or near A+E @ Hospital = Road"), line(location="Ashby-de-la-Zouch"))
    )

    assert read(source).accepted == 2


def test_the_row_of_a_stray_byte_is_named(read: Read, tmp_path: Path) -> None:
    source = tmp_path / NAME
    source.write_bytes(street_file(*[line()] * 9000, line(location="Caf\xe9")).replace("é".encode(), b"\xe9"))

    with pytest.raises(sources.UnableToRead) as raised:
        read(source)

    assert raised.value.row == 9002


def test_two_gigabytes_of_one_line_are_refused_at_once(read: Read, tmp_path: Path) -> None:
    source = tmp_path / NAME
    with source.open("wb") as file:
        file.write(HEADER.encode() + b"\n" + b"x" * 70_000)
        file.truncate(2 << 30)
    start = time.perf_counter()

    with pytest.raises(sources.UnableToRead, match=r"longer than 65,536 bytes|null byte"):
        read(source)

    assert time.perf_counter() - start < 1


def test_a_count_that_is_there_twice_is_refused(read: Read, tmp_path: Path) -> None:
    source = tmp_path / "counts.csv"
    row = "2023-05,E01010410,Wolverhampton 033A,Burglary"
    source.write_text(f"Month,LSOA code,LSOA name,Crime type,Count\n{row},1\n{row},2\n")

    with pytest.raises(sources.UnableToRead, match="E01010410, 2023-05, Burglary has 2 rows"):
        read(source, table="area_month_counts")


def test_one_bad_file_refuses_the_good_ones(read: Read, tmp_path: Path, staging: Path) -> None:
    supply = tmp_path / "supply"
    supply.mkdir()
    (supply / NAME).write_bytes(WHOLE)
    (supply / "2014-01-kent-street.csv").write_bytes(street_file(line(location="=1")))

    with pytest.raises(sources.UnableToRead, match=r"^2014-01-kent-street.csv, row 2"):
        read(supply)
    assert list(staging.iterdir()) == []


def test_a_supply_that_is_mostly_faulty_is_refused(read: Read, tmp_path: Path) -> None:
    source = tmp_path / NAME
    source.write_bytes(street_file(*[line(month="never")] * 30))

    with pytest.raises(sources.UnableToRead, match="more than 20 rows are faulty: the month is not written"):
        read(source, limits=sources.Limits(quarantined=20))


@pytest.mark.parametrize(
    ("limits", "found"),
    [
        (sources.Limits(entries=1), "more than 1 files"),
        (sources.Limits(supply_bytes=600_000), "unpack to more than 600,000 bytes"),
        (sources.Limits(file_bytes=100_000), "more than 100,000 bytes"),
    ],
)
def test_the_limits_of_a_folder_hold(read: Read, tmp_path: Path, limits: sources.Limits, found: str) -> None:
    supply = tmp_path / "supply"
    supply.mkdir()
    for force in ("kent", "essex", "surrey"):
        (supply / f"2014-01-{force}-street.csv").write_bytes(WHOLE)

    with pytest.raises(sources.UnableToRead, match=found):
        read(supply, limits=limits)


def test_links_in_a_folder_are_not_followed(read: Read, tmp_path: Path) -> None:
    (tmp_path / "elsewhere.csv").write_bytes(WHOLE)
    supply = tmp_path / "supply"
    supply.mkdir()
    (supply / NAME).write_bytes(WHOLE)
    os.symlink(tmp_path / "elsewhere.csv", supply / "2014-01-kent-street.csv")

    assert [file.name for file in read(supply).files] == [NAME]


def test_a_file_that_is_not_there_is_said(read: Read, tmp_path: Path) -> None:
    with pytest.raises(sources.UnableToRead, match="there is no such file"):
        read(tmp_path / "absent.csv")

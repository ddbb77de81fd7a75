"""What is known of whole districts: counts, residents, partnerships and forces, groups of peers, and breaks of series."""

from __future__ import annotations

import csv
import gzip
import io
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeVar

import pyarrow as pa

from wardstats.sources.refusal import UnableToRead
from wardstats.tables import (
    DISTRICT_MONTH_COUNTS,
    DISTRICT_POPULATION,
    PARTNERSHIP_LOOKUP,
    PEER_GROUPS,
    SERIES_BREAKS,
    BreakKind,
    Table,
    check,
)

Row = Mapping[str, str]
Made = TypeVar("Made")
CENSUS = "ONS, Census 2021, usual residents by district"
CENSUS_DAY = date(2021, 3, 21)
BECAME = {
    "E06000063": ("E07000026", "E07000028", "E07000029"),
    "E06000064": ("E07000027", "E07000030", "E07000031"),
    "E06000065": tuple(f"E07000{at}" for at in range(163, 170)),
    "E06000066": ("E07000187", "E07000188", "E07000189", "E07000246"),
}
"""Unitary districts made on 1 April 2023 of whole districts: Cumberland, Westmorland and Furness, North Yorkshire, Somerset."""


def read_district_counts(path: Path) -> pa.Table:
    """Published rows counted by district, month and type. Raises UnableToRead with the row at fault."""
    stem = path.name.removesuffix(".gz").removesuffix(".csv")

    def counted(row: Row) -> dict[str, object]:
        return {
            "area_code": row["LAD code"] or None,
            "area_name": row["LAD name"] or None,
            "month": date.fromisoformat(f"{row['Month']}-01"),
            "crime_type": row["Crime type"],
            "count": _count(row["Count"]),
            "source_file": stem,
        }

    return _table(DISTRICT_MONTH_COUNTS, path, ("Month", "LAD code", "LAD name", "Crime type", "Count"), counted)


def read_district_population(path: Path) -> pa.Table:
    """Usual residents of every district of the census of 2021, and of the districts that were made of them in 2023.

    Raises UnableToRead with the row at fault.
    """
    residents = {
        row["ltla21_code"]: _at(path, number, lambda row: _count(row["total_population"]), row)
        for number, row in _rows(path, ("ltla21_code", "total_population"))
    }
    for code, parts in BECAME.items():
        if set(parts) <= residents.keys():
            residents[code] = sum(residents[part] for part in parts)
    rows = [
        {"area_code": code, "population": total, "reference_date": CENSUS_DAY, "source": CENSUS}
        for code, total in sorted(residents.items())
    ]
    return _checked(DISTRICT_POPULATION, rows)


def read_partnerships(path: Path, *, edition: str) -> pa.Table:
    """ONS's lookup of districts, partnerships and police force areas of one year. Raises UnableToRead."""
    year = edition[2:]
    headings = [f"{area}{year}_{what}" for area in ("ltla", "csp", "pfa") for what in ("code", "name")]

    def placed(row: Row) -> Mapping[str, object]:
        names = ("district_code", "district_name", "partnership_code", "partnership_name", "force_code", "force_name")
        return {name: row[heading] for name, heading in zip(names, headings, strict=True)} | {"edition": edition}

    return _table(PARTNERSHIP_LOOKUP, path, headings, placed)


def peer_groups(partnerships: pa.Table, *, since: date) -> pa.Table:
    """The groups that follow from the codes alone: the districts of each force, and the metropolitan districts of England.

    The Home Office's most similar groups are published to police forces only; a partnership that has its own adds it as rows
    of the same table, with the months of each membership.
    """
    rows: dict[tuple[str, str], dict[str, object]] = {}
    for row in partnerships.to_pylist():
        code = row["district_code"]
        groups = [(row["force_code"], f"districts of {row['force_name']}", "ONS, districts of a police force area")]
        if code.startswith("E08"):
            groups.append(
                (
                    "metropolitan-districts",
                    "metropolitan districts of England",
                    "ONS, district codes that begin with E08",
                )
            )
        for group, name, basis in groups:
            rows[group, code] = {
                "group_code": group,
                "group_name": name,
                "district_code": code,
                "since": since,
                "until": None,
                "basis": basis,
            }
    return _checked(PEER_GROUPS, [rows[key] for key in sorted(rows)])


def read_breaks(path: Path) -> pa.Table:
    """A register of breaks: one row a break, months as 2024-01, an empty end for what lasts. Raises UnableToRead."""
    headings = [column.name for column in SERIES_BREAKS.columns]
    return _table(SERIES_BREAKS, path, headings, _broken)


def _broken(row: Row) -> dict[str, object]:
    return {
        **{name: row[name] or None for name in ("code", "area_code", "area_name", "crime_type", "sentence", "source")},
        "kind": BreakKind(row["kind"]).value,
        "since": date.fromisoformat(f"{row['since']}-01"),
        "until": date.fromisoformat(f"{row['until']}-01") if row["until"] else None,
    }


def _table(table: Table, path: Path, headings: Sequence[str], made: Callable[[Row], Mapping[str, object]]) -> pa.Table:
    rows = [_at(path, number, made, row) for number, row in _rows(path, headings)]
    _refuse_doubled(table, path, rows)
    return _checked(table, rows)


def _checked(table: Table, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    made = pa.Table.from_pylist(list(rows), schema=table.arrow)
    check(table, made.schema)
    return made


def _rows(path: Path, headings: Sequence[str]) -> Iterator[tuple[int, Row]]:
    content = path.read_bytes()
    try:
        text = (gzip.decompress(content) if path.suffix == ".gz" else content).decode("utf-8-sig")
    except (UnicodeDecodeError, gzip.BadGzipFile, EOFError) as fault:
        raise _unable(path, None, "it is not text in UTF-8", "a CSV file") from fault
    reader = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    missing = [heading for heading in headings if heading not in (reader.fieldnames or ())]
    if missing:
        raise _unable(path, 1, f"the heading “{missing[0]}” is missing", ", ".join(headings))
    for number, row in enumerate(reader, start=2):
        if None in row or None in row.values():
            raise _unable(path, number, "it has not as many cells as headings", f"{len(reader.fieldnames or ())} cells")
        yield number, row


def _at(path: Path, number: int, made: Callable[[Row], Made], row: Row) -> Made:
    try:
        return made(row)
    except ValueError as fault:
        raise _unable(path, number, str(fault), "a row like those before it") from fault


def _count(text: str) -> int:
    if not text.isascii() or not text.isdecimal():
        raise ValueError(f"“{text[:40]}” is not a whole number of nought or more")
    return int(text)


def _refuse_doubled(table: Table, path: Path, rows: Sequence[Mapping[str, object]]) -> None:
    seen: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, row in enumerate(rows, start=2):
        seen[tuple(row[name] for name in table.key)].append(number)
    twice = next((numbers for numbers in seen.values() if len(numbers) > 1), None)
    if twice:
        raise _unable(path, twice[1], f"it says again what row {twice[0]} says", "each once")


def _unable(path: Path, row: int | None, found: str, expected: str) -> UnableToRead:
    return UnableToRead(path.name, row=row, found=found, expected=expected, what_to_do="Correct it and send it again")

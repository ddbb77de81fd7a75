"""Populations of LSOAs: usual residents at the census of 2021, and the estimates for the middle of 2020."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from pathlib import Path

import pyarrow as pa

from wardstats.sources.refusal import UnableToRead
from wardstats.tables import POPULATION, check

USE_ONS = "Send the table as ONS publishes it"


@dataclass(frozen=True)
class Publication:
    """A publication that can be read: its name, the day it refers to, and its headings for code and total.

    ``parts`` are the headings of numbers that are part of the total. Single years of age end with 89: those of 90 and
    over are in the total alone.
    """

    source: str
    reference_date: date
    code: str
    total: str
    parts: tuple[str, ...] = ()


PUBLICATIONS = (
    Publication("ONS, Census 2021, TS001", date(2021, 3, 21), "mnemonic", "total"),
    Publication(
        "ONS, mid-2020 population estimates",
        date(2020, 6, 30),
        "lsoa11_code",
        "total_population",
        tuple(str(age) for age in range(90)),
    ),
)


def read_population(path: Path, *, areas: Collection[str]) -> pa.Table:
    """Read the population of some areas, of either publication; its headings tell which.

    Parameters
    ----------
    path
        Census table TS001 by LSOA of 2021, or mid-2020 estimates by single year of age by LSOA of 2011.
    areas
        The codes wanted; the table has a row for each of these that the file has.

    Raises
    ------
    UnableToRead
        If it is neither; a number is not a whole number; the ages add up to more than the total; or none of the areas is in it.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        publication = _publication(path, reader.fieldnames or ())
        rows = [
            _row(path, number, row, publication)
            for number, row in enumerate(reader, start=2)
            if row[publication.code] in areas
        ]
    _refuse_none(path, rows)
    table = pa.Table.from_pylist(sorted(rows, key=itemgetter("area_code")), schema=POPULATION.arrow)
    check(POPULATION, table.schema)
    return table


def _publication(path: Path, headings: Collection[str]) -> Publication:
    for publication in PUBLICATIONS:
        if {publication.code, publication.total, *publication.parts} <= set(headings):
            return publication
    raise UnableToRead(
        path.name,
        row=1,
        found="the headings are of no known publication",
        expected=" or ".join(f"{p.source}, with “{p.code}” and “{p.total}”" for p in PUBLICATIONS),
        what_to_do=USE_ONS,
    )


def _row(path: Path, number: int, row: Mapping[str, str], publication: Publication) -> dict[str, object]:
    total = _whole(path, number, row, publication.total)
    parts = [_whole(path, number, row, heading) for heading in publication.parts]
    if sum(parts) > total:
        raise UnableToRead(
            path.name,
            row=number,
            column=publication.total,
            found=f"the ages add up to {sum(parts):,}",
            expected=f"at most {total:,}",
            what_to_do=USE_ONS,
        )
    return {
        "area_code": row[publication.code],
        "population": total,
        "reference_date": publication.reference_date,
        "source": publication.source,
    }


def _whole(path: Path, number: int, row: Mapping[str, str], heading: str) -> int:
    text = row[heading] or ""
    if not text.isdecimal():
        raise UnableToRead(
            path.name,
            row=number,
            column=heading,
            found=f"“{text}” is not a number of people",
            expected="a whole number",
            what_to_do=USE_ONS,
        )
    return int(text)


def _refuse_none(path: Path, rows: Collection[object]) -> None:
    if not rows:
        raise UnableToRead(
            path.name,
            found="none of the areas asked for is in it",
            expected="the LSOAs of the district, of the version of this publication",
            what_to_do="Check that it covers the district",
        )

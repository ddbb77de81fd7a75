"""The English Indices of Deprivation of 2010, 2015, 2019 and 2025, by LSOA: ranks, deciles and, where published, scores."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import pyarrow as pa

from wardstats.sources.refusal import UnableToRead
from wardstats.tables import DEPRIVATION, check

SOURCE = "MHCLG and predecessors, English Indices of Deprivation"
EXPECTED = "one of the editions of 2010, 2015, 2019 and 2025 by LSOA, with “IMD_rank” and “IMD_decile”"
WHAT_TO_DO = "Send the table of ranks and deciles by LSOA of one edition"
AREAS_OF_ENGLAND = 35_000
MEASURES = ("rank", "decile", "score")


@dataclass(frozen=True)
class Edition:
    """An edition: its year, the LSOAs it uses, and what tells it from others with the same heading of codes."""

    year: int
    lsoa_version: int
    code: str
    has: frozenset[str]
    has_not: frozenset[str] = frozenset()


WHOLE = frozenset({"IMD_rank", "IMD_decile"})
EDITIONS = (
    Edition(2010, 2001, "lsoa01_code", WHOLE | {"Crime_rank"}),
    Edition(2015, 2011, "lsoa11_code", WHOLE | {"lad13_code"}),
    Edition(2019, 2011, "lsoa11_code", WHOLE | {"Crime_rank"}, frozenset({"lad13_code"})),
    Edition(2025, 2021, "lsoa21_code", WHOLE | {"Crime_rank"}),
)


def read_deprivation(path: Path, *, areas: Collection[str]) -> pa.Table:
    """Read the deprivation of some areas, of any edition by LSOA; its headings tell which.

    Parameters
    ----------
    areas
        The codes wanted, of the LSOAs that the edition uses; the table has rows for each of these that the file has.

    Raises
    ------
    UnableToRead
        If it is no edition; a rank, decile or score is not one; an area stands twice; or none of the areas is in it.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        headings = tuple(reader.fieldnames or ())
        edition = _edition(path, headings)
        domains = _domains(headings)
        rows = [
            line
            for number, row in enumerate(reader, start=2)
            if row[edition.code] in areas
            for line in _lines(path, number, row, edition, domains)
        ]
    _refuse_none(path, rows)
    _refuse_twice(path, rows)
    table = pa.Table.from_pylist(sorted(rows, key=itemgetter("area_code", "domain")), schema=DEPRIVATION.arrow)
    check(DEPRIVATION, table.schema)
    return table


def _edition(path: Path, headings: Collection[str]) -> Edition:
    for edition in EDITIONS:
        if edition.code in headings and edition.has <= set(headings) and not edition.has_not & set(headings):
            return edition
    raise UnableToRead(
        path.name,
        row=1,
        found="the headings are of no known edition",
        expected=EXPECTED,
        what_to_do=WHAT_TO_DO,
    )


def _domains(headings: Collection[str]) -> Mapping[str, frozenset[str]]:
    """The domains with what is published of each."""
    found: dict[str, set[str]] = {}
    for heading in headings:
        written = re.fullmatch(r"(\w+)_(rank|decile|score)", heading)
        if written:
            found.setdefault(written[1], set()).add(written[2])
    return {domain: frozenset(measures) for domain, measures in found.items()}


def _lines(
    path: Path, number: int, row: Mapping[str, str], edition: Edition, domains: Mapping[str, frozenset[str]]
) -> list[dict[str, object]]:
    return [
        {
            "area_code": row[edition.code],
            "edition": edition.year,
            "lsoa_version": edition.lsoa_version,
            "domain": domain.replace("_", " "),
            **{
                measure: _value(path, number, row, f"{domain}_{measure}", measure) if measure in measures else None
                for measure in MEASURES
            },
            "source": f"{SOURCE} {edition.year}",
        }
        for domain, measures in domains.items()
    ]


def _value(path: Path, number: int, row: Mapping[str, str], heading: str, measure: str) -> float | int:
    text = row[heading] or ""
    if measure == "score" and re.fullmatch(r"-?\d+(\.\d+)?", text):
        return float(text)
    most = 10 if measure == "decile" else AREAS_OF_ENGLAND
    if measure != "score" and text.isdecimal() and 1 <= int(text) <= most:
        return int(text)
    raise UnableToRead(
        path.name,
        row=number,
        column=heading,
        found=f"“{text[:40]}” is not a {measure}",
        expected="a number" if measure == "score" else f"a whole number from 1 to {most:,}",
        what_to_do=WHAT_TO_DO,
    )


def _refuse_none(path: Path, rows: Collection[object]) -> None:
    if not rows:
        raise UnableToRead(
            path.name,
            found="none of the areas asked for is in it",
            expected="the LSOAs of the district, of the version of this edition",
            what_to_do="Check that it covers the district",
        )


def _refuse_twice(path: Path, rows: Collection[Mapping[str, object]]) -> None:
    seen: set[object] = set()
    for row in rows:
        key = (row["area_code"], row["domain"])
        if key in seen:
            raise UnableToRead(
                path.name,
                found=f"{row['area_code']} stands twice",
                expected="one row for each area",
                what_to_do=WHAT_TO_DO,
            )
        seen.add(key)

"""Sets of areas made of small areas: neighbourhoods (MSOA), constituencies, and whatever else is made of whole LSOAs."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pyarrow as pa

from wardstats.sources.refusal import UnableToRead
from wardstats.tables import AREA_MEMBERS, check

Placed = Mapping[str, tuple[str, str]]
"""For each LSOA of 2021, the code and the name of the area that it is counted in."""
EXACT = "exact: every small area lies wholly within one of these areas (ONS, nested geographies)"
BEST_FIT = "best fit: a small area is counted whole in the area where most of it lies (ONS, best-fit look-up)"


def area_set(
    lookup: pa.Table,
    placed: Placed,
    *,
    set_code: str,
    basis: str,
    since: date | None = None,
    until: date | None = None,
) -> pa.Table:
    """A set of areas as members, LSOAs of both versions: those of 2011 where all they became lies in one area.

    Parameters
    ----------
    lookup
        The table of small areas of a district, ``area_lookup``.
    placed
        Where each LSOA of 2021 lies; those of the district that it does not name are in no area of the set.
    set_code, basis
        What the set is called, and how its membership is known, in words that are printed beside figures.
    since, until
        When these areas began and ceased to be.
    """
    rows: dict[str, dict[str, object]] = {}
    for row in lookup.to_pylist():
        codes = (row["successors"] or row["lsoa_code"]).split(";")
        inside = {placed[code] for code in codes if code in placed}
        if len(inside) == 1 and all(code in placed for code in codes):
            ((code, name),) = inside
            rows[row["lsoa_code"]] = {
                "set_code": set_code,
                "area_code": code,
                "area_name": name,
                "grade": None,
                "lsoa_code": row["lsoa_code"],
                "basis": basis,
                "since": since,
                "until": until,
            }
    made = pa.Table.from_pylist([rows[code] for code in sorted(rows)], schema=AREA_MEMBERS.arrow)
    check(AREA_MEMBERS, made.schema)
    return made


def read_placed(path: Path, *, lsoa: str, code: str, name: str) -> Placed:
    """Where each LSOA lies, from a look-up with these three headings. Raises UnableToRead with the heading or row at fault."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [heading for heading in (lsoa, code, name) if heading not in (reader.fieldnames or ())]
        if missing:
            raise _unable(path, 1, f"the heading “{missing[0]}” is missing", f"{lsoa}, {code} and {name}")
        placed: dict[str, tuple[str, str]] = {}
        for number, row in enumerate(reader, start=2):
            if not (row[lsoa] and row[code] and row[name]):
                raise _unable(path, number, "a code or a name is empty", f"{lsoa}, {code} and {name}")
            placed[row[lsoa]] = (row[code], row[name])
    return placed


def msoas(lookup: pa.Table, boundaries: Path) -> Placed:
    """Where each LSOA of 2021 lies among the MSOAs of a file of boundaries: an LSOA bears the name of its MSOA and a letter."""
    features = json.loads(boundaries.read_text(encoding="utf-8"))["features"]
    codes = {one["properties"]["name"]: one["properties"]["code"] for one in features}
    placed = {}
    for row in lookup.to_pylist():
        name = row["lsoa_name"][:-1]
        if row["lsoa_version"] == 2021 and name in codes:
            placed[row["lsoa_code"]] = (codes[name], name)
    return placed


def _unable(path: Path, row: int, found: str, expected: str) -> UnableToRead:
    return UnableToRead(
        path.name, row=row, found=found, expected=expected, what_to_do="Send the look-up as ONS publishes it"
    )

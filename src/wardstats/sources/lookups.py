"""ONS lookups: which LSOAs of 2011 became which of 2021, and which ward each lies in, as one table for a district."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from wardstats.geography import Bridge, Change, ChangeKind
from wardstats.sources.refusal import UnableToRead
from wardstats.tables import AREA_LOOKUP, check

CHANGES = ("lsoa11_code", "lsoa11_name", "change_code", "lsoa21_code", "lsoa21_name", "ltla22_code")
USE_ONS = "Send the lookup as ONS publishes it"


@dataclass(frozen=True)
class Placed:
    """One LSOA of a lookup, its name if the lookup gives one, its ward and its district."""

    code: str
    name: str | None
    ward_code: str
    ward_name: str
    district: str


@dataclass(frozen=True)
class Wards:
    """A best-fit lookup of the LSOAs of one version to the wards of one year."""

    lsoa_version: int
    ward_version: str
    places: tuple[Placed, ...]


def read_changes(path: Path) -> tuple[Change, ...]:
    """Read the lookup of LSOAs of 2011 to those of 2021 with its change indicator.

    Raises
    ------
    UnableToRead
        If a heading is missing or an indicator is not one of U, S, M and X.
    """
    changes = []
    for number, row in _rows(path, CHANGES):
        if row["change_code"] not in {kind.value for kind in ChangeKind}:
            raise UnableToRead(
                path.name,
                row=number,
                column="change_code",
                found=f"“{row['change_code']}” is not a change indicator",
                expected="U, S, M or X",
                what_to_do=USE_ONS,
            )
        kind = ChangeKind(row["change_code"])
        old, new = (row["lsoa11_code"], row["lsoa11_name"]), (row["lsoa21_code"], row["lsoa21_name"])
        changes.append(Change(*old, kind, *new, row["ltla22_code"]))
    return tuple(changes)


def read_wards(path: Path) -> Wards:
    """Read a lookup of LSOAs to wards; its headings say of which versions, such as ``LSOA11CD`` and ``WD19CD``.

    Raises
    ------
    UnableToRead
        If it has no heading for LSOA, ward or district, or a row has no code.
    """
    rows = list(_rows(path, ()))
    headings = list(rows[0][1]) if rows else []
    lsoa, ward, district = (
        _heading(path, headings, kinds, r"(?:cd|_code)") for kinds in ("lsoa", "wd|ward", "lad|ltla")
    )
    name = next((h for h in headings if re.fullmatch(r"lsoa\d\d(?:nm|_name)", h, re.IGNORECASE)), None)
    ward_name = _heading(path, headings, "wd|ward", r"(?:nm|_name)")
    places = []
    for number, row in rows:
        if not (row[lsoa] and row[ward] and row[district]):
            raise UnableToRead(
                path.name, row=number, found="a code is empty", expected="LSOA, ward and district", what_to_do=USE_ONS
            )
        places.append(Placed(row[lsoa], row[name] if name else None, row[ward], row[ward_name], row[district]))
    return Wards(_version(lsoa), str(_version(ward)), tuple(places))


def area_lookup(*, district: str, changes: Sequence[Change], wards: Iterable[Wards]) -> pa.Table:
    """The table of a district's LSOAs, of both versions, in the wards of each lookup.

    LSOAs of 2011 are placed in wards that are only looked up for 2021 by way of their successors, and in no ward if
    these lie in different ones; in wards looked up for 2011 an LSOA of 2021 is placed by its predecessors likewise.

    Parameters
    ----------
    district
        ONS code of the district.
    changes
        The lookup between both versions, of this district at least.
    wards
        One or several best-fit lookups, whose sets of wards must differ.
    """
    own = [change for change in changes if change.district == district]
    rows = [row for lookup in wards for row in _placed_in(lookup, own, district)]
    rows.sort(key=lambda row: (row["ward_version"], row["lsoa_version"], row["lsoa_code"]))
    table = pa.Table.from_pylist(rows, schema=AREA_LOOKUP.arrow)
    check(AREA_LOOKUP, table.schema)
    return table


def _placed_in(lookup: Wards, changes: Sequence[Change], district: str) -> list[dict[str, str | int | None]]:
    placed = {place.code: place for place in lookup.places if place.district == district}
    bridge = Bridge(changes)
    kinds = _kinds(changes)
    rows: list[dict[str, str | int | None]] = []
    for version, names in _names(changes).items():
        for code, name in names.items():
            ward = _ward_of(_same_areas(bridge, code, version, lookup.lsoa_version), placed)
            successors = ";".join(bridge.successors(code)) if version == 2011 else None
            rows.append(
                {
                    "lsoa_code": code,
                    "lsoa_name": name,
                    "lsoa_version": version,
                    "district_code": district,
                    "ward_code": ward[0],
                    "ward_name": ward[1],
                    "ward_version": lookup.ward_version,
                    "change": kinds[version].get(code),
                    "successors": successors,
                }
            )
    return rows


def _same_areas(bridge: Bridge, code: str, version: int, wanted: int) -> tuple[str, ...]:
    """The areas of the wanted version that an area of another is made of, or lies in."""
    if version == wanted:
        return (code,)
    return bridge.successors(code) if version == 2011 else bridge.predecessors(code)


def _ward_of(codes: Sequence[str], placed: Mapping[str, Placed]) -> tuple[str | None, str | None]:
    wards = {(placed[code].ward_code, placed[code].ward_name) if code in placed else (None, None) for code in codes}
    return wards.pop() if len(wards) == 1 else (None, None)


def _names(changes: Sequence[Change]) -> Mapping[int, Mapping[str, str]]:
    return {
        2011: {change.code_2011: change.name_2011 for change in changes},
        2021: {change.code_2021: change.name_2021 for change in changes},
    }


def _kinds(changes: Sequence[Change]) -> Mapping[int, Mapping[str, str]]:
    kinds: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for change in changes:
        kinds[2011][change.code_2011] = kinds[2021][change.code_2021] = change.kind.value
    return kinds


def _rows(path: Path, expected: Sequence[str]) -> Iterable[tuple[int, dict[str, str]]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in expected if name not in (reader.fieldnames or ())]
        if missing:
            raise UnableToRead(
                path.name,
                row=1,
                column=missing[0],
                found="there is no such heading",
                expected=", ".join(expected),
                what_to_do=USE_ONS,
            )
        yield from enumerate(reader, start=2)


def _heading(path: Path, headings: Sequence[str], kinds: str, ending: str) -> str:
    for heading in headings:
        if re.fullmatch(rf"(?:{kinds})\d\d{ending}", heading, re.IGNORECASE):
            return heading
    raise UnableToRead(
        path.name,
        row=1,
        found=f"there is no heading for {kinds.replace('|', ' or ')} with a year",
        expected="headings such as LSOA21CD, WD25CD, WD25NM and LAD25CD",
        what_to_do=USE_ONS,
    )


def _version(heading: str) -> int:
    return 2000 + int(re.sub(r"\D", "", heading))

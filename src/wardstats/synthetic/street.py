"""A made-up year of street files for England and Wales, with every quirk of the real ones.

Nothing here is real, and every row says so: its context is “synthetic”. Forces and area codes have real names, so
that a partnership's own area can be picked out; places and counts are drawn at random.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from wardstats.synthetic.forces import (
    BRITISH_TRANSPORT_POLICE,
    LAST_CODE_2011,
    LAST_CODE_2021,
    Force,
    territorial_forces,
)

HEADER = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
ANTI_SOCIAL_BEHAVIOUR = "Anti-social behaviour"
_TYPES = {
    ANTI_SOCIAL_BEHAVIOUR: 18, "Violence and sexual offences": 33, "Public order": 8, "Criminal damage and arson": 8,
    "Shoplifting": 8, "Other theft": 7, "Vehicle crime": 6, "Burglary": 4, "Drugs": 3, "Other crime": 2,
    "Theft from the person": 1.5, "Robbery": 1, "Bicycle theft": 1, "Possession of weapons": 0.8,
}  # fmt: skip
_OUTCOMES = {
    "Investigation complete; no suspect identified": 45, "Unable to prosecute suspect": 36, "Under investigation": 9,
    "Court result unavailable": 4, "Awaiting court outcome": 3, "Local resolution": 2, "Offender given a caution": 1,
}  # fmt: skip
_BAD_ROWS = (
    ",{month},{title},{title},east,52.5,On or near Nowhere,E01000001,Nowhere 001A,Drugs,,synthetic",
    ",{month},{title},{title},,,No Location,E0100000,Nowhere 001A,Drugs,,synthetic",
    ",1999-13,{title},{title},,,No Location,,,Drugs,,synthetic",
    ",{month},{title},{title},,,No Location,,,Drugs",
    HEADER,
)
_FIRST_MONTH_ON_2021_CODES = date(2023, 6, 1)


@dataclass(frozen=True)
class Written:
    """What was written: number of files, rows that a reader should accept, rows it should not, and bytes."""

    files: int
    good_rows: int
    bad_rows: int
    bytes: int


def write_year(
    into: Path, *, seed: int, year: int, scale: float = 1.0, missing: bool = True, bad: bool = True
) -> Written:
    """Write twelve monthly folders in the layout of a data.police.uk download; about 6.5 million rows at scale 1.

    The same arguments give the same bytes. Quirks: rows of a neighbour's area in a force's files, British
    Transport Police without identifiers, “No Location”, identical rows, CRLF in half of the forces, retired district
    names, LSOA codes of 2011 until May 2023 and of 2021 after, one force without its July (unless ``missing`` is
    false), and one bad row in each of a handful of files (unless ``bad`` is false).

    Parameters
    ----------
    into
        Folder to write the monthly folders in.
    seed, year, scale
        What to draw from, the calendar year, and the share of the real number of rows in each file.
    """
    rng = np.random.default_rng([seed, year])
    files = good = wrong = size = 0
    for index, (month, force) in enumerate(_force_months(year, missing=missing)):
        rows = int(rng.poisson(force.rows * scale / 12 * (1 + 0.15 * np.sin(month.month / 2))))
        content = _file(rng, force, month, rows, crlf=len(force.slug) % 2 == 0)
        if bad and index % 100 == 7:
            content = _with_bad_row(content, force, month, _BAD_ROWS[index // 100 % len(_BAD_ROWS)])
            wrong += 1
        path = into / f"{month:%Y-%m}" / f"{month:%Y-%m}-{force.slug}-street.csv"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        files, good, size = files + 1, good + rows, size + len(content)
    return Written(files, good, wrong, size)


def _force_months(year: int, *, missing: bool) -> Iterator[tuple[date, Force]]:
    for number in range(1, 13):
        for force in (*territorial_forces(), BRITISH_TRANSPORT_POLICE):
            if not (missing and number == 7 and force.slug == "south-yorkshire"):
                yield date(year, number, 1), force


def _file(rng: np.random.Generator, force: Force, month: date, rows: int, *, crlf: bool) -> bytes:
    names = HEADER.split(",")
    table = _identical_rows(rng, pa.table(_columns(rng, force, month, rows), names=names))
    body = BytesIO()
    csv.write_csv(table, body, csv.WriteOptions(include_header=False, quoting_style="none"))
    content = HEADER.encode() + b"\n" + body.getvalue()
    return content.replace(b"\n", b"\r\n") if crlf else content


def _columns(rng: np.random.Generator, force: Force, month: date, rows: int) -> list[pa.Array]:
    codes = np.sort(_codes(rng, force, month, rows))
    kinds = _draw(rng, _TYPES, rows)
    behaviour = pc.equal(kinds, ANTI_SOCIAL_BEHAVIOUR)
    nowhere = pa.array(rng.random(rows) < 0.015)
    no_identifier = pa.array(np.full(rows, True)) if force is BRITISH_TRANSPORT_POLICE else behaviour
    title = pa.repeat(force.title, rows)
    longitude, latitude = _points(rng, codes)
    return [
        pc.if_else(no_identifier, None, _identifiers(rng, rows)),
        pa.repeat(f"{month:%Y-%m}", rows),
        title,
        title,
        pc.if_else(nowhere, None, longitude),
        pc.if_else(nowhere, None, latitude),
        pc.if_else(nowhere, "No Location", _places().take(pa.array(rng.integers(0, len(_places()), rows)))),
        pc.if_else(nowhere, None, _area_codes().take(pa.array(codes))),
        pc.if_else(nowhere, None, _area_names(retired=month < _FIRST_MONTH_ON_2021_CODES).take(pa.array(codes))),
        kinds,
        pc.if_else(behaviour, None, _draw(rng, _OUTCOMES, rows)),
        pa.repeat("synthetic", rows),
    ]


def _codes(
    rng: np.random.Generator, force: Force, month: date, rows: int
) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """LSOA numbers, denser at the start of the force's run; one row in a hundred lies in a neighbour's area."""
    first, end = force.codes
    codes = first + ((end - first) * rng.random(rows) ** 1.5).astype(np.int64)
    strays = rng.random(rows) < 0.01
    codes = np.where(strays, np.clip(codes + rng.integers(-90, 90, rows), 1, LAST_CODE_2011), codes)
    if month >= _FIRST_MONTH_ON_2021_CODES:
        split = codes % 19 == 0
        codes = np.where(split, LAST_CODE_2011 + 1 + codes // 19 % (LAST_CODE_2021 - LAST_CODE_2011), codes)
    return np.asarray(codes, dtype=np.int64)


def _identifiers(rng: np.random.Generator, rows: int) -> pa.Array:
    """Hexadecimal text of 64 digits each, laid out at once."""
    offsets = np.arange(0, 64 * (rows + 1), 64, dtype=np.int32)
    return pa.StringArray.from_buffers(rows, pa.py_buffer(offsets), pa.py_buffer(rng.bytes(32 * rows).hex().encode()))


def _draw(rng: np.random.Generator, weights: Mapping[str, float], rows: int) -> pa.Array:
    shares = np.array(list(weights.values()))
    return pa.array(list(weights)).take(pa.array(rng.choice(len(shares), size=rows, p=shares / shares.sum())))


def _points(rng: np.random.Generator, codes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[pa.Array, pa.Array]:
    """Map points: every area has some twenty, always the same, written with six decimals as the police do."""
    snap = rng.integers(0, 20, len(codes))
    longitude = -4.2 + (codes * 7919 % 5000) / 1000 + (snap * 1237 + 1) / 1e6
    latitude = 50.6 + (codes * 104729 % 4000) / 1000 + (snap * 1373 + 1) / 1e6
    return _six_decimals(longitude), _six_decimals(latitude)


def _six_decimals(values: np.ndarray[tuple[int], np.dtype[np.float64]]) -> pa.Array:
    return pa.array(np.round(values, 6)).cast(pa.string())


def _identical_rows(rng: np.random.Generator, table: pa.Table) -> pa.Table:
    """Repeat some rows exactly, in place of the row after each, as the real files do."""
    if table.num_rows < 2:
        return table
    index = np.arange(table.num_rows)
    repeats = rng.integers(1, table.num_rows, table.num_rows // 200)
    index[repeats] = repeats - 1
    return table.take(pa.array(index))


def _with_bad_row(content: bytes, force: Force, month: date, line: str) -> bytes:
    end = b"\r\n" if b"\r\n" in content[:300] else b"\n"
    at = content.index(b"\n", len(content) // 2) + 1
    return content[:at] + line.format(month=f"{month:%Y-%m}", title=force.title).encode() + end + content[at:]


@cache
def _places() -> pa.Array:
    trees = ("Alder", "Ashfield", "Beechwood", "Chestnut", "Elmhurst", "Hawthorn", "Larch", "Maple", "Oakdene", "Rowan")
    kinds = ("Road", "Street", "Close", "Avenue", "Lane", "Drive", "Way", "Court", "Gardens", "Crescent")
    shops = ("Supermarket", "Parking Area", "Petrol Station", "Shopping Area", "Nightclub", "Park/Open Space")
    places = [
        f"On or near {tree} {other} {kind}" for tree in trees for other in ("Hill", "Green", "Old") for kind in kinds
    ]
    return pa.array(places + [f"On or near {shop}" for shop in shops])


@cache
def _area_codes() -> pa.Array:
    return pa.array([f"E01{number:06d}" for number in range(LAST_CODE_2021 + 1)])


@cache
def _area_names(*, retired: bool) -> pa.Array:
    """Names by number; until May 2023 one district in seven has a name that is no longer used."""
    names = []
    for number in range(LAST_CODE_2021 + 1):
        district = number // 110
        word = "Retired District" if retired and district % 7 == 0 else "District"
        names.append(f"{word} {district:03d} {number // 5 % 22 + 1:03d}{'ABCDE'[number % 5]}")
    return pa.array(names)

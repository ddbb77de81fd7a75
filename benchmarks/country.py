"""A made-up country to measure on: three years of street files, and 318 partnerships whose areas they lie in."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wardstats import Evidence, Snapshot
from wardstats.sources import Limits, read
from wardstats.synthetic import write_year
from wardstats.synthetic.forces import LAST_CODE_2011, LAST_CODE_2021
from wardstats.tables import ALL

PARTNERSHIPS, WARDS, IN_PRIORITY = 318, 20, 24
YEARS = (2022, 2023, 2024)
UNTIL = "2025-01"
ROWS_AT_SCALE_1 = 19_500_000
RESIDENTS = 1600


def write_files(folder: Path, rows: int) -> int:
    """Street files of 36 months as downloaded, with about so many rows; how many it became."""
    scale = rows / ROWS_AT_SCALE_1
    written = [write_year(folder, seed=1, year=year, scale=scale, missing=False) for year in YEARS]
    return sum(year.good_rows for year in written)


def taken_in(files: Path, into: Path, *, threads: int = 2) -> Snapshot:
    """The files read, checked, accounted for and kept."""
    reading = read(files, into=into, table="street_crime", limits=Limits(threads=threads))
    return Snapshot(reading.sha256, reading.rows, "street_crime", "invented", "none", "2022 to 2024")


def with_areas(street: Snapshot, folder: Path) -> Evidence:
    """The kept rows with every partnership's areas, their residents, and a set of areas in each."""
    areas = list(_areas())
    lookup = [_placed(number, place, version) for number, place in areas for version in _versions(number)]
    now = [(number, place) for number, place in areas if 2021 in _versions(number)]
    people = [
        {"area_code": _code(number), "population": RESIDENTS, "reference_date": date(2021, 3, 21), "source": "invented"}
        for number, _ in now
    ]
    small = {"area_lookup": lookup, "population": people, "area_members": _members(now)}
    return Evidence((street, *(_kept(folder, table, rows) for table, rows in small.items())))


def _areas() -> Iterator[tuple[int, int]]:
    """Every small area's number, with the number of the partnership that it lies in."""
    for number in range(1, LAST_CODE_2021 + 1):
        split = number - LAST_CODE_2011 - 1
        stands_at = number if split < 0 else 19 * split
        yield number, min(stands_at * PARTNERSHIPS // LAST_CODE_2011, PARTNERSHIPS - 1)


def _versions(number: int) -> tuple[int, ...]:
    if number > LAST_CODE_2011:
        return (2021,)
    return (2011,) if number % 19 == 0 else (2011, 2021)


def _code(number: int) -> str:
    return f"E01{number:06d}"


def district(place: int) -> str:
    """The code of a partnership's district."""
    return f"E07{place + 1:06d}"


def _placed(number: int, place: int, version: int) -> dict[str, Any]:
    ward = place * WARDS + number % WARDS
    return {
        "lsoa_code": _code(number),
        "lsoa_name": f"District {place:03d} {number:05d}A",
        "lsoa_version": version,
        "district_code": district(place),
        "ward_code": f"E05{ward:06d}",
        "ward_name": f"Ward {ward}",
        "ward_version": "2025",
        "change": None,
        "successors": _code(number) if version == 2011 and number % 19 else None,
    }


def _members(now: list[tuple[int, int]]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for place in range(PARTNERSHIPS):
        for at, (number, _) in enumerate([area for area in now if area[1] == place][:IN_PRIORITY]):
            area = {"area_code": f"P{place}-{at % 6}", "area_name": f"Area {at % 6}", "grade": None}
            found.append({"set_code": "priority-areas", "lsoa_code": _code(number), "basis": "invented", **area})
    return found


def _kept(folder: Path, table: str, rows: list[dict[str, Any]]) -> Snapshot:
    path = folder / f"{table}.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=ALL[table].arrow), path)
    return Snapshot(hashlib.sha256(path.read_bytes()).hexdigest(), path, table, "invented", "none", "1")

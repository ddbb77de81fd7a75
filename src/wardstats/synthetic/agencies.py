"""Made-up quarterly files of agencies, in the layouts of the prescribed sets; every row says that it is synthetic.

Volumes are small, of the order of one city's quarter; days, times and areas are drawn at random, so nothing here can be
found to be true of any place. Rows that should be set aside can be asked for, so that a demonstration shows them.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from wardstats.tables.prescribed import Category, PrescribedSet, definitions_of

SYNTHETIC = "synthetic"
HEADINGS = (
    "Period from", "Period to", "Kind of area", "Area", "Category", "Sub-category", "Date", "Time", "Location", "Count",
)  # fmt: skip
OUTWARD_POSTCODES = ("WV1", "WV2", "WV3", "WV4", "WV6", "WV10", "WV11", "WV14")
EVENTS_A_QUARTER: Mapping[str, int] = {
    "police-incidents": 400,
    "police-crimes": 300,
    "fire": 120,
    "council": 260,
    "health": 90,
    "ambulance": 180,
}
FREE_CATEGORIES = (
    "Assault or sexual assault",
    "Stabbing or gunshot",
    "Overdose or poisoning",
    "Psychiatric or behaviour",
)


@dataclass(frozen=True)
class AgencyFile:
    """A file that was written: where it lies, and how many rows a reader should accept and set aside."""

    path: Path
    good_rows: int
    bad_rows: int


def write_quarter(
    into: Path, *, prescribed: str, quarter: date, areas: Sequence[str], seed: int, bad: bool = False
) -> AgencyFile:
    """Write one quarter of one prescribed set, under a name that says it is synthetic; the same arguments give the same bytes.

    Parameters
    ----------
    prescribed
        Code of the set, such as ``fire``.
    quarter
        Its first day.
    areas
        Codes of LSOAs to draw from; sets by outward postcode draw from Wolverhampton's.
    bad
        Whether two rows that should be set aside are added; never for sets about health, which would be refused whole.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> with TemporaryDirectory() as folder:
    ...     written = write_quarter(
    ...         Path(folder), prescribed="fire", quarter=date(2025, 7, 1), areas=["E01010410"], seed=1
    ...     )
    ...     written.path.name, written.good_rows, written.bad_rows
    ('fire-2025-q3-synthetic.csv', 120, 0)
    """
    definition = definitions_of(prescribed)[-1]
    rng = np.random.default_rng([seed, quarter.year, quarter.month, len(prescribed)])
    rows = [_row(definition, quarter, areas, rng) for _ in range(EVENTS_A_QUARTER[prescribed])]
    faulty = [] if definition.is_health or not bad else [_without_area(rows[0]), _too_late(rows[1])]
    path = into / f"{prescribed}-{quarter.year}-q{(quarter.month + 2) // 3}-{SYNTHETIC}.csv"
    into.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\r\n").writerows(
            [HEADINGS, *([row[heading] for heading in HEADINGS] for row in (*rows, *faulty))]
        )
    return AgencyFile(path, len(rows), len(faulty))


def _row(definition: PrescribedSet, quarter: date, areas: Sequence[str], rng: np.random.Generator) -> dict[str, str]:
    last = _last_day(quarter)
    by_outward = definition.area_kinds[0] == "outward postcode"
    category = _category(definition, rng)
    happened = quarter + timedelta(days=int(rng.integers((last - quarter).days + 1)))
    return {
        "Period from": f"{quarter:%Y-%m-%d}",
        "Period to": f"{last:%Y-%m-%d}",
        "Kind of area": definition.area_kinds[0],
        "Area": str(rng.choice(OUTWARD_POSTCODES if by_outward else areas)),
        "Category": category.name,
        "Sub-category": _sub_category(category, rng),
        "Date": f"{happened:%Y-%m-%d}",
        "Time": f"{int(rng.integers(24)):02d}:{int(rng.integers(60)):02d}",
        "Location": f"{SYNTHETIC} place {int(rng.integers(1, 60))}",
        "Count": "1",
    }


def _category(definition: PrescribedSet, rng: np.random.Generator) -> Category:
    if not definition.categories:
        return Category(str(rng.choice(FREE_CATEGORIES)))
    return definition.categories[int(rng.integers(len(definition.categories)))]


def _sub_category(category: Category, rng: np.random.Generator) -> str:
    if category.sub_categories:
        return str(rng.choice(category.sub_categories))
    return category.icd[int(rng.integers(2))] if category.icd else SYNTHETIC


def _last_day(quarter: date) -> date:
    months = quarter.month + 2
    return date(quarter.year + months // 12, months % 12 + 1, 1) - timedelta(days=1)


def _without_area(row: Mapping[str, str]) -> dict[str, str]:
    return {**row, "Area": "Bilston"}


def _too_late(row: Mapping[str, str]) -> dict[str, str]:
    return {**row, "Date": f"{date.fromisoformat(row['Period to']) + timedelta(days=9):%Y-%m-%d}"}

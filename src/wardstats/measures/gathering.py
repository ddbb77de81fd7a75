"""Gathering: rows of kept files added up to counts, for one district or for every district in one pass."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import ibis
import pyarrow as pa
from ibis import _

from wardstats.engines import Engine
from wardstats.engines.duckdb import DuckDB
from wardstats.measures.question import UnableToCompute
from wardstats.tables import Evidence, Snapshot

MEMORY = "1500MB"
UNIT_PREFIX = r"^[0-9]{4}-[0-9]{2}-"
CODES: Mapping[str, str] = {"area_month_counts": "area_code", "street_crime": "lsoa_code"}
"""The tables that rows are counted from, and which of their columns says where."""
COUNTED = pa.schema(
    [
        pa.field("area_code", pa.string()),
        pa.field("month", pa.date32()),
        pa.field("crime_type", pa.string()),
        pa.field("unit", pa.string()),
        pa.field("count", pa.int64()),
    ]
)


@dataclass(frozen=True)
class Gathered:
    """Every district's counts, in a folder for each: what :func:`gather` has written.

    Parameters
    ----------
    evidence
        The kept files that were read.
    folder
        Where the counts lie; under the same path for whoever reads them.
    districts
        ONS codes of the districts that the area lookups know, in order.
    """

    evidence: Evidence
    folder: Path
    districts: tuple[str, ...]

    def of(self, table: str, district: str) -> Path | None:
        """Where one district's counts from one table lie; None if it has none."""
        path = self.folder / table / f"district_code={district}"
        return path if path.exists() else None


def gather(evidence: Evidence, *, into: Path, engine: Engine | None = None) -> Gathered:
    """Count the rows of every district in one pass over the kept files.

    A :class:`~wardstats.measures.Reader` of any of the districts reads its own counts from what was gathered, and gives the
    same figures as if it had read the files themselves.

    Parameters
    ----------
    evidence
        The kept files, among them the area lookups that say which district a small area lies in.
    into
        An empty folder, which every process and machine that takes part sees under the same path.
    engine
        What runs it; DuckDB unless another is given.

    Raises
    ------
    UnableToCompute
        If no area lookup is kept.
    """
    with tempfile.TemporaryDirectory(prefix="wardstats-gather-") as spill:
        usual = DuckDB(memory_limit=MEMORY, temp_directory=Path(spill), in_order=False)
        return _gathered(engine or usual, evidence, into)


def _gathered(engine: Engine, evidence: Evidence, into: Path) -> Gathered:
    places = _places(engine, evidence)
    for table in CODES:
        counted = [counts(engine, kept) for kept in evidence.of(table)]
        if counted:
            engine.partition(_all_of(counted).join(places, "area_code"), by="district_code", into=into / table)
    known = engine.fetch(places.select("district_code").distinct())
    return Gathered(evidence, into, tuple(sorted(known["district_code"].to_pylist())))


def counts(engine: Engine, kept: Snapshot, *, codes: frozenset[str] | None = None) -> ibis.Table:
    """The current rows of a kept file, counted by area, month, crime type and unit, in the columns of :data:`COUNTED`.

    Parameters
    ----------
    codes
        Only the areas of these codes; None for every row that has a code.
    """
    table = engine.read(kept.path)
    code = table[CODES[kept.table]]
    inside = table.filter(code.notnull() if codes is None else code.isin(sorted(codes)))
    count = _.count() if kept.table == "street_crime" else _["count"].sum()
    rows = inside.group_by(
        area_code=inside[CODES[kept.table]], month=_.month, crime_type=_.crime_type, file=_.source_file
    )
    by_file = rows.agg(count=count)
    counted = by_file.mutate(unit=by_file.file.re_replace(UNIT_PREFIX, "")).select(COUNTED.names)
    if kept.current is None:
        return counted
    current = [f"{month:%Y-%m} {name}" for name, month in sorted(kept.current)]
    return counted.filter((_.month.strftime("%Y-%m") + " " + _.unit).isin(current))


def _places(engine: Engine, evidence: Evidence) -> ibis.Table:
    """Which district each small area lies in."""
    lookups = [engine.read(kept.path).select("lsoa_code", "district_code") for kept in evidence.of("area_lookup")]
    if not lookups:
        raise UnableToCompute("No area lookup is kept, so no row can be placed in a district.")
    return _all_of(lookups).rename(area_code="lsoa_code").distinct()


def _all_of(tables: Sequence[ibis.Table]) -> ibis.Table:
    first, *others = tables
    return ibis.union(first, *others) if others else first

"""From downloaded files to evidence in one step, for an analyst's notebook and the command line."""

from __future__ import annotations

import hashlib
import warnings
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from wardstats.geography import Change
from wardstats.sources.keeping import read
from wardstats.sources.lookups import Wards, area_lookup, read_changes, read_wards
from wardstats.sources.population import read_population
from wardstats.sources.refusal import UnableToRead
from wardstats.tables import Evidence, Snapshot

OPEN_LICENCE = "Open Government Licence v3.0"
POLICE, ONS = "data.police.uk", "Office for National Statistics"


def evidence_from(
    *,
    street: Path | str | None = None,
    counts: Path | str | None = None,
    changes: Path | str,
    wards: Path | str | Sequence[Path | str],
    population: Path | str | None = None,
    district: str | None = None,
    into: Path | str,
) -> Evidence:
    """Read what was downloaded, check every row, and keep it: what a :class:`~wardstats.measures.Reader` reads.

    What was read before is found again by the digest of its files and not read twice, so a notebook can run it each time.

    Parameters
    ----------
    street
        Street-level crime of data.police.uk: a CSV, plain or packed, the zip as downloaded, or a folder of months.
    counts
        In place of ``street``, or for months that it lacks: a file of counts by area, month and crime type.
    changes
        ONS's lookup of LSOAs of 2011 to those of 2021.
    wards
        ONS's best-fit lookup of LSOAs to wards, or several of different years.
    population
        Census table TS001 or the mid-2020 estimates, by LSOA; without it there are no rates.
    district
        ONS code of the one district wanted; left out, all that the lookups know can be read from the evidence.
    into
        The folder in which to keep what was read; it is made if it is not there.

    Raises
    ------
    UnableToRead
        If a file is not what it says, or neither street rows nor counts are given.

    Warns
    -----
    UserWarning
        If rows were set aside; they lie with their reasons beside the kept rows.
    """
    kept = Path(into)
    kept.mkdir(parents=True, exist_ok=True)
    lookups = [read_wards(Path(path)) for path in ([wards] if isinstance(wards, str | Path) else wards)]
    areas = _areas(Path(changes), lookups, district)
    snapshots = [_keep(areas, "area_lookup", kept)]
    if population is not None:
        codes = frozenset(areas["lsoa_code"].to_pylist())
        snapshots.append(_keep(read_population(Path(population), areas=codes), "population", kept))
    supplies = {"street_crime": street, "area_month_counts": counts}
    found = [_taken_in(Path(source), table, kept) for table, source in supplies.items() if source is not None]
    if not found:
        raise UnableToRead(
            "nothing",
            found="neither street rows nor counts",
            expected="one of them",
            what_to_do="Name the police's files",
        )
    return Evidence((*found, *snapshots))


def _areas(changes: Path, wards: Sequence[Wards], district: str | None) -> pa.Table:
    """The areas of one district, or of every district that the lookup of changes knows."""
    by_district: dict[str, list[Change]] = defaultdict(list)
    for change in read_changes(changes):
        by_district[change.district].append(change)
    if district is not None and district not in by_district:
        raise UnableToRead(
            changes.name,
            found=f"no area of {district}",
            expected="the areas of the district",
            what_to_do="Check the district's code, or send the lookup of its part of the country",
        )
    chosen = sorted(by_district) if district is None else [district]
    return pa.concat_tables([area_lookup(district=each, changes=by_district[each], wards=wards) for each in chosen])


def _taken_in(source: Path, table: str, kept: Path) -> Snapshot:
    """A supply's rows, read unless they were before."""
    folder = kept / f"{table}-{_digest(source)}"
    rows = folder / "rows.parquet"
    if not rows.exists():
        reading = read(source, into=folder, table=table)
        if reading.quarantined:
            warnings.warn(
                f"{reading.quarantined:,} of {reading.rows_in:,} rows were set aside; why is in {reading.quarantine}",
                stacklevel=3,
            )
    return Snapshot(_sha256(rows), rows, table, POLICE, OPEN_LICENCE, source.name)


def _digest(source: Path) -> str:
    """A digest of all the files of a supply with their names."""
    files = sorted(path for path in source.rglob("*") if path.is_file()) if source.is_dir() else [source]
    digest = hashlib.sha256()
    for path in files:
        digest.update(f"{path.relative_to(source.parent)} {_sha256(path)}\n".encode())
    return digest.hexdigest()[:16]


def _keep(rows: pa.Table, table: str, kept: Path) -> Snapshot:
    """A small table, kept under the digest of its bytes."""
    buffer = pa.BufferOutputStream()
    pq.write_table(rows, buffer)
    content = buffer.getvalue().to_pybytes()
    sha256 = hashlib.sha256(content).hexdigest()
    path = kept / f"{table}-{sha256[:16]}.parquet"
    path.write_bytes(content)
    return Snapshot(sha256, path, table, ONS, OPEN_LICENCE, sha256[:16])


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

"""How long the standard figures of one partnership take from three years of a national snapshot.

Makes 36 months of invented street rows for 35,000 small areas (about 19.5 million rows, in one kept file for each year),
reads one district of 161 areas out of them, computes and discloses every standard figure, and times beside it the one
query a peer would need at least: DuckDB's own count by area, month and type over the same files, of that district and
of all areas.

Run: python -m benchmarks.standard_figures [--scale 0.1] [--by-force]
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from wardstats import Evidence, Reader, Snapshot, compute, disclose, standard_figures
from wardstats.tables import ALL

AREAS, DISTRICT_AREAS, MONTHS, ROWS_A_MONTH = 35_000, 161, 36, 540_000
DISTRICT, FIRST_AREA, FIRST_YEAR = "E08000031", 10_410, 2022
TYPES = (
    "Anti-social behaviour", "Bicycle theft", "Burglary", "Criminal damage and arson", "Drugs", "Other crime",
    "Other theft", "Possession of weapons", "Public order", "Robbery", "Shoplifting", "Theft from the person",
    "Vehicle crime", "Violence and sexual offences",
)  # fmt: skip
YEAR_OF_ROWS = """
copy (
    with drawn as (
        select (hash(i, {year}, 'area') % {areas})::integer as area, (hash(i, {year}, 'month') % 12)::integer as month,
               (hash(i, {year}, 'type') % 14)::integer as type, i
        from range({rows}) as numbers(i)
    )
    select case when type > 0 then sha256(concat(i, '-', {year})) end as crime_id,
           make_date({year}, month + 1, 1) as month,
           'Force ' || area // 814 as reported_by, 'Force ' || area // 814 as falls_within,
           -2.1 + area / 100000.0 as longitude, 52.5 + month / 1000.0 as latitude, 'On or near Street ' || i % 5000 as location,
           'E010' || lpad(area::varchar, 5, '0') as lsoa_code, 'Area ' || area as lsoa_name,
           {types}[type + 1] as crime_type, 'Under investigation' as last_outcome_category, null::varchar as context,
           strftime(make_date({year}, month + 1, 1), '%Y-%m') || '-force-' || area // 814 || '-street' as source_file
    from drawn order by {order}
) to '{path}' (format parquet, compression zstd)
"""


def main() -> None:
    """Make the data, time the reading, the figures and the peers, print one table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--scale", type=float, default=1.0, help="share of the rows to make")
    asked.add_argument("--by-force", action="store_true", help="order rows by file, as downloaded, not by area")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        evidence = made(Path(folder), given.scale, "source_file, i" if given.by_force else "lsoa_code, month")
        measured(evidence)


def made(folder: Path, scale: float, order: str) -> Evidence:
    """Three years of rows, and who lives where."""
    connection = duckdb.connect(config={"memory_limit": "2GB", "threads": 2, "temp_directory": str(folder / "spill")})
    snapshots = []
    for year in range(FIRST_YEAR, FIRST_YEAR + MONTHS // 12):
        path = folder / f"street-{year}.parquet"
        rows = int(12 * ROWS_A_MONTH * scale)
        connection.execute(
            YEAR_OF_ROWS.format(year=year, areas=AREAS, rows=rows, types=list(TYPES), order=order, path=path)
        )
        snapshots.append(Snapshot(f"{year}", path, "street_crime", "invented", "none", str(year)))
        print(f"made {path.name}: {rows:,} rows, {path.stat().st_size / 1e6:.0f} MB", flush=True)
    return Evidence((*snapshots, *small_tables(folder)))


def small_tables(folder: Path) -> tuple[Snapshot, ...]:
    """The district's areas in twenty wards, their residents, and six areas of a set."""
    codes = [f"E010{FIRST_AREA + at:05d}" for at in range(DISTRICT_AREAS)]
    lookup = [
        {
            "lsoa_code": code,
            "lsoa_name": f"Wardwell {at:03d}A",
            "lsoa_version": 2021,
            "district_code": DISTRICT,
            "ward_code": f"E0500{at % 20:04d}",
            "ward_name": f"Ward {at % 20}",
            "ward_version": "2025",
            "change": None,
            "successors": None,
        }
        for at, code in enumerate(codes)
    ]
    people = [
        {"area_code": code, "population": 1600, "reference_date": date(2021, 3, 21), "source": "invented"}
        for code in codes
    ]
    inside = [
        {
            "set_code": "priority-areas",
            "area_code": f"P{at % 6}",
            "area_name": f"Area {at % 6}",
            "grade": None,
            "lsoa_code": code,
            "basis": "invented",
        }
        for at, code in enumerate(codes[:24])
    ]
    kept = []
    for table, rows in (("area_lookup", lookup), ("population", people), ("area_members", inside)):
        path = folder / f"{table}.parquet"
        pq.write_table(pa.Table.from_pylist(rows, schema=ALL[table].arrow), path)
        kept.append(Snapshot(hashlib.sha256(path.read_bytes()).hexdigest(), path, table, "invented", "none", "1"))
    return tuple(kept)


def measured(evidence: Evidence) -> None:
    """Time the figures, and the peers on the same files in the same run."""
    figures = standard_figures(DISTRICT, f"{FIRST_YEAR + MONTHS // 12}-01")
    files = [str(kept.path) for kept in evidence.of("street_crime")]
    ours = best(lambda: every_figure(evidence))
    reading = best(lambda: Reader(evidence))
    district = best(
        lambda: peer(files, codes=f"between 'E010{FIRST_AREA}' and 'E010{FIRST_AREA + DISTRICT_AREAS - 1}'")
    )
    national = best(lambda: peer(files, codes="is not null"))
    print(f"standard figures: {len(figures)}")
    print(f"ours, read + compute + disclose    {ours:7.3f} s   (goal: at most 2 s)")
    print(f"  of which reading the slice       {reading:7.3f} s")
    print(f"peer, group by, this district      {district:7.3f} s   ours / peer {ours / district:5.2f}")
    print(f"peer, group by, all areas          {national:7.3f} s   ours / peer {ours / national:5.2f}")


def every_figure(evidence: Evidence) -> int:
    """Every standard figure as it would be printed; the number of characters, so that nothing is skipped."""
    reader = Reader(evidence)
    until = f"{FIRST_YEAR + MONTHS // 12}-01"
    printed = [
        disclose(compute(figure.code, reader, **figure.parameters)) for figure in standard_figures(DISTRICT, until)
    ]
    return sum(len(json.dumps(table.to_json())) for table in printed)


def peer(files: list[str], *, codes: str) -> int:
    """DuckDB's own single query over the same files, on as many threads."""
    connection = duckdb.connect(config={"threads": 2, "memory_limit": "1GB"})
    query = (
        f"select lsoa_code, month, crime_type, count(*) from read_parquet({files}) where lsoa_code {codes} group by all"
    )
    return len(connection.sql(query).to_arrow_table())


def best(run: Callable[[], object], times: int = 3) -> float:
    """The shortest of a few runs, which is the one the machine disturbed least."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return min(taken)


if __name__ == "__main__":
    main()

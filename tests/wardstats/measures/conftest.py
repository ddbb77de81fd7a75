"""The real counts of Wolverhampton as kept files: what every test of a measure reads."""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from wardstats.measures import Reader
from wardstats.sources import (
    peer_groups,
    read_breaks,
    read_district_counts,
    read_district_population,
    read_partnerships,
)
from wardstats.tables import ALL, SERIES_BREAKS, Evidence, Snapshot

DATA = Path(__file__).parent.parent / "data"
DISTRICT = "E08000031"
COUNTS = "wolverhampton_lsoa_month_crime-type_2023-05_2025-10.csv.gz"
AREAS = {
    "P1": ("Alder", "red", ("E01010410", "E01010411", "E01010412")),
    "P2": ("Birch", "amber", ("E01010420", "E01010421", "E01010422", "E01010423")),
}


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a file of real data."""
    content = (DATA / name).read_bytes()
    text = gzip.decompress(content) if name.endswith(".gz") else content
    return list(csv.DictReader(io.StringIO(text.decode("utf-8-sig"))))


def real_counts() -> list[dict[str, Any]]:
    """The real counts as rows of the contract table."""
    return [
        {
            "area_code": row["LSOA code"],
            "area_name": row["LSOA name"],
            "month": date.fromisoformat(row["Month"] + "-01"),
            "crime_type": row["Crime type"],
            "count": int(row["Count"]),
            "source_file": COUNTS.removesuffix(".csv.gz"),
        }
        for row in rows_of(COUNTS)
    ]


def real_lookup() -> list[dict[str, Any]]:
    """Every LSOA of the district in both versions, 2011 ones placed where all their successors are in one ward."""
    wards = {row["lsoa21cd"]: (row["wd25cd"], row["wd25nm"]) for row in rows_of("lsoa21_ward25_wolverhampton.csv")}
    old: dict[str, list[dict[str, str]]] = defaultdict(list)
    found = []
    for row in rows_of("lsoa11_lsoa21_change_wolverhampton.csv"):
        old[row["lsoa11_code"]].append(row)
        found.append(_placed(row["lsoa21_code"], row["lsoa21_name"], 2021, wards[row["lsoa21_code"]], None, None))
    for code, rows in old.items():
        inside = {wards[row["lsoa21_code"]] for row in rows}
        ward = inside.pop() if len(inside) == 1 else (None, None)
        successors = ";".join(row["lsoa21_code"] for row in rows)
        found.append(_placed(code, rows[0]["lsoa11_name"], 2011, ward, rows[0]["change_code"], successors))
    return found


def _placed(
    code: str, name: str, version: int, ward: Any, change: str | None, successors: str | None
) -> dict[str, Any]:
    return {
        "lsoa_code": code,
        "lsoa_name": name,
        "lsoa_version": version,
        "district_code": DISTRICT,
        "ward_code": ward[0],
        "ward_name": ward[1],
        "ward_version": "2025",
        "change": change,
        "successors": successors,
    }


def real_population() -> list[dict[str, Any]]:
    """Residents on Census day by 2021 LSOA."""
    return [
        {
            "area_code": row["mnemonic"],
            "population": int(row["total"]),
            "reference_date": date(2021, 3, 21),
            "source": "Census 2021, TS001",
        }
        for row in rows_of("census2021_usual-residents_lsoa21_wolverhampton.csv")
    ]


def members() -> list[dict[str, Any]]:
    """Two illustrative areas."""
    return [
        {
            "set_code": "priority-areas",
            "area_code": code,
            "area_name": name,
            "grade": grade,
            "lsoa_code": lsoa,
            "basis": "illustrative",
            "since": None,
            "until": None,
        }
        for code, (name, grade, lsoas) in AREAS.items()
        for lsoa in lsoas
    ]


def keep(folder: Path, table: str, rows: list[dict[str, Any]], **fields: Any) -> Snapshot:
    """Rows written as a kept file."""
    path = folder / f"{table}-{len(list(folder.iterdir()))}.parquet"
    pq.write_table(pa.Table.from_pylist(rows, schema=ALL[table].arrow), path)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return Snapshot(digest, path, table, "test", "OGL v3", "test", **fields)


def with_counts(folder: Path, rows: list[dict[str, Any]]) -> Evidence:
    """Evidence with these counts and the real areas and residents."""
    return Evidence(
        (
            keep(folder, "area_month_counts", rows),
            keep(folder, "area_lookup", real_lookup()),
            keep(folder, "population", real_population()),
            keep(folder, "area_members", members()),
        )
    )


@pytest.fixture(scope="session")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """The real evidence."""
    return with_counts(tmp_path_factory.mktemp("evidence"), real_counts())


@pytest.fixture(scope="session")
def reader(evidence: Evidence) -> Reader:
    """The real evidence, read."""
    return Reader(evidence)


REFERENCE = Path(__file__).parents[3] / "src/wardwell/jobs/reference/swp/evidence"
COUNTS_OF_DISTRICTS = REFERENCE / "england-wales_lad24_month_crime-type_2023-05_2025-10.csv.gz"


def kept(folder: Path, table: str, rows: pa.Table) -> Snapshot:
    path = folder / f"{table}-{rows.num_rows}.parquet"
    pq.write_table(rows, path)
    return Snapshot(hashlib.sha256(path.read_bytes()).hexdigest(), path, table, "test", "OGL v3", "test")


@pytest.fixture(scope="session")
def national(tmp_path_factory: pytest.TempPathFactory) -> tuple[Snapshot, ...]:
    folder = tmp_path_factory.mktemp("national")
    partnerships = read_partnerships(REFERENCE / "lad24_csp24_pfa24_england-wales.csv", edition="2024")
    population = read_district_population(REFERENCE / "census2021_age-band-sex_lad21_england-wales.csv")
    return (
        kept(folder, "district_month_counts", read_district_counts(COUNTS_OF_DISTRICTS)),
        kept(folder, "district_population", population),
        kept(folder, "partnership_lookup", partnerships),
        kept(folder, "peer_groups", peer_groups(partnerships, since=date(2023, 4, 1))),
    )


@pytest.fixture(scope="session")
def register(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return kept(tmp_path_factory.mktemp("register"), "series_breaks", read_breaks(REFERENCE / "series-breaks.csv"))


def broken(folder: Path, evidence: Evidence, **changed: Any) -> Reader:
    """The evidence of Wolverhampton with one break of its own series."""
    row = {
        "code": "own",
        "area_code": DISTRICT,
        "area_name": "Wolverhampton",
        "crime_type": None,
        "kind": "supplier",
        "since": date(2024, 11, 1),
        "until": None,
        "sentence": "The force changed its system.",
        "source": "test",
    }
    rows = pa.Table.from_pylist([row | changed], schema=SERIES_BREAKS.arrow)
    return Reader(Evidence((*evidence.snapshots, kept(folder, "series_breaks", rows))), DISTRICT)

"""The evidence that Safer Wolverhampton holds in tests: real counts, residents, wards, and two illustrative areas."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from tests.wardstats.measures.conftest import members, real_lookup, real_population
from wardstats import sources, tables
from wardstats.tables import BreakKind
from wardwell.access.actor import Actor
from wardwell.agencies.register import key_of
from wardwell.evidence import operations
from wardwell.evidence.rules import Cadence, UnitOfFiles

REFERENCE = Path(operations.__file__).parents[2] / "jobs" / "reference" / "swp" / "evidence"
COUNTS = REFERENCE / "wolverhampton_lsoa_month_crime-type_2023-05_2025-10.csv.gz"
DISTRICT_COUNTS = "england-wales_lad24_month_crime-type_2023-05_2025-10.csv.gz"
STREET = REFERENCE / "wolverhampton-street"
LICENCE = "Open Government Licence v3.0"
EDITION = "downloaded on 3 November 2025"


def declare_datasets(actor: Actor, *, at: datetime) -> None:
    """The datasets of the partnership: crime counted and street by street, residents, wards, Priority Areas."""
    police = key_of("west-midlands-police")
    for code, name, table, source, cadence, unit, is_measured in (
        ("counts", "Crime counted by small area", "area_month_counts", "data.police.uk, counted by LSOA, month and type",
         Cadence.MONTHLY, UnitOfFiles.WHOLE, True),
        ("street", "Street-level crime", "street_crime", "data.police.uk, street-level crime",
         Cadence.MONTHLY, UnitOfFiles.FORCE_AND_MONTH, False),
        ("population", "Usual residents", "population", "Office for National Statistics, Census 2021, TS001",
         Cadence.ONCE, UnitOfFiles.WHOLE, True),
        ("lookup", "Small areas and wards", "area_lookup", "Office for National Statistics, look-ups of areas",
         Cadence.ONCE, UnitOfFiles.WHOLE, True),
        ("members", "Small areas of the Priority Areas", "area_members", "Illustrative: drawn for tests",
         Cadence.ONCE, UnitOfFiles.WHOLE, True),
    ):  # fmt: skip
        operations.add_dataset(
            actor=actor, at=at, code=code, name=name, table=table, grain="LSOA", source=source, licence=LICENCE,
            cadence=cadence, unit_of_files=unit, used_for_measures=is_measured,
            supplier_id=police if code in {"counts", "street"} else None,
        )  # fmt: skip


def expect_counts(actor: Actor, *, at: datetime, first: date = date(2025, 9, 1)) -> None:
    """The police's counts are expected month by month, within sixty days."""
    description = operations.Description(
        publisher="Single Online Home National Digital Team", gateway="Published under the Open Government Licence",
        retention="For good", expected_from=first,
    )  # fmt: skip
    operations.describe_dataset(actor=actor, at=at, code="counts", description=description)


def keep_evidence(actor: Actor, *, at: datetime) -> operations.Outcome:
    """Declare the datasets and keep everything that the explorer reads. Returns what came of the counts."""
    declare_datasets(actor, at=at)
    for code, rows in (("lookup", real_lookup()), ("population", real_population()), ("members", members())):
        keep_rows(actor, at=at, code=code, rows=rows)
    return take_in(actor, at=at, code="counts", path=COUNTS)


def keep_rows(actor: Actor, *, at: datetime, code: str, rows: list[dict[str, Any]]) -> None:
    """Keep a whole reference table."""
    table = {"lookup": "area_lookup", "population": "population", "members": "area_members"}[code]
    kept = pa.Table.from_pylist(rows, schema=tables.ALL[table].arrow)
    operations.keep_table(
        actor=actor, at=at, dataset_code=code, rows=kept, edition="as published", source_file=f"{code}.csv"
    )


def keep_national(actor: Actor, *, at: datetime) -> None:
    """What Wolverhampton is compared with: every district's real counts, residents, forces; and the register of breaks."""
    partnerships = sources.read_partnerships(REFERENCE / "lad24_csp24_pfa24_england-wales.csv", edition="2024")
    for table, rows in (
        ("partnership_lookup", partnerships),
        ("peer_groups", sources.peer_groups(partnerships, since=date(2023, 4, 1))),
        ("district_month_counts", sources.read_district_counts(REFERENCE / DISTRICT_COUNTS)),
        ("district_population",
         sources.read_district_population(REFERENCE / "census2021_age-band-sex_lad21_england-wales.csv")),
        ("series_breaks", sources.read_breaks(REFERENCE / "series-breaks.csv")),
    ):  # fmt: skip
        code = table.replace("_", "-")
        operations.add_dataset(
            actor=actor, at=at, code=code, name=table.replace("_", " ").capitalize(), table=table, source="as published",
            licence=LICENCE, cadence=Cadence.ONCE, unit_of_files=UnitOfFiles.WHOLE,
        )  # fmt: skip
        operations.keep_table(
            actor=actor, at=at, dataset_code=code, rows=rows, edition="as published", source_file=f"{code}.csv"
        )


def record_a_break(actor: Actor, **changed: Any) -> None:
    """The force changed how burglary is recorded in September 2025, as the register of breaks has it."""
    operations.add_dataset(
        actor=actor, at=actor.at, code="breaks", name="Register of breaks", table="series_breaks", source="the partnership",
        licence="its own", cadence=Cadence.ONCE, unit_of_files=UnitOfFiles.WHOLE,
    )  # fmt: skip
    recorded: dict[str, Any] = {
        "code": "burglary-recording",
        "kind": BreakKind.RECORDING,
        "since": date(2025, 9, 1),
        "area_code": "E08000031",
        "area_name": "Wolverhampton",
        "crime_type": "Burglary",
        "sentence": "The force changed how burglary is recorded.",
        "source": "the force's letter of 1 September 2025",
    }
    operations.record_break(actor=actor, at=actor.at, **recorded | changed)


def take_in(actor: Actor, *, at: datetime, code: str, path: Path, edition: str = EDITION) -> operations.Outcome:
    """Import a file or folder by the command line's door."""
    key = operations.receive_in_place(actor=actor, at=at, dataset_code=code, path=path, edition=edition)
    return operations.take_in(actor=actor, at=at, submission_id=key)


def declare_agency(actor: Actor, *, code: str, prescribed: str = "", agency: str = "west-midlands-police") -> None:
    """A quarterly dataset of an agency, of a prescribed set or free."""
    operations.add_dataset(
        actor=actor, at=actor.at, code=code, name=f"Counts: {code}", table="partner_counts", source="synthetic",
        licence="for tests", cadence=Cadence.QUARTERLY, unit_of_files=UnitOfFiles.WHOLE, due_days_after=91,
        used_for_measures=False, supplier_id=key_of(agency), prescribed_set=prescribed,
    )  # fmt: skip

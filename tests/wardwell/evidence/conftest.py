"""Anil's datasets, real months of Wolverhampton, and a short way to send a file in and have it taken in."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.world import World
from wardwell.access.actor import Actor
from wardwell.agencies.register import key_of
from wardwell.evidence import operations, queries
from wardwell.evidence.rules import Cadence, UnitOfFiles

REFERENCE = Path(operations.__file__).parents[2] / "jobs" / "reference" / "swp" / "evidence"
STREET_FOLDER = REFERENCE / "wolverhampton-street"
COUNTS = REFERENCE / "wolverhampton_lsoa_month_crime-type_2023-05_2025-10.csv.gz"
HEADINGS = (
    "Crime ID,Month,Reported by,Falls within,Longitude,Latitude,Location,LSOA code,LSOA name,Crime type,"
    "Last outcome category,Context"
)
OGL = "Open Government Licence v3.0"


def street_row(*, month: str = "2014-01", crime_type: str = "Burglary", longitude: str = "-2.128") -> str:
    """One line of a street file, as data.police.uk writes it."""
    return (
        f"{'ab' * 32},{month},West Midlands Police,West Midlands Police,{longitude},52.586,On or near Queen Street,"
        f"E01010521,Wolverhampton 020F,{crime_type},Under investigation,"
    )


def street_file(folder: Path, *rows: str, name: str = "2014-01-west-midlands-street.csv") -> Path:
    """A street file with these lines."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text("\n".join((HEADINGS, *rows)) + "\n", encoding="utf-8")
    return path


@dataclass
class Desk:
    """Somebody's desk from which files are sent in; time goes on by an hour with each."""

    world: World
    who: str
    hours: int = 0

    @property
    def actor(self) -> Actor:
        return self.world.actor(self.who, at=self.at)

    @property
    def at(self) -> datetime:
        return self.world.at + timedelta(hours=self.hours)

    def imports(self, path: Path, *, dataset: str = "street", edition: str = "first") -> operations.Outcome:
        """Import from the command line's door: named in place and taken in."""
        self.hours += 1
        key = operations.receive_in_place(
            actor=self.actor, at=self.at, dataset_code=dataset, path=path, edition=edition
        )
        return operations.take_in(actor=self.actor, at=self.at, submission_id=key)

    def snapshot(self, outcome: operations.Outcome) -> queries.SnapshotWhole:
        """The snapshot that an accepted import made."""
        assert outcome.snapshot_id is not None, outcome.says
        whole = queries.snapshot(self.actor, outcome.snapshot_id)
        assert whole is not None
        return whole


@pytest.fixture
def anil(world: World) -> Desk:
    """Anil's desk, with a dataset of street crime and one of counts declared."""
    desk = Desk(world, "anil")
    declare_datasets(desk.actor, at=desk.at)
    return desk


@pytest.fixture
def january(tmp_path: Path) -> Path:
    """January 2014 as published: West Midlands, British Transport Police and Staffordshire."""
    folder = tmp_path / "download" / "2014-01"
    shutil.copytree(STREET_FOLDER / "2014-01", folder)
    return folder.parent


def declare_datasets(actor: Actor, *, at: datetime) -> None:
    """A dataset of street crime, kept for reading, and one of counts, which the measures read; both are the police's."""
    police = key_of("west-midlands-police")
    operations.add_dataset(
        actor=actor,
        at=at,
        code="street",
        name="Street-level crime",
        table="street_crime",
        grain="LSOA",
        source="data.police.uk street-level crime",
        licence=OGL,
        cadence=Cadence.MONTHLY,
        unit_of_files=UnitOfFiles.FORCE_AND_MONTH,
        used_for_measures=False,
        supplier_id=police,
    )
    operations.add_dataset(
        actor=actor,
        at=at,
        code="counts",
        name="Crimes counted by LSOA, month and type",
        table="area_month_counts",
        grain="LSOA",
        source="data.police.uk, counted",
        licence=OGL,
        cadence=Cadence.MONTHLY,
        unit_of_files=UnitOfFiles.WHOLE,
        supplier_id=police,
    )

"""The agencies' quarterly sets of the demonstration: declared, made up, and imported. All of it is synthetic and says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from wardstats.synthetic import write_quarter
from wardwell.access.actor import Actor
from wardwell.access.database import acting_as
from wardwell.agencies import register as agencies
from wardwell.evidence import operations as evidence
from wardwell.evidence import queries as supply
from wardwell.evidence.rules import Cadence, UnitOfFiles, counted

LICENCE = "Invented for this demonstration; no licence needed"
NOTE = "Synthetic: every number was drawn at random, in the layout that the law prescribes. It tells of no real place or event."
END_OF_THE_NEXT_QUARTER = 90
"""Days; the last day of the next quarter but for a day or two."""
SEED = 2014


@dataclass(frozen=True, slots=True)
class AgencySet:
    """A quarterly set: its dataset, who supplies it, and the quarters that came; a quarter left out is a hole to be seen."""

    code: str
    name: str
    prescribed: str
    supplier: str
    grain: str
    quarters: tuple[date, ...]


QUARTERS = (date(2025, 1, 1), date(2025, 4, 1), date(2025, 7, 1))
SETS = (
    AgencySet("fire", "Fire service incidents (synthetic)", "fire", "west-midlands-fire", "LSOA", QUARTERS[::2]),
    AgencySet(
        "council-incidents", "Council incidents (synthetic)", "council", "wolverhampton-council", "LSOA", QUARTERS
    ),
    AgencySet(
        "hospital-admissions",
        "Hospital admissions (synthetic)",
        "health",
        "black-country-icb",
        "outward postcode",
        QUARTERS,
    ),
    AgencySet(
        "ambulance-calls",
        "Ambulance calls (synthetic)",
        "ambulance",
        "black-country-icb",
        "outward postcode",
        QUARTERS[1:],
    ),
)


def declare(actor: Actor) -> None:
    """Declare the datasets that are not there yet."""
    with acting_as(actor):
        present = {one.code for one in supply.datasets(actor)}
    for one in SETS:
        if one.code not in present:
            evidence.add_dataset(
                actor=actor, at=actor.at, code=one.code, name=one.name, table="partner_counts",
                source="Synthetic, in the layout of SI 2007/1831", licence=LICENCE, cadence=Cadence.QUARTERLY,
                unit_of_files=UnitOfFiles.WHOLE, grain=one.grain, due_days_after=END_OF_THE_NEXT_QUARTER, used_for_measures=False,
                supplier_id=agencies.key_of(one.supplier), note=NOTE, prescribed_set=one.prescribed,
            )  # fmt: skip


def import_quarters(actor: Actor, *, areas: Sequence[str]) -> str:
    """Make up the quarters of every set and import them as the analyst would."""
    files = 0
    with TemporaryDirectory() as folder:
        for one in SETS:
            for quarter in one.quarters:
                written = write_quarter(
                    Path(folder),
                    prescribed=one.prescribed,
                    quarter=quarter,
                    areas=areas,
                    seed=SEED,
                    bad=quarter == QUARTERS[-1],
                )
                edition = f"synthetic, quarter from {quarter:%B %Y}"
                key = evidence.receive_in_place(
                    actor=actor, at=actor.at, dataset_code=one.code, path=written.path, edition=edition
                )
                evidence.take_in(actor=actor, at=actor.at, submission_id=key)
                files += 1
    return f"{counted(files, 'quarterly file')} of {counted(len(SETS), 'set')}, all synthetic"

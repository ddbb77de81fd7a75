"""What the agencies of the demonstration are to supply, and the little that they have: all of it invented but the police's.

The days count from the day of the demonstration, so that something is always in on time, in late, late, partly in, excused and
not due yet. Synthetic datasets are marked so wherever they are shown, and no measure is counted from them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from wardstats.synthetic import write_quarter
from wardwell.access.actor import Actor
from wardwell.access.database import acting_as
from wardwell.agencies import register as agencies
from wardwell.evidence import operations as evidence
from wardwell.evidence import queries as supply
from wardwell.evidence.operations import Description
from wardwell.evidence.periods import DueRule, Period, Sensitivity, day_of
from wardwell.evidence.rules import Cadence, UnitOfFiles, counted

SEED = 1998
SECTION_17A = "Crime and Disorder Act 1998, section 17A, and the Prescribed Information Regulations 2007 (SI 2007/1831)"
PUBLISHED = "None needed: published for everybody under the Open Government Licence"
SYNTHETIC = "Synthetic: drawn by a generator with a fixed seed. No such reports were made, and nobody was counted."
SEVEN_YEARS = "Seven years, so that two strategies can be compared; then removed"

AS_PUBLISHED = Description(
    publisher="Single Online Home National Digital Team, for the police forces of England and Wales",
    gateway=PUBLISHED,
    retention="For good: it is published, and figures are counted again from it",
)
POLICE: Mapping[str, Description] = {
    "police-counts": replace(
        AS_PUBLISHED,
        expected_from=date(2025, 11, 1),
        due_days_after=60,
        known_faults="Anti-social behaviour has fallen since September 2025 because its recording changed.",
    ),
    "police-street": replace(AS_PUBLISHED, known_faults="February 2014 is not among the copied files."),
    "residents": replace(AS_PUBLISHED, publisher="Office for National Statistics"),
    "area-look-up": replace(AS_PUBLISHED, publisher="Office for National Statistics"),
}
"""What is said of the datasets of real data, by their codes."""


@dataclass(frozen=True, slots=True)
class Undertaking:
    """A quarterly set that an agency has undertaken to send, and which of the last three whole quarters have come."""

    code: str
    name: str
    prescribed: str
    agency: str
    grain: str
    came: tuple[int, ...]
    description: Description


def undertakings(today: date) -> tuple[Undertaking, ...]:
    """What is expected from the quarter on that began three quarters before this one."""
    expected = Description(
        gateway=SECTION_17A,
        sensitivity=Sensitivity.DEPERSONALISED,
        retention=SEVEN_YEARS,
        note=SYNTHETIC,
        due_rule=DueRule.END_OF_NEXT,
        expected_from=quarters(today)[0],
    )
    outward = "outward postcode"
    return (
        Undertaking("fire", "Fire service incidents", "fire", "west-midlands-fire", "LSOA", (0, 2), expected),
        Undertaking(
            "council-incidents", "Council incidents", "council", "wolverhampton-council", "LSOA", (0, 1, 2), expected
        ),
        Undertaking(
            "hospital-admissions", "Hospital admissions", "health", "black-country-icb", outward, (2,), expected
        ),
        Undertaking(
            "ambulance-calls", "Ambulance calls", "ambulance", "west-midlands-ambulance", outward, (1, 2), expected
        ),
    )


def quarters(today: date) -> tuple[date, ...]:
    """The first days of the last three whole quarters.

    >>> [f"{quarter:%Y-%m}" for quarter in quarters(date(2026, 11, 25))]
    ['2026-01', '2026-04', '2026-07']
    """
    return tuple(_earlier(_quarter(today), months) for months in (9, 6, 3))


def declare(anil: Actor, *, areas: Sequence[str]) -> str:
    """Anil declares what the agencies have undertaken, and imports the quarters that came, each made up for it."""
    with acting_as(anil):
        present = {one.code for one in supply.datasets(anil)}
    asked = [one for one in undertakings(day_of(anil.at)) if one.code not in present]
    for one in asked:
        _declare(anil, one)
        _take_in(anil, one, areas)
    files = sum(len(one.came) for one in asked)
    return f"{counted(files, 'quarterly file')} of {counted(len(asked), 'set')}, all synthetic"


def follow_up(maya: Actor) -> str:
    """Maya excuses one period, asks about another in her own words, and has the others reminded or chased."""
    with acting_as(maya):
        lines = {line.dataset.code: line for line in supply.calendar(maya)}
    wanted = [one.period for one in lines["hospital-admissions"].periods if one.is_late and not one.reminders]
    if len(wanted) > 1:
        _excuse_and_chase(maya, wanted)
    sent = evidence.remind(actor=maya, at=maya.at)
    return f"{counted(sent.reminders, 'reminder')}, {counted(sent.chasers, 'chaser')}"


def _excuse_and_chase(maya: Actor, wanted: Sequence[Period]) -> None:
    admissions = "hospital-admissions"
    reason = "The hospital moved its records to another system in this quarter; the trust cannot extract it."
    evidence.excuse(
        actor=maya, at=maya.at, dataset_code=admissions, period_from=wanted[0].begins, reason=reason
    )  # fmt: skip
    words = "The assessment is drafted next month. Whom may Anil ring about the extract?"
    evidence.chase(actor=maya, at=maya.at, dataset_code=admissions, period_from=wanted[1].begins, words=words)


def _declare(anil: Actor, one: Undertaking) -> None:
    evidence.add_dataset(
        actor=anil, at=anil.at, code=one.code, name=f"{one.name} (synthetic)", table="partner_counts", grain=one.grain,
        source=f"{one.name}: synthetic, in the layout of SI 2007/1831", licence="Invented for this demonstration; none needed",
        cadence=Cadence.QUARTERLY, unit_of_files=UnitOfFiles.WHOLE, used_for_measures=False,
        supplier_id=agencies.key_of(one.agency), is_synthetic=True, prescribed_set=one.prescribed,
        description=replace(one.description, owner_id=anil.worker_id),
    )  # fmt: skip


def _take_in(anil: Actor, one: Undertaking, areas: Sequence[str]) -> None:
    """The last quarter has some bad rows, so that there is something put aside to look at."""
    every = quarters(day_of(anil.at))
    with TemporaryDirectory() as folder:
        for at in one.came:
            written = write_quarter(
                Path(folder), prescribed=one.prescribed, quarter=every[at], areas=areas, seed=SEED, bad=at == 2
            )
            edition = f"synthetic, quarter from {every[at]:%B %Y}"
            key = evidence.receive_in_place(
                actor=anil, at=anil.at, dataset_code=one.code, path=written.path, edition=edition
            )
            evidence.take_in(actor=anil, at=anil.at, submission_id=key)


def _quarter(day: date) -> date:
    return date(day.year, day.month - (day.month - 1) % 3, 1)


def _earlier(month: date, months: int) -> date:
    year, index = divmod(12 * month.year + month.month - 1 - months, 12)
    return date(year, index + 1, 1)

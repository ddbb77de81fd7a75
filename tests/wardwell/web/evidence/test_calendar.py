"""The calendar of a dataset: what each square says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from wardwell.evidence.queries import DatasetView, SupplyView
from wardwell.evidence.rules import Cadence, Gap
from wardwell.web.evidence.calendar import calendar_of

DATASET = DatasetView(
    id=UUID(int=1),
    code="street",
    name="Street-level crime",
    table="street_crime",
    grain="LSOA",
    supplier="",
    source="data.police.uk",
    licence="Open Government Licence v3.0",
    cadence=Cadence.MONTHLY,
    unit_of_files="one file a force and month",
    used_for_measures=True,
    note="",
)
SUPPLY = SupplyView(
    dataset=DATASET,
    months=9,
    first_month=date(2025, 1, 1),
    last_month=date(2025, 10, 1),
    missing=(date(2025, 3, 1),),
    gaps=(Gap("btp-street", date(2025, 4, 1)),),
    renewed=(date(2025, 5, 1),),
    rows=900,
    quarantined=0,
    latest_edition="November",
    latest_at=None,
    due_on=date(2026, 1, 30),
    is_late=False,
)


def words(supply: SupplyView, month: date, *, as_at: date) -> str:
    """What the square of a month says."""
    calendar = calendar_of(supply, as_at=as_at)
    assert calendar is not None
    return next(year.squares[month.month - 1].words for year in calendar.years if year.year == month.year)


@pytest.mark.parametrize(
    ("month", "said"),
    [
        (date(2025, 1, 1), "held"),
        (date(2025, 3, 1), "missing"),
        (date(2025, 4, 1), "held in part, without btp-street"),
        (date(2025, 5, 1), "held, in a newer edition"),
        (date(2025, 11, 1), "not due yet"),
        (date(2025, 12, 1), "not part of this dataset"),
    ],
)
def test_says_what_there_is_of_each_month(month: date, said: str) -> None:
    assert words(SUPPLY, month, as_at=date(2026, 1, 30)) == said


def test_calls_a_month_late_when_its_day_has_passed() -> None:
    assert words(SUPPLY, date(2025, 11, 1), as_at=date(2026, 1, 31)) == "late"
    assert words(SUPPLY, date(2025, 12, 1), as_at=date(2026, 1, 31)) == "not due yet"


def test_awaits_nothing_of_a_dataset_that_comes_once() -> None:
    once = replace(SUPPLY, dataset=replace(DATASET, cadence=Cadence.ONCE), due_on=None)
    assert words(once, date(2025, 11, 1), as_at=date(2027, 1, 1)) == "not part of this dataset"


def test_does_not_go_on_about_a_series_that_was_given_up() -> None:
    calendar = calendar_of(SUPPLY, as_at=date(2040, 1, 1))
    assert calendar is not None
    assert [year.year for year in calendar.years] == [2025, 2026]


def test_explains_only_the_signs_that_occur() -> None:
    calendar = calendar_of(SUPPLY, as_at=date(2026, 1, 1))
    assert calendar is not None
    assert [square.state for square in calendar.legend] == ["held", "renewed", "part", "missing", "awaited"]

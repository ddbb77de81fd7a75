"""Periods and their days: the prescribed quarters, fourteen days before, the day after, and what is in on time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from wardwell.evidence.periods import (
    DueRule,
    Expectation,
    Period,
    Standing,
    can_be_expected,
    day_of,
    due_day,
    periods,
    standing,
)
from wardwell.evidence.rules import Cadence

PRESCRIBED = Expectation(Cadence.QUARTERLY, date(2007, 7, 1), rule=DueRule.END_OF_NEXT)
FIRST_QUARTER, DUE = Period(date(2025, 1, 1), date(2025, 4, 1)), date(2025, 6, 30)
ALL_THREE = {date(2025, month, 1): date(2025, 6, month) for month in (1, 2, 3)}


class TestPrescribedQuarters:
    @pytest.mark.parametrize(
        ("begins", "due"),
        [
            (date(2025, 1, 1), date(2025, 6, 30)),
            (date(2025, 4, 1), date(2025, 9, 30)),
            (date(2025, 7, 1), date(2025, 12, 31)),
            (date(2025, 10, 1), date(2026, 3, 31)),
        ],
    )
    def test_are_due_by_the_end_of_the_next(self, begins: date, due: date) -> None:
        quarter = next(one for one in periods(PRESCRIBED, as_at=date(2026, 1, 1)) if one.begins == begins)
        assert due_day(quarter, rule=DueRule.END_OF_NEXT) == due

    def test_begin_on_the_first_of_july_2007(self) -> None:
        first = periods(PRESCRIBED, as_at=date(2008, 1, 1))[0]
        assert (first.words, due_day(first, rule=DueRule.END_OF_NEXT)) == ("July to September 2007", date(2007, 12, 31))
        earlier = Expectation(Cadence.QUARTERLY, date(2007, 4, 1), rule=DueRule.END_OF_NEXT)
        assert can_be_expected(earlier).because == "The prescribed periods begin on 1 July 2007."

    def test_are_due_on_leap_days_too(self) -> None:
        monthly = Period(date(2024, 1, 1), date(2024, 2, 1))
        assert due_day(monthly, rule=DueRule.END_OF_NEXT) == date(2024, 2, 29)


class TestPeriods:
    def test_end_where_nothing_more_is_expected(self) -> None:
        ended = Expectation(Cadence.MONTHLY, date(2025, 1, 1), until=date(2025, 3, 1))
        assert [one.words for one in periods(ended, as_at=date(2026, 1, 1))] == ["January 2025", "February 2025"]

    def test_are_not_counted_before_they_begin(self) -> None:
        assert periods(Expectation(Cadence.MONTHLY, date(2026, 2, 1)), as_at=date(2026, 1, 31)) == ()

    @pytest.mark.parametrize(
        ("expected", "because"),
        [
            (Expectation(Cadence.ONCE, date(2025, 1, 1)), "It comes once"),
            (Expectation(Cadence.MONTHLY, date(2025, 1, 2)), "first day of a month"),
            (Expectation(Cadence.MONTHLY, date(2025, 1, 1), until=date(2025, 1, 1)), "last day must come after"),
        ],
    )
    def test_are_refused_where_they_cannot_be_counted(self, expected: Expectation, because: str) -> None:
        assert because in can_be_expected(expected).because
        assert not can_be_expected(expected).allowed


class TestStanding:
    @pytest.mark.parametrize(
        ("as_at", "said"),
        [
            (date(2025, 6, 15), Standing.NOT_DUE),
            (date(2025, 6, 16), Standing.DUE_SOON),
            (date(2025, 6, 30), Standing.DUE_SOON),
            (date(2025, 7, 1), Standing.LATE),
        ],
    )
    def test_is_due_soon_a_fortnight_before_and_late_the_day_after(self, as_at: date, said: Standing) -> None:
        assert standing(FIRST_QUARTER, due=DUE, came={}, as_at=as_at) == said

    def test_is_in_on_time_on_the_very_day(self) -> None:
        came = {**ALL_THREE, date(2025, 3, 1): DUE}
        assert standing(FIRST_QUARTER, due=DUE, came=came, as_at=date(2026, 1, 1)) == Standing.ON_TIME
        came[date(2025, 3, 1)] = date(2025, 7, 1)
        assert standing(FIRST_QUARTER, due=DUE, came=came, as_at=date(2026, 1, 1)) == Standing.IN_LATE

    def test_is_partly_in_while_a_month_is_wanting(self) -> None:
        came = {date(2025, 1, 1): date(2025, 2, 1)}
        assert standing(FIRST_QUARTER, due=DUE, came=came, as_at=date(2025, 7, 1)) == Standing.PARTLY
        assert standing(FIRST_QUARTER, due=DUE, came=came, as_at=DUE, is_sparse=True) == Standing.ON_TIME

    def test_is_excused_only_while_it_is_not_in_on_time(self) -> None:
        late = date(2025, 8, 1)
        assert standing(FIRST_QUARTER, due=DUE, came={}, as_at=late, excused=True) == Standing.EXCUSED
        assert standing(FIRST_QUARTER, due=DUE, came=ALL_THREE, as_at=late, excused=True) == Standing.ON_TIME

    def test_is_judged_by_the_day_where_the_partnership_is(self) -> None:
        assert day_of(datetime(2025, 6, 30, 22, 59, tzinfo=UTC)) == date(2025, 6, 30)
        assert day_of(datetime(2025, 6, 30, 23, 1, tzinfo=UTC)) == date(2025, 7, 1)

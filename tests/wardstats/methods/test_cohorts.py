"""A frozen cohort and its time at risk, worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import LeaversRule, Leaving, Member, Stay, cohort_result, days_at_risk

BEGINS, ENDS = date(2025, 1, 1), date(2026, 1, 1)
JOINED = date(2024, 6, 1)

SOME_STAYS = st.lists(st.tuples(st.integers(-50, 450), st.one_of(st.none(), st.integers(0, 100))), max_size=6)


def _stays(rows: list[tuple[int, int | None]]) -> list[Stay]:
    return [
        Stay(BEGINS + timedelta(days=first), None if length is None else BEGINS + timedelta(days=first + length))
        for first, length in rows
    ]


class TestDaysAtRisk:
    @given(SOME_STAYS)
    @settings(deadline=None, max_examples=100)
    def test_counts_the_days_outside_all_stays(self, rows: list[tuple[int, int | None]]) -> None:
        stays = _stays(rows)
        days = (BEGINS + timedelta(days=at) for at in range((ENDS - BEGINS).days))
        free = sum(not any(stay.holds(day) for stay in stays) for day in days)
        assert days_at_risk(BEGINS, ENDS, custody=stays) == free

    def test_refuses_time_that_runs_backwards(self) -> None:
        with pytest.raises(ValueError, match="before it begins"):
            days_at_risk(ENDS, BEGINS)
        with pytest.raises(ValueError, match="before it begins"):
            Stay(ENDS, BEGINS)


class TestCohort:
    def test_keeps_leavers_in_the_denominator(self) -> None:
        """Four people of whom three leave: still four. Days: 365 + 365 - 184 + 365 + 90 (died on 1 April)."""
        members = [
            Member(JOINED, reoffences=(date(2025, 5, 1), date(2025, 6, 1))),
            Member(JOINED, date(2025, 7, 1), Leaving.PRISON, custody=(Stay(date(2025, 7, 1)),)),
            Member(JOINED, date(2025, 3, 1), Leaving.DESELECTED, reoffences=(date(2025, 11, 1),)),
            Member(JOINED, date(2025, 4, 1), Leaving.DIED),
        ]
        found = cohort_result(members, begins=BEGINS, ends=ENDS)
        assert (found.members, found.reoffended.count, found.reoffended.total) == (4, 2, 4)
        assert found.left == {Leaving.DESELECTED: 1, Leaving.PRISON: 1, Leaving.DIED: 1, Leaving.MOVED: 0}
        assert found.days_at_risk == 365 + 181 + 365 + 90
        assert found.per_year == pytest.approx(3 / (1001 / 365.25))
        assert str(found.rule) == "not counted: none; no longer followed: died"

    def test_leaves_out_only_those_whom_a_stated_rule_does(self) -> None:
        rule = LeaversRule(frozenset({Leaving.MOVED}), frozenset({Leaving.DIED, Leaving.DESELECTED}))
        members = [
            Member(JOINED),
            Member(JOINED, date(2025, 3, 1), Leaving.MOVED),
            Member(JOINED, date(2025, 3, 1), Leaving.DESELECTED, reoffences=(date(2025, 2, 1), date(2025, 11, 1))),
        ]
        found = cohort_result(members, begins=BEGINS, ends=ENDS, rule=rule)
        assert (found.members, found.reoffended.count, found.reoffended.total, found.reoffences) == (3, 1, 2, 1)
        assert found.days_at_risk == 365 + 59
        assert str(found.rule) == "not counted: moved away; no longer followed: deselected, died"

    def test_counts_somebody_who_offended_in_custody_as_a_reoffender_but_not_in_the_rate(self) -> None:
        inside = Member(JOINED, custody=(Stay(date(2025, 2, 1), date(2025, 3, 1)),), reoffences=(date(2025, 2, 5),))
        found = cohort_result([inside], begins=BEGINS, ends=ENDS)
        assert (found.reoffended.count, found.reoffences, found.per_year) == (1, 0, 0.0)

    def test_has_no_rate_where_nobody_was_at_liberty(self) -> None:
        found = cohort_result([Member(JOINED, custody=(Stay(JOINED),))], begins=BEGINS, ends=ENDS)
        assert (found.days_at_risk, found.per_year, found.per_year_interval) == (0, None, None)

    def test_takes_leaving_after_the_end_for_not_leaving(self) -> None:
        found = cohort_result([Member(JOINED, ENDS, Leaving.DIED)], begins=BEGINS, ends=ENDS)
        assert (found.days_at_risk, found.left[Leaving.DIED]) == (365, 0)

    @pytest.mark.parametrize("member", [Member(date(2025, 1, 2)), Member(JOINED, date(2024, 12, 31), Leaving.MOVED)])
    def test_is_frozen_on_its_first_day(self, member: Member) -> None:
        with pytest.raises(ValueError, match="in the scheme on 2025-01-01"):
            cohort_result([Member(JOINED), member], begins=BEGINS, ends=ENDS)

    def test_refuses_nobody_and_no_time(self) -> None:
        with pytest.raises(ValueError, match="nobody is left"):
            cohort_result([], begins=BEGINS, ends=ENDS)
        with pytest.raises(ValueError, match="without time"):
            cohort_result([Member(JOINED)], begins=BEGINS, ends=BEGINS)

    def test_refuses_members_and_rules_that_contradict_themselves(self) -> None:
        with pytest.raises(ValueError, match="on a day and for a reason"):
            Member(JOINED, left=BEGINS)
        with pytest.raises(ValueError, match="on a day and for a reason"):
            Member(JOINED, reason=Leaving.DIED)
        with pytest.raises(ValueError, match="before joining"):
            Member(JOINED, date(2024, 1, 1), Leaving.DIED)
        with pytest.raises(ValueError, match="nobody who died"):
            LeaversRule(no_longer_followed=frozenset())

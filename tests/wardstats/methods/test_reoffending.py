"""Reoffending: four quarters worked by hand, cohorts that are too young, and prediction person by person."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import (
    CaseloadQuarter,
    FollowedUp,
    Reoffence,
    UnableToMeasureYet,
    Verdict,
    is_series_break,
    local_adult_reoffending,
    observed_against_expected,
    proven_reoffending,
)

FOUR_QUARTERS = (
    CaseloadQuarter(date(2013, 4, 1), 2_140, 171, 201.2),
    CaseloadQuarter(date(2013, 7, 1), 2_098, 160, 196.8),
    CaseloadQuarter(date(2013, 10, 1), 2_215, 183, 209.5),
    CaseloadQuarter(date(2014, 1, 1), 2_187, 178, 202.5),
)


class TestLocalAdultReoffending:
    def test_gives_the_difference_worked_by_hand(self) -> None:
        """692 of 8,640 is 8.009%; 810 expected is 9.375%; 692/810 - 1 is -14.568%.

        The mean of the quarters' own differences would be -14.614%: the quarters are combined, not averaged.
        """
        found = local_adult_reoffending(FOUR_QUARTERS)
        assert (found.people, found.reoffended) == (8_640, 692)
        assert found.predicted == pytest.approx(810.0)
        assert found.actual_rate == pytest.approx(0.0800926, abs=5e-8)
        assert found.predicted_rate == pytest.approx(0.09375)
        assert found.percent_difference == pytest.approx(-14.567901, abs=5e-7)

    def test_has_byars_interval_on_the_observed(self) -> None:
        """Byar on 692, worked by hand: 641.39 to 745.54; over 810: -20.82% to -7.96%."""
        found = local_adult_reoffending(FOUR_QUARTERS)
        assert found.interval.method == "Byar"
        assert found.percent_limits == pytest.approx((-20.82, -7.96), abs=0.005)
        assert found.verdict is Verdict.LOWER

    def test_does_not_mind_the_order_of_the_quarters(self) -> None:
        assert local_adult_reoffending(FOUR_QUARTERS[::-1]) == local_adult_reoffending(FOUR_QUARTERS)

    @pytest.mark.parametrize("quarters", [(), FOUR_QUARTERS[:3], (*FOUR_QUARTERS, FOUR_QUARTERS[0])])
    def test_refuses_other_than_four_quarters(self, quarters: tuple[CaseloadQuarter, ...]) -> None:
        with pytest.raises(ValueError, match="four quarters"):
            local_adult_reoffending(quarters)

    def test_refuses_a_gap_and_a_quarter_twice(self) -> None:
        with pytest.raises(ValueError, match="do not follow"):
            local_adult_reoffending((*FOUR_QUARTERS[:3], CaseloadQuarter(date(2014, 4, 1), 2_187, 178, 202.5)))
        with pytest.raises(ValueError, match="do not follow"):
            local_adult_reoffending((*FOUR_QUARTERS[:3], FOUR_QUARTERS[0]))

    @pytest.mark.parametrize(
        ("begins", "caseload", "reoffended", "predicted"),
        [
            (date(2013, 5, 1), 10, 1, 1.0),
            (date(2013, 4, 2), 10, 1, 1.0),
            (date(2013, 4, 1), 0, 0, 1.0),
            (date(2013, 4, 1), 10, 11, 1.0),
            (date(2013, 4, 1), 10, -1, 1.0),
            (date(2013, 4, 1), 10, 1, 0.0),
            (date(2013, 4, 1), 10, 1, 10.1),
            (date(2013, 4, 1), 10, 1, float("nan")),
        ],
    )
    def test_refuses_what_is_no_quarter(self, begins: date, caseload: int, reoffended: int, predicted: float) -> None:
        with pytest.raises(ValueError, match=r"no quarter|no caseload|no prediction"):
            CaseloadQuarter(begins, caseload, reoffended, predicted)


class TestObservedAgainstExpected:
    def test_expects_the_sum_of_the_scores(self) -> None:
        """30 people at 0.9 and 10 at 0.3: 30 expected; 36 are 1.2 times that, Byar 25.21 to 49.84 over 30."""
        found = observed_against_expected(36, [0.9] * 30 + [0.3] * 10)
        assert found.predicted == pytest.approx(30.0)
        assert found.ratio == pytest.approx(1.2)
        assert (found.interval.lower, found.interval.upper) == pytest.approx((0.8403, 1.6613), abs=1e-4)
        assert found.verdict is Verdict.NOT_SIGNIFICANTLY_DIFFERENT

    def test_says_higher_where_the_interval_does(self) -> None:
        assert observed_against_expected(40, [0.2] * 50).verdict is Verdict.HIGHER

    def test_is_exact_for_few(self) -> None:
        found = observed_against_expected(0, [0.5, 0.5])
        assert (found.interval.method, found.interval.lower) == ("exact Poisson", 0.0)
        assert found.interval.upper == pytest.approx(3.689, abs=5e-4)

    @given(st.lists(st.floats(0.01, 1), min_size=1, max_size=40))
    @settings(deadline=None, max_examples=30)
    def test_does_not_mind_the_order(self, scores: list[float]) -> None:
        found = observed_against_expected(len(scores), scores)
        again = observed_against_expected(len(scores), sorted(scores))
        assert again.ratio == pytest.approx(found.ratio)
        assert found.ratio >= 1 - 1e-12

    @pytest.mark.parametrize(
        ("reoffended", "scores", "reason"),
        [
            (0, [], "nobody to score"),
            (1, [75.0, 20.0], "not a percentage"),
            (1, [-0.1, 0.2], "negative"),
            (1, [float("nan"), 0.2], "missing"),
            (3, [0.1, 0.2], "cannot have reoffended"),
            (-1, [0.1, 0.2], "cannot have reoffended"),
            (0, [0.0, 0.0], "nobody was expected"),
        ],
    )
    def test_refuses(self, reoffended: int, scores: list[float], reason: str) -> None:
        with pytest.raises(ValueError, match=reason):
            observed_against_expected(reoffended, scores)


class TestProvenReoffending:
    def test_counts_what_was_committed_in_twelve_months_and_proven_in_eighteen(self) -> None:
        begins = date(2023, 1, 15)
        cohort = [
            FollowedUp(begins, (Reoffence(date(2024, 1, 14), date(2024, 7, 14)),)),  # the last days that count
            FollowedUp(begins, (Reoffence(date(2024, 1, 15), date(2024, 2, 1)),)),  # committed a day late
            FollowedUp(begins, (Reoffence(date(2024, 1, 14), date(2024, 7, 15)),)),  # proven a day late
            FollowedUp(begins, (Reoffence(date(2023, 2, 1), None),)),  # never proven
            FollowedUp(begins, (Reoffence(date(2023, 2, 1), date(2023, 3, 1)), Reoffence(begins, date(2023, 3, 1)))),
        ]
        found = proven_reoffending(cohort, as_at=date(2024, 7, 15))
        assert (found.binary.count, found.binary.total, found.reoffences) == (2, 5, 3)
        assert (found.per_reoffender, found.per_offender) == (1.5, 0.6)

    @pytest.mark.parametrize("begins", [date(2024, 8, 31), date(2024, 2, 29), date(2024, 12, 31)])
    def test_refuses_a_cohort_under_eighteen_months_old(self, begins: date) -> None:
        cohort = [FollowedUp(begins - timedelta(days=80)), FollowedUp(begins)]
        with pytest.raises(UnableToMeasureYet, match="followed up") as refusal:
            proven_reoffending(cohort, as_at=begins + timedelta(days=540))
        ready = refusal.value.ready_on
        with pytest.raises(UnableToMeasureYet):
            proven_reoffending(cohort, as_at=ready - timedelta(days=1))
        assert proven_reoffending(cohort, as_at=ready).binary.count == 0

    def test_is_ready_when_the_youngest_has_had_eighteen_months(self) -> None:
        with pytest.raises(UnableToMeasureYet) as refusal:
            proven_reoffending([FollowedUp(date(2024, 8, 31))], as_at=date(2026, 2, 27))
        assert refusal.value.ready_on == date(2026, 2, 28)

    def test_has_no_frequency_without_reoffenders(self) -> None:
        assert proven_reoffending([FollowedUp(date(2020, 1, 1))], as_at=date(2022, 1, 1)).per_reoffender is None

    def test_refuses_nobody_and_the_impossible(self) -> None:
        with pytest.raises(ValueError, match="nobody"):
            proven_reoffending([], as_at=date(2022, 1, 1))
        for reoffence in (
            Reoffence(date(2019, 12, 31), None),
            Reoffence(date(2020, 3, 1), date(2020, 2, 1)),
        ):
            with pytest.raises(ValueError, match=r"no reoffence|not proven before"):
                proven_reoffending([FollowedUp(date(2020, 1, 1), (reoffence,))], as_at=date(2022, 1, 1))

    def test_knows_the_break_of_october_2017(self) -> None:
        """Published on 26 October 2017: the cohort of October to December 2015 is the first of three months."""
        assert is_series_break([date(2015, 7, 1), date(2015, 10, 1)])
        assert not is_series_break([date(2014, 7, 1), date(2015, 7, 1)])
        assert not is_series_break([date(2015, 10, 1)])
        assert not is_series_break([])

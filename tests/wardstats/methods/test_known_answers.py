"""Every method against answers published by someone else, or computed by another package."""

from __future__ import annotations

from math import log, sqrt

import numpy as np
import pytest
from scipy.stats import chi2_contingency, norm, t
from statsmodels.stats.proportion import proportion_confint

from wardstats.methods import (
    Dispersion,
    Interval,
    SpecialCause,
    Verdict,
    change,
    control_chart,
    count_interval,
    paired_dispersion,
    proportion,
    ranks,
    rate,
    share_quotient,
)
from wardstats.methods.changes import exact_ratio_interval


class TestProportion:
    @pytest.mark.parametrize(
        ("count", "total", "lower", "upper"),
        [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
    )
    def test_gives_newcombes_table(self, count: int, total: int, lower: float, upper: float) -> None:
        """Newcombe 1998, table I, method 3."""
        interval = proportion(count, total).interval
        assert (round(interval.lower, 4), round(interval.upper, 4)) == (lower, upper)

    def test_gives_what_the_public_health_package_tests_for(self) -> None:
        """PHStatsMethods, test_wilson: 100 of 10,000 in per cent."""
        interval = proportion(100, 10_000).interval
        assert 100 * interval.lower == pytest.approx(0.8229336148148417, rel=1e-9)
        assert 100 * interval.upper == pytest.approx(1.2146982255114647, rel=1e-9)

    @pytest.mark.parametrize(("count", "total"), [(0, 5), (3, 7), (7, 7), (450, 1000)])
    @pytest.mark.parametrize("confidence", [0.95, 0.998])
    def test_agrees_with_statsmodels(self, count: int, total: int, confidence: float) -> None:
        interval = proportion(count, total, confidence=confidence).interval
        expected = proportion_confint(count, total, alpha=1 - confidence, method="wilson")
        assert (interval.lower, interval.upper) == pytest.approx(expected, abs=1e-12)

    @pytest.mark.parametrize(("count", "total"), [(1, 0), (3, 2), (-1, 2)])
    def test_refuses_what_is_no_proportion(self, count: int, total: int) -> None:
        with pytest.raises(ValueError, match="not a proportion"):
            proportion(count, total)


class TestCountInterval:
    @pytest.mark.parametrize(
        ("count", "lower", "upper"), [(0, 0.0, 3.689), (1, 0.0253, 5.572), (5, 1.623, 11.668), (9, 4.115, 17.085)]
    )
    def test_gives_garwoods_table_below_ten(self, count: int, lower: float, upper: float) -> None:
        """Garwood 1936, table for 95%."""
        interval = count_interval(count)
        assert interval.method == "exact Poisson"
        assert (interval.lower, interval.upper) == pytest.approx((lower, upper), abs=6e-4)

    def test_gives_byar_as_the_public_health_package_tests_for(self) -> None:
        """PHStatsMethods, test_byars_lower. Its upper limit is another formula's; ours is held to the exact one, 121.627."""
        interval = count_interval(100)
        assert interval.lower == pytest.approx(81.36210549052788, rel=1e-9)
        assert interval.upper == pytest.approx(121.627, abs=1e-3)

    def test_says_which_method_was_used(self) -> None:
        assert [count_interval(count).method for count in (9, 10)] == ["exact Poisson", "Byar"]

    def test_refuses_a_negative_count(self) -> None:
        with pytest.raises(ValueError, match="not negative"):
            count_interval(-1)


class TestRate:
    def test_is_never_clipped_where_there_are_more_events_than_residents(self) -> None:
        assert rate(3000, 1000).value == 3000

    def test_refuses_an_empty_population(self) -> None:
        with pytest.raises(ValueError, match="population"):
            rate(3, 0)


class TestChange:
    def test_gives_the_exact_interval_of_r(self) -> None:
        """R, help page of poisson.test: 11 in 800 against 21 in 3,011, ratio 1.971488 (0.8584264 to 4.2772659)."""
        interval = exact_ratio_interval(21, 11).scaled(3011 / 800)
        assert (interval.lower, interval.upper) == pytest.approx((0.8584264, 4.2772659), rel=1e-6)

    @pytest.mark.parametrize(("before", "after"), [(3, 9), (0, 4), (7, 0), (9, 9)])
    def test_puts_clopper_and_pearsons_limits_on_the_share_of_the_later_events(self, before: int, after: int) -> None:
        interval = change(before, after).interval
        assert interval is not None
        low, high = proportion_confint(after, before + after, method="beta")
        assert interval.lower == pytest.approx(low / (1 - low))
        assert interval.upper == (pytest.approx(high / (1 - high)) if high < 1 else float("inf"))

    def test_puts_the_interval_on_the_logarithm_for_large_counts(self) -> None:
        """exp(ln 0.85 -/+ 1.959964 sqrt(1/400 + 1/340)), worked by hand: 0.7356 to 0.9822."""
        interval = change(400, 340).interval
        assert interval is not None
        assert (round(interval.lower, 4), round(interval.upper, 4)) == (0.7356, 0.9822)

    @pytest.mark.parametrize(
        ("before", "after", "verdict"),
        [
            (400, 340, Verdict.LOWER),
            (340, 400, Verdict.HIGHER),
            (12, 15, Verdict.NOT_SIGNIFICANTLY_DIFFERENT),
            (0, 0, Verdict.NOT_COMPARABLE),
        ],
    )
    def test_says_what_may_be_said(self, before: int, after: int, verdict: Verdict) -> None:
        assert change(before, after).verdict is verdict

    def test_has_no_percentage_of_nought(self) -> None:
        assert change(0, 20).percent is None


class TestDispersion:
    BEFORE, AFTER = (30, 42, 25, 60, 38, 51), (22, 40, 31, 35, 44, 29)

    def test_is_pearsons_statistic_of_the_two_by_n_table_over_its_freedom(self) -> None:
        """The chi-squared of independence of scipy, without correction."""
        expected = chi2_contingency([self.BEFORE, self.AFTER], correction=False)
        found = paired_dispersion(self.BEFORE, self.AFTER)
        assert found is not None
        assert found.degrees_of_freedom == expected.dof == 5
        assert found.value == pytest.approx(expected.statistic / 5)

    def test_widens_and_never_narrows(self) -> None:
        plain = change(400, 340).interval
        wide = change(400, 340, dispersion=Dispersion(2.0, 11)).interval
        narrow = change(400, 340, dispersion=Dispersion(0.2, 11)).interval
        assert plain is not None
        assert wide is not None
        assert narrow == plain
        assert log(wide.upper / 0.85) / log(plain.upper / 0.85) == pytest.approx(
            sqrt(2) * t.ppf(0.975, 11) / norm.ppf(0.975)
        )
        assert change(400, 340, dispersion=Dispersion(2.0, 11)).verdict is Verdict.NOT_SIGNIFICANTLY_DIFFERENT

    @pytest.mark.parametrize(("before", "after"), [([], []), ([5], [6]), ([0, 0], [3, 4]), ([0, 3], [0, 4])])
    def test_is_not_given_where_nothing_can_be_told(self, before: list[int], after: list[int]) -> None:
        assert paired_dispersion(before, after) is None

    def test_refuses_series_that_do_not_pair(self) -> None:
        with pytest.raises(ValueError, match="shorter"):
            paired_dispersion([1, 2], [1])

    def test_holds_its_level_where_poisson_does_not(self) -> None:
        """Two years without any change, months twice as variable as chance: about 5% and not 17% are called different."""
        draws = np.random.default_rng(1).negative_binomial(100, 0.5, size=(2000, 2, 12))
        called = {"chance alone": 0, "dispersion": 0}
        for before, after in draws:
            totals = int(before.sum()), int(after.sum())
            same = Verdict.NOT_SIGNIFICANTLY_DIFFERENT
            called["chance alone"] += change(*totals).verdict is not same
            called["dispersion"] += change(*totals, dispersion=paired_dispersion(before, after)).verdict is not same
        assert called["chance alone"] / 2000 == pytest.approx(0.166, abs=0.03)
        assert called["dispersion"] / 2000 < 0.06


class TestControlChart:
    FLOW = (49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1)

    def test_gives_the_limits_of_the_nist_handbook(self) -> None:
        """NIST/SEMATECH e-Handbook 6.3.2.2: centre 50.81, limits 55.8041 and 45.8159 with 3/1.128 = 2.6596."""
        limits = control_chart(self.FLOW, minimum=10).limits
        assert limits is not None
        assert limits.mean_moving_range == pytest.approx(1.8778, abs=1e-4)
        assert (limits.lower, limits.upper) == pytest.approx((45.8159, 55.8041), abs=2e-3)

    def test_gives_no_limits_before_twelve_points(self) -> None:
        assert control_chart(self.FLOW).limits is None

    @pytest.mark.parametrize("values", [[], [3.0], [None] * 14, [1.0, None] * 12])
    def test_gives_no_limits_where_no_range_moves(self, values: list[float | None]) -> None:
        found = control_chart(values)
        assert found.limits is None
        assert len(found.causes) == len(values)
        assert not found.has_special_cause

    def test_needs_twelve_values_and_not_eleven(self) -> None:
        assert control_chart([10.0, 12.0] * 5 + [10.0]).limits is None
        assert control_chart([10.0, 12.0] * 6).limits is not None

    def test_finds_nothing_special_in_a_series_that_never_moves(self) -> None:
        assert not control_chart([4.0] * 20).has_special_cause

    def test_leaves_out_one_wild_moving_range(self) -> None:
        steady = [10.0, 11.0] * 10
        wild = [*steady, 60.0]
        limits = control_chart(wild).limits
        assert limits is not None
        assert limits.mean_moving_range == pytest.approx(1.0)

    def test_marks_every_point_of_a_run_and_breaks_it_at_a_gap(self) -> None:
        values: list[float | None] = [10, 12] * 6 + [9] * 7
        marked = [SpecialCause.RUN in causes for causes in control_chart(values).causes]
        assert marked == [False] * 12 + [True] * 7
        values[15] = None
        assert not any(SpecialCause.RUN in causes for causes in control_chart(values).causes)

    def test_marks_seven_rising_points(self) -> None:
        values = [10.0, 20.0] * 8 + [11, 12, 13, 14, 15, 16, 17]
        marked = [SpecialCause.TREND in causes for causes in control_chart(values).causes]
        assert marked[-7:] == [True] * 7

    def test_equal_neighbours_break_a_trend(self) -> None:
        values = [10.0, 20.0] * 8 + [11, 12, 13, 13, 14, 15, 16]
        assert not any(SpecialCause.TREND in causes for causes in control_chart(values).causes)

    def test_marks_two_of_three_near_a_limit(self) -> None:
        values = [10.0, 12.0] * 8 + [15.2, 11.5, 15.2]
        causes = control_chart(values, baseline=16).causes
        assert [SpecialCause.NEAR_LIMIT in at for at in causes[-3:]] == [True, False, True]

    def test_stops_the_lower_limit_of_counts_at_nought(self) -> None:
        limits = control_chart([0.0, 5.0] * 8).limits
        assert limits is not None
        assert limits.lower == 0


class TestShareQuotient:
    def test_gives_the_strategys_example(self) -> None:
        """30% of the crime with 16% of the residents; Wilson's interval of 300 in 1,000 is 0.2724 to 0.3291."""
        found = share_quotient(300, 1000, 160, 1000)
        assert found.quotient == pytest.approx(1.875)
        assert found.rate_ratio == pytest.approx(2.25)
        assert (found.interval.lower * 0.16, found.interval.upper * 0.16) == pytest.approx((0.2724, 0.3291), abs=1e-4)

    def test_has_no_rate_ratio_against_nobody(self) -> None:
        assert share_quotient(10, 10, 5, 5).rate_ratio is None


class TestRanks:
    def test_gives_ranges_that_intervals_leave_open(self) -> None:
        limits = [Interval(low, high, 0.95, "Byar") for low, high in ((90, 110), (85, 105), (10, 20), (12, 22))]
        found = ranks([100, 95, 15, 17], limits)
        assert [(each.rank, each.best, each.worst) for each in found] == [(1, 1, 2), (2, 1, 2), (4, 3, 4), (3, 3, 4)]

    def test_gives_equals_the_better_place(self) -> None:
        limits = [Interval(0, 9, 0.95, "Byar")] * 3
        assert [each.rank for each in ranks([3, 3, 1], limits)] == [1, 1, 3]

"""Charts of counts, rates, proportions and times between events, against the examples of the books."""

from __future__ import annotations

from itertools import pairwise
from math import nan, sqrt
from statistics import fmean

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import (
    EventChart,
    EventChartKind,
    SpecialCause,
    chart_of_counts,
    chart_of_proportions,
    chart_of_rates,
    chart_of_times_between,
)

WAFERS = (16, 14, 28, 16, 12, 20, 10, 12, 10, 17, 19, 17, 14, 16, 15, 13, 14, 16, 11, 20, 11, 19, 16, 31, 13)
BOARDS = (21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15)
CANS = (12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6)
SHIPMENTS = (2, 3, 8, 1, 1, 4, 1, 4, 5, 1, 8, 2, 4, 3, 4, 1, 8, 3, 7, 4)
ORDERS = (12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9)
LOTS = (
    100,
    80,
    80,
    100,
    110,
    110,
    100,
    100,
    90,
    90,
    110,
    120,
    120,
    120,
    110,
    80,
    80,
    80,
    90,
    100,
    100,
    100,
    100,
    90,
    90,
)
HOURS = (286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96)


def outside(chart: EventChart) -> list[int]:
    """The numbers, from 1, of the points beyond a limit."""
    return [at + 1 for at, causes in enumerate(chart.causes) if SpecialCause.OUTSIDE in causes]


def limits(chart: EventChart, at: int = 0) -> tuple[float, float, float]:
    """Lower limit, centre and upper limit at a point."""
    assert chart.limits is not None
    here = chart.limits[at]
    assert here is not None
    return here.lower, here.centre, here.upper


class TestKnownAnswers:
    def test_gives_the_counts_chart_of_the_nist_handbook(self) -> None:
        """NIST/SEMATECH e-Handbook 6.3.3.1, defects on 25 wafers: average 16, limits 4 and 28."""
        chart = chart_of_counts(WAFERS)
        assert limits(chart) == pytest.approx((4, 16, 28))
        assert outside(chart) == [24]

    def test_gives_the_counts_chart_of_montgomery(self) -> None:
        """Example 7.3, circuit boards: 19.85 with limits 6.48 and 33.22, boards 6 and 20 outside."""
        chart = chart_of_counts(BOARDS)
        assert limits(chart) == pytest.approx((6.48, 19.85, 33.22), abs=0.01)
        assert outside(chart) == [6, 20]

    def test_gives_the_proportions_chart_of_montgomery(self) -> None:
        """Example 7.1, cans of juice: 0.2313 with limits 0.0524 and 0.4102, samples 15 and 23 outside."""
        chart = chart_of_proportions(CANS, [50] * 30, spread=False)
        assert limits(chart) == pytest.approx((0.0524, 0.2313, 0.4102), abs=5e-5)
        assert outside(chart) == [15, 23]

    def test_gives_the_proportions_chart_of_montgomery_with_lots_of_different_size(self) -> None:
        """Table 7.4, purchase orders: average 234/2450 = 0.096, only sample 11 outside."""
        chart = chart_of_proportions(ORDERS, LOTS, spread=False)
        assert limits(chart)[1] == pytest.approx(234 / 2450)
        assert limits(chart, 1) == pytest.approx((0.0, 0.0955, 0.1941), abs=5e-5)
        assert outside(chart) == [11]

    def test_gives_the_rates_chart_of_montgomery(self) -> None:
        """Example 7.4, errors in shipments by 50: 0.0740, upper limit 0.1894, lower -0.0414 and so nought."""
        chart = chart_of_rates(SHIPMENTS, [50] * 20, multiplier=1, spread=False)
        assert limits(chart) == pytest.approx((0, 0.0740, 0.1894), abs=5e-5)
        assert not outside(chart)

    def test_charts_times_as_single_values_of_their_root(self) -> None:
        """Montgomery's table 7.14: the mean of the transformed hours is 5.39. Limits are the XmR chart's, brought back."""
        chart = chart_of_times_between(HOURS)
        roots = [hours ** (1 / 3.6) for hours in HOURS]
        moving = [abs(after - before) for before, after in pairwise(roots)]
        low, centre, high = limits(chart)
        assert centre ** (1 / 3.6) == pytest.approx(fmean(roots))
        assert fmean(roots) == pytest.approx(5.39, abs=0.01)
        assert high ** (1 / 3.6) == pytest.approx(fmean(roots) + 2.66 * fmean(moving))
        assert low == 0
        assert chart.kind is EventChartKind.T

    def test_widens_limits_as_laney_does(self) -> None:
        """Sigma z by his definition: the mean moving range of the standardised points over 1.128."""
        counts, sizes = [40, 70, 55, 20, 60, 90, 45, 30, 80, 52, 61, 33], [900, 1100, 1000, 950] * 3
        chart = chart_of_rates(counts, sizes)
        centre = sum(counts) / sum(sizes)
        z = [(count / size - centre) / sqrt(centre / size) for count, size in zip(counts, sizes, strict=True)]
        sigma_z = fmean(abs(after - before) for before, after in pairwise(z)) / 1.128
        assert chart.sigma_z == pytest.approx(sigma_z)
        assert sigma_z > 3
        reach = 3 * sigma_z * sqrt(centre / 900)
        assert limits(chart) == pytest.approx((max(0, centre - reach) * 1000, centre * 1000, (centre + reach) * 1000))

    def test_holds_its_level_where_chance_alone_does_not(self) -> None:
        """Months three times as variable as chance: the prime chart has 1 point in 300 outside, the plain 1 in 12."""
        draws = np.random.default_rng(2).negative_binomial(150, 1 / 3, size=(100, 60))
        shares = {
            spread: np.mean(
                [len(outside(chart_of_rates(draw.tolist(), [1000.0] * 60, spread=spread))) for draw in draws]
            )
            / 60
            for spread in (True, False)
        }
        assert shares[True] < 0.012
        assert shares[False] > 0.06


class TestWhatMustHold:
    series = st.lists(st.integers(0, 40), min_size=12, max_size=40)

    @settings(max_examples=50, deadline=None)
    @given(series, st.sampled_from([1.0, 7.0, 1e6]))
    def test_equal_sizes_in_any_unit_give_the_chart_of_counts(self, counts: list[int], size: float) -> None:
        plain = chart_of_counts(counts)
        rates = chart_of_rates(counts, [size] * len(counts), multiplier=size, spread=False)
        assert rates.causes == plain.causes
        assert limits(rates) == pytest.approx(limits(plain))
        assert limits(plain)[0] >= 0

    @settings(max_examples=50, deadline=None)
    @given(series)
    def test_keeps_proportions_between_nought_and_one(self, counts: list[int]) -> None:
        for spread in (True, False):
            chart = chart_of_proportions(counts, [40] * len(counts), spread=spread)
            low, centre, high = limits(chart)
            assert 0 <= low <= centre <= high <= 1

    def test_leaves_a_gap_where_nothing_was_submitted(self) -> None:
        counts = [*[10] * 6, None, *[10] * 6]
        chart = chart_of_counts(counts)
        assert limits(chart)[1] == 10
        assert chart.values[6] is None
        assert chart.causes[6] == ()
        missing = chart_of_rates(counts, [None, *[100.0] * 12])
        assert missing.limits is None
        assert chart_of_rates([*counts, 10], [None, *[100.0] * 13]).limits is not None

    def test_takes_limits_from_the_baseline_alone(self) -> None:
        chart = chart_of_counts([10] * 12 + [40] * 8, baseline=12)
        assert limits(chart)[1] == 10
        assert outside(chart) == list(range(13, 21))

    def test_gives_no_limits_to_too_few_points(self) -> None:
        for chart in (
            chart_of_counts([10] * 11),
            chart_of_rates([10] * 11, [100] * 11),
            chart_of_proportions([10] * 11, [100] * 11),
            chart_of_times_between([10] * 11),
            chart_of_counts([]),
            chart_of_counts([None] * 20, minimum=0),
        ):
            assert chart.limits is None
            assert not chart.has_special_cause

    def test_defines_series_that_never_move(self) -> None:
        assert limits(chart_of_counts([0] * 12)) == (0, 0, 0)
        full = chart_of_proportions([50] * 12, [50] * 12)
        assert limits(full) == (1, 1, 1)
        assert full.sigma_z == 1
        assert not full.has_special_cause
        assert chart_of_rates([5] * 12, [100] * 12).sigma_z == 1

    def test_sees_rare_events_come_faster(self) -> None:
        slow = [30.0, 90, 45, 60, 20, 75, 50, 40, 80, 65, 35, 55]
        causes = chart_of_times_between([*slow, 3, 5, 2, 4, 6, 3, 2], baseline=12).causes
        assert all(SpecialCause.RUN in at for at in causes[-7:])


class TestWrongInputs:
    @pytest.mark.parametrize("count", [-1, 1.5, nan, float("inf")])
    def test_refuses_what_is_no_count(self, count: float) -> None:
        with pytest.raises(ValueError, match="a count is a whole number"):
            chart_of_counts([3, count])

    @pytest.mark.parametrize("size", [0, -1, nan, float("inf")])
    def test_refuses_what_is_no_size(self, size: float) -> None:
        with pytest.raises(ValueError, match="a size is a positive number"):
            chart_of_rates([3], [size])

    @pytest.mark.parametrize("time", [0, -1, nan, float("inf")])
    def test_refuses_what_is_no_time(self, time: float) -> None:
        with pytest.raises(ValueError, match="a time between events is a positive number"):
            chart_of_times_between([3, time])

    def test_refuses_the_rest(self) -> None:
        with pytest.raises(ValueError, match="2 counts with 1 sizes"):
            chart_of_rates([1, 2], [3])
        with pytest.raises(ValueError, match="more than its total"):
            chart_of_proportions([3], [2])
        with pytest.raises(ValueError, match="per a positive number, not 0"):
            chart_of_rates([3], [2], multiplier=0)
        for draw in (chart_of_counts, chart_of_times_between):
            with pytest.raises(ValueError, match="one value or more, not 0"):
                draw([1, 2], baseline=0)

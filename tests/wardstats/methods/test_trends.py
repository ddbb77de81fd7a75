"""Mann and Kendall's test and Sen's slope against two other packages, and against what must not matter."""

from __future__ import annotations

from itertools import combinations
from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import theilslopes

from wardstats.methods import TrendDirection, mann_kendall

SHORT = (31, 35, 29, 38, 36, 41, 37, 44, 42, 47)
TIED = (
    3, 4, 7, 8, 5, 7, 9, 7, 6, 5, 5, 7, 5, 3, 7, 8, 1, 11, 6, 8, 6, 4, 7, 8, 9, 4, 8, 12, 6, 5, 8, 4, 4, 5, 1, 7,
)  # fmt: skip
DEPENDENT = (
    30.0, 29.98, 31.185, 30.103, 30.079, 29.509, 30.283, 29.908, 30.734, 28.479, 30.897, 29.885, 30.827, 30.222, 29.926,
    30.421, 30.963, 30.379, 30.268, 30.867, 29.604, 28.442, 29.33, 28.401, 26.904, 26.906, 26.801, 26.015, 25.249, 26.118,
    27.224, 26.959, 26.632, 27.499, 28.206, 27.835, 28.685, 29.536, 29.006, 28.361, 29.005, 29.062, 30.136, 28.357, 28.32,
    27.587, 26.274, 27.189, 27.697, 26.981, 28.862, 29.114, 29.62, 29.745, 30.516, 28.687, 29.856, 29.936, 27.957, 29.004,
)  # fmt: skip
series = st.lists(st.integers(-30, 30), min_size=8, max_size=30)


class TestKnownAnswers:
    @pytest.mark.parametrize(
        ("values", "score", "p", "tau", "variance", "slope"),
        [
            (SHORT, 33, 0.004207551285491773, 0.7333333333333333, 125.0, 1.5),
            (TIED, -4, 0.9670073571604645, -0.006349206349206349, 5260.666666666667, 0.0),
            (DEPENDENT, -426, 0.006715766063261519, -0.24067796610169492, 24583.333333333332, -0.02745990990990991),
        ],
    )
    def test_gives_the_values_of_pymannkendall(
        self, values: tuple[float, ...], score: int, p: float, tau: float, variance: float, slope: float
    ) -> None:
        """pyMannKendall 1.4.3, original_test(values)."""
        found = mann_kendall(values, lags=0)
        assert found.score == score
        assert (found.p, found.tau, found.variance) == pytest.approx((p, tau, variance), rel=1e-9)
        assert found.slope == pytest.approx(slope, rel=1e-9, abs=1e-12)
        assert found.rule == "values taken as independent"

    @pytest.mark.parametrize(
        ("lags", "p", "correction"),
        [
            (1, 0.06889703074325748, 2.2203764934704084),
            (2, 0.1396091181332184, 3.3668994918550816),
            (3, 0.18749913505097782, 4.229581378456155),
            (5, 0.21974214319381735, 4.878613798494905),
            (59, 0.20353756100882925, 4.544424269420899),
        ],
    )
    def test_gives_hamed_and_raos_correction(self, lags: int, p: float, correction: float) -> None:
        """pyMannKendall 1.4.3, hamed_rao_modification_test(values, lag=lags), 59 being all: p goes from .007 to .20."""
        found = mann_kendall(DEPENDENT, lags=lags)
        assert (found.p, found.correction) == pytest.approx((p, correction), rel=1e-9)
        assert found.direction is TrendDirection.NO_TREND
        assert mann_kendall(DEPENDENT, lags=0).direction is TrendDirection.FALLING

    @pytest.mark.parametrize("values", [SHORT, TIED, DEPENDENT])
    @pytest.mark.parametrize("confidence", [0.9, 0.95, 0.99])
    def test_gives_the_interval_of_scipy(self, values: tuple[float, ...], confidence: float) -> None:
        found = mann_kendall(values, lags=0, confidence=confidence)
        slope, _, low, high = theilslopes(values, alpha=confidence)
        assert (found.slope, found.interval.lower, found.interval.upper) == pytest.approx((slope, low, high), abs=1e-12)

    def test_never_narrows_where_the_published_variance_is_none(self) -> None:
        """The same package's variance is then negative, and its p not a number: a correction of -0.19 for lag 1."""
        found, plain = mann_kendall(SHORT, lags=1), mann_kendall(SHORT, lags=0)
        assert found.correction == pytest.approx(-0.19097222222222232)
        assert (found.p, found.variance, found.interval) == (plain.p, plain.variance, plain.interval)
        assert found.rule == "Hamed and Rao, lag 1, never narrowed"
        assert mann_kendall(SHORT, lags=3).correction == pytest.approx(0.09583333333333333)

    @pytest.mark.parametrize("lags", [0, 3, 23])
    def test_calls_no_more_series_of_chance_than_asked_for(self, lags: int) -> None:
        draws = np.random.default_rng(6).normal(size=(1500, 24))
        called = sum(mann_kendall(draw, lags=lags).direction is not TrendDirection.NO_TREND for draw in draws) / 1500
        assert 0.03 < called < 0.06


class TestWhatMustHold:
    @settings(max_examples=40, deadline=None)
    @given(series)
    def test_is_the_definition_written_out(self, values: list[int]) -> None:
        pairs = list(combinations(range(len(values)), 2))
        found = mann_kendall(values, lags=0)
        assert found.score == sum((values[j] > values[i]) - (values[j] < values[i]) for i, j in pairs)
        assert found.slope == pytest.approx(float(np.median([(values[j] - values[i]) / (j - i) for i, j in pairs])))
        assert found.interval.lower <= found.slope <= found.interval.upper
        assert 0 < found.p <= 1
        assert -1 <= found.tau <= 1

    @settings(max_examples=40, deadline=None)
    @given(series, st.integers(1, 9), st.integers(-40, 40), st.integers(0, 7))
    def test_turns_with_the_series_and_does_not_ask_for_its_unit(
        self, values: list[int], unit: int, nought: int, lags: int
    ) -> None:
        plain = mann_kendall(values, lags=lags)
        other = mann_kendall([unit * value + nought for value in values], lags=lags)
        turned = mann_kendall([-value for value in values], lags=lags)
        assert (other.score, other.direction) == (plain.score, plain.direction)
        assert (other.p, other.slope) == pytest.approx((plain.p, unit * plain.slope))
        assert (turned.score, turned.p, turned.slope) == pytest.approx((-plain.score, plain.p, -plain.slope))
        wider = mann_kendall(values, lags=0)
        assert plain.variance >= wider.variance
        assert plain.interval.lower <= wider.interval.lower
        assert plain.interval.upper >= wider.interval.upper

    def test_leaves_out_a_time_that_is_missing(self) -> None:
        """A line of 2 a month with a month left out: the slope is still 2."""
        months = [0, 1, 2, 4, 5, 6, 7, 8, 9]
        found = mann_kendall([2 * month + 5 for month in months], lags=0, times=months)
        assert (found.slope, found.tau) == (2, 1)
        assert found.direction is TrendDirection.RISING

    @pytest.mark.parametrize("lags", [0, 3, 11])
    def test_defines_equal_values(self, lags: int) -> None:
        found = mann_kendall([0.1] * 12, lags=lags)
        assert (found.score, found.variance, found.p, found.slope) == (0, 0, 1, 0)
        assert (found.interval.lower, found.interval.upper) == (0, 0)
        assert found.direction is TrendDirection.NO_TREND

    @pytest.mark.parametrize(("first", "step"), [(0.0, 0.1), (7.3, 0.1), (1e9, -0.3), (-0.7, 1e-7)])
    def test_takes_no_rounding_error_of_a_straight_line_for_a_pattern(self, first: float, step: float) -> None:
        found = mann_kendall([first + step * at for at in range(30)], lags=29)
        assert found.correction == 1
        assert abs(found.tau) == 1

    def test_has_no_limit_beyond_the_last_slope(self) -> None:
        found = mann_kendall([1, 2, 3, 4, 5, 6, 7, 8], lags=0, confidence=0.9999)
        assert (found.interval.lower, found.interval.upper) == (-inf, inf)


class TestWrongInputs:
    @pytest.mark.parametrize(
        ("values", "lags", "times", "said"),
        [
            ([], 0, None, "8 values in a row or more"),
            ([1, 2, 3, 4, 5, 6, 7], 0, None, "8 values in a row or more"),
            ([list(range(9))], 0, None, "8 values in a row or more"),
            ([1, 2, 3, 4, 5, 6, 7, float("nan")], 0, None, "missing or infinite"),
            ([1, 2, 3, 4, 5, 6, 7, float("inf")], 0, None, "missing or infinite"),
            (range(8), 0, [*range(7), float("nan")], "missing or infinite"),
            (range(8), 0, range(7), "times of shape"),
            (range(8), 0, [0, 1, 2, 3, 4, 5, 6, 6], "do not rise"),
            (range(8), -1, None, "from 0 to 7, not -1"),
            (range(8), 8, None, "from 0 to 7, not 8"),
            (range(8), 1, [0, 1, 2, 3, 4, 5, 6, 8], "not evenly spaced"),
        ],
    )
    def test_refuses_what_has_no_trend(self, values: list[float], lags: int, times: list[float], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            mann_kendall(list(values), lags=lags, times=None if times is None else list(times))

    @pytest.mark.parametrize("confidence", [0, 1, float("nan")])
    def test_refuses_a_confidence_that_is_no_share(self, confidence: float) -> None:
        with pytest.raises(ValueError, match="between 0 and 1"):
            mann_kendall(SHORT, lags=0, confidence=confidence)

"""The intervals of many counts against published tables, another package, and the interval of each count by itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson
from statsmodels.stats.rates import confint_poisson

from wardstats.methods import CountLimits, Intervals, count_interval, count_intervals
from wardstats.methods.rates import exact_count_interval

many = st.lists(st.integers(0, 10**6), min_size=1, max_size=30)


class TestKnownAnswers:
    def test_gives_garwoods_table(self) -> None:
        """Garwood 1936, table for 95%: 0, 1, 5, 10, 25 and 50 events."""
        found = count_intervals([0, 1, 5, 10, 25, 50], limits=CountLimits.EXACT)
        assert found.lower == pytest.approx([0, 0.0253, 1.623, 4.795, 16.179, 37.111], abs=6e-4)
        assert found.upper == pytest.approx([3.689, 5.572, 11.668, 18.390, 36.905, 65.919], abs=6e-4)

    @pytest.mark.parametrize("confidence", [0.9, 0.95, 0.998])
    def test_agrees_with_statsmodels_at_any_count(self, confidence: float) -> None:
        counts = np.array([0, 1, 2, 9, 10, 11, 137, 4_000, 10**6])
        found = count_intervals(counts, confidence=confidence, limits=CountLimits.EXACT)
        lower, upper = confint_poisson(counts, 1, method="exact-c", alpha=1 - confidence)
        assert found.lower == pytest.approx(lower, rel=1e-10)
        assert found.upper == pytest.approx(upper, rel=1e-10)

    def test_switches_at_ten_as_published_and_says_so(self) -> None:
        found = count_intervals([10, 0, 9, 100])
        assert found.methods == ("Byar", "exact Poisson", "exact Poisson", "Byar")
        assert found.lower[3] == pytest.approx(81.36210549052788, rel=1e-9)
        assert set(count_intervals([10, 0], limits=CountLimits.EXACT).methods) == {"exact Poisson"}


class TestWhatMustHold:
    @settings(max_examples=60, deadline=None)
    @given(many, st.sampled_from([0.8, 0.95, 0.998]))
    def test_each_is_the_interval_of_its_count_by_itself(self, counts: list[int], confidence: float) -> None:
        published = count_intervals(counts, confidence=confidence)
        exact = count_intervals(counts, confidence=confidence, limits=CountLimits.EXACT)
        for at, count in enumerate(counts):
            alone = count_interval(count, confidence=confidence)
            assert (published[at].lower, published[at].upper) == pytest.approx((alone.lower, alone.upper), rel=1e-12)
            assert published[at].method == alone.method
            alone = exact_count_interval(count, confidence=confidence)
            assert (exact[at].lower, exact[at].upper) == pytest.approx((alone.lower, alone.upper), rel=1e-12)

    @settings(max_examples=40, deadline=None)
    @given(many)
    def test_holds_its_count_and_grows_with_it(self, counts: list[int]) -> None:
        known = np.sort(counts)
        for limits in CountLimits:
            found = count_intervals(known, limits=limits)
            assert ((found.lower <= known) & (known < found.upper)).all()
            assert (np.diff(found.upper) >= 0).all()

    @settings(max_examples=40, deadline=None)
    @given(st.integers(1, 3000))
    def test_leaves_half_of_the_doubt_on_either_side(self, count: int) -> None:
        [found] = count_intervals([count], limits=CountLimits.EXACT)
        assert poisson.sf(count - 1, found.lower) == pytest.approx(0.025, rel=1e-8)
        assert poisson.cdf(count, found.upper) == pytest.approx(0.025, rel=1e-8)

    def test_defines_noughts(self) -> None:
        found = count_intervals([0, 0])
        assert found.lower.tolist() == [0, 0]
        assert found.upper == pytest.approx([3.688879454] * 2)

    def test_becomes_rates_by_a_factor_for_each(self) -> None:
        found = count_intervals([0, 65]).scaled(1000 / np.array([500, 1000]))
        assert found.upper == pytest.approx([7.378, 82.849], abs=1e-3)
        assert found.methods == ("exact Poisson", "Byar")
        assert len(found) == 2

    def test_cannot_be_written_to(self) -> None:
        with pytest.raises(ValueError, match="read-only"):
            count_intervals([1]).lower[0] = 5


class TestWrongInputs:
    @pytest.mark.parametrize(
        ("counts", "said"),
        [
            ([], "no places"),
            ([3, -1], "negative"),
            ([3, float("nan")], "missing or infinite"),
            ([3, float("inf")], "missing or infinite"),
            ([2.5], "whole"),
            ([[1, 2]], "not a row of numbers"),
            (["many"], "not a row of numbers"),
        ],
    )
    def test_refuses_what_are_no_counts(self, counts: list[object], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            count_intervals(counts)

    @pytest.mark.parametrize("confidence", [0, 1, 95, float("nan")])
    def test_refuses_a_confidence_that_is_no_share(self, confidence: float) -> None:
        with pytest.raises(ValueError, match="between 0 and 1"):
            count_intervals([3], confidence=confidence)
        with pytest.raises(ValueError, match="between 0 and 1"):
            exact_count_interval(3, confidence=confidence)

    def test_refuses_one_negative_count(self) -> None:
        with pytest.raises(ValueError, match="not negative: -1"):
            exact_count_interval(-1)

    @pytest.mark.parametrize(
        ("factors", "said"),
        [([1, 2], "shape"), (-1, "negative"), ([float("nan")], "missing"), (float("inf"), "infinite")],
    )
    def test_refuses_factors_that_fit_nothing(self, factors: object, said: str) -> None:
        found: Intervals = count_intervals([3])
        with pytest.raises(ValueError, match=said):
            found.scaled(factors)

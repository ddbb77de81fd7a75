"""Tests of change against their article, the article's own program, statsmodels, and adding up by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from itertools import product
from math import factorial, prod

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson
from statsmodels.stats.rates import test_poisson_2indep as peer

from wardstats.methods import ChangeTest, category_test, conditional_test, e_test, root_test
from wardstats.methods.changes import exact_ratio_interval

COUNTS = st.integers(0, 60)
EXPOSURES = st.floats(0.1, 50)
TESTS = pytest.mark.parametrize("test", [e_test, conditional_test, root_test])


class TestETest:
    def test_gives_the_articles_first_example(self) -> None:
        """Krishnamoorthy and Thomson 2004, section 5: none against three in samples of equal size, 0.0884 and 0.2500."""
        assert round(e_test(0, 3, exposure_before=100, exposure_after=100).p, 4) == 0.0884
        assert round(conditional_test(0, 3, exposure_before=100, exposure_after=100).p, 4) == 0.25

    @pytest.mark.parametrize(
        ("counts", "exposures", "p"),
        [((10, 15), (20, 20), 0.33116214285801826), ((400, 450), (40, 50), 0.12732580695256054)],
    )
    def test_gives_what_the_articles_program_gives(
        self, counts: tuple[int, int], exposures: tuple[int, int], p: float
    ) -> None:
        """Printed in the guide of poisson-etest, which wraps the Fortran program of the article."""
        found = e_test(*counts, exposure_before=exposures[0], exposure_after=exposures[1])
        assert found.p == pytest.approx(p, rel=1e-4)

    @settings(max_examples=60, deadline=None)
    @given(COUNTS, COUNTS, st.sampled_from([0.25, 0.5, 1.0, 3.0, 7.0]), st.sampled_from([0.5, 1.0, 2.5]))
    def test_is_the_sum_over_every_two_counts(self, before: int, after: int, first: float, second: float) -> None:
        if before == after == 0:
            return
        one, two = np.meshgrid(np.arange(300.0), np.arange(300.0), indexing="ij")
        with np.errstate(invalid="ignore"):
            far = np.nan_to_num(np.abs(two / second - one / first) / np.sqrt(one / first**2 + two / second**2))
        rate = (before + after) / (first + second)
        chances = np.outer(poisson.pmf(np.arange(300), rate * first), poisson.pmf(np.arange(300), rate * second))
        found = e_test(before, after, exposure_before=first, exposure_after=second)
        assert found.statistic is not None
        assert found.p == pytest.approx(chances[far >= abs(found.statistic) - 1e-9].sum(), abs=1e-7)

    @pytest.mark.parametrize("counts", [(41, 15), (60, 30), (3, 9), (0, 7), (250, 300)])
    def test_agrees_with_statsmodels(self, counts: tuple[int, int]) -> None:
        theirs = peer(counts[0], 28010, counts[1], 19017, method="etest-wald").pvalue
        found = e_test(*counts, exposure_before=28010, exposure_after=19017)
        assert found.p == pytest.approx(theirs, rel=1e-6)

    def test_comes_to_the_normal_answer_for_large_counts(self) -> None:
        found = e_test(1_000_000, 1_003_000)
        assert found.p == pytest.approx(root_test(1_000_000, 1_003_000).p, rel=1e-3)


class TestConditionalTest:
    @pytest.mark.parametrize("counts", [(6, 2), (0, 3), (10, 10), (0, 6), (30, 60)])
    def test_agrees_with_statsmodels_where_both_tails_are_alike(self, counts: tuple[int, int]) -> None:
        theirs = peer(counts[0], 1, counts[1], 1, method="exact-cond").pvalue
        assert conditional_test(*counts).p == pytest.approx(theirs)

    @settings(deadline=None)
    @given(COUNTS, COUNTS, EXPOSURES)
    def test_never_contradicts_the_exact_interval(self, before: int, after: int, longer: float) -> None:
        if before == after == 0:
            return
        found = conditional_test(before, after, exposure_after=longer)
        holds = exact_ratio_interval(before, after).scaled(1 / longer).contains(1.0)
        if abs(found.p - 0.05) > 1e-9:
            assert (found.p > 0.05) == holds


class TestRootTest:
    @pytest.mark.parametrize("counts", [(41, 15), (60, 30), (3, 9), (0, 7)])
    def test_agrees_with_statsmodels(self, counts: tuple[int, int]) -> None:
        """Method "sqrt" of Gu and others 2008."""
        theirs = peer(counts[0], 54308.7, counts[1], 51477.5, method="sqrt")
        found = root_test(*counts, exposure_before=54308.7, exposure_after=51477.5)
        assert found.statistic == pytest.approx(-theirs.statistic)
        assert found.p == pytest.approx(theirs.pvalue)


@TESTS
class TestEveryTest:
    @settings(max_examples=50, deadline=None)
    @given(before=COUNTS, after=COUNTS, first=EXPOSURES, second=EXPOSURES)
    def test_is_the_same_backwards(
        self, test: Callable[..., ChangeTest], before: int, after: int, first: float, second: float
    ) -> None:
        if before == after == 0:
            return
        found = test(before, after, exposure_before=first, exposure_after=second)
        back = test(after, before, exposure_before=second, exposure_after=first)
        assert 0 <= found.p <= 1
        assert back.p == pytest.approx(found.p, abs=1e-9)
        assert found.statistic is None or back.statistic == pytest.approx(-found.statistic, abs=1e-9)

    def test_does_not_mind_the_unit_of_exposure(self, test: Callable[..., ChangeTest]) -> None:
        years, days = (test(5, 14, exposure_before=2 * unit, exposure_after=3 * unit).p for unit in (1, 365.25))
        assert days == pytest.approx(years)

    def test_is_not_called_too_often_by_chance(self, test: Callable[..., ChangeTest]) -> None:
        chance = np.random.default_rng(1)
        pairs = [pair for pair in chance.poisson(8, (1500, 2)).tolist() if any(pair)]
        assert np.mean([test(*pair).p < 0.05 for pair in pairs]) < 0.065

    @pytest.mark.parametrize("counts", [(-1, 2), (2, -1), (1.5, 2), (float("nan"), 2), (2, float("inf"))])
    def test_refuses_what_is_no_count(self, test: Callable[..., ChangeTest], counts: tuple[int, int]) -> None:
        with pytest.raises(ValueError, match="whole and not negative"):
            test(*counts)

    @pytest.mark.parametrize("exposure", [0, -1, float("nan"), float("inf")])
    def test_refuses_what_is_no_exposure(self, test: Callable[..., ChangeTest], exposure: float) -> None:
        with pytest.raises(ValueError, match="positive"):
            test(1, 2, exposure_after=exposure)

    def test_refuses_two_periods_without_events(self, test: Callable[..., ChangeTest]) -> None:
        with pytest.raises(ValueError, match="nothing happened"):
            test(0, 0)

    def test_refuses_more_events_than_need_a_screen(self, test: Callable[..., ChangeTest]) -> None:
        with pytest.raises(ValueError, match="screen is not needed"):
            test(10**9, 1)


class TestCategoryTest:
    def test_gives_the_published_example(self) -> None:
        """R package EMT, help of multinomial.test: 5, 2, 1 where 0.25, 0.5, 0.25 is expected; 45 ways, p = 0.0767."""
        found = category_test([5, 2, 1], [0.25, 0.5, 0.25])
        assert (found.outcomes, round(found.p, 4)) == (45, 0.0767)

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.integers(0, 3), min_size=2, max_size=4).filter(any), st.data())
    def test_adds_what_is_no_likelier(self, counts: list[int], data: st.DataObject) -> None:
        weights = data.draw(st.lists(st.integers(1, 4), min_size=len(counts), max_size=len(counts)))
        shares = [Fraction(weight, sum(weights)) for weight in weights]
        ways = [way for way in product(range(sum(counts) + 1), repeat=len(counts)) if sum(way) == sum(counts)]
        chance = {
            way: factorial(sum(way))
            * prod(share**count / Fraction(factorial(count)) for share, count in zip(shares, way, strict=True))
            for way in ways
        }
        expected = sum(each for each in chance.values() if each <= chance[tuple(counts)])
        assert category_test(counts, weights).p == pytest.approx(float(expected))

    def test_does_not_mind_which_days(self) -> None:
        week = [3, 1, 0, 0, 2, 1, 0]
        assert category_test(week[::-1]).p == pytest.approx(category_test(week).p)

    @pytest.mark.parametrize(
        ("counts", "shares", "said"),
        [
            ([0] * 7, [1] * 7, "no events"),
            ([], [], "no places"),
            ([-1, 2], [1, 1], "negative"),
            ([0.5, 2], [1, 1], "whole"),
            ([np.nan, 2], [1, 1], "missing"),
            ([1, 2], [1, 0], "nought"),
            ([1, 2], [1, np.nan], "missing"),
            ([1, 2, 3], [1, 1], "3 and 2"),
            ([5] * 7, [1] * 7, "4,496,388 ways"),
        ],
    )
    def test_refuses(self, counts: list[float], shares: list[float], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            category_test(counts, shares)

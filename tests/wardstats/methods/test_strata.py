"""Strata: the admissions to Berkeley in 1973, which everybody knows the answer of, and another package."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.contingency_tables import StratifiedTable

from wardstats.methods import Stratum, mantel_haenszel

BERKELEY = (
    Stratum("A", 512, 825, 89, 108),
    Stratum("B", 353, 560, 17, 25),
    Stratum("C", 120, 325, 202, 593),
    Stratum("D", 138, 417, 131, 375),
    Stratum("E", 53, 191, 94, 393),
    Stratum("F", 22, 373, 24, 341),
)
"""Men admitted of those who applied, then women, in the six largest departments (R, UCBAdmissions)."""

SOME_STRATA = st.lists(
    st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(1, 40), st.integers(1, 40)), min_size=1, max_size=6
)


def _strata(rows: list[tuple[int, int, int, int]]) -> list[Stratum]:
    return [Stratum(str(at), a, a + b, c, c + d) for at, (a, b, c, d) in enumerate(rows)]


class TestBerkeley:
    def test_gives_the_odds_ratio_of_r(self) -> None:
        """R 4.4, mantelhaen.test(UCBAdmissions): 0.9046968, 95% 0.7719074 to 1.0603298; crude 1.84108."""
        found = mantel_haenszel(BERKELEY).odds_ratio
        assert found.pooled == pytest.approx(0.9046968, abs=5e-8)
        assert (found.interval.lower, found.interval.upper) == pytest.approx((0.7719074, 1.0603298), abs=5e-8)
        assert found.crude == pytest.approx(1.84108, abs=5e-6)

    def test_turns_round_within_departments(self) -> None:
        """Men seem favoured by half (45% against 30%); within departments the ratio is below one."""
        found = mantel_haenszel(BERKELEY).ratio
        assert found.crude == pytest.approx((1198 / 2691) / (557 / 1835))
        assert found.pooled < 1
        assert found.is_reversed


class TestMantelHaenszel:
    @given(SOME_STRATA)
    @settings(deadline=None, max_examples=40)
    def test_agrees_with_statsmodels(self, rows: list[tuple[int, int, int, int]]) -> None:
        tables = StratifiedTable([np.array([[a, b], [c, d]]) for a, b, c, d in rows])
        found = mantel_haenszel(_strata(rows))
        assert found.odds_ratio.pooled == pytest.approx(tables.oddsratio_pooled)
        assert found.ratio.pooled == pytest.approx(tables.riskratio_pooled)
        limits = found.odds_ratio.interval
        assert (limits.lower, limits.upper) == pytest.approx(tables.oddsratio_pooled_confint())

    @given(SOME_STRATA, st.randoms())
    @settings(deadline=None, max_examples=25)
    def test_does_not_mind_the_order(self, rows: list[tuple[int, int, int, int]], random: Random) -> None:
        strata = _strata(rows)
        before = mantel_haenszel(strata).ratio
        random.shuffle(strata)
        after = mantel_haenszel(strata).ratio
        assert after.pooled == pytest.approx(before.pooled)
        assert after.interval.lower <= after.pooled <= after.interval.upper

    def test_gives_the_crude_ratio_with_one_stratum(self) -> None:
        """One stratum of 20 of 100 against 10 of 100: 2, exp(ln 2 -/+ 1.959964 sqrt(1/20 - 1/100 + 1/10 - 1/100))."""
        found = mantel_haenszel([Stratum("all", 20, 100, 10, 100)]).ratio
        assert found.pooled == found.crude == pytest.approx(2.0)
        assert (found.interval.lower, found.interval.upper) == pytest.approx((0.9866, 4.0545), abs=1e-4)
        assert not found.is_reversed

    def test_leaves_out_strata_with_one_group_and_names_them(self) -> None:
        found = mantel_haenszel([*BERKELEY, Stratum("women only", 0, 0, 3, 9)])
        assert found.left_out == ("women only",)
        assert found.ratio == mantel_haenszel(BERKELEY).ratio


class TestRefusals:
    def test_of_no_stratum_with_both_groups(self) -> None:
        with pytest.raises(ValueError, match="both groups"):
            mantel_haenszel([Stratum("one", 0, 0, 3, 9)])
        with pytest.raises(ValueError, match="both groups"):
            mantel_haenszel([])

    def test_of_outcomes_too_few(self) -> None:
        with pytest.raises(ValueError, match="both outcomes"):
            mantel_haenszel([Stratum("one", 0, 5, 0, 9)])
        with pytest.raises(ValueError, match="both outcomes"):
            mantel_haenszel([Stratum("one", 5, 5, 9, 9)])

    def test_of_a_name_twice(self) -> None:
        with pytest.raises(ValueError, match="same name"):
            mantel_haenszel([BERKELEY[0], BERKELEY[0]])

    @pytest.mark.parametrize("counts", [(-1, 2, 1, 2), (3, 2, 1, 2), (1, 2, 3, 2)])
    def test_of_counts_outside_their_totals(self, counts: tuple[int, int, int, int]) -> None:
        with pytest.raises(ValueError, match="outside its total"):
            Stratum("A", *counts)

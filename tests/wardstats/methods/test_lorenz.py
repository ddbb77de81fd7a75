"""Concentration: against the authors' own examples, another package, and worlds of chance that can be worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from wardstats.methods import concentration, lorenz_curve
from wardstats.methods.lorenz import TOPS, Concentration

SOME_COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=25).filter(any)


def _concentration(
    counts: Sequence[int],
    *,
    seed: int = 1,
    tops: Sequence[float] = TOPS,
    simulations: int = 99,
    confidence: float = 0.95,
) -> Concentration:
    generator = np.random.default_rng(seed)
    return concentration(counts, generator=generator, tops=tops, simulations=simulations, confidence=confidence)


class TestGini:
    @pytest.mark.parametrize(
        ("counts", "gini"),
        [
            ([22, 18, 17, 12, 11, 8, 6, 3, 2, 1], 0.392),
            ([10, 8, 2, 0, 0, 0, 0, 0, 0, 0], 0.78),
            ([5, 2, 1, 0, 0, 0, 0, 0, 0, 0], 0.8),
            ([3, 1, 1, *[0] * 150], 0.9856209150326798),
            ([10, *[0] * 9], 0.9),
            ([4, 4, 4, 4], 0.0),
        ],
    )
    def test_gives_what_another_package_gives(self, counts: list[int], gini: float) -> None:
        """PySAL's inequality 1.1.2, inequality.gini.Gini(counts).g, on the counts of the lorenzgini vignette."""
        assert _concentration(counts).gini.value == pytest.approx(gini, abs=1e-12)

    @pytest.mark.parametrize(
        ("counts", "gini", "generalised"),
        [
            ([3, 1, 1, *[0] * 7], 0.78, 0.56),
            ([5, 2, 1, *[0] * 7], 0.8, 0.75),
            ([10, 8, 2, *[0] * 7], 0.78, 0.78),
            ([1, 1, 1, *[0] * 7], 0.7, 0.0),
        ],
    )
    def test_is_generalised_where_there_are_fewer_crimes_than_places(
        self, counts: list[int], gini: float, generalised: float
    ) -> None:
        """Bernasco and Steenbeek's formula. The caption of their vignette prints .58 for the first, where it gives .56."""
        found = _concentration(counts)
        assert found.gini.value == pytest.approx(gini, abs=1e-12)
        assert found.generalised_gini.value == pytest.approx(generalised, abs=1e-12)

    @given(SOME_COUNTS, st.randoms())
    @settings(deadline=None, max_examples=25)
    def test_does_not_mind_the_order_of_the_places(self, counts: list[int], random: Random) -> None:
        shuffled = list(counts)
        random.shuffle(shuffled)
        assert _concentration(counts) == _concentration(shuffled)

    @given(SOME_COUNTS, st.integers(2, 9))
    @settings(deadline=None, max_examples=25)
    def test_does_not_mind_the_scale_of_the_counts(self, counts: list[int], factor: int) -> None:
        before = _concentration(counts).gini.value
        assert _concentration([factor * count for count in counts]).gini.value == pytest.approx(before, abs=1e-12)

    @given(SOME_COUNTS)
    @settings(deadline=None, max_examples=25)
    def test_stays_within_its_bounds(self, counts: list[int]) -> None:
        found = _concentration(counts)
        assert 0 <= found.generalised_gini.value <= found.gini.value + 1e-12 < 1
        for summary in (found.gini, found.generalised_gini, *(top.crime for top in found.tops)):
            assert 0 <= summary.interval.lower <= summary.chance + 1e-9
            assert summary.chance <= 1 + 1e-9
            assert 0.01 <= summary.p <= 1


class TestChance:
    def test_is_what_can_be_worked_out_by_hand(self) -> None:
        """Two crimes in two places: together half of the time (Gini 1/2), apart the other half (Gini 0)."""
        found = _concentration([2, 0], simulations=9999).gini
        assert found.value == 0.5
        assert found.chance == pytest.approx(0.25, abs=0.01)
        assert found.p == pytest.approx(0.5, abs=0.02)
        assert (found.interval.lower, found.interval.upper) == (0.0, 0.5)

    def test_gives_a_fifth_of_the_places_more_than_a_fifth_of_the_crime(self) -> None:
        """One crime a place on average: Poisson, of which the top fifth can be worked out.

        The 8.03% of the places with three or more hold 26.42% of all crime; 11.97% of the places, with two each, make up
        the fifth: 50.36%.
        """
        even = [1] * 2000
        top = _concentration(even, tops=[0.2]).tops[0].crime
        assert top.value == pytest.approx(0.2)
        assert top.chance == pytest.approx(0.5036, abs=0.005)

    def test_finds_what_is_beyond_it(self) -> None:
        found = _concentration([60, 20, 5, 5, 4, 3, 2, 1, 0, 0])
        assert found.gini.is_beyond_chance
        assert found.gini.p == 0.01
        assert all(top.crime.is_beyond_chance for top in found.tops)

    @pytest.mark.parametrize("seed", range(5))
    def test_finds_nothing_in_places_that_are_all_equal(self, seed: int) -> None:
        found = _concentration([7] * 30, seed=seed)
        assert not found.gini.is_beyond_chance
        assert found.gini.p == 1

    def test_has_the_same_answer_for_the_same_seed(self) -> None:
        assert _concentration([5, 3, 0, 1], seed=8) == _concentration([5, 3, 0, 1], seed=8)

    def test_knows_that_one_place_has_everything(self) -> None:
        found = _concentration([12], tops=[0.5, 1])
        assert (found.gini.value, found.gini.p, found.gini.is_beyond_chance) == (0, 1, False)
        assert [top.crime.value for top in found.tops] == [0.5, 1]

    def test_says_what_it_rests_on(self) -> None:
        found = _concentration([1, 2]).gini
        assert (found.simulations, found.interval.method) == (99, "99 multinomial simulations")


class TestTopShares:
    def test_are_read_off_the_curve(self) -> None:
        """The top tenth of five places is half of the worst one."""
        tops = _concentration([6, 2, 1, 1, 0], tops=[0.1, 0.2, 0.4, 1]).tops
        assert [top.crime.value for top in tops] == pytest.approx([0.3, 0.6, 0.8, 1])

    @given(SOME_COUNTS, st.floats(0.001, 1), st.floats(0.001, 1))
    @settings(deadline=None, max_examples=25)
    def test_grow_with_the_places_and_hold_no_less_than_their_part(
        self, counts: list[int], one: float, other: float
    ) -> None:
        assume(one <= other)
        smaller, larger = (top.crime.value for top in _concentration(counts, tops=[one, other]).tops)
        assert one - 1e-9 <= smaller <= larger + 1e-9
        assert larger <= 1 + 1e-9


class TestLorenzCurve:
    def test_begins_with_the_places_that_have_least(self) -> None:
        curve = lorenz_curve([1, 4, 3, 2])
        assert curve.places == (0, 0.25, 0.5, 0.75, 1)
        assert curve.crimes == pytest.approx((0, 0.1, 0.3, 0.6, 1))
        assert curve.equal == curve.places

    def test_cannot_be_more_equal_than_its_crimes_allow(self) -> None:
        assert lorenz_curve([1, 1, 0, 0, 0]).equal == pytest.approx((0, 0, 0, 0, 0.5, 1))

    @given(SOME_COUNTS)
    def test_encloses_half_of_the_gini_coefficient(self, counts: list[int]) -> None:
        curve = lorenz_curve(counts)
        area = float(np.trapezoid(curve.crimes, curve.places))
        assert _concentration(counts).gini.value == pytest.approx(1 - 2 * area, abs=1e-9)

    @given(SOME_COUNTS)
    def test_never_rises_above_the_most_equal_one(self, counts: list[int]) -> None:
        curve = lorenz_curve(counts)
        assert all(crime <= equal + 1e-9 for crime, equal in zip(curve.crimes, curve.equal, strict=True))


class TestRefusals:
    @pytest.mark.parametrize(
        ("counts", "reason"),
        [
            ([], "no places"),
            ([0, 0], "none"),
            ([3, -1], "negative"),
            ([3, float("nan")], "missing or infinite"),
            ([3, None], "missing or infinite"),
            ([3, float("inf")], "missing or infinite"),
            ([2.5, 1], "whole"),
            ([[1, 2], [3, 4]], "row of numbers"),
            (["many"], "row of numbers"),
            ([2**53, 2**53], "exactly"),
        ],
    )
    def test_says_what_is_wrong_with_the_counts(self, counts: list[int], reason: str) -> None:
        with pytest.raises(ValueError, match=reason):
            _concentration(counts)
        with pytest.raises(ValueError, match=reason):
            lorenz_curve(counts)

    @pytest.mark.parametrize("top", [0.0, -0.1, 1.1, float("nan")])
    def test_says_what_is_no_share_of_places(self, top: float) -> None:
        with pytest.raises(ValueError, match="above 0 and at most 1"):
            _concentration([1, 2], tops=[top])

    @pytest.mark.parametrize("confidence", [0.0, 1.0, float("nan")])
    def test_says_what_is_no_confidence(self, confidence: float) -> None:
        with pytest.raises(ValueError, match="between 0 and 1"):
            _concentration([1, 2], confidence=confidence)

    @pytest.mark.parametrize(("simulations", "confidence"), [(38, 0.95), (0, 0.5), (998, 0.998)])
    def test_says_when_there_are_too_few_simulations(self, simulations: int, confidence: float) -> None:
        with pytest.raises(ValueError, match="too few"):
            _concentration([1, 2], simulations=simulations, confidence=confidence)

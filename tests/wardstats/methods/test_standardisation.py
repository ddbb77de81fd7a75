"""Standardised rates and ratios against what the public health packages print, and against what must not matter."""

from __future__ import annotations

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import (
    EUROPEAN_2013,
    StandardPopulation,
    count_interval,
    directly_standardised_rate,
    directly_standardised_rate_of_repeats,
    indirectly_standardised_ratio,
    ratio_to_expected,
)

RESIDENTS = (30, 35, 35, 35, 40, 40, 45, 50, 50, 50, 60, 60, 70, 75, 70, 60, 20, 20, 15)
DEATHS = (1, 1, 0, 0, 0, 1, 1, 3, 3, 3, 3, 10, 10, 10, 10, 8, 8, 8, 8)
TOWN = (2210, 2325, 2412, 2268, 2750, 3122, 3005, 2877, 2650, 2411, 2390, 2288, 1980, 1755, 1602, 1290, 840, 515, 260)
CRIMES = (0, 1, 9, 31, 42, 38, 30, 27, 22, 17, 12, 9, 6, 3, 2, 1, 0, 1, 0)
TWO = StandardPopulation("two bands", "made for a test", ("young", "old"), (3, 1))
REFERENCE = {"reference_counts": [400, 900, 2200, 500], "reference_populations": [90000, 110000, 130000, 50000]}


class TestDirect:
    def test_gives_what_the_public_health_package_prints(self) -> None:
        """R PHEindicatormethods, DSR vignette of 2018: phe_dsr(df3, dths, pop) prints 8283.016 6570.819 10289.65."""
        found = directly_standardised_rate(DEATHS, RESIDENTS, multiplier=100_000)
        assert found.interval is not None
        assert found.value == pytest.approx(8283.016, abs=5e-4)
        assert (found.interval.lower, found.interval.upper) == pytest.approx((6570.819, 10289.65), abs=5e-3)
        assert (found.events, found.population, found.standard) == (88, 860, "European Standard Population 2013")

    @pytest.mark.parametrize(
        ("confidence", "lower", "upper"),
        [(0.95, 5.285161575584941, 6.813153641151439), (0.998, 4.897013449897185, 7.294204382028017)],
    )
    def test_gives_the_values_of_the_python_package(self, confidence: float, lower: float, upper: float) -> None:
        """PHStatsMethods 0.1.16, ph_dsr(multiplier=1000)."""
        found = directly_standardised_rate(CRIMES, TOWN, confidence=confidence)
        assert found.interval is not None
        assert found.value == pytest.approx(6.013401639212309, rel=1e-12)
        assert (found.interval.lower, found.interval.upper) == pytest.approx((lower, upper), rel=1e-9)

    def test_carries_the_european_population_whole(self) -> None:
        assert sum(EUROPEAN_2013.weights) == 100_000
        assert len(EUROPEAN_2013.bands) == len(EUROPEAN_2013.weights) == 19

    def test_is_not_given_with_fewer_than_ten_events(self) -> None:
        found = directly_standardised_rate([4, 5], [100, 100], standard=TWO)
        assert (found.events, found.value, found.interval) == (9, None, None)
        assert directly_standardised_rate([5, 5], [100, 100], standard=TWO).value is not None

    def test_is_the_crude_rate_where_the_area_is_made_up_as_the_standard(self) -> None:
        found = directly_standardised_rate([60, 40], [3000, 1000], standard=TWO)
        byar = count_interval(100).scaled(1000 / 4000)
        assert found.interval is not None
        assert found.value == pytest.approx(25)
        assert (found.interval.lower, found.interval.upper) == pytest.approx((byar.lower, byar.upper))

    def test_never_reaches_below_nought(self) -> None:
        """One event in a band of ten people that weighs three quarters: Dobson's own limit is -75.6."""
        found = directly_standardised_rate([1, 9], [10, 10**6], standard=TWO)
        assert found.interval is not None
        assert found.interval.lower == 0

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 500), st.integers(1, 10**5)), min_size=2, max_size=2),
        st.sampled_from([0.5, 7.0, 1e6]),
    )
    def test_does_not_ask_how_many_the_standard_population_is(self, bands: list[tuple[int, int]], unit: float) -> None:
        counts, people = zip(*bands, strict=True)
        larger = StandardPopulation(TWO.name, TWO.source, TWO.bands, tuple(unit * weight for weight in TWO.weights))
        plain = directly_standardised_rate(counts, people, standard=TWO)
        other = directly_standardised_rate(counts, people, standard=larger)
        backwards = StandardPopulation(TWO.name, TWO.source, TWO.bands[::-1], TWO.weights[::-1])
        turned = directly_standardised_rate(counts[::-1], people[::-1], standard=backwards)
        if plain.value is None or plain.interval is None:
            assert other.value is turned.value is None
            return
        assert plain.interval.contains(plain.value)
        for same in (other, turned):
            assert same.value == pytest.approx(plain.value)
            assert same.interval is not None
            assert (same.interval.lower, same.interval.upper) == pytest.approx(
                (plain.interval.lower, plain.interval.upper), abs=1e-9 * plain.interval.upper
            )


class TestRepeats:
    def test_is_the_plain_rate_where_nobody_has_more_than_one(self) -> None:
        plain = directly_standardised_rate(CRIMES, TOWN)
        repeats = directly_standardised_rate_of_repeats({1: CRIMES}, TOWN)
        assert plain.interval is not None
        assert repeats.interval is not None
        assert repeats.value == plain.value
        assert (repeats.interval.lower, repeats.interval.upper) == (plain.interval.lower, plain.interval.upper)

    def test_weighs_a_person_by_the_square_of_their_events(self) -> None:
        """By hand: w^2 f^2 persons / n^2 over both bands and both numbers of events, weights 3/4 and 1/4."""
        people = {1: [10, 20], 3: [2, 4]}
        found = directly_standardised_rate_of_repeats(people, [1000, 500], standard=TWO)
        variance = (0.75 / 1000) ** 2 * (10 + 9 * 2) + (0.25 / 500) ** 2 * (20 + 9 * 4)
        value, byar = 0.75 * 16 / 1000 + 0.25 * 32 / 500, count_interval(48)
        assert found.interval is not None
        assert found.value == pytest.approx(1000 * value)
        assert found.interval.upper == pytest.approx(1000 * (value + sqrt(variance / 48) * (byar.upper - 48)))
        assert found.interval.lower == pytest.approx(1000 * (value + sqrt(variance / 48) * (byar.lower - 48)))
        assert found.interval.method == "Dobson, for people with several events"

    def test_covers_the_true_rate_where_the_plain_interval_does_not(self) -> None:
        """People with five events each, drawn 2,000 times: 95% hold for the one and about 62% for the other."""
        draws = np.random.default_rng(4).poisson(30, size=(2000, 2))
        held = {"plain": 0, "repeats": 0}
        for people in draws:
            plain = directly_standardised_rate(5 * people, [1000, 1000], standard=TWO).interval
            repeats = directly_standardised_rate_of_repeats({5: people}, [1000, 1000], standard=TWO).interval
            assert plain is not None
            assert repeats is not None
            held["plain"] += plain.contains(150)
            held["repeats"] += repeats.contains(150)
        assert held["repeats"] / 2000 == pytest.approx(0.95, abs=0.02)
        assert held["plain"] / 2000 < 0.7

    @pytest.mark.parametrize(
        ("people", "said"),
        [
            ({}, "no number of events"),
            ({0: [1, 2]}, "one event or more"),
            ({1.5: [1, 2]}, "one event or more"),
            ({1: [1, 2], 2: [1]}, "bands differ"),
            ({1: [1, float("nan")]}, "people: a value is missing"),
            ({1: [1, 2, 3]}, "events and residents"),
        ],
    )
    def test_refuses_people_that_cannot_be_counted(self, people: dict[int, list[int]], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            directly_standardised_rate_of_repeats(people, [100, 100], standard=TWO)


class TestIndirect:
    @pytest.mark.parametrize(
        ("confidence", "lower", "upper"),
        [(0.95, 0.9256557373940194, 1.5995097061355508), (0.998, 0.7791045971538328, 1.8325909138546554)],
    )
    def test_gives_the_values_of_the_public_health_package(self, confidence: float, lower: float, upper: float) -> None:
        """PHStatsMethods 0.1.16, ph_ISRatio(refvalue=1)."""
        found = indirectly_standardised_ratio(55, [800, 1200, 1500, 600], confidence=confidence, **REFERENCE)
        assert found.expected == pytest.approx(44.75835275835276, rel=1e-12)
        assert found.value == pytest.approx(1.2288209152142213, rel=1e-12)
        assert (found.interval.lower, found.interval.upper) == pytest.approx((lower, upper), rel=1e-9)

    def test_is_exact_below_ten(self) -> None:
        """The same with refvalue=100 and 7 events."""
        found = indirectly_standardised_ratio(7, [800, 1200, 1500, 600], **REFERENCE)
        limits = found.interval.scaled(100)
        assert (limits.lower, limits.upper) == pytest.approx((6.287905783115876, 32.2234275232813), rel=1e-9)
        assert limits.method == "exact Poisson"

    def test_is_one_for_the_reference_itself(self) -> None:
        found = indirectly_standardised_ratio(4000, REFERENCE["reference_populations"], **REFERENCE)
        assert found.value == pytest.approx(1)

    def test_defines_no_events_at_all(self) -> None:
        found = ratio_to_expected(0, 2.0)
        assert (found.value, found.interval.lower) == (0, 0)
        assert found.interval.upper == pytest.approx(3.688879454 / 2)


class TestWrongInputs:
    @pytest.mark.parametrize(
        ("counts", "residents", "said"),
        [
            ([], [], "no places"),
            ([12, -1], [100, 100], "negative"),
            ([12, float("nan")], [100, 100], "missing or infinite"),
            ([12, None], [100, 100], "missing or infinite"),
            ([12, 0.5], [100, 100], "whole"),
            ([12, 3], [100, 0], "nought"),
            ([12, 3], [100, float("inf")], "missing or infinite"),
            ([12, 3], [100], "events and residents: 2 and 1"),
            ([12, 3, 1], [100, 100, 100], "two bands has 2 bands, the events have 3"),
        ],
    )
    def test_refuses_what_has_no_direct_rate(self, counts: list[int], residents: list[float], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            directly_standardised_rate(counts, residents, standard=TWO)

    @pytest.mark.parametrize(
        ("weights", "said"), [((0, 0), "nobody"), ((1, -1), "negative"), ((1, float("nan")), "missing")]
    )
    def test_refuses_a_standard_of_nobody(self, weights: tuple[float, float], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            directly_standardised_rate([12, 3], [9, 9], standard=StandardPopulation("none", "", ("a", "b"), weights))

    def test_refuses_a_rate_per_nothing(self) -> None:
        with pytest.raises(ValueError, match="positive number, not 0"):
            directly_standardised_rate([12, 3], [9, 9], standard=TWO, multiplier=0)

    @pytest.mark.parametrize(
        ("counts", "exposed", "residents", "said"),
        [
            ([0, 0], [10, 10], [5, 5], "no ratio to 0.0 expected"),
            ([1, 1], [10, 0], [5, 5], "nought"),
            ([1, 1], [10, 10], [5, -5], "negative"),
            ([1, 1], [10, 10], [5, 5, 5], "of the area and of the reference"),
            ([1], [10, 10], [5, 5], "of the reference: 1 and 2"),
        ],
    )
    def test_refuses_a_reference_that_expects_nothing(
        self, counts: list[int], exposed: list[float], residents: list[float], said: str
    ) -> None:
        with pytest.raises(ValueError, match=said):
            indirectly_standardised_ratio(3, residents, reference_counts=counts, reference_populations=exposed)

    @pytest.mark.parametrize(
        ("observed", "expected"), [(-1, 3), (1.5, 3), (float("nan"), 3), (2, 0), (2, -1), (2, float("nan"))]
    )
    def test_refuses_a_ratio_of_nonsense(self, observed: float, expected: float) -> None:
        with pytest.raises(ValueError, match=r"events|whole"):
            ratio_to_expected(observed, expected)

"""Near repeats against another package's counts, the printed faults of a calculator, and counting by hand."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import permutations as orders

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import ArrayLike
from scipy.spatial.distance import pdist

from wardstats.methods import NearRepeats, knox_test

# Burkitt's lymphoma in the West Nile district, 188 cases: easting, northing (km), day. Williams EH and others (1978), British
# Journal of Cancer 37, 109-122; the example data "burkitt" of libpysal 4.14.1 (BSD licence).
BURKITT = """
    300,302,413 291,270,472 326,263,511 299,376,689 267,327,730 266,356,847 267,345,871 262,338,899
    268,335,921 335,275,1134 302,272,1190 301,304,1214 302,272,1224 324,337,1322 260,338,1399 306,385,1480
    284,362,1503 293,332,1549 274,353,1567 263,333,1607 307,386,1615 274,357,1657 297,282,1688 288,365,1695
    283,366,1714 290,352,1811 284,341,1813 286,341,1910 282,350,1986 292,278,1996 305,381,2049 298,378,2053
    299,381,2075 287,342,2081 276,380,2103 261,345,2204 273,347,2209 284,357,2215 266,361,2239 285,360,2272
    278,350,2281 305,321,2349 293,332,2351 297,375,2373 332,273,2377 256,345,2388 275,357,2411 267,350,2412
    267,301,2419 286,379,2424 322,332,2488 278,349,2510 280,356,2512 276,354,2533 261,343,2545 323,298,2588
    260,346,2616 283,352,2617 282,361,2629 308,390,2658 293,275,2695 331,272,2715 266,308,2766 280,354,2772
    301,271,2800 279,361,2888 321,280,2996 292,391,3027 315,307,3118 323,333,3153 282,302,3149 269,348,3149
    330,349,3173 281,302,3237 330,396,3245 328,341,3266 264,323,3275 303,382,3286 264,285,3302 259,337,3308
    329,350,3323 328,351,3342 284,351,3346 309,370,3422 329,270,3453 273,347,3453 295,267,3500 262,353,3530
    281,352,3570 325,335,3576 288,341,3614 302,248,3636 315,273,3661 295,377,3693 284,358,3716 272,376,3773
    305,369,3790 279,318,3806 290,339,3843 311,376,3848 288,256,3848 324,284,3851 287,353,3973 283,364,3976
    267,337,3878 280,298,3963 275,326,3985 281,299,4079 313,365,4080 273,332,4107 283,363,4118 304,366,4133
    308,387,4156 330,275,4194 260,339,4195 289,335,4207 268,314,4212 329,268,4213 264,298,4213 274,342,4216
    286,373,4235 263,346,4258 265,335,4273 269,340,4277 260,359,4290 279,355,4336 284,399,4339 270,337,4352
    267,363,4383 320,282,4385 282,315,4441 303,377,4492 303,247,4518 264,297,4554 303,337,4565 289,380,4610
    270,330,4628 262,335,4637 274,342,4638 262,333,4700 262,333,4700 267,369,4701 255,290,4708 267,336,4750
    273,309,4751 270,328,4764 270,339,4780 265,334,4806 276,360,4822 276,360,4848 283,363,4858 305,374,4861
    264,326,4862 286,361,4888 278,333,4891 257,344,4914 302,395,4918 275,378,4932 290,361,4944 279,362,4948
    300,255,4964 270,357,4975 290,356,5001 291,368,5002 283,361,5072 270,325,5135 266,332,5199 267,367,5353
    300,364,5358 268,390,5361 276,337,5489 293,396,5495 273,345,5505 267,338,5530 278,367,5578 310,387,5583
    298,268,5588 266,332,5599 279,340,5641 266,361,5643 267,344,5650 272,370,5661 327,383,5702 265,335,5728
    310,387,5752 279,339,5753 277,379,5755 258,350,5775
"""


def burkitt() -> tuple[np.ndarray, np.ndarray]:
    cases = np.array([[int(number) for number in case.split(",")] for case in BURKITT.split()])
    return cases[:, :2], cases[:, 2]


def knox(
    places: ArrayLike,
    dates: ArrayLike,
    *,
    distances: Sequence[float] = (100, 200),
    days: Sequence[int] = (7, 14),
    seed: int = 1,
    same_place: float = 1.0,
    permutations: int = 99,
) -> NearRepeats:
    return knox_test(
        places,
        dates,
        distance_ends=distances,
        day_ends=days,
        generator=np.random.default_rng(seed),
        same_place=same_place,
        permutations=permutations,
    )


def observed(found: NearRepeats) -> np.ndarray:
    return np.array([[band.observed for band in row] for row in found.bands])


def expected(found: NearRepeats) -> np.ndarray:
    return np.array([[band.expected for band in row] for row in found.bands])


class TestAgainstOthers:
    """pointpats 2.5.5, Knox(df[["X", "Y"]], df[["T"]], delta=..., tau=...), which counts up to and including both."""

    WITHIN = ((1, 3, 7), (1, 7, 19), (4, 24, 69), (13, 54, 147))
    EXPECTED = (
        (0.2189, 0.964, 2.7953),
        (1.065, 4.69, 13.5988),
        (3.4375, 15.1381, 43.894),
        (10.1438, 44.6718, 129.5287),
    )

    def test_counts_the_pairs_that_pointpats_counts(self) -> None:
        found = knox(*burkitt(), distances=(2.01, 5.01, 10.01, 20.01), days=(6, 31, 91))
        within = observed(found).cumsum(axis=0).cumsum(axis=1)[1:]
        assert tuple(map(tuple, within)) == self.WITHIN

    def test_expects_what_independence_of_place_and_time_gives(self) -> None:
        """Pairs close in space times pairs close in time over all pairs: Knox's own expectation, and pointpats' "expected"."""
        found = knox(*burkitt(), distances=(2.01, 5.01, 10.01, 20.01), days=(6, 31, 91), permutations=4999)
        within = expected(found).cumsum(axis=0).cumsum(axis=1)[1:]
        assert within == pytest.approx(np.array(self.EXPECTED), rel=0.03, abs=0.03)

    @pytest.mark.parametrize(
        ("distance", "days", "p"),
        [(20.01, 6, 0.196), (10.01, 31, 0.018), (20.01, 31, 0.076), (5.01, 31, 0.177), (10.01, 6, 0.475)],
    )
    def test_gives_the_p_value_of_its_999_permutations(self, distance: float, days: int, p: float) -> None:
        """p_sim after numpy.random.seed(12345); its p_poisson of the first, 0.1462, leaves the observed number out."""
        found = knox(*burkitt(), same_place=distance, distances=(50,), days=(days,), permutations=4999)
        assert found.repeats[0].p_value == pytest.approx(p, abs=4 * np.sqrt(p * (1 - p) / 999))

    def test_puts_a_pair_at_the_end_of_a_band_into_the_next(self) -> None:
        """The two-event example in the comparison of the R package NearRepeat with the Near Repeat Calculator 1.3.

        One pair, 100 metres and 3 days apart: counted in the calculator's second band of 3 days (which it labels "4 to 6"),
        in its first band of 200 metres, and in its second of 100.
        """
        pair, dates = [(0, 0), (0, 100)], np.array(["2019-01-01", "2019-01-04"], dtype="datetime64[D]")
        wide = knox(pair, dates, distances=(200, 400), days=(3, 6))
        narrow = knox(pair, dates, distances=(100, 200), days=(3, 6))
        assert observed(wide).tolist() == [[0, 0], [0, 1], [0, 0]]
        assert observed(narrow).tolist() == [[0, 0], [0, 0], [0, 1]]
        assert narrow.bands[2][1].distance == (100, 200)
        assert narrow.bands[2][1].days == (3, 6)


class TestByHand:
    def test_takes_as_many_or_more_for_its_p_value(self) -> None:
        """Two close pairs, two days: of the 24 orders of the dates 8 leave both pairs on one day. More than both is never."""
        places, dates = [(0, 0), (10, 0), (5000, 0), (5010, 0)], [0, 0, 100, 100]
        both = [order for order in orders(dates) if order[0] == order[1]]
        found = knox(places, dates, permutations=4999).near[0][0]
        assert found.observed == 2
        assert found.p_value == pytest.approx(len(both) / 24, abs=0.03)
        assert found.expected == pytest.approx(2 / 3, abs=0.06)
        assert found.ratio == pytest.approx(found.observed / found.expected)

    def test_keeps_repeats_at_one_place_apart_from_near_ones(self) -> None:
        found = knox([(0, 0), (0, 0), (0.5, 0), (0, 1), (0, 99.5)], [0, 3, 6, 6, 6])
        assert [band.observed for band in found.repeats] == [3, 0]
        assert [band.observed for band in found.near[0]] == [7, 0]

    @pytest.mark.parametrize("offset", [0.0, 0.1, 400_000.7, 654_321.3])
    def test_is_not_misled_by_binary_fractions_at_the_end_of_a_band(self, offset: float) -> None:
        """A tenth has no exact binary fraction: 654,421.3 - 654,321.3 need not be 100."""
        for apart in (1.0, 0.3, 100.1, 200.7):
            places = [(offset, offset), (offset + apart, offset)]
            found = knox(places, [0, 0], same_place=0.3, distances=(1, 100.1, 200.7, 300))
            at = [row[0].distance for row in found.bands if row[0].observed]
            assert [lower for lower, _ in at] == [apart]

    def test_has_no_ratio_where_no_permutation_has_a_pair(self) -> None:
        found = knox([(0, 0), (9000, 0), (0, 9000)], [0, 1, 2])
        assert {(band.observed, band.expected, band.ratio, band.p_value) for row in found.bands for band in row} == {
            (0, 0.0, None, 1.0)
        }

    @pytest.mark.parametrize(
        ("places", "dates"), [([(0, 0)] * 6, range(6)), ([(0, 30 * at) for at in range(6)], [5] * 6)]
    )
    def test_finds_nothing_where_all_is_one_place_or_one_day(
        self, places: list[tuple[int, int]], dates: list[int]
    ) -> None:
        for row in knox(places, dates).bands:
            assert {band.p_value for band in row} == {1.0}
            assert {band.ratio for band in row} <= {None, 1.0}

    def test_counts_thousands_of_pairs_in_one_band(self) -> None:
        same = knox([(0, 0)] * 100, [5] * 100).repeats[0]
        assert (same.observed, same.expected, same.ratio) == (4950, 4950.0, 1.0)

    @pytest.mark.parametrize("span", [32_766, 32_767, 32_768, 2**31 - 2])
    def test_counts_the_longest_gap_that_its_numbers_hold(self, span: int) -> None:
        found = knox([(0, 0), (10, 0), (20, 0)], [-1, span - 1, span - 1], days=(span, span + 1), permutations=9)
        assert [band.observed for band in found.near[0]] == [1, 2]

    def test_counts_days_of_more_than_a_century(self) -> None:
        places = [(0, 0), (10, 0), (20, 0)]
        assert observed(knox(places, [0, 40_000, 40_003], days=(7, 40_000, 40_001, 50_000))).tolist() == [
            [0, 0, 0, 0],
            [1, 0, 1, 1],
            [0, 0, 0, 0],
        ]

    def test_gives_false_alarms_no_more_often_than_it_says(self) -> None:
        chance = np.random.default_rng(7)
        alarms = [
            knox(chance.random((60, 2)) * 500, chance.integers(0, 60, 60), seed=seed).near[0][0].p_value <= 0.05
            for seed in range(300)
        ]
        assert np.mean(alarms) < 0.05 + 3 * np.sqrt(0.05 * 0.95 / 300)

    def test_draws_over_more_permutations_than_are_dealt_at_once(self) -> None:
        found = knox(*burkitt(), distances=(20.01,), days=(6,), permutations=300)
        assert found.permutations == 300
        assert (round(301 * found.near[0][0].p_value, 9) % 1) == 0


events = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 30), st.integers(0, 20)),
    min_size=2,
    max_size=40,
)


class TestProperties:
    @settings(max_examples=60, deadline=None)
    @given(events)
    def test_counts_like_all_pairs_laid_out(self, listed: list[tuple[int, int, int]]) -> None:
        table = np.array(listed)
        found = knox(table[:, :2], table[:, 2], distances=(5, 13, 20), days=(3, 7), permutations=9)
        apart, gap = pdist(table[:, :2]), pdist(table[:, 2:])
        counted = np.histogram2d(apart, gap, bins=[[0, 1, 5, 13, np.nextafter(20, 0)], [0, 3, np.nextafter(7, 0)]])[0]
        assert observed(found).tolist() == counted.tolist()

    @settings(max_examples=40, deadline=None)
    @given(events, st.integers(0, 2**32 - 1))
    def test_is_the_same_in_any_order_of_the_events(self, listed: list[tuple[int, int, int]], seed: int) -> None:
        table = np.array(listed)
        mixed = table[np.random.default_rng(seed).permutation(len(table))]
        first, second = (knox(part[:, :2], part[:, 2], distances=(5, 13), days=(3, 7)) for part in (table, mixed))
        assert first == second

    @settings(max_examples=40, deadline=None)
    @given(events, st.sampled_from([0.125, 8.0, 1024.0]), st.integers(-5000, 5000))
    def test_is_the_same_in_any_unit_and_from_any_first_day(
        self, listed: list[tuple[int, int, int]], unit: float, first_day: int
    ) -> None:
        table = np.array(listed)
        plain = knox(table[:, :2], table[:, 2], distances=(5, 13), days=(3, 7))
        scaled = knox(
            table[:, :2] * unit,
            table[:, 2] + first_day,
            same_place=unit,
            distances=(5 * unit, 13 * unit),
            days=(3, 7),
        )
        for one, other in zip(plain.bands, scaled.bands, strict=True):
            assert [(band.observed, band.expected, band.p_value) for band in one] == [
                (band.observed, band.expected, band.p_value) for band in other
            ]

    @settings(max_examples=40, deadline=None)
    @given(events)
    def test_stays_within_its_bounds(self, listed: list[tuple[int, int, int]]) -> None:
        table = np.array(listed)
        found = knox(table[:, :2], table[:, 2], distances=(5, 13), days=(3, 7), permutations=19)
        assert observed(found).sum() <= len(table) * (len(table) - 1) / 2
        for row in found.bands:
            for band in row:
                assert 1 / 20 <= band.p_value <= 1
                assert band.expected >= 0
                assert (band.ratio is None) == (band.expected == 0)


PLACES, DATES = [(0.0, 0.0), (10.0, 0.0), (20.0, 0.0)], [1, 2, 3]


class TestRefusals:
    @pytest.mark.parametrize(
        ("places", "dates", "said"),
        [
            ([], [], "rows of two coordinates"),
            (np.empty((0, 2)), [], "no pairs among 0 events"),
            (np.empty((0, 2)), np.empty(0, dtype=np.int64), "no pairs among 0 events"),
            ([(1.0, 2.0)], [3], "no pairs among 1 events"),
            ([(1.0, 2.0, 3.0)] * 3, DATES, "rows of two coordinates"),
            (PLACES, [1, 2], "3 places with dates"),
            (PLACES, [[1, 2, 3]], "3 places with dates"),
            ([(0.0, np.nan), *PLACES[1:]], DATES, "missing or infinite coordinate"),
            ([(np.inf, 0.0), *PLACES[1:]], DATES, "missing or infinite coordinate"),
            (PLACES, [1.0, np.nan, 3.0], "missing or not a whole number"),
            (PLACES, [1.0, np.inf, 3.0], "missing or not a whole number"),
            (PLACES, [1.0, 2.5, 3.0], "missing or not a whole number"),
            (PLACES, np.array(["2025-01-01", "NaT", "2025-01-03"], dtype="datetime64[D]"), "has no date"),
            (PLACES, ["2025-01-01"] * 3, "day numbers or numpy dates"),
            (PLACES, [True, False, True], "day numbers or numpy dates"),
            (PLACES, [0, 1, 2**40], "too large"),
            (PLACES, np.array([0, 1, 2**63], dtype=np.uint64), "too large"),
            (PLACES, [-(2**31) + 2, 0, 2**31 - 2], "days apart"),
            ([(1e300, 0.0), *PLACES[1:]], DATES, "too large to tell places 1.0 apart"),
        ],
    )
    def test_refuses_what_are_no_events(self, places: ArrayLike, dates: ArrayLike, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            knox(places, dates)

    @pytest.mark.parametrize("ends", [(), (0.5,), (1.0,), (100, 100), (200, 100), (np.inf,), (np.nan,), (-5,)])
    def test_refuses_distances_that_do_not_ascend(self, ends: tuple[float, ...]) -> None:
        with pytest.raises(ValueError, match="distances do not ascend"):
            knox(PLACES, DATES, distances=ends)

    @pytest.mark.parametrize("same_place", [0.0, -1.0, np.nan])
    def test_refuses_a_place_without_extent(self, same_place: float) -> None:
        with pytest.raises(ValueError, match="distances do not ascend"):
            knox(PLACES, DATES, same_place=same_place)

    @pytest.mark.parametrize("ends", [(), (0,), (-1,), (7, 7), (14, 7), (np.nan,), (np.inf,), (1.5,)])
    def test_refuses_days_that_do_not_ascend(self, ends: tuple[int, ...]) -> None:
        with pytest.raises(ValueError, match="day bands do not end"):
            knox(PLACES, DATES, days=ends)

    @pytest.mark.parametrize("permutations", [0, -1])
    def test_refuses_to_test_without_permutations(self, permutations: int) -> None:
        with pytest.raises(ValueError, match="no test without permutations"):
            knox(PLACES, DATES, permutations=permutations)

    def test_refuses_more_pairs_than_memory_should_hold(self) -> None:
        with pytest.raises(ValueError, match=r"24,995,985 pairs within 200: shorten the distances"):
            knox(np.zeros((7071, 2)), np.arange(7071))

"""Disproportionality: published ratios of stop and search, bounds that can be worked by hand, and the index by stages."""

from __future__ import annotations

from math import inf, nan

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import Stage, is_below_four_fifths, rate_ratio, relative_rates, unknown_bounds

WEST_YORKSHIRE = (239, 72_257, 9_953, 1_801_352)
"""Black and white people stopped, August 2025 to July 2026 (data.police.uk), over the census of 2021; 9,158 unknown."""


class TestRateRatio:
    @pytest.mark.parametrize(
        ("counts", "ratio", "lower", "upper"),
        [
            (WEST_YORKSHIRE, 0.5986356226618512, 0.5243452993294756, 0.6806350083900743),
            ((4_263, 236_047, 10_141, 1_793_173), 3.1934362860962406, 3.080491547867561, 3.3100877311332675),
            ((274, 232, 440, 5_955), 15.984228056426332, 13.695749261726805, 18.62884984595427),
        ],
    )
    def test_gives_what_another_package_published(
        self, counts: tuple[int, int, int, int], ratio: float, lower: float, upper: float
    ) -> None:
        """searchlight 0.1.0 (R), sl_rate_ratio: West Yorkshire, West Midlands, City of London."""
        found = rate_ratio(*counts)
        assert found.ratio == pytest.approx(ratio, rel=1e-12)
        assert (found.interval.lower, found.interval.upper) == pytest.approx((lower, upper), rel=1e-9)

    def test_needs_nothing_added_to_noughts(self) -> None:
        """searchlight 0.1.0: North Yorkshire, one month, none of 315.3 person-years against 46 of 65,276.8."""
        none = rate_ratio(0, 315.3333333333333, 46, 65276.833333333336)
        assert (none.ratio, none.interval.lower) == (0.0, 0.0)
        assert none.interval.upper == pytest.approx(17.28446290695803, rel=1e-9)
        nothing = rate_ratio(3, 10, 0, 10)
        assert (nothing.ratio, nothing.interval.upper) == (None, inf)

    @pytest.mark.parametrize("exposed", [0, -1, nan, inf])
    def test_refuses_nobody(self, exposed: float) -> None:
        with pytest.raises(ValueError, match="nobody is exposed"):
            rate_ratio(1, exposed, 1, 10)
        with pytest.raises(ValueError, match="nobody is exposed"):
            unknown_bounds(1, 10, 1, exposed, unknown=1)

    @pytest.mark.parametrize("count", [-1, nan, inf])
    def test_refuses_what_is_no_count(self, count: int) -> None:
        with pytest.raises(ValueError, match="not negative"):
            rate_ratio(count, 10, 1, 10)
        with pytest.raises(ValueError, match="not negative"):
            rate_ratio(1, 10, count, 10)
        with pytest.raises(ValueError, match="not negative"):
            unknown_bounds(1, 10, 1, 10, unknown=count)


class TestUnknownBounds:
    def test_gives_west_yorkshire(self) -> None:
        """Published 0.60; by hand 239/72,257 over 19,111/1,801,352 is 0.31, and 9,397/72,257 over 9,953/... is 23.5."""
        found = unknown_bounds(*WEST_YORKSHIRE, unknown=9_158)
        assert found.lowest == pytest.approx(0.3118, abs=5e-5)
        assert found.highest == pytest.approx(23.537, abs=5e-4)
        assert found.can_reverse

    @pytest.mark.parametrize(
        ("events", "reference_events", "unknown", "share"),
        [(0, 18, 47, 0.041), (1, 72, 31, 0.184), (3, 196, 153, 0.099), (4, 84, 127, 0.383)],
    )
    def test_gives_the_share_for_parity_of_another_package(
        self, events: int, reference_events: int, unknown: int, share: float
    ) -> None:
        """searchlight 0.1.0, sl_missing_ethnicity_bounds, tipping_allocation of four areas; exposures from its ratios."""
        highest = {47: 85.533, 31: 6.438, 153: 14.609, 127: 4.805}[unknown]
        people_ratio = highest * reference_events / (events + unknown)
        found = unknown_bounds(events, 1.0, reference_events, people_ratio, unknown=unknown)
        assert found.share_for_parity == pytest.approx(share, abs=6e-4)

    @given(st.integers(0, 500), st.integers(1, 500), st.integers(1, 500), st.integers(1, 900), st.integers(1, 900))
    @settings(deadline=None, max_examples=100)
    def test_makes_the_ratio_one_at_the_share_for_parity(
        self, events: int, reference_events: int, unknown: int, exposed: int, reference_exposed: int
    ) -> None:
        found = unknown_bounds(events, exposed, reference_events, reference_exposed, unknown=unknown)
        assert found.lowest is not None
        assert found.highest is not None
        share = found.share_for_parity
        if share is None:
            assert found.lowest > 1 - 1e-9 or found.highest < 1 + 1e-9
        else:
            assert (events + share * unknown) / exposed == pytest.approx(
                (reference_events + (1 - share) * unknown) / reference_exposed
            )

    def test_has_none_without_unknowns_or_reference(self) -> None:
        known = unknown_bounds(5, 10, 5, 20, unknown=0)
        assert known.lowest == known.highest == known.ratio == 2.0
        assert not known.can_reverse
        assert unknown_bounds(5, 10, 0, 20, unknown=3).highest is None
        assert unknown_bounds(5, 10, 0, 20, unknown=0).lowest is None


class TestRelativeRates:
    def test_counts_each_stage_against_the_one_before(self) -> None:
        """By hand: stops 60 to 20 per 1,000, arrests 20% of stops of either, charges 75% against 50% of arrests."""
        found = relative_rates(
            [
                Stage("residents", 10_000, 90_000),
                Stage("stopped", 600, 1_800),
                Stage("arrested", 120, 360),
                Stage("charged", 90, 180),
            ],
            population=105_000,
        )
        assert [rate.index for rate in found] == pytest.approx([3.0, 1.0, 1.5])
        assert [rate.before.name for rate in found] == ["residents", "stopped", "arrested"]
        methods = [rate.interval.method for rate in found if rate.interval is not None]
        assert methods == ["exact conditional", "Koopman score", "Koopman score"]

    def test_withholds_the_index_of_a_group_under_one_per_cent(self) -> None:
        stages = [Stage("residents", 999, 90_000), Stage("stopped", 600, 1_800)]
        (found,) = relative_rates(stages, population=100_000)
        assert (found.index, found.interval, found.withheld) == (None, None, "the group is under 1% of the population")

    def test_withholds_the_index_of_fewer_than_fifty_events(self) -> None:
        stages = [
            Stage("residents", 1_000, 90_000),
            Stage("stopped", 50, 1_800),
            Stage("arrested", 49, 360),
            Stage("charged", 49, 180),
        ]
        found = relative_rates(stages, population=100_000)
        assert [rate.withheld for rate in found] == [None, None, "fewer than 50 events of the group"]
        (few,) = relative_rates([stages[0], Stage("stopped", 49, 1_800)], population=100_000)
        assert few.withheld == "fewer than 50 events of the group"

    def test_has_no_index_without_anybody_to_compare_with(self) -> None:
        stages = [Stage("residents", 1_000, 9_000), Stage("stopped", 60, 0), Stage("arrested", 6, 0)]
        stopped, arrested = relative_rates(stages, population=10_000)
        assert (stopped.index, stopped.withheld) == (None, None)
        assert arrested.withheld == "nobody of the reference came so far"

    @pytest.mark.parametrize(
        ("stages", "reason"),
        [
            ([Stage("residents", 10, 10)], "at least one stage"),
            ([Stage("residents", 10, 10), Stage("stopped", -1, 2)], "not negative"),
            ([Stage("residents", 0, 10), Stage("stopped", 1, 2)], "nobody lives"),
            ([Stage("residents", 90, 11), Stage("stopped", 1, 2)], "more than the population"),
            ([Stage("residents", 10, 10), Stage("stopped", 5, 5), Stage("arrested", 6, 5)], "of which they should be"),
        ],
    )
    def test_refuses_what_are_no_stages(self, stages: list[Stage], reason: str) -> None:
        with pytest.raises(ValueError, match=reason):
            relative_rates(stages, population=100)


class TestFourFifths:
    @pytest.mark.parametrize(("count", "flagged"), [(48, False), (47, True), (60, False), (0, True)])
    def test_flags_less_than_four_fifths_and_not_exactly_that(self, count: int, flagged: bool) -> None:
        """60 of 100 of the reference: four fifths is 48."""
        assert is_below_four_fifths(count, 100, 60, 100) is flagged

    def test_refuses_what_is_no_proportion(self) -> None:
        with pytest.raises(ValueError, match="not a proportion"):
            is_below_four_fifths(1, 0, 1, 2)

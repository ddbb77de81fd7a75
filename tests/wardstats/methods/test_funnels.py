"""Funnels: against the public health package's limits and flags, meta-analysis, and what must always hold."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import norm
from statsmodels.stats.meta_analysis import combine_effects

from wardstats.methods import (
    Adjustment,
    Funnel,
    Interval,
    Judgement,
    count_interval,
    proportion,
    proportion_funnel,
    rate_funnel,
)
from wardstats.methods.rates import exact_count_interval

WARDS = [80, 95, 110, 70, 130, 100, 60, 90, 105, 240, 3]
RESIDENTS = [1000] * 10 + [90]
AREAS = st.lists(st.tuples(st.integers(0, 300), st.integers(301, 9000)), min_size=2, max_size=15).filter(
    lambda areas: any(count for count, _ in areas)
)
ADJUSTMENTS = st.sampled_from(Adjustment)


def _flags(funnel: Funnel) -> list[str]:
    """The judgements in the words of PHStatsMethods."""
    tails = {Judgement.ALERT: "0.025", Judgement.ALARM: "0.001"}
    return [
        "Not significant"
        if area.judgement is Judgement.INSIDE
        else f"{'High' if area.is_high else 'Low'} ({tails[area.judgement]})"
        for area in funnel.areas
    ]


class TestPlainLimits:
    @pytest.mark.parametrize(
        ("total", "alert", "alarm"),
        [
            (20, (0.02469549188468367, 0.3753045081153164), (0.0, 0.47639878011428693)),
            (100, (0.12160144061839785, 0.27839855938160213), (0.07639070775328749, 0.32360929224671253)),
            (1000, (0.17520819870781737, 0.2247918012921827), (0.1609113096538996, 0.23908869034610045)),
            (5000, (0.18891276940520274, 0.21108723059479734), (0.18251900624693618, 0.21748099375306373)),
        ],
    )
    def test_of_proportions_are_the_public_health_packages(
        self, total: int, alert: tuple[float, float], alarm: tuple[float, float]
    ) -> None:
        """PHStatsMethods 0.1.16, utils_funnel.sigma_adjustment(0.975 and 0.999, total, 0.2, side, 1), kept at nought."""
        funnel = proportion_funnel([20, 20], [100, 100], adjustment=Adjustment.NONE)
        for limits, expected in zip(funnel.limits(total), (alert, alarm), strict=True):
            assert (limits.lower, limits.upper) == pytest.approx(expected, abs=1e-12)

    @pytest.mark.parametrize(
        ("events", "alert", "alarm"),
        [
            (1, (0.025317898204127373, 5.5716445854321845), (0.0010005470269327723, 9.233410143417137)),
            (5, (1.623486324408633, 11.668333103695819), (0.7393719279736973, 16.454744775806773)),
            (10, (4.795387628510741, 18.390357987077753), (2.9605199246530303, 24.133972353058873)),
            (50, (37.11095720640125, 65.91875860095621), (30.95897539740339, 75.94189639740483)),
            (200, (173.24086241121654, 229.72201329709816), (159.1297894691989, 247.67502710567774)),
        ],
    )
    def test_of_rates_are_the_public_health_packages(
        self, events: int, alert: tuple[float, float], alarm: tuple[float, float]
    ) -> None:
        """PHStatsMethods 0.1.16, utils_funnel.poisson_funnel(events, 0.025 and 0.001, "low" and "high"): expected events
        at which so many are just too many, or just too few. Its search is up to 5e-5 off.
        """
        funnel = rate_funnel([1, 1], [1, 1], multiplier=1)
        for level, (too_many, too_few) in enumerate((alert, alarm)):
            assert funnel.limits(too_many)[level].upper * too_many == pytest.approx(events, rel=2e-4)
            assert funnel.limits(too_few)[level].lower * too_few == pytest.approx(events, rel=2e-4)

    @pytest.mark.parametrize("events", [1, 7, 60])
    def test_are_where_an_areas_own_interval_touches_the_target(self, events: int) -> None:
        own = exact_count_interval(events)
        funnel = rate_funnel([1, 1], [1, 1], multiplier=1)
        assert funnel.limits(own.lower)[0].upper * own.lower == pytest.approx(events)
        assert funnel.limits(own.upper)[0].lower * own.upper == pytest.approx(events)
        share = proportion(events, 200)
        at_its_limit = proportion_funnel([events], [200], target=share.interval.lower)
        assert at_its_limit.areas[0].alert.upper == pytest.approx(share.value)

    def test_have_nothing_too_low_where_none_at_all_is_no_surprise(self) -> None:
        alert, alarm = rate_funnel([1, 1], [1, 1], multiplier=1).limits(3.6)
        assert (alert.lower, alarm.lower) == (0, 0)


class TestFlags:
    def test_of_proportions_are_the_public_health_packages(self) -> None:
        """PHStatsMethods 0.1.16, assign_funnel_significance(statistic="proportion")."""
        funnel = proportion_funnel(
            [12, 30, 45, 8, 60, 2, 90, 33], [100, 150, 200, 100, 180, 60, 260, 240], adjustment=Adjustment.NONE
        )
        assert _flags(funnel) == [
            "Low (0.025)",
            "Not significant",
            "Not significant",
            "Low (0.001)",
            "High (0.001)",
            "Low (0.001)",
            "High (0.001)",
            "Low (0.025)",
        ]

    def test_of_rates_are_the_public_health_packages(self) -> None:
        """PHStatsMethods 0.1.16, assign_funnel_significance(statistic="rate", rate_type="crude", multiplier=1000)."""
        assert _flags(rate_funnel(WARDS, RESIDENTS, adjustment=Adjustment.NONE)) == [
            "Low (0.025)",
            "Not significant",
            "Not significant",
            "Low (0.001)",
            "High (0.025)",
            "Not significant",
            "Low (0.001)",
            "Not significant",
            "Not significant",
            "High (0.001)",
            "Low (0.025)",
        ]

    def test_are_fewer_once_the_spread_between_areas_is_known(self) -> None:
        for adjustment in (Adjustment.MULTIPLICATIVE, Adjustment.ADDITIVE):
            funnel = rate_funnel(WARDS, RESIDENTS, adjustment=adjustment)
            alarms = [area.count for area in funnel.areas if area.judgement is Judgement.ALARM]
            assert alarms == [240]
            assert adjustment.value in funnel.areas[0].alert.method


class TestOverdispersion:
    def test_between_areas_is_that_of_meta_analysis(self) -> None:
        """DerSimonian and Laird in statsmodels, whose centre is the weighted mean: about that target, not winsorised."""
        counts, exposed = np.array(WARDS), np.array(RESIDENTS)
        target = (np.sqrt(counts * exposed).sum() / exposed.sum()) ** 2
        found = rate_funnel(counts, exposed, multiplier=1, target=target, winsorised=0).overdispersion
        expected = target * exposed
        peer = combine_effects(np.sqrt(counts / expected), 1 / (4 * expected), method_re="dl")
        assert found is not None
        assert found.tau_squared == pytest.approx(peer.tau2, rel=1e-9)
        assert found.phi == pytest.approx(peer.q / len(counts), rel=1e-9)

    def test_of_proportions_is_that_of_meta_analysis(self) -> None:
        counts, totals = np.array([12, 30, 45, 8, 60, 2]), np.array([100, 150, 200, 100, 180, 60])
        scaled = np.arcsin(np.sqrt(counts / totals))
        target = np.sin((scaled * totals).sum() / totals.sum()) ** 2
        found = proportion_funnel(counts, totals, target=target, winsorised=0).overdispersion
        peer = combine_effects(scaled, 1 / (4 * totals), method_re="dl")
        assert found is not None
        assert found.tau_squared == pytest.approx(peer.tau2, rel=1e-9)

    def test_is_not_hidden_by_the_areas_to_be_found(self) -> None:
        """Winsorised by hand: 21 areas of 400 expected, so that a tenth from either end is the third from it."""
        counts = [400 + 10 * step for step in range(-10, 11)]
        counts[-1] = 4000
        found = rate_funnel(counts, [1] * 21, multiplier=1, target=400).overdispersion
        drawn_in = np.clip(np.sort(counts), sorted(counts)[2], sorted(counts)[18])
        assert found is not None
        assert found.phi == pytest.approx(float(np.mean(4 * (np.sqrt(drawn_in) - 20) ** 2)))

    def test_widens_the_limits_as_the_regulator_draws_them(self) -> None:
        """FunnelPlotR and the Care Quality Commission go z sqrt(1 / (4 expected) + tau^2) from 1 on the square-root scale.

        They begin with approximate limits where ours are exact, which no longer matters with 100,000 events.
        """
        funnel = rate_funnel([90_000, 110_000, 104_000, 96_000], [1] * 4, multiplier=1)
        assert funnel.overdispersion is not None
        reach = norm.ppf(0.975) * np.sqrt(1 / (4 * funnel.target) + funnel.overdispersion.tau_squared)
        alert = funnel.areas[0].alert
        expected = (funnel.target * (1 - reach) ** 2, funnel.target * (1 + reach) ** 2)
        assert (alert.lower, alert.upper) == pytest.approx(expected, rel=5e-4)

    def test_multiplies_by_its_square_root(self) -> None:
        counts, totals = [900, 1100, 1300, 700], [4000] * 4
        plain = proportion_funnel(counts, totals, adjustment=Adjustment.NONE)
        wide = proportion_funnel(counts, totals, adjustment=Adjustment.MULTIPLICATIVE)
        assert wide.overdispersion is not None
        centre = np.arcsin(np.sqrt(wide.target))
        reached = [np.arcsin(np.sqrt(funnel.areas[0].alarm.upper)) - centre for funnel in (plain, wide)]
        assert reached[1] / reached[0] == pytest.approx(np.sqrt(wide.overdispersion.phi))

    def test_leaves_areas_alone_that_differ_by_chance_or_less(self) -> None:
        funnel = rate_funnel([50, 51, 49, 50], [500] * 4)
        assert funnel.overdispersion is not None
        assert not funnel.overdispersion.is_present
        assert funnel.areas == rate_funnel([50, 51, 49, 50], [500] * 4, adjustment=Adjustment.NONE).areas

    def test_is_nought_where_all_areas_are_equal(self) -> None:
        funnel = proportion_funnel([5, 10], [50, 100])
        assert funnel.overdispersion is not None
        assert (funnel.overdispersion.phi, funnel.overdispersion.tau_squared) == pytest.approx((0, 0), abs=1e-12)
        assert {area.judgement for area in funnel.areas} == {Judgement.INSIDE}

    def test_is_unknown_from_one_area(self) -> None:
        funnel = rate_funnel([90], [1000], target=50)
        assert funnel.overdispersion is None
        assert funnel.areas[0].judgement is Judgement.ALARM
        assert count_interval(90).lower / 1000 > 0.05


class TestProperties:
    @given(AREAS, ADJUSTMENTS, st.randoms())
    @settings(deadline=None)
    def test_does_not_mind_the_order_of_the_areas(
        self, areas: list[tuple[int, int]], adjustment: Adjustment, random: Random
    ) -> None:
        order = list(range(len(areas)))
        random.shuffle(order)
        before = rate_funnel(*zip(*areas, strict=True), adjustment=adjustment)
        after = rate_funnel(*zip(*[areas[at] for at in order], strict=True), adjustment=adjustment)
        for position, at in enumerate(order):
            assert after.areas[position].judgement is before.areas[at].judgement
            assert after.areas[position].alarm.upper == pytest.approx(before.areas[at].alarm.upper)

    @given(AREAS, ADJUSTMENTS)
    @settings(deadline=None)
    def test_does_not_mind_the_unit(self, areas: list[tuple[int, int]], adjustment: Adjustment) -> None:
        counts, exposed = zip(*areas, strict=True)
        per_thousand = rate_funnel(counts, exposed, adjustment=adjustment)
        per_head = rate_funnel(counts, exposed, multiplier=1, adjustment=adjustment)
        assert [area.judgement for area in per_thousand.areas] == [area.judgement for area in per_head.areas]
        assert per_thousand.areas[0].alert.upper == pytest.approx(1000 * per_head.areas[0].alert.upper)

    @given(AREAS, ADJUSTMENTS)
    @settings(deadline=None)
    def test_has_limits_in_order_and_never_narrower_than_plain(
        self, areas: list[tuple[int, int]], adjustment: Adjustment
    ) -> None:
        counts, totals = zip(*areas, strict=True)
        plain = proportion_funnel(counts, totals, adjustment=Adjustment.NONE)
        found = proportion_funnel(counts, totals, adjustment=adjustment)
        for area, before in zip(found.areas, plain.areas, strict=True):
            ends = [0, area.alarm.lower, area.alert.lower, found.target, area.alert.upper, area.alarm.upper, 1]
            assert ends == pytest.approx(sorted(ends), abs=1e-12)
            assert area.alert.upper >= before.alert.upper - 1e-12
            assert area.alert.lower <= before.alert.lower + 1e-12

    @given(AREAS, ADJUSTMENTS)
    @settings(deadline=None)
    def test_judges_by_the_lines_that_are_drawn(self, areas: list[tuple[int, int]], adjustment: Adjustment) -> None:
        funnel = rate_funnel(*zip(*areas, strict=True), adjustment=adjustment)
        for area in funnel.areas:
            alert, alarm = funnel.limits(area.size)
            assert _ends(alert) + _ends(alarm) == pytest.approx(_ends(area.alert) + _ends(area.alarm))
            beyond = (not area.alert.contains(area.value), not area.alarm.contains(area.value))
            judged = {(False, False): Judgement.INSIDE, (True, False): Judgement.ALERT, (True, True): Judgement.ALARM}
            assert area.judgement is judged[beyond]

    @pytest.mark.parametrize("kind", [rate_funnel, proportion_funnel])
    def test_takes_arrays(self, kind: type) -> None:
        counts, sizes = np.array([5, 9, 30]), np.array([100, 90, 110])
        assert kind(counts, sizes) == kind([5, 9, 30], [100, 90, 110])


def _ends(interval: Interval) -> list[float]:
    return [interval.lower, interval.upper]


class TestRefusals:
    @pytest.mark.parametrize("kind", [rate_funnel, proportion_funnel])
    @pytest.mark.parametrize(
        ("counts", "sizes", "reason"),
        [
            ([], [], "no places"),
            ([1, 2], [10], "2 and 1 values"),
            ([1, -2], [10, 10], "negative"),
            ([1, float("nan")], [10, 10], "missing or infinite"),
            ([1, 2.5], [10, 10], "whole"),
            ([1, 0], [10, 0], "nought"),
            ([1, 2], [10, float("inf")], "missing or infinite"),
            ([0, 0], [10, 10], "no funnel about a target"),
        ],
    )
    def test_says_what_is_wrong(self, kind: type, counts: list[int], sizes: list[int], reason: str) -> None:
        with pytest.raises(ValueError, match=reason):
            kind(counts, sizes)

    @pytest.mark.parametrize("kind", [rate_funnel, proportion_funnel])
    @pytest.mark.parametrize("target", [0, -1, float("nan"), float("inf")])
    def test_says_what_is_no_target(self, kind: type, target: float) -> None:
        with pytest.raises(ValueError, match="no funnel about a target"):
            kind([1, 2], [10, 10], target=target)

    @pytest.mark.parametrize("winsorised", [-0.1, 0.5, float("nan")])
    def test_says_what_is_no_share_to_draw_in(self, winsorised: float) -> None:
        with pytest.raises(ValueError, match="winsorised"):
            rate_funnel([1, 2], [10, 10], winsorised=winsorised)

    def test_says_when_a_part_is_above_its_whole(self) -> None:
        with pytest.raises(ValueError, match="above its total"):
            proportion_funnel([11, 2], [10, 10])

    def test_says_when_everybody_is_counted(self) -> None:
        with pytest.raises(ValueError, match="not between 0 and 1"):
            proportion_funnel([10, 20], [10, 20])

    def test_says_when_rates_are_per_nothing(self) -> None:
        with pytest.raises(ValueError, match="per a positive number"):
            rate_funnel([1, 2], [10, 10], multiplier=0)

    def test_says_when_there_are_no_exact_limits(self) -> None:
        with pytest.raises(ValueError, match="no exact limits"):
            rate_funnel([2, 1], [1, 1], multiplier=1, target=1e10)

    @pytest.mark.parametrize("size", [0, -1, float("nan")])
    def test_says_where_there_are_no_limits(self, size: float) -> None:
        with pytest.raises(ValueError, match="size"):
            rate_funnel([2, 1], [10, 10]).limits(size)

"""Harm: worked figures, the interval of weighted sums against a published answer, the sets of weights, and what is refused."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import gamma

from wardstats.methods import (
    Dispersion,
    HarmWeights,
    UnknownCategory,
    UnknownWeights,
    all_harm_weights,
    harm_weights,
    weighted_harm,
)

POLICE_UK = {
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
}
WEST_MIDLANDS = harm_weights("cchi-2026-west-midlands")
COUNTS = st.dictionaries(st.sampled_from(sorted(POLICE_UK)), st.integers(0, 5000), min_size=1)


def made(days: dict[str, float]) -> HarmWeights:
    return HarmWeights("made", "made for a test", 2026, "days", "none", "none", "by hand", days)


class TestHarm:
    def test_adds_up_by_hand(self) -> None:
        found = weighted_harm({"Burglary": 10, "Robbery": 2, "Shoplifting": 100}, WEST_MIDLANDS)
        assert found.harm == pytest.approx(10 * 246.78 + 2 * 365 + 100 * 1)
        assert (found.count, found.heaviest) == (112, "Robbery")
        assert found.without_heaviest == pytest.approx(2567.8)
        assert [part.category for part in found.parts] == ["Burglary", "Robbery", "Shoplifting"]
        assert found.per_crime == pytest.approx(found.harm / 112)

    def test_interval_rests_on_the_squares_of_the_weights(self) -> None:
        """scipy's gamma distribution of the mean and variance of the harm, as Fay and Feuer 1997 write it."""
        found = weighted_harm({"Burglary": 10, "Robbery": 2, "Shoplifting": 100}, WEST_MIDLANDS)
        harm, variance = found.harm, 10 * 246.78**2 + 2 * 365**2 + 100
        lower = gamma.ppf(0.025, harm**2 / variance, scale=variance / harm)
        harm, variance = harm + 365, variance + 365**2
        upper = gamma.ppf(0.975, harm**2 / variance, scale=variance / harm)
        assert (found.interval.lower, found.interval.upper) == pytest.approx((lower, upper))

    @pytest.mark.parametrize(("count", "lower", "upper"), [(5, 1.6235, 11.6683), (9, 4.1154, 17.0848)])
    def test_is_the_exact_interval_of_the_count_where_all_weigh_the_same(
        self, count: int, lower: float, upper: float
    ) -> None:
        """Garwood 1936, times seven."""
        found = weighted_harm({"a": count}, made({"a": 7.0})).interval
        assert (found.lower, found.upper) == pytest.approx((7 * lower, 7 * upper), abs=2e-3)

    def test_interval_holds_the_truth_as_often_as_it_says(self) -> None:
        draw = np.random.default_rng(1)
        weights, means = made({"grave": 365.0, "light": 2.0}), (6, 300)
        found = [
            weighted_harm(dict(zip(("grave", "light"), draw.poisson(means).tolist(), strict=True)), weights).interval
            for _ in range(1000)
        ]
        assert 0.95 <= np.mean([each.contains(6 * 365 + 300 * 2) for each in found]) <= 0.985

    def test_one_homicide_is_as_uncertain_as_one_event(self) -> None:
        weights = harm_weights("cchi-2026-subgroups")
        found = weighted_harm({"Homicide": 1, "Shoplifting": 5475}, weights)
        thefts = weighted_harm({"Shoplifting": 10950}, weights)
        assert found.harm == thefts.harm
        wide, narrow = (each.interval.upper - each.interval.lower for each in (found, thefts))
        assert wide > 20 * narrow
        assert found.without_heaviest == 5475

    def test_has_an_answer_without_any_crime(self) -> None:
        found = weighted_harm({"Robbery": 0, "Shoplifting": 0}, WEST_MIDLANDS)
        assert (found.harm, found.heaviest, found.per_crime) == (0, None, None)
        assert found.interval.lower == 0
        assert found.interval.upper == pytest.approx(365 * 3.6889, rel=1e-4)

    def test_is_widened_by_a_dispersion_and_never_narrowed(self) -> None:
        counts = {"Burglary": 100}
        plain, wide, narrow = (
            weighted_harm(counts, WEST_MIDLANDS, dispersion=dispersion).interval
            for dispersion in (None, Dispersion(4.0, 11), Dispersion(0.5, 11))
        )
        assert wide.upper - wide.lower == pytest.approx(2 * (plain.upper - plain.lower), rel=0.05)
        assert narrow == plain

    @given(COUNTS, st.floats(0.01, 1000))
    def test_scales_with_the_weights(self, counts: dict[str, int], factor: float) -> None:
        days = dict(WEST_MIDLANDS.days)
        once = weighted_harm(counts, made(days))
        more = weighted_harm(counts, made({category: factor * weight for category, weight in days.items()}))
        assert more.harm == pytest.approx(factor * once.harm)
        assert more.interval.upper == pytest.approx(factor * once.interval.upper)
        assert once.interval.lower <= once.harm <= once.interval.upper
        assert once.without_heaviest <= once.harm

    def test_names_what_has_no_weight(self) -> None:
        counts = {"Robbery": 3, "Anti-social behaviour": 9, "Piracy": 1}
        with pytest.raises(UnknownCategory, match=r"no weight in Cambridge .* for: Anti-social behaviour, Piracy"):
            weighted_harm(counts, WEST_MIDLANDS)

    @pytest.mark.parametrize("wrong", [-1, nan, inf, 0.5])
    def test_refuses_what_is_no_count(self, wrong: float) -> None:
        with pytest.raises(ValueError, match="Robbery: not a count of crimes"):
            weighted_harm({"Robbery": wrong}, WEST_MIDLANDS)  # type: ignore[dict-item]  # what is refused is what the type forbids

    def test_refuses_nothing_at_all(self) -> None:
        with pytest.raises(ValueError, match="no categories"):
            weighted_harm({}, WEST_MIDLANDS)


class TestWeights:
    def test_every_set_says_what_it_is(self) -> None:
        for weights in all_harm_weights():
            assert str(weights.year) in weights.name
            assert weights.source
            assert weights.licence
            assert weights.made
            assert all(days > 0 for days in weights.days.values())
            assert harm_weights(weights.code) is weights

    @pytest.mark.parametrize(
        "code",
        [
            "cchi-2020-mean",
            "cchi-2020-median",
            "cchi-2026-west-midlands",
            "cchi-2026-south-yorkshire",
            "cchi-2026-staffordshire",
        ],
    )
    def test_knows_every_category_of_crime(self, code: str) -> None:
        assert set(harm_weights(code).days) == POLICE_UK

    def test_weighs_homicide_as_so_many_shop_thefts(self) -> None:
        days = harm_weights("cchi-2026-subgroups").days
        assert (days["Homicide"] / days["Shoplifting"], len(days)) == (5475, 23)

    def test_severity_leaves_out_what_nobody_could_weight(self) -> None:
        with pytest.raises(UnknownCategory, match="for: Violence and sexual offences"):
            weighted_harm({"Violence and sexual offences": 1, "Robbery": 1}, harm_weights("ons-severity"))

    def test_category_weights_lie_within_what_they_stand_for(self) -> None:
        for weights in all_harm_weights():
            for category, (least, most) in weights.ranges.items():
                assert least <= weights.days[category] <= most

    def test_cannot_be_written_to(self) -> None:
        with pytest.raises(TypeError):
            WEST_MIDLANDS.days["Robbery"] = 1.0  # type: ignore[index]  # what is refused is what the type forbids

    def test_names_the_sets_there_are(self) -> None:
        with pytest.raises(UnknownWeights, match="no harm weights are called 'cchi'; there are cchi-2020-mean, "):
            harm_weights("cchi")

"""Survey weights: against published fits, another package, and what must hold of any of them."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import (
    UnableToWeight,
    WeightLimits,
    design_effect,
    post_stratified,
    raked,
    representativeness,
)

AGE = ["young"] * 40 + ["older"] * 60
WARD = ["east"] * 30 + ["west"] * 10 + ["east"] * 20 + ["west"] * 40
HALVES = {"young": 0.5, "older": 0.5}
WARDS = {"east": 0.6, "west": 0.4}


class TestPostStratification:
    def test_gives_the_weights_of_the_r_package_survey(self) -> None:
        """R survey, example of postStratify: 144 elementary, 14 high and 25 middle schools of 4,421, 755 and 1,018.

        Its weights add up to the 6,194 schools: 30.70139, 53.92857 and 40.72.
        """
        groups = ["E"] * 144 + ["H"] * 14 + ["M"] * 25
        found = post_stratified(groups, {"E": 4421, "H": 755, "M": 1018}, fewest=14)
        weights = found.weights * 6194 / 183
        assert weights[[0, 150, 170]] == pytest.approx([30.70139, 53.92857, 40.72], abs=5e-6)

    def test_takes_several_traits_as_one_group(self) -> None:
        groups = [("women", "young")] * 30 + [("men", "young")] * 30
        found = post_stratified(groups, {("women", "young"): 2, ("men", "young"): 1})
        assert found.weights[[0, -1]] == pytest.approx([4 / 3, 2 / 3])

    @pytest.mark.parametrize(
        ("population", "message"),
        [
            ({"young": 1, "older": 1, "oldest": 1}, "nobody of oldest answered"),
            ({"young": 1, "older": 0}, "older has no people"),
            ({"young": 1}, "a respondent is in 'older'"),
            ({"young": 0, "older": 0}, "has no people"),
        ],
    )
    def test_refuses_groups_it_cannot_weight(self, population: dict[object, float], message: str) -> None:
        with pytest.raises(UnableToWeight, match=message):
            post_stratified(AGE, population)

    def test_refuses_thin_groups_unless_told_otherwise(self) -> None:
        groups = ["a"] * 29 + ["b"] * 71
        with pytest.raises(UnableToWeight, match="only 29 of a answered, fewer than 30"):
            post_stratified(groups, {"a": 1, "b": 1})
        assert post_stratified(groups, {"a": 1, "b": 1}, fewest=29).weights.sum() == pytest.approx(100)

    @pytest.mark.parametrize("wrong", [-1, nan, inf])
    def test_refuses_sizes_that_are_none(self, wrong: float) -> None:
        with pytest.raises(ValueError, match="groups: a value is"):
            post_stratified(AGE, {"young": 1, "older": wrong})

    def test_refuses_nobody(self) -> None:
        with pytest.raises(ValueError, match="nobody answered"):
            post_stratified([], HALVES)


class TestRaking:
    def test_gives_the_worked_table_of_iterative_proportional_fitting(self) -> None:
        """Wikipedia, "Iterative proportional fitting", example 1; the limit by ipfn 1.4.4, convergence_rate=1e-12."""
        table = np.array([[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]])
        row, column = (at.repeat(table.ravel()) for at in np.indices(table.shape).reshape(2, -1))
        rows, columns = [150, 300, 400, 150], [200, 300, 400, 100]
        found = raked(
            {"row": row, "column": column}, {"row": dict(enumerate(rows)), "column": dict(enumerate(columns))}
        )
        fitted = np.zeros(table.shape)
        np.add.at(fitted, (row, column), found.weights * 1_000 / table.sum())
        expected = [
            [64.5585, 46.2325, 35.3843, 3.8247],
            [49.9679, 68.1594, 156.4985, 25.3742],
            [56.7219, 144.4282, 145.0825, 53.7673],
            [28.7516, 41.18, 63.0347, 17.0337],
        ]
        assert fitted == pytest.approx(np.array(expected), abs=6e-5)

    def test_is_post_stratification_where_there_is_one_margin(self) -> None:
        assert raked({"age": AGE}, {"age": HALVES}).weights == pytest.approx(post_stratified(AGE, HALVES).weights)

    def test_keeps_within_limits_and_has_the_margins_still(self) -> None:
        limits = WeightLimits(0.6, 1.3)
        free = raked({"age": AGE, "ward": WARD}, {"age": HALVES, "ward": {"east": 0.64, "west": 0.36}}, fewest=1)
        assert free.weights.max() > 1.3
        held = raked(
            {"age": AGE, "ward": WARD},
            {"age": HALVES, "ward": {"east": 0.64, "west": 0.36}},
            fewest=1,
            limits=limits,
        )
        assert held.weights.min() >= 0.6
        assert held.weights.max() <= 1.3
        assert held.weights[:40].sum() == pytest.approx(50)
        assert held.weights[:30].sum() + held.weights[40:60].sum() == pytest.approx(64)
        assert held.at_limit == 30

    def test_trims_nothing_within_the_limits(self) -> None:
        free = raked({"age": AGE}, {"age": HALVES})
        held = raked({"age": AGE}, {"age": HALVES}, limits=WeightLimits())
        assert (held.at_limit, held.rounds) == (0, free.rounds)

    def test_refuses_limits_that_no_weights_keep(self) -> None:
        with pytest.raises(UnableToWeight, match=r"no weights within 0.9 to 1.1 times the mean"):
            raked({"age": AGE}, {"age": HALVES}, limits=WeightLimits(0.9, 1.1))

    def test_refuses_margins_that_no_weights_have(self) -> None:
        twice = {"young": 0.4, "older": 0.6}
        with pytest.raises(UnableToWeight, match="no weights have all the margins"):
            raked({"age": AGE, "again": AGE}, {"age": HALVES, "again": twice})

    def test_refuses_inconsistent_totals(self) -> None:
        with pytest.raises(UnableToWeight, match="the totals differ: age 100, ward 90 in the population"):
            raked({"age": AGE, "ward": WARD}, {"age": {"young": 50, "older": 50}, "ward": {"east": 50, "west": 40}})

    def test_refuses_what_does_not_go_together(self) -> None:
        with pytest.raises(ValueError, match="there is none"):
            raked({}, {})
        with pytest.raises(ValueError, match=r"\['age'\] answered"):
            raked({"age": AGE}, {"ward": WARDS})
        with pytest.raises(ValueError, match="100 and 99 values"):
            raked({"age": AGE, "ward": WARD[1:]}, {"age": HALVES, "ward": WARDS})
        with pytest.raises(ValueError, match="start: 100 and 2 values"):
            raked({"age": AGE}, {"age": HALVES}, start=[1, 2])
        with pytest.raises(ValueError, match="a value is nought"):
            raked({"age": AGE}, {"age": HALVES}, start=[0] * 100)
        with pytest.raises(ValueError, match="has no weight"):
            raked({"age": AGE}, {"age": HALVES}, fewest=0)

    @pytest.mark.parametrize("limits", [(1.0, 3.0), (0.3, 1.0), (-0.1, 3.0)])
    def test_refuses_limits_on_one_side_of_the_mean(self, limits: tuple[float, float]) -> None:
        with pytest.raises(ValueError, match="both sides"):
            WeightLimits(*limits)

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=9, max_size=60),
        st.lists(st.integers(1, 50), min_size=6, max_size=6),
        st.randoms(use_true_random=False),
    )
    def test_has_the_margins_whatever_the_order(
        self, extra: list[tuple[int, int]], people: list[int], random: object
    ) -> None:
        answers = [(a, b) for a in range(3) for b in range(3)] + extra
        share = [np.array(people[:3]) / sum(people[:3]), np.array(people[3:]) / sum(people[3:])]
        population = {"a": dict(enumerate(share[0])), "b": dict(enumerate(share[1]))}

        def weights(order: list[tuple[int, int]]) -> dict[tuple[int, int], float]:
            found = raked({"a": [a for a, _ in order], "b": [b for _, b in order]}, population, fewest=1).weights
            for at, trait in enumerate(("a", "b")):
                for category, size in population[trait].items():
                    held = sum(w for w, each in zip(found, order, strict=True) if each[at] == category)
                    assert held == pytest.approx(size * len(order), rel=1e-6)
            assert found.mean() == pytest.approx(1)
            return dict(zip(order, found.tolist(), strict=True))

        before = weights(answers)
        random.shuffle(answers)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
        assert weights(answers) == pytest.approx(before, rel=1e-6)


class TestDesignEffect:
    def test_is_one_plus_the_squared_variation_of_the_weights(self) -> None:
        """Kish 1965: 1 + L, L the relative variance of the weights."""
        weights = np.array([0.5, 1.0, 1.5, 2.0, 5.0])
        assert design_effect(weights) == pytest.approx(1 + weights.var() / weights.mean() ** 2)

    @given(st.lists(st.floats(0.01, 100), min_size=1, max_size=30), st.floats(0.001, 1000))
    def test_has_bounds_and_no_scale(self, weights: list[float], scale: float) -> None:
        effect = design_effect(weights)
        assert 1 - 1e-9 <= effect <= len(weights) + 1e-9
        assert design_effect(np.array(weights) * scale) == pytest.approx(effect)

    @pytest.mark.parametrize("wrong", [[], [0, 0], [1, nan], [-1, 2], [inf]])
    def test_refuses_what_are_no_weights(self, wrong: list[float]) -> None:
        with pytest.raises(ValueError, match="weights: "):
            design_effect(wrong)


class TestRepresentativeness:
    def test_puts_weighted_beside_unweighted(self) -> None:
        weights = post_stratified(AGE, HALVES).weights
        young, older = representativeness(AGE, {"young": 700, "older": 300}, weights=weights)
        assert (young.respondents, young.sample, young.population) == (40, 0.4, 0.7)
        assert (young.weighted, older.weighted) == pytest.approx((0.5, 0.5))
        assert young.difference == pytest.approx(-0.3)

    def test_shows_a_group_of_which_nobody_answered(self) -> None:
        missing = representativeness(AGE, {**HALVES, "oldest": 1.0})[2]
        assert (missing.respondents, missing.sample, missing.population, missing.weighted) == (0, 0.0, 0.5, None)

    def test_refuses_weights_of_others(self) -> None:
        with pytest.raises(ValueError, match="100 and 1 values"):
            representativeness(AGE, HALVES, weights=[1])

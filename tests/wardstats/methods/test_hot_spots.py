"""Hot spots against another package's values, against the formula written out, and against what must not matter."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from wardstats.methods import getis_ord, grid_neighbours, neighbours_within

PLACES = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
VALUES = [2, 3, 3.2, 5, 8, 7]
QUEEN = [
    -2.260724989, -0.9696011916, -0.6464007944, 0.8618677259, 0.2154669315, 1.1620549009, -2.1008025819, -1.1989778497,
    -0.4936967616, 1.7632027201, 1.1989778497, 1.4544017875, -1.3466683217, -1.3870528065, -0.117546848, 1.2459965889,
    1.2459965889, 0.5925340616, -1.3466683217, -1.1049403712, 0.7287904576, 1.1989778497, 1.7632027201, 0.6464007944,
    -1.3733376102, -0.8618677259, 0.7541342602, 0.2154669315, 0.8618677259, 0.2112827093,
]  # fmt: skip
ROOK = [
    -1.8314689175, -0.7394894824, 0.0845130837, 0.5282067731, 0.5915915859, 0.8977788811, -1.690261674, -1.6670235217,
    0.0096359741, 0.3565310422, 1.1659528677, 0.4648219604, -1.1831831718, -0.7997858514, 0.0674518188, 1.3972162465,
    1.3972162465, 0.5282067731, -0.6127198568, -1.2044967642, 0.6456102656, 1.1659528677, 0.3565310422, 0.6549763987,
    -1.8314689175, -0.4225654185, 0.274667522, 0.5915915859, 0.5282067731, 0.4668450182,
]  # fmt: skip


def written_out(values: list[float], weights: list[list[float]]) -> list[float]:
    """Ord and Getis' formula, one cell after another, as it stands in the paper."""
    cells = len(values)
    mean = sum(values) / cells
    spread = (sum(value * value for value in values) / cells - mean * mean) ** 0.5
    found = []
    for row in weights:
        total, squares = sum(row), sum(weight * weight for weight in row)
        above = sum(weight * value for weight, value in zip(row, values, strict=True)) - total * mean
        found.append(above / (spread * ((cells * squares - total * total) / (cells - 1)) ** 0.5))
    return found


class TestKnownAnswers:
    def test_gives_the_values_of_esda_for_points(self) -> None:
        """esda 2.9.0: G_Local(y, DistanceBand(points, threshold=15), transform="B", star=True, permutations=0).Zs."""
        found = getis_ord(VALUES, neighbours_within(PLACES, distance=15))
        expected = [
            -1.3972762620115442, -0.2891776156271273, 0.6506496351610379, -0.2891776156271273, 1.2345208835198738,
            2.024243309389896,
        ]  # fmt: skip
        assert found.z == pytest.approx(expected, rel=1e-12)

    def test_gives_twice_the_one_sided_p_of_esda(self) -> None:
        """The same call's p_norm is one-sided, in the direction that the data took."""
        found = getis_ord(VALUES, neighbours_within(PLACES, distance=15))
        assert found.p[[0, 5]] == pytest.approx([2 * 0.08116525565671923, 2 * 0.021472561709936267], rel=1e-10)

    @pytest.mark.parametrize(("diagonals", "expected"), [(True, QUEEN), (False, ROOK)])
    def test_gives_the_values_of_esda_for_a_grid(self, diagonals: bool, expected: list[float]) -> None:
        """esda 2.9.0 with libpysal 4.14.1: lat2W(5, 6, rook=False or True), transform="B", star=True."""
        at = np.arange(30)
        found = getis_ord(at * at * 7 % 31, grid_neighbours(5, 6, diagonals=diagonals))
        assert found.z == pytest.approx(expected, abs=1e-9)

    def test_brings_p_to_q_as_benjamini_and_hochberg_do(self) -> None:
        """Islands, so that z is the plain deviate: q is then the least n p / rank from the largest p down, by hand."""
        found = getis_ord([0, 0, 0, 0, 10], np.eye(5))
        assert found.z == pytest.approx([-0.5, -0.5, -0.5, -0.5, 2.0])
        assert found.p == pytest.approx([0.6170750774519738] * 4 + [0.04550026389635842])
        assert found.q == pytest.approx([0.6170750774519738] * 4 + [5 * 0.04550026389635842])

    def test_finds_a_planted_hot_and_a_planted_cold_place_and_little_else(self) -> None:
        values = np.random.default_rng(7).poisson(20, size=(30, 30))
        values[5:8, 5:8] += 40
        values[20:23, 20:23] = 0
        found = getis_ord(values.ravel(), grid_neighbours(30, 30))
        assert found.hot.reshape(30, 30)[5:8, 5:8].all()
        assert found.cold.reshape(30, 30)[20:23, 20:23].all()
        assert found.hot.sum() + found.cold.sum() < 70

    @pytest.mark.parametrize(("events", "least", "most"), [(20, 0, 0.1), (1, 0.1, 0.3), (0.05, 0.7, 1)])
    def test_calls_something_where_there_is_nothing_as_often_as_its_docstring_admits(
        self, events: float, least: float, most: float
    ) -> None:
        """Maps without any hot spot, by the events in a cell: 5% with many, far more where they are rare."""
        generator, around = np.random.default_rng(3), grid_neighbours(30, 30)
        found = [getis_ord(generator.poisson(events, 900), around) for _ in range(300)]
        assert least <= sum(bool((each.hot | each.cold).any()) for each in found) / 300 <= most


class TestPermutations:
    @pytest.mark.parametrize("events", [20, 1, 0.05])
    def test_calls_something_where_there_is_nothing_on_no_more_maps_than_asked_for(self, events: float) -> None:
        """Maps like those that the normal distribution judges above, 5% asked for."""
        generator, around = np.random.default_rng(3), grid_neighbours(30, 30)
        found = [getis_ord(generator.poisson(events, 900), around, generator=generator) for _ in range(60)]
        assert sum(bool((each.hot | each.cold).any()) for each in found) / 60 <= 0.05
        assert {each.permutations for each in found} == {35_999}

    def test_still_finds_what_was_planted_among_rare_events(self) -> None:
        values = np.random.default_rng(7).poisson(0.3, size=(30, 30))
        values[5:8, 5:8] += 4
        found = getis_ord(values.ravel(), grid_neighbours(30, 30), generator=np.random.default_rng(1))
        hot = found.hot.reshape(30, 30)
        assert hot[5:8, 5:8].all()
        assert hot.sum() < 30
        assert not found.cold.any()

    def test_comes_to_the_normal_distribution_where_events_are_many(self) -> None:
        values = np.random.default_rng(2).poisson(200, 900)
        plain = getis_ord(values, grid_neighbours(30, 30))
        dealt = getis_ord(values, grid_neighbours(30, 30), generator=np.random.default_rng(1))
        assert dealt.z.tolist() == plain.z.tolist()
        assert plain.permutations is None
        assert dealt.p == pytest.approx(plain.p, abs=0.02)

    def test_gives_the_share_of_all_deals_where_they_can_be_counted(self) -> None:
        """Cell 5 and its one neighbour have the highest of the fifteen pairs, cell 0 and its own the lowest."""
        found = getis_ord(VALUES, neighbours_within(PLACES, distance=15), generator=np.random.default_rng(4))
        assert found.p[5] == pytest.approx(2 / 15, abs=0.01)

    def test_gives_the_same_again_from_the_same_seed(self) -> None:
        around = neighbours_within(PLACES, distance=15)
        one, other = (getis_ord(VALUES, around, generator=np.random.default_rng(9)) for _ in range(2))
        assert one.p.tolist() == other.p.tolist()

    @pytest.mark.parametrize("unit", [1e-300, 3.0, 1e300])
    def test_is_the_same_in_another_unit(self, unit: float) -> None:
        around = neighbours_within(PLACES, distance=15)
        plain = getis_ord(VALUES, around, generator=np.random.default_rng(9))
        other = getis_ord(np.array(VALUES) * unit, around * 7.0, generator=np.random.default_rng(9))
        assert other.p.tolist() == plain.p.tolist()

    def test_says_nothing_of_a_cell_to_which_all_count_alike(self) -> None:
        found = getis_ord([0.1, 0.2, 0.7], np.full((3, 3), 0.1), generator=np.random.default_rng(1))
        assert found.p.tolist() == [1, 1, 1]

    def test_refuses_permutations_that_nobody_draws_or_none(self) -> None:
        with pytest.raises(ValueError, match="999 permutations without a generator"):
            getis_ord([1, 2, 3], np.eye(3), permutations=999)
        with pytest.raises(ValueError, match="no test without permutations: 0"):
            getis_ord([1, 2, 3], np.eye(3), generator=np.random.default_rng(1), permutations=0)


class TestWhatMustNotMatter:
    values = st.lists(st.integers(-50, 50), min_size=12, max_size=12).filter(lambda drawn: len(set(drawn)) > 1)
    weights = st.lists(st.integers(0, 4), min_size=144, max_size=144)

    @settings(max_examples=60, deadline=None)
    @given(values, weights)
    def test_is_the_formula_written_out_for_any_weights(self, values: list[int], weights: list[int]) -> None:
        table = np.array(weights, dtype=float).reshape(12, 12) + np.eye(12)
        uneven = table.min(axis=1) != table.max(axis=1)
        found = getis_ord(values, csr_array(table))
        expected = written_out([float(value) for value in values], table[uneven].tolist())
        assert found.z[uneven] == pytest.approx(expected, rel=1e-9, abs=1e-9)
        assert not found.z[~uneven].any()
        assert ((found.p <= found.q) & (found.q <= 1)).all()

    @settings(max_examples=40, deadline=None)
    @given(values, st.sampled_from([1e-300, 1e-9, 3.0, 1e300]), st.floats(-5, 5))
    def test_is_the_same_in_another_unit_and_from_another_nought(
        self, values: list[int], unit: float, nought: float
    ) -> None:
        around = grid_neighbours(3, 4)
        plain = getis_ord(values, around)
        other = getis_ord((np.array(values) + nought) * unit, around)
        assert other.z == pytest.approx(plain.z, rel=1e-8, abs=1e-8)
        assert getis_ord(-np.array(values), around).z == pytest.approx(-plain.z, abs=1e-9)

    @settings(max_examples=40, deadline=None)
    @given(values, st.permutations(range(12)))
    def test_is_the_same_in_another_order(self, values: list[int], order: list[int]) -> None:
        around = grid_neighbours(3, 4)
        plain = getis_ord(values, around)
        other = getis_ord(np.array(values)[order], around[order][:, order])
        assert other.z == pytest.approx(plain.z[order], rel=1e-9, abs=1e-9)
        assert other.q == pytest.approx(plain.q[order], rel=1e-9, abs=1e-9)

    def test_is_the_same_with_the_weights_of_every_cell_brought_to_one(self) -> None:
        """Where esda 2.9.0 puts the row sum in the place of the sum of squares and gives another z."""
        around = neighbours_within(PLACES, distance=15)
        shares = csr_array(around / around.sum(axis=1)[:, None])
        assert getis_ord(VALUES, shares).z == pytest.approx(getis_ord(VALUES, around).z)

    def test_leaves_what_it_was_given_alone_and_its_own_answer_too(self) -> None:
        values, around = np.array(VALUES), csr_array(np.eye(6) * 2 + np.eye(6, k=1))
        before = around.toarray()
        found = getis_ord(values, around)
        assert (around.toarray() == before).all()
        assert values.tolist() == VALUES
        for array in (found.z, found.p, found.q, found.neighbours):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1


class TestEdges:
    def test_holds_an_island_against_all_by_its_own_value(self) -> None:
        found = getis_ord([1, 2, 3, 10], np.eye(4))
        assert found.z == pytest.approx((np.array([1, 2, 3, 10]) - 4) / np.std([1, 2, 3, 10]))
        assert found.neighbours.tolist() == [1, 1, 1, 1]

    @pytest.mark.parametrize("weight", [1.0, 0.1, 1 / 3])
    def test_says_nothing_of_a_cell_to_which_all_count_alike(self, weight: float) -> None:
        found = getis_ord([0.1, 0.2, 0.7], np.full((3, 3), weight))
        assert found.z.tolist() == [0, 0, 0]
        assert found.p.tolist() == found.q.tolist() == [1, 1, 1]
        assert not (found.hot | found.cold).any()

    @pytest.mark.parametrize(
        ("values", "said"),
        [
            ([], "fewer than two"),
            ([4], "fewer than two"),
            ([[1, 2], [3, 4]], "2 dimensions"),
            ([1, float("nan"), 2], "missing or infinite"),
            ([1, float("inf"), 2], "missing or infinite"),
            ([0, 0, 0], "all values are equal"),
            ([0.1, 0.1, 0.1], "all values are equal"),
            ([1, 2], "shape"),
        ],
    )
    def test_refuses_values_that_cannot_be_compared(self, values: list[float], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            getis_ord(values, np.eye(3))

    @pytest.mark.parametrize(
        ("weights", "said"),
        [
            (np.eye(3)[:2], "shape"),
            (np.ones((3, 3)) - np.eye(3), "own neighbours"),
            (np.zeros((3, 3)), "own neighbours"),
            (np.eye(3) - np.eye(3, k=1), "negative, missing or infinite"),
            (np.eye(3) * float("nan"), "negative, missing or infinite"),
            (np.eye(3) + np.diag([float("inf")] * 2, k=1), "negative, missing or infinite"),
        ],
    )
    def test_refuses_weights_that_are_none(self, weights: np.ndarray, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            getis_ord([1, 2, 3], csr_array(weights))

    @pytest.mark.parametrize("rate", [0, 1, -0.1, float("nan")])
    def test_refuses_a_rate_that_is_no_share(self, rate: float) -> None:
        with pytest.raises(ValueError, match="share between 0 and 1"):
            getis_ord([1, 2, 3], np.eye(3), false_discovery_rate=rate)


class TestNeighbours:
    @settings(max_examples=30, deadline=None)
    @given(st.integers(1, 7), st.integers(1, 7))
    def test_of_a_grid_are_those_within_one_step_or_a_diagonal(self, rows: int, columns: int) -> None:
        centres = [(row, column) for row in range(rows) for column in range(columns)]
        for diagonals, distance in ((True, 1.5), (False, 1.0)):
            around = grid_neighbours(rows, columns, diagonals=diagonals)
            assert (around != neighbours_within(centres, distance=distance)).nnz == 0

    def test_inside_a_district_are_those_of_the_grid_that_are_left(self) -> None:
        inside = np.array([[True, True, False], [False, True, True]])
        kept = np.flatnonzero(inside)
        whole = grid_neighbours(2, 3).toarray()
        assert (grid_neighbours(2, 3, inside=inside).toarray() == whole[np.ix_(kept, kept)]).all()

    @settings(max_examples=30, deadline=None)
    @given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=1, max_size=30), st.integers(1, 6))
    def test_within_a_distance_are_told_pair_by_pair_and_include_its_end(
        self, places: list[tuple[int, int]], distance: int
    ) -> None:
        expected = [[(ax - bx) ** 2 + (ay - by) ** 2 <= distance**2 for bx, by in places] for ax, ay in places]
        assert (neighbours_within(places, distance=distance).toarray() == np.array(expected)).all()

    @pytest.mark.parametrize(("rows", "columns"), [(0, 3), (3, 0), (-1, 3)])
    def test_of_no_grid_are_refused(self, rows: int, columns: int) -> None:
        with pytest.raises(ValueError, match="no cell"):
            grid_neighbours(rows, columns)

    @pytest.mark.parametrize("inside", [[True, False], [[False, False], [False, False]]])
    def test_inside_nothing_are_refused(self, inside: list[object]) -> None:
        with pytest.raises(ValueError, match="cells inside"):
            grid_neighbours(2, 2, inside=inside)

    @pytest.mark.parametrize(
        ("points", "distance", "said"),
        [
            ([], 5, "two coordinates"),
            ([1, 2], 5, "two coordinates"),
            ([(1, 2, 3)], 5, "two coordinates"),
            ([(1, float("nan"))], 5, "missing or infinite"),
            ([(1, float("inf"))], 5, "missing or infinite"),
            ([(1, 2)], 0, "positive number"),
            ([(1, 2)], -1, "positive number"),
            ([(1, 2)], float("nan"), "positive number"),
            ([(1, 2)], float("inf"), "positive number"),
        ],
    )
    def test_of_no_points_or_within_no_distance_are_refused(
        self, points: list[object], distance: float, said: str
    ) -> None:
        with pytest.raises(ValueError, match=said):
            neighbours_within(points, distance=distance)

"""Local Moran against another package's values, against every deal that there is, and against what must not matter."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from wardstats.methods import LocalMoran, Quadrant, grid_neighbours, local_morans_i, neighbours_within
from wardstats.methods.hot_spots import Neighbours

AT = np.arange(30)
VALUES = AT * AT * 7 % 31
QUEEN = [
    1.3273966755, 0.1846980976, -1.2275807786, -0.8450305504, -0.053931535, 0.3818538381, 0.7014194616, 0.2713986499,
    -0.0393653779, -0.2241988847, 0.1997285146, -0.1760319112, -0.3078817471, 0.2786527122, -0.0120901038, 0.3053476614,
    0.3053476614, -0.1760319112, 0.3560100323, -0.182415486, -0.0666406521, 0.1997285146, -0.2241988847, 0.0519197417,
    0.5427972998, 0.1781984578, 0.1345580192, -0.053931535, -0.8450305504, -0.9188478882,
]  # fmt: skip
QUEEN_QUADRANTS = [3, 3, 4, 2, 4, 1, 3, 3, 4, 2, 1, 2, 4, 3, 2, 1, 1, 2, 3, 4, 2, 1, 2, 1, 3, 3, 1, 4, 2, 4]
ROOK = [
    1.1296992983, 0.1559139785, -1.0658635503, -1.0109261186, 0.0793110809, 0.2545692254, 0.7014194616, 0.6607967128,
    -0.0106392913, -0.1029109635, 0.2911296993, -0.0955601804, -0.4004242376, 0.1663598282, -0.0773766643, 0.5064302676,
    0.5064302676, -0.2418020758, 0.0831799141, -0.3292377064, -0.1005896635, 0.2911296993, -0.1029109635, 0.0723471811,
    1.0855945996, -0.0568718482, -0.1272846127, 0.0793110809, -1.0109261186, -1.0291096347,
]  # fmt: skip
ROOK_QUADRANTS = [3, 3, 4, 2, 1, 1, 3, 3, 4, 2, 1, 2, 4, 3, 2, 1, 1, 2, 3, 4, 2, 1, 2, 1, 3, 2, 4, 1, 2, 4]
PLACES = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
SIX = [2, 3, 3.2, 5, 8, 7]


def judged(values: object, around: Neighbours, seed: int = 1, **asked: float) -> LocalMoran:
    """With few permutations where these do not matter."""
    return local_morans_i(values, around, generator=np.random.default_rng(seed), **{"permutations": 99, **asked})


class TestKnownAnswers:
    @pytest.mark.parametrize(
        ("diagonals", "expected", "quadrants"), [(True, QUEEN, QUEEN_QUADRANTS), (False, ROOK, ROOK_QUADRANTS)]
    )
    def test_gives_the_values_of_esda_for_a_grid(
        self, diagonals: bool, expected: list[float], quadrants: list[int]
    ) -> None:
        """esda 2.9.0 with libpysal 4.14.1: Moran_Local(y, lat2W(5, 6, rook=False or True)), Is and q."""
        found = judged(VALUES, grid_neighbours(5, 6, diagonals=diagonals))
        assert found.i == pytest.approx(expected, abs=1e-9)
        assert found.quadrants.tolist() == quadrants

    def test_gives_the_values_of_esda_for_points(self) -> None:
        """The same with DistanceBand(points, threshold=15)."""
        found = judged(SIX, neighbours_within(PLACES, distance=15))
        expected = [
            0.32926829268292696, -0.08885017421602777, -0.8623693379790942, -0.019163763066202096, -0.08623693379790952,
            1.3222996515679442,
        ]  # fmt: skip
        assert found.i == pytest.approx(expected, rel=1e-12)
        assert found.quadrants.tolist() == [3, 2, 2, 4, 4, 1]

    @pytest.mark.parametrize("cell", [0, 3, 5, 28, 29])
    def test_gives_the_share_of_all_neighbourhoods_that_there_could_be(self, cell: int) -> None:
        """All ways to take its three or five neighbours from the other 29; esda's own p of cell 28 is 0.0658 for 0.0687."""
        values, around = VALUES + AT * 0.0137, grid_neighbours(5, 6)
        beside = [at for at in around[[cell]].indices if at != cell]
        sums = np.array([sum(taken) for taken in combinations(np.delete(values, cell), len(beside))])
        tails = np.mean(sums >= values[beside].sum() - 1e-9), np.mean(sums <= values[beside].sum() + 1e-9)
        found = judged(values, around, permutations=50_000)
        assert found.p[cell] == pytest.approx(2 * min(tails), abs=0.012)

    def test_finds_planted_clusters_and_a_planted_outlier(self) -> None:
        values = np.random.default_rng(7).normal(50, 5, size=(30, 30))
        values[5:9, 5:9] += 30
        values[20:24, 20:24] -= 30
        values[22, 22] += 60
        found = judged(values.ravel(), grid_neighbours(30, 30), permutations=35_999)
        by_place = {quadrant: found.among(quadrant).reshape(30, 30) for quadrant in Quadrant}
        assert by_place[Quadrant.HIGH_AMONG_HIGH][6:8, 5:9].all()
        assert by_place[Quadrant.LOW_AMONG_LOW][21, 20:24].all()
        assert by_place[Quadrant.HIGH_AMONG_LOW][22, 22]
        assert found.called.sum() < 75

    def test_calls_something_where_there_is_nothing_on_no_more_maps_than_asked_for(self) -> None:
        generator, around = np.random.default_rng(5), grid_neighbours(12, 12)
        found = [
            local_morans_i(generator.poisson(1, 144), around, generator=generator, permutations=9_999)
            for _ in range(60)
        ]
        assert sum(bool(each.called.any()) for each in found) / 60 <= 0.05


class TestWhatMustNotMatter:
    values = st.lists(st.integers(-50, 50), min_size=12, max_size=12).filter(lambda drawn: len(set(drawn)) > 1)

    @settings(max_examples=40, deadline=None)
    @given(values, st.lists(st.integers(0, 4), min_size=144, max_size=144))
    def test_is_the_formula_written_out_for_any_weights(self, values: list[int], weights: list[int]) -> None:
        table = np.array(weights, dtype=float).reshape(12, 12) * (1 - np.eye(12)) + np.eye(12, k=1) + np.eye(12, k=-1)
        found = judged(values, csr_array(table), permutations=9)
        z = np.array(values) - np.mean(values)
        shares = table / table.sum(axis=1)[:, np.newaxis]
        assert found.i == pytest.approx(11 * z * (shares @ z) / (z @ z), rel=1e-9, abs=1e-9)
        assert ((found.p > 0) & (found.p <= found.q) & (found.q <= 1)).all()
        assert found.neighbours.tolist() == np.count_nonzero(table, axis=1).tolist()

    @settings(max_examples=30, deadline=None)
    @given(values, st.sampled_from([1e-300, 3.0, 1e300]), st.sampled_from([1e-300, 7.0, 1e300]))
    def test_does_not_ask_for_the_unit_of_values_or_weights(
        self, values: list[int], unit: float, weight: float
    ) -> None:
        plain = judged(values, grid_neighbours(3, 4))
        other = judged(np.array(values) * unit, grid_neighbours(3, 4) * weight)
        turned = judged(-np.array(values), grid_neighbours(3, 4))
        assert other.i == pytest.approx(plain.i, rel=1e-9, abs=1e-12)
        assert other.p.tolist() == turned.p.tolist() == plain.p.tolist()
        assert turned.i == pytest.approx(plain.i, rel=1e-9, abs=1e-12)

    def test_gives_i_in_another_order_of_the_places(self) -> None:
        order = np.random.default_rng(3).permutation(30)
        around = grid_neighbours(5, 6)
        plain, other = judged(VALUES, around), judged(VALUES[order], around[order][:, order])
        assert other.i == pytest.approx(plain.i[order])
        assert other.quadrants.tolist() == plain.quadrants[order].tolist()

    def test_does_not_look_at_a_place_itself(self) -> None:
        around = grid_neighbours(5, 6)
        without = csr_array(around - csr_array(np.eye(30)))
        assert judged(VALUES, without).p.tolist() == judged(VALUES, around).p.tolist()

    def test_gives_the_same_again_from_the_same_seed_and_leaves_its_input_alone(self) -> None:
        values, around = np.array(SIX), neighbours_within(PLACES, distance=15)
        before = around.toarray()
        one, other = judged(values, around, seed=4), judged(values, around, seed=4)
        assert one.p.tolist() == other.p.tolist()
        assert (around.toarray() == before).all()
        assert values.tolist() == SIX
        for array in (one.i, one.quadrants, one.p, one.q, one.neighbours):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1


class TestEdges:
    def test_defines_islands_and_leaves_them_out_of_the_false_discoveries(self) -> None:
        """esda 2.9.0, DistanceBand(points, threshold=11): the same I, islands nought."""
        found = judged(SIX, neighbours_within(PLACES, distance=11))
        expected = [0.7996515679442511, 0.7996515679442511, 0, 0, 1.3222996515679442, 1.3222996515679442]
        assert found.i == pytest.approx(expected, rel=1e-12)
        assert found.neighbours.tolist() == [1, 1, 0, 0, 1, 1]
        assert found.p[2:4].tolist() == found.q[2:4].tolist() == [1, 1]
        assert found.quadrants.tolist() == [3, 3, 0, 0, 1, 1]
        assert found.q[found.p.argmin()] == pytest.approx(min(found.p.min() * 4, found.p[[0, 1, 4, 5]].max()))

    def test_calls_a_place_at_the_average_nothing(self) -> None:
        found = judged([1, 2, 3, 2, 1, 3], grid_neighbours(1, 6))
        assert found.i[[1, 3]].tolist() == [0, 0]
        assert found.p[[1, 3]].tolist() == [1, 1]
        assert found.quadrants[[1, 3]].tolist() == [Quadrant.NEITHER] * 2

    def test_deals_as_often_as_one_place_needs_to_be_called(self) -> None:
        found = local_morans_i(SIX, neighbours_within(PLACES, distance=15), generator=np.random.default_rng(1))
        assert found.permutations == 9_999

    @pytest.mark.parametrize(
        ("values", "weights", "said"),
        [
            ([], np.eye(3), "fewer than two"),
            ([4], np.eye(3), "fewer than two"),
            ([1, float("nan"), 2], np.ones((3, 3)), "missing or infinite"),
            ([1, float("inf"), 2], np.ones((3, 3)), "missing or infinite"),
            ([5, 5, 5], np.ones((3, 3)), "all values are equal"),
            ([1, 2], np.ones((3, 3)), "shape"),
            ([1, 2, 3], np.eye(3), "all places are islands"),
            ([1, 2, 3], np.zeros((3, 3)), "all places are islands"),
            ([1, 2, 3], -np.ones((3, 3)), "negative, missing or infinite"),
            ([1, 2, 3], np.full((3, 3), np.nan), "negative, missing or infinite"),
        ],
    )
    def test_refuses_what_cannot_be_compared(self, values: list[float], weights: np.ndarray, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            judged(values, csr_array(weights))

    @pytest.mark.parametrize("rate", [0, 1, -0.1, float("nan")])
    def test_refuses_a_rate_that_is_no_share(self, rate: float) -> None:
        with pytest.raises(ValueError, match="share between 0 and 1"):
            judged(SIX, neighbours_within(PLACES, distance=15), false_discovery_rate=rate)

    def test_refuses_to_judge_without_permutations(self) -> None:
        with pytest.raises(ValueError, match="without permutations: 0"):
            judged(SIX, neighbours_within(PLACES, distance=15), permutations=0)

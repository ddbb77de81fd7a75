"""Map accuracy: against the examples and the code of the package that crime analysts use, and what must always hold."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import MapAccuracy, MapScore, map_accuracy

CELLS = st.lists(
    st.tuples(st.integers(0, 6), st.integers(0, 9), st.integers(0, 9), st.integers(1, 4)), min_size=4, max_size=20
).filter(lambda cells: any(observed for _, observed, _, _ in cells))


def _scored(cells: list[tuple[int, int, int, int]], share: float = 1.0) -> MapAccuracy:
    predicted, observed, previous, areas = zip(*cells, strict=True)
    return map_accuracy(predicted, observed, previous=previous, areas=areas, share=share)


def _predicted(predicted: list[float], observed: list[int], share: float, areas: list[float] | None = None) -> MapScore:
    return map_accuracy(predicted, observed, previous=observed, areas=areas, share=share).predicted


class TestKnownAnswers:
    @pytest.mark.parametrize(
        ("flagged", "pai", "pei", "rri"), [(1, 2.0, 1.0, 3 / 6), (2, 1.5, 1.0, 5 / 9), (3, 1.0, 1.0, 6 / 9)]
    )
    def test_gives_what_ptools_tests_for(self, flagged: int, pai: float, pei: float, rri: float) -> None:
        """ptools (R), tests/testthat/test-pai.R, "simple pai check"."""
        score = _predicted([3, 2, 1], [6, 3, 0], flagged / 3)
        assert score.flagged == flagged
        assert (score.pai, score.pei, score.rri) == pytest.approx((pai, pei, rri))

    @pytest.mark.parametrize(
        ("flagged", "caught", "best", "rri"),
        [(1, 6, 7, 8 / 6), (2, 9, 13, 12 / 9), (3, 16, 16, 16 / 16), (4, 18, 18, 18 / 18), (6, 19, 19, 19 / 19)],
    )
    def test_follows_the_example_of_ptools(self, flagged: int, caught: int, best: int, rri: float) -> None:
        """ptools (R), the example of pai(): 7 and 3 crimes are predicted alike, and the 3 come first."""
        score = _predicted([8, 4, 4, 2, 1, 0], [6, 7, 3, 2, 1, 0], flagged / 6)
        assert (score.hit_rate.count, score.hit_rate.total) == (caught, 19)
        assert score.pai == pytest.approx(caught / 19 / (flagged / 6))
        assert (score.pei, score.rri) == pytest.approx((caught / best, rri))

    def test_goes_by_density_where_cells_differ_in_size(self) -> None:
        """The smaller cell has fewer predicted, but more for its area: 4 of 10 crimes in a tenth of the area."""
        score = _predicted([10, 3, 5], [5, 4, 1], 0.1, areas=[6, 1, 3])
        assert (score.flagged, score.area_share) == (1, 0.1)
        assert (score.pai, score.pei, score.rri) == pytest.approx((4.0, 1.0, 0.75))

    def test_lets_the_best_map_take_part_of_a_cell(self) -> None:
        """Half of the area holds 2 crimes as predicted; the best half is the cell with 6 and two thirds of the one with 3."""
        score = _predicted([0, 0, 9], [6, 3, 2], 0.5, areas=[1, 3, 4])
        assert score.hit_rate.count == 2
        assert score.pei == pytest.approx(2 / 9)
        score = _predicted([0, 9, 0], [6, 3, 2], 3 / 8, areas=[1, 3, 4])
        assert score.pei == pytest.approx(3 / (6 + 3 * 2 / 3))


class TestTies:
    def test_earn_nothing(self) -> None:
        """A map that is the same everywhere flags where least happened."""
        score = _predicted([1, 1, 1, 1], [5, 0, 3, 1], 0.5)
        assert score.hit_rate.count == 1

    def test_may_leave_nothing_to_compare_with_what_was_predicted(self) -> None:
        score = _predicted([2, 2, 0], [0, 4, 1], 1 / 3)
        assert (score.hit_rate.count, score.pai, score.pei, score.rri) == (0, 0, 0, None)

    @given(CELLS, st.sampled_from([0.5, 0.75, 1.0]))
    @settings(deadline=None)
    def test_never_flatter_a_map(self, cells: list[tuple[int, int, int, int]], share: float) -> None:
        """However ties are broken by small differences, cells of one size catch no less than we say."""
        predicted, observed, _, _ = zip(*cells, strict=True)
        broken = np.asarray(predicted, float) + np.linspace(0, 0.5, len(cells))
        ours = _predicted(list(predicted), list(observed), share)
        assert ours.hit_rate.count <= _predicted(broken.tolist(), list(observed), share).hit_rate.count


class TestProperties:
    @given(CELLS, st.randoms(), st.sampled_from([0.5, 0.8, 1.0]))
    @settings(deadline=None)
    def test_does_not_mind_the_order_of_the_cells(
        self, cells: list[tuple[int, int, int, int]], random: Random, share: float
    ) -> None:
        shuffled = list(cells)
        random.shuffle(shuffled)
        try:
            expected = _scored(cells, share)
        except ValueError:
            with pytest.raises(ValueError, match="larger than"):
                _scored(shuffled, share)
        else:
            found = _scored(shuffled, share)
            assert (found.predicted.hit_rate, found.benchmark.hit_rate) == (
                expected.predicted.hit_rate,
                expected.benchmark.hit_rate,
            )
            assert found.predicted.pei == pytest.approx(expected.predicted.pei)

    @given(CELLS, st.sampled_from([0.25, 2, 64]))
    @settings(deadline=None)
    def test_does_not_mind_the_unit_of_prediction_or_area(
        self, cells: list[tuple[int, int, int, int]], factor: float
    ) -> None:
        predicted, observed, previous, areas = (np.asarray(column) for column in zip(*cells, strict=True))
        before = map_accuracy(predicted, observed, previous=previous, areas=areas, share=1)
        after = map_accuracy(factor * predicted, observed, previous=previous, areas=factor * areas, share=1)
        assert after.predicted.hit_rate == before.predicted.hit_rate
        assert (after.predicted.pai, after.predicted.pei) == (before.predicted.pai, before.predicted.pei)
        assert after.benchmark == before.benchmark

    @given(CELLS, st.sampled_from([0.25, 0.5, 0.75]))
    @settings(deadline=None)
    def test_stays_within_its_bounds(self, cells: list[tuple[int, int, int, int]], share: float) -> None:
        predicted, observed, previous, _ = zip(*cells, strict=True)
        accuracy = map_accuracy(predicted, observed, previous=previous, share=share)
        for score in (accuracy.predicted, accuracy.benchmark):
            assert 0 <= score.pei <= 1
            assert 0 <= score.pai <= 1 / score.area_share + 1e-9
            assert score.area_share <= share + 1e-9
            assert score.pai_interval.contains(score.pai)

    @given(CELLS)
    @settings(deadline=None)
    def test_cannot_be_better_than_knowing(self, cells: list[tuple[int, int, int, int]]) -> None:
        observed = [crimes for _, crimes, _, _ in cells]
        score = _predicted([float(crimes) for crimes in observed], observed, 0.5)
        assert score.pei == pytest.approx(1)
        assert score.rri == pytest.approx(1)

    @given(CELLS)
    @settings(deadline=None)
    def test_is_all_of_it_where_everything_is_flagged(self, cells: list[tuple[int, int, int, int]]) -> None:
        score = _scored(cells, 1.0).predicted
        assert (score.hit_rate.value, score.flagged) == (1, len(cells))
        assert (score.pai, score.pei) == pytest.approx((1, 1))

    def test_scores_the_benchmark_by_the_same_rules(self) -> None:
        accuracy = map_accuracy([0, 1, 2, 3], [4, 3, 2, 1], previous=[0, 1, 2, 3], share=0.5)
        assert accuracy.predicted == accuracy.benchmark
        assert (accuracy.cells, accuracy.crimes) == (4, 10)

    def test_knows_a_map_of_one_cell(self) -> None:
        score = _predicted([3], [2], 1.0)
        assert (score.pai, score.pei, score.rri) == (1, 1, 1.5)


class TestRefusals:
    @pytest.mark.parametrize(
        ("predicted", "observed", "areas", "reason"),
        [
            ([], [], None, "observed: no places"),
            ([1, 2], [0, 0], None, "no crime to score"),
            ([1, 2], [1, -1], None, "observed: a value is negative"),
            ([1, -2], [1, 1], None, "predicted: a value is negative"),
            ([1, float("nan")], [1, 1], None, "predicted: a value is missing"),
            ([1, float("inf")], [1, 1], None, "predicted: a value is missing or infinite"),
            ([1, 2], [1, 1.5], None, "observed: a count is whole"),
            ([1, 2], [1, 1], [1, 0], "areas: a value is nought"),
            ([1, 2, 3], [1, 1], None, "predicted and observed: 3 and 2 values"),
            ([1, 2], [1, 1], [1, 1, 1], "areas and observed: 3 and 2 values"),
        ],
    )
    def test_says_what_is_wrong(
        self, predicted: list[float], observed: list[int], areas: list[float] | None, reason: str
    ) -> None:
        with pytest.raises(ValueError, match=reason):
            map_accuracy(predicted, observed, previous=[1] * len(observed), areas=areas, share=1)

    def test_says_what_is_wrong_with_the_benchmark(self) -> None:
        with pytest.raises(ValueError, match="previous and observed"):
            map_accuracy([1, 2], [1, 1], previous=[1], share=1)

    @pytest.mark.parametrize("share", [0, -0.5, 1.01, float("nan")])
    def test_says_what_is_no_share(self, share: float) -> None:
        with pytest.raises(ValueError, match="above 0 and at most 1"):
            _predicted([1, 2], [1, 1], share)

    def test_says_when_no_cell_fits(self) -> None:
        with pytest.raises(ValueError, match=r"larger than 10\.0% of the area"):
            _predicted([1, 2], [1, 1], 0.1)

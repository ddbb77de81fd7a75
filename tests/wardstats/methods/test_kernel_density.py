"""Kernel density against the plain sum over all events, against what must not matter, and at its edges."""

from __future__ import annotations

from math import pi

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import Grid, quartic_density
from wardstats.methods import kernel_density as module

SMALL = Grid(left=0, bottom=0, side=1, rows=5, columns=7)
LARGE = Grid(left=-4, bottom=-3, side=1, rows=14, columns=17)
somewhere = st.lists(st.tuples(st.floats(-6, 13), st.floats(-6, 11)), max_size=40)
wide_enough = st.floats(0.75, 9)


def summed(points: np.ndarray, grid: Grid, bandwidth: float) -> np.ndarray:
    """Every cell with every event, as Silverman's formula 4.5 stands, in the plane and with the bandwidth put in."""
    apart = np.square(grid.centres[:, None] - np.reshape(points, (-1, 2))[None]).sum(axis=2) / bandwidth**2
    hills = np.where(apart < 1, 3 / (pi * bandwidth**2) * (1 - apart) ** 2, 0)
    return hills.sum(axis=1).reshape(grid.rows, grid.columns)


class TestDensity:
    @settings(max_examples=150, deadline=None)
    @given(somewhere, wide_enough, st.sampled_from([SMALL, LARGE]))
    def test_is_the_plain_sum(self, points: list[tuple[float, float]], bandwidth: float, grid: Grid) -> None:
        found = quartic_density(points, grid=grid, bandwidth=bandwidth)
        assert found.density == pytest.approx(summed(np.array(points), grid, bandwidth), rel=1e-9, abs=1e-12)
        assert (found.density >= 0).all()
        assert (found.events, found.bandwidth, found.kernel) == (len(points), bandwidth, "quartic")

    def test_is_the_plain_sum_where_events_lie_on_the_borders_of_cells_and_of_the_reach(self) -> None:
        halves = np.arange(-12, 26) / 2
        points = np.array([(x, y) for x in halves for y in halves])
        for bandwidth in (0.75, 1.0, 1.5, 2.0, 2.5, 6.0):
            found = quartic_density(points, grid=LARGE, bandwidth=bandwidth)
            assert found.density == pytest.approx(summed(points, LARGE, bandwidth), rel=1e-9, abs=1e-12)

    def test_is_the_plain_sum_in_national_coordinates(self) -> None:
        grid = Grid(left=401_250.0, bottom=298_775.0, side=100.0, rows=30, columns=20)
        points = np.random.default_rng(2).uniform((401_000, 298_500), (403_500, 302_000), (3000, 2))
        found = quartic_density(points, grid=grid, bandwidth=275.0)
        assert found.density == pytest.approx(summed(points, grid, 275.0), rel=1e-8, abs=1e-15)

    def test_adds_up_over_several_blocks_of_events(self, monkeypatch: pytest.MonkeyPatch) -> None:
        points = np.random.default_rng(4).uniform(-2, 9, (100, 2))
        whole = quartic_density(points, grid=SMALL, bandwidth=2.0).density
        monkeypatch.setattr(module, "BLOCK", 7)
        assert quartic_density(points, grid=SMALL, bandwidth=2.0).density == pytest.approx(whole)

    def test_puts_three_over_pi_h_squared_on_top_of_one_event(self) -> None:
        """Silverman 1986, formula 4.5: K2(x) = 3/pi (1 - x'x)^2; half way out it is 9/16 of that."""
        found = quartic_density([(2.5, 2.5)], grid=SMALL, bandwidth=2.0).density
        assert found[2, 2] == pytest.approx(3 / (4 * pi))
        assert found[2, 3] == found[2, 1] == found[1, 2] == pytest.approx(3 / (4 * pi) * 9 / 16)
        assert found[2, 4] == found[0, 2] == 0

    def test_spreads_every_event_and_makes_none(self) -> None:
        fine = Grid(left=-5, bottom=-5, side=0.05, rows=200, columns=200)
        found = quartic_density([(0, 0), (1.01, 0.5)], grid=fine, bandwidth=2.0)
        assert found.density.sum() * 0.05**2 == pytest.approx(2, rel=1e-4)

    @settings(max_examples=40, deadline=None)
    @given(somewhere, wide_enough, st.sampled_from([0.001, 100.0]), st.randoms(use_true_random=False))
    def test_is_the_same_in_another_unit_and_in_another_order(
        self, points: list[tuple[float, float]], bandwidth: float, unit: float, shuffler: object
    ) -> None:
        plain = quartic_density(points, grid=SMALL, bandwidth=bandwidth).density
        mixed = np.reshape(sorted(points, reverse=True), (-1, 2)) * unit
        grid = Grid(left=0, bottom=0, side=unit, rows=5, columns=7)
        other = quartic_density(mixed, grid=grid, bandwidth=bandwidth * unit).density
        assert other * unit**2 == pytest.approx(plain, rel=1e-8, abs=1e-11)


class TestEdges:
    @pytest.mark.parametrize("points", [[], np.empty((0, 2)), [(500, 500)], [(-3.5, 2.5)]])
    def test_is_nought_where_no_event_reaches(self, points: object) -> None:
        assert not quartic_density(points, grid=SMALL, bandwidth=2.0).density.any()

    def test_counts_an_event_outside_the_grid_as_far_as_it_reaches(self) -> None:
        found = quartic_density([(-0.5, 2.5)], grid=SMALL, bandwidth=2.0).density
        assert found[2, 0] == pytest.approx(3 / (4 * pi) * 9 / 16)
        assert not found[:, 1:].any()

    def test_takes_a_bandwidth_far_wider_than_the_grid(self) -> None:
        found = quartic_density([(1, 1), (900, 1)], grid=SMALL, bandwidth=1e6)
        assert found.density == pytest.approx(np.full((5, 7), 2 * 3 / (pi * 1e12)), rel=1e-5)

    def test_cannot_be_written_to(self) -> None:
        found = quartic_density([(1, 1)], grid=SMALL, bandwidth=2.0)
        with pytest.raises(ValueError, match="read-only"):
            found.density[0, 0] = 1

    @pytest.mark.parametrize(
        ("points", "said"),
        [
            ([1, 2], "two coordinates"),
            ([(1, 2, 3)], "two coordinates"),
            ([(1, float("nan"))], "missing or infinite"),
            ([(float("inf"), 1)], "missing or infinite"),
        ],
    )
    def test_refuses_what_are_no_points(self, points: list[object], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            quartic_density(points, grid=SMALL, bandwidth=2.0)

    @pytest.mark.parametrize(
        ("bandwidth", "said"),
        [
            (0, "positive number"),
            (-1, "positive number"),
            (float("nan"), "positive number"),
            (float("inf"), "positive number"),
            (0.7, "loses events"),
        ],
    )
    def test_refuses_a_bandwidth_that_is_none_or_loses_events(self, bandwidth: float, said: str) -> None:
        with pytest.raises(ValueError, match=said):
            quartic_density([(1, 1)], grid=SMALL, bandwidth=bandwidth)

    @pytest.mark.parametrize(
        ("changed", "said"),
        [
            ({"rows": 0}, "no cell"),
            ({"columns": -1}, "no cell"),
            ({"side": 0}, "positive number"),
            ({"side": float("nan")}, "positive number"),
            ({"left": float("inf")}, "corner"),
            ({"bottom": float("nan")}, "corner"),
        ],
    )
    def test_refuses_what_is_no_grid(self, changed: dict[str, float], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            Grid(**{"left": 0, "bottom": 0, "side": 1, "rows": 2, "columns": 2, **changed})

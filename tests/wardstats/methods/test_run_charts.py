"""Anhøj's rules against his published table, and against the words of their definition."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import runs_analysis


@pytest.mark.parametrize(
    ("useful", "longest", "crossings"),
    [
        (10, 6, 2), (11, 6, 2), (12, 7, 3), (13, 7, 3), (14, 7, 4), (16, 7, 4), (17, 7, 5), (19, 7, 6), (22, 7, 7),
        (23, 8, 7), (24, 8, 8), (27, 8, 9), (29, 8, 10), (31, 8, 11), (34, 8, 12), (41, 8, 15), (45, 8, 17), (46, 9, 17),
    ],
)  # fmt: skip
def test_allows_what_the_published_table_allows(useful: int, longest: int, crossings: int) -> None:
    """R qicharts2, vignette of 2017, appendix 2: critical values for longest run and number of crossings."""
    found = runs_analysis([at % 2 for at in range(useful)], centre=0.5)
    assert found is not None
    assert (found.useful, found.longest_allowed, found.crossings_needed) == (useful, longest, crossings)
    assert (found.longest_run, found.crossings, found.has_signal) == (1, useful - 1, False)


def test_sees_a_run_that_is_too_long_and_no_sooner() -> None:
    for long, signal in ((7, False), (8, True)):
        series = [2] * long + [0, 2] * 6 + [0] * (20 - 12 - long)
        found = runs_analysis(series, centre=1)
        assert found is not None
        assert (found.useful, found.longest_run) == (20, long)
        assert found.has_signal is signal


def test_sees_too_few_crossings_where_no_run_is_too_long() -> None:
    found = runs_analysis([2] * 6 + [0] * 6 + [2] * 6 + [0] * 6, centre=1)
    assert found is not None
    assert (found.longest_run, found.longest_allowed, found.crossings, found.crossings_needed) == (6, 8, 3, 8)
    assert found.has_signal


def test_leaves_out_points_on_the_line_and_missing_ones() -> None:
    plain = runs_analysis([0, 2, 2, 0, 0, 2, 0, 2, 2, 2, 0, 0], centre=1)
    assert plain == runs_analysis([0, 2, 1, 2, 0, None, 0, 2, 0, 1, 2, 2, 2, None, 0, 0], centre=1)


def test_takes_the_median_for_the_line() -> None:
    found = runs_analysis([5, 1, 9, 2, 8, 3, 7, 4, 6, 5, 5, 1, 9])
    assert found is not None
    assert (found.centre, found.useful) == (5, 10)


@pytest.mark.parametrize("values", [[], [None] * 20, [4] * 20, [0, 2] * 4 + [0], [1] * 30 + [0, 2]])
def test_says_nothing_of_fewer_than_ten_useful_points(values: list[float | None]) -> None:
    assert runs_analysis(values, centre=1 if values and values[0] == 0 else None) is None


@pytest.mark.parametrize(("values", "centre"), [([float("nan")], None), ([float("inf")], None), ([1], float("nan"))])
def test_refuses_what_is_no_number(values: list[float], centre: float | None) -> None:
    with pytest.raises(ValueError, match="infinite or not a number"):
        runs_analysis(values, centre=centre)


def test_seldom_calls_a_series_of_chance() -> None:
    """24 points without any shift, 2,000 times: one in sixteen about a line known before, one in forty about the median."""
    draws = np.random.default_rng(8).normal(size=(2000, 24))
    for centre, most in ((0.0, 0.1), (None, 0.05)):
        found = [runs_analysis(draw.tolist(), centre=centre) for draw in draws]
        assert 0.01 < sum(each is not None and each.has_signal for each in found) / 2000 < most


@settings(max_examples=50, deadline=None)
@given(st.lists(st.integers(-20, 20), min_size=0, max_size=50), st.integers(1, 9), st.integers(-30, 30))
def test_does_not_ask_for_unit_nought_or_direction(values: list[int], unit: int, nought: int) -> None:
    plain, other = runs_analysis(values), runs_analysis([nought - unit * value for value in reversed(values)])
    if plain is None:
        assert other is None
        return
    assert other is not None
    assert (plain.longest_run, plain.crossings, plain.has_signal) == (
        other.longest_run,
        other.crossings,
        other.has_signal,
    )
    assert plain.longest_run + plain.crossings <= plain.useful

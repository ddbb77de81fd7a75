"""The scan test against the distribution of the range, against many dealt periods, and by counting."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import Scan, scan_test


def scan(times: list[float] | np.ndarray, *, window: float = 0.1, start: float = 0, end: float = 1) -> Scan:
    return scan_test(times, window=window, start=start, end=end)


@pytest.mark.parametrize("events", [2, 3, 7])
@pytest.mark.parametrize("window", [0.05, 0.3, 0.5])
def test_gives_the_distribution_of_the_range_where_all_are_together(events: int, window: float) -> None:
    """The chance that all points lie within a window is n w^(n - 1) - (n - 1) w^n: the distribution of the range."""
    found = scan(np.linspace(0.2, 0.2 + window / 2, events), window=window)
    assert found.most == events
    assert found.p == pytest.approx(events * window ** (events - 1) - (events - 1) * window**events)


@pytest.mark.parametrize("window", [0.05, 0.3, 0.5])
def test_gives_the_distribution_of_the_least_gap_of_three(window: float) -> None:
    """That two of three points are less than a window apart has the chance 1 - (1 - 2 w)^3."""
    assert scan([0.1, 0.1 + window / 2, 0.1 + window * 1.2], window=window).p == pytest.approx(
        1 - (1 - 2 * window) ** 3
    )


@pytest.mark.parametrize("most", [6, 7, 8])
def test_is_as_rare_as_in_periods_dealt_anew(most: int) -> None:
    """Twenty events and a window of a tenth: 40,000 periods of chance."""
    dealt = np.sort(np.random.default_rng(1).random((40_000, 20)), axis=1)
    simulated = (dealt[:, most - 1 :] - dealt[:, : 21 - most] < 0.1).any(axis=1).mean()
    found = scan([*np.linspace(0.01, 0.05, most), *np.linspace(0.2, 0.99, 20 - most)])
    assert found.most == most
    assert found.p == pytest.approx(simulated, rel=0.1, abs=0.001)


def test_says_where_the_busiest_window_begins() -> None:
    found = scan([9, 3, 3.5, 3.9, 20, 21], window=1, start=0, end=30)
    assert (found.events, found.most, found.begins, found.window) == (6, 3, 3, 1)


def test_a_week_of_whole_days_takes_in_seven() -> None:
    assert scan([10, 16], window=7, end=365).most == 2
    assert scan([10, 17], window=7, end=365).most == 1
    assert scan([10, 17], window=7, end=365).p == 1


@settings(max_examples=100, deadline=None)
@given(st.lists(st.integers(0, 364), min_size=2, max_size=40))
def test_minds_neither_order_nor_unit(days: list[int]) -> None:
    found = scan(days, window=7, end=365)
    assert 0 <= found.p <= 1
    assert scan(sorted(days, reverse=True), window=7, end=365) == found
    hours = scan([24 * day for day in days], window=7 * 24, end=365 * 24)
    assert (hours.most, hours.p) == (found.most, pytest.approx(found.p))
    assert found.most == max(sum(day <= other < day + 7 for other in days) for day in days)


@pytest.mark.parametrize(
    ("times", "window", "end", "said"),
    [
        ([], 1, 10, "nothing can come together"),
        ([1], 1, 10, "nothing can come together"),
        ([1, 10], 1, 10, "outside the period"),
        ([-1, 1], 1, 10, "outside the period"),
        ([1, np.nan], 1, 10, "missing"),
        ([[1, 2]], 1, 10, "one row"),
        (["noon", 1], 1, 10, "one row"),
        ([1, 2], 0, 10, "window"),
        ([1, 2], 6, 10, "window"),
        ([1, 2], np.nan, 10, "window"),
        ([1, 2], 1, 0, "period has a length"),
        ([1, 2], 1, np.inf, "period has a length"),
    ],
)
def test_refuses(times: list[float], window: float, end: float, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        scan(times, window=window, end=end)

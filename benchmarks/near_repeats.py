"""How long Knox's test takes, beside pointpats with the same statistic, and on ten times as many events.

Both goals use invented events and 999 permutations, on one thread. Beside pointpats: 5,000 events, one distance and one
span of days, which is all that it does at a time; that both count the same pairs is checked. Large: 50,000 events, half of them
in clusters and one in twenty at the place of another, in a grid of five distances and four spans of days up to 400 metres.

Run, with pointpats installed for the first goal (it is no dependency of the project)::

    python -m benchmarks.near_repeats
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from wardstats.methods import NearRepeats, knox_test

PERMUTATIONS, DISTANCE, DAYS = 999, 200.0, 14
FASTER, MOST_SECONDS = 20, 30
GRID_DISTANCES, GRID_DAYS = (100.0, 200.0, 300.0, 400.0), (7, 14, 21, 28)

Events = tuple[NDArray[np.float64], NDArray[np.int64]]


def main() -> None:
    """Measure both goals and print a line for each."""
    goals = [beside_pointpats(), large()]
    if not all(goals):
        raise SystemExit("A goal was missed.")


def beside_pointpats() -> bool:
    """5,000 events in a square of ten kilometres over a year: one cell."""
    chance = np.random.default_rng(1)
    places, dates = chance.random((5_000, 2)) * 10_000, chance.integers(0, 365, 5_000)
    found, ours = timed(lambda: tested((places, dates), (DISTANCE,), (DAYS,)), times=3)
    statistic = sum(row[0].observed for row in found.bands)
    print(f"5,000 events, {statistic:,} pairs within {DISTANCE:g} m and {DAYS} days: ours {ours:.2f} s", flush=True)
    try:
        knox = importlib.import_module("pointpats").Knox
    except ImportError:
        print("absent  pointpats is not installed: nothing to compare with")
        return True
    # It counts up to and including the days that it is given.
    peer, theirs = timed(
        lambda: knox(places, dates[:, np.newaxis], DISTANCE, DAYS - 1, permutations=PERMUTATIONS), times=1
    )
    if peer.statistic_ != statistic:
        raise SystemExit(f"pointpats counts {peer.statistic_:,} pairs")
    print(f"pointpats {theirs:.2f} s; p {found.near[0][0].p_value:.3f} ours, {peer.p_sim:.3f} pointpats")
    return said(f"times faster than pointpats {theirs / ours:.0f}, at least {FASTER}", theirs / ours >= FASTER)


def large() -> bool:
    """50,000 events in a square of twenty kilometres over three years: the whole grid."""
    events = clustered(50_000)
    found, seconds = timed(lambda: tested(events, GRID_DISTANCES, GRID_DAYS), times=1)
    tree = cKDTree(events[0])
    pairs = (int(tree.count_neighbors(tree, GRID_DISTANCES[-1])) - len(events[0])) // 2
    print(
        f"50,000 events, {len(found.bands)} x {len(GRID_DAYS)} bands, {pairs:,} pairs within {GRID_DISTANCES[-1]:g} m"
    )
    return said(f"seconds {seconds:.1f}, at most {MOST_SECONDS}", seconds <= MOST_SECONDS)


def clustered(count: int) -> Events:
    """Half of the events anywhere, half around two hundred centres, and then one in twenty moved to the place of another."""
    chance = np.random.default_rng(2)
    places = chance.random((count, 2)) * 20_000
    half = count // 2
    places[:half] = places[chance.integers(half, half + 200, half)] + chance.normal(0, 300, (half, 2))
    again = chance.integers(0, count, count // 20)
    places[again] = places[chance.integers(0, count, len(again))]
    return places, chance.integers(0, 3 * 365, count)


def tested(events: Events, distances: tuple[float, ...], days: tuple[int, ...]) -> NearRepeats:
    """Our test with the permutations that both goals name."""
    generator = np.random.default_rng(3)
    return knox_test(*events, distance_ends=distances, day_ends=days, generator=generator, permutations=PERMUTATIONS)


def timed(run: Callable[[], Any], *, times: int) -> tuple[Any, float]:
    """What was found, and the shortest of so many runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        found = run()
        taken.append(time.perf_counter() - start)
    return found, min(taken)


def said(goal: str, reached: bool) -> bool:
    """Print whether the goal was reached."""
    print(f"{'reached' if reached else 'MISSED':8} {goal}", flush=True)
    return reached


if __name__ == "__main__":
    main()

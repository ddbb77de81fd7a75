"""Hot spots and density maps, against the packages that an analyst would take for them.

Gi* of 20,000 cells against esda's, both given their neighbours, and once more with the making of the neighbours against
libpysal's. The density of 50,000 events on a grid of 100 by 100 against the better of scipy's Gaussian and scikit-learn's
Epanechnikov tree, which has the same bandwidth and also ends at it. The least of several runs counts, in turns.

A peer that is not installed is named and its goal left open: pip install esda scikit-learn. Run::

    python -m benchmarks.hot_spots
"""

from __future__ import annotations

import time
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
from scipy.stats import gaussian_kde

from wardstats.methods import Grid, getis_ord, grid_neighbours, quartic_density

try:
    import esda
    import libpysal
except ImportError:
    esda = None
try:
    from sklearn.neighbors import KernelDensity as Tree
except ImportError:
    Tree = None

ROWS, COLUMNS = 125, 160
EVENTS, SIDE, BANDWIDTH = 50_000, 100.0, 300.0
TIMES_FASTER_SPOTS, TIMES_FASTER_DENSITY = 10, 3


def best_in_turns(*works: Callable[[], Any], times: int = 7) -> list[float]:
    """The least time of each piece of work, taken in turns so that a busy machine slows all of them."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for kept, work in zip(taken, works, strict=True):
            start = time.perf_counter()
            work()
            kept.append(time.perf_counter() - start)
    return [min(kept) for kept in taken]


def spots() -> bool:
    """Time Gi*, after seeing that both give the same z."""
    values = np.random.default_rng(1).poisson(4, ROWS * COLUMNS).astype(float)
    around = grid_neighbours(ROWS, COLUMNS)
    if esda is None:
        [ours] = best_in_turns(lambda: getis_ord(values, around))
        print(f"open     Gi* of {len(values):,} cells {ours * 1e3:.1f} ms; the peer, esda, is not installed")
        return True
    theirs_around = libpysal.weights.lat2W(ROWS, COLUMNS, rook=False)

    def theirs(made: Any) -> Any:
        return esda.G_Local(values, made, transform="B", star=True, permutations=0)

    np.testing.assert_allclose(getis_ord(values, around).z, theirs(theirs_around).Zs, rtol=1e-8, atol=1e-10)
    ours_took, theirs_took, ours_all, theirs_all = best_in_turns(
        lambda: getis_ord(values, around),
        lambda: theirs(theirs_around),
        lambda: getis_ord(values, grid_neighbours(ROWS, COLUMNS)),
        lambda: theirs(libpysal.weights.lat2W(ROWS, COLUMNS, rook=False)),
    )
    what = f"Gi* of {len(values):,} cells with false discoveries, against esda {esda.__version__} without"
    reached = judged(what, ours_took, theirs_took, TIMES_FASTER_SPOTS)
    return judged("the same with its neighbours made", ours_all, theirs_all, TIMES_FASTER_SPOTS) and reached


def density() -> bool:
    """Time the density of a town whose events lie in the middle for three fifths."""
    draw, side = np.random.default_rng(1), 100 * SIDE
    inner, outer = draw.normal(side / 2, 0.15 * side, (EVENTS * 3 // 5, 2)), draw.uniform(0, side, (EVENTS * 2 // 5, 2))
    points, grid = np.concatenate([inner, outer]), Grid(left=0, bottom=0, side=SIDE, rows=100, columns=100)
    peers: dict[str, Callable[[], Any]] = {"scipy": lambda: gaussian_kde(points.T)(grid.centres.T)}
    if Tree is not None:
        tree = Tree(kernel="epanechnikov", bandwidth=BANDWIDTH)
        peers["scikit-learn"] = lambda: tree.fit(points).score_samples(grid.centres)
    else:
        print("open     scikit-learn is not installed: the density is held against scipy alone")
    ours, *theirs = best_in_turns(
        lambda: quartic_density(points, grid=grid, bandwidth=BANDWIDTH), *peers.values(), times=3
    )
    for name, took in zip(peers, theirs, strict=True):
        print(f"         density by {name}: {took:.3f} s")
    what = f"density of {len(points):,} events on 100 by 100 cells, against the better"
    return judged(what, ours, min(theirs), TIMES_FASTER_DENSITY)


def judged(what: str, ours: float, theirs: float, goal: float) -> bool:
    """Print one line for a goal, and say whether it was reached."""
    ratio = theirs / ours
    print(
        f"{'reached' if ratio >= goal else 'MISSED':8} {what}: {ours * 1e3:.1f} ms and {theirs * 1e3:.1f} ms, "
        f"{ratio:.1f} times faster, at least {goal}"
    )
    return ratio >= goal


def main() -> None:
    """Measure both, and fail if a goal is missed."""
    warnings.simplefilter("ignore")  # the peers' own
    if not all([spots(), density()]):
        raise SystemExit("A goal was missed.")


if __name__ == "__main__":
    main()

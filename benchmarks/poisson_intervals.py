"""Exact Poisson intervals of every small area of England, beside statsmodels'.

33,755 areas with invented counts. The goal is for counts as areas have them, a few hundred different numbers, each of which is
computed once; what it costs where no two are alike, so that nothing is saved, is printed below it and is no goal. That both give
the same limits is checked. The least of several runs counts, in turns. Run::

    python -m benchmarks.poisson_intervals
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardstats.methods import CountLimits, count_intervals

try:
    from statsmodels.stats.rates import confint_poisson
except ImportError:
    confint_poisson = None

AREAS, TIMES_FASTER = 33_755, 1


def best_in_turns(*works: Callable[[], Any], times: int = 7) -> list[float]:
    """The least time of each piece of work, taken in turns so that a busy machine slows all of them."""
    taken: list[list[float]] = [[] for _ in works]
    for _ in range(times):
        for kept, work in zip(taken, works, strict=True):
            start = time.perf_counter()
            work()
            kept.append(time.perf_counter() - start)
    return [min(kept) for kept in taken]


def beside_statsmodels(counts: NDArray[np.int64]) -> tuple[float, float | None]:
    """The seconds of ours and of the peer, if it is there, on the same counts, after seeing that they agree."""

    def ours() -> Any:
        return count_intervals(counts, limits=CountLimits.EXACT)

    if confint_poisson is None:
        return best_in_turns(ours)[0], None

    def theirs() -> Any:
        return confint_poisson(counts, 1, method="exact-c")

    for mine, other in zip((ours().lower, ours().upper), theirs(), strict=True):
        np.testing.assert_allclose(mine, other, rtol=1e-10)
    ours_took, theirs_took = best_in_turns(ours, theirs)
    return ours_took, theirs_took


def main() -> None:
    """Measure both, and fail if the goal is missed."""
    draw = np.random.default_rng(1)
    took, peer = beside_statsmodels(draw.poisson(draw.gamma(2, 20, AREAS)))
    what = f"exact intervals of {AREAS:,} areas"
    if peer is None:
        print(f"open     {what}: {took * 1e3:.1f} ms; the peer, statsmodels, is not installed")
        return
    reached = peer / took >= TIMES_FASTER
    print(
        f"{'reached' if reached else 'MISSED':8} {what}: {took * 1e3:.1f} ms and {peer * 1e3:.1f} ms, "
        f"{peer / took:.1f} times faster, at least {TIMES_FASTER}"
    )
    took, apart = beside_statsmodels(draw.permutation(100_000)[:AREAS])
    print(f"         no two counts alike: {took * 1e3:.1f} ms and {(apart or 0) * 1e3:.1f} ms")
    if not reached:
        raise SystemExit("A goal was missed.")


if __name__ == "__main__":
    main()

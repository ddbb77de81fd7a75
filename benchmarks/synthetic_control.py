"""A synthetic control with its placebo test, against the package that an analyst would take for it.

Forty donors over sixty months, forty-eight of them before, and every donor once treated in its stead. Both solve the same
problem: the weights that come nearest to the outcomes before, and no covariates. pysyncon does so with its weights of the
predictors held fixed (each month's variance, which undoes its own scaling), and there the weights of all forty-one fits are
compared. As it is called by default it also searches for the weights of the predictors, which with outcomes alone cannot come
nearer; that takes minutes, so that no more than the first steps of the search in one fit of the forty-one are timed, and the whole
of our work is held against them.

A peer that is not installed is named and its goal left open: pip install pysyncon. Run::

    python -m benchmarks.synthetic_control
"""

from __future__ import annotations

import time
import warnings
from typing import Any

import numpy as np
import pandas as pd

from wardstats.methods import synthetic_comparison
from wardstats.methods.synthetic_control import nearest_mixture

try:
    from pysyncon import Synth
except ImportError:
    Synth = None

DONORS, MONTHS, BEFORE = 40, 60, 48
TIMES_FASTER = 20
SAME_WEIGHTS = 1e-3
STEPS = 20


def areas() -> Any:
    """Counts of forty-one areas by month, the first to be treated: two trends shared in unlike shares."""
    draw = np.random.default_rng(1)
    months = np.arange(MONTHS)
    trends = np.stack([1 + 0.005 * months, 1 + 0.2 * np.sin(2 * np.pi * months / 12)])
    level = draw.dirichlet([2, 2], DONORS + 1) * draw.uniform(150, 250, (DONORS + 1, 1))
    level[0] = [100, 100]
    return draw.poisson(level @ trends).astype(float)


def theirs(treated: Any, donors: Any, *, searching: bool) -> Any:
    """The weights by pysyncon, with its search for the weights of the predictors or without."""
    others, own = pd.DataFrame(donors[:, :BEFORE].T), pd.Series(treated[:BEFORE], name="treated")
    spread = pd.concat([others, own], axis=1).std(axis=1).to_numpy()
    # A common factor changes nothing about the problem, but its optimiser stops at once, or lets the sum of the weights slip, where
    # squared gaps run to tens of thousands.
    fixed = spread**2 / 100
    synth = Synth()
    synth.fit(
        X0=others, X1=own, Z0=others, Z1=own,
        custom_V=None if searching else fixed, optim_options={"maxiter": STEPS},
    )  # fmt: skip
    return np.asarray(synth.W)


def every_turn(counts: Any) -> Any:
    """Each area as the treated one, with the areas that are its donors."""
    yield counts[0], counts[1:]
    for index in range(1, len(counts)):
        yield counts[index], np.delete(counts[1:], index - 1, axis=0)


def best_of(work: Any, times: int) -> float:
    """The least time of several runs."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return min(taken)


def main() -> None:
    """Measure, compare the weights, and fail if the goal is missed."""
    warnings.simplefilter("ignore")  # the peer's own
    counts = areas()
    ours = best_of(lambda: synthetic_comparison(counts[0], counts[1:], before=BEFORE), 5)
    what = f"synthetic control of {DONORS} donors over {MONTHS} months with its placebo test"
    if Synth is None:
        print(f"open     {what} {ours * 1e3:.1f} ms; the peer, pysyncon, is not installed")
        return
    turns = list(every_turn(counts))
    apart = max(
        float(np.abs(nearest_mixture(own[:BEFORE], others[:, :BEFORE]) - theirs(own, others, searching=False)).max())
        for own, others in turns
    )
    fixed = best_of(lambda: [theirs(*turn, searching=False) for turn in turns], 2)
    print(
        f"         weights of {len(turns)} fits: {apart:.1e} from pysyncon's at most, allowed {SAME_WEIGHTS:.0e}",
        flush=True,
    )
    reached = judged(f"{what}, against fixed predictor weights", ours, fixed)
    searched = best_of(lambda: theirs(*turns[0], searching=True), 1)
    reached &= judged(f"{what}, against {STEPS} of 1,000 steps of the search in one fit", ours, searched)
    if not reached or apart > SAME_WEIGHTS:
        raise SystemExit("A goal was missed.")


def judged(what: str, ours: float, theirs: float) -> bool:
    """Print one line for a goal, and say whether it was reached."""
    ratio = theirs / ours
    print(
        f"{'reached' if ratio >= TIMES_FASTER else 'MISSED':8} {what}: {ours * 1e3:.1f} ms and {theirs * 1e3:.1f} ms, "
        f"{ratio:.1f} times faster, at least {TIMES_FASTER}"
    )
    return ratio >= TIMES_FASTER


if __name__ == "__main__":
    main()

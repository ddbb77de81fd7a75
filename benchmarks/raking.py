"""How long raking takes beside ipfn: 10,000 respondents and four margins, to the same closeness.

Run, with ipfn and pandas installed for the comparison (neither is needed by the project itself)::

    python -m benchmarks.raking
"""

from __future__ import annotations

import importlib
import time
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from wardstats.methods import raked

RESPONDENTS, CATEGORIES = 10_000, {"age": 7, "sex": 2, "ethnicity": 5, "ward": 20}
NO_SLOWER = 1.0
CLOSE = 1e-9

Answers = Mapping[str, list[str]]
Population = Mapping[str, dict[str, float]]


def main() -> None:
    """Rake with both, check that they agree, and print a line for the goal."""
    answers, population = consultation()
    ours, seconds = timed(lambda: raked(answers, population), times=5)
    print(f"{RESPONDENTS:,} respondents, {len(answers)} margins: {seconds:.3f} s, {ours.rounds} rounds")
    try:
        ipfn = importlib.import_module("ipfn.ipfn").ipfn
        pandas = importlib.import_module("pandas")
    except ImportError:
        print("absent  ipfn is not installed: nothing to compare with")
        return
    theirs, peer = timed(lambda: by_ipfn(ipfn, pandas, answers, population), times=3)
    apart = float(np.abs(theirs / theirs.mean() - ours.weights).max())
    print(f"ipfn {peer:.3f} s; the largest difference between two weights is {apart:.1g}")
    if not said(f"times ipfn's time {seconds / peer:.2f}, at most {NO_SLOWER:g}", seconds <= NO_SLOWER * peer):
        raise SystemExit("A goal was missed.")


def consultation() -> tuple[Answers, Population]:
    """Invented answers, some categories three times as keen to answer as others."""
    chance = np.random.default_rng(1)
    answers, population = {}, {}
    for name, number in CATEGORIES.items():
        keen = chance.uniform(1, 3, number)
        codes = chance.choice(number, RESPONDENTS, p=keen / keen.sum())
        answers[name] = [f"{name} {code}" for code in codes]
        population[name] = {f"{name} {code}": RESPONDENTS / number for code in range(number)}
    return answers, population


def by_ipfn(ipfn: Any, pandas: Any, answers: Answers, population: Population) -> np.ndarray:
    """The same on one row for each respondent."""
    frame = pandas.DataFrame({**answers, "total": 1.0})
    totals = [pandas.Series(people, name="total").rename_axis(name) for name, people in population.items()]
    fit = ipfn(frame, totals, [[name] for name in population], convergence_rate=CLOSE, rate_tolerance=0.0)
    return np.asarray(fit.iteration()["total"])


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

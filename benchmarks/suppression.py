"""How long it takes to hide what must be hidden in a table of 100 x 20 counts with totals, and to audit it.

The audit sees only what is printed, and finds the smallest and the largest value of every hidden cell. Run::

    python -m benchmarks.suppression
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import numpy as np

from wardstats.disclosure import audit_table, suppress_counts

ROWS, COLUMNS, THRESHOLD = 100, 20, 5
MOST_SECONDS = 2.0


def main() -> None:
    """Hide and audit invented counts, many small and few, and print a line for each goal."""
    goals = [hidden_and_audited(shape, seed) for seed, shape in enumerate((0.5, 1.0, 3.0), start=1)]
    if not all(goals):
        raise SystemExit("A goal was missed.")


def hidden_and_audited(shape: float, seed: int) -> bool:
    """One table; the smaller the shape, the more its places differ and the more counts are small."""
    chance = np.random.default_rng(seed)
    counts = chance.poisson(chance.gamma(shape, 12, (ROWS, COLUMNS)))
    table, hiding = timed(lambda: suppress_counts(counts))
    ranges, auditing = timed(lambda: audit_table(table))
    small = int(((counts > 0) & (counts < THRESHOLD)).sum())
    narrowest = min(each.upper - each.lower for each in ranges.values())
    print(
        f"{ROWS} x {COLUMNS}: {small} small counts, {len(table.hidden)} hidden in {hiding:.2f} s, audited in {auditing:.2f} s;"
        f" the narrowest range is {narrowest:g}"
    )
    if narrowest < THRESHOLD:
        raise SystemExit("A hidden count is not open enough.")
    seconds = hiding + auditing
    return said(f"seconds {seconds:.2f}, at most {MOST_SECONDS:g}", seconds <= MOST_SECONDS)


def timed(run: Callable[[], Any]) -> tuple[Any, float]:
    """What was found, and the shortest of three runs."""
    taken = []
    for _ in range(3):
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

"""The audit: what someone with a pencil could work out about a hidden count from everything that is printed.

Each hidden count is a variable, not negative, often unbounded above; each printed total is an equation. The smallest and
the largest value a hidden count can take are two linear programmes (Fischetti and Salazar 2001; Hundepool et al.,
Statistical disclosure control, 2012, chapter 4). "Two gaps in every line" is not a test: gaps can be solved jointly.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf

import numpy as np
from scipy.optimize import linprog

from wardstats.disclosure.described import Cell, Sum

TOLERANCE = 1e-6


@dataclass(frozen=True)
class Range:
    """The smallest and the largest value that what is printed leaves open for a hidden count."""

    lower: float
    upper: float

    @property
    def is_exact(self) -> bool:
        """Whether only one whole number is left."""
        return self.upper != inf and ceil(self.lower - TOLERANCE) >= floor(self.upper + TOLERANCE)


@dataclass(frozen=True)
class Equation:
    """Hidden parts, less the total if that is hidden, add up to a printed remainder."""

    parts: frozenset[Cell]
    total: Cell | None
    remainder: float

    @property
    def cells(self) -> frozenset[Cell]:
        """Every hidden cell of the equation."""
        return self.parts if self.total is None else self.parts | {self.total}


def feasible_ranges(
    counts: Mapping[Cell, float | None], hidden: Collection[Cell], sums: Sequence[Sum]
) -> dict[Cell, Range]:
    """What can be worked out about each hidden cell from the printed ones and the sums.

    Parameters
    ----------
    counts
        Every count of the table; values of hidden cells are not looked at. None, a count nobody has, takes no part.
    hidden
        The cells not printed.
    sums
        Which cells add up to which.

    Examples
    --------
    One gap beside a printed total is no gap at all:

    >>> a, b, total = Cell(0, "n"), Cell(1, "n"), Cell(2, "n")
    >>> found = feasible_ranges({a: 3, b: 20, total: 23}, {a}, [Sum(total, (a, b))])
    >>> found[a].lower, found[a].upper, found[a].is_exact
    (3.0, 3.0, True)
    """
    equations = _equations(counts, frozenset(hidden), sums)
    ranges: dict[Cell, Range] = {cell: Range(0.0, inf) for cell in hidden}
    for group in _groups(equations):
        ranges.update(_alone(group[0]) if len(group) == 1 else _together(group))
    return ranges


def _equations(
    counts: Mapping[Cell, float | None], hidden: frozenset[Cell], sums: Iterable[Sum]
) -> tuple[Equation, ...]:
    found: dict[Equation, None] = {}
    for each in sums:
        cells = (each.total, *each.parts)
        if any(counts.get(cell) is None and cell not in hidden for cell in cells) or hidden.isdisjoint(cells):
            continue
        printed = sum(counts[part] or 0 for part in each.parts if part not in hidden)
        total = each.total if each.total in hidden else None
        remainder = (0 if total is not None else counts[each.total] or 0) - printed
        found[Equation(frozenset(each.parts) & hidden, total, float(remainder))] = None
    return tuple(found)


def _groups(equations: Sequence[Equation]) -> list[list[Equation]]:
    """Equations that share no hidden cell are solved apart."""
    by_cell: dict[Cell, list[int]] = defaultdict(list)
    for at, equation in enumerate(equations):
        for cell in equation.cells:
            by_cell[cell].append(at)
    groups, seen = [], set[int]()
    for start in range(len(equations)):
        if start in seen:
            continue
        reached, waiting = {start}, [start]
        while waiting:
            for cell in equations[waiting.pop()].cells:
                fresh = set(by_cell[cell]) - reached
                reached |= fresh
                waiting.extend(fresh)
        seen |= reached
        groups.append([equations[at] for at in sorted(reached)])
    return groups


def _alone(equation: Equation) -> dict[Cell, Range]:
    """A single equation needs no programme."""
    if equation.total is not None:
        known = -equation.remainder
        found = {part: Range(0.0, inf) for part in equation.parts}
        lower_only = Range(known, known if not equation.parts else inf)
        return found | {equation.total: lower_only}
    if len(equation.parts) == 1:
        return {part: Range(equation.remainder, equation.remainder) for part in equation.parts}
    return {part: Range(0.0, equation.remainder) for part in equation.parts}


def _together(group: Sequence[Equation]) -> dict[Cell, Range]:
    cells = sorted(frozenset[Cell]().union(*(equation.cells for equation in group)))
    position = {cell: at for at, cell in enumerate(cells)}
    matrix = np.zeros((len(group), len(cells)))
    for row, equation in enumerate(group):
        matrix[row, [position[part] for part in equation.parts]] = 1
        if equation.total is not None:
            matrix[row, position[equation.total]] = -1
    remainders = np.array([equation.remainder for equation in group])
    return {cell: _extremes(matrix, remainders, at) for cell, at in position.items()}


def _extremes(matrix: np.ndarray, remainders: np.ndarray, at: int) -> Range:
    aim = np.zeros(matrix.shape[1])
    aim[at] = 1
    least = linprog(aim, A_eq=matrix, b_eq=remainders, bounds=(0, None), method="highs")
    most = linprog(-aim, A_eq=matrix, b_eq=remainders, bounds=(0, None), method="highs")
    lower = float(least.fun or 0.0) if least.status == 0 else 0.0
    upper = -float(most.fun or 0.0) if most.status == 0 else inf
    return Range(lower, upper)

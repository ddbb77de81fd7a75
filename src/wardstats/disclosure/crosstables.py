"""Two-way tables with their totals: hidden so that no cell can be worked out, or rounded.

"Two gaps in every line" is no protection: gaps can be solved together, and whoever is the only one in a cell knows it and
can take it away. Every cell hidden here is left open, by the printed cells and by whoever is alone in another, by as much as
the rule asks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog
from scipy.sparse import csr_array

from wardstats.disclosure.audit import TOLERANCE, Range
from wardstats.disclosure.disclosed import SUPPRESSED, Suppressed
from wardstats.disclosure.networks import Network
from wardstats.disclosure.rules import DisclosureRule
from wardstats.disclosure.suppression import Suppression

Numbers: TypeAlias = npt.NDArray[np.float64]
Position: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class SuppressedTable:
    """A table fit to be printed: its cells and totals, with :data:`SUPPRESSED` where one is hidden.

    Which cells are hidden for their own sake and which to protect them is nowhere said: it would give away that the
    first are small.

    Attributes
    ----------
    cells
        Row by row; the last row and the last column are the totals.
    """

    cells: tuple[tuple[float | Suppressed, ...], ...]

    @property
    def hidden(self) -> tuple[Position, ...]:
        """Row and column of every hidden cell."""
        return tuple(
            (row, column)
            for row, line in enumerate(self.cells)
            for column, cell in enumerate(line)
            if isinstance(cell, Suppressed)
        )


@dataclass(frozen=True)
class RoundedTable:
    """A table whose cells and totals were each rounded by themselves, so that lines need not add up.

    Attributes
    ----------
    cells
        Row by row; the last row and the last column are the totals.
    base
        What every number is a multiple of.
    """

    cells: tuple[tuple[int, ...], ...]
    base: int

    def percent_of_row(self, row: int, column: int) -> float | None:
        """A percentage from rounded numbers only; None where the rounded total is nought."""
        total = self.cells[row][-1]
        return 100 * self.cells[row][column] / total if total else None


@dataclass(frozen=True)
class Contribution:
    """What one contributor adds to one cell of a table of sums."""

    row: str
    column: str
    contributor: Hashable
    amount: float


def suppress_counts(counts: npt.ArrayLike, *, rule: DisclosureRule | None = None) -> SuppressedTable:
    """A table of counts in which small ones are hidden, and others with them, until none can be worked out.

    What is printed leaves open for every small count that it is anything from nought to the threshold, also to whoever
    is the only one in another cell, and leaves open for every other hidden cell as much as the threshold. Others are chosen
    along the ways round through which a small count can move, those with the smallest counts first, totals and noughts
    last (the network heuristic of Cox 1980); what is chosen is enough, not always the least that would be.

    Parameters
    ----------
    counts
        Rows and columns without totals.
    rule
        Which counts are small; below five by default.

    Raises
    ------
    ValueError
        If the table is empty or a count is missing, negative or not whole.

    When not to use this
    --------------------
    Where the same events are counted in another table too: tables go through
    :func:`~wardstats.disclosure.union.audit_union` together. Not beside the same table rounded.

    References
    ----------
    Cox LH (1980). Suppression methodology and statistical disclosure control. JASA 75, 377-385.
    Hundepool A et al. (2012). Statistical disclosure control, chapter 4.

    Examples
    --------
    >>> for row in suppress_counts([[3, 20, 17], [14, 30, 25], [9, 40, 60]]).cells:
    ...     print(*row)
    [c] 20.0 [c] 40.0
    [c] 30.0 [c] 69.0
    9.0 40.0 60.0 109.0
    26.0 90.0 102.0 218.0
    """
    rule = rule or DisclosureRule()
    inner = _known_counts(counts)
    values = _with_totals(inner)
    flat = values.ravel().tolist()
    needs: dict[int, tuple[float, float]] = {
        arc: (value, max(rule.threshold - value, 0.0)) for arc, value in enumerate(flat) if rule.must_hide(value)
    }
    search = Suppression(values, needs, _alone_in_counts(values), [float(rule.threshold)] * values.size)
    return _printed(values, search.hidden())


def suppress_sums(
    contributions: Sequence[Contribution],
    *,
    rows: Sequence[str],
    columns: Sequence[str],
    rule: DisclosureRule | None = None,
    leading: int = 2,
    share: float = 0.9,
    within: float = 0.1,
) -> SuppressedTable:
    """A table of sums (money, hours) in which cells of few contributors, or dominated by two, are hidden and protected.

    Parameters
    ----------
    contributions
        Who adds how much to which cell.
    rows, columns
        In the order of the table.
    rule
        How few contributors are few; below five by default.
    leading, share
        A cell is dominated where so many contributors have together more than this share of it.
    within
        No hidden sum can be worked out more closely than by this share of it either way.

    Raises
    ------
    ValueError
        If there are no rows or columns, a contribution is negative, missing or to no cell of the table, or a limit
        makes no sense.

    When not to use this
    --------------------
    Where amounts may be negative: what is printed then bounds nothing from below, and neither do these.

    Examples
    --------
    One firm of six has nearly all of what the north was paid in 2025:

    >>> paid = [
    ...     Contribution(row, column, f"{row} {firm}", 950.0 if (row, column, firm) == ("north", "2025", 0) else 100.0)
    ...     for row in ("north", "south")
    ...     for column in ("2024", "2025")
    ...     for firm in range(6 if (row, column) == ("north", "2025") else 30)
    ... ]
    >>> for row in suppress_sums(paid, rows=["north", "south"], columns=["2024", "2025"], leading=1, share=0.6).cells:
    ...     print(*row)
    [c] [c] 4450.0
    [c] [c] 6000.0
    6000.0 4450.0 10450.0
    """
    rule = rule or DisclosureRule()
    if not 0 < within < 1:
        raise ValueError(f"within is a share between 0 and 1, not {within}")
    by_cell = _by_cell(contributions, rows, columns)
    width = len(columns) + 1
    values = np.zeros((len(rows) + 1, width))
    alone: dict[int, Hashable] = {}
    needs: dict[int, tuple[float, float]] = {}
    for (row, column), parts in by_cell.items():
        amount = sum(parts.values())
        values[row, column] = amount
        arc = row * width + column
        if len(parts) == 1:
            alone[arc] = next(iter(parts))
        if rule.must_hide(len(parts)) or is_dominated(list(parts.values()), leading=leading, share=share):
            needs[arc] = (within * amount, within * amount)
    search = Suppression(values, needs, alone, (within * values).ravel().tolist())
    return _printed(values, search.hidden())


def is_dominated(contributions: Sequence[float], *, leading: int = 2, share: float = 0.9) -> bool:
    """Whether so many of the largest contributors have more than this share of a sum, and could work out the rest.

    Raises
    ------
    ValueError
        If a contribution is negative or missing, or a limit makes no sense.

    Examples
    --------
    >>> is_dominated([500, 420, 30, 30, 20]), is_dominated([300, 250, 200, 150, 100])
    (True, False)
    """
    if leading < 1 or not 0 < share < 1:
        raise ValueError(f"dominance of {leading} with a share of {share} makes no sense")
    known = np.sort(np.asarray(contributions, dtype=np.float64))[::-1]
    if not np.isfinite(known).all() or (known < 0).any():
        raise ValueError("a contribution is missing, infinite or negative")
    return bool(known[:leading].sum() > share * known.sum())


def round_counts(counts: npt.ArrayLike, *, base: int = 5) -> RoundedTable:
    """A table of counts with every cell and every total rounded by itself to the nearest multiple, halves up.

    Raises
    ------
    ValueError
        If the table is empty, a count is missing, negative or not whole, or the base is below two.

    When not to use this
    --------------------
    Never where an exact total of the same events is printed beside it.

    Examples
    --------
    >>> round_counts([[1, 7], [13, 3]]).cells
    ((0, 5, 10), (15, 5, 15), (15, 10, 25))
    """
    if base < 2:
        raise ValueError(f"rounding to a base of {base} hides nothing")
    values = _with_totals(_known_counts(counts)).astype(np.int64)
    rounded = (values + base // 2) // base * base
    return RoundedTable(tuple(tuple(row) for row in rounded.tolist()), base)


def audit_table(table: SuppressedTable) -> Mapping[Position, Range]:
    """What the printed cells of a table leave open for each hidden one, worked out from nothing else.

    One table that fits is found by a linear programme; how far each hidden cell can move from there is two greatest flows.

    Raises
    ------
    ValueError
        If the printed cells do not add up to anything.

    Examples
    --------
    Two gaps in two lines are open, a gap alone is none:

    >>> open_table = SuppressedTable(((SUPPRESSED, SUPPRESSED, 7), (SUPPRESSED, SUPPRESSED, 9), (6, 10, 16)))
    >>> audit_table(open_table)[0, 0]
    Range(lower=0.0, upper=6.0)
    >>> audit_table(SuppressedTable(((SUPPRESSED, 4, 7), (5, 4, 9), (8, 8, 16))))
    {(0, 0): Range(lower=3.0, upper=3.0)}
    """
    rows, columns = len(table.cells), len(table.cells[0])
    hidden = [row * columns + column for row, column in table.hidden]
    printed = [0.0 if isinstance(cell, Suppressed) else float(cell) for cell in chain.from_iterable(table.cells)]
    network = _fitting(printed, hidden, rows, columns)
    among = network.among(hidden)
    return {divmod(arc, columns): network.range_of(arc, among) for arc in hidden}


def _known_counts(counts: npt.ArrayLike) -> Numbers:
    try:
        table = np.asarray(counts, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError("not a table of numbers") from None
    if table.ndim != 2 or not table.size:
        raise ValueError("not a table of rows and columns")
    if not np.isfinite(table).all() or (table < 0).any() or (table != np.floor(table)).any():
        raise ValueError("a count is missing, negative or not whole")
    return table


def _with_totals(inner: Numbers) -> Numbers:
    table = np.vstack([inner, inner.sum(axis=0)])
    return np.column_stack([table, table.sum(axis=1)])


def _alone_in_counts(values: Numbers) -> dict[int, Hashable]:
    """Who is the only one in a cell, named by that cell; a total of one is the same person."""
    rows, columns = values.shape
    found: dict[int, Hashable] = {}
    for row, column in np.argwhere(values[:-1, :-1] == 1).tolist():
        for holder in ((row, column), (row, columns - 1), (rows - 1, column), (rows - 1, columns - 1)):
            if values[holder] == 1:
                found[holder[0] * columns + holder[1]] = (row, column)
    return found


def _by_cell(
    contributions: Sequence[Contribution], rows: Sequence[str], columns: Sequence[str]
) -> dict[Position, dict[Hashable, float]]:
    if not rows or not columns or len(set(rows)) < len(rows) or len(set(columns)) < len(columns):
        raise ValueError("a table has rows and columns, each named once")
    at_row, at_column = ({name: at for at, name in enumerate(names)} for names in (rows, columns))
    found: dict[Position, dict[Hashable, float]] = defaultdict(lambda: defaultdict(float))
    for each in contributions:
        if not 0 <= each.amount < np.inf:
            raise ValueError(f"a contribution is missing, infinite or negative: {each.amount}")
        if each.row not in at_row or each.column not in at_column:
            raise ValueError(f"a contribution is to no cell of the table: {each.row}, {each.column}")
        for cell in _holding(at_row[each.row], at_column[each.column], len(rows), len(columns)):
            found[cell][each.contributor] += each.amount
    return found


def _holding(row: int, column: int, rows: int, columns: int) -> Iterator[Position]:
    yield from ((row, column), (row, columns), (rows, column), (rows, columns))


def _printed(values: Numbers, hidden: frozenset[int]) -> SuppressedTable:
    columns = values.shape[1]
    return SuppressedTable(
        tuple(
            tuple(SUPPRESSED if row * columns + column in hidden else value for column, value in enumerate(line))
            for row, line in enumerate(values.tolist())
        )
    )


def _fitting(printed: Sequence[float], hidden: Sequence[int], rows: int, columns: int) -> Network:
    """The network of some table that has the printed cells."""
    empty = Network(printed, rows, columns)
    cells = range(rows * columns)
    signs = [1.0] * len(cells) + [-1.0] * len(cells)
    matrix = csr_array((signs, ([*empty.tails, *empty.heads], [*cells, *cells])), shape=(rows + columns, len(cells)))
    if not hidden:
        return empty
    left = matrix @ np.array(printed)
    unknown: Any = matrix[:, list(hidden)]
    found = linprog(np.zeros(len(hidden)), A_eq=unknown, b_eq=-left, bounds=(0, None), method="highs")
    if found.status != 0 or found.x is None:
        raise ValueError("the printed cells do not add up to any table")
    values = list(printed)
    for arc, value in zip(hidden, found.x.tolist(), strict=True):
        values[arc] = float(round(value)) if abs(value - round(value)) < TOLERANCE else value
    return Network(values, rows, columns)

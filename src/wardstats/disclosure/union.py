"""What many printed tables give away together: the figures of a release, and the releases before it.

Each table is safe on its own. Side by side they are not: a hidden month is a year less eleven printed months, a hidden ward
is the district less the others, a small month is this year's total less last month's. Where tables say what their counts
cover (:class:`~wardstats.disclosure.scopes.Scope`), all printed counts become equations over the same atoms of place, month
and kind, and the smallest and largest value of each hidden count are linear programmes over the union of them.

What this cannot see: tables that do not say what they cover (:func:`not_related` names them); figures that others have
printed about the same area; what a reader knows of a person; and groups too small that no printed count hides and that
take more than one total less another total, or less the parts of one column, to work out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack

from wardstats.disclosure.atoms import incidence
from wardstats.disclosure.audit import Range
from wardstats.disclosure.described import Cell
from wardstats.disclosure.disclosed import Disclosed, Suppressed
from wardstats.disclosure.rules import safe
from wardstats.disclosure.scopes import Scope

INFEASIBLE = 2


@dataclass(frozen=True)
class Leak:
    """A small or hidden count that printed tables give away together.

    Attributes
    ----------
    figure, cell
        The position of the table among those audited, and the count in it through which it is given away.
    title, row, column
        The same in words.
    range
        What is left open for the count.
    because
        How it is worked out. It begins with "hidden" where the count itself is hidden.
    """

    figure: int
    cell: Cell
    title: str
    row: tuple[str, ...]
    column: str
    range: Range
    because: str

    @property
    def sentence(self) -> str:
        """The leak in a sentence for whoever must mend it."""
        return f"{self.title}, {', '.join(self.row)}, {self.column}: {self.because}."


@dataclass(frozen=True)
class _Count:
    figure: int
    cell: Cell
    scope: Scope
    value: float | None

    @property
    def is_hidden(self) -> bool:
        return self.value is None


def audit_union(disclosed: Sequence[Disclosed]) -> tuple[Leak, ...]:
    """The counts that these tables, printed side by side, give away; empty when they are safe together.

    Parameters
    ----------
    disclosed
        All figures of a release, and those of earlier releases. Figures whose counts were read from different files are
        audited together as long as they agree; where a revision makes them disagree, each edition is audited on its own,
        and across editions only a count hidden in one and printed in another is found.
    """
    counts = tuple(_counts(disclosed))
    if not counts:
        return ()
    found = [*_printed_elsewhere(disclosed, counts), *_audited(disclosed, counts)]
    return tuple({(leak.figure, leak.cell, leak.because.startswith("hidden")): leak for leak in found}.values())


def not_related(disclosed: Sequence[Disclosed]) -> tuple[str, ...]:
    """The titles of tables with counts that do not say what they cover, so that :func:`audit_union` cannot relate them."""
    return tuple(
        table.title
        for table in disclosed
        if not table.covers and any(column.kind == "count" for column in table.columns)
    )


def _counts(disclosed: Sequence[Disclosed]) -> Iterator[_Count]:
    for figure, table in enumerate(disclosed):
        for cell, scope in table.covers.items():
            value = table.rows[cell.row][cell.column]
            if isinstance(value, Suppressed):
                yield _Count(figure, cell, scope, None)
            elif isinstance(value, int | float):
                yield _Count(figure, cell, scope, float(value))


def _printed_elsewhere(disclosed: Sequence[Disclosed], counts: Iterable[_Count]) -> Iterator[Leak]:
    alike: dict[object, list[_Count]] = defaultdict(list)
    for count in counts:
        alike[count.scope.question].append(count)
    for same in alike.values():
        printed = next((count for count in same if not count.is_hidden), None)
        for count in same:
            if printed is not None and count.is_hidden:
                value = float(printed.value or 0)
                because = f"hidden here and printed in “{disclosed[printed.figure].title}”"
                yield _leak(disclosed, count, Range(value, value), because)


def _audited(disclosed: Sequence[Disclosed], counts: Sequence[_Count]) -> Iterator[Leak]:
    """All together where they agree, else edition by edition."""
    system = _System(disclosed, counts)
    if system.agrees or len({count.scope.evidence for count in counts}) == 1:
        yield from system.leaks()
        return
    editions: dict[str, list[_Count]] = defaultdict(list)
    for count in counts:
        editions[count.scope.evidence].append(count)
    for edition in editions.values():
        yield from _System(disclosed, edition).leaks()


class _System:
    """Printed counts as equations over atoms."""

    def __init__(self, disclosed: Sequence[Disclosed], counts: Sequence[_Count]) -> None:
        self._disclosed, self._counts = disclosed, counts
        self._matrix = incidence([count.scope for count in counts])
        self._printed = [at for at, count in enumerate(counts) if not count.is_hidden]
        values = [float(counts[at].value or 0) for at in self._printed]
        sums = self._sums()
        self._left = vstack([self._matrix[self._printed], *sums], format="csr")
        self._right = np.array([*values, *([0.0] * len(sums))])

    @property
    def agrees(self) -> bool:
        """Whether any numbers of events at all could give everything that is printed."""
        return bool(self._solve(np.zeros(self._matrix.shape[1])).status != INFEASIBLE)

    def leaks(self) -> Iterator[Leak]:
        """Hidden counts that are too narrow, and small groups that are one total less others."""
        for at, count in enumerate(self._counts):
            if count.is_hidden:
                found = self._range(at)
                if not safe(found, self._disclosed[count.figure].rule):
                    yield _leak(self._disclosed, count, found, f"hidden, and {_in_words(found)} from the others")
        yield from self._remainders()

    def _sums(self) -> list[csr_array]:
        """What adds up within a table, by its own word."""
        position = {(count.figure, count.cell): at for at, count in enumerate(self._counts)}
        rows = []
        for figure in dict.fromkeys(count.figure for count in self._counts):
            for each in self._disclosed[figure].sums:
                cells = [(figure, cell) for cell in (each.total, *each.parts)]
                if all(cell in position for cell in cells):
                    total, *parts = (position[cell] for cell in cells)
                    rows.append(self._matrix[[total]] - self._matrix[parts].sum(axis=0).reshape(1, -1))
        return [csr_array(row) for row in rows]

    def _range(self, at: int) -> Range:
        aim = self._matrix[[at]].toarray()[0]
        least, most = self._solve(aim), self._solve(-aim)
        return Range(float(least.fun) if least.status == 0 else 0.0, -float(most.fun) if most.status == 0 else inf)

    def _solve(self, aim: np.ndarray) -> Any:
        return linprog(aim, A_eq=self._left, b_eq=self._right, bounds=(0, None), method="highs")

    def _remainders(self) -> Iterator[Leak]:
        """A printed total less one printed part of it, or less all the parts of one column."""
        held = self._matrix.astype(bool)
        sizes = held.sum(axis=1)
        common = (self._matrix @ self._matrix.T).toarray()
        for whole in self._printed:
            parts = [at for at in self._printed if common[at, whole] == sizes[at] < sizes[whole]]
            for taken in [*([part] for part in parts), *self._columns_of(parts, common)]:
                yield from self._small(whole, taken)

    def _columns_of(self, parts: Sequence[int], common: np.ndarray) -> Iterator[list[int]]:
        """The parts column by column, of those that overlap the largest first."""
        columns: dict[tuple[int, str], list[int]] = defaultdict(list)
        for at in sorted(parts, key=lambda at: -float(self._counts[at].value or 0)):
            apart = columns[self._counts[at].figure, self._counts[at].cell.column]
            if all(common[at, other] == 0 for other in apart):
                apart.append(at)
        yield from (taken for taken in columns.values() if len(taken) > 1)

    def _small(self, whole: int, taken: Sequence[int]) -> Iterator[Leak]:
        count = self._counts[whole]
        left = float(count.value or 0) - sum(float(self._counts[at].value or 0) for at in taken)
        if left > 0 and self._disclosed[count.figure].rule.must_hide(left):
            first = self._counts[taken[0]]
            less = "one printed part" if len(taken) == 1 else f"{len(taken)} printed parts"
            because = f"less {less} of it in “{self._disclosed[first.figure].title}” it leaves {left:.0f}"
            yield _leak(self._disclosed, count, Range(left, left), because)


def _in_words(found: Range) -> str:
    if found.is_exact:
        return f"known to be {found.lower:.0f}"
    return f"known to lie between {found.lower:.0f} and {found.upper:.0f}"


def _leak(disclosed: Sequence[Disclosed], count: _Count, found: Range, because: str) -> Leak:
    table, cell = disclosed[count.figure], count.cell
    words = tuple(
        table.text(Cell(cell.row, column.name)) for column in table.columns if column.kind in ("text", "month")
    )
    return Leak(count.figure, cell, table.title, words[:2], table.column(cell.column).label, found, because)

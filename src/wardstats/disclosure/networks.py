"""A table with margins as a network: what a hidden cell can be is what can be sent round through other hidden cells.

Rows and columns are the nodes, the total row and the total column among them; every cell is an arc that two of them share.
Any table with the same printed cells differs from the true one by a circulation over the hidden arcs, so that the smallest
and the largest value of a hidden cell are two greatest flows, exactly what two linear programmes would give, and whole
where the table is whole (Cox 1980; Hundepool et al., Statistical disclosure control, 2012, chapter 4).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import heappop, heappush
from math import inf

from wardstats.disclosure.audit import TOLERANCE, Range

Path = list[tuple[int, int]]
Steps = list[tuple[int, int, int]]
NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Network:
    """Cells of a table with its total row and column, row by row, as arcs between rows and columns.

    Attributes
    ----------
    values
        The value of each cell: a table that adds up.
    rows, columns
        How many of each, the totals included.
    """

    values: Sequence[float]
    rows: int
    columns: int
    tails: list[int] = field(init=False)
    heads: list[int] = field(init=False)
    around: list[Steps] = field(init=False)

    def __post_init__(self) -> None:
        ends = [self._ends(*divmod(arc, self.columns)) for arc in range(self.rows * self.columns)]
        object.__setattr__(self, "tails", [tail for tail, _ in ends])
        object.__setattr__(self, "heads", [head for _, head in ends])
        object.__setattr__(self, "around", self.among(range(len(ends))))

    def _ends(self, row: int, column: int) -> tuple[int, int]:
        """A part goes from its row to its column, a total back, so that what enters a node leaves it."""
        is_total = (row == self.rows - 1) != (column == self.columns - 1)
        return (self.rows + column, row) if is_total else (row, self.rows + column)

    def range_of(self, arc: int, among: Sequence[Steps]) -> Range:
        """The smallest and the largest value that the printed cells leave open for a hidden one."""
        up, _ = self.sent(arc, 1, inf, among)
        down, _ = self.sent(arc, -1, self.values[arc], among)
        return Range(self.values[arc] - down, self.values[arc] + up)

    def among(self, hidden: Iterable[int]) -> list[Steps]:
        """The hidden arcs at each node: which, along or against it, and where to."""
        found: list[Steps] = [[] for _ in range(self.rows + self.columns)]
        for arc in hidden:
            found[self.tails[arc]].append((arc, 1, self.heads[arc]))
            found[self.heads[arc]].append((arc, -1, self.tails[arc]))
        return found

    def sent(
        self, arc: int, way: int, need: float, among: Sequence[Steps], *, without: Collection[int] = NOBODY
    ) -> tuple[float, dict[int, float]]:
        """How much more (or less) a cell can be through these arcs, up to what is needed, and what that moves."""
        start, goal = (self.heads[arc], self.tails[arc]) if way > 0 else (self.tails[arc], self.heads[arc])
        moved: dict[int, float] = {}
        got = 0.0
        if need == inf and self._is_open(arc, start, goal, among):
            return inf, moved
        while need - got > TOLERANCE:
            path = self._shortest(start, goal, among, moved, without={arc, *without})
            if path is None:
                break
            got += self.push(path, need - got, moved)
        return got, moved

    def push(self, path: Path, most: float, moved: dict[int, float]) -> float:
        """Send as much as the path takes; arcs gone through backwards lose it."""
        least = min([most, *(self.values[arc] + moved.get(arc, 0.0) for arc, way in path if way < 0)])
        for arc, way in path:
            moved[arc] = moved.get(arc, 0.0) + way * least
        return least

    def cheapest(
        self, arc: int, way: int, costs: Sequence[float], moved: dict[int, float], *, without: Collection[int]
    ) -> Path | None:
        """The way round through any arcs whose costs add up to least, hidden ones being free."""
        start, goal = (self.heads[arc], self.tails[arc]) if way > 0 else (self.tails[arc], self.heads[arc])
        best, came = {start: 0.0}, dict[int, tuple[int, int]]()
        waiting, done = [(0.0, start)], set[int]()
        while waiting:
            cost, node = heappop(waiting)
            if node == goal:
                return self._back(came, start, goal)
            if node in done:
                continue
            done.add(node)
            for each, sign, other in self.around[node]:
                if each == arc or each in without or not self._has_room(each, sign, moved):
                    continue
                total = cost + costs[each]
                if total < best.get(other, inf):
                    best[other], came[other] = total, (each, sign)
                    heappush(waiting, (total, other))
        return None

    def _is_open(self, arc: int, start: int, goal: int, among: Sequence[Steps]) -> bool:
        """Whether there is a way that only adds, and so has no end."""
        reached, waiting = {start}, [start]
        while waiting:
            for each, way, other in among[waiting.pop()]:
                if way > 0 and each != arc and other not in reached:
                    if other == goal:
                        return True
                    reached.add(other)
                    waiting.append(other)
        return False

    def _shortest(
        self, start: int, goal: int, among: Sequence[Steps], moved: dict[int, float], *, without: Collection[int]
    ) -> Path | None:
        came: dict[int, tuple[int, int]] = {start: (-1, 0)}
        waiting = deque([start])
        while waiting:
            for arc, way, other in among[waiting.popleft()]:
                if other in came or arc in without or not (way > 0 or self._has_room(arc, way, moved)):
                    continue
                came[other] = (arc, way)
                if other == goal:
                    return self._back(came, start, goal)
                waiting.append(other)
        return None

    def _has_room(self, arc: int, way: int, moved: dict[int, float]) -> bool:
        return way > 0 or self.values[arc] + moved.get(arc, 0.0) > TOLERANCE

    def _back(self, came: dict[int, tuple[int, int]], start: int, goal: int) -> Path:
        path: Path = []
        node = goal
        while node != start:
            arc, way = came[node]
            path.append((arc, way))
            node = self.tails[arc] if way > 0 else self.heads[arc]
        return path

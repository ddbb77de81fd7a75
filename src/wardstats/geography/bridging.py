"""Carrying counts between LSOAs of 2011 and of 2021, where that can be done without guessing.

ONS redrew some LSOAs for the census of 2021. Most codes did not change. Where one was split, its counts cannot be
divided between its successors; where several were merged, the count of the new one cannot be divided between them; and
irregular changes can be carried in neither direction. What cannot be carried is counted and named, never shared out.

Source: ONS, “Lower layer Super Output Area (2011) to Lower layer Super Output Area (2021) lookup”, change indicator.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum


class ChangeKind(Enum):
    """ONS's change indicator."""

    UNCHANGED = "U"
    SPLIT = "S"
    MERGED = "M"
    IRREGULAR = "X"


@dataclass(frozen=True)
class Change:
    """One line of the lookup: an LSOA of 2011 and one of those of 2021 that came of it."""

    code_2011: str
    name_2011: str
    kind: ChangeKind
    code_2021: str
    name_2021: str
    district: str


@dataclass(frozen=True)
class Carried:
    """Counts on the areas of one version, and those that could not be carried to it, by their own code."""

    counts: Mapping[str, int]
    unplaced: Mapping[str, int]

    @property
    def sentence(self) -> str:
        """How much could not be carried, for use beside the figure."""
        total = sum(self.counts.values()) + sum(self.unplaced.values())
        lost, redrawn = sum(self.unplaced.values()), len(self.unplaced)
        if not lost:
            return f"All {total:,} could be placed."
        share = 100 * lost / total
        areas = "their area was" if redrawn == 1 else f"their {redrawn:,} areas were"
        return f"{lost:,} of {total:,} ({share:.1f}%) could not be placed: {areas} redrawn or not known."


class Bridge:
    """The way between both versions.

    Examples
    --------
    >>> split = [Change("E01010435", "006A", ChangeKind.SPLIT, new, "", "E08000031") for new in ("E01034310", "E01034311")]
    >>> same = [Change("E01010410", "033A", ChangeKind.UNCHANGED, "E01010410", "033A", "E08000031")]
    >>> bridge = Bridge(split + same)
    >>> bridge.to_2021("E01010435"), bridge.to_2011("E01034310")
    (None, 'E01010435')
    >>> bridge.carry({"E01010410": 9, "E01010435": 1}, to=2021).sentence
    '1 of 10 (10.0%) could not be placed: their area was redrawn or not known.'
    """

    def __init__(self, changes: Iterable[Change]) -> None:
        self._successors: defaultdict[str, set[str]] = defaultdict(set)
        self._predecessors: defaultdict[str, set[str]] = defaultdict(set)
        for change in changes:
            self._successors[change.code_2011].add(change.code_2021)
            self._predecessors[change.code_2021].add(change.code_2011)

    def successors(self, code: str) -> tuple[str, ...]:
        """The areas of 2021 that came of one of 2011, in order; none if it is not one."""
        return tuple(sorted(self._successors.get(code, ())))

    def predecessors(self, code: str) -> tuple[str, ...]:
        """The areas of 2011 that became one of 2021, in order; none if it is not one."""
        return tuple(sorted(self._predecessors.get(code, ())))

    def to_2021(self, code: str) -> str | None:
        """The area of 2021 in which all of an area lies; ``None`` if there is no such one, or the code is unknown."""
        return self._across(code, self._successors, self._predecessors)

    def to_2011(self, code: str) -> str | None:
        """The area of 2011 in which all of an area lies; ``None`` if there is no such one, or the code is unknown."""
        return self._across(code, self._predecessors, self._successors)

    def carry(self, counts: Mapping[str, int], *, to: int) -> Carried:
        """Counts of either version, or of both mixed, on the areas of one.

        Parameters
        ----------
        counts
            A count for each code.
        to
            2011 or 2021.
        """
        across = {2011: self.to_2011, 2021: self.to_2021}[to]
        placed: Counter[str] = Counter()
        unplaced: Counter[str] = Counter()
        for code, count in counts.items():
            there = across(code)
            if there is None:
                unplaced[code] += count
            else:
                placed[there] += count
        return Carried(dict(placed), dict(unplaced))

    @staticmethod
    def _across(code: str, onward: Mapping[str, set[str]], back: Mapping[str, set[str]]) -> str | None:
        if code in back:
            return code
        there = onward.get(code, set())
        return next(iter(there)) if len(there) == 1 else None

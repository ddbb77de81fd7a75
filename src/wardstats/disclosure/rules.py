"""The rule of disclosure and its carrying out on counts: which cells must hide, and which must hide with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wardstats.disclosure.audit import Range, feasible_ranges
from wardstats.disclosure.described import Cell, Sum


@dataclass(frozen=True)
class DisclosureRule:
    """Counts from one up to (not including) the threshold are hidden.

    ``show_zero`` prints noughts, unless hiding one is the only way to protect another. The default, below five, is the
    rule most public bodies use for events; a partnership may set a higher one, never a lower.
    """

    threshold: int = 5
    show_zero: bool = True

    def __post_init__(self) -> None:
        if self.threshold < 2:
            raise ValueError(f"a threshold below 2 hides nothing: {self.threshold}")

    def must_hide(self, count: float) -> bool:
        """Whether a count may not be printed for its own sake.

        >>> [DisclosureRule().must_hide(count) for count in (0, 1, 4, 5)]
        [False, True, True, False]
        """
        return count < self.threshold and (count > 0 or not self.show_zero)


def hidden_cells(counts: Mapping[Cell, float | None], sums: Sequence[Sum], rule: DisclosureRule) -> frozenset[Cell]:
    """The cells hidden for their own sake, and those hidden so that the first cannot be worked out.

    Secondary cells are chosen one at a time, smallest first, until the audit finds no hidden count whose possible values
    stop short of the threshold.
    """
    hidden = {cell for cell, count in counts.items() if count is not None and rule.must_hide(count)}
    while True:
        ranges = feasible_ranges(counts, hidden, sums)
        fresh = _companions(counts, sums, hidden, [cell for cell, found in ranges.items() if not safe(found, rule)])
        if not fresh:
            return frozenset(hidden)
        hidden |= fresh


def safe(found: Range, rule: DisclosureRule) -> bool:
    """Whether what is printed leaves a hidden count open enough: by as much as the threshold."""
    return found.upper - found.lower >= rule.threshold and not found.is_exact


def _companions(
    counts: Mapping[Cell, float | None], sums: Sequence[Sum], hidden: set[Cell], unsafe: Sequence[Cell]
) -> set[Cell]:
    """One more cell to hide for each sum through which something unsafe can be worked out."""
    totals = {each.total for each in sums}
    fresh: set[Cell] = set()
    for each in sums:
        cells = (*each.parts, each.total)
        if not any(cell in cells for cell in unsafe) or fresh.intersection(cells):
            continue
        open_cells = [cell for cell in cells if cell not in hidden and counts.get(cell) is not None]
        if open_cells:
            fresh.add(min(open_cells, key=lambda cell: (counts[cell] == 0, cell in totals, counts[cell] or 0, cell)))
    return fresh

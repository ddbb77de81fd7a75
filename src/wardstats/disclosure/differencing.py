"""What a table gives away once it is out: on its own, and beside an earlier one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from wardstats.disclosure.audit import Range, feasible_ranges
from wardstats.disclosure.described import Cell
from wardstats.disclosure.disclosed import Disclosed, Suppressed, count_cells, suppressed_counts
from wardstats.disclosure.rules import safe
from wardstats.disclosure.union import audit_union

Key = tuple[str, ...]
Counts = Mapping[Key, Mapping[str, object]]


@dataclass(frozen=True)
class Revealed:
    """A count that two releases together give away, and how."""

    row: Key
    column: str
    because: str


def recoverable(disclosed: Disclosed) -> dict[Cell, Range]:
    """The hidden counts of a table that can be worked out too closely from what it prints; empty when it is safe."""
    hidden = suppressed_counts(disclosed.columns, disclosed.rows)
    ranges = feasible_ranges(count_cells(disclosed.columns, disclosed.rows), hidden, disclosed.sums)
    return {cell: found for cell, found in ranges.items() if not safe(found, disclosed.rule)}


def difference_reveals(old: Disclosed, new: Disclosed) -> tuple[Revealed, ...]:
    """What someone who keeps the old release beside the new one can read out of the two.

    Rows are the same when their words and months are. A count hidden in one and printed in the other is given away, and
    so is a small group when a printed count changed by less than the threshold: those are the events that were added.
    Where both tables say what their counts cover, :func:`audit_union` finds what periods and areas that overlap give away.
    """
    alike = _given_away(_by_row(old), _by_row(new), new.rule.threshold)
    overlapping = (Revealed(leak.row, leak.column, leak.because) for leak in audit_union((old, new)))
    found: dict[tuple[Key, str], Revealed] = {}
    for each in (*alike, *overlapping):
        found.setdefault((each.row, each.column), each)
    return tuple(found.values())


def _given_away(
    old: Mapping[Key, Mapping[str, object]], new: Mapping[Key, Mapping[str, object]], threshold: int
) -> Iterator[Revealed]:
    for row in old.keys() & new.keys():
        for column in old[row].keys() & new[row].keys():
            before, after = old[row][column], new[row][column]
            if isinstance(before, Suppressed) != isinstance(after, Suppressed):
                if before is not None and after is not None:
                    yield Revealed(row, column, "hidden in one release and printed in the other")
            elif isinstance(before, int) and isinstance(after, int) and 0 < abs(after - before) < threshold:
                yield Revealed(row, column, f"the two releases differ by {abs(after - before)}")


def _by_row(disclosed: Disclosed) -> dict[Key, dict[str, object]]:
    keys = [column.name for column in disclosed.columns if column.kind in ("text", "month")]
    counts = [column.name for column in disclosed.columns if column.kind == "count"]
    return {tuple(str(row[key]) for key in keys): {name: row[name] for name in counts} for row in disclosed.rows}

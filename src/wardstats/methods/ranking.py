"""Ranks that admit what they do not know: each with the range of ranks its interval leaves open."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from wardstats.methods.intervals import Interval


@dataclass(frozen=True)
class Rank:
    """A place in the order (1 = highest; equals share the better place) and the places that cannot be excluded."""

    rank: int
    best: int
    worst: int

    @property
    def is_certain(self) -> bool:
        """Whether no other's interval reaches into this one's."""
        return self.best == self.worst


def ranks(values: Sequence[float], intervals: Sequence[Interval]) -> tuple[Rank, ...]:
    """The rank of each value, highest first, with the ranks its interval leaves open.

    An area's best possible rank counts only those whose whole interval lies above its own; its worst counts all but
    those whose whole interval lies below.

    Raises
    ------
    ValueError
        If there is not one interval for each value.

    When not to use this
    --------------------
    Not for league tables: overlap of intervals is a cautious reading, and most middle ranks of small areas are noise.

    References
    ----------
    Goldstein H, Spiegelhalter DJ (1996). League tables and their limitations. JRSS A 159, 385-443.

    Examples
    --------
    >>> limits = [Interval(8, 12, 0.95, "Byar"), Interval(9, 13, 0.95, "Byar"), Interval(1, 3, 0.95, "Byar")]
    >>> [(place.rank, place.best, place.worst) for place in ranks([10, 11, 2], limits)]
    [(2, 1, 2), (1, 1, 2), (3, 3, 3)]
    """
    if len(values) != len(intervals):
        raise ValueError(f"{len(values)} values with {len(intervals)} intervals")
    return tuple(
        Rank(
            rank=1 + sum(other > value for other in values),
            best=1 + sum(other.lower > own.upper for other in intervals),
            worst=len(values) - sum(other.upper < own.lower for other in intervals),
        )
        for value, own in zip(values, intervals, strict=True)
    )

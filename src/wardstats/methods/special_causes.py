"""Special causes: the rules by which a point of a control chart is unlike the ordinary coming and going of its series."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

RUN = 7


class SpecialCause(Enum):
    """Why a point is unlike the ordinary coming and going of the series."""

    OUTSIDE = "outside the limits"
    RUN = "one of seven or more in a row on one side of the average"
    TREND = "one of seven or more in a row rising or falling"
    NEAR_LIMIT = "one of two out of three close to a limit"


Causes = tuple[tuple[SpecialCause, ...], ...]


@dataclass(frozen=True)
class PointLimits:
    """The average, the limits at one point, and the marks two thirds of the way to them.

    The marks are those of the limits before these were kept within what a value can be, such as at nought.
    """

    centre: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float


def broken_rules(values: Sequence[float | None], limits: Sequence[PointLimits]) -> Causes:
    """For each value in order, the rules of NHS "Making Data Count" that it breaks.

    A missing value breaks every run. A point exactly on the average breaks a run on one side, equal neighbours break a rise or
    fall. Every point of a run is marked.

    Raises
    ------
    ValueError
        If there are not as many limits as values.

    Examples
    --------
    >>> ordinary = PointLimits(centre=5, lower=0, upper=10, near_lower=1.7, near_upper=8.3)
    >>> [tuple(cause.name for cause in causes) for causes in broken_rules([4, 12, 6], [ordinary] * 3)]
    [(), ('OUTSIDE',), ()]
    """
    if len(values) != len(limits):
        raise ValueError(f"{len(values)} values with limits at {len(limits)} points")
    positions = {
        SpecialCause.OUTSIDE: {
            at
            for at, (value, at_point) in enumerate(zip(values, limits, strict=True))
            if value is not None and not at_point.lower <= value <= at_point.upper
        },
        SpecialCause.RUN: runs(_sides(values, limits), RUN),
        SpecialCause.TREND: _trends(values),
        SpecialCause.NEAR_LIMIT: _near_limit(values, limits),
    }
    return tuple(tuple(cause for cause, marked in positions.items() if at in marked) for at in range(len(values)))


def side(value: float | None, centre: float) -> int:
    """1 above the centre, -1 below, 0 on it or where there is no value.

    Examples
    --------
    >>> side(3, 2), side(1, 2), side(2, 2), side(None, 2)
    (1, -1, 0, 0)
    """
    if value is None or value == centre:
        return 0
    return 1 if value > centre else -1


def runs(sides: Sequence[int], length: int) -> set[int]:
    """Positions in unbroken stretches of one side, at least ``length`` long; 0 belongs to no stretch.

    Examples
    --------
    >>> sorted(runs([1, 1, 1, 0, -1, -1], 3))
    [0, 1, 2]
    """
    found: set[int] = set()
    start = 0
    for at in range(1, len(sides) + 1):
        if at < len(sides) and sides[at] == sides[start]:
            continue
        if sides[start] != 0 and at - start >= length:
            found.update(range(start, at))
        start = at
    return found


def _sides(values: Sequence[float | None], limits: Sequence[PointLimits]) -> list[int]:
    return [side(value, at_point.centre) for value, at_point in zip(values, limits, strict=True)]


def _trends(values: Sequence[float | None]) -> set[int]:
    steps = [0 if before is None or after is None else side(after, before) for before, after in pairwise(values)]
    found: set[int] = set()
    for at in runs(steps, RUN - 1):
        found.update((at, at + 1))
    return found


def _near_limit(values: Sequence[float | None], limits: Sequence[PointLimits]) -> set[int]:
    """Two of three beyond two thirds of the way to a limit, all three on the same side of the average."""
    beyond: tuple[Callable[[float, PointLimits], bool], ...] = (
        lambda value, at_point: value > at_point.near_upper,
        lambda value, at_point: value < at_point.near_lower,
    )
    sides = _sides(values, limits)
    found: set[int] = set()
    for start in range(len(values) - 2):
        three = range(start, start + 3)
        if len({sides[at] for at in three}) != 1 or values[start] is None:
            continue
        for is_beyond in beyond:
            hits = [at for at in three if (value := values[at]) is not None and is_beyond(value, limits[at])]
            found.update(hits if len(hits) >= 2 else ())
    return found

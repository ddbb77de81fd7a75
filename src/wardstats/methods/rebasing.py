"""Rebasing and targets: limits that restart where recording or the work itself changed, and what they say of a target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import isfinite
from typing import Generic, Protocol, TypeVar

Chart = TypeVar("Chart", covariant=True)


@dataclass(frozen=True)
class Rebase:
    """That the limits restart at a position, and why; the reason is printed with the chart.

    Parameters
    ----------
    at
        The position of the first value after the break, counted from nought.
    reason
        What changed, such as "recording standards changed in September 2025". Never empty.

    Raises
    ------
    ValueError
        If there is no reason.
    """

    at: int
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise ValueError("limits restart for a reason that can be read")


@dataclass(frozen=True)
class Segment(Generic[Chart]):
    """A stretch of a series with limits of its own: the values from ``start`` up to ``stop``, and why it starts there."""

    start: int
    stop: int
    reason: str | None
    chart: Chart


def rebased(length: int, rebases: Sequence[Rebase], draw: Callable[[slice], Chart]) -> tuple[Segment[Chart], ...]:
    """The charts of the stretches between recorded breaks, each with its own limits; no run or trend spans a break.

    Parameters
    ----------
    length
        How many values the series has.
    rebases
        The breaks, in order. A stretch that is too short for limits has none, as the chart says.
    draw
        Draws the chart of a stretch: any of the control charts, with whatever baseline.

    Raises
    ------
    ValueError
        If a break does not lie between two values, or the breaks are not in order.

    When not to use this
    --------------------
    Not because a run looks like an improvement: a break is a known change with its date and reason, decided on by people. Limits
    restarted at every signal never show one.

    References
    ----------
    NHS England, Making Data Count: Strengthening your decisions (2019), rebasing.

    Examples
    --------
    >>> from wardstats.methods.control_charts import control_chart
    >>> values = [10, 12] * 7 + [20, 22] * 7
    >>> moved = Rebase(14, "online reports counted from here")
    >>> for part in rebased(len(values), [moved], lambda part: control_chart(values[part])):
    ...     print(part.start, part.stop, part.chart.limits.centre, part.chart.has_special_cause, part.reason)
    0 14 11.0 False None
    14 28 21.0 False online reports counted from here
    """
    starts = [0, *(each.at for each in rebases)]
    stops = [*starts[1:], length]
    if any(start >= stop for start, stop in zip(starts, stops, strict=True)):
        raise ValueError(f"breaks lie between two of {length} values, in order, not at {starts[1:]}")
    reasons = [None, *(each.reason for each in rebases)]
    return tuple(
        Segment(start, stop, reason, draw(slice(start, stop)))
        for start, stop, reason in zip(starts, stops, reasons, strict=True)
    )


class Assurance(Enum):
    """Whether a target will be met as things go."""

    CONSISTENTLY_HIT = "consistently hit"
    HIT_AND_MISS = "hit and missed by chance"
    CONSISTENTLY_MISSED = "consistently missed"
    NOT_KNOWN = "not known, with too few points for limits"


class _Limits(Protocol):
    @property
    def lower(self) -> float: ...
    @property
    def upper(self) -> float: ...


def assurance(limits: _Limits | None, target: float, *, higher_is_better: bool) -> Assurance:
    """What the limits of a chart say about a target: values stay within them as long as nothing changes.

    Parameters
    ----------
    limits
        Of the chart's last stretch, at its last point; None where there are none.
    target
        In the unit of the chart.
    higher_is_better
        Whether the target is reached from below. Where neither direction is better, there is no assurance to ask for.

    Raises
    ------
    ValueError
        If the target is infinite or not a number.

    When not to use this
    --------------------
    Not after a special cause that changed the series and before the limits are restarted: they describe what was.

    References
    ----------
    NHS England, Making Data Count: Strengthening your decisions (2019), assurance icons.

    Examples
    --------
    >>> from wardstats.methods.control_charts import ChartLimits
    >>> limits = ChartLimits(centre=6, lower=5, upper=7, mean_moving_range=0.4, points=20)
    >>> assurance(limits, 4, higher_is_better=True).value, assurance(limits, 4, higher_is_better=False).value
    ('consistently hit', 'consistently missed')
    """
    if not isfinite(target):
        raise ValueError(f"a target is a number, not {target}")
    if limits is None:
        return Assurance.NOT_KNOWN
    if limits.lower <= target <= limits.upper:
        return Assurance.HIT_AND_MISS
    reached = target < limits.lower if higher_is_better else target > limits.upper
    return Assurance.CONSISTENTLY_HIT if reached else Assurance.CONSISTENTLY_MISSED

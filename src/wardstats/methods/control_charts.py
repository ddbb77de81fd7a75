"""Control charts of single values (XmR), as the NHS "Making Data Count" programme draws them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean

from wardstats.methods.special_causes import Causes, PointLimits, broken_rules

POINTS_BEFORE_LIMITS = 12
LIMIT_FACTOR = 2.66
SCREEN_FACTOR = 3.267


@dataclass(frozen=True)
class ChartLimits:
    """The average and the limits of common cause: three standard deviations, estimated from the moving range."""

    centre: float
    lower: float
    upper: float
    mean_moving_range: float
    points: int

    @property
    def at_any_point(self) -> PointLimits:
        """The same at every point, with the marks two thirds of the way."""
        near = LIMIT_FACTOR * self.mean_moving_range * 2 / 3
        return PointLimits(self.centre, self.lower, self.upper, self.centre - near, self.centre + near)


@dataclass(frozen=True)
class ControlChart:
    """Limits (None with too few points) and, for each value in order, the rules it breaks."""

    limits: ChartLimits | None
    causes: Causes

    @property
    def has_special_cause(self) -> bool:
        """Whether any point breaks a rule."""
        return any(self.causes)


def control_chart(
    values: Sequence[float | None],
    *,
    baseline: int | None = None,
    never_negative: bool = True,
    minimum: int = POINTS_BEFORE_LIMITS,
) -> ControlChart:
    """Average, limits and special causes of a series in time.

    Sigma is the mean moving range / 1.128, so the limits are the mean -/+ 2.66 mean moving ranges. Moving ranges of
    3.267 times their mean or more are left out once. A missing value is a gap: no moving range spans it and it breaks
    every run. A point exactly on the average breaks a run on one side. Every point of a run is marked.

    Parameters
    ----------
    values
        In order of time, evenly spaced; None where the period was never submitted.
    baseline
        The limits come from this many first values; all of them when None.
    never_negative
        Whether the lower limit stops at nought, as it must for counts.
    minimum
        No limits with fewer values than this.

    When not to use this
    --------------------
    Not for a strongly seasonal series, whose summers it will call special; not for very rare events (most values
    nought), where the time between events is charted; and not across a change in recording, where the limits restart.

    References
    ----------
    Montgomery DC (2013). Introduction to statistical quality control, section 6.4.
    NIST/SEMATECH e-Handbook of statistical methods, section 6.3.2.2 (the example below).
    NHS England, Making Data Count: Strengthening your decisions (2019).

    Examples
    --------
    >>> flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    >>> limits = control_chart(flow, minimum=10).limits
    >>> round(limits.centre, 2), round(limits.lower, 2), round(limits.upper, 2)
    (50.81, 45.82, 55.8)
    """
    limits = _limits(values if baseline is None else values[:baseline], never_negative, minimum)
    if limits is None:
        return ControlChart(None, tuple(() for _ in values))
    return ControlChart(limits, broken_rules(values, [limits.at_any_point] * len(values)))


def _limits(values: Sequence[float | None], never_negative: bool, minimum: int) -> ChartLimits | None:
    known = [value for value in values if value is not None]
    ranges = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    if len(known) < minimum or not ranges:
        return None
    mean_range = fmean(ranges)
    ordinary = [size for size in ranges if size < SCREEN_FACTOR * mean_range]
    mean_range = fmean(ordinary) if ordinary else mean_range
    centre = fmean(known)
    lower = centre - LIMIT_FACTOR * mean_range
    upper = centre + LIMIT_FACTOR * mean_range
    return ChartLimits(centre, max(lower, 0.0) if never_negative else lower, upper, mean_range, len(known))

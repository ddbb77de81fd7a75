"""Control charts of events: counts, rates and proportions of every period, and the time between rare ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import inf, isfinite, sqrt
from statistics import fmean

from wardstats.methods.control_charts import POINTS_BEFORE_LIMITS, control_chart
from wardstats.methods.special_causes import Causes, PointLimits, broken_rules

RANGE_PER_SIGMA = 1.128
WEIBULL = 3.6


class EventChartKind(Enum):
    """Which chart, by the letter that it has in the books, and what its points are."""

    C = "counts"
    U = "rates"
    U_PRIME = "rates, limits as wide as the points spread"
    P = "proportions"
    P_PRIME = "proportions, limits as wide as the points spread"
    T = "times between events"


@dataclass(frozen=True)
class EventChart:
    """The charted value of every period, the limits at it, and the rules it breaks.

    Parameters
    ----------
    kind
        Which chart.
    values
        In order of time; None where there is none.
    limits
        At every point that has a value, None at the others; None for the whole chart with too few points.
    causes
        The rules that each point breaks.
    sigma_z
        How many times further than chance the points spread, by which the limits of a prime chart are widened; None for the others.
    """

    kind: EventChartKind
    values: tuple[float | None, ...]
    limits: tuple[PointLimits | None, ...] | None
    causes: Causes
    sigma_z: float | None = None

    @property
    def has_special_cause(self) -> bool:
        """Whether any point breaks a rule."""
        return any(self.causes)


def chart_of_counts(
    counts: Sequence[int | None], *, baseline: int | None = None, minimum: int = POINTS_BEFORE_LIMITS
) -> EventChart:
    """The c chart: counts of periods of equal length, limits mean -/+ 3 sqrt(mean), the lower not below nought.

    Parameters
    ----------
    counts
        In order of time; None where the period was never submitted, which is not nought.
    baseline
        The limits come from this many first periods; from all of them when None.
    minimum
        No limits with fewer counts than this.

    Raises
    ------
    ValueError
        If a count is negative, not whole or not a number, or the baseline is not positive.

    When not to use this
    --------------------
    Not for recorded crime by month, which comes and goes more than a Poisson count: its limits would be too narrow, and
    ordinary months look special. Use :func:`~wardstats.methods.control_charts.control_chart`, or the prime chart of rates.

    References
    ----------
    Montgomery DC (2013). Introduction to statistical quality control, section 7.3 (the example below is 7.3).

    Examples
    --------
    >>> from wardstats.methods import SpecialCause
    >>> boards = [21, 24, 16, 12, 15, 5, 28, 20, 31, 25, 20, 24, 16, 19, 10, 17, 13, 22, 18, 39, 30, 24, 16, 19, 17, 15]
    >>> chart = chart_of_counts(boards)
    >>> round(chart.limits[0].lower, 2), round(chart.limits[0].centre, 2), round(chart.limits[0].upper, 2)
    (6.48, 19.85, 33.21)
    >>> [at + 1 for at, causes in enumerate(chart.causes) if SpecialCause.OUTSIDE in causes]
    [6, 20]
    """
    rates = _Rates.of(counts, [1.0] * len(counts))
    return rates.chart(EventChartKind.C, baseline, minimum, largest=inf)


def chart_of_rates(
    counts: Sequence[int | None],
    sizes: Sequence[float | None],
    *,
    multiplier: float = 1000,
    spread: bool = True,
    baseline: int | None = None,
    minimum: int = POINTS_BEFORE_LIMITS,
) -> EventChart:
    """The u chart of counts over sizes that change from period to period, or Laney's u' chart of the same.

    Parameters
    ----------
    counts, sizes
        Events and residents, or days, of each period; None where the period was never submitted.
    multiplier
        Per how many.
    spread
        Whether the limits are widened (or narrowed) by how far the points spread, as Laney does: the u' chart. From more
        than about a thousand in the size, chance alone is far too narrow.
    baseline, minimum
        As for :func:`chart_of_counts`.

    Raises
    ------
    ValueError
        As for :func:`chart_of_counts`; if a size is not a positive number, or there are not as many sizes as counts.

    When not to use this
    --------------------
    Not across a change of recording: the limits restart there. Not with most counts nought: chart the time between events.

    References
    ----------
    Montgomery DC (2013). Introduction to statistical quality control, section 7.3.2.
    Laney DB (2002). Improved control charts for attributes. Quality Engineering 14, 531-537.

    Examples
    --------
    Faults in ten rolls of cloth, per 50 square metres (Montgomery's example 7.5):

    >>> rolls = [500, 400, 650, 500, 475, 500, 600, 525, 600, 625]
    >>> faults = [14, 12, 20, 11, 7, 10, 21, 16, 19, 23]
    >>> chart = chart_of_rates(faults, rolls, multiplier=50, spread=False, minimum=10)
    >>> [(round(at.lower, 2), round(at.upper, 2)) for at in chart.limits[:3]]
    [(0.29, 2.56), (0.16, 2.69), (0.43, 2.42)]
    """
    if not 0 < multiplier < inf:
        raise ValueError(f"a rate is per a positive number, not {multiplier}")
    rates = _Rates.of(counts, sizes, per=multiplier)
    return rates.chart(EventChartKind.U_PRIME if spread else EventChartKind.U, baseline, minimum, largest=inf)


def chart_of_proportions(
    counts: Sequence[int | None],
    totals: Sequence[int | None],
    *,
    spread: bool = True,
    baseline: int | None = None,
    minimum: int = POINTS_BEFORE_LIMITS,
) -> EventChart:
    """The p chart of how many of how many, or Laney's p' chart of the same; limits stay between nought and one.

    Parameters
    ----------
    counts, totals
        Of each period, ``0 <= count <= total``; None where the period was never submitted.
    spread, baseline, minimum
        As for :func:`chart_of_rates`.

    Raises
    ------
    ValueError
        As for :func:`chart_of_rates`; and if a count is more than its total.

    When not to use this
    --------------------
    Not for a ratio whose top is no part of its bottom: that is a rate.

    References
    ----------
    Montgomery DC (2013). Introduction to statistical quality control, section 7.2 (the example below is 7.1).
    Laney DB (2002). Improved control charts for attributes. Quality Engineering 14, 531-537.

    Examples
    --------
    >>> from wardstats.methods import SpecialCause
    >>> cans = [12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6]
    >>> chart = chart_of_proportions(cans, [50] * 30, spread=False)
    >>> round(chart.limits[0].lower, 4), round(chart.limits[0].centre, 4), round(chart.limits[0].upper, 4)
    (0.0524, 0.2313, 0.4102)
    >>> [at + 1 for at, causes in enumerate(chart.causes) if SpecialCause.OUTSIDE in causes]
    [15, 23]
    """
    rates = _Rates.of(counts, totals)
    if any(count > total for count, total in rates.known):
        raise ValueError("a count is more than its total")
    return rates.chart(EventChartKind.P_PRIME if spread else EventChartKind.P, baseline, minimum, largest=1.0)


def chart_of_times_between(
    times: Sequence[float], *, baseline: int | None = None, minimum: int = POINTS_BEFORE_LIMITS
) -> EventChart:
    """The t chart: the times from one rare event to the next, charted as single values of their 3.6th root.

    A point above the upper limit is a quiet time longer than usual, a run below the average is events that come faster.

    Parameters
    ----------
    times
        Days from each event to the next, in order. The time since the last event belongs to no event yet and is left out.
    baseline, minimum
        As for :func:`chart_of_counts`.

    Raises
    ------
    ValueError
        If a time is not a positive number: two events on a day need their time of day, or are one.

    When not to use this
    --------------------
    Not where most periods have several events: chart the counts.

    References
    ----------
    Nelson LS (1994). A control chart for parts-per-million nonconforming items. Journal of Quality Technology 26, 239-240.
    Montgomery DC (2013). Introduction to statistical quality control, section 7.3.5.

    Examples
    --------
    >>> hours = [286, 948, 536, 124, 816, 729, 4, 143, 431, 8, 2837, 596, 81, 227, 603, 492, 1199, 1214, 2831, 96]
    >>> chart = chart_of_times_between(hours)
    >>> chart.limits[0].lower, round(chart.limits[0].centre), chart.has_special_cause
    (0.0, 430, False)
    """
    _refuse_baseline(baseline)
    if any(not 0 < time < inf for time in times):
        raise ValueError("a time between events is a positive number")
    plain = control_chart([time ** (1 / WEIBULL) for time in times], baseline=baseline, minimum=minimum)
    values = tuple(float(time) for time in times)
    if plain.limits is None:
        return EventChart(EventChartKind.T, values, None, plain.causes)
    root = plain.limits.at_any_point
    marks = (root.centre, root.lower, root.upper, root.near_lower, root.near_upper)
    limits = PointLimits(*(max(mark, 0.0) ** WEIBULL for mark in marks))
    return EventChart(EventChartKind.T, values, (limits,) * len(values), plain.causes)


@dataclass(frozen=True)
class _Rates:
    """Counts over sizes in order of time; a period without one of the two is None."""

    points: tuple[tuple[int, float] | None, ...]

    @classmethod
    def of(cls, counts: Sequence[int | None], sizes: Sequence[float | None], *, per: float = 1.0) -> _Rates:
        if len(counts) != len(sizes):
            raise ValueError(f"{len(counts)} counts with {len(sizes)} sizes")
        for count in counts:
            if count is not None and not (isfinite(count) and count >= 0 and count == int(count)):
                raise ValueError(f"a count is a whole number from nought up, not {count}")
        for size in sizes:
            if size is not None and not 0 < size < inf:
                raise ValueError(f"a size is a positive number, not {size}")
        pairs = zip(counts, sizes, strict=True)
        return cls(tuple(None if count is None or size is None else (count, size / per) for count, size in pairs))

    @property
    def known(self) -> list[tuple[int, float]]:
        return [point for point in self.points if point is not None]

    def chart(self, kind: EventChartKind, baseline: int | None, minimum: int, *, largest: float) -> EventChart:
        _refuse_baseline(baseline)
        values = tuple(None if point is None else point[0] / point[1] for point in self.points)
        base = _Rates(self.points if baseline is None else self.points[:baseline])
        if len(base.known) < max(minimum, 1):
            return EventChart(kind, values, None, tuple(() for _ in values))
        centre = sum(count for count, _ in base.known) / sum(size for _, size in base.known)
        variance = centre * (1 - centre) if largest == 1 else centre
        wider = base.sigma_z(centre, variance) if kind in (EventChartKind.U_PRIME, EventChartKind.P_PRIME) else None
        deviation = sqrt(variance) * (1.0 if wider is None else wider)
        limits = [None if at is None else _limits(centre, deviation / sqrt(at[1]), largest) for at in self.points]
        nowhere = PointLimits(centre, -inf, inf, -inf, inf)
        causes = broken_rules(values, [at or nowhere for at in limits])
        return EventChart(kind, values, tuple(limits), causes, wider)

    def sigma_z(self, centre: float, variance: float) -> float:
        """Laney's: the mean moving range of the standardised points over 1.128; 1 where nothing moves or can be told."""
        if variance <= 0:
            return 1.0
        z = [None if at is None else (at[0] / at[1] - centre) / sqrt(variance / at[1]) for at in self.points]
        ranges = [abs(after - before) for before, after in pairwise(z) if before is not None and after is not None]
        return (fmean(ranges) if ranges else 0.0) / RANGE_PER_SIGMA or 1.0


def _limits(centre: float, sigma: float, largest: float) -> PointLimits:
    return PointLimits(
        centre,
        max(centre - 3 * sigma, 0.0),
        min(centre + 3 * sigma, largest),
        centre - 2 * sigma,
        centre + 2 * sigma,
    )


def _refuse_baseline(baseline: int | None) -> None:
    if baseline is not None and baseline < 1:
        raise ValueError(f"limits come from one value or more, not {baseline}")

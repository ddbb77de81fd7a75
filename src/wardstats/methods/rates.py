"""Rates: events per so many residents, with the interval public health uses, so that local analysts get the same numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import sqrt

import numpy as np
import numpy.typing as npt
from scipy.special import chdtri

from wardstats.methods.counts import whole_counts
from wardstats.methods.intervals import Interval, Intervals, Limits, normal_quantile

EXACT_BELOW = 10
EXACT, BYAR = "exact Poisson", "Byar"
METHODS = np.array([EXACT, BYAR], dtype=object)


class CountLimits(Enum):
    """Which limits a count gets; the value says it in print."""

    PUBLISHED = "exact Poisson below ten, Byar from ten up"
    EXACT = "exact Poisson"


@dataclass(frozen=True)
class Rate:
    """Events, those who could have been exposed to them, and the events per ``multiplier`` of those."""

    count: int
    population: int
    multiplier: int
    value: float
    interval: Interval


def count_interval(count: int, *, confidence: float = 0.95) -> Interval:
    """The interval of a count of independent events: exact Poisson below ten, Byar's approximation from ten up.

    The switch at ten is part of the published method of the Office for Health Improvement and Disparities; the
    interval says which of the two was used.

    Raises
    ------
    ValueError
        If the count is negative.

    When not to use this
    --------------------
    Recorded crime moves more than a Poisson count does: the interval is a lower bound of the uncertainty. Where the
    same people bring many of the events, or the events were chosen because they are many, it is far too narrow.

    References
    ----------
    Garwood F (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    Breslow NE, Day NE (1987). Statistical methods in cancer research II, p. 69 (Byar's approximation).
    Public Health England (2018). Technical guide: confidence intervals.

    Examples
    --------
    >>> exact = count_interval(5)
    >>> exact.method, round(exact.lower, 4), round(exact.upper, 4)
    ('exact Poisson', 1.6235, 11.6683)
    >>> byar = count_interval(100)
    >>> byar.method, round(byar.lower, 2), round(byar.upper, 2)
    ('Byar', 81.36, 121.63)
    """
    if count < 0:
        raise ValueError(f"a count is not negative: {count}")
    if count < EXACT_BELOW:
        return exact_count_interval(count, confidence=confidence)
    z = normal_quantile(confidence)
    above = count + 1
    lower = count * (1 - 1 / (9 * count) - z / (3 * sqrt(count))) ** 3
    upper = above * (1 - 1 / (9 * above) + z / (3 * sqrt(above))) ** 3
    return Interval(lower, upper, confidence, BYAR)


def exact_count_interval(count: int, *, confidence: float = 0.95) -> Interval:
    """Garwood's exact interval of a Poisson count.

    Raises
    ------
    ValueError
        If the count is negative, or the confidence is not between nought and one.

    Examples
    --------
    >>> round(exact_count_interval(0).upper, 3)
    3.689
    """
    if count < 0:
        raise ValueError(f"a count is not negative: {count}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share between 0 and 1, not {confidence}")
    tail = (1 - confidence) / 2
    lower = 0.0 if count == 0 else float(chdtri(2 * count, 1 - tail)) / 2
    upper = float(chdtri(2 * count + 2, tail)) / 2
    return Interval(lower, upper, confidence, EXACT)


def count_intervals(
    counts: Sequence[int] | npt.ArrayLike, *, confidence: float = 0.95, limits: CountLimits = CountLimits.PUBLISHED
) -> Intervals:
    """The intervals of the counts of many places at once, each as :func:`count_interval` gives it, or exact for all.

    Parameters
    ----------
    counts
        Of independent events, one for each place. A nought has the lower limit nought and an upper one: that nothing was
        recorded does not say that nothing can be.
    confidence
        Two-sided, of each interval by itself.
    limits
        The published method, which changes from exact limits to Byar's at ten, or exact limits at any count.

    Raises
    ------
    ValueError
        If there is no place, a count is missing, negative or not whole, or the confidence is not between nought and one.

    When not to use this
    --------------------
    As for one count; and not to pick the places that differ: of 33,755 intervals at 95%, some 1,700 miss their true value by
    chance alone. Hold the places against each other in a funnel.

    References
    ----------
    Garwood F (1936). Fiducial limits for the Poisson distribution. Biometrika 28, 437-442.
    Breslow NE, Day NE (1987). Statistical methods in cancer research II, p. 69 (Byar's approximation).

    Examples
    --------
    >>> found = count_intervals([0, 5, 100])
    >>> found.lower.round(2).tolist(), found.upper.round(2).tolist(), found.methods
    ([0.0, 1.62, 81.36], [3.69, 11.67, 121.63], ('exact Poisson', 'exact Poisson', 'Byar'))
    >>> count_intervals([100], limits=CountLimits.EXACT).upper.round(2).tolist()
    [121.63]
    >>> found.scaled(1000 / np.array([400, 1500, 1600])).upper.round(1).tolist()
    [9.2, 7.8, 76.0]
    """
    z = normal_quantile(confidence)
    # Thousands of places share a few hundred different counts, and only those are computed.
    different, at = np.unique(whole_counts(counts, of="events"), return_inverse=True)
    first_byar = np.searchsorted(different, EXACT_BELOW) if limits is CountLimits.PUBLISHED else len(different)
    lower, upper = np.concatenate(
        [_exact_limits(different[:first_byar], confidence), _byar_limits(different[first_byar:], z)], axis=1
    )
    methods = METHODS[(at >= first_byar).astype(np.intp)]
    return Intervals(lower[at], upper[at], confidence, tuple(methods.tolist()))


def _exact_limits(counts: Limits, confidence: float) -> Limits:
    tail = (1 - confidence) / 2
    lower = np.zeros_like(counts)
    some = counts > 0
    lower[some] = chdtri(2 * counts[some], 1 - tail) / 2
    return np.stack([lower, chdtri(2 * counts + 2, tail) / 2])


def _byar_limits(counts: Limits, z: float) -> Limits:
    above = counts + 1
    lower = counts * (1 - 1 / (9 * counts) - z / (3 * np.sqrt(counts))) ** 3
    return np.stack([lower, above * (1 - 1 / (9 * above) + z / (3 * np.sqrt(above))) ** 3])


def rate(count: int, population: int, *, multiplier: int = 1000, confidence: float = 0.95) -> Rate:
    """Events per ``multiplier`` residents, with the interval of the count carried over.

    Parameters
    ----------
    count
        Events, never people, unless one person can have only one.
    population
        Those exposed, over the same period. State its source and date wherever the rate is printed.
    multiplier
        Per how many: 1,000 for crime.

    Raises
    ------
    ValueError
        If there is no population to divide by.

    When not to use this
    --------------------
    Not where most of those exposed live elsewhere: in a city centre there may be more events than residents, and the
    rate says more about the denominator than about the place. It is never clipped; it is cautioned.

    Examples
    --------
    >>> found = rate(65, 1000)
    >>> found.value, round(found.interval.lower, 2), round(found.interval.upper, 2)
    (65.0, 50.16, 82.85)
    """
    if population <= 0:
        raise ValueError(f"no rate without a population: {population}")
    factor = multiplier / population
    interval = count_interval(count, confidence=confidence).scaled(factor)
    return Rate(count, population, multiplier, count * factor, interval)

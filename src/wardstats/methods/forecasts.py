"""Forecasts: what the coming months of many small series will bring if things go on as they are, with intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.stats import nbinom

from wardstats.methods.counts import Numbers
from wardstats.methods.monthly_counts import breaks_at, known_counts
from wardstats.methods.seasonality import exposures

FEWEST_MONTHS = 6
RECENT = 18
LARGEST_LAG = 7
LARGE_ENOUGH, SERIES_ENOUGH = 20.0, 5
LEAST_DRIFT, USUAL_DRIFT, MOST_DRIFT = 1e-4, 5e-3, 2e-2
VAGUE = 10.0
FIRST_DISPERSION, ROUNDS, SETTLING = 1.5, 2, 2
LEAST_LEVEL, LEAST_MEAN = 0.02, 0.05
MONTHS_OF_PARENT = 6

Series = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Forecasts:
    """For each series, in the order given, the months to come. Its arrays cannot be written to.

    Parameters
    ----------
    first
        The first month forecast.
    mean, lower, upper
        The expected count and the limits that it should keep within, shape (series, months ahead).
    confidence
        The share of months meant to lie within the limits.
    level
        What the series stands at now, as the count of an average month of 30.4375 days, shape (series,).
    dispersion
        The variance of a month as a multiple of its mean, once the level is known, shape (series,).
    drift
        For each series' parent, how far levels wander: the variance of a month's step, as a share of the level squared.
    """

    first: date
    mean: Numbers
    lower: Numbers
    upper: Numbers
    confidence: float
    level: Numbers
    dispersion: Numbers
    drift: Numbers


def forecast(
    counts: ArrayLike,
    *,
    effects: ArrayLike,
    parents: ArrayLike,
    first: date,
    ahead: int,
    breaks: Sequence[date] = (),
    confidence: float = 0.95,
) -> Forecasts:
    """The coming months of many series at once: a season borrowed from the parent times a level of the series' own.

    The level is a discounted mean of the months so far, later ones counting for more. By how much comes from the data: how far
    the levels of a parent's larger series drift from month to month (from how the squared differences of months grow
    with the time between them), against how noisy the one series is, so that a small series remembers longer. The limits are
    quantiles of a negative binomial distribution whose variance has three parts: the dispersion of the last eighteen months
    (drawn towards the parent's median), how little is known of the level, and its drift until the month forecast.

    Parameters
    ----------
    counts
        Shape (series, months), in order of time, the last month the latest; NaN where a month was never submitted, or is to be
        left out because it was like no other. A month without crimes is nought, not NaN.
    effects
        What each month of the year is of an average one for each parent, shape (parents, 12): ``MonthEffects.factors`` of
        the crime types in the force or the country.
    parents
        For each series the row of its parent in ``effects``.
    first
        The first month of the counts, by its first day.
    ahead
        How many months to forecast.
    breaks
        The first days of months in which a new level began for all series. Only the months since the last one are used. For a
        break in some series alone, make their earlier months NaN.
    confidence
        Of the limits.

    Raises
    ------
    ValueError
        If a count is negative, infinite or not whole; if fewer than six months of a series are known since the last break; if a
        parent is not a row of the effects, or an effect is not a positive number; if no month is to be forecast; if the
        confidence is not between nought and one; if a break is outside the series or not the first of a month.

    When not to use this
    --------------------
    Not to judge an intervention: compare with places that did not have it. Not across a change of recording that is to
    come. Where a change has just begun the level lags behind it for some months, and there is no trend: a steady rise is
    followed and not foreseen. A type that lives by single outbreaks has more extreme months than the limits allow for.
    With months that were never submitted counted as nought every number here is wrong.

    References
    ----------
    Harvey AC (1989). Forecasting, structural time series models and the Kalman filter, section 4.1 (local level).
    Muth JF (1960). Optimal properties of exponentially weighted forecasts. JASA 55, 299-306.

    Examples
    --------
    Two quiet districts and a busy one, and a parent without a season:

    >>> counts = [[3, 5, 2, 4] * 6, [0, 1, 0, 0] * 6, [310, 280, 290, 320] * 6]
    >>> found = forecast(counts, effects=[[1.0] * 12], parents=[0, 0, 0], first=date(2023, 1, 1), ahead=2)
    >>> found.first, found.mean[:, 0].round(1).tolist()
    (datetime.date(2025, 1, 1), [3.6, 0.4, 312.8])
    >>> found.lower[:, 0].tolist(), found.upper[:, 0].tolist()
    ([0.0, 0.0, 253.0], [8.0, 2.0, 377.0])
    """
    known = known_counts(counts)
    if ahead < 1:
        raise ValueError(f"no month to forecast: {ahead}")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share between 0 and 1, not {confidence}")
    series, months = known.shape
    rows, factors = _parents(parents, effects, series)
    lengths = exposures(factors[rows], series=series, first=first, months=months + ahead)
    start = max(breaks_at(breaks, first=first, months=months), default=0)
    past = _Past.of(known[:, start:], lengths[:, start:months])
    drift = _drift(past, rows, len(factors))[rows]
    dispersion = np.full(series, FIRST_DISPERSION)
    for _ in range(ROUNDS):
        now = _followed(past, drift, dispersion)
        dispersion = _dispersion(now.surprises, rows, len(factors))
    coming = lengths[:, months:]
    mean = now.level[:, np.newaxis] * coming
    steps = (now.level**2 * drift)[:, np.newaxis] * np.arange(1, ahead + 1)
    variance = dispersion[:, np.newaxis] * mean + coming**2 * (now.variance[:, np.newaxis] + steps)
    lower, upper = _limits(mean, variance, confidence)
    for each in (mean, lower, upper, now.level, dispersion, drift):
        each.setflags(write=False)
    return Forecasts(_after(first, months), mean, lower, upper, confidence, now.level, dispersion, drift)


def _parents(parents: ArrayLike, effects: ArrayLike, series: int) -> tuple[Series, Numbers]:
    rows = np.asarray(parents)
    if rows.shape != (series,) or rows.dtype.kind not in "iu":
        raise ValueError(f"{series} series with parents of shape {rows.shape} that are rows of the effects")
    factors = np.asarray(effects, dtype=np.float64)
    if factors.ndim != 2 or factors.shape[1] != 12:
        raise ValueError(f"effects are of twelve months for each parent, not of shape {factors.shape}")
    if rows.min() < 0 or rows.max() >= len(factors):
        raise ValueError(f"a parent is not one of the {len(factors)} rows of the effects")
    return rows.astype(np.int64), factors


@dataclass(frozen=True, eq=False)
class _Past:
    """Counts with nought where they are not known, the lengths of the months (nought likewise), and the mean level."""

    counts: Numbers
    lengths: Numbers
    known: NDArray[np.bool_]
    level: Numbers

    @classmethod
    def of(cls, counts: Numbers, lengths: Numbers) -> _Past:
        known = ~np.isnan(counts)
        months = known.sum(axis=1)
        if months.min() < FEWEST_MONTHS:
            least = int(months.argmin())
            raise ValueError(f"series {least}: {months.min()} months are known, at least {FEWEST_MONTHS} needed")
        counts, lengths = np.where(known, counts, 0.0), np.where(known, lengths, 0.0)
        # Half an event keeps the level of an empty series above nought.
        level = (counts.sum(axis=1) + 0.5) / lengths.sum(axis=1)
        return cls(counts, lengths, known, level)


@dataclass(frozen=True, eq=False)
class _Now:
    """The level after the last month, its variance, and for each month how the count surprised: its square as a dispersion."""

    level: Numbers
    variance: Numbers
    surprises: Numbers


def _drift(past: _Past, rows: Series, parents: int) -> Numbers:
    """For each parent the variance of a level's monthly step, as a share of the level squared.

    Months further apart differ by noise and by so many steps: the slope of their squared difference over the time between
    them is the variance of a step. Only series whose noise does not drown it are asked.
    """
    months = past.counts.shape[1]
    lags = np.arange(1, min(LARGEST_LAG, months // 2) + 1)
    values = np.divide(past.counts, past.lengths, out=np.zeros_like(past.counts), where=past.known)
    values /= past.level[:, np.newaxis]
    apart = np.stack([_squared_difference(values, past.known, int(lag)) for lag in lags], axis=1)
    asked = (past.level > LARGE_ENOUGH) & np.isfinite(apart).all(axis=1)
    number = np.bincount(rows[asked], minlength=parents)
    total = np.stack(
        [np.bincount(rows[asked], weights=apart[asked, lag], minlength=parents) for lag in range(len(lags))]
    )
    centred = lags - lags.mean()
    slopes = centred @ (total / np.maximum(number, 1)) / (centred @ centred)
    answered = number >= SERIES_ENOUGH
    usual = float(np.median(slopes[answered])) if answered.any() else USUAL_DRIFT
    return np.asarray(np.clip(np.where(answered, slopes, usual), LEAST_DRIFT, MOST_DRIFT), dtype=np.float64)


def _squared_difference(values: Numbers, known: NDArray[np.bool_], lag: int) -> Numbers:
    """The mean squared difference of months so far apart, for each series; infinite where no such two are known."""
    both = known[:, lag:] & known[:, :-lag]
    squares = ((values[:, lag:] - values[:, :-lag]) ** 2 * both).sum(axis=1)
    pairs = both.sum(axis=1)
    return np.where(pairs > 0, squares / np.maximum(pairs, 1), np.inf)


def _followed(past: _Past, drift: Numbers, dispersion: Numbers) -> _Now:
    """The level from month to month: each count moves it by as much as it is worth against what is known already."""
    level, variance = past.level.copy(), VAGUE * past.level**2
    surprises = np.full(past.counts.shape, np.nan)
    for month, (count, length, known) in enumerate(zip(past.counts.T, past.lengths.T, past.known.T, strict=True)):
        variance = variance + drift * level**2
        mean = level * length
        spread = length**2 * variance + dispersion * np.maximum(mean, LEAST_MEAN)
        surprises[known, month] = ((count - mean) ** 2 / spread * dispersion)[known]
        # A month not known has no length, and so no weight.
        gain = variance * length / spread
        level = np.maximum(level + gain * (count - mean), LEAST_LEVEL * past.level)
        variance = variance * (1 - gain * length)
    return _Now(level, variance, surprises[:, SETTLING:][:, -RECENT:])


def _dispersion(surprises: Numbers, rows: Series, parents: int) -> Numbers:
    """The mean surprise of each series' recent months, drawn towards its parent's median as if that were six months more."""
    known = (~np.isnan(surprises)).sum(axis=1)
    own = np.nansum(surprises, axis=1)
    each = own / np.maximum(known, 1)
    pooled = np.array([np.median(each[rows == parent]) if (rows == parent).any() else 1.0 for parent in range(parents)])
    drawn = (own + MONTHS_OF_PARENT * pooled[rows]) / (known + MONTHS_OF_PARENT)
    return np.asarray(np.maximum(drawn, 1.0), dtype=np.float64)


def _limits(mean: Numbers, variance: Numbers, confidence: float) -> tuple[Numbers, Numbers]:
    # The dispersion is at least one and the level never certain, so that the variance is above the mean.
    size = mean**2 / (variance - mean)
    share = mean / variance
    tail = (1 - confidence) / 2
    lower, upper = nbinom.ppf(tail, size, share), nbinom.ppf(1 - tail, size, share)
    return np.asarray(lower, dtype=np.float64), np.asarray(upper, dtype=np.float64)


def _after(first: date, months: int) -> date:
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)

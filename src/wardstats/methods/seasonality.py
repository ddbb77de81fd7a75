"""Season: whether, and by how much, the months of the year differ, apart from their lengths and from the trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import fdtrc

from wardstats.methods.counts import Numbers
from wardstats.methods.monthly_counts import breaks_at, known_counts, months_of_year, standard_days

PAIRS = 2
LONG = 48
FEWEST_EVENTS = 30
FEWEST_MONTHS_WITH_EVENTS = 0.25
MONTHS_OF_NO_SEASON = 3.0
ROUNDS, SETTLED = 60, 1e-9
FARTHEST, LONGEST_STEP = 25.0, 3.0


@dataclass(frozen=True, eq=False)
class MonthEffects:
    """What each month of the year is of an average one, for each series. Its array cannot be written to.

    ``factors`` has shape (series, 12), January first, each row with a mean of 1: rates a day, so that February is not low for
    being short. ``months`` is how many months each series was known for, shape (series,).
    """

    factors: Numbers
    months: NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class SeasonTests:
    """For each series, in the order given, the test of its season. Its arrays cannot be written to.

    Parameters
    ----------
    f, p
        The F statistic of the season against none, and the chance of as much where there is none.
    degrees_of_freedom
        Of the denominator; the numerator always has four.
    dispersion
        The variance as a multiple of the mean, around trend and season: 1 under chance alone.
    trend
        What a year multiplies the counts by.
    effects
        What each month is of an average one.
    """

    f: Numbers
    p: Numbers
    degrees_of_freedom: NDArray[np.int64]
    dispersion: Numbers
    trend: Numbers
    effects: MonthEffects


def month_effects(counts: ArrayLike, *, first: date, breaks: Sequence[date] = ()) -> MonthEffects:
    """The season of large series, such as a crime type in a whole force or country, to be lent to the small series in them.

    Poisson regression on levels, a trend and two harmonic pairs, by the days of each month. The harmonics are held back as if
    three more months had shown no season at all: of ten years that takes away a twentieth, of a year and a half a quarter,
    where a season cannot be told from a passing rise.

    Parameters
    ----------
    counts
        Shape (series, months), in order of time without gaps; NaN where a month was never submitted.
    first
        The first month, by its first day.
    breaks
        The first days of months in which a new level begins for all series: a change of recording or of computer system, or
        the beginning and the end of a time like no other (April 2020 and July 2021).

    Raises
    ------
    ValueError
        If a count is negative or infinite; if fewer than twelve months of a series are known, or it has fewer than thirty
        events, or events in fewer than a quarter of those months; if there are none between two breaks; if a break is outside
        the series or not the first of a month; if too few months are known to tell levels, trend and season apart.

    When not to use this
    --------------------
    Not for a small series by itself: lend it the season of what it is part of. Not where the part is known to have another
    season than the whole, such as a seaside town in summer or a night-time economy in December. Two harmonic pairs
    draw a smooth year: a single month that always stands out (fireworks in November) is smoothed.

    References
    ----------
    McCullagh P, Nelder JA (1989). Generalized linear models, chapter 6 and section 9.2.

    Examples
    --------
    Three years of a summer's crime, three in July for two in January:

    >>> year = [80, 75, 89, 94, 105, 110, 120, 117, 103, 98, 86, 82]
    >>> found = month_effects([year * 3], first=date(2021, 1, 1))
    >>> [round(float(factor), 2) for factor in found.factors[0]]
    [0.85, 0.87, 0.92, 0.98, 1.06, 1.14, 1.18, 1.16, 1.09, 0.99, 0.91, 0.86]
    """
    known = known_counts(counts)
    _refuse_small(known, fewest_months=12)
    design = _Design.of(first, known.shape[1], breaks)
    design.refuse_unknowable(known)
    fit = _fitted(known, design, held_back=MONTHS_OF_NO_SEASON)
    return _effects(fit.coefficients[:, design.season], known)


def season_tests(counts: ArrayLike, *, first: date, breaks: Sequence[date] = ()) -> SeasonTests:
    """Whether long series have a season: F test of two harmonic pairs over levels and a trend, allowing for dispersion.

    Quasi-Poisson regression by the days of each month. The fall of the deviance by the season is held against Pearson's
    dispersion, so that counts which move more than chance are not called seasonal for it.

    Parameters
    ----------
    counts
        Shape (series, months), in order of time without gaps; NaN where a month was never submitted.
    first
        The first month, by its first day.
    breaks
        The first days of months in which a new level begins for all series.

    Raises
    ------
    ValueError
        If a count is negative or infinite; if fewer than forty-eight months of a series are known, or it has fewer than thirty
        events, or events in fewer than a quarter of those months; if there are none between two breaks; if a break is outside
        the series or not the first of a month; if too few months are known to tell levels, trend and season apart.

    When not to use this
    --------------------
    Not on fewer than four years: two summers that were busy by chance look like a season. Not as the only look: the test
    takes the months around trend and season to be independent, and where good and bad spells last for months it finds a
    season too often. Many series are many tests; control the rate of false discoveries among them.

    References
    ----------
    McCullagh P, Nelder JA (1989). Generalized linear models, sections 4.5, 6.2 and 9.2.
    Venables WN, Ripley BD (2002). Modern applied statistics with S, section 7.5 (F tests with estimated dispersion).

    Examples
    --------
    >>> year = [80, 75, 89, 94, 105, 110, 120, 117, 103, 98, 86, 82]
    >>> found = season_tests([year * 5, [100, 101, 99, 102, 98] * 12], first=date(2018, 1, 1))
    >>> bool(found.p[0] < 0.001), round(float(found.trend[0]), 2)
    (True, 1.0)
    >>> round(float(found.p[1]), 2)
    0.24
    """
    known = known_counts(counts)
    _refuse_small(known, fewest_months=LONG)
    design = _Design.of(first, known.shape[1], breaks)
    design.refuse_unknowable(known)
    full, plain = _fitted(known, design), _fitted(known, design.without_season())
    freedom = (~np.isnan(known)).sum(axis=1) - design.columns.shape[1]
    dispersion = full.pearson / freedom
    # Rounding may leave the larger model a hair worse, or a made-up series without any dispersion.
    f = np.maximum(plain.deviance - full.deviance, 0.0) / (2 * PAIRS) / np.maximum(dispersion, SETTLED)
    p = np.asarray(fdtrc(2 * PAIRS, freedom, f), dtype=np.float64)
    trend = np.exp(12 * full.coefficients[:, design.season.start - 1])
    for each in (f, p, freedom, dispersion, trend):
        each.setflags(write=False)
    effects = _effects(full.coefficients[:, design.season], known)
    return SeasonTests(f, p, freedom, dispersion, trend, effects)


def deseasonalised(counts: ArrayLike, effects: ArrayLike, *, first: date) -> Numbers:
    """Counts as they would be if every month were average and 30.4375 days long: fit for control charts.

    Parameters
    ----------
    counts
        Shape (series, months); NaN where a month was never submitted, which stays so.
    effects
        What each month is of an average one, shape (12,) for all series or (series, 12): ``MonthEffects.factors``.
    first
        The first month, by its first day.

    Raises
    ------
    ValueError
        If a count is negative or infinite, an effect is not a positive number, or the shapes do not fit.

    When not to use this
    --------------------
    Not to report how many crimes there were: they are no longer counts. Not with effects of another crime type.

    Examples
    --------
    >>> flat = deseasonalised([[62, 58]], [2.0, 2.0] + [1.0] * 10, first=date(2024, 1, 1))
    >>> flat.round(2).tolist()
    [[30.44, 30.44]]
    """
    known = known_counts(counts)
    return known / exposures(effects, series=len(known), first=first, months=known.shape[1])


def exposures(effects: ArrayLike, *, series: int, first: date, months: int) -> Numbers:
    """How much of an average month each month is, by its length and its effect: shape (series, months).

    Raises
    ------
    ValueError
        If an effect is not a positive number, or there are not twelve for all series or for each.
    """
    factors = np.asarray(effects, dtype=np.float64)
    if factors.shape not in ((12,), (1, 12), (series, 12)):
        raise ValueError(f"effects of twelve months for {series} series are not of shape {factors.shape}")
    if not (np.isfinite(factors) & (factors > 0)).all():
        raise ValueError("the effect of a month is a positive number")
    by_month = np.broadcast_to(factors, (series, 12))[:, months_of_year(first, months)]
    return np.asarray(by_month * standard_days(first, months), dtype=np.float64)


@dataclass(frozen=True, eq=False)
class _Design:
    """Columns of a regression: levels, trend, harmonics; and how long each month is."""

    columns: Numbers
    season: slice
    lengths: Numbers
    levels: int

    @classmethod
    def of(cls, first: date, months: int, breaks: Sequence[date]) -> _Design:
        edges = (0, *breaks_at(breaks, first=first, months=months), months)
        at = np.arange(months)
        levels = [(at >= start) & (at < end) for start, end in pairwise(edges)]
        trend = at - (months - 1) / 2
        columns = np.column_stack([*levels, trend, _harmonics(months_of_year(first, months))]).astype(np.float64)
        season = slice(len(levels) + 1, columns.shape[1])
        return cls(columns, season, standard_days(first, months), len(levels))

    def without_season(self) -> _Design:
        nothing = slice(self.season.start, self.season.start)
        return _Design(self.columns[:, : self.season.start], nothing, self.lengths, self.levels)

    def refuse_unknowable(self, known: Numbers) -> None:
        """A level without events has no logarithm, and nothing is learnt from fewer months than there are columns."""
        events = np.nan_to_num(known) @ self.columns[:, : self.levels]
        if not events.all():
            raise ValueError(f"series {int(np.argmin(events.min(axis=1)))} has no events between two breaks")
        each = np.where(np.isnan(known)[:, :, np.newaxis], 0.0, self.columns)
        enough = (~np.isnan(known)).sum(axis=1) > self.columns.shape[1]
        told = enough & (np.linalg.matrix_rank(each) == self.columns.shape[1])
        if not told.all():
            row = int(np.argmin(told))
            raise ValueError(f"series {row}: too few months are known to tell levels, trend and season apart")


@dataclass(frozen=True, eq=False)
class _Fit:
    coefficients: Numbers
    deviance: Numbers
    pearson: Numbers


def _fitted(known: Numbers, design: _Design, *, held_back: float = 0.0) -> _Fit:
    """Poisson regression of every series on the same columns at once, by iterated weighted least squares."""
    x, offset = design.columns, np.log(design.lengths)
    observed = ~np.isnan(known)
    y = np.where(observed, known, 0.0)
    products = (x[:, :, np.newaxis] * x[:, np.newaxis, :]).reshape(len(x), -1)
    held = np.zeros(x.shape[1])
    held[design.season] = held_back
    coefficients = _beginning(y, observed, design)
    before = np.full(len(y), np.inf)
    for _ in range(ROUNDS):
        mean = _means(coefficients, x, offset) * observed
        penalty = held * (mean.sum(axis=1) / observed.sum(axis=1))[:, np.newaxis]
        slope = (y - mean) @ x - penalty * coefficients
        curve = (mean @ products).reshape(len(y), *held.shape, *held.shape) + penalty[:, :, np.newaxis] * np.eye(
            len(held)
        )
        coefficients = coefficients + _step(curve, slope)
        deviance = _deviance(y, _means(coefficients, x, offset), observed)
        objective = deviance + (penalty * coefficients**2).sum(axis=1)
        if (np.abs(objective - before) <= SETTLED * (1 + np.abs(objective))).all():
            break
        before = objective
    mean = _means(coefficients, x, offset)
    return _Fit(coefficients, deviance, (((y - mean) ** 2 / mean) * observed).sum(axis=1))


def _beginning(y: Numbers, observed: NDArray[np.bool_], design: _Design) -> Numbers:
    """The level of each stretch between breaks; no trend and no season yet."""
    levels = design.columns[:, : design.levels]
    coefficients = np.zeros((len(y), design.columns.shape[1]))
    coefficients[:, : design.levels] = np.log((y @ levels) / ((observed * design.lengths) @ levels))
    return coefficients


def _step(curve: Numbers, slope: Numbers) -> Numbers:
    step = np.linalg.solve(curve, slope[:, :, np.newaxis])[:, :, 0]
    longest = np.abs(step).max(axis=1, keepdims=True)
    return np.asarray(step * np.minimum(1.0, LONGEST_STEP / np.maximum(longest, SETTLED)), dtype=np.float64)


def _means(coefficients: Numbers, x: Numbers, offset: Numbers) -> Numbers:
    # Where a stretch has no events its mean goes to nought without ever being nought.
    return np.asarray(np.exp(np.clip(coefficients @ x.T + offset, -FARTHEST, FARTHEST)), dtype=np.float64)


def _deviance(y: Numbers, mean: Numbers, observed: NDArray[np.bool_]) -> Numbers:
    each = y * np.log(np.where(y > 0, y, 1.0) / np.where(y > 0, mean, 1.0)) - (y - mean)
    return np.asarray(2 * (each * observed).sum(axis=1), dtype=np.float64)


def _effects(coefficients: Numbers, known: Numbers) -> MonthEffects:
    factors = np.exp(coefficients @ _harmonics(np.arange(12)).T)
    factors /= factors.mean(axis=1, keepdims=True)
    months = (~np.isnan(known)).sum(axis=1)
    for each in (factors, months):
        each.setflags(write=False)
    return MonthEffects(factors, months)


def _harmonics(of_year: NDArray[np.int64]) -> Numbers:
    angle = 2 * np.pi * of_year / 12
    return np.column_stack([wave(pair * angle) for pair in range(1, PAIRS + 1) for wave in (np.cos, np.sin)])


def _refuse_small(known: Numbers, *, fewest_months: int) -> None:
    months, events = (~np.isnan(known)).sum(axis=1), np.nansum(known, axis=1)
    if months.min() < fewest_months:
        raise ValueError(
            f"series {int(months.argmin())}: {months.min()} months are known, at least {fewest_months} needed"
        )
    if events.min() < FEWEST_EVENTS:
        raise ValueError(f"series {int(events.argmin())}: {events.min():g} events, at least {FEWEST_EVENTS} needed")
    if ((known > 0).sum(axis=1) < FEWEST_MONTHS_WITH_EVENTS * months).any():
        row = int(np.argmin((known > 0).sum(axis=1) / months))
        raise ValueError(f"series {row}: events in too few of its months, in at least one of four needed")

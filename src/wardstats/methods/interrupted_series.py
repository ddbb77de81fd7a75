"""Interrupted time series: whether a long series broke at one known date, and where it would have gone without the break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import statsmodels.api as sm
from numpy.typing import ArrayLike
from scipy.special import stdtr, stdtrit

from wardstats.methods.counts import Numbers, as_many, sizes, whole_counts
from wardstats.methods.designs import Design
from wardstats.methods.intervals import Interval, normal_quantile

LEAST_PERIODS = 8
TREND, STEP, SLOPE = 1, 2, 3


@dataclass(frozen=True)
class RatioEffect:
    """An effect as a ratio (1 = none) with its interval and two-sided p."""

    value: float
    interval: Interval
    p_value: float

    @property
    def percent(self) -> float:
        """The same in percent of what was expected."""
        return 100 * (self.value - 1)

    @property
    def percent_limits(self) -> tuple[float, float]:
        """The interval in percent."""
        return 100 * (self.interval.lower - 1), 100 * (self.interval.upper - 1)


@dataclass(frozen=True, eq=False)
class InterruptedSeries:
    """How the series broke, and the line it would have followed. Its arrays cannot be written to.

    Parameters
    ----------
    step
        The ratio by which the level changed in the first period after the date.
    slope
        The ratio by which each later period then moved further from the old course; None where it was not asked for.
    trend
        The ratio of one period to the one before, on the old course, season apart.
    overall
        All events after the date, by those expected on the old course.
    averted
        Events expected after the date on the old course less those there were: negative where there were more.
    fitted, counterfactual, lower, upper
        In each period: expected by the model; expected on the old course, and the limits of that.
    dispersion
        The variance of the counts as a multiple of their mean (Pearson), around the model.
    autocorrelation
        Of the residuals of one period with the next: far from nought, errors that take the periods for independent are wrong.
    lags
        Over how many periods the errors allow for autocorrelation; nought where they take the periods for independent.
    """

    counts: Numbers
    before: int
    step: RatioEffect
    slope: RatioEffect | None
    trend: RatioEffect
    overall: RatioEffect
    averted: float
    fitted: Numbers
    counterfactual: Numbers
    lower: Numbers
    upper: Numbers
    dispersion: float
    autocorrelation: float
    lags: int
    design: Design = Design.INTERRUPTED_SERIES

    @property
    def maryland_level(self) -> int:
        """What the design can bear, 1 to 5."""
        return self.design.maryland_level


def interrupted_time_series(
    counts: Sequence[int] | ArrayLike,
    *,
    before: int,
    exposures: Sequence[float] | ArrayLike | None = None,
    slope: bool = True,
    harmonics: int = 2,
    season: int = 12,
    lags: int | None = None,
    confidence: float = 0.95,
) -> InterruptedSeries:
    """A quasi-Poisson regression with a step, and a change of slope, at one date that was fixed in advance.

    log(expected) = log(exposure) + level + trend + step + change of slope + pairs of sine and cosine over the season. The
    errors allow for over-dispersion, and for autocorrelation (Newey and West, corrected for the size of the sample) where that
    makes the step less certain; limits take Student's quantile. They are never narrower than a Poisson model's.

    Parameters
    ----------
    counts
        Events in each period, without a gap.
    before
        How many of the periods lie before the date. The date is known, not searched for.
    exposures
        What the periods are measured by: days in the month, residents.
    slope
        Whether the course itself may change, beside the step.
    harmonics
        Pairs of sine and cosine; nought for none.
    season
        Periods in a year.
    lags
        Over how many periods the errors allow for autocorrelation; 4 (periods / 100)^(2/9) when None, nought for none.

    Raises
    ------
    ValueError
        If there are fewer than eight periods on either side, less than one whole season before while a season is asked
        for, no events on one of the sides, or a wrong count or exposure.

    When not to use this
    --------------------
    There is no comparison: whatever else changed at that date is in the effect. Not for a date chosen because the series looks
    broken there; not across a change of recording; not where the series was driven up to the date by the same cause
    that brought the intervention, which falls by itself.

    References
    ----------
    Lopez Bernal J, Cummins S, Gasparrini A (2017). Interrupted time series regression for the evaluation of public health
    interventions: a tutorial. International Journal of Epidemiology 46, 348-355.
    Newey WK, West KD (1987). A simple, positive semi-definite, heteroskedasticity and autocorrelation consistent
    covariance matrix. Econometrica 55, 703-708.

    Examples
    --------
    >>> found = interrupted_time_series([40, 44, 38, 42] * 6 + [20, 23, 18, 21] * 3, before=24, slope=False, harmonics=0)
    >>> round(found.step.percent), round(found.averted), found.maryland_level
    (-50, 245, 2)
    """
    normal_quantile(confidence)
    events, exposure = _checked(counts, exposures, before)
    terms = _terms(len(events), before, slope, harmonics, season)
    reach = int(4 * (len(events) / 100) ** (2 / 9)) if lags is None else lags
    if not 0 <= reach < len(events):
        raise ValueError(f"lags are periods of the series, not {lags}")
    model = sm.GLM(events, terms, family=sm.families.Poisson(), offset=np.log(exposure))
    covariance, used = _covariance(model, reach)
    method = "quasi-Poisson, allowing for autocorrelation" if used else "quasi-Poisson"
    params, freedom = np.asarray(model.fit().params), len(events) - terms.shape[1]
    judged = _Judged(params, covariance, freedom, confidence, method)
    return _result(events, exposure, terms, before, slope, judged, used)


@dataclass(frozen=True)
class _Judged:
    params: Numbers
    covariance: Numbers
    freedom: int
    confidence: float
    method: str

    @property
    def quantile(self) -> float:
        return float(stdtrit(self.freedom, 0.5 + self.confidence / 2))

    def ratio(self, logarithm: float, variance: float) -> RatioEffect:
        error = float(np.sqrt(max(variance, 0.0)))
        limits = np.exp([logarithm - self.quantile * error, logarithm + self.quantile * error])
        p_value = float(2 * stdtr(self.freedom, -abs(logarithm) / error)) if error else float(logarithm == 0)
        interval = Interval(float(limits[0]), float(limits[1]), self.confidence, self.method)
        return RatioEffect(float(np.exp(logarithm)), interval, p_value)

    def term(self, place: int) -> RatioEffect:
        return self.ratio(float(self.params[place]), float(self.covariance[place, place]))


def _result(
    events: Numbers,
    exposure: Numbers,
    terms: Numbers,
    before: int,
    slope: bool,
    judged: _Judged,
    lags: int,
) -> InterruptedSeries:
    old_course = terms.copy()
    old_course[:, STEP : SLOPE + 1 if slope else SLOPE] = 0.0
    fitted, course = (exposure * np.exp(matrix @ judged.params) for matrix in (terms, old_course))
    errors = np.sqrt(np.einsum("ij,jk,ik->i", old_course, judged.covariance, old_course)) * judged.quantile
    lower, upper = course * np.exp(-errors), course * np.exp(errors)
    residuals = (events - fitted) / np.sqrt(fitted)
    for array in (events, fitted, course, lower, upper):
        array.setflags(write=False)
    return InterruptedSeries(
        counts=events,
        before=before,
        step=judged.term(STEP),
        slope=judged.term(SLOPE) if slope else None,
        trend=judged.term(TREND),
        overall=_overall(terms[before:], old_course[before:], fitted[before:], course[before:], judged),
        averted=float(course[before:].sum() - events[before:].sum()),
        fitted=fitted,
        counterfactual=course,
        lower=lower,
        upper=upper,
        dispersion=float(residuals @ residuals) / judged.freedom,
        autocorrelation=float(residuals[1:] @ residuals[:-1] / max(float(residuals @ residuals), 1e-300)),
        lags=lags,
    )


def _overall(terms: Numbers, old: Numbers, fitted: Numbers, course: Numbers, judged: _Judged) -> RatioEffect:
    # The delta method on the logarithm of the ratio of two sums.
    gradient = terms.T @ fitted / fitted.sum() - old.T @ course / course.sum()
    logarithm = float(np.log(fitted.sum()) - np.log(course.sum()))
    return judged.ratio(logarithm, float(gradient @ judged.covariance @ gradient))


def _terms(periods: int, before: int, slope: bool, harmonics: int, season: int) -> Numbers:
    if harmonics and (harmonics < 0 or season < 2 * harmonics + 1 or before < season):
        raise ValueError(
            f"{harmonics} pairs of sine and cosine need a season of more periods, and one whole season before"
        )
    since = np.arange(periods, dtype=np.float64) - before
    after = since >= 0
    columns = [np.ones(periods), since, after.astype(np.float64)]
    if slope:
        columns.append(np.where(after, since, 0.0))
    angle = 2 * np.pi * (since + before) / season
    for pair in range(1, harmonics + 1):
        columns += [np.sin(pair * angle), np.cos(pair * angle)]
    return np.column_stack(columns)


def _covariance(model: Any, lags: int) -> tuple[Numbers, int]:
    """The wider of the errors with and without autocorrelation, as the first are too small in short series; and its lags."""
    fit = model.fit()
    independent = np.asarray(fit.normalized_cov_params * max(float(fit.pearson_chi2 / fit.df_resid), 1.0))
    if lags:
        robust = model.fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": True})
        allowing = np.asarray(robust.cov_params())
        if allowing[STEP, STEP] >= independent[STEP, STEP]:
            return allowing, lags
    return independent, 0


def _checked(counts: ArrayLike, exposures: ArrayLike | None, before: int) -> tuple[Numbers, Numbers]:
    events = whole_counts(counts, of="counts").copy()
    if min(before, len(events) - before) < LEAST_PERIODS:
        raise ValueError(f"{LEAST_PERIODS} periods or more on either side of the date, not {before} of {len(events)}")
    for side, part in (("before", events[:before]), ("after", events[before:])):
        if not part.any():
            raise ValueError(f"no events {side} the date: no ratio can be estimated")
    if exposures is None:
        return events, np.ones(len(events))
    exposure = sizes(exposures, of="exposures", positive=True)
    as_many(events, exposure, of="counts and exposures")
    return events, exposure

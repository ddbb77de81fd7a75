"""Change between two counts: the ratio with its interval, so that chance is not reported as improvement."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import exp, inf, sqrt

from scipy.special import betaincinv, stdtrit

from wardstats.methods.dispersion import Dispersion
from wardstats.methods.intervals import Interval, normal_quantile

EXACT_BELOW = 10


class Verdict(Enum):
    """What the interval of a change allows to be said about it."""

    HIGHER = "higher"
    LOWER = "lower"
    NOT_SIGNIFICANTLY_DIFFERENT = "not significantly different"
    NOT_COMPARABLE = "not comparable"


@dataclass(frozen=True)
class Change:
    """Two counts and how the second stands to the first.

    ``ratio`` is None when there was nothing before; ``percent`` is the same ratio as a percentage change.
    """

    before: int
    after: int
    ratio: float | None
    interval: Interval | None
    verdict: Verdict

    @property
    def percent(self) -> float | None:
        """The change in percent of the first count."""
        return None if self.ratio is None else 100 * (self.ratio - 1)

    @property
    def percent_limits(self) -> tuple[float, float] | None:
        """The interval of the percentage change."""
        if self.interval is None:
            return None
        return 100 * (self.interval.lower - 1), 100 * (self.interval.upper - 1)


def change(
    before: int,
    after: int,
    *,
    exposure_before: float = 1.0,
    exposure_after: float = 1.0,
    confidence: float = 0.95,
    dispersion: Dispersion | None = None,
) -> Change:
    """How a count stands to an earlier one: ratio of the two rates with its interval, and what may be said of it.

    From ten events up on both sides the interval is on the logarithm of the ratio; with fewer it is the exact
    conditional one (Clopper and Pearson's limits on the share that the later events have of all). Given a dispersion above
    one, the logarithmic interval is widened by its square root, with Student's quantile because it was estimated
    (quasi-Poisson); an interval is never narrowed, and the exact one is left as it is.

    Parameters
    ----------
    before, after
        Events in the two periods.
    exposure_before, exposure_after
        What the periods or areas are measured by: days, residents. Equal lengths need none.
    confidence
        Two-sided level of the interval.
    dispersion
        How much more than chance such counts move, from :func:`~wardstats.methods.dispersion.paired_dispersion`.

    Raises
    ------
    ValueError
        If a count is negative or an exposure is not positive.

    When not to use this
    --------------------
    Not across a change of recording or of boundaries; not for a place picked because its first count was high, which
    falls by itself; and not in place of a chart over time: recorded crime moves more than two Poisson counts do, so that
    without a dispersion too many changes are called higher or lower.

    References
    ----------
    Przyborowski J, Wilenski H (1940). Homogeneity of results in testing samples from Poisson series. Biometrika 31.
    Clopper CJ, Pearson ES (1934). Biometrika 26, 404-413.
    McCullagh P, Nelder JA (1989). Generalized linear models, section 6.2 (dispersion).

    Examples
    --------
    >>> fell = change(400, 340)
    >>> round(fell.percent, 1), fell.verdict.value
    (-15.0, 'lower')
    >>> change(12, 15).verdict.value
    'not significantly different'
    >>> change(0, 0).verdict.value
    'not comparable'
    """
    _refuse_nonsense(before, after, exposure_before, exposure_after)
    if before == 0 and after == 0:
        return Change(0, 0, None, None, Verdict.NOT_COMPARABLE)
    scale = exposure_before / exposure_after
    limits = _limits(before, after, confidence, dispersion)
    interval = limits.scaled(scale)
    ratio = None if before == 0 else after / before * scale
    return Change(before, after, ratio, interval, _verdict(interval))


def _refuse_nonsense(before: int, after: int, exposure_before: float, exposure_after: float) -> None:
    if before < 0 or after < 0:
        raise ValueError(f"a count is not negative: {before}, {after}")
    if exposure_before <= 0 or exposure_after <= 0:
        raise ValueError("a period without length cannot be compared")


def _limits(before: int, after: int, confidence: float, dispersion: Dispersion | None) -> Interval:
    if min(before, after) < EXACT_BELOW:
        return exact_ratio_interval(before, after, confidence=confidence)
    spread, method = normal_quantile(confidence), "logarithm of the ratio"
    if dispersion is not None and dispersion.value > 1:
        spread = float(stdtrit(dispersion.degrees_of_freedom, 0.5 + confidence / 2)) * sqrt(dispersion.value)
        method = "quasi-Poisson"
    spread *= sqrt(1 / before + 1 / after)
    ratio = after / before
    return Interval(ratio * exp(-spread), ratio * exp(spread), confidence, method)


def exact_ratio_interval(before: int, after: int, *, confidence: float = 0.95) -> Interval:
    """The exact conditional interval of the ratio of two Poisson counts, at any size.

    Examples
    --------
    >>> exact_ratio_interval(0, 3).upper
    inf
    """
    tail = (1 - confidence) / 2
    lower = 0.0 if after == 0 else float(betaincinv(after, before + 1, tail))
    upper = 1.0 if before == 0 else float(betaincinv(after + 1, before, 1 - tail))
    return Interval(_odds(lower), _odds(upper), confidence, "exact conditional")


def _odds(share: float) -> float:
    return inf if share >= 1 else share / (1 - share)


def _verdict(interval: Interval) -> Verdict:
    if interval.contains(1.0):
        return Verdict.NOT_SIGNIFICANTLY_DIFFERENT
    return Verdict.HIGHER if interval.lower > 1 else Verdict.LOWER

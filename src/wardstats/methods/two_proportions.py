"""Two proportions compared: their difference and their ratio, with intervals that stay sensible for small counts and noughts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import acos, cos, exp, inf, pi, sqrt

from scipy.optimize import brentq

from wardstats.methods.intervals import Interval, normal_quantile
from wardstats.methods.proportions import Proportion, proportion

FURTHEST = 40.0
TIGHT = 1e-13


@dataclass(frozen=True)
class ProportionComparison:
    """A group's proportion beside that of those it is compared with.

    ``difference`` is group minus reference, as shares (0.05 is five percentage points). ``ratio`` is None when the
    reference has none: there is then nothing to divide by, but its interval still has a lower limit.
    """

    group: Proportion
    reference: Proportion
    difference: float
    difference_interval: Interval
    ratio: float | None
    ratio_interval: Interval


def compare_proportions(
    count: int, total: int, reference_count: int, reference_total: int, *, confidence: float = 0.95
) -> ProportionComparison:
    """The difference of two independent proportions (Newcombe's interval) and their ratio (Koopman's score interval).

    Parameters
    ----------
    count, total
        The group: how many of how many people.
    reference_count, reference_total
        The same of those it is compared with. Nobody may be in both.
    confidence
        Two-sided level of the intervals.

    Raises
    ------
    ValueError
        If a total is nought, or a count lies outside its total.

    When not to use this
    --------------------
    Not for events per head, where one person may bring several: use
    :func:`~wardstats.methods.disproportionality.rate_ratio`. Not for the same people asked twice (pairs). Where one
    proportion is of places or officers that act alike, both intervals are too narrow.

    References
    ----------
    Koopman PAR (1984). Confidence intervals for the ratio of two binomial proportions. Biometrics 40, 513-517.
    Newcombe RG (1998). Interval estimation for the difference between independent proportions: comparison of eleven
    methods. Statistics in Medicine 17, 873-890 (method 10).

    Examples
    --------
    Newcombe's first example, 56 of 70 against 48 of 80:

    >>> found = compare_proportions(56, 70, 48, 80)
    >>> round(found.difference, 2), round(found.ratio, 3)
    (0.2, 1.333)
    >>> round(found.difference_interval.lower, 4), round(found.difference_interval.upper, 4)
    (0.0524, 0.3339)
    """
    group = proportion(count, total, confidence=confidence)
    reference = proportion(reference_count, reference_total, confidence=confidence)
    return ProportionComparison(
        group=group,
        reference=reference,
        difference=group.value - reference.value,
        difference_interval=_newcombe(group, reference),
        ratio=None if reference.count == 0 else group.value / reference.value,
        ratio_interval=_ratio_limits(group, reference, confidence, correction=1.0, method="Koopman score"),
    )


def miettinen_nurminen(
    count: int, total: int, reference_count: int, reference_total: int, *, confidence: float = 0.95
) -> tuple[Interval, Interval]:
    """Miettinen and Nurminen's intervals of the difference and of the ratio, for comparing with those who publish them.

    Score intervals like Koopman's, with the variance enlarged by N / (N - 1).

    Raises
    ------
    ValueError
        If a total is nought, or a count lies outside its total.

    When not to use this
    --------------------
    As :func:`compare_proportions`, whose intervals are the ones to publish. Never choose between the two by their result.

    References
    ----------
    Miettinen O, Nurminen M (1985). Comparative analysis of two rates. Statistics in Medicine 4, 213-226.

    Examples
    --------
    >>> difference, ratio = miettinen_nurminen(56, 70, 48, 80)
    >>> round(difference.lower, 4), round(difference.upper, 4)
    (0.0528, 0.3382)
    """
    group = proportion(count, total, confidence=confidence)
    reference = proportion(reference_count, reference_total, confidence=confidence)
    everybody = total + reference_total
    correction = everybody / (everybody - 1)
    return (
        _difference_limits(group, reference, confidence, correction),
        _ratio_limits(group, reference, confidence, correction=correction, method="Miettinen-Nurminen"),
    )


def _newcombe(group: Proportion, reference: Proportion) -> Interval:
    difference = group.value - reference.value
    down = sqrt((group.value - group.interval.lower) ** 2 + (reference.interval.upper - reference.value) ** 2)
    up = sqrt((group.interval.upper - group.value) ** 2 + (reference.value - reference.interval.lower) ** 2)
    return Interval(difference - down, difference + up, group.interval.confidence, "Newcombe")


def _ratio_limits(
    group: Proportion, reference: Proportion, confidence: float, *, correction: float, method: str
) -> Interval:
    """Where the score of the ratio crosses the normal quantile, searched for on the logarithm."""
    z = normal_quantile(confidence)

    def score(logarithm: float) -> float:
        return _ratio_score(group, reference, exp(logarithm)) / sqrt(correction)

    lower = 0.0 if group.count == 0 else exp(_crossing(score, z, FURTHEST))
    upper = inf if reference.count == 0 else exp(_crossing(score, -z, FURTHEST))
    return Interval(lower, upper, confidence, method)


def _ratio_score(group: Proportion, reference: Proportion, ratio: float) -> float:
    """By how many standard errors the group's proportion exceeds ``ratio`` times that of the reference.

    The variance is that of the proportions most likely among those that stand in this ratio.
    """
    distance = group.value - ratio * reference.value
    if distance == 0:
        return 0.0
    everybody = group.total + reference.total
    square = everybody * ratio
    linear = group.total * ratio + group.count + reference.total + reference.count * ratio
    events = group.count + reference.count
    # This form of the root of the quadratic keeps its digits where the ratio, and so ``square``, is next to nothing.
    likely = 2 * events / (linear + sqrt(max(0.0, linear**2 - 4 * square * events)))
    raised = min(1.0, ratio * likely)
    variance = raised * (1 - raised) / group.total + ratio**2 * likely * max(0.0, 1 - likely) / reference.total
    return distance / sqrt(variance) if variance > 0 else inf * distance


def _difference_limits(group: Proportion, reference: Proportion, confidence: float, correction: float) -> Interval:
    z = normal_quantile(confidence)

    def score(difference: float) -> float:
        return _difference_score(group, reference, difference) / sqrt(correction)

    lower, upper = _crossing(score, z, 1.0), _crossing(score, -z, 1.0)
    return Interval(lower, upper, confidence, "Miettinen-Nurminen")


def _difference_score(group: Proportion, reference: Proportion, difference: float) -> float:
    distance = group.value - reference.value - difference
    if abs(distance) < TIGHT:
        return 0.0
    likely = _likely_reference(group, reference, difference)
    raised = min(1.0, max(0.0, likely + difference))
    variance = raised * (1 - raised) / group.total + likely * (1 - likely) / reference.total
    return distance / sqrt(variance) if variance > 0 else inf * distance


def _likely_reference(group: Proportion, reference: Proportion, difference: float) -> float:
    """The most likely proportion of the reference, were this the difference: the middle root of a cubic."""
    everybody, events = group.total + reference.total, group.count + reference.count
    square = (group.total + 2 * reference.total) * difference - everybody - events
    linear = (reference.total * difference - everybody - 2 * reference.count) * difference + events
    constant = reference.count * difference * (1 - difference)
    cubic = float(everybody)
    q = square**3 / (3 * cubic) ** 3 - square * linear / (6 * cubic**2) + constant / (2 * cubic)
    p = (1 if q > 0 else -1) * sqrt(max(0.0, square**2 / (3 * cubic) ** 2 - linear / (3 * cubic)))
    cosine = q / p**3 if p else 1.0
    angle = (pi + acos(min(1.0, max(-1.0, cosine)))) / 3
    return min(1.0, max(0.0, 2 * p * cos(angle) - square / (3 * cubic)))


def _crossing(score: Callable[[float], float], level: float, reach: float) -> float:
    """Where a falling score meets the level within the reach, or the end of the reach if it does so beyond."""

    def above(at: float) -> float:
        return max(-FURTHEST, min(FURTHEST, score(at))) - level

    if above(-reach) <= 0:
        return -reach
    if above(reach) >= 0:
        return reach
    return float(brentq(above, -reach, reach, xtol=TIGHT, rtol=TIGHT))

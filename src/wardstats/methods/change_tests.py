"""Tests of change: how often chance alone would set two counts so far apart, or the counts of a few categories."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import comb, isfinite, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betainc, gammaln, ndtr, pdtr, pdtrc, xlogy

from wardstats.methods.counts import Numbers, as_many, sizes, whole_counts

WEEK = (1 / 7,) * 7
MOST_EVENTS = 10**9
MOST_OUTCOMES = 2_000_000
ROUNDING = 1e-9
REACH = 10.0


class Screen(Enum):
    """Which test was made; the value names it in print."""

    E_TEST = "E-test"
    CONDITIONAL = "exact conditional test"
    ROOT = "difference of square roots"


@dataclass(frozen=True)
class ChangeTest:
    """Two counts and the chance, where both have the same rate, of their being as far apart or farther (two-sided).

    ``statistic`` is the difference in standard errors, above nought for a rise; the conditional test has none.
    """

    before: int
    after: int
    screen: Screen
    statistic: float | None
    p: float


@dataclass(frozen=True)
class CategoryTest:
    """Counts of categories, the shares expected of them, and the chance of anything as unlikely."""

    counts: tuple[int, ...]
    shares: tuple[float, ...]
    outcomes: int
    p: float


def e_test(before: int, after: int, *, exposure_before: float = 1.0, exposure_after: float = 1.0) -> ChangeTest:
    """Krishnamoorthy and Thomson's E-test of two Poisson counts: a screen, for small counts above all.

    The difference of the rates over its standard error is worked out for every two counts that might have been, and the
    probabilities of those as far apart as the ones seen are added, with the common rate put in for the true one. It misses fewer
    true changes than the conditional test, and may be called at a trifle over the level asked for.

    Parameters
    ----------
    before, after
        Events in the two periods.
    exposure_before, exposure_after
        What the periods or areas are measured by: days, residents, person-years.

    Raises
    ------
    ValueError
        If both counts are nought, where the statistic is undefined; if a count is negative, missing or not whole, or
        an exposure is not a positive number; if there are more than 1e9 events.

    When not to use this
    --------------------
    Never as evidence that an intervention worked: it has no comparison, and what was picked for being high falls by
    itself. Recorded crime moves more than Poisson counts do, so that large counts are called changed too often: with
    more than about ten events on both sides use :func:`~wardstats.methods.changes.change` with a dispersion.

    References
    ----------
    Krishnamoorthy K, Thomson J (2004). A more powerful test for comparing two Poisson means. Journal of Statistical
    Planning and Inference 119, 23-35.

    Examples
    --------
    Dodder seeds in clover, the article's first example: none in one sample and three in the other.

    >>> round(e_test(0, 3).p, 4), round(conditional_test(0, 3).p, 4)
    (0.0884, 0.25)
    """
    _refuse_nonsense(before, after, exposure_before, exposure_after)
    difference = after / exposure_after - before / exposure_before
    statistic = difference / sqrt(after / exposure_after**2 + before / exposure_before**2)
    if statistic == 0:
        return ChangeTest(before, after, Screen.E_TEST, 0.0, 1.0)
    rate = (before + after) / (exposure_before + exposure_after)
    mean = rate * exposure_before
    # Beyond ten standard deviations (and forty events) nothing is left that a p-value could show.
    reach = REACH * sqrt(mean) + 4 * REACH
    counts = np.arange(max(0, int(mean - reach)), int(mean + reach) + 1, dtype=np.float64)
    beyond = _as_far(counts, exposure_before, exposure_after, abs(statistic), rate)
    p = float((np.exp(xlogy(counts, mean) - mean - gammaln(counts + 1)) * beyond).sum())
    return ChangeTest(before, after, Screen.E_TEST, statistic, min(p, 1.0))


def _as_far(counts: Numbers, exposure: float, other_exposure: float, statistic: float, rate: float) -> Numbers:
    """For each count, the probability of another as far from it as the statistic: both tails between the roots of its square."""
    squared = statistic**2 * (1 - ROUNDING)
    own, half = counts / exposure, counts / exposure + squared / other_exposure / 2
    spread = np.sqrt(half**2 - own * (own - squared / exposure))
    low = np.floor((half - spread) * other_exposure + ROUNDING)
    high = np.ceil((half + spread) * other_exposure - ROUNDING)
    # None against none is no difference at all.
    low = np.where(counts == 0, -1.0, low)
    mean = rate * other_exposure
    below = np.where(low >= 0, pdtr(np.maximum(low, 0), mean), 0.0)
    above = np.where(high >= 1, pdtrc(np.maximum(high - 1, 0), mean), 1.0)
    return np.asarray(np.minimum(below + above, 1.0), dtype=np.float64)


def conditional_test(
    before: int, after: int, *, exposure_before: float = 1.0, exposure_after: float = 1.0
) -> ChangeTest:
    """The exact test of two Poisson counts given their sum: never called more often than the level, and so a little shy.

    Given the sum, the later count is binomial with the later period's share of the exposure. The p-value is twice the
    smaller tail, at most one: it never contradicts :func:`~wardstats.methods.changes.exact_ratio_interval`.

    Parameters
    ----------
    before, after
        Events in the two periods.
    exposure_before, exposure_after
        What the periods or areas are measured by.

    Raises
    ------
    ValueError
        As for :func:`e_test`.

    When not to use this
    --------------------
    As for :func:`e_test`. With fewer than six events in all and equal exposures it cannot reach 5%, whatever happened.

    References
    ----------
    Przyborowski J, Wilenski H (1940). Homogeneity of results in testing samples from Poisson series. Biometrika 31.

    Examples
    --------
    >>> conditional_test(0, 5).p, conditional_test(0, 6).p
    (0.0625, 0.03125)
    """
    _refuse_nonsense(before, after, exposure_before, exposure_after)
    share = exposure_after / (exposure_before + exposure_after)
    as_many_or_more = 1.0 if after == 0 else float(betainc(after, before + 1, share))
    as_few_or_fewer = 1.0 if before == 0 else float(betainc(before, after + 1, 1 - share))
    return ChangeTest(before, after, Screen.CONDITIONAL, None, min(1.0, 2 * min(as_many_or_more, as_few_or_fewer)))


def root_test(before: int, after: int, *, exposure_before: float = 1.0, exposure_after: float = 1.0) -> ChangeTest:
    """The difference of square roots of two counts in standard errors: quick enough for a glance at every area.

    For equal exposures 2 (sqrt after - sqrt before) / sqrt 2, with 3/8 added to each count. Without the division by the root
    of two, as it is often printed, the earlier count is taken for a known mean; fit for a mean of many years, not for one.

    Parameters
    ----------
    before, after
        Events in the two periods.
    exposure_before, exposure_after
        What the periods or areas are measured by.

    Raises
    ------
    ValueError
        As for :func:`e_test`.

    When not to use this
    --------------------
    As for :func:`e_test`. And not as the last word: a screen says where to look.

    References
    ----------
    Huffman MD (1984). An improved approximate two-sample Poisson test. Applied Statistics 33, 224-226.
    Gu K, Ng HKT, Tang ML, Schucany WR (2008). Testing the ratio of two Poisson rates. Biometrical Journal 50, 283-298.

    Examples
    --------
    >>> round(root_test(16, 25).statistic, 2), round(root_test(16, 25).p, 2)
    (1.4, 0.16)
    """
    _refuse_nonsense(before, after, exposure_before, exposure_after)
    longer = exposure_after / exposure_before
    statistic = 2 * (sqrt(after + 0.375) - sqrt((before + 0.375) * longer)) / sqrt(1 + longer)
    return ChangeTest(before, after, Screen.ROOT, statistic, float(2 * ndtr(-abs(statistic))))


def category_test(counts: Sequence[int] | ArrayLike, shares: Sequence[float] | ArrayLike = WEEK) -> CategoryTest:
    """Whether a handful of events falls on the days of the week (or other categories) as expected: exact multinomial test.

    The probabilities of every way in which so many events can fall are worked out, and those no greater than that of
    the way they fell are added.

    Parameters
    ----------
    counts
        Events in each category.
    shares
        Of each category where nothing is special; brought to a sum of one. Without them the seven days of a week.

    Raises
    ------
    ValueError
        If there is no event; if a count is negative, missing or not whole; if a share is not a positive number or there
        is not one for each category; if there are more than two million ways to fall (thirty events on seven days).

    When not to use this
    --------------------
    Not for a day looked at because it stood out. Not for events that come together (one night's spree is one
    event), nor for events whose day is not known: weigh those by :func:`~wardstats.methods.aoristic.aoristic_weights`.

    References
    ----------
    Wheeler AP (2016). Testing serial crime events for randomness in day of week patterns with small samples. Journal of
    Investigative Psychology and Offender Profiling 13, 148-165.

    Examples
    --------
    Four burglaries, all on Tuesdays; and one each on four days:

    >>> round(category_test([0, 4, 0, 0, 0, 0, 0]).p, 4), category_test([1, 1, 1, 1, 0, 0, 0]).p
    (0.0029, 1.0)
    """
    known, expected = whole_counts(counts, of="counts"), sizes(shares, of="shares", positive=True)
    as_many(known, expected, of="counts and shares")
    expected = expected / expected.sum()
    events = int(known.sum())
    if not events:
        raise ValueError("no events: there is nothing to test")
    ways = comb(events + len(known) - 1, len(known) - 1)
    if ways > MOST_OUTCOMES:
        raise ValueError(f"{ways:,} ways for {events} events to fall, more than {MOST_OUTCOMES:,}")
    logarithms = _outcomes(events, np.log(expected))
    seen = float(gammaln(events + 1) + (known * np.log(expected) - gammaln(known + 1)).sum())
    p = float(np.exp(logarithms[logarithms <= seen + ROUNDING]).sum())
    whole = tuple(int(count) for count in known)
    return CategoryTest(whole, tuple(float(share) for share in expected), len(logarithms), min(p, 1.0))


def _outcomes(events: int, shares: Numbers) -> Numbers:
    """The logarithm of the probability of every way to fall: each category in turn takes none to all of what is left."""
    left: NDArray[np.int64] = np.array([events])
    logarithms = np.array([float(gammaln(events + 1))])
    for share in shares[:-1]:
        rows = np.repeat(np.arange(len(left)), left + 1)
        begins = np.cumsum(left + 1) - (left + 1)
        taken = np.arange(len(rows)) - begins[rows]
        logarithms = logarithms[rows] + taken * share - gammaln(taken + 1)
        left = left[rows] - taken
    return np.asarray(logarithms + left * shares[-1] - gammaln(left + 1), dtype=np.float64)


def _refuse_nonsense(before: int, after: int, exposure_before: float, exposure_after: float) -> None:
    for count in (before, after):
        if not (isfinite(count) and count >= 0 and count == int(count)):
            raise ValueError(f"a count is whole and not negative: {before}, {after}")
    for exposure in (exposure_before, exposure_after):
        if not (isfinite(exposure) and exposure > 0):
            raise ValueError(f"an exposure is a positive number: {exposure_before}, {exposure_after}")
    if before == after == 0:
        raise ValueError("nothing happened in either period: there is nothing to test")
    if before + after > MOST_EVENTS:
        raise ValueError(f"{before + after:,} events, more than {MOST_EVENTS:,}: a screen is not needed")

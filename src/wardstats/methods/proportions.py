"""Proportions: how many of how many, with Wilson's interval."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

from wardstats.methods.intervals import Interval, normal_quantile


@dataclass(frozen=True)
class Proportion:
    """A count out of a total, its share (0 to 1) and the share's interval."""

    count: int
    total: int
    value: float
    interval: Interval


def proportion(count: int, total: int, *, confidence: float = 0.95) -> Proportion:
    """The share that ``count`` is of ``total``, with Wilson's score interval.

    Parameters
    ----------
    count, total
        Numbers of the same kind of thing, ``0 <= count <= total``.
    confidence
        Two-sided level of the interval.

    Raises
    ------
    ValueError
        If the total is nought, or the count lies outside it.

    When not to use this
    --------------------
    Not where one person brings many events (the interval is then too narrow), not for a ratio whose top is not part of
    its bottom (use :mod:`wardstats.methods.rates`), and not on shares that were rounded before.

    References
    ----------
    Wilson EB (1927). Probable inference, the law of succession, and statistical inference. JASA 22, 209-212.
    Newcombe RG (1998). Two-sided confidence intervals for the single proportion. Statistics in Medicine 17, 857-872.

    Examples
    --------
    Newcombe's first example, 81 of 263:

    >>> share = proportion(81, 263)
    >>> round(share.value, 4), round(share.interval.lower, 4), round(share.interval.upper, 4)
    (0.308, 0.2553, 0.3662)
    """
    if total <= 0 or not 0 <= count <= total:
        raise ValueError(f"{count} of {total} is not a proportion")
    z = normal_quantile(confidence)
    middle = 2 * count + z * z
    spread = z * sqrt(z * z + 4 * count * (1 - count / total))
    lower = 0.0 if count == 0 else (middle - spread) / (2 * (total + z * z))
    upper = 1.0 if count == total else (middle + spread) / (2 * (total + z * z))
    return Proportion(count, total, count / total, Interval(lower, upper, confidence, "Wilson"))

"""Scans: whether the busiest stretch of a period is busier than chance would make the busiest of so many stretches."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import binom

from wardstats.methods.counts import Numbers

LONGEST_WINDOW = 0.5


@dataclass(frozen=True)
class Scan:
    """The most events within a window that slides over the period, and the chance of as many somewhere in it.

    ``begins`` is the time of the first event of the busiest window, the earliest if there are several.
    """

    events: int
    most: int
    begins: float
    window: float
    p: float


def scan_test(times: ArrayLike, *, window: float, start: float, end: float) -> Scan:
    """Naus' scan test: a window of a length fixed in advance slides over the period, and its fullest stand is judged.

    Given how many events the period had, and were each as likely at any time as at any other, the chance that some
    window holds as many. Looking at the fullest of all windows is allowed for, as reading the count of that window alone
    would not. The formula is exact where more than half of the events are within the window, and close where p is
    below 0.1, which is where it matters; above that it errs to the high side.

    Parameters
    ----------
    times
        When each event happened, shape (events,), in any unit (days, say).
    window
        How long the window is, at most half of the period. It takes in its beginning and not its end: of days numbered
        whole, 7 takes in seven.
    start, end
        Of the period, in the same unit; the end not included.

    Raises
    ------
    ValueError
        If there are fewer than two events, or one is missing or outside the period; if the period or the window has no
        length, or the window is longer than half of the period.

    When not to use this
    --------------------
    Not with a window chosen after looking at the events, nor with several windows of which the best is told. Not over a
    period with seasons or a trend, whose busy part it finds. Not for events that come in bursts by nature, such as repeats at
    one address, or of which only the month is known. Where many share a day, it is shy: it takes times to be exact.

    References
    ----------
    Naus JI (1965). The distribution of the size of the maximum cluster of points on a line. JASA 60, 532-538.
    Wallenstein S, Neff N (1987). An approximation for the distribution of the scan statistic. Statistics in Medicine 6,
    197-207.

    Examples
    --------
    Ten robberies in a year, three of them within a week:

    >>> found = scan_test([12, 47, 80, 133, 201, 203, 206, 260, 300, 341], window=7, start=0, end=365)
    >>> found.most, found.begins, round(found.p, 2)
    (3, 201.0, 0.11)
    """
    known = _times(times, start, end)
    if not (isfinite(window) and 0 < window <= LONGEST_WINDOW * (end - start)):
        raise ValueError(f"a window is longer than nought and at most half of the period: {window}")
    within = np.searchsorted(known, known + window, side="left") - np.arange(len(known))
    fullest = int(within.argmax())
    most = int(within[fullest])
    p = _chance(most, len(known), window / (end - start))
    return Scan(len(known), most, float(known[fullest]), window, p)


def _times(times: ArrayLike, start: float, end: float) -> Numbers:
    if not (isfinite(start) and isfinite(end) and start < end):
        raise ValueError(f"a period has a length: {start} to {end}")
    try:
        known = np.sort(np.asarray(times, dtype=np.float64))
    except (TypeError, ValueError):
        raise ValueError("times are one row of numbers") from None
    if known.ndim != 1:
        raise ValueError(f"times are one row of numbers, not of shape {known.shape}")
    if len(known) < 2:
        raise ValueError(f"{len(known)} events: nothing can come together")
    if not ((known >= start) & (known < end)).all():
        raise ValueError("a time is missing or outside the period")
    return known


def _chance(most: int, events: int, share: float) -> float:
    # One event is in some window whenever it happens; there the formula does not hold.
    if most == 1:
        return 1.0
    exactly, or_more = float(binom.pmf(most, events, share)), float(binom.sf(most - 1, events, share))
    return min(1.0, max(0.0, (most / share - events - 1) * exactly + 2 * or_more))

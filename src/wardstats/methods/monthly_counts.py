"""Counts of many series month by month: what months they are, how long, and where a new level begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wardstats.methods.counts import Numbers

STANDARD_MONTH = 365.25 / 12


def standard_days(first: date, months: int) -> Numbers:
    """The lengths of so many months from the first on, in months of 30.4375 days.

    Raises
    ------
    ValueError
        If the first is not the first day of a month, or there are no months.

    Examples
    --------
    >>> (standard_days(date(2024, 1, 1), 3) * STANDARD_MONTH).tolist()
    [31.0, 29.0, 31.0]
    """
    if months < 1:
        raise ValueError(f"no months: {months}")
    starts = _month(first) + np.arange(months + 1)
    return np.diff(starts.astype("datetime64[D]")).astype(np.float64) / STANDARD_MONTH


def months_of_year(first: date, months: int) -> NDArray[np.int64]:
    """Which month of the year each of so many is, January being 0.

    Raises
    ------
    ValueError
        If the first is not the first day of a month.

    Examples
    --------
    >>> months_of_year(date(2023, 11, 1), 4).tolist()
    [10, 11, 0, 1]
    """
    return (_month(first) + np.arange(months)).astype(np.int64) % 12


def known_counts(counts: ArrayLike) -> Numbers:
    """Counts of many series as numbers, NaN where a month was never submitted.

    Raises
    ------
    ValueError
        If they are not rows of numbers, there are none, or one is negative, infinite or not whole.

    Examples
    --------
    >>> known_counts([[3, None, 2]]).tolist()
    [[3.0, nan, 2.0]]
    """
    try:
        known = np.asarray(counts, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError("counts are rows of numbers, one row a series, all of the same months") from None
    if known.ndim != 2 or not known.size:
        raise ValueError(f"counts are rows of numbers, one row a series, not of shape {known.shape}")
    if np.isinf(known).any() or (known < 0).any():
        raise ValueError("a count is negative or infinite")
    if (known > np.floor(known)).any():
        raise ValueError("a count is whole")
    return known


def breaks_at(breaks: Sequence[date], *, first: date, months: int) -> tuple[int, ...]:
    """The positions of the months in which a new level begins, ascending.

    Raises
    ------
    ValueError
        If one is not the first day of a month, or not after the first month and within the series.

    Examples
    --------
    >>> breaks_at([date(2020, 4, 1)], first=date(2020, 1, 1), months=12)
    (3,)
    """
    start = _month(first)
    positions = sorted({int((_month(each) - start).astype(np.int64)) for each in breaks})
    if positions and not 0 < positions[0] <= positions[-1] < months:
        raise ValueError("a new level begins after the first month and not after the last")
    return tuple(positions)


def _month(first: date) -> np.datetime64[Any]:
    if first.day != 1:
        raise ValueError(f"a month is named by its first day, not {first}")
    return np.datetime64(first, "M")

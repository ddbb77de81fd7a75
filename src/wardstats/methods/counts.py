"""Counts and sizes of many places at once: checked before anything is computed from them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Numbers = NDArray[np.float64]
LARGEST_COUNT = 2**53


def whole_counts(values: Sequence[int] | ArrayLike, *, of: str) -> Numbers:
    """One count for each place, as numbers to compute with.

    Raises
    ------
    ValueError
        If there is no place, or a count is missing, negative, not whole, or too large to be held exactly.

    Examples
    --------
    >>> whole_counts([3, 0, 2], of="crimes").tolist()
    [3.0, 0.0, 2.0]
    """
    counts = sizes(values, of=of)
    if (counts != np.floor(counts)).any():
        raise ValueError(f"{of}: a count is whole")
    if counts.sum() > LARGEST_COUNT:
        raise ValueError(f"{of}: too many to be counted exactly")
    return counts


def sizes(values: Sequence[float] | ArrayLike, *, of: str, positive: bool = False) -> Numbers:
    """One size (residents, area, a predicted number) for each place.

    Raises
    ------
    ValueError
        If there is no place, the values are not one row of numbers, or one is missing, infinite or negative; where
        ``positive``, also if one is nought.

    Examples
    --------
    >>> sizes([1.5, 2], of="areas").tolist()
    [1.5, 2.0]
    """
    numbers = _row(values, of)
    if not numbers.size:
        raise ValueError(f"{of}: no places")
    if not np.isfinite(numbers).all():
        raise ValueError(f"{of}: a value is missing or infinite")
    if (numbers < 0).any():
        raise ValueError(f"{of}: a value is negative")
    if positive and not numbers.all():
        raise ValueError(f"{of}: a value is nought")
    return numbers


def as_many(first: NDArray[Any], second: NDArray[Any], *, of: str) -> None:
    """Refuse two columns that are not about the same places.

    Raises
    ------
    ValueError
        If one is longer than the other.
    """
    if len(first) != len(second):
        raise ValueError(f"{of}: {len(first)} and {len(second)} values")


def _row(values: ArrayLike, of: str) -> Numbers:
    try:
        numbers = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{of}: not a row of numbers") from None
    if numbers.ndim != 1:
        raise ValueError(f"{of}: not a row of numbers")
    return numbers

"""An interval and the level of confidence it was asked for: what every other method hands back beside its value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.special import ndtri

Limits: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Interval:
    """The range of true values that the counts do not contradict.

    Parameters
    ----------
    lower, upper
        The limits, both included; ``upper`` may be infinite.
    confidence
        Two-sided, such as 0.95.
    method
        Which method gave the limits, in words fit to print: "Wilson", "exact Poisson", "Byar".

    Examples
    --------
    >>> Interval(0.2, 0.4, 0.95, "Wilson").contains(0.3)
    True
    >>> Interval(1.0, 2.0, 0.95, "Byar").overlaps(Interval(3.0, 4.0, 0.95, "Byar"))
    False
    """

    lower: float
    upper: float
    confidence: float
    method: str

    def contains(self, value: float) -> bool:
        """Whether the interval does not contradict this value."""
        return self.lower <= value <= self.upper

    def overlaps(self, other: Interval) -> bool:
        """Whether the two intervals have a value in common."""
        return self.lower <= other.upper and other.lower <= self.upper

    def scaled(self, factor: float) -> Interval:
        """The same interval in another unit, such as events into events per 1,000 residents."""
        return Interval(self.lower * factor, self.upper * factor, self.confidence, self.method)


@dataclass(frozen=True, eq=False)
class Intervals:
    """The intervals of many values at once, in the order of the values. Its arrays cannot be written to.

    Parameters
    ----------
    lower, upper
        The limits of each, both included.
    confidence
        Two-sided, the same for all.
    methods
        Which method gave the limits of each, in words fit to print.

    Examples
    --------
    >>> two = Intervals(np.array([1.0, 3.0]), np.array([2.0, 5.0]), 0.95, ("exact Poisson", "Byar"))
    >>> two[1]
    Interval(lower=3.0, upper=5.0, confidence=0.95, method='Byar')
    >>> two.scaled([10, 2]).upper.tolist()
    [20.0, 10.0]
    """

    lower: Limits
    upper: Limits
    confidence: float
    methods: tuple[str, ...]

    def __post_init__(self) -> None:
        self.lower.setflags(write=False)
        self.upper.setflags(write=False)

    def __len__(self) -> int:
        return len(self.lower)

    def __getitem__(self, at: int) -> Interval:
        return Interval(float(self.lower[at]), float(self.upper[at]), self.confidence, self.methods[at])

    def scaled(self, factors: npt.ArrayLike) -> Intervals:
        """The same intervals in another unit, by one factor for all or by one for each, such as 1,000 / residents.

        Raises
        ------
        ValueError
            If a factor is negative, missing or infinite, or there are not as many as intervals.
        """
        by = np.asarray(factors, dtype=np.float64)
        if by.ndim and by.shape != self.lower.shape:
            raise ValueError(f"{len(self)} intervals with factors of shape {by.shape}")
        if not np.isfinite(by).all() or (by < 0).any():
            raise ValueError("a factor is negative, missing or infinite")
        return Intervals(self.lower * by, self.upper * by, self.confidence, self.methods)


def normal_quantile(confidence: float) -> float:
    """The standard normal deviate of a two-sided level of confidence.

    Raises
    ------
    ValueError
        If ``confidence`` is not between nought and one.

    Examples
    --------
    >>> round(normal_quantile(0.95), 4)
    1.96
    """
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share between 0 and 1, not {confidence}")
    return float(ndtri(0.5 + confidence / 2))

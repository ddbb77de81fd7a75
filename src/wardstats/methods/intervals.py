"""An interval and the level of confidence it was asked for: what every other method hands back beside its value."""

from __future__ import annotations

from dataclasses import dataclass

from scipy.special import ndtri


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

"""Designs of evaluations: what was compared with what, and how much such a comparison can bear."""

from __future__ import annotations

from enum import Enum


class Design(Enum):
    """What an effect was estimated from, in words fit to print; an effect is never recorded without it.

    Levels are of the Maryland scale, 1 to 5, taken at the cautious end: a design earns its level by what it compares, not
    by the length of its series or the number of its months.

    References
    ----------
    Sherman LW, Gottfredson D, MacKenzie D, Eck J, Reuter P, Bushway S (1997). Preventing crime: what works, what doesn't,
    what's promising. National Institute of Justice.
    What Works Centre for Local Economic Growth (2016). Guide to scoring evidence using the Maryland scientific methods scale.

    Examples
    --------
    >>> Design.INTERRUPTED_SERIES.maryland_level, Design.MATCHED_COMPARISON.maryland_level
    (2, 3)
    """

    INTERRUPTED_SERIES = "one series before and after, without a comparison"
    MATCHED_COMPARISON = "before and after, with a comparison area"
    SYNTHETIC_CONTROL = "before and after, with a weighted comparison of many areas"
    SEVERAL_AREAS = "before and after in several areas, with and without"
    RANDOMISED = "areas drawn by lot, before and after"

    @property
    def maryland_level(self) -> int:
        """The level on the Maryland scientific methods scale."""
        return _LEVELS[self]


_LEVELS = {
    Design.INTERRUPTED_SERIES: 2,
    Design.MATCHED_COMPARISON: 3,
    Design.SYNTHETIC_CONTROL: 3,
    Design.SEVERAL_AREAS: 3,
    Design.RANDOMISED: 5,
}

"""Quantile groups: deciles and their like, as areas are put in order of deprivation."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

DECILES = 10


@dataclass(frozen=True)
class QuantileGroups:
    """The group of each place, from 1 up, in the order given; None where there are fewer places than groups."""

    groups: tuple[int, ...] | None
    number: int
    highest_first: bool

    @property
    def places(self) -> tuple[int, ...]:
        """How many places are in each group; they differ where places have equal values, or do not divide evenly."""
        counted = np.bincount(np.array(self.groups or (), dtype=np.int64), minlength=self.number + 1)
        return tuple(counted[1:].tolist())


def quantile_groups(values: npt.ArrayLike, *, number: int = DECILES, highest_first: bool = False) -> QuantileGroups:
    """Places in so many groups of about the same size, by the order of their values.

    Equal values come into the same group, the one of the first of them. The published formula is taken in whole numbers:
    group = number + 1 - ceiling((places + 1 - rank) number / places).

    Parameters
    ----------
    values
        One for each place, such as scores of deprivation.
    number
        Of groups: 10 for deciles, 5 for quintiles.
    highest_first
        Whether group 1 has the highest values (most deprived first, where a high score is deprived) or the lowest.

    Raises
    ------
    ValueError
        If there is no place, a value is missing or infinite, or there are fewer than two groups.

    When not to use this
    --------------------
    Not to compare groups drawn from different sets of places: the tenth of a district is not the tenth of England. Not where many
    places have the same value, such as nought: they fill one group. And a difference between neighbours in the order that
    chance could have made is not a difference between groups.

    References
    ----------
    Office for Health Improvement and Disparities. Technical guide: assigning deprivation categories.

    Examples
    --------
    >>> quantile_groups([12, 40, 33, 7, 25, 18, 51, 9], number=4).groups
    (2, 4, 3, 1, 3, 2, 4, 1)
    >>> quantile_groups([12, 40, 33, 7, 25, 18, 51, 9], number=4, highest_first=True).groups
    (3, 1, 2, 4, 2, 3, 1, 4)
    >>> quantile_groups([3, 1, 2]).groups is None
    True
    """
    known = np.asarray(values, dtype=np.float64)
    if known.ndim != 1 or not known.size:
        raise ValueError(f"values are one for each place, not of shape {known.shape}")
    if not np.isfinite(known).all():
        raise ValueError("a value is missing or infinite")
    if number < 2:
        raise ValueError(f"places are put into two groups or more, not {number}")
    if len(known) < number:
        return QuantileGroups(None, number, highest_first)
    order = -known if highest_first else known
    ranks = np.searchsorted(np.sort(order), order) + 1
    places = len(known)
    groups = number + 1 + (-(places + 1 - ranks) * number) // places
    return QuantileGroups(tuple(groups.tolist()), number, highest_first)

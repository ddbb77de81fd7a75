"""Dispersion: by how much counts move more than chance alone would move them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Dispersion:
    """The variance of counts as a multiple of their mean (1 = chance alone), and the degrees of freedom it rests on."""

    value: float
    degrees_of_freedom: int


def paired_dispersion(before: Sequence[int], after: Sequence[int]) -> Dispersion | None:
    """The dispersion of two series of equal length around "every pair moved by the same ratio".

    Pearson's statistic over its degrees of freedom, in the model of one effect for each pair and one for the period: for two
    years by calendar month the season is taken out, and so is the change itself. What remains is months that came and went
    more than chance. Pairs without any event take no part.

    Returns
    -------
    Dispersion or None
        None with fewer than two pairs that have events, or when one of the series has none at all.

    Raises
    ------
    ValueError
        If the series are of unequal length.

    When not to use this
    --------------------
    Not with few events in a pair (fewer than about five on average), where the statistic is itself unreliable; and it does
    not see what moves a whole year at once, such as a change of recording.

    References
    ----------
    McCullagh P, Nelder JA (1989). Generalized linear models, 2nd edition, sections 4.5 and 6.2.

    Examples
    --------
    >>> paired_dispersion([10, 20], [20, 40]).value
    0.0
    >>> round(paired_dispersion([10, 40], [30, 20]).value, 2)
    16.67
    """
    pairs = [(first, second) for first, second in zip(before, after, strict=True) if first + second]
    all_before, all_after = sum(first for first, _ in pairs), sum(second for _, second in pairs)
    if len(pairs) < 2 or not all_before or not all_after:
        return None
    share = all_before / (all_before + all_after)
    # Both cells of a pair miss their expectation by as much, so its two terms make one.
    pearson = sum(
        (first - (first + second) * share) ** 2 / ((first + second) * share * (1 - share)) for first, second in pairs
    )
    return Dispersion(pearson / (len(pairs) - 1), len(pairs) - 1)

"""Strata: two groups compared within each stratum and over all of them, beside what comes out when strata are ignored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log, sqrt

import numpy as np

from wardstats.methods.counts import Numbers
from wardstats.methods.intervals import Interval, normal_quantile


@dataclass(frozen=True)
class Stratum:
    """One stratum, such as an age band or a department: how many of how many, in the group and in the reference.

    Raises
    ------
    ValueError
        If a count lies outside its total.
    """

    name: str
    count: int
    total: int
    reference_count: int
    reference_total: int

    def __post_init__(self) -> None:
        if not (0 <= self.count <= self.total and 0 <= self.reference_count <= self.reference_total):
            raise ValueError(f"{self.name}: a count lies outside its total")


@dataclass(frozen=True)
class PooledRatio:
    """A ratio of group to reference: crude, with the strata ignored, and pooled within them, with its interval.

    ``crude`` is None where it would divide by nought.
    """

    crude: float | None
    pooled: float
    interval: Interval

    @property
    def is_reversed(self) -> bool:
        """Whether the strata together say the opposite of the crude ratio (Simpson's paradox)."""
        return self.crude is not None and (self.crude - 1) * (self.pooled - 1) < 0


@dataclass(frozen=True)
class StratifiedComparison:
    """The ratio of proportions and of odds over all strata that hold both groups; ``left_out`` names the others."""

    ratio: PooledRatio
    odds_ratio: PooledRatio
    left_out: tuple[str, ...]


def mantel_haenszel(strata: Sequence[Stratum], *, confidence: float = 0.95) -> StratifiedComparison:
    """The ratio between two groups within strata, pooled by Mantel and Haenszel, beside the crude one.

    Strata without anybody of one group say nothing about the ratio; they are left out of both, and named.

    Parameters
    ----------
    strata
        All strata; nobody is in two of them.
    confidence
        Two-sided level of the intervals, which are Greenland and Robins' of the ratio of proportions and Robins,
        Breslow and Greenland's of the odds ratio.

    Raises
    ------
    ValueError
        If no stratum holds both groups, two have the same name, or too few strata have both outcomes to pool a ratio.

    When not to use this
    --------------------
    Not where the ratio differs much between strata: one number then describes none of them; show each. Not with strata
    that are themselves a result of what is studied (the reason for the search, when reasons are chosen differently).

    References
    ----------
    Mantel N, Haenszel W (1959). Journal of the National Cancer Institute 22, 719-748.
    Greenland S, Robins JM (1985). Biometrics 41, 55-68. Robins J, Breslow N, Greenland S (1986). Biometrics 42, 311-323.
    Bickel PJ, Hammel EA, O'Connell JW (1975). Sex bias in graduate admissions: data from Berkeley. Science 187, 398-404.

    Examples
    --------
    Women fare worse overall, and better in either department, because more of them applied to the harder one:

    >>> found = mantel_haenszel([Stratum("A", 89, 108, 512, 825), Stratum("F", 24, 341, 22, 373)])
    >>> round(found.ratio.crude, 2), round(found.ratio.pooled, 2), found.ratio.is_reversed
    (0.56, 1.31, True)
    """
    if len({stratum.name for stratum in strata}) < len(strata):
        raise ValueError("two strata have the same name")
    both = [stratum for stratum in strata if stratum.total and stratum.reference_total]
    if not both:
        raise ValueError("no stratum holds both groups")
    table = np.array(
        [(s.count, s.total - s.count, s.reference_count, s.reference_total - s.reference_count) for s in both],
        dtype=np.float64,
    ).T
    z = normal_quantile(confidence)
    return StratifiedComparison(
        ratio=_pooled_ratio(table, z, confidence),
        odds_ratio=_pooled_odds(table, z, confidence),
        left_out=tuple(stratum.name for stratum in strata if stratum not in both),
    )


def _pooled_ratio(table: Numbers, z: float, confidence: float) -> PooledRatio:
    a, b, c, d = table
    group, reference = a + b, c + d
    everybody = group + reference
    above, below = float((a * reference / everybody).sum()), float((c * group / everybody).sum())
    _refuse_nought(above, below)
    spread = (group * reference * (a + c) - a * c * everybody) / everybody**2
    error = sqrt(max(0.0, float(spread.sum()) / (above * below)))
    crude = _quotient(a.sum() * reference.sum(), c.sum() * group.sum())
    return PooledRatio(crude, above / below, _limits(above / below, z * error, confidence, "Greenland-Robins"))


def _pooled_odds(table: Numbers, z: float, confidence: float) -> PooledRatio:
    a, b, c, d = table
    everybody = a + b + c + d
    concordant, discordant = a * d / everybody, b * c / everybody
    above, below = float(concordant.sum()), float(discordant.sum())
    _refuse_nought(above, below)
    p, q = (a + d) / everybody, (b + c) / everybody
    variance = (
        (p * concordant).sum() / (2 * above**2)
        + (p * discordant + q * concordant).sum() / (2 * above * below)
        + (q * discordant).sum() / (2 * below**2)
    )
    crude = _quotient(a.sum() * d.sum(), b.sum() * c.sum())
    return PooledRatio(
        crude, above / below, _limits(above / below, z * sqrt(variance), confidence, "Robins-Breslow-Greenland")
    )


def _refuse_nought(above: float, below: float) -> None:
    if above == 0 or below == 0:
        raise ValueError("too few strata have both outcomes for a ratio to be pooled")


def _limits(ratio: float, spread: float, confidence: float, method: str) -> Interval:
    return Interval(exp(log(ratio) - spread), exp(log(ratio) + spread), confidence, method)


def _quotient(above: float, below: float) -> float | None:
    return None if below == 0 else float(above / below)

"""Difference in differences: several areas with an intervention beside several without, over many periods."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import statsmodels.api as sm
from numpy.typing import ArrayLike, NDArray
from scipy.special import stdtr, stdtrit

from wardstats.methods.counts import Numbers, sizes
from wardstats.methods.designs import Design
from wardstats.methods.interrupted_series import RatioEffect
from wardstats.methods.intervals import Interval, normal_quantile

LEAST_AREAS, LEAST_ON_A_SIDE = 20, 5
LEAST_BEFORE = 2
POWER = 0.8


class UnableToCompare(ValueError):
    """The areas do not bear this comparison; the sentence says why, and what to take in its stead."""


@dataclass(frozen=True)
class LeadCheck:
    """Whether the treated areas had left the common course before anything was done.

    ``effect`` is a feigned one over the last ``periods`` before the start, and should be none; ``detectable`` is the change in
    percent that would have been found four times in five. A check that could only have found a large departure
    excuses nothing.
    """

    periods: int
    effect: RatioEffect
    detectable: float


@dataclass(frozen=True)
class AreaDifferences:
    """The effect as a ratio, on how many areas it rests, and whether the areas ran alike before.

    ``left_out`` are the areas without a single event, by their place in the rows given: they say nothing of a ratio.
    """

    effect: RatioEffect
    treated: int
    untreated: int
    left_out: tuple[int, ...]
    events: int
    lead: LeadCheck
    design: Design

    @property
    def maryland_level(self) -> int:
        """What the design can bear, 1 to 5."""
        return self.design.maryland_level


def poisson_differences(
    counts: Sequence[Sequence[int]] | ArrayLike,
    starts: Sequence[int | None],
    *,
    exposures: Sequence[Sequence[float]] | ArrayLike | None = None,
    leads: int = 3,
    confidence: float = 0.95,
    design: Design = Design.SEVERAL_AREAS,
) -> AreaDifferences:
    """A Poisson regression with an effect for each area, one for each period, and one for the intervention.

    That the areas would have changed by the same *ratio* is taken for granted, and looked at before the start. Errors are
    clustered by area, which allows for over-dispersion and for whatever ties the periods of an area together; limits
    take Student's quantile with one degree of freedom for each area but one.

    Parameters
    ----------
    counts
        One row for each area, one column for each period.
    starts
        For each area the column in which the intervention began, counted from nought; None without one.
    exposures
        In the shape of the counts: residents, days.
    leads
        Over how many periods before the start the check of the common course looks.

    Raises
    ------
    UnableToCompare
        If the starts differ; there are fewer than twenty areas with events, or fewer than five with or without the
        intervention; fewer than two periods lie before the start; or one of the sides had no events before or after it.
    ValueError
        If rows are of unlike length, or a count, an exposure or a start is wrong.

    When not to use this
    --------------------
    Not with staggered starts: areas treated earlier would then serve as a comparison for later ones, and an effect that grows
    can come out with the wrong sign (Goodman-Bacon 2021). Not for areas chosen because their last counts were high.
    Not where crime may have moved into the areas without the intervention.

    References
    ----------
    Wooldridge JM (1999). Distribution-free estimation of some nonlinear panel data models. Journal of Econometrics 90.
    Cameron AC, Gelbach JB, Miller DL (2008). Bootstrap-based improvements for inference with clustered errors. Review of
    Economics and Statistics 90, 414-427 (few clusters).
    Goodman-Bacon A (2021). Difference-in-differences with variation in treatment timing. Journal of Econometrics 225.
    Roth J (2022). Pretest with caution. American Economic Review: Insights 4, 305-322 (the power of lead terms).

    Examples
    --------
    >>> rows = np.random.default_rng(1).poisson(40, (24, 24))
    >>> rows[:10, 12:] = np.random.default_rng(2).poisson(28, (10, 12))
    >>> found = poisson_differences(rows, [12] * 10 + [None] * 14)
    >>> found.effect.interval.contains(28 / 40), found.treated, found.maryland_level
    (True, 10, 3)
    """
    normal_quantile(confidence)
    panel, exposure = _checked(counts, exposures, len(starts))
    start = _common_start(starts, panel.shape[1])
    with_it = np.array([begun is not None for begun in starts])
    kept, held = panel.any(axis=1), panel.any(axis=0)
    _refuse_few(with_it[kept])
    _refuse_one_sided(panel, with_it, start)
    # A period without any event tells nothing of a ratio either, and its effect would be without limits.
    periods = np.arange(panel.shape[1])[held]
    shown = _Panel(panel[kept][:, held], exposure[kept][:, held], with_it[kept], confidence)
    effect, _ = shown.effect(periods >= start)
    return AreaDifferences(
        effect=effect,
        treated=int(with_it[kept].sum()),
        untreated=int((~with_it[kept]).sum()),
        left_out=tuple(int(place) for place in np.flatnonzero(~kept)),
        events=int(panel.sum()),
        lead=_lead(shown, periods, start, leads),
        design=design,
    )


@dataclass(frozen=True, eq=False)
class _Panel:
    counts: Numbers
    exposure: Numbers
    with_it: NDArray[np.bool_]
    confidence: float

    def effect(self, when: NDArray[np.bool_], until: int | None = None) -> tuple[RatioEffect, float]:
        """The effect of being treated in these periods, and its error, from the periods up to ``until``."""
        counts, exposure = self.counts[:, :until], self.exposure[:, :until]
        areas, periods = counts.shape
        place = np.repeat(np.arange(areas), periods)
        terms = np.column_stack(
            [
                np.outer(self.with_it, when[:until]).ravel().astype(np.float64),
                np.eye(areas)[place],
                np.tile(np.eye(periods)[:, 1:], (areas, 1)),
            ]
        )
        model = sm.GLM(counts.ravel(), terms, family=sm.families.Poisson(), offset=np.log(exposure).ravel())
        fit = model.fit(cov_type="cluster", cov_kwds={"groups": place, "use_correction": True})
        return self._ratio(float(fit.params[0]), float(fit.bse[0]), areas - 1), float(fit.bse[0])

    def _ratio(self, logarithm: float, error: float, freedom: int) -> RatioEffect:
        reach = float(stdtrit(freedom, 0.5 + self.confidence / 2)) * error
        low, high = np.exp(logarithm - reach), np.exp(logarithm + reach)
        p_value = float(2 * stdtr(freedom, -abs(logarithm) / error)) if error else float(logarithm == 0)
        interval = Interval(float(low), float(high), self.confidence, "Poisson, clustered by area")
        return RatioEffect(float(np.exp(logarithm)), interval, p_value)


def _lead(panel: _Panel, periods: NDArray[np.int64], start: int, leads: int) -> LeadCheck:
    until = int((periods < start).sum())
    looked = min(leads, until - 1)
    if leads < 1 or looked < 1:
        raise UnableToCompare("no periods before the start can be looked at for a common course")
    effect, error = panel.effect(np.arange(len(periods)) >= until - looked, until)
    reach = normal_quantile(panel.confidence) + normal_quantile(2 * POWER - 1)
    return LeadCheck(looked, effect, 100 * float(np.expm1(reach * error)))


def _common_start(starts: Sequence[int | None], periods: int) -> int:
    begun = sorted({start for start in starts if start is not None})
    if not begun:
        raise UnableToCompare("no area had the intervention")
    if len(begun) > 1:
        raise UnableToCompare(
            f"the intervention began in {len(begun)} different periods ({', '.join(map(str, begun))}): with staggered starts "
            "areas treated earlier would be compared with later ones; take each start by itself, with the areas "
            "that never had it"
        )
    if not LEAST_BEFORE <= begun[0] < periods:
        raise UnableToCompare(
            f"{LEAST_BEFORE} periods or more before the start and one from it on, not {begun[0]} of {periods}"
        )
    return begun[0]


def _refuse_few(with_it: NDArray[np.bool_]) -> None:
    treated, untreated = int(with_it.sum()), int((~with_it).sum())
    if treated + untreated < LEAST_AREAS or min(treated, untreated) < LEAST_ON_A_SIDE:
        raise UnableToCompare(
            f"{treated} areas with the intervention and {untreated} without: errors clustered by area are too small with fewer "
            f"than {LEAST_AREAS} areas or {LEAST_ON_A_SIDE} on a side; take a synthetic control, or the displacement difference"
        )


def _refuse_one_sided(panel: Numbers, with_it: NDArray[np.bool_], start: int) -> None:
    for name, side in (("with", with_it), ("without", ~with_it)):
        for when, part in (("before", panel[side, :start]), ("from", panel[side, start:])):
            if not part.any():
                raise UnableToCompare(
                    f"no events {when} the start in the areas {name} the intervention: there is no ratio"
                )


def _checked(counts: ArrayLike, exposures: ArrayLike | None, areas: int) -> tuple[Numbers, Numbers]:
    panel = _rows(counts, of="counts")
    if len(panel) != areas:
        raise ValueError(f"starts: {areas} for {len(panel)} areas")
    if (panel != np.floor(panel)).any():
        raise ValueError("counts: a count is whole")
    if exposures is None:
        return panel, np.ones_like(panel)
    exposure = _rows(exposures, of="exposures")
    if exposure.shape != panel.shape:
        raise ValueError("counts and exposures are not over the same areas and periods")
    if not exposure.all():
        raise ValueError("exposures: a value is nought")
    return panel, exposure


def _rows(values: ArrayLike, *, of: str) -> Numbers:
    try:
        table = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"{of}: not rows of equal length") from None
    if table.ndim != 2:
        raise ValueError(f"{of}: not rows of equal length")
    sizes(table.ravel(), of=of)
    return table

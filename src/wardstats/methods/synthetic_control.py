"""Synthetic control: one area after an intervention, beside the mixture of other areas that was like it before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf, isfinite, sqrt

import numpy as np
from numpy.typing import ArrayLike

from wardstats.methods.counts import Numbers, sizes
from wardstats.methods.designs import Design
from wardstats.methods.intervals import Interval, normal_quantile

LEAST_BEFORE = 12
POOREST_FIT = 0.25
ROUNDING = 1e-10


class UnableToMatch(ValueError):
    """No mixture of the other areas was like the treated one before: there is nothing to compare it with."""


@dataclass(frozen=True)
class Placebo:
    """A donor treated as if it had been the one: how its gap after stands to its gap before."""

    name: str
    ratio: float


@dataclass(frozen=True, eq=False)
class SyntheticControl:
    """The treated area, its synthetic comparison, and how unusual the gap between them is. Its arrays cannot be written to.

    Parameters
    ----------
    weights
        Of each donor, in the order given: none negative, their sum one.
    outcomes, synthetic
        In each period: of the area itself, and of the mixture.
    before
        How many of the periods lie before the intervention.
    fit
        Root mean squared gap before, as a share of the area's own mean before.
    ratio
        Root mean squared gap after, by that before.
    placebos
        The same ratio of each donor, compared with the others, the treated area left out.
    p_value
        The share of all areas, the treated one among them, whose ratio is as large: never below 1 / (donors + 1).
    interval
        Of the effect in each period, if it is the same in all: the effects that the same test would not refuse. None where it
        refuses every steady effect; without limits where there are too few donors for the confidence asked for.
    """

    weights: Numbers
    outcomes: Numbers
    synthetic: Numbers
    before: int
    fit: float
    ratio: float
    placebos: tuple[Placebo, ...]
    p_value: float
    interval: Interval | None
    design: Design = Design.SYNTHETIC_CONTROL

    @property
    def gaps(self) -> Numbers:
        """By how much the area lies above its comparison in each period."""
        return self.outcomes - self.synthetic

    @property
    def effect(self) -> float:
        """The mean gap after the intervention: negative where there was less than in the comparison."""
        return float(self.gaps[self.before :].mean())

    @property
    def percent(self) -> float | None:
        """The effect in percent of the comparison; None where the comparison is nought."""
        expected = float(self.synthetic[self.before :].mean())
        return 100 * self.effect / expected if expected else None

    @property
    def maryland_level(self) -> int:
        """What the design can bear, 1 to 5."""
        return self.design.maryland_level


def synthetic_comparison(
    treated: Sequence[float] | ArrayLike,
    donors: Sequence[Sequence[float]] | ArrayLike,
    *,
    before: int,
    names: Sequence[str] | None = None,
    poorest_fit: float = POOREST_FIT,
    confidence: float = 0.95,
) -> SyntheticControl:
    """What would have happened without the intervention, as the mixture of other areas nearest to the treated one before it.

    The weights are those of least squares on the outcomes before the intervention alone, none negative and their sum one, so that
    nothing is extrapolated; they are exact (Wolfe's nearest point of a polytope), and no covariate is weighed. The test gives
    every donor the same treatment and ranks the ratios of the gaps after to those before.

    Parameters
    ----------
    treated
        The outcome of the treated area in each period: rates, or counts of areas of like size.
    donors
        One row for each area without the intervention, over the same periods.
    before
        How many of the periods lie before the intervention.
    names
        Of the donors; "1", "2" and so on when None.
    poorest_fit
        The largest root mean squared gap before that is accepted, as a share of the area's mean before.

    Raises
    ------
    UnableToMatch
        If no mixture comes near enough to the treated area before the intervention.
    ValueError
        If there are fewer than two donors, fewer than twelve periods before or none after, unlike numbers of periods, or a
        value that is missing, infinite or negative.

    When not to use this
    --------------------
    Not with donors that had something like the intervention, or into which crime may have moved. Not for an area outside all the
    others, such as a city centre, which no mixture resembles. With as many donors as periods before, a close fit comes by
    chance and says nothing. With fewer than 19 donors the test cannot reach 5%.

    References
    ----------
    Abadie A, Diamond A, Hainmueller J (2010). Synthetic control methods for comparative case studies. JASA 105, 493-505.
    Firpo S, Possebom V (2018). Synthetic control method: inference, sensitivity analysis and confidence sets. Journal of
    Causal Inference 6.
    Wolfe P (1976). Finding the nearest point in a polytope. Mathematical Programming 11, 128-149.

    Examples
    --------
    Half of one area and half of another, until it falls by five:

    >>> low, high = [10, 12] * 8, [30, 24] * 8
    >>> area = [20, 18] * 6 + [15, 13] * 2
    >>> found = synthetic_comparison(area, [low, high, [50, 60] * 8], before=12)
    >>> [round(float(weight), 6) for weight in found.weights], round(found.effect, 6), found.p_value
    ([0.5, 0.5, 0.0], -5.0, 0.25)
    """
    normal_quantile(confidence)
    outcomes, others = _checked(treated, donors, before)
    called = [str(number) for number in range(1, len(others) + 1)] if names is None else list(names)
    if len(called) != len(others):
        raise ValueError(f"names of the donors: {len(called)} for {len(others)} donors")
    weights, synthetic = _matched(outcomes, others, before)
    fit = _fit(outcomes, synthetic, before, poorest_fit)
    ratio = _ratio(outcomes, synthetic, before)
    ratios = [_placebo(others, index, before) for index in range(len(others))]
    for array in (weights, outcomes, synthetic):
        array.setflags(write=False)
    return SyntheticControl(
        weights=weights,
        outcomes=outcomes,
        synthetic=synthetic,
        before=before,
        fit=fit,
        ratio=ratio,
        placebos=tuple(Placebo(name, value) for name, value in zip(called, ratios, strict=True)),
        p_value=(1 + sum(value >= ratio for value in ratios)) / (1 + len(ratios)),
        interval=_interval(outcomes - synthetic, before, ratios, confidence),
    )


def nearest_mixture(target: Numbers, points: Numbers) -> Numbers:
    """The weights, none negative and their sum one, whose mixture of the points (one a row) lies nearest to the target.

    Wolfe's algorithm: from the nearest single point, the point that promises most is taken in, the nearest point of all that
    were taken is found, and those whose weight would be negative are left out again. It ends at the exact solution, or once
    rounding lets it come no nearer.

    Examples
    --------
    >>> nearest_mixture(np.array([3.0, 0.0]), np.array([[0.0, 0.0], [2.0, 1.0], [2.0, -1.0]])).round(9).tolist()
    [0.0, 0.5, 0.5]
    """
    away = points - target
    away = away / (float(np.abs(away).max()) or 1.0)
    lengths = np.sqrt((away**2).sum(axis=1))
    weights = np.zeros(len(points))
    weights[int(lengths.argmin())] = 1.0
    furthest, nearest = float(lengths.max()), inf
    while True:
        mixture = weights @ away
        distance = sqrt(float(mixture @ mixture))
        promises = away @ mixture
        best = int(promises.argmin())
        if (
            distance <= ROUNDING
            or promises[best] >= distance**2 - ROUNDING * distance * furthest
            or distance >= nearest
        ):
            return weights
        weights, nearest = _taken_in(weights, away, best), distance


def _taken_in(weights: Numbers, away: Numbers, entering: int) -> Numbers:
    taken = [*np.flatnonzero(weights), entering]
    while True:
        # Least squares towards nought with one more row, towards one: divided by their sum, these are the weights of the
        # nearest point of the plane through those taken, without squaring how nearly they depend on each other.
        plane = np.vstack([away[taken].T, np.ones(len(taken))])
        nearest = np.linalg.lstsq(plane, np.append(np.zeros(away.shape[1]), 1.0), rcond=None)[0]
        nearest /= nearest.sum()
        if (nearest > 0).all():
            break
        now = weights[taken]
        falling = nearest <= 0
        steps = now[falling] / (now[falling] - nearest[falling])
        mixed = now + float(steps.min()) * (nearest - now)
        mixed[np.flatnonzero(falling)[int(steps.argmin())]] = 0.0
        weights = np.zeros_like(weights)
        weights[taken] = np.maximum(mixed, 0.0)
        taken = [place for place, weight in zip(taken, mixed, strict=True) if weight > 0]
    found = np.zeros_like(weights)
    found[taken] = nearest
    return found


def _checked(treated: ArrayLike, donors: ArrayLike, before: int) -> tuple[Numbers, Numbers]:
    outcomes = sizes(treated, of="outcomes of the treated area").copy()
    rows = [sizes(row, of=f"outcomes of donor {number}") for number, row in enumerate(_rows(donors), 1)]
    if len(rows) < 2:
        raise ValueError(f"a mixture needs two donors or more, not {len(rows)}")
    if any(len(row) != len(outcomes) for row in rows):
        raise ValueError("the treated area and the donors are not over the same periods")
    if before < LEAST_BEFORE or before >= len(outcomes):
        raise ValueError(
            f"{LEAST_BEFORE} periods or more before and one or more after, not {before} of {len(outcomes)}"
        )
    return outcomes, np.array(rows)


def _rows(donors: ArrayLike) -> list[ArrayLike]:
    try:
        return list(donors)  # type: ignore[arg-type]  # whatever is no row of rows is refused here
    except TypeError:
        raise ValueError("the donors are not rows of outcomes") from None


def _matched(outcomes: Numbers, others: Numbers, before: int) -> tuple[Numbers, Numbers]:
    weights = nearest_mixture(outcomes[:before], others[:, :before])
    return weights, weights @ others


def _fit(outcomes: Numbers, synthetic: Numbers, before: int, poorest: float) -> float:
    level = float(outcomes[:before].mean())
    if not level:
        raise UnableToMatch("the treated area had no events before: nothing could fall")
    fit = _root_mean_square((outcomes - synthetic)[:before]) / level
    if not fit <= poorest:
        raise UnableToMatch(
            f"before the intervention the nearest mixture misses the treated area by {fit:.0%} of its mean, "
            f"more than the {poorest:.0%} allowed"
        )
    return fit


def _placebo(others: Numbers, index: int, before: int) -> float:
    rest = np.delete(others, index, axis=0)
    return _ratio(others[index], _matched(others[index], rest, before)[1], before)


def _ratio(outcomes: Numbers, synthetic: Numbers, before: int) -> float:
    gaps = outcomes - synthetic
    least = 1e-9 * float(np.abs(outcomes).max())
    gap_before, gap_after = (_root_mean_square(part) for part in (gaps[:before], gaps[before:]))
    if gap_after <= least:
        return 0.0
    return gap_after / gap_before if gap_before > least else inf


def _interval(gaps: Numbers, before: int, ratios: list[float], confidence: float) -> Interval | None:
    refused = int((1 - confidence) * (len(ratios) + 1) + 1e-9)
    method = "test inverted"
    if not refused:
        return Interval(-inf, inf, confidence, method)
    # An effect is refused once fewer than this many donors reach the ratio that is left when it has been taken out.
    reach = sorted(ratios, reverse=True)[refused - 1] * _root_mean_square(gaps[:before])
    after = gaps[before:]
    middle, spread = float(after.mean()), float(after.var())
    if not isfinite(reach):
        return Interval(-inf, inf, confidence, method)
    if reach**2 < spread:
        return None
    half = sqrt(reach**2 - spread)
    return Interval(middle - half, middle + half, confidence, method)


def _root_mean_square(gaps: Numbers) -> float:
    return sqrt(float(gaps @ gaps) / len(gaps))

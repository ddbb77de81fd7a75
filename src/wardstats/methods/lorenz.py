"""Concentration: how much of the crime happens in how few of the places, beside what chance alone would do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from wardstats.methods.counts import Numbers, whole_counts
from wardstats.methods.intervals import Interval

TOPS = (0.01, 0.05, 0.1, 0.2, 0.5)
SIMULATIONS = 999
ROUNDING = 1e-12


@dataclass(frozen=True)
class LorenzCurve:
    """Cumulated shares, both from 0 to 1, beginning with the places that have least.

    ``equal`` is the most equal curve that so many crimes could give: the diagonal, or, with fewer crimes than places, a
    line that stays at nought until one crime each is left for the places that remain.
    """

    places: tuple[float, ...]
    crimes: tuple[float, ...]
    equal: tuple[float, ...]


@dataclass(frozen=True)
class AgainstChance:
    """A value, and what it would be if every crime had fallen on a place picked at random.

    ``chance`` is the average of the simulations and ``interval`` where the middle of them lies: not an interval of the
    value, but of what the value is compared with. ``p`` is the share of worlds of chance at least as concentrated.
    """

    value: float
    chance: float
    interval: Interval
    p: float
    simulations: int

    @property
    def is_beyond_chance(self) -> bool:
        """Whether there is more concentration than chance alone would give."""
        return self.value > self.interval.upper + ROUNDING


@dataclass(frozen=True)
class TopShare:
    """The share of all crime in the share ``top`` of the places that have most of it."""

    top: float
    crime: AgainstChance


@dataclass(frozen=True)
class Concentration:
    """Places, crimes, the curve and its summaries, each against chance."""

    places: int
    crimes: int
    curve: LorenzCurve
    gini: AgainstChance
    generalised_gini: AgainstChance
    tops: tuple[TopShare, ...]


def lorenz_curve(counts: Sequence[int] | ArrayLike) -> LorenzCurve:
    """The Lorenz curve of crimes over places, with the most equal curve that is possible.

    Raises
    ------
    ValueError
        If there are no places or no crimes, or a count is missing, negative or not whole.

    Examples
    --------
    >>> lorenz_curve([3, 0, 1, 0]).crimes
    (0.0, 0.0, 0.0, 0.25, 1.0)
    >>> lorenz_curve([2, 0, 0, 0]).equal
    (0.0, 0.0, 0.0, 0.5, 1.0)
    """
    ordered = np.sort(_crimes(counts))
    places = np.arange(len(ordered) + 1) / len(ordered)
    slope = max(1.0, len(ordered) / ordered.sum())
    equal = np.maximum(0.0, 1 - slope * (1 - places))
    return LorenzCurve(tuple(places.tolist()), tuple(_cumulated(ordered).tolist()), tuple(equal.tolist()))


def concentration(
    counts: Sequence[int] | ArrayLike,
    *,
    generator: np.random.Generator,
    tops: Sequence[float] = TOPS,
    simulations: int = SIMULATIONS,
    confidence: float = 0.95,
) -> Concentration:
    """The Lorenz curve, both Gini coefficients and the shares of the top places, each against chance.

    The Gini coefficient is sum((2 i - N - 1) x_i) / (N C) over the counts in rising order: 0 when all places have as much,
    near 1 when one has everything. With fewer crimes C than places N it is large even where no place has two: the
    generalised coefficient G' = max(1, N / C) (G - 1) + 1 is 0 there. Neither is 0 in a world of chance, so that all are set
    beside ``simulations`` worlds in which the same crimes fall on the same places at random (multinomial). A top share of a
    fractional number of places is read off the curve between two of its points.

    Parameters
    ----------
    counts
        Crimes in each place: all places of the area, those without crime included.
    generator
        The source of chance; seeded, so that the same question has the same answer.
    tops
        Shares of the places, such as 0.05 for the top five per cent.
    simulations
        How many worlds of chance. The p value is (1 + worlds at least as concentrated) / (1 + worlds).
    confidence
        How much of the worlds of chance the interval holds.

    Raises
    ------
    ValueError
        If there are no places or no crimes; a count is missing, negative or not whole; a top share is not above 0 and at
        most 1; or there are too few simulations for the level of confidence.

    When not to use this
    --------------------
    Not on places that were left out when they had no crime; not to compare areas whose places differ in size (a grid, LSOAs,
    streets), because concentration grows as places shrink. Chance here means that every place is equally exposed: where
    some have more people or more homes, part of what is beyond chance is that. Points of published street-level crime are
    snapped together, which concentrates them.

    References
    ----------
    Bernasco W, Steenbeek W (2017). More places than crimes: implications for evaluating the law of crime concentration at
    place. Journal of Quantitative Criminology 33, 451-467.
    Weisburd D (2015). The law of crime concentration and the criminology of place. Criminology 53, 133-157.
    Davison AC, Hinkley DV (1997). Bootstrap methods and their application, section 4.2 (the p value).

    Examples
    --------
    Five crimes in ten places, three of them in one:

    >>> found = concentration([3, 1, 1, 0, 0, 0, 0, 0, 0, 0], generator=np.random.default_rng(1), tops=[0.1])
    >>> round(found.gini.value, 2), round(found.generalised_gini.value, 2), round(found.tops[0].crime.value, 2)
    (0.78, 0.56, 0.6)

    All of which chance alone does often:

    >>> found.gini.is_beyond_chance, found.gini.p > 0.05
    (False, True)
    """
    crimes = _crimes(counts)
    shares = _top_shares(tops)
    _refuse_too_few(simulations, confidence)
    observed = _summaries(crimes, shares)
    worlds = _worlds(crimes, shares, generator, simulations)
    gini, generalised, *at_tops = (
        _against(value, worlds[:, at], confidence) for at, value in enumerate(observed.tolist())
    )
    return Concentration(
        places=len(crimes),
        crimes=int(crimes.sum()),
        curve=lorenz_curve(crimes),
        gini=gini,
        generalised_gini=generalised,
        tops=tuple(TopShare(top, crime) for top, crime in zip(shares.tolist(), at_tops, strict=True)),
    )


def _crimes(counts: Sequence[int] | ArrayLike) -> Numbers:
    crimes = whole_counts(counts, of="crimes")
    if not crimes.any():
        raise ValueError("crimes: none, so that nothing is concentrated")
    return crimes


def _top_shares(tops: Sequence[float]) -> Numbers:
    shares = np.asarray(tops, dtype=np.float64)
    if not ((shares > 0) & (shares <= 1)).all():
        raise ValueError(f"a top share of places is above 0 and at most 1: {tops}")
    return shares


def _refuse_too_few(simulations: int, confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError(f"confidence is a share between 0 and 1, not {confidence}")
    if (simulations + 1) * (1 - confidence) / 2 < 1 - ROUNDING:
        raise ValueError(f"{simulations} simulations are too few for an interval of {confidence:.1%}")


def _cumulated(ordered: Numbers) -> Numbers:
    return np.concatenate(([0.0], np.cumsum(ordered) / ordered.sum()))


def _summaries(crimes: Numbers, shares: Numbers) -> Numbers:
    """Gini, generalised Gini, and the crime in each top share of the places."""
    ordered = np.sort(crimes)
    places, total = len(ordered), ordered.sum()
    gini = max(0.0, float(((2 * np.arange(1, places + 1) - places - 1) * ordered).sum() / (places * total)))
    generalised = max(0.0, max(1.0, places / total) * (gini - 1) + 1)
    from_most = _cumulated(ordered[::-1])
    tops = np.interp(shares * places, np.arange(places + 1), from_most)
    return np.concatenate(([gini, generalised], tops))


def _worlds(crimes: Numbers, shares: Numbers, generator: np.random.Generator, simulations: int) -> Numbers:
    total, even = int(crimes.sum()), np.full(len(crimes), 1 / len(crimes))
    # World by world: all of them at once would fill the memory for the streets of one city.
    return np.stack(
        [_summaries(generator.multinomial(total, even).astype(np.float64), shares) for _ in range(simulations)]
    )


def _against(value: float, worlds: Numbers, confidence: float) -> AgainstChance:
    tail = (1 - confidence) / 2
    lower, upper = np.quantile(worlds, [tail, 1 - tail], method="weibull").tolist()
    simulations = len(worlds)
    as_concentrated = int((worlds >= value - ROUNDING).sum())
    return AgainstChance(
        value=value,
        chance=float(worlds.mean()),
        interval=Interval(lower, upper, confidence, f"{simulations:,} multinomial simulations"),
        p=(1 + as_concentrated) / (1 + simulations),
        simulations=simulations,
    )

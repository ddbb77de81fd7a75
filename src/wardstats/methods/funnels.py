"""Funnels: which areas differ from the average by more than chance, and more than such areas differ among themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import chdtriv

from wardstats.methods.counts import Numbers, as_many, sizes, whole_counts
from wardstats.methods.intervals import Interval, normal_quantile

ALERT_CONFIDENCE = 0.95
ALARM_CONFIDENCE = 0.998
WINSORISED = 0.1
MOST_EXPECTED = 1e9
ROUNDING = 1e-12


class FunnelKind(Enum):
    """What is compared: events by those exposed, or a part of a whole; the value is the method of the plain limits."""

    RATE = "exact Poisson"
    PROPORTION = "score"


class Adjustment(Enum):
    """What is done about areas that differ more than chance; the value says it in print."""

    NONE = "not adjusted"
    MULTIPLICATIVE = "multiplied for over-dispersion"
    ADDITIVE = "with the spread between areas added"


class Judgement(Enum):
    """Where an area lies: within both limits, beyond the first (95%), or beyond the second (99.8%)."""

    INSIDE = "inside"
    ALERT = "alert"
    ALARM = "alarm"


@dataclass(frozen=True)
class Overdispersion:
    """How much more than chance the areas differ.

    ``phi`` is the mean of the squared deviations in standard errors, 1 under chance alone. ``tau_squared`` is the variance
    between areas, over and above chance: of the square root of the ratio to the target for rates, of the arcsine of the
    square root for proportions.
    """

    phi: float
    tau_squared: float

    @property
    def is_present(self) -> bool:
        """Whether the areas differ more than chance, and so whether limits are widened."""
        return self.phi > 1


@dataclass(frozen=True)
class FunnelArea:
    """An area with its value, the limits at its size, and what they allow to be said of it."""

    count: int
    size: float
    value: float
    alert: Interval
    alarm: Interval
    judgement: Judgement
    is_high: bool


@dataclass(frozen=True)
class Funnel:
    """The target, how the areas spread about it, and each area in the order given.

    ``overdispersion`` is None for one area alone, whose spread nobody knows; its limits are the plain ones.
    """

    kind: FunnelKind
    target: float
    multiplier: int
    overdispersion: Overdispersion | None
    adjustment: Adjustment
    areas: tuple[FunnelArea, ...]

    def limits(self, size: float) -> tuple[Interval, Interval]:
        """The alert and alarm limits at any size: what the lines of the plot are drawn from.

        Raises
        ------
        ValueError
            If the size is not a positive number, or more than 1e9 events are expected at it.
        """
        at = sizes([size], of="size", positive=True)
        plot = _Plot(self.kind, self.target / self.multiplier, self.overdispersion, self.adjustment)
        alert, alarm = (plot.intervals(at, level, self.multiplier)[0] for level in (ALERT_CONFIDENCE, ALARM_CONFIDENCE))
        return alert, alarm


def rate_funnel(
    counts: Sequence[int] | ArrayLike,
    exposures: Sequence[float] | ArrayLike,
    *,
    multiplier: int = 1000,
    target: float | None = None,
    adjustment: Adjustment = Adjustment.ADDITIVE,
    winsorised: float = WINSORISED,
) -> Funnel:
    """Areas' rates against the limits within which chance, and the usual spread between areas, would leave them.

    The plain limits are the rates whose own exact Poisson interval just touches the target. How much more than chance the
    areas differ is measured on the square-root scale, z = 2 (sqrt(observed) - sqrt(expected)), after the outermost tenth at
    either end was drawn in (winsorised), so that the areas to be found do not hide themselves: phi = mean z squared. Where
    phi is above one, the limits are widened on that scale: by sqrt(phi) (multiplicative), or by adding to the variance of
    chance, 1 / (4 expected), that between areas (additive), tau squared = (I phi - (I - 1)) / (sum w - sum w^2 / sum w)
    with w = 4 expected. They are never narrowed.

    Parameters
    ----------
    counts
        Events in each area.
    exposures
        Those exposed in each area, such as residents.
    multiplier
        Per how many the rates are given.
    target
        The rate compared with, per ``multiplier``; all events by all exposed when None.
    adjustment
        Additive suits areas that differ for reasons outside the figure: their limits never close, however large the area.
    winsorised
        The share of areas drawn in at either end.

    Raises
    ------
    ValueError
        If there are no areas; the columns differ in length; a count is missing, negative or not whole; an exposure is not
        positive; the target is not positive (nothing happened anywhere); more than 1e9 events are expected in an area; or
        ``winsorised`` is not from 0 to below 0.5.

    When not to use this
    --------------------
    Not as a league table: inside the limits there is no order. Not for areas with a cause of their own that is known, such
    as a town centre with few residents, which belongs out of the comparison. With fewer than about ten areas the spread is
    itself a guess. An alarm asks a question about the data first, the denominator second, and the area third.

    References
    ----------
    Spiegelhalter DJ (2005). Funnel plots for comparing institutional performance. Statistics in Medicine 24, 1185-1202.
    Spiegelhalter DJ (2005). Handling over-dispersion of performance indicators. Quality and Safety in Health Care 14, 347-351.
    Office for Health Improvement and Disparities. Fingertips technical guidance: public health methods (plain limits).

    Examples
    --------
    Ten wards, of which three would alarm by the plain limits, and one beside the spread between them:

    >>> events, residents = [80, 95, 110, 70, 130, 100, 60, 90, 105, 240], [1000] * 10
    >>> [area.judgement.value for area in rate_funnel(events, residents, adjustment=Adjustment.NONE).areas]
    ['alert', 'inside', 'inside', 'alarm', 'alert', 'inside', 'alarm', 'inside', 'inside', 'alarm']
    >>> found = rate_funnel(events, residents)
    >>> round(found.target, 1), round(found.overdispersion.phi, 2)
    (108.0, 6.0)
    >>> [area.judgement.value for area in found.areas if area.judgement is not Judgement.INSIDE]
    ['alarm']
    """
    events = whole_counts(counts, of="counts")
    exposed = sizes(exposures, of="exposures", positive=True)
    as_many(events, exposed, of="counts and exposures")
    if multiplier <= 0:
        raise ValueError(f"a rate is per a positive number: {multiplier}")
    average = float(events.sum() / exposed.sum()) if target is None else target / multiplier
    if not 0 < average < np.inf:
        raise ValueError("no funnel about a target that is not positive")
    return _funnel(FunnelKind.RATE, events, exposed, average, multiplier, adjustment, winsorised)


def proportion_funnel(
    counts: Sequence[int] | ArrayLike,
    totals: Sequence[int] | ArrayLike,
    *,
    target: float | None = None,
    adjustment: Adjustment = Adjustment.ADDITIVE,
    winsorised: float = WINSORISED,
) -> Funnel:
    """Areas' proportions against the limits within which chance, and the usual spread between areas, would leave them.

    As :func:`rate_funnel`, with the proportions whose own Wilson interval just touches the target as plain limits,
    target -/+ z sqrt(target (1 - target) / total) kept between 0 and 1, and with the arcsine of the square root as the scale
    on which deviations are measured, z = 2 sqrt(total) (arcsine sqrt(value) - arcsine sqrt(target)).

    Parameters
    ----------
    counts, totals
        Numbers of the same kind of thing in each area, no count above its total.
    target
        The proportion compared with (0 to 1); all counts by all totals when None.
    adjustment, winsorised
        As for rates.

    Raises
    ------
    ValueError
        If there are no areas; the columns differ in length; a number is missing, negative or not whole; a total is nought
        or below its count; the target is not between 0 and 1 (all areas have none, or all); or ``winsorised`` is not from 0
        to below 0.5.

    When not to use this
    --------------------
    As for rates; and not where the same people are counted several times, which widens the spread in small areas only.

    References
    ----------
    Spiegelhalter DJ (2005). Funnel plots for comparing institutional performance. Statistics in Medicine 24, 1185-1202.

    Examples
    --------
    >>> found = proportion_funnel([12, 30, 45, 8], [100, 150, 200, 100], adjustment=Adjustment.NONE)
    >>> [(area.judgement.value, area.is_high) for area in found.areas]
    [('inside', False), ('inside', True), ('inside', True), ('alert', False)]
    """
    parts, wholes = whole_counts(counts, of="counts"), whole_counts(totals, of="totals")
    as_many(parts, wholes, of="counts and totals")
    sizes(totals, of="totals", positive=True)
    if (parts > wholes).any():
        raise ValueError("counts and totals: a count is above its total")
    average = float(parts.sum() / wholes.sum()) if target is None else target
    if not 0 < average < 1:
        raise ValueError("no funnel about a target that is not between 0 and 1")
    return _funnel(FunnelKind.PROPORTION, parts, wholes, average, 1, adjustment, winsorised)


def _funnel(
    kind: FunnelKind,
    counts: Numbers,
    at: Numbers,
    target: float,
    multiplier: int,
    adjustment: Adjustment,
    winsorised: float,
) -> Funnel:
    if not 0 <= winsorised < 0.5:
        raise ValueError(f"winsorised is a share from 0 to below 0.5: {winsorised}")
    found = _Plot(kind, target, None, adjustment).overdispersion(counts, at, winsorised)
    plot = _Plot(kind, target, found, adjustment)
    alerts = plot.intervals(at, ALERT_CONFIDENCE, multiplier)
    alarms = plot.intervals(at, ALARM_CONFIDENCE, multiplier)
    values = (counts / at * multiplier).tolist()
    areas = tuple(
        FunnelArea(int(count), size, value, alert, alarm, _judgement(value, alert, alarm), value > target * multiplier)
        for count, size, value, alert, alarm in zip(counts.tolist(), at.tolist(), values, alerts, alarms, strict=True)
    )
    return Funnel(kind, target * multiplier, multiplier, found, adjustment, areas)


def _judgement(value: float, alert: Interval, alarm: Interval) -> Judgement:
    if _is_beyond(value, alarm):
        return Judgement.ALARM
    return Judgement.ALERT if _is_beyond(value, alert) else Judgement.INSIDE


def _is_beyond(value: float, limits: Interval) -> bool:
    return value < limits.lower * (1 - ROUNDING) or value > limits.upper * (1 + ROUNDING)


@dataclass(frozen=True)
class _Plot:
    """The limits of a kind of funnel, on the scale on which its areas spread."""

    kind: FunnelKind
    target: float
    spread: Overdispersion | None
    adjustment: Adjustment

    def overdispersion(self, counts: Numbers, at: Numbers, winsorised: float) -> Overdispersion | None:
        if len(counts) < 2:
            return None
        precision = self._precision(at)
        z = np.sqrt(precision) * (self._scaled(counts / at) - self._scaled(np.array(self.target)))
        phi = float(np.mean(np.clip(z, *np.quantile(z, [winsorised, 1 - winsorised])) ** 2))
        weight = precision.sum()
        tau_squared = (len(z) * phi - (len(z) - 1)) / (weight - (precision**2).sum() / weight)
        return Overdispersion(phi, max(0.0, float(tau_squared)))

    def intervals(self, at: Numbers, confidence: float, multiplier: int) -> list[Interval]:
        centre = self._scaled(np.array(self.target))
        lower, upper = (self._scaled(limit) - centre for limit in self._plain(at, confidence))
        widening, method = np.ones(len(at)), self.kind.value
        if self.adjustment is not Adjustment.NONE and self.spread is not None and self.spread.is_present:
            widening, method = self._widening(at, self.spread), f"{method}, {self.adjustment.value}"
        return [
            Interval(low, high, confidence, method)
            for low, high in zip(
                (multiplier * self._unscaled(centre + widening * lower)).tolist(),
                (multiplier * self._unscaled(centre + widening * upper)).tolist(),
                strict=True,
            )
        ]

    def _plain(self, at: Numbers, confidence: float) -> tuple[Numbers, Numbers]:
        if self.kind is FunnelKind.PROPORTION:
            reach = normal_quantile(confidence) * np.sqrt(self.target * (1 - self.target) / at)
            return np.maximum(self.target - reach, 0.0), np.minimum(self.target + reach, 1.0)
        tail, expected = (1 - confidence) / 2, self.target * at
        if (expected > MOST_EXPECTED).any():
            raise ValueError(f"no exact limits with more than {MOST_EXPECTED:,.0f} events expected in one area")
        # With so few expected that none at all is no surprise, nothing is too low.
        lower = np.maximum(chdtriv(1 - tail, 2 * expected) / 2 - 1, 0.0)
        return lower / at, chdtriv(tail, 2 * expected) / 2 / at

    def _widening(self, at: Numbers, spread: Overdispersion) -> Numbers:
        if self.adjustment is Adjustment.MULTIPLICATIVE:
            return np.full(len(at), np.sqrt(spread.phi))
        widening: Numbers = np.sqrt(1 + spread.tau_squared * self._precision(at))
        return widening

    def _precision(self, at: Numbers) -> Numbers:
        return 4 * at * (self.target if self.kind is FunnelKind.RATE else 1)

    def _scaled(self, value: Numbers) -> Numbers:
        is_rate = self.kind is FunnelKind.RATE
        scaled: Numbers = np.sqrt(value / self.target) if is_rate else np.arcsin(np.sqrt(value))
        return scaled

    def _unscaled(self, scaled: Numbers) -> Numbers:
        if self.kind is FunnelKind.RATE:
            return self.target * np.maximum(scaled, 0.0) ** 2
        unscaled: Numbers = np.sin(np.clip(scaled, 0.0, np.pi / 2)) ** 2
        return unscaled

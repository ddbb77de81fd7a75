"""Time to reoffending: how many are still without one after so long at liberty, where some leave before it is known."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from math import exp, log, sqrt

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import chdtrc

from wardstats.methods.at_risk import Stay, days_at_risk
from wardstats.methods.counts import Numbers, sizes
from wardstats.methods.intervals import Interval, normal_quantile

ROUNDING = 1e-12


@dataclass(frozen=True)
class Spell:
    """How long somebody was followed at liberty, in days, and whether it ended with the event or was cut short (censored)."""

    days: int
    happened: bool


@dataclass(frozen=True)
class SurvivalStep:
    """A time at which it happened to somebody: how many were at risk just before, to how many, and what share is left."""

    time: float
    at_risk: int
    events: int
    survival: float
    interval: Interval


@dataclass(frozen=True)
class SurvivalCurve:
    """The share without the event by time, step by step; ``longest`` is the longest anybody was followed."""

    people: int
    events: int
    steps: tuple[SurvivalStep, ...]
    longest: float

    def at(self, time: float) -> float:
        """The share still without the event at a time.

        Raises
        ------
        ValueError
            If the time is before the beginning, or nobody was followed so long.
        """
        if not 0 <= time <= self.longest:
            raise ValueError(f"nobody was followed for {time}: the longest was {self.longest}")
        position = bisect_right([step.time for step in self.steps], time)
        return self.steps[position - 1].survival if position else 1.0

    @property
    def median(self) -> float | None:
        """The time by which it has happened to half; None when that was not seen."""
        return next((step.time for step in self.steps if step.survival <= 0.5 + ROUNDING), None)


@dataclass(frozen=True)
class GroupOutcome:
    """Events in a group, and how many there would have been had all groups been alike."""

    observed: int
    expected: float


@dataclass(frozen=True)
class LogRank:
    """The log-rank test: whether groups differ in the time to the event by more than chance."""

    groups: Mapping[str, GroupOutcome]
    statistic: float
    degrees_of_freedom: int
    p: float


def first_event(begins: date, ends: date, *, events: Iterable[date] = (), custody: Iterable[Stay] = ()) -> Spell:
    """The time at risk until somebody's first event, or until following ended; days in custody are no time at risk.

    Parameters
    ----------
    begins, ends
        From which day on somebody was followed, and the day on which that ended: the end of the study, death, a move.
    events
        Days of reoffences; those from ``ends`` on do not count, as nobody looked.
    custody
        Stays in custody, which may overlap.

    Raises
    ------
    ValueError
        If following ends before it begins, or an event is before it.

    Examples
    --------
    Released on New Year's Day, a month in custody in spring, a reoffence on 1 July:

    >>> spring = Stay(date(2025, 4, 1), date(2025, 5, 1))
    >>> first_event(date(2025, 1, 1), date(2026, 1, 1), events=[date(2025, 7, 1)], custody=[spring])
    Spell(days=151, happened=True)
    >>> first_event(date(2025, 1, 1), date(2026, 1, 1), custody=[spring])
    Spell(days=335, happened=False)
    """
    seen = sorted(event for event in events if event < ends)
    if seen and seen[0] < begins:
        raise ValueError(f"an event of {seen[0]} is before following began, on {begins}")
    until = seen[0] if seen else ends
    return Spell(days_at_risk(begins, until, custody=custody), bool(seen))


def kaplan_meier(times: ArrayLike, happened: Sequence[bool], *, confidence: float = 0.95) -> SurvivalCurve:
    """The share without the event after each time, by Kaplan and Meier, with an interval from Greenwood's variance.

    The interval is on the logarithm of minus the logarithm, so that it stays between 0 and 1. Where the event has happened to
    all who were left there is no variance: the interval then reaches from 0 to the upper limit of the step before.

    Parameters
    ----------
    times
        How long each was followed, in any one unit. Custody is left out before: see :func:`first_event`.
    happened
        Whether it ended with the event; if not, it was cut short by something that has nothing to do with it.
    confidence
        Two-sided level of the interval.

    Raises
    ------
    ValueError
        If there is nobody, there are not as many times as outcomes, or a time is missing, infinite or negative.

    When not to use this
    --------------------
    Not where people leave because of what is studied (recalled to prison for a new offence that is not yet proven): they
    are not cut short by chance, and the curve is too good. Not beyond the time when few are left. Nobody is chosen by what
    happened later (those who completed a programme), for they had to last until then.

    References
    ----------
    Kaplan EL, Meier P (1958). Nonparametric estimation from incomplete observations. JASA 53, 457-481.
    Kalbfleisch JD, Prentice RL (2002). The statistical analysis of failure time data, section 1.4 (the interval).

    Examples
    --------
    >>> curve = kaplan_meier([5, 8, 8, 12], [True, True, False, False])
    >>> [(step.time, step.at_risk, step.survival) for step in curve.steps]
    [(5.0, 4, 0.75), (8.0, 3, 0.5)]
    >>> curve.median, curve.at(6)
    (8.0, 0.75)
    """
    lengths, ended = _followed(times, happened)
    z = normal_quantile(confidence)
    survival, variance, upper = 1.0, 0.0, 1.0
    steps = []
    for time in np.unique(lengths[ended]).tolist():
        at_risk = int((lengths >= time).sum())
        events = int((lengths[ended] == time).sum())
        survival *= 1 - events / at_risk
        left = at_risk - events
        variance += events / (at_risk * left) if left else 0.0
        interval = _log_log(survival, variance, z, confidence, upper)
        upper = interval.upper
        steps.append(SurvivalStep(time, at_risk, events, survival, interval))
    return SurvivalCurve(len(lengths), int(ended.sum()), tuple(steps), float(lengths.max()))


def log_rank(groups: Mapping[str, tuple[ArrayLike, Sequence[bool]]]) -> LogRank:
    """The log-rank test of two or more groups: events against those expected from all who were at risk at the same time.

    Parameters
    ----------
    groups
        By name: times and outcomes as for :func:`kaplan_meier`.

    Raises
    ------
    ValueError
        As :func:`kaplan_meier`; or if there are fewer than two groups, or some group had nobody at risk when an event
        happened, so that nothing can be said about it.

    When not to use this
    --------------------
    Not to say that one scheme is better than another: who is in which was not drawn by lot. Little is seen where curves
    cross. A difference of every size is beyond chance in large groups: show the curves.

    References
    ----------
    Mantel N (1966). Evaluation of survival data and two new rank order statistics. Cancer Chemotherapy Reports 50, 163-170.

    Examples
    --------
    >>> found = log_rank({"offered": ([9, 12, 20, 20], [True, True, False, False]), "not": ([2, 3, 5, 9], [True] * 4)})
    >>> found.groups["offered"].observed, round(found.groups["offered"].expected, 2), round(found.p, 3)
    (2, 4.34, 0.017)
    """
    if len(groups) < 2:
        raise ValueError("one group is compared with nothing")
    followed = [_followed(*group) for group in groups.values()]
    observed = np.array([ended.sum() for _, ended in followed], dtype=np.float64)
    expected, covariance = _expected(followed)
    # The differences sum to nought, so that one group is left out of them.
    difference, covariance = (observed - expected)[1:], covariance[1:, 1:]
    if np.linalg.matrix_rank(covariance) < len(difference):
        raise ValueError("a group had nobody at risk when an event happened")
    statistic = float(difference @ np.linalg.solve(covariance, difference))
    return LogRank(
        groups={
            name: GroupOutcome(int(seen), float(due))
            for name, seen, due in zip(groups, observed, expected, strict=True)
        },
        statistic=statistic,
        degrees_of_freedom=len(difference),
        p=float(chdtrc(len(difference), statistic)),
    )


Followed = tuple[Numbers, NDArray[np.bool_]]


def _followed(times: ArrayLike, happened: Sequence[bool]) -> Followed:
    if not np.size(times):
        raise ValueError("nobody was followed")
    lengths, ended = sizes(times, of="times"), np.asarray(happened, dtype=np.bool_)
    if lengths.shape != ended.shape:
        raise ValueError(f"{len(lengths)} times and {ended.size} outcomes")
    return lengths, ended


def _log_log(survival: float, variance: float, z: float, confidence: float, upper_before: float) -> Interval:
    if survival <= 0:
        return Interval(0.0, upper_before, confidence, "Greenwood, log-log")
    spread = z * sqrt(variance) / -log(survival)
    return Interval(survival ** exp(spread), survival ** exp(-spread), confidence, "Greenwood, log-log")


def _expected(followed: Sequence[Followed]) -> tuple[Numbers, Numbers]:
    """Events expected in each group were all alike, and their covariance: sums of multivariate hypergeometric ones."""
    expected, covariance = np.zeros(len(followed)), np.zeros((len(followed), len(followed)))
    for time in np.unique(np.concatenate([lengths[ended] for lengths, ended in followed])):
        at_risk = np.array([(lengths >= time).sum() for lengths, _ in followed], dtype=np.float64)
        events = float(sum((lengths[ended] == time).sum() for lengths, ended in followed))
        everybody = at_risk.sum()
        share = at_risk / everybody
        expected += events * share
        if everybody > 1:
            spread = events * (everybody - events) / (everybody - 1)
            covariance += spread * (np.diag(share) - np.outer(share, share))
    return expected, covariance

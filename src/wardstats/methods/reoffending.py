"""Reoffending: against prediction after three months, proven after a year and a half, and by cohort. Never mixed."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isfinite

import numpy as np
from numpy.typing import ArrayLike

from wardstats.methods.changes import Verdict
from wardstats.methods.counts import sizes
from wardstats.methods.intervals import Interval
from wardstats.methods.proportions import Proportion, proportion
from wardstats.methods.rates import count_interval

QUARTERS = 4
FOLLOWED_UP_MONTHS = 12
WAITED_FOR_COURT_MONTHS = 6
OLDEST_THREE_MONTH_COHORT = date(2015, 10, 1)
THREE_MONTH_COHORTS_PUBLISHED = date(2017, 10, 26)


class UnableToMeasureYet(ValueError):
    """A cohort is too young: courts have not had their time. ``ready_on`` is the first day on which it is not."""

    def __init__(self, ready_on: date) -> None:
        super().__init__(f"the cohort has not been followed up for a year and half a year for courts before {ready_on}")
        self.ready_on = ready_on


@dataclass(frozen=True)
class AgainstPrediction:
    """How many reoffended and how many were expected to, their ratio with its interval, and what may be said of it."""

    people: int
    reoffended: int
    predicted: float
    ratio: float
    interval: Interval

    @property
    def actual_rate(self) -> float:
        """The share of the people that reoffended."""
        return self.reoffended / self.people

    @property
    def predicted_rate(self) -> float:
        """The share that was expected to."""
        return self.predicted / self.people

    @property
    def percent_difference(self) -> float:
        """The actual rate's difference from the predicted in percent of the predicted: below nought is better."""
        return 100 * (self.ratio - 1)

    @property
    def percent_limits(self) -> tuple[float, float]:
        """The interval of the percentage difference."""
        return 100 * (self.interval.lower - 1), 100 * (self.interval.upper - 1)

    @property
    def verdict(self) -> Verdict:
        """Whether more or fewer reoffended than predicted, as far as the interval allows to say."""
        if self.interval.contains(1.0):
            return Verdict.NOT_SIGNIFICANTLY_DIFFERENT
        return Verdict.HIGHER if self.interval.lower > 1 else Verdict.LOWER


@dataclass(frozen=True)
class CaseloadQuarter:
    """One quarter of the local adult measure: its first day, adults on the probation caseload, and their reoffending.

    ``reoffended`` were proven to have reoffended within three months of the snapshot; ``predicted`` is the number expected
    to, the sum of their chances of it (a published predicted rate times the caseload).

    Raises
    ------
    ValueError
        If the quarter does not begin with January, April, July or October, or a number is not one of the caseload.
    """

    begins: date
    caseload: int
    reoffended: int
    predicted: float

    def __post_init__(self) -> None:
        if self.begins.day != 1 or self.begins.month % 3 != 1:
            raise ValueError(f"no quarter begins on {self.begins}")
        if self.caseload <= 0 or not 0 <= self.reoffended <= self.caseload:
            raise ValueError(f"{self.reoffended} of {self.caseload} is no caseload")
        if not (isfinite(self.predicted) and 0 < self.predicted <= self.caseload):
            raise ValueError(f"no prediction for a caseload of {self.caseload}: {self.predicted}")


@dataclass(frozen=True)
class Reoffence:
    """An offence: when it was committed, and when a court, a caution or the like proved it (None: not, or not yet)."""

    committed: date
    proven: date | None


@dataclass(frozen=True)
class FollowedUp:
    """One person of a cohort from release, caution or sentence in the community, with all offences after it."""

    begins: date
    reoffences: tuple[Reoffence, ...] = ()


@dataclass(frozen=True)
class ProvenReoffending:
    """The binary rate and the frequency of proven reoffending, counted over the cohort that began from ``first`` to ``last``.

    ``per_reoffender`` is None when nobody reoffended.
    """

    first: date
    last: date
    binary: Proportion
    reoffences: int
    per_reoffender: float | None

    @property
    def per_offender(self) -> float:
        """Proven reoffences for each person of the cohort."""
        return self.reoffences / self.binary.total


def observed_against_expected(reoffended: int, scores: ArrayLike, *, confidence: float = 0.95) -> AgainstPrediction:
    """How many of a cohort reoffended, over the sum of their scores, with Byar's interval (exact below ten).

    Parameters
    ----------
    reoffended
        People of the cohort proven to have reoffended within the time that the scores are for.
    scores
        The chance of each person, 0 to 1, as it was imported when the cohort began. Their sum is what was expected: never
        one mean rate for all. Scores from elsewhere are first made right on the whole: multiplied so that observed and
        expected agree for everybody they were made for.

    Raises
    ------
    ValueError
        If there are no people, a score is missing or not a chance, none is above nought, or more reoffended than there are.

    When not to use this
    --------------------
    Not before and after: a cohort chosen at its worst does better by itself. Even against prediction, a cohort picked for
    what the score does not know is not comparable. Each person is counted once, so the interval is a little too wide.

    References
    ----------
    Breslow NE, Day NE (1987). Statistical methods in cancer research II, p. 69 (Byar's approximation).

    Examples
    --------
    >>> found = observed_against_expected(2, [0.9, 0.8, 0.5, 0.3])
    >>> round(found.predicted, 1), round(found.ratio, 2), found.verdict.value
    (2.5, 0.8, 'not significantly different')
    """
    if not np.size(scores):
        raise ValueError("scores: nobody to score")
    chances = sizes(scores, of="scores")
    if (chances > 1).any():
        raise ValueError("scores: a chance is at most 1, not a percentage")
    return _against(reoffended, float(np.sum(chances)), len(chances), confidence)


def local_adult_reoffending(quarters: Sequence[CaseloadQuarter], *, confidence: float = 0.95) -> AgainstPrediction:
    """The Ministry of Justice's local adult measure: four quarters combined, the actual rate against the predicted.

    Reoffending within three months of being on the probation caseload. It is not proven reoffending after a year
    (:func:`proven_reoffending`), is far lower, and is never put in one series or sentence with it.

    Parameters
    ----------
    quarters
        Four in a row, in any order.

    Raises
    ------
    ValueError
        If there are not four quarters, or they do not follow each other.

    When not to use this
    --------------------
    Not for people: the same adult may be on the caseload of all four quarters, so that the interval is a little too narrow.
    Not to say what a scheme did; others on the caseload were not in it.

    References
    ----------
    Ministry of Justice (2012). Local adult reoffending, 1 January to 31 December 2011, England and Wales.

    Examples
    --------
    8.1 per cent reoffended where 9 per cent were expected to, a tenth fewer:

    >>> year = [CaseloadQuarter(date(2013, month, 1), 1_000, 81, 90.0) for month in (1, 4, 7, 10)]
    >>> found = local_adult_reoffending(year)
    >>> f"{found.actual_rate:.1%} {found.predicted_rate:.1%} {found.percent_difference:+.1f}%"
    '8.1% 9.0% -10.0%'
    """
    if len(quarters) != QUARTERS:
        raise ValueError(f"the measure combines four quarters, not {len(quarters)}")
    ordered = sorted(quarters, key=lambda quarter: quarter.begins)
    if any(months_after(one.begins, 3) != other.begins for one, other in pairwise(ordered)):
        raise ValueError("the quarters do not follow each other")
    return _against(
        sum(quarter.reoffended for quarter in ordered),
        sum(quarter.predicted for quarter in ordered),
        sum(quarter.caseload for quarter in ordered),
        confidence,
    )


def _against(reoffended: int, predicted: float, people: int, confidence: float) -> AgainstPrediction:
    if not 0 <= reoffended <= people:
        raise ValueError(f"{reoffended} of {people} people cannot have reoffended")
    if predicted <= 0:
        raise ValueError("nobody was expected to reoffend")
    interval = count_interval(reoffended, confidence=confidence).scaled(1 / predicted)
    return AgainstPrediction(people, reoffended, predicted, reoffended / predicted, interval)


def proven_reoffending(cohort: Sequence[FollowedUp], *, as_at: date, confidence: float = 0.95) -> ProvenReoffending:
    """Proven reoffending: committed within twelve months, and proven within these or the six that follow.

    Parameters
    ----------
    cohort
        Everybody whose follow-up began in the period, whatever became of them.
    as_at
        The day on which the records were read. On it, everybody's year and half year must have passed.

    Raises
    ------
    UnableToMeasureYet
        If they have not for somebody, so that more reoffences are still to be proven. It says when they will have.
    ValueError
        If the cohort is empty, or an offence was committed before its follow-up or proven before it was committed.

    When not to use this
    --------------------
    Not beside rates from before cohorts were of three months (see :func:`is_series_break`), nor beside the local
    adult measure. What is not found out is not proven: rates move with detection and with how fast courts are.

    References
    ----------
    Ministry of Justice (2019). Guide to proven reoffending statistics, section 2.1.

    Examples
    --------
    >>> again = Reoffence(committed=date(2024, 9, 1), proven=date(2025, 3, 1))
    >>> cohort = [FollowedUp(date(2024, 1, 10), (again,)), FollowedUp(date(2024, 2, 20))]
    >>> proven_reoffending(cohort, as_at=date(2025, 9, 1)).binary.value
    0.5
    >>> proven_reoffending(cohort, as_at=date(2025, 8, 1))
    Traceback (most recent call last):
    wardstats.methods.reoffending.UnableToMeasureYet: the cohort has not been followed up for a year and half a year \
for courts before 2025-08-20
    """
    if not cohort:
        raise ValueError("nobody was followed up")
    last = max(person.begins for person in cohort)
    ready_on = months_after(last, FOLLOWED_UP_MONTHS + WAITED_FOR_COURT_MONTHS)
    if as_at < ready_on:
        raise UnableToMeasureYet(ready_on)
    reoffences = [_proven(person) for person in cohort]
    reoffenders, total = sum(count > 0 for count in reoffences), sum(reoffences)
    return ProvenReoffending(
        first=min(person.begins for person in cohort),
        last=last,
        binary=proportion(reoffenders, len(cohort), confidence=confidence),
        reoffences=total,
        per_reoffender=total / reoffenders if reoffenders else None,
    )


def _proven(person: FollowedUp) -> int:
    _refuse_impossible(person)
    followed_until = months_after(person.begins, FOLLOWED_UP_MONTHS)
    waited_until = months_after(person.begins, FOLLOWED_UP_MONTHS + WAITED_FOR_COURT_MONTHS)
    return sum(
        reoffence.committed < followed_until and reoffence.proven is not None and reoffence.proven < waited_until
        for reoffence in person.reoffences
    )


def _refuse_impossible(person: FollowedUp) -> None:
    for reoffence in person.reoffences:
        if reoffence.committed < person.begins:
            raise ValueError(f"an offence of {reoffence.committed} is no reoffence after {person.begins}")
        if reoffence.proven is not None and reoffence.proven < reoffence.committed:
            raise ValueError(f"an offence of {reoffence.committed} was not proven before, on {reoffence.proven}")


def is_series_break(cohorts_begin: Iterable[date]) -> bool:
    """Whether rates of proven reoffending of these cohorts are from both sides of the break in the published series.

    Until July 2017 cohorts of twelve months were published; on 26 October 2017 cohorts of three months began, that of
    October to December 2015 first, from other records of probation. The two are never joined by a line.

    Examples
    --------
    >>> is_series_break([date(2014, 4, 1), date(2015, 10, 1)]), is_series_break([date(2015, 10, 1), date(2016, 1, 1)])
    (True, False)
    """
    return len({begins < OLDEST_THREE_MONTH_COHORT for begins in cohorts_begin}) > 1


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last of a month that has no such day.

    Examples
    --------
    >>> months_after(date(2024, 8, 31), 18)
    datetime.date(2026, 2, 28)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))

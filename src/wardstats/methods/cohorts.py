"""A frozen cohort: who was in it on the day it began, by what rule leavers count, and what time each was at risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from wardstats.methods.at_risk import Stay, days_at_risk
from wardstats.methods.intervals import Interval
from wardstats.methods.proportions import Proportion, proportion
from wardstats.methods.rates import count_interval

DAYS_IN_A_YEAR = 365.25


class Leaving(Enum):
    """Why somebody left a scheme before the cohort's time was over."""

    DESELECTED = "deselected"
    PRISON = "in prison"
    DIED = "died"
    MOVED = "moved away"


@dataclass(frozen=True)
class LeaversRule:
    """How those who left are counted, stated once and for all periods that are compared.

    ``not_counted`` are left out altogether: by rule nobody, because who leaves is not chance. ``no_longer_followed`` stay in
    the denominator, but their time at risk ends when they leave, and reoffences after it do not count: the dead always.

    Raises
    ------
    ValueError
        If time at risk is not to end with death.
    """

    not_counted: frozenset[Leaving] = frozenset()
    no_longer_followed: frozenset[Leaving] = frozenset({Leaving.DIED})

    def __post_init__(self) -> None:
        if Leaving.DIED not in self.no_longer_followed:
            raise ValueError("nobody who died is at risk of reoffending")

    def __str__(self) -> str:
        return f"not counted: {_named(self.not_counted)}; no longer followed: {_named(self.no_longer_followed)}"


def _named(reasons: frozenset[Leaving]) -> str:
    return ", ".join(sorted(reason.value for reason in reasons)) or "none"


ALL_STAY = LeaversRule()
"""Leavers stay in the denominator, whatever the reason; time at risk ends with death alone."""


@dataclass(frozen=True)
class Member:
    """Somebody selected: since when, when and why they left, their custody, and the days of their reoffences.

    Raises
    ------
    ValueError
        If they left before they joined, or for no reason, or there is a reason and no day.
    """

    joined: date
    left: date | None = None
    reason: Leaving | None = None
    custody: tuple[Stay, ...] = ()
    reoffences: tuple[date, ...] = ()

    def __post_init__(self) -> None:
        if (self.left is None) != (self.reason is None):
            raise ValueError("whoever left did so on a day and for a reason")
        if self.left is not None and self.left < self.joined:
            raise ValueError(f"nobody leaves before joining: {self.joined}, {self.left}")


@dataclass(frozen=True)
class CohortResult:
    """What became of a cohort: its members, those who left by reason, who reoffended, and how often while at risk.

    ``reoffences`` are those committed at liberty, because they are set against the time at liberty; ``reoffended`` counts
    whoever committed any. ``per_year`` is None when nobody was at risk for a day.
    """

    members: int
    left: Mapping[Leaving, int]
    rule: LeaversRule
    reoffended: Proportion
    reoffences: int
    days_at_risk: int
    per_year: float | None
    per_year_interval: Interval | None


def cohort_result(
    members: Sequence[Member],
    *,
    begins: date,
    ends: date,
    rule: LeaversRule = ALL_STAY,
    confidence: float = 0.95,
) -> CohortResult:
    """Reoffending of a cohort that was frozen when it began: leavers stay in it by a stated rule, custody is no time at risk.

    Parameters
    ----------
    members
        Who was in the scheme on the first day, all of them.
    begins, ends
        The first day of the cohort and the day after its last.
    rule
        How leavers are counted. By default all stay, and only the dead are no longer followed.

    Raises
    ------
    ValueError
        If the period is empty, somebody was not a member when it began, or nobody is left to be counted.

    When not to use this
    --------------------
    Not before and after: people are selected at their worst and do better by themselves (regression to the mean). Set the
    result against prediction (:func:`~wardstats.methods.reoffending.observed_against_expected`) or a comparison group.
    The interval of the rate takes reoffences for independent; those of one person are not.

    References
    ----------
    Public Health England (2018). Technical guide: confidence intervals (the rate per person-year).

    Examples
    --------
    Three people over a year; one of them spends half of it in custody, one dies after a quarter:

    >>> year = date(2025, 1, 1), date(2026, 1, 1)
    >>> found = cohort_result(
    ...     [
    ...         Member(date(2024, 6, 1), reoffences=(date(2025, 2, 1), date(2025, 11, 5))),
    ...         Member(date(2024, 6, 1), custody=(Stay(date(2025, 7, 1)),)),
    ...         Member(date(2024, 6, 1), left=date(2025, 4, 1), reason=Leaving.DIED),
    ...     ],
    ...     begins=year[0],
    ...     ends=year[1],
    ... )
    >>> found.reoffended.total, found.days_at_risk, round(found.per_year, 2)
    (3, 636, 1.15)
    """
    _refuse_others(members, begins, ends)
    followed = [
        (member, _followed_until(member, ends, rule))
        for member in members
        if not _left_for(member, rule.not_counted, before=ends)
    ]
    if not followed:
        raise ValueError("nobody is left to be counted")
    days = sum(days_at_risk(begins, until, custody=member.custody) for member, until in followed)
    offences = [_offences(member, begins, until) for member, until in followed]
    at_liberty = sum(own.at_liberty for own in offences)
    years = days / DAYS_IN_A_YEAR
    return CohortResult(
        members=len(members),
        left={reason: sum(_left_for(m, frozenset({reason}), before=ends) for m in members) for reason in Leaving},
        rule=rule,
        reoffended=proportion(sum(own.committed > 0 for own in offences), len(followed), confidence=confidence),
        reoffences=at_liberty,
        days_at_risk=days,
        per_year=at_liberty / years if days else None,
        per_year_interval=count_interval(at_liberty, confidence=confidence).scaled(1 / years) if days else None,
    )


@dataclass(frozen=True)
class _Offences:
    committed: int
    at_liberty: int


def _offences(member: Member, begins: date, until: date) -> _Offences:
    own = [day for day in member.reoffences if begins <= day < until]
    return _Offences(len(own), sum(not any(stay.holds(day) for stay in member.custody) for day in own))


def _refuse_others(members: Sequence[Member], begins: date, ends: date) -> None:
    if ends <= begins:
        raise ValueError(f"a cohort without time: {begins} to {ends}")
    for member in members:
        if member.joined > begins or (member.left is not None and member.left < begins):
            raise ValueError(f"the cohort is of those who were in the scheme on {begins}")


def _left_for(member: Member, reasons: frozenset[Leaving], *, before: date) -> bool:
    return member.reason in reasons and member.left is not None and member.left < before


def _followed_until(member: Member, ends: date, rule: LeaversRule) -> date:
    if member.left is not None and _left_for(member, rule.no_longer_followed, before=ends):
        return member.left
    return ends

"""Disproportionality: how much more often something happens to one group than to another, and what unknowns do to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

from wardstats.methods.changes import exact_ratio_interval
from wardstats.methods.intervals import Interval
from wardstats.methods.two_proportions import compare_proportions

SMALLEST_SHARE = 0.01
FEWEST_EVENTS = 50


@dataclass(frozen=True)
class RateRatio:
    """Events per head of a group against the reference; ``ratio`` is None when the reference has no events."""

    events: int
    exposed: float
    reference_events: int
    reference_exposed: float
    ratio: float | None
    interval: Interval


@dataclass(frozen=True)
class UnknownBounds:
    """What a ratio of rates would be were the unknowns all of the reference (``lowest``) or all of the group (``highest``).

    This is a range of assumptions, not an interval of chance: the two are printed apart and never merged into one.
    ``ratio`` and ``highest`` are None when the reference has no events. ``share_for_parity`` is the share of the unknowns
    that would have to be of the group for the ratio to be 1, the rest being of the reference; None when no share does.
    """

    ratio: float | None
    unknown: int
    lowest: float | None
    highest: float | None
    share_for_parity: float | None

    @property
    def can_reverse(self) -> bool:
        """Whether the unknowns could put the ratio on the other side of 1."""
        return self.share_for_parity is not None


@dataclass(frozen=True)
class Stage:
    """How many of the group and of the reference reach a stage, such as stop, arrest or charge; the first: live there."""

    name: str
    group: int
    reference: int


@dataclass(frozen=True)
class RelativeRate:
    """The group's rate at a stage over the reference's, each a share of those who reached the stage before.

    ``index`` and ``interval`` are None when the index is withheld, and ``withheld`` says why; the index alone is None when
    there is nobody of the reference at the stage, so that there is nothing to divide by.
    """

    stage: Stage
    before: Stage
    index: float | None
    interval: Interval | None
    withheld: str | None = None


def rate_ratio(
    events: int, exposed: float, reference_events: int, reference_exposed: float, *, confidence: float = 0.95
) -> RateRatio:
    """The ratio of two rates of events per head, with the exact conditional interval, which needs nothing added to noughts.

    Parameters
    ----------
    events, exposed
        Events that befell the group, and its people (or person-years).
    reference_events, reference_exposed
        The same of those it is compared with.

    Raises
    ------
    ValueError
        If a count is negative, or nobody is exposed.

    When not to use this
    --------------------
    Not for a share of people, where each counts once: use
    :func:`~wardstats.methods.two_proportions.compare_proportions`. Not with ethnicity as an officer perceived it over
    a census, in which people say it themselves. Residents are not who is out in the street, and one person stopped ten
    times makes the interval too narrow. A ratio does not say why: age explains part of many.

    References
    ----------
    Przyborowski J, Wilenski H (1940). Biometrika 31. Clopper CJ, Pearson ES (1934). Biometrika 26, 404-413.

    Examples
    --------
    Stops of Black and of white people in West Yorkshire, August 2025 to July 2026, over the census of 2021:

    >>> found = rate_ratio(239, 72_257, 9_953, 1_801_352)
    >>> round(found.ratio, 2), round(found.interval.lower, 2), round(found.interval.upper, 2)
    (0.6, 0.52, 0.68)
    """
    _refuse_nonsense(events, exposed, reference_events, reference_exposed)
    scale = reference_exposed / exposed
    interval = exact_ratio_interval(reference_events, events, confidence=confidence).scaled(scale)
    ratio = events / reference_events * scale if reference_events else None
    return RateRatio(events, exposed, reference_events, reference_exposed, ratio, interval)


def unknown_bounds(
    events: int, exposed: float, reference_events: int, reference_exposed: float, *, unknown: int
) -> UnknownBounds:
    """How far events of unknown group could move a ratio of rates, and where they would make it 1.

    Parameters
    ----------
    events, exposed, reference_events, reference_exposed
        As in :func:`rate_ratio`.
    unknown
        Events whose group was not recorded. They may be of either group; those of a third group narrow the bounds.

    Raises
    ------
    ValueError
        If a count is negative, or nobody is exposed.

    When not to use this
    --------------------
    Not as an interval: it holds whatever the unknowns are, which is why it is wide. A ratio whose bounds hold 1 is not
    thereby a ratio of 1; it is one that the records cannot settle.

    References
    ----------
    Manski CF (1989). Anatomy of the selection problem. Journal of Human Resources 24, 343-360 (worst-case bounds).

    Examples
    --------
    West Yorkshire again, with 9,158 stops in which no ethnicity was recorded: the published 0.60 could be anything.

    >>> found = unknown_bounds(239, 72_257, 9_953, 1_801_352, unknown=9_158)
    >>> round(found.ratio, 2), round(found.lowest, 2), round(found.highest, 1)
    (0.6, 0.31, 23.5)
    >>> f"{found.share_for_parity:.1%}"
    '5.5%'
    """
    _refuse_nonsense(events, exposed, reference_events, reference_exposed)
    _refuse_no_count(unknown)
    scale = reference_exposed / exposed

    def ratio(above: int, below: int) -> float | None:
        return above / below * scale if below else None

    return UnknownBounds(
        ratio=ratio(events, reference_events),
        unknown=unknown,
        lowest=ratio(events, reference_events + unknown),
        highest=ratio(events + unknown, reference_events),
        share_for_parity=_parity(events, reference_events, unknown, exposed / (exposed + reference_exposed)),
    )


def _parity(events: int, reference_events: int, unknown: int, share_of_people: float) -> float | None:
    """At parity the group has the share of all events that it has of the people."""
    if not unknown:
        return None
    share = (share_of_people * (events + reference_events + unknown) - events) / unknown
    return share if 0 <= share <= 1 else None


def relative_rates(stages: Sequence[Stage], *, population: int, confidence: float = 0.95) -> tuple[RelativeRate, ...]:
    """The relative rate index from stage to stage: each counted against the stage before, not against the population.

    So that an arrest rate that is as it was at the stop is not shown as disproportionate a second time. The first step,
    from residents to events, is a ratio of rates with its exact interval; the later ones, in which each case is one of
    those before, a ratio of proportions with Koopman's.

    The index is withheld, with the reason, when the group is under one per cent of the population, or when fewer than 50 of
    the group reached the stage that is counted against (at the first step: the stage itself).

    Parameters
    ----------
    stages
        In order: the people of both groups, then the events of each stage.
    population
        Everybody who lives there, of whatever group: what the group has to be one per cent of.
    confidence
        Two-sided level of the intervals.

    Raises
    ------
    ValueError
        If there are fewer than two stages, a count is negative, nobody of a group lives there, the groups are more than the
        population, or more cases reach a later stage than the one before.

    When not to use this
    --------------------
    Not with stages that count different things (people, then offences), or in which cases enter from elsewhere. An index
    of 1 at a late stage says nothing of how the cases got there.

    References
    ----------
    Feyerherm W, Snyder HN, Villarruel F (2009). Identification and monitoring. In: Disproportionate minority contact
    technical assistance manual, fourth edition, chapter 1. Office of Juvenile Justice and Delinquency Prevention.

    Examples
    --------
    >>> found = relative_rates(
    ...     [Stage("residents", 2_000, 18_000), Stage("stopped", 120, 360), Stage("arrested", 24, 72)], population=21_000
    ... )
    >>> [(rate.stage.name, rate.index) for rate in found]
    [('stopped', 3.0), ('arrested', 1.0)]
    """
    _refuse_stages(stages, population)
    too_small = stages[0].group < SMALLEST_SHARE * population
    return tuple(
        _relative_rate(before, stage, is_first=before is stages[0], too_small=too_small, confidence=confidence)
        for before, stage in pairwise(stages)
    )


def _relative_rate(before: Stage, stage: Stage, *, is_first: bool, too_small: bool, confidence: float) -> RelativeRate:
    if too_small:
        return RelativeRate(stage, before, None, None, "the group is under 1% of the population")
    if (stage if is_first else before).group < FEWEST_EVENTS:
        return RelativeRate(stage, before, None, None, f"fewer than {FEWEST_EVENTS} events of the group")
    if not before.reference:
        return RelativeRate(stage, before, None, None, "nobody of the reference came so far")
    counts = stage.group, before.group, stage.reference, before.reference
    if is_first:
        rates = rate_ratio(*counts, confidence=confidence)
        return RelativeRate(stage, before, rates.ratio, rates.interval)
    shares = compare_proportions(*counts, confidence=confidence)
    return RelativeRate(stage, before, shares.ratio, shares.ratio_interval)


def is_below_four_fifths(count: int, total: int, reference_count: int, reference_total: int) -> bool:
    """Whether a good outcome comes to the group less than four fifths as often as to the reference: a flag, not a test.

    For an outcome that nobody wants, count those who were spared it, or exchange group and reference.

    Raises
    ------
    ValueError
        If a total is nought, or a count lies outside its total.

    When not to use this
    --------------------
    Not as proof, nor its absence as proof of none: with few cases chance alone raises the flag, with many a smaller
    difference may matter. Print it beside the interval of :func:`~wardstats.methods.two_proportions.compare_proportions`.

    References
    ----------
    Uniform guidelines on employee selection procedures (1978), section 4D. 29 CFR 1607.4.

    Examples
    --------
    >>> is_below_four_fifths(24, 60, 48, 100), is_below_four_fifths(20, 60, 48, 100)
    (False, True)
    """
    compare_proportions(count, total, reference_count, reference_total)
    # In whole numbers, so that exactly four fifths is not flagged by the rounding of a division.
    return 5 * count * reference_total < 4 * reference_count * total


def _refuse_nonsense(events: int, exposed: float, reference_events: int, reference_exposed: float) -> None:
    for count in (events, reference_events):
        _refuse_no_count(count)
    for people in (exposed, reference_exposed):
        if not (isfinite(people) and people > 0):
            raise ValueError(f"no rate where nobody is exposed: {people}")


def _refuse_no_count(count: int) -> None:
    if not (isfinite(count) and count >= 0):
        raise ValueError(f"a count is not negative: {count}")


def _refuse_stages(stages: Sequence[Stage], population: int) -> None:
    if len(stages) < 2:
        raise ValueError("a relative rate needs people and at least one stage")
    for stage in stages:
        _refuse_no_count(stage.group)
        _refuse_no_count(stage.reference)
    people = stages[0]
    if not people.group or not people.reference:
        raise ValueError("no rate where nobody lives")
    if people.group + people.reference > population:
        raise ValueError("the groups are more than the population")
    for before, stage in pairwise(stages[1:]):
        if stage.group > before.group or stage.reference > before.reference:
            raise ValueError(f"more cases at {stage.name} than at {before.name}, of which they should be part")

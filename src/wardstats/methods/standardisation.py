"""Standardisation: what rates would be if areas had the same ages, so that an old town and a student town can be compared."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt

import numpy as np
from numpy.typing import ArrayLike

from wardstats.methods.counts import Numbers, as_many, sizes, whole_counts
from wardstats.methods.intervals import Interval
from wardstats.methods.rates import count_interval

FEWEST_EVENTS = 10


@dataclass(frozen=True)
class StandardPopulation:
    """A population of fixed make-up, to whose bands the rates of an area's bands are applied.

    Parameters
    ----------
    name, source
        In words fit to print.
    bands
        What each band is called, in the order in which counts and populations are given.
    weights
        How many of the standard population are in each band.
    """

    name: str
    source: str
    bands: tuple[str, ...]
    weights: tuple[float, ...]


EUROPEAN_2013 = StandardPopulation(
    name="European Standard Population 2013",
    source="Eurostat (2013). Revision of the European Standard Population. ISBN 978-92-79-31094-2. Bands below 5 and "
    "from 90 up taken together, as the Office for Health Improvement and Disparities does.",
    bands=(
        "0-4", "5-9", "10-14", "15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49", "50-54", "55-59", "60-64",
        "65-69", "70-74", "75-79", "80-84", "85-89", "90+",
    ),
    weights=(
        5000, 5500, 5500, 5500, 6000, 6000, 6500, 7000, 7000, 7000, 7000, 6500, 6000, 5500, 5000, 4000, 2500, 1500, 1000,
    ),
)  # fmt: skip


@dataclass(frozen=True)
class StandardisedRate:
    """The events, the residents, and the rate per ``multiplier`` that the standard population would have.

    ``value`` and ``interval`` are None with fewer than ten events, where the rate says nothing reliable.
    """

    events: int
    population: float
    multiplier: int
    standard: str
    value: float | None
    interval: Interval | None


@dataclass(frozen=True)
class StandardisedRatio:
    """The events observed, those expected at the reference's rates, and how the first stand to the second (1 = as expected)."""

    observed: int
    expected: float
    value: float
    interval: Interval


def directly_standardised_rate(
    counts: Sequence[int] | ArrayLike,
    populations: Sequence[float] | ArrayLike,
    *,
    standard: StandardPopulation = EUROPEAN_2013,
    multiplier: int = 1000,
    confidence: float = 0.95,
) -> StandardisedRate:
    """The rate of the standard population if each of its bands had the area's rate in that band, with Dobson's interval.

    The interval is Byar's of all events, scaled by the weighted sum's standard error to that of the sum; it stops at nought.

    Parameters
    ----------
    counts
        Events by band. Nought where there were none; a band that nobody submitted has no count, and so there is no rate.
    populations
        Residents by band, in the same order and over the same period.
    standard
        Its bands are those of the counts; another standard population gives another rate, so it is stated with the rate.
    multiplier
        Per how many.
    confidence
        Two-sided level of the interval.

    Raises
    ------
    ValueError
        If a count is missing, negative or not whole, a band has no residents, there are not as many counts and populations
        as bands, a weight is negative or none is above nought, or the multiplier is not positive.

    When not to use this
    --------------------
    Not as the number of events per resident, which it is not: print the crude rate beside it. Not where the area's rates by age
    cross the reference's, so that the order of areas depends on the standard. Not where the same people have many events:
    see :func:`directly_standardised_rate_of_repeats`. And not for crime whose victims are not residents.

    References
    ----------
    Dobson AJ, Kuulasmaa K, Eberle E, Scherer J (1991). Confidence intervals for weighted sums of Poisson parameters.
    Statistics in Medicine 10, 457-462.
    Public Health England (2018). Technical guide: confidence intervals; PHEindicatormethods, DSR vignette (example below).

    Examples
    --------
    >>> residents = [30, 35, 35, 35, 40, 40, 45, 50, 50, 50, 60, 60, 70, 75, 70, 60, 20, 20, 15]
    >>> deaths = [1, 1, 0, 0, 0, 1, 1, 3, 3, 3, 3, 10, 10, 10, 10, 8, 8, 8, 8]
    >>> found = directly_standardised_rate(deaths, residents, multiplier=100_000)
    >>> round(found.value, 3), round(found.interval.lower, 3), round(found.interval.upper, 2)
    (8283.016, 6570.819, 10289.65)
    """
    events = whole_counts(counts, of="events")
    return _directly(events, events, populations, standard, multiplier, confidence, "Dobson")


def directly_standardised_rate_of_repeats(
    people: Mapping[int, Sequence[int] | ArrayLike],
    populations: Sequence[float] | ArrayLike,
    *,
    standard: StandardPopulation = EUROPEAN_2013,
    multiplier: int = 1000,
    confidence: float = 0.95,
) -> StandardisedRate:
    """The directly standardised rate of events of which one person can have several, with an interval that knows it.

    The rate is that of all events. In its variance a person counts with the square of the number of their events, since it is
    people who come and go independently, and not their events.

    Parameters
    ----------
    people
        By number of events: how many people of each band had as many, such as ``{1: singles, 2: twice, 3: three times}``.
    populations, standard, multiplier, confidence
        As for :func:`directly_standardised_rate`.

    Raises
    ------
    ValueError
        As for :func:`directly_standardised_rate`; and if there are no people, or a number of events is not 1 or more.

    When not to use this
    --------------------
    Not where the number of events of each person is capped or estimated: the few with most of them make the variance.

    References
    ----------
    Office for Health Improvement and Disparities. Public health technical guidance: directly standardised rates, events that
    are not independent.

    Examples
    --------
    Forty events either of forty people or of twenty, twice each:

    >>> two = StandardPopulation("under and over 30", "an example", ("0-29", "30+"), (1, 1))
    >>> once = directly_standardised_rate_of_repeats({1: [20, 20]}, [1000, 1000], standard=two)
    >>> twice = directly_standardised_rate_of_repeats({2: [10, 10]}, [1000, 1000], standard=two)
    >>> once.value, round(once.interval.lower, 1), twice.value, round(twice.interval.lower, 1)
    (20.0, 14.3, 20.0, 11.9)
    """
    if not people:
        raise ValueError("people: no number of events is given")
    if any(number < 1 or number != int(number) for number in people):
        raise ValueError(f"people have one event or more each, not {sorted(people)}")
    persons = {number: whole_counts(counts, of="people") for number, counts in people.items()}
    if len({len(counts) for counts in persons.values()}) > 1:
        raise ValueError(f"people: bands differ in number, {[len(counts) for counts in persons.values()]}")
    events: Numbers = np.sum([number * counts for number, counts in persons.items()], axis=0)
    squared: Numbers = np.sum([number * number * counts for number, counts in persons.items()], axis=0)
    method = "Dobson, for people with several events"
    return _directly(events, squared, populations, standard, multiplier, confidence, method)


def _directly(
    events: Numbers,
    variances: Numbers,
    populations: Sequence[float] | ArrayLike,
    standard: StandardPopulation,
    multiplier: int,
    confidence: float,
    method: str,
) -> StandardisedRate:
    residents = sizes(populations, of="residents", positive=True)
    as_many(events, residents, of="events and residents")
    if multiplier <= 0:
        raise ValueError(f"a rate is per a positive number, not {multiplier}")
    shares = _shares(standard, len(events)) / residents
    total, people = int(events.sum()), float(residents.sum())
    of_count = count_interval(total, confidence=confidence)
    if total < FEWEST_EVENTS:
        return StandardisedRate(total, people, multiplier, standard.name, None, None)
    value = float(shares @ events) * multiplier
    scale = sqrt(float((shares * shares) @ variances) / total) * multiplier
    lower, upper = (value + scale * (limit - total) for limit in (of_count.lower, of_count.upper))
    interval = Interval(max(lower, 0.0), upper, confidence, method)
    return StandardisedRate(total, people, multiplier, standard.name, value, interval)


def _shares(standard: StandardPopulation, bands: int) -> Numbers:
    weights = sizes(standard.weights, of="weights")
    if len(weights) != bands:
        raise ValueError(f"{standard.name} has {len(weights)} bands, the events have {bands}")
    if not weights.any():
        raise ValueError(f"{standard.name} has nobody in it")
    shares: Numbers = weights / weights.sum()
    return shares


def indirectly_standardised_ratio(
    observed: int,
    populations: Sequence[float] | ArrayLike,
    *,
    reference_counts: Sequence[int] | ArrayLike,
    reference_populations: Sequence[float] | ArrayLike,
    confidence: float = 0.95,
) -> StandardisedRatio:
    """The events of an area against those that it would have if each of its bands had the reference's rate.

    Parameters
    ----------
    observed
        All events of the area; their ages need not be known.
    populations
        Its residents by band; a band may be empty.
    reference_counts, reference_populations
        Events and residents of the reference, such as the force or England, in the same bands.
    confidence
        Two-sided level of the interval.

    Raises
    ------
    ValueError
        If a count is missing, negative or not whole, a band of the reference has no residents, the bands differ in number,
        or nothing is expected.

    When not to use this
    --------------------
    Not to compare two areas' ratios with each other: each is weighted by its own ages. Use direct standardisation.

    References
    ----------
    Breslow NE, Day NE (1987). Statistical methods in cancer research II, section 2.3.

    Examples
    --------
    >>> england = {"reference_counts": [400, 900, 2200, 500], "reference_populations": [90000, 110000, 130000, 50000]}
    >>> found = indirectly_standardised_ratio(55, [800, 1200, 1500, 600], **england)
    >>> round(found.expected, 3), round(found.value, 4), round(found.interval.lower, 4), round(found.interval.upper, 4)
    (44.758, 1.2288, 0.9257, 1.5995)
    """
    residents = sizes(populations, of="residents")
    events = whole_counts(reference_counts, of="events of the reference")
    exposed = sizes(reference_populations, of="residents of the reference", positive=True)
    as_many(events, exposed, of="events and residents of the reference")
    as_many(residents, exposed, of="residents of the area and of the reference")
    return ratio_to_expected(observed, float(residents @ (events / exposed)), confidence=confidence)


def ratio_to_expected(observed: int, expected: float, *, confidence: float = 0.95) -> StandardisedRatio:
    """The events observed against the number expected from elsewhere, such as the sum of a cohort's scores.

    The limits are those of the count, exact below ten and Byar's from ten up, divided by what was expected, which is taken as
    known.

    Raises
    ------
    ValueError
        If the count is negative, not whole or missing, or the expected number is not positive and finite.

    When not to use this
    --------------------
    Not where the expected number rests on few events itself: the interval does not know it. Compare two counts instead.

    Examples
    --------
    >>> found = ratio_to_expected(7, 44.758353)
    >>> round(found.value, 4), round(found.interval.lower, 4), round(found.interval.upper, 4), found.interval.method
    (0.1564, 0.0629, 0.3222, 'exact Poisson')
    """
    [count] = whole_counts([observed], of="events")
    if not 0 < expected < np.inf:
        raise ValueError(f"no ratio to {expected} expected events")
    interval = count_interval(int(count), confidence=confidence).scaled(1 / expected)
    return StandardisedRatio(int(count), expected, int(count) / expected, interval)

"""Survey weights: answers counted so that the groups among the respondents stand as they do in the population.

Weighting makes known groups as large as they should be. It does not make those who chose to answer a sample of those who
did not: no interval is given here, and the table of representativeness stands beside every weighted figure.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from wardstats.methods.counts import Numbers, as_many, sizes

FEWEST = 30
TOTALS_WITHIN = 1e-6
MARGINS_WITHIN = 1e-9
MOST_ROUNDS = 2_000

Codes: TypeAlias = npt.NDArray[np.intp]
Answers: TypeAlias = Sequence[Hashable] | npt.NDArray[np.generic]
Population: TypeAlias = Mapping[Hashable, float]


class UnableToWeight(ValueError):
    """These respondents cannot be weighted to this population: the message says which group is in the way."""


@dataclass(frozen=True)
class WeightLimits:
    """How little and how much a respondent may count, in multiples of the mean weight."""

    lower: float = 0.3
    upper: float = 3.0

    def __post_init__(self) -> None:
        if not 0 <= self.lower < 1 < self.upper:
            raise ValueError(f"limits of weights lie on both sides of the mean weight, 1: {self.lower}, {self.upper}")

    @classmethod
    def times_median(cls, weights: npt.ArrayLike, times: float = 5.0) -> WeightLimits:
        """An upper limit only, of so many times the median of given weights.

        >>> WeightLimits.times_median([0.5, 0.5, 0.5, 2.5])
        WeightLimits(lower=0.0, upper=2.5)
        """
        known = sizes(weights, of="weights", positive=True)
        return cls(0.0, float(times * np.median(known) / known.mean()))


@dataclass(frozen=True, eq=False)
class SurveyWeights:
    """One weight for each respondent, in the order given, with a mean of one.

    Attributes
    ----------
    weights
        How much each respondent counts.
    rounds
        How often the margins were gone through; 1 for post-stratification.
    at_limit
        How many respondents were held at a limit; 0 where none was asked for.
    """

    weights: Numbers
    rounds: int
    at_limit: int

    @property
    def design_effect(self) -> float:
        """By how much unequal weights alone widen the variance of a mean."""
        return design_effect(self.weights)

    @property
    def effective_n(self) -> float:
        """How many respondents of equal weight would say as much."""
        return len(self.weights) / self.design_effect


@dataclass(frozen=True)
class GroupShare:
    """How one group stands among the respondents and in the population; ``weighted`` is None where no weights were given."""

    group: Hashable
    respondents: int
    sample: float
    population: float
    weighted: float | None

    @property
    def difference(self) -> float:
        """Share of the respondents less share of the population: above nought, too many of the group answered."""
        return self.sample - self.population


def post_stratified(groups: Answers, population: Population, *, fewest: int = FEWEST) -> SurveyWeights:
    """Weights by groups whose size in the population is known: population share over sample share.

    Parameters
    ----------
    groups
        The group of each respondent; several traits together are one group as a tuple, such as ``("women", "16-24")``.
    population
        The size or share of every group.
    fewest
        Refuse a group with fewer respondents: groups are put together first.

    Raises
    ------
    UnableToWeight
        If a group of the population has too few respondents or none, a respondent is in no group of the population, or
        a group has no people.

    When not to use this
    --------------------
    Where only the margins are known (ages and wards, not ages in each ward): rake. Never to print a margin of error for
    an open consultation: those who chose to answer are not a sample, however they are weighted.

    References
    ----------
    Holt D, Smith TMF (1979). Post stratification. Journal of the Royal Statistical Society A 142, 33-46.

    Examples
    --------
    Forty young and sixty older answered, from a town of halves:

    >>> found = post_stratified(["young"] * 40 + ["older"] * 60, {"young": 5_000, "older": 5_000})
    >>> found.weights[[0, -1]].round(3).tolist(), round(found.effective_n, 1)
    ([1.25, 0.833], 96.0)
    """
    margin = _Margin.of("groups", groups, population, fewest)
    weights = (margin.shares / (margin.counts / len(margin.codes)))[margin.codes]
    return SurveyWeights(weights, rounds=1, at_limit=0)


def raked(
    answers: Mapping[str, Answers],
    population: Mapping[str, Population],
    *,
    limits: WeightLimits | None = None,
    start: npt.ArrayLike | None = None,
    fewest: int = FEWEST,
) -> SurveyWeights:
    """Weights with which every margin of the respondents is that of the population (iterative proportional fitting).

    Where limits are given and a weight lies beyond them, it is set to the limit and the margins are fitted again, in
    turns, until both hold.

    Parameters
    ----------
    answers
        For each margin, the category of each respondent.
    population
        For each margin of the same name, the size or share of every category. All margins have the same total.
    limits
        The smallest and largest weight allowed.
    start
        Weights that respondents have already, by design; equal ones if None.
    fewest
        Refuse a category with fewer respondents: categories are put together first.

    Raises
    ------
    UnableToWeight
        If the margins differ in total, a category has too few respondents or none, a respondent is in no category of
        the population, or no weights (within the limits) have all the margins.
    ValueError
        If there are no margins, the names or lengths differ, or a weight to start from is not positive.

    When not to use this
    --------------------
    Where the joint sizes are known: post-stratify, which needs no assumption about how the margins go together. With
    many margins or small categories: the design effect shows what that costs.

    References
    ----------
    Deming WE, Stephan FF (1940). On a least squares adjustment of a sampled frequency table when the expected marginal
    totals are known. Annals of Mathematical Statistics 11, 427-444.
    Bregman LM (1967). The relaxation method of finding the common point of convex sets (why the turns end).

    Examples
    --------
    >>> age = ["young"] * 40 + ["older"] * 60
    >>> ward = ["east"] * 30 + ["west"] * 10 + ["east"] * 20 + ["west"] * 40
    >>> found = raked(
    ...     {"age": age, "ward": ward},
    ...     {"age": {"young": 0.5, "older": 0.5}, "ward": {"east": 0.6, "west": 0.4}},
    ...     fewest=10,
    ... )
    >>> [float(found.weights[np.array(trait) == value].sum().round(6)) for trait, value in ((age, "young"), (ward, "east"))]
    [50.0, 60.0]
    >>> round(found.design_effect, 3)
    1.058
    """
    margins = _margins(answers, population, fewest)
    weights = _starting(start, len(margins[0].codes))
    weights, rounds = _fitted(weights, margins, limits=None)
    if limits is None or (weights.min() >= limits.lower and weights.max() <= limits.upper):
        return SurveyWeights(weights, rounds, at_limit=0)
    weights, more = _fitted(weights, margins, limits)
    near = 1e-6
    at_limit = int(((weights < limits.lower + near) | (weights > limits.upper - near)).sum())
    return SurveyWeights(weights, rounds + more, at_limit)


def design_effect(weights: npt.ArrayLike) -> float:
    """Kish's design effect of unequal weights: n times the sum of squares over the square of the sum.

    Raises
    ------
    ValueError
        If a weight is missing, infinite or negative, or all are nought.

    When not to use this
    --------------------
    As the whole design effect of a survey in clusters: it knows of the weights only.

    References
    ----------
    Kish L (1965). Survey sampling, section 11.7.

    Examples
    --------
    >>> design_effect([1, 1, 1, 1]), round(design_effect([1, 1, 1, 3]), 3)
    (1.0, 1.333)
    """
    known = sizes(weights, of="weights")
    if not known.any():
        raise ValueError("weights: all are nought")
    known = known / known.max()
    return float(len(known) * (known @ known) / known.sum() ** 2)


def representativeness(
    groups: Answers, population: Population, *, weights: npt.ArrayLike | None = None
) -> tuple[GroupShare, ...]:
    """Each group's share of the respondents beside its share of the population, in the order of the population.

    A group of which nobody answered has a row like any other; that is what the table is for.

    Raises
    ------
    UnableToWeight
        If a respondent is in no group of the population.
    ValueError
        If nobody answered, or the weights are not one for each respondent.

    When not to use this
    --------------------
    As proof that a consultation is representative: those who answered may differ in what no table has.

    Examples
    --------
    >>> rows = representativeness(["young"] * 20 + ["older"] * 80, {"young": 500, "older": 500})
    >>> [(row.group, row.sample, row.population, round(row.difference, 2)) for row in rows]
    [('young', 0.2, 0.5, -0.3), ('older', 0.8, 0.5, 0.3)]
    """
    margin = _Margin.of("groups", groups, population, fewest=0)
    counts, weighted = margin.counts, None
    if weights is not None:
        known = sizes(weights, of="weights")
        as_many(margin.codes, known, of="respondents and weights")
        if not known.any():
            raise ValueError("weights: all are nought")
        weighted = margin.totals(known) / known.sum()
    return tuple(
        GroupShare(
            group,
            int(counts[at]),
            float(counts[at] / counts.sum()),
            float(margin.shares[at]),
            None if weighted is None else float(weighted[at]),
        )
        for at, group in enumerate(population)
    )


@dataclass(frozen=True, eq=False)
class _Margin:
    name: str
    codes: Codes
    counts: Codes
    shares: Numbers
    total: float

    @classmethod
    def of(cls, name: str, answers: Answers, population: Population, fewest: int) -> _Margin:
        people = sizes(list(population.values()), of=name)
        if not people.any():
            raise UnableToWeight(f"{name}: the population has no people")
        codes = _codes(name, answers, population)
        counts = np.bincount(codes, minlength=len(people))
        if fewest:
            _refuse_thin(name, list(population), counts, people, fewest)
        return cls(name, codes, counts, people / people.sum(), float(people.sum()))

    def totals(self, weights: Numbers) -> Numbers:
        """The weighted respondents of each category."""
        return np.bincount(self.codes, weights, len(self.shares)).astype(np.float64)


def _codes(name: str, answers: Answers, population: Population) -> Codes:
    listed = answers.tolist() if isinstance(answers, np.ndarray) else answers
    if not len(listed):
        raise ValueError(f"{name}: nobody answered")
    position = {category: at for at, category in enumerate(population)}
    try:
        return np.fromiter((position[each] for each in listed), dtype=np.intp, count=len(listed))
    except KeyError as unknown:
        raise UnableToWeight(f"{name}: a respondent is in {unknown}, which the population has not") from None


def _refuse_thin(name: str, categories: list[Hashable], counts: Codes, people: Numbers, fewest: int) -> None:
    for category, count, size in zip(categories, counts.tolist(), people, strict=True):
        if not size:
            raise UnableToWeight(f"{name}: {category} has no people in the population")
        if not count:
            raise UnableToWeight(f"{name}: nobody of {category} answered; put categories together first")
        if count < fewest:
            raise UnableToWeight(
                f"{name}: only {count} of {category} answered, fewer than {fewest}; put categories together first"
            )


def _margins(answers: Mapping[str, Answers], population: Mapping[str, Population], fewest: int) -> tuple[_Margin, ...]:
    if not answers:
        raise ValueError("margins: there is none")
    if answers.keys() != population.keys():
        raise ValueError(f"margins: {sorted(answers)} answered, {sorted(population)} in the population")
    if fewest < 1:
        raise ValueError(f"fewest: a category without respondents has no weight, {fewest}")
    margins = tuple(_Margin.of(name, answers[name], population[name], fewest) for name in answers)
    first = margins[0]
    for other in margins[1:]:
        as_many(first.codes, other.codes, of=f"{first.name} and {other.name}")
        if abs(other.total - first.total) > TOTALS_WITHIN * first.total:
            raise UnableToWeight(
                f"the totals differ: {first.name} {first.total:g}, {other.name} {other.total:g} in the population"
            )
    return margins


def _starting(start: npt.ArrayLike | None, count: int) -> Numbers:
    if start is None:
        return np.ones(count)
    known = sizes(start, of="start", positive=True)
    if len(known) != count:
        raise ValueError(f"start: {count} and {len(known)} values")
    scaled: Numbers = known / known.mean()
    return scaled


def _fitted(weights: Numbers, margins: Sequence[_Margin], limits: WeightLimits | None) -> tuple[Numbers, int]:
    for rounds, swept in enumerate(_sweeps(weights, margins, limits), start=1):
        off = max(float(np.abs(each.totals(swept) / len(swept) / each.shares - 1).max()) for each in margins)
        if off <= MARGINS_WITHIN:
            return swept, rounds
    within = "" if limits is None else f" within {limits.lower:g} to {limits.upper:g} times the mean"
    raise UnableToWeight(f"no weights{within} have all the margins; put categories together or widen the limits")


def _sweeps(weights: Numbers, margins: Sequence[_Margin], limits: WeightLimits | None) -> Iterator[Numbers]:
    for _ in range(MOST_ROUNDS):
        for each in margins:
            weights = weights * (each.shares * len(weights) / each.totals(weights))[each.codes]
        if limits is not None:
            weights = np.clip(weights, limits.lower, limits.upper)
        yield weights

"""Agreement between coders: whether people who sort the same answers into themes sort them alike, beyond chance.

Every coefficient here is one less the disagreement seen over the disagreement that chance would give; they differ in
what they take chance to be. Themes are counted only after two coders agreed on a sample of the answers.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import sqrt
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from wardstats.methods.intervals import Interval, normal_quantile

RESAMPLES = 1_000

Numbers: TypeAlias = npt.NDArray[np.float64]
Codes: TypeAlias = Sequence[Hashable]


class Weighting(Enum):
    """How much a disagreement counts by how far apart the two categories stand in their order."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class Scale(Enum):
    """What may be said of two values: that they differ, that one is more, by how much, or how many times."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True)
class Agreement:
    """A coefficient of agreement, its interval and what it is made of.

    Attributes
    ----------
    value
        1 for full agreement, 0 for what chance gives, below nought for less than that.
    observed, expected
        The disagreement seen and the disagreement by chance: ``value`` is one less their quotient.
    interval
        For other items of the same kind and the same coders.
    items, coders
        How many items had at least two codes, and how many coders gave any.
    """

    value: float
    observed: float
    expected: float
    interval: Interval
    items: int
    coders: int


def cohen_kappa(
    first: Codes,
    second: Codes,
    *,
    weighting: Weighting = Weighting.NONE,
    categories: Sequence[Hashable] | None = None,
    confidence: float = 0.95,
) -> Agreement:
    """Cohen's kappa of two coders who coded the same items, weighted where categories have an order.

    Parameters
    ----------
    first, second
        The category each coder gave to each item, in the same order.
    weighting
        Whether categories further apart disagree more.
    categories
        All categories in their order; those used, sorted, if None. Unused ones matter to weights only.
    confidence
        Two-sided level of the interval, which is on the large-sample variance.

    Raises
    ------
    ValueError
        If the coders did not code the same number of items, there are fewer than two, a code is missing or not among
        the categories, or both used the same single category, where chance leaves nothing to be better than.

    When not to use this
    --------------------
    Not for more than two coders, and not where the two differ from item to item. Where nearly all items are in one
    category kappa is low although the coders agree: show how often they did beside it.

    References
    ----------
    Cohen J (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20, 37-46.
    Fleiss JL, Cohen J, Everitt BS (1969). Large sample standard errors of kappa and weighted kappa. Psychological
    Bulletin 72, 323-327.

    Examples
    --------
    Of fifty answers two coders put twenty both under "lighting" and fifteen both elsewhere:

    >>> one = ["lighting"] * 25 + ["other"] * 25
    >>> two = ["lighting"] * 20 + ["other"] * 5 + ["lighting"] * 10 + ["other"] * 15
    >>> found = cohen_kappa(one, two)
    >>> round(found.value, 3), round(1 - found.observed, 3)
    (0.4, 0.7)
    """
    if len(first) != len(second):
        raise ValueError(f"coders: {len(first)} and {len(second)} items")
    codes, values = _coded([first, second], categories)
    if (codes < 0).any():
        raise ValueError("coders: a code is missing; leave the item out")
    _refuse_few(codes.shape[1])
    shares = np.zeros((len(values), len(values)))
    np.add.at(shares, (codes[0], codes[1]), 1 / codes.shape[1])
    alike = _alike(len(values), weighting)
    seen, chance = float((alike * shares).sum()), float((alike * np.outer(shares.sum(1), shares.sum(0))).sum())
    value = _beyond_chance(1 - seen, 1 - chance)
    spread = normal_quantile(confidence) * sqrt(_variance(shares, alike, seen, chance) / codes.shape[1])
    interval = Interval(max(value - spread, -1.0), min(value + spread, 1.0), confidence, "large sample")
    return Agreement(value, 1 - seen, 1 - chance, interval, codes.shape[1], 2)


def fleiss_kappa(
    counts: npt.ArrayLike, *, generator: np.random.Generator, confidence: float = 0.95, resamples: int = RESAMPLES
) -> Agreement:
    """Fleiss' kappa of several coders, who may be others for each item but always as many.

    Parameters
    ----------
    counts
        A row for each item, a column for each category: how many coders chose it.
    generator
        For the interval, by drawing the items anew.
    confidence, resamples
        Two-sided level of the interval, and how often it draws.

    Raises
    ------
    ValueError
        If there are fewer than two items or coders, a count is not a whole number, items have different numbers of
        coders, or one category has all codes.

    When not to use this
    --------------------
    Not where codes are missing or categories have an order: use Krippendorff's alpha.

    References
    ----------
    Fleiss JL (1971). Measuring nominal scale agreement among many raters. Psychological Bulletin 76, 378-382.
    Zapf A, Castell S, Morawietz L, Karch A (2016). Measuring inter-rater reliability for nominal data: which coefficients
    and confidence intervals are appropriate? BMC Medical Research Methodology 16, 93 (the interval).

    Examples
    --------
    >>> found = fleiss_kappa([[3, 0], [0, 3], [2, 1], [0, 3]], generator=np.random.default_rng(1))
    >>> round(found.value, 3), found.items, found.coders
    (0.657, 4, 3)
    """
    table = _known_table(counts)
    coders = int(table[0].sum())
    apart = 1 - (table * (table - 1)).sum(axis=1) / (coders * (coders - 1))

    def parts(weights: Numbers) -> tuple[float, float]:
        shares = weights @ table / (weights.sum() * coders)
        return float(weights @ apart / weights.sum()), float(1 - shares @ shares)

    observed, expected = parts(np.ones(len(table)))
    value = _beyond_chance(observed, expected)
    interval = _drawn_anew(parts, len(table), generator, confidence, resamples)
    return Agreement(value, observed, expected, interval, len(table), coders)


def krippendorff_alpha(
    codes: Sequence[Codes],
    *,
    generator: np.random.Generator,
    scale: Scale = Scale.NOMINAL,
    categories: Sequence[Hashable] | None = None,
    confidence: float = 0.95,
    resamples: int = RESAMPLES,
) -> Agreement:
    """Krippendorff's alpha: any number of coders, codes missing, categories with or without order and distance.

    Parameters
    ----------
    codes
        For each coder, the code of each item, None where the coder gave none. Items with fewer than two codes say
        nothing about agreement and take no part.
    generator
        For the interval, by drawing the items anew.
    scale
        Which differences between codes count, and how much. Intervals and ratios need numbers.
    categories
        All categories in their order; those used, sorted, if None.
    confidence, resamples
        Two-sided level of the interval, and how often it draws.

    Raises
    ------
    ValueError
        If there are fewer than two coders or two items with two codes, the coders' rows differ in length, a code is
        not among the categories or no number where one is needed, or only one category was used.

    When not to use this
    --------------------
    As the only word on rare themes: a theme given to a few items can be coded at random without moving alpha.

    References
    ----------
    Krippendorff K (2011). Computing Krippendorff's alpha-reliability. University of Pennsylvania.
    Zapf A, Castell S, Morawietz L, Karch A (2016). BMC Medical Research Methodology 16, 93 (the interval).

    Examples
    --------
    >>> coders = [["a", "a", "b", "b", None], ["a", "a", "b", "a", "b"], ["a", None, "b", "b", "b"]]
    >>> found = krippendorff_alpha(coders, generator=np.random.default_rng(1))
    >>> round(found.value, 3), found.items
    (0.714, 5)
    """
    if len(codes) < 2:
        raise ValueError(f"coders: agreement needs two, not {len(codes)}")
    numbers, values = _coded(codes, categories)
    table = np.array([(numbers == at).sum(axis=0) for at in range(len(values))], dtype=np.float64).T
    table = table[table.sum(axis=1) >= 2]
    _refuse_few(len(table))
    parts = _disagreement(table, values, scale)
    observed, expected = parts(np.ones(len(table)))
    value = _beyond_chance(observed, expected)
    interval = _drawn_anew(parts, len(table), generator, confidence, resamples)
    return Agreement(value, observed, expected, interval, len(table), int((numbers >= 0).any(axis=1).sum()))


def _coded(
    codes: Sequence[Codes], categories: Sequence[Hashable] | None
) -> tuple[npt.NDArray[np.int64], list[Hashable]]:
    """Each code as the position of its category, -1 where none was given."""
    if len({len(row) for row in codes}) > 1:
        raise ValueError(f"coders: {' and '.join(str(len(row)) for row in codes)} items")
    used = {code for row in codes for code in row if code is not None}
    if any(code != code for code in used):  # only a number that is none differs from itself
        raise ValueError("coders: a code is not a number; None says that there is no code")
    values = sorted(used, key=_in_order) if categories is None else list(categories)
    if len(set(values)) < len(values):
        raise ValueError("categories: one is named twice")
    if used - set(values):
        raise ValueError(f"coders: a code is not among the categories: {sorted(map(str, used - set(values)))}")
    position: dict[Hashable, int] = {value: at for at, value in enumerate(values)} | {None: -1}
    return np.array([[position[code] for code in row] for row in codes], dtype=np.int64), values


def _in_order(code: Hashable) -> tuple[bool, float, str]:
    return (False, float(code), "") if isinstance(code, int | float) else (True, 0.0, str(code))


def _refuse_few(items: int) -> None:
    if items < 2:
        raise ValueError(f"items: agreement needs two that two coders coded, not {items}")


def _alike(categories: int, weighting: Weighting) -> Numbers:
    if weighting is Weighting.NONE or categories == 1:
        return np.eye(categories)
    at = np.arange(categories) / (categories - 1)
    apart: Numbers = np.abs(at[:, np.newaxis] - at)
    return 1 - (apart if weighting is Weighting.LINEAR else apart**2)


def _variance(shares: Numbers, alike: Numbers, seen: float, chance: float) -> float:
    """Fleiss, Cohen and Everitt's equation 13, times the number of items."""
    of_rows, of_columns = alike @ shares.sum(0), shares.sum(1) @ alike
    off = alike * (1 - chance) - (of_rows[:, np.newaxis] + of_columns) * (1 - seen)
    variance = (shares * off**2).sum() - (seen * chance - 2 * chance + seen) ** 2
    return max(float(variance), 0.0) / (1 - chance) ** 4


def _beyond_chance(observed: float, expected: float) -> float:
    if expected <= 1e-12:
        raise ValueError("coders: only one category was used, and chance leaves nothing to be better than")
    return 1 - observed / expected


def _known_table(counts: npt.ArrayLike) -> Numbers:
    try:
        table = np.asarray(counts, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError("counts: not a table of numbers") from None
    if table.ndim != 2 or not table.size:
        raise ValueError("counts: not a table of items and categories")
    if not np.isfinite(table).all() or (table < 0).any() or (table != np.floor(table)).any():
        raise ValueError("counts: a count of coders is a whole number")
    coders = table.sum(axis=1)
    if (coders != coders[0]).any() or coders[0] < 2:
        raise ValueError("counts: every item needs the same number of coders, two or more")
    _refuse_few(len(table))
    return table


def _disagreement(table: Numbers, values: Sequence[Hashable], scale: Scale) -> Callable[[Numbers], tuple[float, float]]:
    """Observed and expected disagreement of items counted so many times each."""
    each = table.sum(axis=1)
    pairs = table[:, :, np.newaxis] * table[:, np.newaxis, :] / (each - 1)[:, np.newaxis, np.newaxis]
    pairs = pairs.reshape(len(table), -1)
    fixed = None if scale is Scale.ORDINAL else _distances(values, scale)

    def parts(weights: Numbers) -> tuple[float, float]:
        margins = weights @ table
        apart = _ordinal_distances(margins) if fixed is None else fixed
        total = margins.sum()
        observed = float(weights @ pairs @ apart.ravel() / total)
        return observed, float(margins @ apart @ margins / (total * (total - 1)))

    return parts


def _distances(values: Sequence[Hashable], scale: Scale) -> Numbers:
    if scale is Scale.NOMINAL:
        return 1 - np.eye(len(values))
    if not all(isinstance(value, int | float) for value in values):
        raise ValueError(f"categories: the {scale.value} scale needs numbers")
    numbers = np.array(values, dtype=np.float64)
    if not np.isfinite(numbers).all():
        raise ValueError("categories: a value is infinite")
    apart: Numbers = numbers[:, np.newaxis] - numbers
    if scale is Scale.RATIO:
        if (numbers < 0).any():
            raise ValueError("categories: the ratio scale has no negative values")
        sums = numbers[:, np.newaxis] + numbers
        apart = apart / np.where(sums > 0, sums, 1)
    squared: Numbers = apart**2
    return squared


def _ordinal_distances(margins: Numbers) -> Numbers:
    """The codes that lie between two categories, and half of those in the two themselves, squared."""
    middle = np.cumsum(margins) - margins / 2
    squared: Numbers = (middle[:, np.newaxis] - middle) ** 2
    return squared


def _drawn_anew(
    parts: Callable[[Numbers], tuple[float, float]],
    items: int,
    generator: np.random.Generator,
    confidence: float,
    resamples: int,
) -> Interval:
    """Percentiles over items drawn with replacement; draws of one category only have no coefficient."""
    normal_quantile(confidence)
    if resamples < 100:
        raise ValueError(f"an interval needs 100 resamples or more, not {resamples}")
    draws = generator.multinomial(items, np.full(items, 1 / items), size=resamples).astype(np.float64)
    found = [parts(weights) for weights in draws]
    values = [1 - observed / expected for observed, expected in found if expected > 1e-12]
    tail = (1 - confidence) / 2
    lower, upper = np.quantile(values, [tail, 1 - tail])
    return Interval(float(lower), float(upper), confidence, "bootstrap of items")

"""Harm: crimes weighted by how grave each is, beside their plain number, with what chance does to so few grave ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

from scipy.special import chdtri

from wardstats.methods.dispersion import Dispersion
from wardstats.methods.harm_tables import HarmWeights
from wardstats.methods.intervals import Interval, normal_quantile

COARSE = (
    "A weight stands for a whole category, within which crimes differ greatly: violence and sexual offences run from a common "
    "assault to a homicide. The figure follows how many crimes of each category there were, not how grave these were."
)


class UnknownCategory(ValueError):
    """The set has no weight for some of the categories counted; the sentence names them."""


@dataclass(frozen=True)
class HarmPart:
    """One category: its crimes, what one of them weighs, and the harm they come to."""

    category: str
    count: int
    weight: float

    @property
    def harm(self) -> float:
        """The days of this category."""
        return self.count * self.weight


@dataclass(frozen=True)
class WeightedHarm:
    """Count and harm together: neither is read without the other.

    ``parts`` are the categories, most harm first. ``heaviest`` is the category of the greatest weight that has a crime (None
    without any crime), and ``without_heaviest`` the harm of all others with its interval: where the two tell unlike stories,
    few grave crimes decide.
    """

    weights: HarmWeights
    parts: tuple[HarmPart, ...]
    count: int
    harm: float
    interval: Interval
    heaviest: str | None
    without_heaviest: float
    without_heaviest_interval: Interval

    @property
    def per_crime(self) -> float | None:
        """The mean weight of a crime; None without any."""
        return self.harm / self.count if self.count else None


def weighted_harm(
    counts: Mapping[str, int],
    weights: HarmWeights,
    *,
    dispersion: Dispersion | None = None,
    confidence: float = 0.95,
) -> WeightedHarm:
    """The sum of the crimes of each category times its weight, with Fay and Feuer's interval.

    The variance is sum(weight^2 x count): one homicide weighs as much as thousands of shop thefts, and is as uncertain as
    one event. The upper limit allows for one more crime of the heaviest category counted, so that the interval holds however
    few the grave crimes are; without any crime it reaches from nought to what that category could bring. A dispersion above
    one counts crimes as so many fewer, each weighing as much more.

    Parameters
    ----------
    counts
        Crimes of each category: incidents are no crimes and have no weight.
    weights
        A named and dated set, from :func:`~wardstats.methods.harm_tables.harm_weights`. There is none by default.

    Raises
    ------
    UnknownCategory
        Naming each category without a weight, and the set.
    ValueError
        If there is no category, or a count is negative or not whole.

    When not to use this
    --------------------
    Not to compare areas by means of categories whose crimes differ within (see ``COARSE``); not across sets of weights,
    which disagree by large factors; and not for a small area without looking at the harm without its heaviest category.
    The weights are sentences, not what victims suffer.

    References
    ----------
    Sherman L, Neyroud PW, Neyroud E (2016). The Cambridge Crime Harm Index. Policing 10, 171-183.
    Fay MP, Feuer EJ (1997). Confidence intervals for directly standardized rates: a method based on the gamma
    distribution. Statistics in Medicine 16, 791-801.

    Examples
    --------
    >>> from wardstats.methods.harm_tables import harm_weights
    >>> found = weighted_harm({"Homicide": 1, "Shoplifting": 5475}, harm_weights("cchi-2026-subgroups"))
    >>> found.count, found.harm, found.heaviest, found.without_heaviest
    (5476, 10950.0, 'Homicide', 5475.0)
    >>> found.interval.lower < 5475 < 21000 < found.interval.upper
    True
    """
    normal_quantile(confidence)
    missing = sorted(set(counts) - set(weights.days))
    if missing:
        raise UnknownCategory(f"no weight in {weights.name} for: {', '.join(missing)}")
    if not counts:
        raise ValueError("no categories: nothing can be weighted")
    for category, count in counts.items():
        if not isfinite(count) or count < 0 or count != int(count):
            raise ValueError(f"{category}: not a count of crimes: {count}")
    parts = [HarmPart(category, int(count), weights.days[category]) for category, count in counts.items()]
    parts.sort(key=lambda part: (-part.harm, -part.weight, part.category))
    heaviest = max((part for part in parts if part.count), key=lambda part: (part.weight, part.harm), default=None)
    others = [part for part in parts if part is not heaviest]
    most = max(part.weight for part in parts)
    return WeightedHarm(
        weights=weights,
        parts=tuple(parts),
        count=sum(part.count for part in parts),
        harm=sum(part.harm for part in parts),
        interval=_interval(parts, most, dispersion, confidence),
        heaviest=heaviest.category if heaviest else None,
        without_heaviest=sum(part.harm for part in others),
        without_heaviest_interval=_interval(others, most, dispersion, confidence),
    )


def _interval(parts: list[HarmPart], most: float, dispersion: Dispersion | None, confidence: float) -> Interval:
    # Over-dispersed counts are as uncertain as fewer events that weigh as much more each.
    clump = max(dispersion.value if dispersion else 1.0, 1.0)
    harm, heaviest = sum(part.harm for part in parts), clump * most
    variance = clump * sum(part.weight**2 * part.count for part in parts)
    tail = (1 - confidence) / 2
    above, wider = harm + heaviest, variance + heaviest**2
    lower = variance / (2 * harm) * float(chdtri(2 * harm**2 / variance, 1 - tail)) if harm else 0.0
    upper = wider / (2 * above) * float(chdtri(2 * above**2 / wider, tail))
    return Interval(lower, upper, confidence, "gamma, Fay and Feuer")

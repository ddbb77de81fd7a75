"""Did a place-based intervention work, and did it move crime next door? Counts before and after, in two or four areas."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import exp, isfinite, log, sqrt

from scipy.special import ndtr, stdtr, stdtrit

from wardstats.methods.designs import Design
from wardstats.methods.dispersion import Dispersion
from wardstats.methods.intervals import Interval, normal_quantile


@dataclass(frozen=True)
class BeforeAfter:
    """Events in an area before and after, and how large the area is (square miles, residents) beside the others.

    Raises
    ------
    ValueError
        If a count is negative or not whole, or the size is not a positive number.
    """

    before: int
    after: int
    size: float = 1.0

    def __post_init__(self) -> None:
        for count in (self.before, self.after):
            if not isfinite(count) or count < 0 or count != int(count):
                raise ValueError(f"not a count of events: {count}")
        _refuse_no_size(self.size, of="an area's size")

    @property
    def counts(self) -> tuple[int, int]:
        """Both counts, the earlier first."""
        return self.before, self.after


@dataclass(frozen=True)
class Difference:
    """An effect in events, its standard error, and the interval."""

    value: float
    standard_error: float
    interval: Interval


@dataclass(frozen=True)
class DisplacementDifference:
    """How many events fewer (negative) or more than the comparison areas would have led to expect.

    ``local`` is the effect in the treated area, ``displaced`` that in the area around it (None where no such area was
    watched), ``total`` both. All three are in events of the later period for one unit of size: where sizes or lengths are
    all one, plainly in events. ``z`` and ``p_value`` (two-sided) are of the total.
    """

    areas: tuple[BeforeAfter, ...]
    local: Difference
    displaced: Difference | None
    total: Difference
    z: float
    p_value: float
    dispersion: Dispersion | None
    design: Design

    @property
    def maryland_level(self) -> int:
        """What the design can bear, 1 to 5."""
        return self.design.maryland_level


class Displacement(Enum):
    """What a displacement quotient says, in words fit to print."""

    NOT_READ = "the treated area did no better than its comparison, so that there is no effect to displace"
    MORE_DISPLACED = "displacement greater than the effect"
    DISPLACED = "displacement smaller than the effect"
    NEITHER = "neither displacement nor diffusion"
    DIFFUSED = "diffusion of benefit smaller than the effect"
    MORE_DIFFUSED = "diffusion of benefit at least as great as the effect"


@dataclass(frozen=True)
class DisplacementQuotient:
    """Bowers and Johnson's quotient with its two parts, what it says, and the total net effect in events prevented.

    ``value`` is None where ``success`` is not negative. No interval belongs to it: it is for words, the difference for tests.
    """

    success: float
    buffer: float
    value: float | None
    reading: Displacement
    total_net_effect: float


@dataclass(frozen=True)
class RelativeEffect:
    """How the treated area's ratio of before to after stands to its comparison's: above one, the treated area did better.

    ``percent`` is the change of the treated area's events against what the comparison would have led to expect.
    """

    value: float
    interval: Interval
    dispersion: Dispersion | None
    design: Design

    @property
    def percent(self) -> float:
        """The change in percent of what was expected: negative where crime fell."""
        return 100 * (1 / self.value - 1)

    @property
    def percent_limits(self) -> tuple[float, float]:
        """The interval of the percentage change."""
        return 100 * (1 / self.interval.upper - 1), 100 * (1 / self.interval.lower - 1)


def displacement_difference(
    treated: BeforeAfter,
    control: BeforeAfter,
    displacement: BeforeAfter | None = None,
    displacement_control: BeforeAfter | None = None,
    *,
    lengths: tuple[float, float] = (1.0, 1.0),
    dispersion: Dispersion | None = None,
    confidence: float = 0.95,
    design: Design = Design.MATCHED_COMPARISON,
) -> DisplacementDifference:
    """The weighted displacement difference: (T1 - T0) - (C1 - C0), and the same of the areas around, with their chance.

    Each count is divided by the length of its period and the size of its area; the variance is the sum of the counts, each
    divided by the square of the same. A dispersion above one multiplies it and takes Student's quantile, as the dispersion was
    itself estimated; none ever narrows the interval.

    Parameters
    ----------
    treated, control
        The area of the intervention, and the one that it is compared with.
    displacement, displacement_control
        The area into which crime may have moved, and what that is compared with. Both or neither.
    lengths
        Of the period before and of that after, in any unit: ``(24, 12)`` for two years and one.
    dispersion
        How much more than chance such counts move, estimated before the intervention.
    design
        Whether the areas were matched, or drawn by lot.

    Raises
    ------
    ValueError
        If only one of the two areas around is given, a length is not positive, or there was no event anywhere.

    When not to use this
    --------------------
    Not for an area treated because its last count was high, which falls by itself; not where the areas around touch the
    comparison area; and not with a handful of events, where the normal approximation fails (below about five in a cell). It
    takes for granted that without the intervention both would have changed by as many *events*; areas of unlike size rather change
    by the same ratio, which :func:`relative_effect` takes for granted.

    References
    ----------
    Wheeler AP, Ratcliffe JH (2018). A simple weighted displacement difference test to evaluate place based crime
    interventions. Crime Science 7, 11.

    Examples
    --------
    The paper's own:

    >>> found = displacement_difference(
    ...     BeforeAfter(207, 110), BeforeAfter(308, 318), BeforeAfter(178, 157), BeforeAfter(150, 140)
    ... )
    >>> found.total.value, round(found.total.standard_error, 1), round(found.z, 2), found.maryland_level
    (-118.0, 39.6, -2.98, 3)
    >>> round(found.total.interval.lower), round(found.total.interval.upper)
    (-196, -40)
    """
    if (displacement is None) != (displacement_control is None):
        raise ValueError("an area around is compared with one of its own: give both or neither")
    for length in lengths:
        _refuse_no_size(length, of="the length of a period")
    multiplier, quantile = _widening(dispersion, confidence)
    areas = [treated, control]
    parts = [_contrast(treated, control, lengths)]
    if displacement is not None and displacement_control is not None:
        areas += [displacement, displacement_control]
        parts.append(_contrast(displacement, displacement_control, lengths))
    value, variance = sum(part[0] for part in parts), multiplier * sum(part[1] for part in parts)
    if not variance:
        raise ValueError("no events in any of the areas: nothing can be compared")
    local, *displaced = (_difference(*part, multiplier, quantile, confidence) for part in parts)
    return DisplacementDifference(
        areas=tuple(areas),
        local=local,
        displaced=displaced[0] if displaced else None,
        total=_difference(value, variance / multiplier, multiplier, quantile, confidence),
        z=value / sqrt(variance),
        p_value=_two_sided(value / sqrt(variance), dispersion),
        dispersion=dispersion,
        design=design,
    )


def displacement_quotient(
    treated: BeforeAfter, control: BeforeAfter, displacement: BeforeAfter
) -> DisplacementQuotient:
    """Bowers and Johnson's weighted displacement quotient, (D1/C1 - D0/C0) / (T1/C1 - T0/C0), and the total net effect.

    Raises
    ------
    ValueError
        If the comparison area had no events in one of the periods.

    When not to use this
    --------------------
    Never alone: near a success of nought it runs to any size by chance, and no standard error belongs to it. Test with
    :func:`displacement_difference`, and take the quotient for the words. Sizes and lengths cancel and are not looked at.

    References
    ----------
    Bowers KJ, Johnson SD (2003). Measuring the geographical displacement and diffusion of benefit effects of crime
    prevention activity. Journal of Quantitative Criminology 19, 275-301.
    Guerette RT (2009). Analyzing crime displacement and diffusion. Problem-oriented guides for police, tool guide 10.

    Examples
    --------
    >>> found = displacement_quotient(BeforeAfter(207, 110), BeforeAfter(308, 318), BeforeAfter(178, 157))
    >>> round(found.value, 2), found.reading.value, round(found.total_net_effect)
    (0.26, 'diffusion of benefit smaller than the effect', 131)
    """
    if not control.before or not control.after:
        raise ValueError("no quotient where the comparison area had no events in one of the periods")
    success, buffer = (area.after / control.after - area.before / control.before for area in (treated, displacement))
    value = buffer / success if success < 0 else None
    growth = control.after / control.before
    prevented = sum(area.before * growth - area.after for area in (treated, displacement))
    return DisplacementQuotient(success, buffer, value, _reading(value), prevented)


def relative_effect(
    treated: BeforeAfter,
    control: BeforeAfter,
    *,
    dispersion: Dispersion | None = None,
    confidence: float = 0.95,
    design: Design = Design.MATCHED_COMPARISON,
) -> RelativeEffect:
    """The relative effect size, (T0 C1) / (T1 C0), with the interval of its logarithm: variance sum(1 / count).

    The same as difference in differences in a Poisson model with a logarithmic link. Welsh and Farrington's sense is kept:
    above one, crime fell more (or rose less) where it was treated. Sizes and lengths cancel and are not looked at.

    Raises
    ------
    ValueError
        If one of the four counts is nought, so that there is no ratio.

    When not to use this
    --------------------
    Crime counts move more than Poisson counts: without a dispersion the interval is far too narrow. Not for an area treated
    because its last count was high.

    References
    ----------
    Welsh BC, Farrington DP (2008). Effects of closed circuit television surveillance on crime. Campbell Systematic Reviews.
    Marchant P (2005). What works? A critical note on the evaluation of crime reduction initiatives. Crime Prevention and
    Community Safety 7, 7-13 (over-dispersion).

    Examples
    --------
    >>> found = relative_effect(BeforeAfter(207, 110), BeforeAfter(308, 318))
    >>> round(found.value, 2), round(found.percent, 1)
    (1.94, -48.5)
    """
    counts = (*treated.counts, *control.counts)
    if not all(counts):
        raise ValueError(f"no ratio where a count is nought: {counts}")
    multiplier, quantile = _widening(dispersion, confidence)
    middle = log(treated.before) - log(treated.after) + log(control.after) - log(control.before)
    reach = quantile * sqrt(multiplier * sum(1 / count for count in counts))
    method = "logarithm of the ratio" if multiplier == 1 else "quasi-Poisson"
    interval = Interval(exp(middle - reach), exp(middle + reach), confidence, method)
    return RelativeEffect(exp(middle), interval, dispersion, design)


def _contrast(treated: BeforeAfter, control: BeforeAfter, lengths: tuple[float, float]) -> tuple[float, float]:
    value = variance = 0.0
    for area, sign in ((treated, 1), (control, -1)):
        for count, length, side in zip(area.counts, lengths, (-1, 1), strict=True):
            weight = area.size * length
            value += sign * side * count / weight
            variance += count / weight**2
    return value, variance


def _difference(value: float, variance: float, multiplier: float, quantile: float, confidence: float) -> Difference:
    error = sqrt(variance * multiplier)
    method = "normal" if multiplier == 1 else "quasi-Poisson"
    return Difference(value, error, Interval(value - quantile * error, value + quantile * error, confidence, method))


def _widening(dispersion: Dispersion | None, confidence: float) -> tuple[float, float]:
    quantile = normal_quantile(confidence)
    if dispersion is None or dispersion.value <= 1:
        return 1.0, quantile
    return dispersion.value, float(stdtrit(dispersion.degrees_of_freedom, 0.5 + confidence / 2))


def _two_sided(z: float, dispersion: Dispersion | None) -> float:
    if dispersion is None or dispersion.value <= 1:
        return float(2 * ndtr(-abs(z)))
    return float(2 * stdtr(dispersion.degrees_of_freedom, -abs(z)))


def _reading(value: float | None) -> Displacement:
    if value is None:
        return Displacement.NOT_READ
    if value == 0:
        return Displacement.NEITHER
    if value > 0:
        return Displacement.DIFFUSED if value < 1 else Displacement.MORE_DIFFUSED
    return Displacement.DISPLACED if value >= -1 else Displacement.MORE_DISPLACED


def _refuse_no_size(size: float, *, of: str) -> None:
    if not isfinite(size) or size <= 0:
        raise ValueError(f"{of} is a positive number, not {size}")

"""The Offender Group Reconviction Scale, versions 3 and 4: to check scores that were imported, and to teach how they work.

The system never scores a person. Scores come from the probation service with their date and version, and stay what they
were. What is computed here is compared with them, or shown in a lesson about somebody who does not exist; it is never
kept as anybody's score, and facts that are missing are refused, never guessed.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum
from math import exp, log
from typing import Any

from wardstats.methods.ogrs_tables import (
    OGRS3_AGES,
    OGRS3_CAREER,
    OGRS3_FIRST,
    OGRS3_ONE_YEAR,
    OGRS3_REPEATED,
    OGRS3_TWO_YEARS,
    OGRS4_ALL,
    OGRS4_VIOLENT,
    Ogrs3Offence,
    Ogrs4Offence,
    Ogrs4Weights,
    Sex,
)

YOUNGEST = 10
OLDEST = 120
MOST_PREVIOUS_SANCTIONS = 50
MOST_OFFENCE_FREE_MONTHS = 36
HALF_A_POINT = 0.005
ROUNDING = 1e-9


class RiskBand(Enum):
    """The band that a two-year score lies in, as it is printed."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    VERY_HIGH = "very high"


@dataclass(frozen=True)
class Ogrs3Facts:
    """What the third version asks for, all static. None stands for what is not known, and is refused.

    ``age`` is that at the start of follow-up: sentence in the community, or release. ``age_at_sanction`` and
    ``age_at_first_sanction`` are those at the current conviction and at the first conviction, caution or the like.
    ``previous_sanctions`` leaves out the current one.
    """

    sex: Sex | None
    offence: Ogrs3Offence | None
    age: int | None
    age_at_sanction: int | None
    age_at_first_sanction: int | None
    previous_sanctions: int | None


@dataclass(frozen=True)
class Ogrs3Score:
    """The chances, 0 to 1, of being reconvicted within one year and within two, and the band of the second."""

    one_year: float
    two_years: float
    band: RiskBand


@dataclass(frozen=True)
class Ogrs4Facts:
    """What the fourth version asks for in its static form. None stands for what is not known, and is refused.

    The ages are as in :class:`Ogrs3Facts`. ``sanctions`` counts the current one, ``violent_sanctions`` those of them for
    violence, and ``offence_free_months`` the months in the community since the start of follow-up without a new offence.
    """

    sex: Sex | None
    offence: Ogrs4Offence | None
    age: int | None
    age_at_sanction: int | None
    age_at_first_sanction: int | None
    sanctions: int | None
    violent_sanctions: int | None
    offence_free_months: int | None


@dataclass(frozen=True)
class Ogrs4Score:
    """The chances, 0 to 1, of proven reoffending of any kind and of violent reoffending within two years, with bands."""

    all_reoffending: float
    violent_reoffending: float
    all_band: RiskBand
    violent_band: RiskBand


def ogrs3(facts: Ogrs3Facts) -> Ogrs3Score:
    """Version 3: age and sex, the offence, whether it is the first sanction, and how many there were for the length of career.

    Girls of 10 to 15 have negative weights; software has had them positive. Previous sanctions count up to 50, so that a
    rate beyond that of those from whom the scale was made is not extrapolated.

    Raises
    ------
    ValueError
        If a fact is missing, or the facts contradict each other.

    When not to use this
    --------------------
    Never to score a person. Not a measure of harm, nor of what somebody needs; it knows no change since the sentence. Not
    for children under ten, nor for outcomes before release. Groups of people are set against the sum of imported scores
    (:func:`~wardstats.methods.reoffending.observed_against_expected`).

    References
    ----------
    Howard P, Francis B, Soothill K, Humphreys L (2009). OGRS 3: the revised Offender Group Reconviction Scale. Ministry of
    Justice, Research summary 7/09. Breiling L, Dahle KP, Oberlader V, Rettenberger M (2022). Die deutsche Version der
    Offender Group Reconviction Scale, Version 3. Kriminologische Zentralstelle, BM-Online 30 (the weights to nine places).

    Examples
    --------
    A first sanction for violence, of a man of twenty:

    >>> found = ogrs3(Ogrs3Facts(Sex.MALE, Ogrs3Offence.VIOLENCE, 20, 20, 20, 0))
    >>> f"{found.one_year:.0%} {found.two_years:.0%} {found.band.value}"
    '12% 22% low'
    >>> ogrs3(Ogrs3Facts(Sex.MALE, None, 20, 20, None, 0))
    Traceback (most recent call last):
    ValueError: not known, and never guessed: offence, age_at_first_sanction
    """
    known = _known_ogrs3(facts)
    sanctions = 1 + min(known.previous_sanctions, MOST_PREVIOUS_SANCTIONS)
    career = log(sanctions / (10 + known.age_at_sanction - known.age_at_first_sanction))
    weight = (
        OGRS3_CAREER * career
        + (OGRS3_REPEATED if known.previous_sanctions else OGRS3_FIRST)
        + next(weights[known.sex] for youngest, weights in reversed(OGRS3_AGES) if known.age >= youngest)
        + known.offence.value
    )
    two_years = _chance(OGRS3_TWO_YEARS + weight)
    # The scale is printed in whole per cent, and its bands are of what is printed.
    return Ogrs3Score(_chance(OGRS3_ONE_YEAR + weight), two_years, _band(round(100 * two_years), (50, 75, 90)))


def ogrs4(facts: Ogrs4Facts) -> Ogrs4Score:
    """Version 4 from static facts alone: any proven reoffending, and violent, within two years.

    Also called the all and the violent reoffending predictor. The rate of sanctions over a career counts from the third
    sanction on; months without offence count up to 36. The form with dynamic facts (accommodation, drugs, work) needs an
    assessment and is not here.

    Raises
    ------
    ValueError
        If a fact is missing, or the facts contradict each other.

    When not to use this
    --------------------
    As :func:`ogrs3`: never to score a person. The weights of version 4 have been estimated anew more than once; an imported
    score says which it was made with, and only those below are here.

    References
    ----------
    Ministry of Justice: hmpps-arns-risk-actuarial-api, open source code of the risk actuarial calculations with test data
    4.1.1 (the weights of the static predictors). Howard P (2015). OGRS4: the revised Offender Group Reconviction Scale.
    In: Moore R (ed), A compendium of research and analysis on the Offender Assessment System. National Offender Management
    Service.

    Examples
    --------
    A first sanction for drunkenness at twenty, three years and more without a new offence:

    >>> found = ogrs4(Ogrs4Facts(Sex.MALE, Ogrs4Offence.DRUNKENNESS, 20, 20, 20, 1, 1, 40))
    >>> f"{found.all_reoffending:.2%} {found.violent_reoffending:.2%} {found.violent_band.value}"
    '8.47% 5.41% low'
    """
    known = _known_ogrs4(facts)
    of_all = _ogrs4_weight(known, OGRS4_ALL)
    of_violent = _ogrs4_weight(known, OGRS4_VIOLENT) + _violent_history(known, OGRS4_VIOLENT)
    all_reoffending, violent_reoffending = _chance(of_all), _chance(of_violent)
    return Ogrs4Score(
        all_reoffending,
        violent_reoffending,
        _band(round(100 * all_reoffending, 2), (50, 75, 90)),
        _band(round(100 * violent_reoffending, 2), (30, 60, 80)),
    )


def is_as_imported(computed: float, imported: float) -> bool:
    """Whether an imported score, a chance 0 to 1, is the computed one as far as scores printed in whole per cent can show.

    Raises
    ------
    ValueError
        If either is no chance.

    Examples
    --------
    >>> is_as_imported(0.2213, 0.22), is_as_imported(0.2213, 0.29)
    (True, False)
    """
    for chance in (computed, imported):
        if not 0 <= chance <= 1:
            raise ValueError(f"a chance is from 0 to 1: {chance}")
    return abs(computed - imported) <= HALF_A_POINT + ROUNDING


@dataclass(frozen=True)
class _KnownOgrs3:
    sex: Sex
    offence: Ogrs3Offence
    age: int
    age_at_sanction: int
    age_at_first_sanction: int
    previous_sanctions: int


@dataclass(frozen=True)
class _KnownOgrs4:
    sex: Sex
    offence: Ogrs4Offence
    age: int
    age_at_sanction: int
    age_at_first_sanction: int
    sanctions: int
    violent_sanctions: int
    offence_free_months: int

    @property
    def gap(self) -> int:
        return self.age_at_sanction - self.age_at_first_sanction


def _known_ogrs3(facts: Ogrs3Facts) -> _KnownOgrs3:
    known = _KnownOgrs3(**_all_known(facts))
    _refuse_ages(known.age, known.age_at_sanction, known.age_at_first_sanction)
    _refuse_sanctions(1 + known.previous_sanctions, known.age_at_sanction - known.age_at_first_sanction)
    return known


def _known_ogrs4(facts: Ogrs4Facts) -> _KnownOgrs4:
    known = _KnownOgrs4(**_all_known(facts))
    _refuse_ages(known.age, known.age_at_sanction, known.age_at_first_sanction)
    _refuse_sanctions(known.sanctions, known.gap)
    if not 0 <= known.violent_sanctions <= known.sanctions:
        raise ValueError(f"{known.violent_sanctions} of {known.sanctions} sanctions cannot be for violence")
    if known.offence_free_months < 0:
        raise ValueError(f"months are not negative: {known.offence_free_months}")
    return known


def _all_known(facts: Ogrs3Facts | Ogrs4Facts) -> dict[str, Any]:
    found = {field.name: getattr(facts, field.name) for field in fields(facts)}
    missing = [name for name, value in found.items() if value is None]
    if missing:
        raise ValueError(f"not known, and never guessed: {', '.join(missing)}")
    return found


def _refuse_ages(age: int, age_at_sanction: int, age_at_first_sanction: int) -> None:
    if not YOUNGEST <= age_at_first_sanction <= age_at_sanction <= age <= OLDEST:
        raise ValueError(
            f"ages from the first sanction on do not go down, and begin at {YOUNGEST}: "
            f"{age_at_first_sanction}, {age_at_sanction}, {age}"
        )


def _refuse_sanctions(sanctions: int, gap: int) -> None:
    if sanctions < 1:
        raise ValueError("there is at least the current sanction")
    if sanctions == 1 and gap:
        raise ValueError("the only sanction is the first")


def _ogrs4_weight(known: _KnownOgrs4, weights: Ogrs4Weights) -> float:
    own = weights.of[known.sex]
    months = min(known.offence_free_months, MOST_OFFENCE_FREE_MONTHS)
    weight = (
        weights.intercept
        + own.intercept
        + _powers(own.age, known.age)
        + _powers(weights.offence_free_months, months)
        + weights.offence[known.offence]
        + weights.each_sanction * known.sanctions
    )
    if known.sanctions == 1:
        return weight + weights.first_sanction
    if known.sanctions == 2:
        return weight + weights.second_sanction + own.years_to_second * known.gap
    return weight + _powers(own.career, log(known.sanctions / (weights.career_boost + known.gap)))


def _violent_history(known: _KnownOgrs4, weights: Ogrs4Weights) -> float:
    violence = weights.violence
    if violence is None or not known.violent_sanctions:
        return 0.0 if violence is None else violence.never[known.sex]
    return (
        (violence.once if known.violent_sanctions == 1 else 0.0)
        + violence.each * known.violent_sanctions
        + violence.rate * log(known.violent_sanctions / (violence.career_boost + known.gap))
    )


def _powers(coefficients: tuple[float, ...], value: float) -> float:
    return sum(coefficient * value**power for power, coefficient in enumerate(coefficients, start=1))


def _chance(weight: float) -> float:
    return 1 / (1 + exp(-weight))


def _band(percent: float, bounds: tuple[int, int, int]) -> RiskBand:
    return list(RiskBand)[sum(percent >= bound for bound in bounds)]

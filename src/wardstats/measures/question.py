"""The question a measure is asked: the parameters, checked, with every default filled in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from wardstats.disclosure import Value
from wardstats.measures.measure import Measure
from wardstats.measures.periods import Period, month_after, month_of

ANTI_SOCIAL_BEHAVIOUR = "Anti-social behaviour"
USUAL_MONTHS = 12
DEFAULTS: Mapping[str, Value] = {
    "level": "ward25",
    "set_code": "priority-areas",
    "by": "count",
    "per_day": False,
    "peers": "force",
    "crime_type": None,
    "area_code": None,
    "weights": None,
}


class UnableToCompute(Exception):
    """The evidence or the question does not allow this figure; the sentence says why and what to do."""


@dataclass(frozen=True)
class Question:
    """What is asked of a measure.

    Attributes
    ----------
    district
        ONS code of the local authority district.
    period, compared
        The period counted, and the one it is compared with.
    level
        What areas are told apart: ``ward25`` (or another year's wards), ``lsoa21``, or the code of a set of areas.
    area_code
        Only this area: a ward, an LSOA, or an area of a set; None for the whole district.
    crime_type
        Only this type; None for all crime.
    set_code
        Which set of areas a quotient is about.
    by
        ``count`` or ``rate``: what areas are ranked by.
    peers
        Whom a district is compared with: ``force``, ``nation``, or the code of a group of peers.
    per_day
        Whether monthly values are divided by the days of the month.
    weights
        The set of harm weights; none by default, as the sets disagree.
    """

    district: str
    period: Period
    compared: Period
    level: str
    area_code: str | None
    crime_type: str | None
    set_code: str
    by: str
    per_day: bool
    peers: str
    weights: str | None

    def to_json(self, measure: Measure) -> dict[str, Value]:
        """The parameters this measure takes, all of them, as it would be asked again."""
        every: dict[str, Value] = {
            "from": f"{self.period.since:%Y-%m}",
            "until": f"{self.period.until:%Y-%m}",
            "compare_from": f"{self.compared.since:%Y-%m}",
            "compare_until": f"{self.compared.until:%Y-%m}",
            "level": self.level,
            "area_code": self.area_code,
            "crime_type": self.crime_type,
            "set_code": self.set_code,
            "by": self.by,
            "per_day": self.per_day,
            "peers": self.peers,
            "weights": self.weights,
        }
        return {"district": self.district} | {name: every[name] for name in measure.parameters}


def question(measure: Measure, parameters: Mapping[str, Value], *, district: str, first: date, last: date) -> Question:
    """The checked question of a measure.

    Parameters
    ----------
    parameters
        As given; what is missing is filled in: twelve months up to the last one kept, compared with the twelve before.
        A monthly series begins with the first month kept.
    first, last
        The first and the last month for which rows are kept.

    Raises
    ------
    UnableToCompute
        Naming the parameter that is unknown, malformed or out of place.
    """
    unknown = sorted(set(parameters) - {*measure.parameters, "district"})
    if unknown:
        raise UnableToCompute(
            f"{measure.name} has no parameter “{unknown[0]}”; it takes {', '.join(measure.parameters)}."
        )
    given = {**DEFAULTS, **{name: value for name, value in parameters.items() if value is not None}}
    period = _period(measure, given, first, last)
    asked = Question(
        district=district,
        period=period,
        compared=_compared(given, period),
        level=str(given["level"]),
        area_code=_text(given["area_code"]),
        crime_type=_text(given["crime_type"]),
        set_code=str(given["set_code"]),
        by=str(given["by"]),
        per_day=bool(given["per_day"]),
        peers=str(given["peers"]),
        weights=_text(given["weights"]),
    )
    _refuse(asked)
    return asked


def _period(measure: Measure, given: Mapping[str, Value], first: date, last: date) -> Period:
    until = _month(given, "until", lambda: month_after(last, 1))
    usual = first if measure.period == "monthly" else month_after(until, -USUAL_MONTHS)
    since = _month(given, "from", lambda: usual)
    if since >= until:
        raise UnableToCompute(f"The period from {since:%B %Y} until {until:%B %Y} has no month in it.")
    return Period(since, until)


def _compared(given: Mapping[str, Value], period: Period) -> Period:
    before = period.preceding
    since = _month(given, "compare_from", lambda: before.since)
    until = _month(given, "compare_until", lambda: month_after(since, period.length))
    if since >= until:
        raise UnableToCompute(f"The period from {since:%B %Y} until {until:%B %Y} has no month in it.")
    if Period(since, until).length != period.length:
        raise UnableToCompute(f"Periods of unequal length are not compared: {Period(since, until)} with {period}.")
    return Period(since, until)


def _month(given: Mapping[str, Value], name: str, otherwise: Callable[[], date]) -> date:
    if given.get(name) is None:
        return otherwise()
    try:
        return month_of(str(given[name]))
    except ValueError as error:
        raise UnableToCompute(f"“{name}” is a month such as 2025-10, not “{given[name]}”.") from error


def _text(value: Value) -> str | None:
    return None if value is None else str(value)


def _refuse(asked: Question) -> None:
    if asked.by not in ("count", "rate"):
        raise UnableToCompute(f"Areas are ranked by “count” or by “rate”, not by “{asked.by}”.")
    if asked.crime_type == ANTI_SOCIAL_BEHAVIOUR:
        raise UnableToCompute("Anti-social behaviour incidents are not crimes; ask for a measure of incidents instead.")

"""Crimes per 1,000 residents."""

from __future__ import annotations

from wardstats.disclosure import Cell, ResultColumn, Value
from wardstats.measures.asking import Asked
from wardstats.measures.caveats import MORE_THAN_CHANCE, population, usual
from wardstats.measures.counts import STREET_SOURCE
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.registry import Answer, declares
from wardstats.methods import rate

FACTS = {
    "area": "the area counted",
    "period": "the months counted",
    "count": "how many crimes there were",
    "population": "how many people live there",
    "rate": "crimes per 1,000 residents",
    "lower": "lower limit of the rate's 95% interval",
    "upper": "upper limit of the rate's 95% interval",
    "method": "how the interval was made",
}


@declares(
    Measure(
        code="crime-rate",
        name="Crimes per 1,000 residents",
        version=1,
        numerator="Published street-level crimes; anti-social behaviour incidents are not among them",
        denominator="Usual residents at the latest date for which every area is known",
        unit="per 1,000 residents",
        period="any months; compare only periods of equal length",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.LOWER,
        source=STREET_SOURCE + "; Office for National Statistics, usual residents",
        meaning="How many crimes were published for every thousand people who live in the area.",
        cautions=("Residents are not everyone who is there: a city centre has more events than residents.",),
        parameters=("from", "until", "crime_type", "area_code"),
        facts=FACTS,
    )
)
def crime_rate(asked: Asked) -> Answer:
    """The crimes of a period per 1,000 residents, with the interval of the count."""
    period = asked.question.period
    found = rate(asked.total(period), asked.residents(asked.codes))
    what = asked.question.crime_type or "Crimes"
    row: dict[str, Value] = {
        "area": asked.place.name,
        "period": str(period),
        "count": found.count,
        "population": found.population,
        "rate": found.value,
        "lower": found.interval.lower,
        "upper": found.interval.upper,
        "method": found.interval.method,
    }
    return Answer(
        title=f"{what} per 1,000 residents in {asked.place.name}, {period}",
        columns=(ResultColumn("period", "Period", "text"), *rate_columns(what)),
        rows=(row,),
        facts={name: Cell(0, name) for name in row},
        caveats=(*usual(asked, period), MORE_THAN_CHANCE.said, *population(asked)),
        covers={Cell(0, "count"): asked.scope(period)},
    )


def rate_columns(what: str) -> tuple[ResultColumn, ...]:
    """The columns of a rate: area, count, residents, rate, interval and how the interval was made."""
    unit = "per 1,000 residents"
    return (
        ResultColumn("area", "Area", "text"),
        ResultColumn("count", what, "count"),
        ResultColumn("population", "Residents", "number"),
        ResultColumn("rate", "Rate", "rate", unit, 1, ("count",)),
        ResultColumn("lower", "Lower limit, 95%", "rate", unit, 1, ("count",)),
        ResultColumn("upper", "Upper limit, 95%", "rate", unit, 1, ("count",)),
        ResultColumn("method", "Interval", "text", built_on=("count",)),
    )

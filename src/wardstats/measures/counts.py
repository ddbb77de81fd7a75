"""Plain counts: crimes in a period, and anti-social behaviour incidents, which are no part of them."""

from __future__ import annotations

from wardstats.disclosure import Cell, ResultColumn, Value
from wardstats.measures.asking import Asked
from wardstats.measures.caveats import usual
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.registry import Answer, declares

STREET_SOURCE = (
    "data.police.uk street-level files (single online home national digital team), Open Government Licence v3.0"
)
FACTS = {"area": "the area counted", "period": "the months counted", "count": "how many there were"}


@declares(
    Measure(
        code="crime-count",
        name="Crimes",
        version=1,
        numerator="Published street-level crimes of every type; anti-social behaviour incidents are not among them",
        denominator=None,
        unit="crimes",
        period="any months",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.LOWER,
        source=STREET_SOURCE,
        meaning="How many crimes the police published for the area and period.",
        cautions=(
            "More reports can mean more trust: a rise in reported domestic abuse is not more abuse.",
            "It counts events, not the people behind them.",
        ),
        parameters=("from", "until", "crime_type", "area_code"),
        facts=FACTS,
    )
)
def crime_count(asked: Asked) -> Answer:
    """The crimes of a period."""
    return _count(asked, asked.question.crime_type or "Crimes", incidents=False)


@declares(
    Measure(
        code="asb-incidents",
        name="Anti-social behaviour incidents",
        version=1,
        numerator="Published anti-social behaviour incidents",
        denominator=None,
        unit="incidents",
        period="any months",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.NEUTRAL,
        source=STREET_SOURCE,
        meaning="How many incidents of anti-social behaviour the police published. They are not crimes.",
        cautions=("What is recorded as an incident, and what as a crime, has changed more than once.",),
        parameters=("from", "until", "area_code"),
        facts=FACTS,
    )
)
def asb_incidents(asked: Asked) -> Answer:
    """The anti-social behaviour incidents of a period."""
    return _count(asked, "Anti-social behaviour incidents", incidents=True)


def _count(asked: Asked, what: str, *, incidents: bool) -> Answer:
    period = asked.question.period
    row: dict[str, Value] = {
        "area": asked.place.name,
        "period": str(period),
        "count": asked.total(period, incidents=incidents),
    }
    return Answer(
        title=f"{what} in {asked.place.name}, {period}",
        columns=(
            ResultColumn("area", "Area", "text"),
            ResultColumn("period", "Period", "text"),
            ResultColumn("count", what, "count"),
        ),
        rows=(row,),
        facts={name: Cell(0, name) for name in row},
        caveats=usual(asked, period, incidents=incidents),
        covers={Cell(0, "count"): asked.scope(period, incidents=incidents)},
    )

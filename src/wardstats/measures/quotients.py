"""How a set of areas' share of crime stands to its share of residents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from wardstats.disclosure import Cell, ResultColumn, Sum, Value
from wardstats.measures.asking import Asked, by_place, codes_by_place
from wardstats.measures.caveats import CITY_CENTRE, placed_by, population, usual
from wardstats.measures.counts import STREET_SOURCE
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.question import UnableToCompute
from wardstats.measures.reading import Place
from wardstats.measures.registry import Answer, declares
from wardstats.methods import share_quotient

SHARES = (
    ("share_of_crime", "Share of crime", "percent", 1),
    ("quotient", "Location quotient", "ratio", 2),
    ("lower", "Lower limit, 95%", "ratio", 2),
    ("upper", "Upper limit, 95%", "ratio", 2),
    ("rate_ratio", "Rate compared with the rest", "ratio", 2),
)
FACTS = {
    "count": "crimes in the areas together",
    "total": "crimes in the whole district",
    "population": "how many people live in the areas",
    "share_of_crime": "the areas' share of the district's crime",
    "share_of_residents": "the areas' share of the district's residents",
    "quotient": "the first share divided by the second",
    "lower": "lower limit of the quotient's 95% interval",
    "upper": "upper limit of the quotient's 95% interval",
    "rate_ratio": "the areas' rate divided by the rate of the rest of the district",
}


@declares(
    Measure(
        code="priority-area-quotient",
        name="Priority Areas: share of crime against share of residents",
        version=1,
        numerator="The areas' share of the district's published street-level crimes",
        denominator="The areas' share of the district's usual residents",
        unit="ratio of two shares",
        period="any months",
        geography="a set of areas within a district, and each of them",
        direction=Direction.LOWER,
        source=STREET_SOURCE + "; Office for National Statistics, usual residents",
        meaning="A quotient of 1.9 says: 1.9 times as much crime as the number of people who live there would lead one to expect.",
        cautions=(
            "It compares with the whole district, of which the areas are a part; the rate ratio compares with the rest.",
            "Areas drawn around crime have a high quotient because they were drawn so.",
        ),
        parameters=("from", "until", "crime_type", "set_code"),
        facts=FACTS,
    )
)
def priority_area_quotient(asked: Asked) -> Answer:
    """Each area of the set, the set as a whole, the rest of the district and the whole district."""
    period = asked.question.period
    counted = _counted(asked)
    whole = counted[-1]
    if not whole.count:
        raise UnableToCompute(f"No crime was published for {asked.reader.name} in {period}, so there are no shares.")
    areas = len(counted) - 3
    in_set, rest, district = (Cell(areas + at, "count") for at in range(3))
    each = tuple(Cell(at, "count") for at in range(areas))
    what = asked.question.crime_type or "Crimes"
    return Answer(
        title=f"{what} in the Priority Areas of {asked.reader.name} and their residents, {period}",
        columns=_columns(what, district),
        rows=tuple(_row(one, whole) for one in counted),
        facts=_facts(areas),
        caveats=(
            *usual(asked, period, small_areas=True),
            *placed_by(asked, asked.question.set_code),
            CITY_CENTRE.said,
            *population(asked),
        ),
        chart="ranked",
        sums=(Sum(in_set, each), Sum(district, (in_set, rest))),
        covers={Cell(at, "count"): asked.scope(period, one.codes) for at, one in enumerate(counted)},
    )


@dataclass(frozen=True)
class _Counted:
    name: str
    grade: str | None
    count: int
    residents: int
    codes: frozenset[str]


def _counted(asked: Asked) -> list[_Counted]:
    asked.tables.add("area_members")
    areas = asked.reader.areas(asked.question.set_code, at=asked.as_at)
    placed, lost = by_place(asked.totals("area_code", asked.question.period), areas)
    codes = codes_by_place(areas)
    each = [
        _Counted(place.name, place.grade, placed[place], asked.residents(codes[place]), codes[place])
        for place in sorted(placed, key=_by_name)
    ]
    inside = sum(one.count for one in each)
    every, within = asked.reader.codes, frozenset(areas)
    residents, everyone = sum(one.residents for one in each), asked.residents(every)
    return [
        *each,
        _Counted("All Priority Areas", None, inside, residents, within),
        _Counted(f"Rest of {asked.reader.name}", None, lost, everyone - residents, every - within),
        _Counted(asked.reader.name, None, inside + lost, everyone, every),
    ]


def _by_name(place: Place) -> str:
    return place.name


def _row(one: _Counted, whole: _Counted) -> Mapping[str, Value]:
    found = share_quotient(one.count, whole.count, one.residents, whole.residents)
    return {
        "area": one.name,
        "grade": one.grade or "",
        "count": one.count,
        "population": one.residents,
        "share_of_crime": 100 * found.events.value,
        "share_of_residents": 100 * found.people.value,
        "quotient": found.quotient,
        "lower": found.interval.lower,
        "upper": found.interval.upper,
        "rate_ratio": found.rate_ratio,
    }


def _columns(what: str, district: Cell) -> tuple[ResultColumn, ...]:
    share, *rest = (
        ResultColumn(name, label, kind, "", decimals, ("count",), (district,)) for name, label, kind, decimals in SHARES
    )
    return (
        ResultColumn("area", "Area", "text"),
        ResultColumn("grade", "Grade", "text"),
        ResultColumn("count", what, "count"),
        ResultColumn("population", "Residents", "number"),
        share,
        ResultColumn("share_of_residents", "Share of residents", "percent", decimals=1),
        *rest,
    )


def _facts(in_set: int) -> dict[str, Cell]:
    names = ("count", "population", "share_of_crime", "share_of_residents", "quotient", "lower", "upper", "rate_ratio")
    return {**{name: Cell(in_set, name) for name in names}, "total": Cell(in_set + 2, "count")}

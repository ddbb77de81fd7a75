"""Areas in order, with the ranks that chance leaves open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wardstats.disclosure import Caveat, Cell, Chosen, Covers, ResultColumn, Sum, Value
from wardstats.measures.asking import Asked, by_place, codes_by_place
from wardstats.measures.caveats import MORE_THAN_CHANCE, placed_by, population, unplaced, usual
from wardstats.measures.counts import STREET_SOURCE
from wardstats.measures.crime_rates import rate_columns
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.reading import Place
from wardstats.measures.registry import Answer, declares
from wardstats.methods import Rank, Rate, count_interval, ranks, rate

OVERLAP = Caveat(
    "rank-certainty",
    "Each place in the order is given with the highest and the lowest that chance allows it; areas whose intervals overlap "
    "are not told apart.",
)
NAMES = {"ward": "ward", "lsoa": "small area", "msoa": "neighbourhood", "cons": "constituency"}
FACTS = {
    "highest_area": "the area that comes first",
    "highest_count": "how many crimes it had",
    "highest_rate": "its crimes per 1,000 residents",
    "highest_lower": "lower limit of that rate's 95% interval",
    "highest_upper": "upper limit of that rate's 95% interval",
    "highest_best": "the highest place in the order that chance allows it",
    "highest_worst": "the lowest place in the order that chance allows it",
    "total": "all crimes of the district",
    "total_rate": "the district's crimes per 1,000 residents",
}


@declares(
    Measure(
        code="areas-ranked",
        name="Areas ranked by crime",
        version=1,
        numerator="Published street-level crimes of each area; anti-social behaviour incidents are not among them",
        denominator="Usual residents of each area",
        unit="crimes, and per 1,000 residents",
        period="any months",
        geography="wards, LSOAs or the areas of a set",
        direction=Direction.LOWER,
        source=STREET_SOURCE + "; Office for National Statistics, usual residents",
        meaning="Which areas have most crime, and how sure the order is: ranks that chance leaves open are given as a range.",
        cautions=(
            "Not a league table: most areas in the middle cannot be told apart.",
            "By rate, a city centre comes first because few people live there.",
        ),
        parameters=("from", "until", "level", "crime_type", "by"),
        facts=FACTS,
    )
)
def areas_ranked(asked: Asked) -> Answer:
    """Every area of the level in order, then what could not be placed, then the whole district."""
    period, level = asked.question.period, asked.question.level
    areas = asked.areas()
    totals = asked.totals("area_code", period)
    placed, lost = by_place(totals, areas)
    codes = codes_by_place(areas)
    found = _ranked(asked, placed, codes)
    is_whole = level.startswith(("ward", "lsoa")) or asked.reader.codes_of_version(2021) <= areas.keys()
    rows = [_row(place.name, place.code, rated, rank) for place, rated, rank in found]
    sums: tuple[Sum, ...] = ()
    if is_whole:
        rows, sums = _with_total(asked, rows, lost, sum(totals.values()))
    what = asked.question.crime_type or "Crimes"
    name = NAMES.get(level[:4], "area")
    unit = " per 1,000 residents" if asked.question.by == "rate" else ""
    return Answer(
        title=f"{what}{unit} by {name} in {asked.reader.name}, {period}",
        columns=_columns(what, tuple(Cell(at, "count") for at in range(len(found)))),
        rows=tuple(rows),
        facts=_facts(asked.question.by, len(found), len(rows) - 1 if is_whole else None),
        caveats=(
            *usual(asked, period, small_areas=True),
            *(unplaced(lost, name) if is_whole else ()),
            *placed_by(asked, level),
            *population(asked),
            MORE_THAN_CHANCE.said,
            OVERLAP,
        ),
        chart="ranked" if asked.question.by == "rate" else "bars",
        sums=sums,
        ordered_by=asked.question.by,
        covers=_covers(asked, [codes[place] for place, _, _ in found], len(rows), frozenset(areas)),
    )


def _ranked(
    asked: Asked, placed: Mapping[Place, int], codes: Mapping[Place, frozenset[str]]
) -> list[tuple[Place, Rate, Rank]]:
    places = sorted(placed, key=lambda place: place.name)
    rates = [rate(placed[place], asked.residents(codes[place])) for place in places]
    if asked.question.by == "rate":
        order = ranks([found.value for found in rates], [found.interval for found in rates])
    else:
        order = ranks([found.count for found in rates], [count_interval(found.count) for found in rates])
    return sorted(zip(places, rates, order, strict=True), key=lambda each: (each[2].rank, each[0].name))


def _row(name: str, code: str | None, found: Rate | None, rank: Rank | None) -> dict[str, Value]:
    return {
        "area": name,
        "area_code": code,
        "count": None if found is None else found.count,
        "population": None if found is None else found.population,
        "rate": None if found is None else found.value,
        "lower": None if found is None else found.interval.lower,
        "upper": None if found is None else found.interval.upper,
        "method": None if found is None else found.interval.method,
        "rank": None if rank is None else rank.rank,
        "best": None if rank is None else rank.best,
        "worst": None if rank is None else rank.worst,
    }


def _with_total(
    asked: Asked, rows: Sequence[dict[str, Value]], lost: int, total: int
) -> tuple[list[dict[str, Value]], tuple[Sum, ...]]:
    more = list(rows)
    if lost:
        more.append(_row("Not placed", None, None, None) | {"count": lost})
    parts = tuple(Cell(at, "count") for at in range(len(more)))
    whole = rate(total, asked.residents(asked.reader.codes))
    more.append(_row(asked.reader.name, asked.reader.district, whole, None))
    return more, (Sum(Cell(len(more) - 1, "count"), parts),)


def _covers(asked: Asked, codes: Sequence[frozenset[str]], rows: int, placed: frozenset[str]) -> Covers:
    """What the count of each row covers: the areas, then what is not placed, if anything, and the whole district."""
    every = asked.reader.codes
    rest = () if rows == len(codes) else (every,) if rows == len(codes) + 1 else (every - placed, every)
    return {Cell(at, "count"): asked.scope(asked.question.period, each) for at, each in enumerate((*codes, *rest))}


def _columns(what: str, counts: tuple[Cell, ...]) -> tuple[ResultColumn, ...]:
    """A place in the order is derived from every count: a gap among the places would say where a hidden one lies."""
    area, *rest = rate_columns(what)
    return (
        area,
        ResultColumn("area_code", "Code", "text"),
        *rest,
        ResultColumn("rank", "Place", "number", also_on=counts),
        ResultColumn("best", "Place, highest", "number", also_on=counts),
        ResultColumn("worst", "Place, lowest", "number", also_on=counts),
    )


def _facts(by: str, areas: int, total: int | None) -> dict[str, Cell]:
    names = ("area", "count", "rate", "lower", "upper", "best", "worst") if areas else ()
    top: dict[str, Cell] = {f"highest_{name}": Chosen(0, name, by) for name in names}
    return top | ({} if total is None else {"total": Cell(total, "count"), "total_rate": Cell(total, "rate")})

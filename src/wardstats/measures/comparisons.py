"""One district held against others like it, with those left out whose series has holes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from wardstats.disclosure import Caveat, Cell, ResultColumn, Sum, Value
from wardstats.measures.asking import Asked, in_words
from wardstats.measures.breaks import SeriesBreak
from wardstats.measures.caveats import STREET_ROWS
from wardstats.measures.counts import STREET_SOURCE
from wardstats.measures.crime_rates import rate_columns
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.nation import EVERYWHERE, District
from wardstats.measures.question import UnableToCompute
from wardstats.measures.registry import Answer, declares
from wardstats.methods import FunnelArea, Judgement, Rank, Rate, ranks, rate, rate_funnel

FEWEST = 5
"""With fewer districts the spread between them, which the judgement rests on, is hardly known."""
LISTED = 12
FACTS = {
    "area": "the district compared",
    "count": "its crimes",
    "rate": "its crimes per 1,000 residents",
    "lower": "lower limit of that rate's 95% interval",
    "upper": "upper limit of that rate's 95% interval",
    "rank": "its place among those compared, the highest rate first",
    "best": "the highest place that chance allows it",
    "worst": "the lowest place that chance allows it",
    "judgement": "higher, lower or similar, given how much such districts differ among themselves",
    "compared": "how many districts are compared",
    "all_rate": "crimes per 1,000 residents of all districts compared",
}
SPREAD = Caveat(
    "judged-by-spread",
    "“Higher” and “lower” mean beyond the 95% limits that chance and the usual spread between these districts leave; "
    "all others are similar. With many districts compared, about one in twenty is beyond them without being different.",
)
RESIDENTS_ONLY = Caveat(
    "residents",
    "Rates are per resident of the census of 2021; a district that many visit or work in has a high rate for that alone.",
)


@declares(
    Measure(
        code="districts-compared",
        name="Crimes per 1,000 residents compared with other districts",
        version=1,
        numerator="Published street-level crimes of each district; anti-social behaviour incidents are not among them",
        denominator="Usual residents of each district",
        unit="per 1,000 residents",
        period="any months",
        geography="districts: of the same force, of a group of peers, or of England and Wales",
        direction=Direction.LOWER,
        source=STREET_SOURCE + "; Office for National Statistics, usual residents by district",
        meaning="Whether a district has more crime for its residents than others like it, and how sure that is.",
        cautions=(
            "Not a league table: most places in the middle cannot be told apart.",
            "Districts whose police force sent nothing, or a part, or rows twice, in a month of the period are left out and named.",
            "Forces record differently; a group from one force compares like with like better than the whole country.",
        ),
        parameters=("from", "until", "crime_type", "peers"),
        facts=FACTS,
    )
)
def districts_compared(asked: Asked) -> Answer:
    """Every district compared, by rate, with what may be said of each; then all of them together."""
    asked.tables -= {"area_lookup", *asked.reader.count_tables}
    asked.tables |= {"district_month_counts", "district_population", "partnership_lookup", "series_breaks"}
    period, kind, nation = asked.question.period, asked.question.crime_type, asked.reader.nation
    if asked.question.peers != EVERYWHERE:
        asked.tables.add("peer_groups")
    peers = nation.peers(asked.question.peers, asked.reader.district, period)
    _refuse_months(asked)
    left_out = {one: nation.spoilt(one, period, kind) for one in peers.districts}
    kept = [one for one in peers.districts if not left_out[one]]
    _refuse_few(asked, kept)
    found = _compared(asked, kept)
    rows = [_row(each, len(found)) for each in found]
    whole = rate(sum(each.rate.count for each in found), sum(each.rate.population for each in found))
    rows.append(_whole(whole, len(found)))
    own = next(at for at, each in enumerate(found) if each.district.code == asked.reader.district)
    last = len(found)
    return Answer(
        title=f"{kind or 'Crimes'} per 1,000 residents: {asked.reader.name} and the {peers.name}, {period}",
        columns=_columns(kind or "Crimes", tuple(Cell(at, "count") for at in range(last))),
        rows=tuple(rows),
        facts={name: Cell(own, name) for name in FACTS if name in rows[own]}
        | {"compared": Cell(last, "compared"), "all_rate": Cell(last, "rate")},
        caveats=(*_caveats(left_out, last), SPREAD, RESIDENTS_ONLY, STREET_ROWS.said),
        chart="ranked",
        sums=(Sum(Cell(last, "count"), tuple(Cell(at, "count") for at in range(last))),),
        ordered_by="rate",
    )


@dataclass(frozen=True)
class _Compared:
    district: District
    rate: Rate
    rank: Rank
    judged: FunnelArea

    @property
    def judgement(self) -> str:
        if self.judged.judgement is Judgement.INSIDE:
            return "similar"
        return "higher" if self.judged.is_high else "lower"


def _compared(asked: Asked, kept: Sequence[District]) -> list[_Compared]:
    nation = asked.reader.nation
    counts = nation.counts(asked.question.period, asked.question.crime_type)
    residents = [nation.residents[one.code][0] for one in kept]
    events = [counts.get(one.code, 0) for one in kept]
    rates = [rate(count, size) for count, size in zip(events, residents, strict=True)]
    order = ranks([one.value for one in rates], [one.interval for one in rates])
    funnel = rate_funnel(events, residents).areas if any(events) else ()
    if not funnel:
        raise UnableToCompute(f"None of the districts compared has any {asked.question.crime_type or 'crime'} then.")
    found = [_Compared(*each) for each in zip(kept, rates, order, funnel, strict=True)]
    return sorted(found, key=lambda each: (each.rank.rank, each.district.name))


def _row(each: _Compared, compared: int) -> dict[str, Value]:
    return {
        "area": each.district.name,
        "area_code": each.district.code,
        "count": each.rate.count,
        "population": each.rate.population,
        "rate": each.rate.value,
        "lower": each.rate.interval.lower,
        "upper": each.rate.interval.upper,
        "method": each.rate.interval.method,
        "rank": each.rank.rank,
        "best": each.rank.best,
        "worst": each.rank.worst,
        "judgement": each.judgement,
        "compared": compared,
    }


def _whole(found: Rate, compared: int) -> dict[str, Value]:
    row = dict.fromkeys(("area_code", "rank", "best", "worst", "judgement"))
    return row | {
        "area": "All compared",
        "count": found.count,
        "population": found.population,
        "rate": found.value,
        "lower": found.interval.lower,
        "upper": found.interval.upper,
        "method": found.interval.method,
        "compared": compared,
    }


def _columns(what: str, counts: tuple[Cell, ...]) -> tuple[ResultColumn, ...]:
    area, *rest = rate_columns(what)
    return (
        area,
        ResultColumn("area_code", "Code", "text"),
        *rest,
        ResultColumn("rank", "Place", "number", also_on=counts),
        ResultColumn("best", "Place, highest", "number", also_on=counts),
        ResultColumn("worst", "Place, lowest", "number", also_on=counts),
        ResultColumn("judgement", "Against the others", "text", also_on=counts),
        ResultColumn("compared", "Districts compared", "number"),
    )


def _caveats(left_out: Mapping[District, Sequence[SeriesBreak]], compared: int) -> tuple[Caveat, ...]:
    """Who was left out and why; and what is said of those that stay in."""
    why: dict[str, list[str]] = defaultdict(list)
    for district, found in left_out.items():
        for one in found:
            why[one.sentence].append(district.name)
    missed = sum(bool(found) for found in left_out.values())
    if not missed:
        return (
            Caveat("left-out", f"All {compared} districts are compared: the register of breaks names none of them."),
        )
    said = " ".join(f"{_names(names)}: {sentence}" for sentence, names in why.items())
    districts = "1 district is" if missed == 1 else f"{missed} districts are"
    return (Caveat("left-out", f"{districts} left out, {compared} are compared. {said}"),)


def _names(names: Sequence[str]) -> str:
    listed = sorted(names)
    more = len(listed) - LISTED
    return ", ".join(listed) if more <= 0 else f"{', '.join(listed[:LISTED])} and {more} more"


def _refuse_months(asked: Asked) -> None:
    missing = [month for month in asked.question.period.months if month not in asked.reader.nation.months]
    if missing:
        raise UnableToCompute(f"No counts of other districts are kept for {in_words(missing)}.")


def _refuse_few(asked: Asked, kept: Sequence[District]) -> None:
    unknown = [one.name for one in kept if one.code not in asked.reader.nation.residents]
    if unknown:
        raise UnableToCompute(f"No residents are kept for {', '.join(unknown[:3])}: no rate can be given.")
    if asked.reader.district not in {one.code for one in kept}:
        told = " ".join(one.sentence for one in asked.reader.nation.breaks_of(asked.reader.district))
        raise UnableToCompute(f"{asked.reader.name} itself has no true count for the whole of this period. {told}")
    if len(kept) < FEWEST:
        raise UnableToCompute(
            f"Only {len(kept)} districts can be compared; with fewer than {FEWEST} nothing can be judged."
        )

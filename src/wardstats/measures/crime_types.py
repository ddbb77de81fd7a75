"""What crime consists of: the share of each type, and how each came and went."""

from __future__ import annotations

from collections.abc import Mapping

from wardstats.disclosure import Cell, Chosen, ResultColumn, Sum, Value
from wardstats.measures.asking import Asked
from wardstats.measures.caveats import usual
from wardstats.measures.counts import STREET_SOURCE
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.question import UnableToCompute
from wardstats.measures.registry import Answer, declares
from wardstats.methods import proportion

FACTS = {
    "total": "all crimes counted",
    "largest_type": "the type with the most crimes",
    "largest_count": "how many crimes are of that type",
    "largest_share": "which share of all crimes they are",
}


@declares(
    Measure(
        code="crime-by-type",
        name="Crimes by type",
        version=1,
        numerator="Published street-level crimes of each type",
        denominator="All published street-level crimes; anti-social behaviour incidents are not among them",
        unit="percent of crimes",
        period="any months",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.NEUTRAL,
        source=STREET_SOURCE,
        meaning="Which types make up the crime of an area.",
        cautions=("A share says nothing of harm: one violent crime and one stolen bicycle count the same.",),
        parameters=("from", "until", "area_code"),
        facts=FACTS,
    )
)
def crime_by_type(asked: Asked) -> Answer:
    """Count and share of each type, most numerous first, all crime as the last row."""
    period = asked.question.period
    totals = sorted(asked.totals("crime_type", period).items(), key=lambda each: (-each[1], each[0]))
    total, last = sum(count for _, count in totals), len(totals)
    if not total:
        raise UnableToCompute(f"No crime was published for {asked.place.name} in {period}, so there are no shares.")
    rows = [_row(kind, count, total) for kind, count in [*totals, ("All crime", total)]]
    whole, parts = Cell(last, "count"), tuple(Cell(at, "count") for at in range(last))
    return Answer(
        title=f"Crimes by type in {asked.place.name}, {period}",
        columns=(
            ResultColumn("crime_type", "Crime type", "text"),
            ResultColumn("count", "Crimes", "count"),
            *(
                ResultColumn(name, label, "percent", decimals=1, built_on=("count",), also_on=(whole,))
                for name, label in (
                    ("share", "Share of crimes"),
                    ("lower", "Lower limit, 95%"),
                    ("upper", "Upper limit, 95%"),
                )
            ),
        ),
        rows=tuple(rows),
        facts={
            "total": whole,
            **{
                f"largest_{name}": Chosen(0, column, "count")
                for name, column in (("type", "crime_type"), ("count", "count"), ("share", "share"))
            },
        },
        caveats=usual(asked, period),
        chart="bars",
        sums=(Sum(whole, parts),),
        ordered_by="count",
        covers={
            whole: asked.scope(period),
            **{cell: asked.scope(period, kind=kind) for cell, (kind, _) in zip(parts, totals, strict=True)},
        },
    )


def _row(kind: str, count: int, total: int) -> Mapping[str, Value]:
    found = proportion(count, total)
    return {
        "crime_type": kind,
        "count": count,
        "share": 100 * found.value,
        "lower": 100 * found.interval.lower,
        "upper": 100 * found.interval.upper,
    }

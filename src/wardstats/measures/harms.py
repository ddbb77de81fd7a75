"""Crime by number and by harm, side by side, under a set of weights that whoever asks must name."""

from __future__ import annotations

from collections.abc import Mapping

from wardstats.disclosure import Caveat, Cell, ResultColumn, Sum, Value
from wardstats.measures.asking import Asked
from wardstats.measures.caveats import usual
from wardstats.measures.counts import STREET_SOURCE
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.question import UnableToCompute
from wardstats.measures.registry import Answer, declares
from wardstats.methods import (
    COARSE,
    HarmPart,
    HarmWeights,
    UnknownCategory,
    UnknownWeights,
    WeightedHarm,
    all_harm_weights,
    harm_weights,
    weighted_harm,
)

FACTS = {
    "total": "all crimes counted",
    "harm": "their harm in days",
    "lower": "lower limit of the harm's 95% interval",
    "upper": "upper limit of the harm's 95% interval",
    "per_crime": "the days of harm for one crime, on average",
    "heaviest": "the type of the greatest weight that has a crime",
    "without_heaviest": "the harm in days of all other types",
}
OF_ALL = (
    ("all_harm", "Harm of all crime", 0),
    ("lower", "Lower limit, 95%", 0),
    ("upper", "Upper limit, 95%", 0),
    ("per_crime", "Harm for one crime", 1),
    ("without_heaviest", "Harm without the heaviest type", 0),
    ("without_lower", "Lower limit of that, 95%", 0),
    ("without_upper", "Upper limit of that, 95%", 0),
)


@declares(
    Measure(
        code="crime-harm",
        name="Crime by number and by harm",
        version=1,
        numerator="Published street-level crimes of each type, each times the weight of its type in the named set",
        denominator=None,
        unit="days of sentence, as the set of weights defines them",
        period="any months",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.LOWER,
        source=f"{STREET_SOURCE}; the named set of harm weights",
        meaning="How much harm the crime of an area comes to when graver crimes count for more, beside how many crimes there were.",
        cautions=(
            COARSE,
            "The sets of weights disagree by large factors for the same type: harm is compared under one set only.",
            "The interval knows chance alone; recorded crime moves more than that.",
            "A weight is a sentence, not what a victim suffers.",
        ),
        parameters=("from", "until", "area_code", "weights"),
        facts=FACTS,
    )
)
def crime_harm(asked: Asked) -> Answer:
    """Count, weight and harm of each type in the order of their names, all crime as the last row."""
    period = asked.question.period
    weights = _weights(asked.question.weights)
    totals = asked.totals("crime_type", period)
    if not sum(totals.values()):
        raise UnableToCompute(
            f"No crime was published for {asked.place.name} in {period}, so there is no harm to weigh."
        )
    try:
        found = weighted_harm(totals, weights)
    except UnknownCategory as error:
        raise UnableToCompute(f"Harm cannot be added up: {error}. Choose another set of weights.") from error
    parts = sorted(found.parts, key=lambda part: part.category)
    whole, cells = Cell(len(parts), "count"), tuple(Cell(at, "count") for at in range(len(parts)))
    return Answer(
        title=f"Crime and its harm in {asked.place.name}, {period}, by the {weights.name}",
        columns=_columns((*cells, whole)),
        rows=(*(_row(part, found) for part in parts), _all(found)),
        facts={"total": whole, "harm": Cell(whole.row, "all_harm")}
        | {name: Cell(whole.row, name) for name in FACTS if name not in ("total", "harm")},
        caveats=(*usual(asked, period), *_said(weights)),
        sums=(Sum(whole, cells),),
        covers={
            whole: asked.scope(period),
            **{cell: asked.scope(period, kind=part.category) for cell, part in zip(cells, parts, strict=True)},
        },
    )


def _weights(code: str | None) -> HarmWeights:
    if code is None:
        sets = "; ".join(f"“{weights.code}” ({weights.name})" for weights in all_harm_weights())
        raise UnableToCompute(f"Name the set of harm weights, as they disagree by large factors. There are {sets}.")
    try:
        return harm_weights(code)
    except UnknownWeights as error:
        raise UnableToCompute(f"{str(error)[0].upper()}{str(error)[1:]}.") from error


def _row(part: HarmPart, found: WeightedHarm) -> Mapping[str, Value]:
    return {
        "crime_type": part.category,
        "count": part.count,
        "weight": part.weight,
        "harm": part.harm,
        "share": 100 * part.harm / found.harm,
        "heaviest": None,
        **{name: None for name, _, _ in OF_ALL},
    }


def _all(found: WeightedHarm) -> Mapping[str, Value]:
    return {
        "crime_type": "All crime",
        "count": found.count,
        "weight": None,
        "harm": None,
        "share": None,
        "all_harm": found.harm,
        "lower": found.interval.lower,
        "upper": found.interval.upper,
        "per_crime": found.per_crime,
        "heaviest": found.heaviest,
        "without_heaviest": found.without_heaviest,
        "without_lower": found.without_heaviest_interval.lower,
        "without_upper": found.without_heaviest_interval.upper,
    }


def _columns(everywhere: tuple[Cell, ...]) -> tuple[ResultColumn, ...]:
    """What is made of all types is hidden with any of them: their weights are known, so that two sums would give a count."""
    *of_all, without, without_lower, without_upper = (
        ResultColumn(name, label, "number", "days", decimals, ("count",), everywhere)
        for name, label, decimals in OF_ALL
    )
    return (
        ResultColumn("crime_type", "Crime type", "text"),
        ResultColumn("count", "Crimes", "count"),
        ResultColumn("weight", "Weight of one crime", "number", "days", 2),
        ResultColumn("harm", "Harm", "number", "days", 0, ("count",)),
        ResultColumn("share", "Share of harm", "percent", "", 1, ("count",), everywhere),
        *of_all,
        ResultColumn("heaviest", "Heaviest type", "text", built_on=("count",), also_on=everywhere),
        without,
        without_lower,
        without_upper,
    )


def _said(weights: HarmWeights) -> tuple[Caveat, ...]:
    return (
        Caveat(
            "harm-weights",
            f"Harm is weighted by the {weights.name}: {weights.unit}; {weights.made}. {weights.source}; {weights.licence}.",
        ),
        Caveat("harm-coarse", COARSE),
    )

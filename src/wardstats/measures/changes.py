"""Change between two periods of equal length, of all crime and by type."""

from __future__ import annotations

from collections.abc import Mapping

from wardstats.disclosure import Caveat, Cell, ResultColumn, Sum, Value
from wardstats.measures.asking import Asked, in_words
from wardstats.measures.caveats import usual
from wardstats.measures.counts import STREET_SOURCE
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.question import UnableToCompute
from wardstats.measures.registry import Answer, declares
from wardstats.methods import change

BUILT_ON = ("before", "after")
VARIES = Caveat(
    "more-than-chance",
    "The interval allows for chance alone. Recorded crime varies more than that, so a small change that is called higher "
    "or lower should be seen in the monthly chart as well.",
)


@declares(
    Measure(
        code="crime-change",
        name="Change in crimes between two periods",
        version=1,
        numerator="Published street-level crimes of the later period",
        denominator="Published street-level crimes of the earlier period of equal length",
        unit="percent",
        period="two periods of equal length",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.LOWER,
        source=STREET_SOURCE,
        meaning="How the crimes of a period stand to those of an earlier one, and whether chance alone could explain it.",
        cautions=("An area that was chosen because it was high falls by itself.",),
        parameters=("from", "until", "compare_from", "compare_until", "crime_type", "area_code"),
    )
)
def crime_change(asked: Asked) -> Answer:
    """The change between two periods, both counts beside it."""
    _refuse_gaps(asked)
    now, before = asked.question.period, asked.question.compared
    what = asked.question.crime_type or "Crimes"
    row = {"area": asked.place.name, **change_row(asked.total(before), asked.total(now))}
    return Answer(
        title=f"{what} in {asked.place.name}: {now} compared with {before}",
        columns=(ResultColumn("area", "Area", "text"), *_columns(str(before), str(now))),
        rows=(row,),
        facts={name: Cell(0, name) for name in row},
        caveats=(*usual(asked, before, now), VARIES),
        chart="interval",
    )


@declares(
    Measure(
        code="type-change",
        name="Change by crime type between two periods",
        version=1,
        numerator="Published street-level crimes of each type in the later period",
        denominator="The same in the earlier period of equal length",
        unit="percent",
        period="two periods of equal length",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.LOWER,
        source=STREET_SOURCE,
        meaning="Which types of crime rose or fell between two periods, and which of the changes chance could explain.",
        cautions=(
            "With fourteen types, one or so is called higher or lower by chance alone.",
            "Crimes move between types when recording rules change.",
        ),
        parameters=("from", "until", "compare_from", "compare_until", "area_code"),
    )
)
def type_change(asked: Asked) -> Answer:
    """The change of each crime type, most numerous first, with all crime as the last row."""
    _refuse_gaps(asked)
    now, before = asked.question.period, asked.question.compared
    earlier, later = asked.totals("crime_type", before), asked.totals("crime_type", now)
    kinds = sorted(earlier.keys() | later.keys(), key=lambda kind: (-later.get(kind, 0), kind))
    rows: list[Mapping[str, Value]] = [
        {"crime_type": kind, **change_row(earlier.get(kind, 0), later.get(kind, 0))} for kind in kinds
    ]
    rows.append({"crime_type": "All crime", **change_row(sum(earlier.values()), sum(later.values()))})
    last = len(kinds)
    return Answer(
        title=f"Change by crime type in {asked.place.name}: {now} compared with {before}",
        columns=(ResultColumn("crime_type", "Crime type", "text"), *_columns(str(before), str(now))),
        rows=tuple(rows),
        facts={f"total_{name}": Cell(last, name) for name in ("before", "after", "percent", "verdict")},
        caveats=(*usual(asked, before, now), VARIES),
        chart="interval",
        sums=tuple(Sum(Cell(last, name), tuple(Cell(at, name) for at in range(last))) for name in BUILT_ON),
        ordered_by="after",
    )


def change_row(before: int, after: int) -> dict[str, Value]:
    """Both counts, their change with its interval, and what may be said of it."""
    found = change(before, after)
    lower, upper = found.percent_limits or (None, None)
    return {
        "before": before,
        "after": after,
        "difference": after - before,
        "percent": found.percent,
        "lower": lower,
        "upper": upper,
        "verdict": found.verdict.value,
    }


def _columns(before: str, after: str) -> tuple[ResultColumn, ...]:
    return (
        ResultColumn("before", before, "count"),
        ResultColumn("after", after, "count"),
        ResultColumn("difference", "Difference", "number", built_on=BUILT_ON),
        ResultColumn("percent", "Change", "percent", decimals=1, built_on=BUILT_ON),
        ResultColumn("lower", "Lower limit, 95%", "percent", decimals=1, built_on=BUILT_ON),
        ResultColumn("upper", "Upper limit, 95%", "percent", decimals=1, built_on=BUILT_ON),
        ResultColumn("verdict", "What may be said", "text", built_on=BUILT_ON),
    )


def _refuse_gaps(asked: Asked) -> None:
    for period in (asked.question.period, asked.question.compared):
        missing = asked.missing(period)
        if missing:
            raise UnableToCompute(
                f"Nothing was submitted for {in_words(missing)}, so {period} has no total that can be compared."
            )

"""Change between two periods of equal length, of all crime and by type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from ibis import _

from wardstats.disclosure import Caveat, Cell, ResultColumn, Sum, Value
from wardstats.measures.asking import Asked, in_words
from wardstats.measures.caveats import usual
from wardstats.measures.counts import STREET_SOURCE
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.periods import Period
from wardstats.measures.question import UnableToCompute
from wardstats.measures.registry import Answer, declares
from wardstats.methods import Change, Verdict, change, paired_dispersion

BUILT_ON = ("before", "after")
MONTHLY_ENOUGH = 5
VARIES = Caveat(
    "more-than-chance",
    "Recorded crime varies more than chance alone. Where there are five or more a month in both periods, the interval is "
    "widened by how much the months moved beyond chance; with fewer it allows for chance alone. Neither says why.",
)
CHANGE_FACTS = {
    "area": "the area counted",
    "before": "crimes of the earlier period",
    "after": "crimes of the later period",
    "difference": "the later less the earlier",
    "percent": "the change in percent of the earlier",
    "lower": "lower limit of the change's 95% interval",
    "upper": "upper limit of the change's 95% interval",
    "method": "how the interval was made",
    "verdict": "higher, lower, not significantly different, or not comparable",
}


@declares(
    Measure(
        code="crime-change",
        name="Change in crimes between two periods",
        version=2,
        numerator="Published street-level crimes of the later period",
        denominator="Published street-level crimes of the earlier period of equal length",
        unit="percent",
        period="two periods of equal length",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.LOWER,
        source=STREET_SOURCE,
        meaning="How the crimes of a period stand to those of an earlier one, and whether the change is more than chance.",
        cautions=("An area that was chosen because it was high falls by itself.",),
        parameters=("from", "until", "compare_from", "compare_until", "crime_type", "area_code"),
        facts=CHANGE_FACTS,
    )
)
def crime_change(asked: Asked) -> Answer:
    """The change between two periods, both counts beside it."""
    _refuse_gaps(asked)
    now, before = asked.question.period, asked.question.compared
    what = asked.question.crime_type or "Crimes"
    found = _changed(_by_month(asked, before), _by_month(asked, now))
    row = {"area": asked.place.name, **_row(asked, found, asked.question.crime_type)}
    return Answer(
        title=f"{what} in {asked.place.name}: {now} compared with {before}",
        columns=(ResultColumn("area", "Area", "text"), *_columns(str(before), str(now))),
        rows=(row,),
        facts={name: Cell(0, name) for name in row},
        caveats=(*usual(asked, before, now), VARIES),
        chart="interval",
        covers={Cell(0, "before"): asked.scope(before), Cell(0, "after"): asked.scope(now)},
    )


@declares(
    Measure(
        code="type-change",
        name="Change by crime type between two periods",
        version=2,
        numerator="Published street-level crimes of each type in the later period",
        denominator="The same in the earlier period of equal length",
        unit="percent",
        period="two periods of equal length",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.LOWER,
        source=STREET_SOURCE,
        meaning="Which types of crime rose or fell between two periods, and which of the changes are more than chance.",
        cautions=(
            "With fourteen types, one or so is called higher or lower by chance alone.",
            "Crimes move between types when recording rules change.",
        ),
        parameters=("from", "until", "compare_from", "compare_until", "area_code"),
        facts={f"total_{name}": f"{meaning}, of all crime" for name, meaning in CHANGE_FACTS.items() if name != "area"},
    )
)
def type_change(asked: Asked) -> Answer:
    """The change of each crime type, most numerous first, with all crime as the last row."""
    _refuse_gaps(asked)
    now, before = asked.question.period, asked.question.compared
    earlier, later = _by_type(asked, before), _by_type(asked, now)
    kinds = sorted(earlier.keys() | later.keys(), key=lambda kind: (-sum(later.get(kind, ())), kind))
    nothing = [0] * now.length
    found = [_changed(earlier.get(kind, nothing), later.get(kind, nothing)) for kind in kinds]
    whole = _changed(
        *([sum(month) for month in zip(nothing, *each.values(), strict=True)] for each in (earlier, later))
    )
    rows: list[Mapping[str, Value]] = [
        {"crime_type": kind or "All crime", **_row(asked, one, kind)}
        for kind, one in zip([*kinds, None], [*found, whole], strict=True)
    ]
    last = len(kinds)
    return Answer(
        title=f"Change by crime type in {asked.place.name}: {now} compared with {before}",
        columns=(ResultColumn("crime_type", "Crime type", "text"), *_columns(str(before), str(now))),
        rows=tuple(rows),
        facts={
            f"total_{name}": Cell(last, name)
            for name in ("before", "after", "difference", "percent", "lower", "upper", "method", "verdict")
        },
        caveats=(*usual(asked, before, now), VARIES),
        chart="interval",
        sums=tuple(Sum(Cell(last, name), tuple(Cell(at, name) for at in range(last))) for name in BUILT_ON),
        ordered_by="after",
        covers={
            Cell(at, name): asked.scope(period, kind=kind)
            for at, kind in enumerate([*kinds, None])
            for name, period in zip(BUILT_ON, (before, now), strict=True)
        },
    )


def _by_month(asked: Asked, period: Period) -> list[int]:
    totals = asked.totals("month", period)
    return [totals.get(month, 0) for month in period.months]


def _by_type(asked: Asked, period: Period) -> dict[str, list[int]]:
    rows = asked.reader.ask(asked.events(period).group_by(["crime_type", "month"]).agg(count=_["count"].sum()))
    found: dict[str, list[int]] = defaultdict(lambda: [0] * period.length)
    position = {month: at for at, month in enumerate(period.months)}
    for row in rows:
        found[row["crime_type"]][position[row["month"]]] = int(row["count"])
    return dict(found)


def _changed(before: Sequence[int], after: Sequence[int]) -> Change:
    """The change of two totals, its interval widened by how the months moved where they are enough to tell."""
    enough = min(sum(before), sum(after)) >= MONTHLY_ENOUGH * len(before)
    return change(sum(before), sum(after), dispersion=paired_dispersion(before, after) if enough else None)


def _row(asked: Asked, found: Change, kind: str | None) -> dict[str, Value]:
    """Both counts, their change with its interval, and what may be said of it: across a step of the series, nothing."""
    counts: dict[str, Value] = {
        "before": found.before,
        "after": found.after,
        "difference": found.after - found.before,
    }
    if asked.is_divided(kind):
        nothing = dict.fromkeys(("percent", "lower", "upper", "method"))
        return counts | nothing | {"verdict": Verdict.NOT_COMPARABLE.value}
    lower, upper = found.percent_limits or (None, None)
    return counts | {
        "percent": found.percent,
        "lower": lower,
        "upper": upper,
        "method": None if found.interval is None else found.interval.method,
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
        ResultColumn("method", "Interval", "text", built_on=BUILT_ON),
        ResultColumn("verdict", "What may be said", "text", built_on=BUILT_ON),
    )


def _refuse_gaps(asked: Asked) -> None:
    for period in (asked.question.period, asked.question.compared):
        missing = asked.missing(period)
        if missing:
            raise UnableToCompute(
                f"Nothing was submitted for {in_words(missing)}, so {period} has no total that can be compared."
            )
        spoilt = asked.spoilt(period)
        if spoilt:
            raise UnableToCompute(
                f"The rows of {in_words(spoilt)} are not all or not true, so {period} has no total that can be compared. "
                + " ".join(one.sentence for one in asked.breaks(period))
            )

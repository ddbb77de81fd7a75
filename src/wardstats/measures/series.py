"""Month by month, on a control chart."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from wardstats.disclosure import Caveat, Cell, Chosen, ResultColumn, Value
from wardstats.measures.asking import Asked, in_words
from wardstats.measures.breaks import SeriesBreak
from wardstats.measures.caveats import ASB_RECORDING, limits_from, usual
from wardstats.measures.counts import STREET_SOURCE
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.periods import Period, days_in, month_after
from wardstats.measures.registry import Answer, declares
from wardstats.methods import ChartLimits, ControlChart, Rebase, Segment, SpecialCause, control_chart, rebased

ORDINARY = "within ordinary variation"
BASELINE = 12
"""The limits are frozen on the first year, so that they know every season once and a change stands out against it. Limits from
the whole of a series that falls would call its beginning and its end special, and say nothing about either."""
FACTS = {
    "first_month": "the first month counted",
    "first_count": "how many there were in the first month",
    "last_month": "the latest month counted",
    "last_count": "how many there were in the latest month",
    "last_variation": "whether the latest month is within ordinary variation, or why not",
    "highest_month": "the month with the most",
    "highest_count": "how many there were in it",
    "lowest_month": "the month with the fewest",
    "lowest_count": "how many there were in it",
    "average": "the average of the first twelve months",
    "lower_limit": "the lower limit of ordinary variation",
    "upper_limit": "the upper limit of ordinary variation",
}


@declares(
    Measure(
        code="crime-monthly",
        name="Crimes by month",
        version=2,
        numerator="Published street-level crimes of each month; anti-social behaviour incidents are not among them",
        denominator=None,
        unit="crimes",
        period="monthly",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.LOWER,
        source=STREET_SOURCE,
        meaning="How crime came and went from month to month, and which months are unlike those of the first year.",
        cautions=(
            "The limits do not know the season: summers may stand out because they are summers.",
            "The limits stay those of the first twelve months; once a change is known to last, ask from a later month.",
            "Months differ in length by a tenth; ask for the count per day to take that out.",
        ),
        parameters=("from", "until", "crime_type", "area_code", "per_day"),
        facts=FACTS,
    )
)
def crime_monthly(asked: Asked) -> Answer:
    """Crimes by month; limits from the first twelve months."""
    return _monthly(asked, asked.question.crime_type or "Crimes", incidents=False)


@declares(
    Measure(
        code="asb-monthly",
        name="Anti-social behaviour incidents by month",
        version=2,
        numerator="Published anti-social behaviour incidents of each month",
        denominator=None,
        unit="incidents",
        period="monthly",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.NEUTRAL,
        source=STREET_SOURCE,
        meaning="How incidents came and went from month to month, and which months are unlike those of the first year.",
        cautions=("From September 2025 recording looks changed: the fall is not an improvement.",),
        parameters=("from", "until", "area_code", "per_day"),
        facts=FACTS,
    )
)
def asb_monthly(asked: Asked) -> Answer:
    """Incidents by month; limits from the first twelve months, none of them after recording looks changed."""
    return _monthly(asked, "Anti-social behaviour incidents", incidents=True)


@dataclass(frozen=True)
class _Month:
    month: str
    count: int | None
    days: int


def _monthly(asked: Asked, what: str, *, incidents: bool) -> Answer:
    period, per_day = asked.question.period, asked.question.per_day
    months = _months(asked, incidents=incidents)
    values = [None if at.count is None else at.count / (at.days if per_day else 1) for at in months]
    stretches = _stretches(asked, values, incidents=incidents)
    judged = [(causes, one.chart) for one in stretches for causes in one.chart.causes]
    rows = tuple(
        {"month": at.month, "count": at.count, "value": value, **_limits(chart.limits)}
        | {"special": None if value is None else _variation(value, causes, chart)}
        for at, value, (causes, chart) in zip(months, values, judged, strict=True)
    )
    everywhere = tuple(Cell(at, "count") for at, row in enumerate(rows) if row["count"] is not None)
    return Answer(
        title=f"{what} by month in {asked.place.name}, {period}",
        columns=_columns(what, per_day, everywhere),
        rows=rows,
        facts=_facts(values, by="value" if per_day else "count"),
        caveats=(
            *usual(asked, period, incidents=incidents),
            *_limits_said(asked, stretches, values, incidents=incidents),
        ),
        covers={cell: asked.scope(_alone(period.months[cell.row]), incidents=incidents) for cell in everywhere},
        chart="control" if any(one.chart.limits for one in stretches) else "line",
    )


def _stretches(asked: Asked, values: Sequence[float | None], *, incidents: bool) -> tuple[Segment[ControlChart], ...]:
    """The series cut where the register of breaks has a step, each stretch with limits of its own first twelve months."""
    months = asked.question.period.months
    steps = [one for one in asked.breaks(asked.question.period) if not one.kind.is_hole]
    rebases = [Rebase(months.index(one.since), one.sentence) for one in _one_a_month(steps)]

    def drawn(part: slice) -> ControlChart:
        return control_chart(
            values[part], baseline=_baseline(values[part], months[part], incidents=incidents and not part.start)
        )

    return rebased(len(values), rebases, drawn)


def _one_a_month(steps: Sequence[SeriesBreak]) -> list[SeriesBreak]:
    """Steps in the order of their months; of several in one month the first, since limits restart once."""
    return [group[0] for _since, group in sorted(_by_month(steps).items())]


def _by_month(steps: Sequence[SeriesBreak]) -> dict[date, list[SeriesBreak]]:
    found: dict[date, list[SeriesBreak]] = defaultdict(list)
    for one in steps:
        found[one.since].append(one)
    return found


def _months(asked: Asked, *, incidents: bool) -> list[_Month]:
    """Every month of the period; one that cannot be counted has no count, one without events has nought."""
    period = asked.question.period
    totals = asked.totals("month", period, incidents=incidents)
    missing = {*asked.missing(period), *asked.without_code(period), *asked.spoilt(period)}
    return [
        _Month(f"{month:%Y-%m}", None if month in missing else totals.get(month, 0), days_in(month))
        for month in period.months
    ]


def _baseline(values: Sequence[float | None], months: Sequence[date], *, incidents: bool) -> int:
    """How many of the first months hold twelve that were counted; of incidents, none since recording looks changed.

    A stretch that restarts at a break of the register is not asked about incidents: the register knows better.
    """
    usable = [not incidents or month < ASB_RECORDING.since for month in months]
    known = [at for at, value in enumerate(values) if value is not None and usable[at]]
    return known[BASELINE - 1] + 1 if len(known) >= BASELINE else len(known)


def _limits_said(
    asked: Asked, stretches: Sequence[Segment[ControlChart]], values: Sequence[float | None], *, incidents: bool
) -> tuple[Caveat, ...]:
    """Which months the limits are those of; where they restart, those of the last stretch, and that they do."""
    last, months = stretches[-1], asked.question.period.months
    own = months[last.start : last.stop]
    baseline = own[: _baseline(values[last.start : last.stop], own, incidents=incidents and not last.start)]
    said = limits_from(baseline[0], baseline[-1]) if last.chart.limits else ()
    if len(stretches) == 1:
        return said
    starts = in_words([months[one.start] for one in stretches[1:]])
    restart = f"Average and limits restart in {starts}, where the register has a break; no run of months spans it."
    return (*said, Caveat("limits-restart", restart))


def _variation(value: float, causes: Sequence[SpecialCause], chart: ControlChart) -> str:
    """In few words, the strongest reason why a month is unlike the ordinary ones."""
    if not causes or chart.limits is None:
        return ORDINARY
    side = "above" if value > chart.limits.centre else "below"
    return {
        SpecialCause.OUTSIDE: f"{side} the limits",
        SpecialCause.RUN: f"in a run {side} the average",
        SpecialCause.TREND: "in a steady rise or fall",
        SpecialCause.NEAR_LIMIT: f"far {side} the average",
    }[causes[0]]


def _limits(limits: ChartLimits | None) -> dict[str, Value]:
    if limits is None:
        return {"centre": None, "lower": None, "upper": None}
    return {"centre": limits.centre, "lower": limits.lower, "upper": limits.upper}


def _columns(what: str, per_day: bool, everywhere: tuple[Cell, ...]) -> tuple[ResultColumn, ...]:
    unit, decimals = ("per day", 2) if per_day else ("", 0)
    return (
        ResultColumn("month", "Month", "month"),
        ResultColumn("count", what, "count"),
        ResultColumn("value", "Charted value", "rate", unit, decimals, ("count",)),
        ResultColumn("centre", "Average", "rate", unit, 1 + per_day, also_on=everywhere),
        ResultColumn("lower", "Lower limit", "rate", unit, 1 + per_day, also_on=everywhere),
        ResultColumn("upper", "Upper limit", "rate", unit, 1 + per_day, also_on=everywhere),
        ResultColumn("special", "Variation", "text", also_on=everywhere),
    )


def _alone(month: date) -> Period:
    return Period(month, month_after(month, 1))


def _facts(values: list[float | None], *, by: str) -> dict[str, Cell]:
    known = [(value, at) for at, value in enumerate(values) if value is not None]
    if not known:
        return {}
    first, last = known[0][1], known[-1][1]
    highest, lowest = max(known, key=lambda each: each[0])[1], min(known, key=lambda each: each[0])[1]
    found = {"average": Cell(last, "centre"), "lower_limit": Cell(last, "lower"), "upper_limit": Cell(last, "upper")}
    for name, at in (("first", first), ("last", last)):
        found |= {f"{name}_count": Cell(at, "count"), f"{name}_month": Cell(at, "month")}
    for name, at in (("highest", highest), ("lowest", lowest)):
        found |= {f"{name}_count": Chosen(at, "count", by), f"{name}_month": Chosen(at, "month", by)}
    return found | {"last_variation": Cell(last, "special")}

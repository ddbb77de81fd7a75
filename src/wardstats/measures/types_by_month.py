"""Each type of crime month by month, side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from wardstats.disclosure import Caveat, Cell, Chosen, Covers, ResultColumn, Scope, Sum, Value
from wardstats.measures.asking import Asked
from wardstats.measures.caveats import usual
from wardstats.measures.counts import STREET_SOURCE
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.periods import Period, month_after
from wardstats.measures.question import UnableToCompute
from wardstats.measures.registry import Answer, declares

ALL = "All crime"
MOST_MONTHS = 36
"""More can neither be read in small charts nor, where counts are small, be audited while somebody waits."""
COUNTED_MONTHS = Caveat(
    "counted-months",
    "The totals are of the months counted: a month that is a gap is in none of them, and is not nought.",
)
FACTS = {
    "total": "all crimes counted",
    "largest_type": "the type with the most crimes",
    "largest_count": "how many crimes are of that type",
}


@declares(
    Measure(
        code="types-by-month",
        name="Types of crime by month",
        version=1,
        numerator="Published street-level crimes of each type in each month; anti-social behaviour incidents are not among them",
        denominator=None,
        unit="crimes",
        period="monthly",
        geography="district, ward, LSOA, or an area of a set",
        direction=Direction.NEUTRAL,
        source=STREET_SOURCE,
        meaning="How each type of crime came and went from month to month, so that their courses can be held side by side.",
        cautions=(
            "Each small chart has its own scale unless one for all is asked for: compare courses, not heights.",
            "Small counts come and go by chance; no limits of ordinary variation are drawn here.",
        ),
        parameters=("from", "until", "area_code"),
        facts=FACTS,
    )
)
def types_by_month(asked: Asked) -> Answer:
    """Every type by month, then the totals of the types, of the months, and of all."""
    _refuse_long(asked.question.period)
    grid = _Grid.of(asked)
    rows, cells = grid.table()
    largest = max(grid.types, key=lambda kind: (grid.total(kind) or 0, kind))
    return Answer(
        title=f"Types of crime by month in {asked.place.name}, {asked.question.period}",
        columns=(
            ResultColumn("crime_type", "Crime type", "text"),
            ResultColumn("month", "Month", "month"),
            ResultColumn("count", "Crimes", "count"),
        ),
        rows=rows,
        facts={
            "total": cells[ALL, None],
            "largest_type": Chosen(cells[largest, None].row, "crime_type", "count"),
            "largest_count": Chosen(cells[largest, None].row, "count", "count"),
        },
        caveats=(*usual(asked, asked.question.period), *((COUNTED_MONTHS,) if grid.has_gaps else ())),
        chart="multiples",
        sums=grid.sums(cells),
        covers=grid.covers(asked, cells),
    )


def _refuse_long(period: Period) -> None:
    if period.length > MOST_MONTHS:
        raise UnableToCompute(
            f"Types are shown by month over at most {MOST_MONTHS} months; {period} has {period.length}. Ask for fewer."
        )


Cells = Mapping[tuple[str, date | None], Cell]
"""Where each count stands, by type and month; the month of a total is None."""


@dataclass(frozen=True)
class _Grid:
    """Counts by type and month; a month that could not be counted is left out of its type, one without events is nought."""

    months: tuple[date, ...]
    by_type: Mapping[str, Mapping[date, int]]
    counted: frozenset[date]
    """The months in which every type was counted."""

    @classmethod
    def of(cls, asked: Asked) -> _Grid:
        """What the evidence has of the period. Raises UnableToCompute where that is nothing."""
        period = asked.question.period
        found = asked.totals_of_types(period)
        nowhere = {*asked.missing(period), *asked.without_code(period)}
        known = {kind: set(period.months) - nowhere - set(asked.spoilt(period, kind)) for kind in sorted(found)}
        if not any(found[kind].keys() & months for kind, months in known.items()):
            raise UnableToCompute(
                f"No crime was published for {asked.place.name} in {period}: there is nothing to draw."
            )
        by_type = {
            kind: {month: found[kind].get(month, 0) for month in period.months if month in months}
            for kind, months in known.items()
        }
        return cls(period.months, by_type, frozenset(period.months) - nowhere - set(asked.spoilt(period)))

    @property
    def types(self) -> tuple[str, ...]:
        """By name: an order by number would say something of numbers that are hidden."""
        return tuple(self.by_type)

    @property
    def has_gaps(self) -> bool:
        return any(len(known) < len(self.months) for known in self.by_type.values())

    def total(self, kind: str) -> int | None:
        """All crimes of a type; None where no month of it was counted."""
        return sum(self.by_type[kind].values()) if self.by_type[kind] else None

    def table(self) -> tuple[tuple[Mapping[str, Value], ...], Cells]:
        """The rows, and where each count stands among them."""
        counts: dict[tuple[str, date | None], int | None] = {
            (kind, month): known.get(month) for kind, known in self.by_type.items() for month in self.months
        }
        counts |= {(kind, None): self.total(kind) for kind in self.types}
        for month in self.months:
            every = (known[month] for known in self.by_type.values() if month in known)
            counts[ALL, month] = sum(every) if month in self.counted else None
        counts[ALL, None] = sum(self.total(kind) or 0 for kind in self.types)
        rows: tuple[Mapping[str, Value], ...] = tuple(
            {"crime_type": kind, "month": f"{month:%Y-%m}" if month else None, "count": count}
            for (kind, month), count in counts.items()
        )
        return rows, {key: Cell(at, "count") for at, key in enumerate(counts)}

    def sums(self, cells: Cells) -> tuple[Sum, ...]:
        """Months add up to types, types to months, and both to all, as far as they were counted."""
        found = [
            Sum(cells[kind, None], tuple(cells[kind, month] for month in known))
            for kind, known in self.by_type.items()
            if known
        ]
        found += [
            Sum(cells[ALL, month], tuple(cells[kind, month] for kind in self.types))
            for month in self.months
            if month in self.counted
        ]
        found.append(Sum(cells[ALL, None], tuple(cells[kind, None] for kind in self.types if self.by_type[kind])))
        if self._is_whole:
            found.append(
                Sum(cells[ALL, None], tuple(cells[ALL, month] for month in self.months if month in self.counted))
            )
        return tuple(found)

    def covers(self, asked: Asked, cells: Cells) -> Covers:
        """What each count is of. The total of all has no scope where types were counted over different months."""
        found: dict[Cell, Scope] = {}
        for kind, known in self.by_type.items():
            found |= {cells[kind, month]: _scope(asked, [month], kind) for month in known}
            if known:
                found[cells[kind, None]] = _scope(asked, list(known), kind)
        counted = sorted(self.counted)
        found |= {cells[ALL, month]: _scope(asked, [month]) for month in counted}
        if self._is_whole:
            found[cells[ALL, None]] = _scope(asked, counted)
        return found

    @property
    def _is_whole(self) -> bool:
        """Whether every type was counted in the same months."""
        return all(known.keys() == self.counted for known in self.by_type.values())


def _scope(asked: Asked, months: Sequence[date], kind: str | None = None) -> Scope:
    """What a count over some months covers: a box for each run of months without a gap."""
    runs = [asked.scope(run, kind=kind) for run in _runs(months)]
    return replace(runs[0], boxes=tuple(box for run in runs for box in run.boxes))


def _runs(months: Sequence[date]) -> list[Period]:
    """Months in order as the fewest periods that hold them and no other."""
    numbered = groupby(enumerate(months), key=lambda each: 12 * each[1].year + each[1].month - each[0])
    runs = [[month for _, month in run] for _, run in numbered]
    return [Period(run[0], month_after(run[-1], 1)) for run in runs]

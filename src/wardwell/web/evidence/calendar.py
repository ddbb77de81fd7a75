"""A dataset's months as a calendar: one row a year, so that a hole is seen before it is counted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Literal

from wardwell.evidence.queries import SupplyView
from wardwell.evidence.rules import Cadence, next_month

State = Literal["held", "renewed", "part", "missing", "quiet", "late", "awaited", "outside"]

WORDS: dict[State, str] = {
    "held": "held",
    "renewed": "held, in a newer edition",
    "part": "held in part",
    "missing": "missing",
    "quiet": "no row, which is no fault here",
    "late": "late",
    "awaited": "not due yet",
    "outside": "not part of this dataset",
}
SIGNS: dict[State, str] = {
    "held": "✓",
    "renewed": "↻",
    "part": "½",
    "missing": "✕",
    "quiet": "0",
    "late": "!",
    "awaited": "…",
    "outside": "",
}
MOST_LATE = 12
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Square:
    """One month: its state as a sign, and in words for whoever cannot see the sign."""

    state: State
    words: str

    @property
    def sign(self) -> str:
        return SIGNS[self.state]


@dataclass(frozen=True, slots=True)
class Year:
    """A row of the calendar."""

    year: int
    squares: tuple[Square, ...]


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The picture of one dataset; it is a table, so it can be read out and printed."""

    template: ClassVar[str] = "evidence/calendar.html"

    name: str
    years: Sequence[Year]

    @property
    def months(self) -> tuple[str, ...]:
        return MONTHS

    @property
    def legend(self) -> tuple[Square, ...]:
        """The states that occur, in a fixed order."""
        present = {square.state for year in self.years for square in year.squares} - {"outside"}
        return tuple(Square(state, WORDS[state]) for state in WORDS if state in present)


def calendar_of(supplied: SupplyView, *, as_at: date) -> Calendar | None:
    """The calendar of a dataset that has months; None for one that has none."""
    if supplied.first_month is None or supplied.last_month is None:
        return None
    awaited = dict(_awaited(supplied, as_at))
    last = max(awaited, default=supplied.last_month)
    years = range(supplied.first_month.year, last.year + 1)
    rows = [
        Year(year, tuple(_square(supplied, date(year, month, 1), awaited) for month in range(1, 13))) for year in years
    ]
    return Calendar(name=supplied.dataset.name, years=rows)


def _square(supplied: SupplyView, month: date, awaited: dict[date, State]) -> Square:
    state = _state(supplied, month, awaited)
    lacking = sorted(gap.unit for gap in supplied.gaps if gap.month == month)
    words = f"held in part, without {', '.join(lacking)}" if state == "part" else WORDS[state]
    return Square(state, words)


def _state(supplied: SupplyView, month: date, awaited: dict[date, State]) -> State:
    if month in awaited:
        return awaited[month]
    first, last = supplied.first_month, supplied.last_month
    if first is None or last is None or not first <= month <= last:
        return "outside"
    if month in supplied.missing or month in supplied.quiet:
        return "missing" if month in supplied.missing else "quiet"
    if any(gap.month == month for gap in supplied.gaps):
        return "part"
    return "renewed" if month in supplied.renewed else "held"


def _awaited(supplied: SupplyView, as_at: date) -> Iterator[tuple[date, State]]:
    """The months after the last one held, up to the first that is not due yet; a year of them at most."""
    if supplied.last_month is None or supplied.due_on is None or supplied.dataset.cadence != Cadence.MONTHLY:
        return
    month = next_month(supplied.last_month)
    patience: timedelta = supplied.due_on - next_month(month)
    for _ in range(MOST_LATE):
        if next_month(month) + patience >= as_at:
            yield month, "awaited"
            return
        yield month, "late"
        month = next_month(month)

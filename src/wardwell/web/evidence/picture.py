"""What is expected of whom in a year, as one picture: a table whose signs are explained, read out in words, and printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from wardwell.evidence.periods import Standing
from wardwell.evidence.queries import Line, PeriodView
from wardwell.evidence.rules import counted, next_month
from wardwell.web.components import Tag, printed
from wardwell.web.components.tag import Colour

MONTHS_SHOWN = 12
SIGNS: dict[Standing, str] = {
    Standing.ON_TIME: "✓",
    Standing.IN_LATE: "✓!",
    Standing.PARTLY: "½",
    Standing.LATE: "!",
    Standing.DUE_SOON: "○",
    Standing.NOT_DUE: "…",
    Standing.EXCUSED: "–",
}
COLOURS: dict[Standing, Colour] = {
    Standing.ON_TIME: "green",
    Standing.IN_LATE: "teal",
    Standing.PARTLY: "yellow",
    Standing.LATE: "orange",
    Standing.DUE_SOON: "blue",
    Standing.NOT_DUE: "grey",
    Standing.EXCUSED: "purple",
}


@dataclass(frozen=True, slots=True)
class Square:
    """One period, or a month of which nothing is expected: how many columns it takes, its sign, and all of it in words."""

    span: int
    standing: Standing | None = None
    words: str = "nothing expected"
    href: str = ""

    @property
    def state(self) -> str:
        return self.standing.name.lower().replace("_", "-") if self.standing else "outside"

    @property
    def sign(self) -> str:
        return SIGNS[self.standing] if self.standing else ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A dataset's periods in a row."""

    name: str
    href: str
    squares: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Supplier:
    """An agency with its datasets."""

    name: str
    strips: tuple[Strip, ...]


@dataclass(frozen=True, slots=True)
class YearHeading:
    """A year over its months."""

    year: int
    span: int


@dataclass(frozen=True, kw_only=True)
class SupplyPicture:
    """The picture of a year: suppliers and their datasets, one below the other, and the months across."""

    template: ClassVar[str] = "evidence/supply_picture.html"

    months: tuple[date, ...]
    suppliers: tuple[Supplier, ...]

    @property
    def years(self) -> tuple[YearHeading, ...]:
        found = sorted({month.year for month in self.months})
        return tuple(YearHeading(year, sum(month.year == year for month in self.months)) for year in found)

    @property
    def legend(self) -> tuple[Square, ...]:
        """The states that occur, in a fixed order."""
        squares = (square for supplier in self.suppliers for strip in supplier.strips for square in strip.squares)
        present = {square.standing for square in squares}
        return tuple(Square(1, one, one.value) for one in SIGNS if one in present)

    @property
    def span(self) -> int:
        return len(self.months)


def months_shown(until: date) -> tuple[date, ...]:
    """The twelve months up to the end of the quarter that a day lies in: quarters are never cut.

    >>> [f"{month:%b %Y}" for month in (months_shown(date(2025, 11, 25))[0], months_shown(date(2025, 11, 25))[-1])]
    ['Jan 2025', 'Dec 2025']
    """
    last = date(until.year, until.month - (until.month - 1) % 3 + 2, 1)
    month = next_month(date(last.year - 1, last.month, 1))
    found = [month]
    while len(found) < MONTHS_SHOWN:
        found.append(next_month(found[-1]))
    return tuple(found)


def picture_of(lines: Sequence[Line], *, until: date) -> SupplyPicture:
    """The picture of the year up to the quarter that a day lies in."""
    months = months_shown(until)
    names = sorted({line.supplier for line in lines})
    return SupplyPicture(
        months=months,
        suppliers=tuple(
            Supplier(name, tuple(_strip(line, months) for line in lines if line.supplier == name)) for name in names
        ),
    )


def in_words(one: PeriodView) -> str:
    """Where a period stands, in full.

    The words of a period that is only partly in say of how many months, and whether it is late.
    """
    if one.standing == Standing.PARTLY:
        late = f", {counted(one.days_late, 'day')} late" if one.is_late else ""
        return f"{one.months_in} of {len(one.period.months)} months in{late}"
    if one.standing in {Standing.LATE, Standing.IN_LATE}:
        return f"{one.standing.value} by {counted(one.days_late, 'day')}"
    return one.standing.value


def tag_of_period(one: PeriodView) -> Tag:
    """The state of a period; one that is partly in and late says that it is late."""
    late = one.standing == Standing.PARTLY and one.is_late
    return Tag(
        "Partly in, late" if late else one.standing.value.capitalize(), "orange" if late else COLOURS[one.standing]
    )


def address_of(line: Line, one: PeriodView) -> str:
    """The page of a period."""
    return f"/evidence/datasets/{line.dataset.code}/periods/{one.period.begins:%Y-%m}"


def _strip(line: Line, months: Sequence[date]) -> Strip:
    return Strip(line.dataset.name, f"/evidence/datasets/{line.dataset.code}", tuple(_squares(line, months)))


def _squares(line: Line, months: Sequence[date]) -> Iterator[Square]:
    covered = {month: one for one in line.periods for month in one.period.months}
    at = 0
    while at < len(months):
        one = covered.get(months[at])
        if one is None:
            yield Square(1, words=f"{printed(months[at], 'month')}: nothing expected")
            at += 1
            continue
        span = sum(month in one.period.months for month in months)
        words = f"{one.period.words}: {in_words(one)}, due {printed(one.due, 'date')}"
        yield Square(span, one.standing, words, address_of(line, one))
        at += span

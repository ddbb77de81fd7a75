"""Periods of whole months, the end exclusive: the only kind of time the published data know."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Period:
    """From the first day of one month up to, and not including, the first day of another."""

    since: date
    until: date

    def __post_init__(self) -> None:
        if self.since.day != 1 or self.until.day != 1 or self.since >= self.until:
            raise ValueError(f"not a period of whole months: {self.since} to {self.until}")

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of every month in it, in order."""
        return tuple(month_after(self.since, at) for at in range(self.length))

    @property
    def length(self) -> int:
        """How many months it has."""
        return 12 * (self.until.year - self.since.year) + self.until.month - self.since.month

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days

    @property
    def preceding(self) -> Period:
        """The period of equal length that ends where this one begins."""
        return Period(month_after(self.since, -self.length), self.since)

    def touches(self, other: Period) -> bool:
        """Whether the two share a month."""
        return self.since < other.until and other.since < self.until

    def __str__(self) -> str:
        """The period in words, both ends named and included.

        >>> str(Period(date(2024, 11, 1), date(2025, 11, 1)))
        'November 2024 to October 2025'
        >>> str(Period(date(2025, 10, 1), date(2025, 11, 1)))
        'October 2025'
        """
        last = month_after(self.until, -1)
        first_words, last_words = f"{self.since:%B %Y}", f"{last:%B %Y}"
        return last_words if last == self.since else f"{first_words} to {last_words}"


def month_after(month: date, months: int) -> date:
    """The first day of the month so many months later, or earlier when negative.

    >>> month_after(date(2025, 1, 1), -2)
    datetime.date(2024, 11, 1)
    """
    years, at = divmod(12 * month.year + month.month - 1 + months, 12)
    return date(years, at + 1, 1)


def month_of(text: str) -> date:
    """The first day of a month given as ``2025-10`` or as its first day.

    Raises
    ------
    ValueError
        If the text is no month, or a day that is not the first.
    """
    found = date.fromisoformat(text if len(text) > len("2025-10") else f"{text}-01")
    if found.day != 1:
        raise ValueError(f"{text} is not the first day of a month")
    return found


def days_in(month: date) -> int:
    """How many days the month has.

    >>> days_in(date(2024, 2, 1))
    29
    """
    return calendar.monthrange(month.year, month.month)[1]

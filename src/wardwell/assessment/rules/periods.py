"""The year that an assessment is about."""

from __future__ import annotations

from datetime import date, timedelta


def year_before(until: date) -> date:
    """The first day of the twelve months before a month.

    >>> year_before(date(2025, 11, 1))
    datetime.date(2024, 11, 1)
    """
    return date(until.year - 1, until.month, 1)


def said(since: date, until: date) -> str:
    """A period as it is printed; the end is exclusive.

    >>> said(date(2024, 11, 1), date(2025, 11, 1))
    'November 2024 to October 2025'
    """
    return f"{since:%B %Y} to {until - timedelta(days=1):%B %Y}"


def month_named(text: str) -> date:
    """The first day of a month written as 2025-11. Raises ValueError.

    >>> month_named("2025-11")
    datetime.date(2025, 11, 1)
    """
    return date.fromisoformat(f"{text}-01")

"""How a value is printed: the same words and digits in every table, list and sentence."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Literal
from zoneinfo import ZoneInfo

Kind = Literal["text", "number", "percent", "date", "month", "moment", "flag", "code"]

LONDON = ZoneInfo("Europe/London")
NOT_THERE = "–"


def printed(value: object, kind: Kind = "text", decimals: int = 0) -> str:
    """A value as a reader sees it.

    A value that is not of its kind, such as the mark of a suppressed count, is printed as it says itself.

    >>> printed(17160, "number"), printed(1.8949, "number", 2), printed(29.94, "percent", 1)
    ('17,160', '1.89', '29.9%')
    >>> printed(date(2025, 5, 1), "month"), printed(date(2025, 5, 1), "date"), printed(True, "flag")
    ('May 2025', '1 May 2025', 'Yes')
    >>> printed(None, "number"), printed("[c]", "number")
    ('–', '[c]')
    """
    if value is None or value == "":
        return NOT_THERE
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, int | float | Decimal) and kind in ("number", "percent"):
        return f"{value:,.{decimals}f}{'%' if kind == 'percent' else ''}".replace("-", "−", 1)
    if isinstance(value, datetime):
        return _moment(value) if kind in ("moment", "text") else _day(value, kind)
    if isinstance(value, date):
        return _day(value, kind)
    return str(value)


def _day(value: date, kind: Kind) -> str:
    return f"{value:%B %Y}" if kind == "month" else f"{value.day} {value:%B %Y}"


def _moment(value: datetime) -> str:
    local = value.astimezone(LONDON)
    hour, half = local.hour % 12 or 12, "am" if local.hour < 12 else "pm"
    return f"{local.day} {local:%B %Y} at {hour}:{local:%M}{half}"


def plain(value: object) -> str:
    """A value for a machine to read: ISO dates and bare digits, and never a formula for a spreadsheet to run.

    >>> plain(17160), plain(date(2025, 5, 1)), plain("=1+1"), plain(None), plain(-3)
    ('17160', '2025-05-01', "'=1+1", '', '-3')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return str(value)
    text = value.isoformat() if isinstance(value, date) else str(value)
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) else text

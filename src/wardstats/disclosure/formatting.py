"""How a value is printed: thousands with commas, months in words, gaps by the symbols official statistics use."""

from __future__ import annotations

from wardstats.disclosure.described import ResultColumn, Value

NOT_AVAILABLE = "[x]"
DOES_NOT_APPLY = "\N{EN DASH}"
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
MINUS = "\N{MINUS SIGN}"
PRINTED_ZERO = {"-0", "-0.0", "-0.00"}


def printed(value: Value, column: ResultColumn) -> str:
    """One value in words and figures.

    >>> printed(79384, ResultColumn("n", "Crimes", "count"))
    '79,384'
    >>> printed("2025-10", ResultColumn("month", "Month", "month"))
    'October 2025'
    >>> printed(-12.34, ResultColumn("change", "Change", "percent", decimals=1))
    '−12.3%'
    >>> printed(None, ResultColumn("n", "Crimes", "count"))
    '[x]'
    """
    if value is None:
        return NOT_AVAILABLE
    if column.kind == "month":
        return month_in_words(str(value))
    if column.kind == "flag":
        return "Yes" if value else "No"
    if column.kind == "text" or isinstance(value, str):
        return str(value)
    number = f"{value:,.{column.decimals}f}"
    number = number.lstrip("-") if number in PRINTED_ZERO else number.replace("-", MINUS)
    return f"{number}%" if column.kind == "percent" else number


def month_in_words(month: str) -> str:
    """A month such as ``2025-10`` as people say it.

    >>> month_in_words("2023-05")
    'May 2023'
    """
    year, number = month.split("-")[:2]
    return f"{MONTHS[int(number) - 1]} {year}"


def formula_safe(text: str) -> str:
    """Text that a spreadsheet will not run as a formula.

    >>> formula_safe("=1+1"), formula_safe("-3.2"), formula_safe("-cmd")
    ("'=1+1", '-3.2', "'-cmd")
    """
    if not text or text[0] not in "=+-@\t\r":
        return text
    try:
        float(text.rstrip("%").replace(",", ""))
    except ValueError:
        return "'" + text
    return text

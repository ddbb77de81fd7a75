"""The rows of a disclosed table as a chart needs them: what is shown as a number, what is hidden as nothing."""

from __future__ import annotations

from typing import Any

from wardstats.disclosure import Cell, Disclosed, Suppressed


def chart_rows(disclosed: Disclosed) -> list[dict[str, Any]]:
    """Every row with its plain values, hidden ones as None, and ``<name>_text`` as each is printed."""
    return [
        {name: _plain(value) for name, value in row.items()}
        | {f"{name}_text": disclosed.text(Cell(at, name)) for name in row}
        for at, row in enumerate(disclosed.rows)
    ]


def total_rows(disclosed: Disclosed) -> frozenset[int]:
    """The positions of rows that are totals of others."""
    return frozenset(each.total.row for each in disclosed.sums)


def part_rows(disclosed: Disclosed) -> list[dict[str, Any]]:
    """The rows that are not totals, as :func:`chart_rows` gives them."""
    totals = total_rows(disclosed)
    return [row for at, row in enumerate(chart_rows(disclosed)) if at not in totals]


def names(disclosed: Disclosed) -> list[str]:
    """The names of the columns."""
    return [column.name for column in disclosed.columns]


def label_column(disclosed: Disclosed) -> str:
    """The column that says what a row is about."""
    return next(name for name in ("area", "crime_type", "month") if name in names(disclosed))


def value_column(disclosed: Disclosed) -> str:
    """The column that a picture of the table is about."""
    return next(name for name in ("value", "quotient", "percent", "rate", "count") if name in names(disclosed))


def _plain(value: Any) -> Any:
    return None if isinstance(value, Suppressed) else value

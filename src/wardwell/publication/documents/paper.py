"""A figure's table as paper has room for it: what is the same in every row is said once, long tables stand in two halves.

The page on the screen and the data file have every cell; nothing is left out there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from wardstats.disclosure import SUPPRESSED, Disclosed, ResultColumn
from wardstats.disclosure.formatting import DOES_NOT_APPLY, MONTHS, NOT_AVAILABLE

FEW_ROWS, LONG_TABLE, MOST_IN_HALVES = 4, 14, 72
NARROW_COLUMNS = 3
ELSEWHERE = {"area_code": "codes of areas", "method": "how each interval was made"}
"""Columns that only the data file and the page have, and how paper says so."""

_NOTHING = frozenset({DOES_NOT_APPLY, NOT_AVAILABLE})
_MONTH = re.compile(rf"\b({'|'.join(month for month in MONTHS if month != 'May')})(?= \d{{4}})")


@dataclass(frozen=True, slots=True)
class PaperTable:
    """Which columns are printed, in how many pieces the rows stand side by side, and what is said beneath instead."""

    columns: tuple[str, ...]
    pieces: tuple[range, ...]
    beneath: str


def on_paper(disclosed: Disclosed) -> PaperTable:
    """How a table is laid out on paper."""
    texts = dict(
        zip(
            (column.name for column in disclosed.columns),
            zip(*disclosed.as_text_rows(), strict=True),
            strict=bool(disclosed.rows),
        )
    )
    same = [column for column in disclosed.columns[1:] if _is_same_throughout(column, texts.get(column.name, ()))]
    kept = tuple(
        column.name
        for column in disclosed.columns
        if column not in same and column.name not in ELSEWHERE and not _is_repeated(column, disclosed, texts)
    )
    return PaperTable(kept, _pieces(disclosed, len(kept)), _beneath(disclosed, same, texts))


def headings(columns: Sequence[ResultColumn]) -> tuple[str, ...]:
    """The labels with their units, each unit once, and months in short: a heading is no sentence.

    >>> headings([ResultColumn("rate", "Rate", "rate", "per head"), ResultColumn("lower", "Lower", "rate", "per head")])
    ('Rate (per head)', 'Lower')
    """
    said: set[str] = set()
    labels = []
    for column in columns:
        label = _MONTH.sub(lambda month: month[0][:3], column.label)
        labels.append(f"{label} ({column.unit})" if column.unit and column.unit not in said else label)
        said.add(column.unit)
    return tuple(labels)


def _is_same_throughout(column: ResultColumn, texts: Sequence[str]) -> bool:
    values = set(texts) - _NOTHING
    return len(texts) >= FEW_ROWS and column.kind != "count" and len(values) == 1 and str(SUPPRESSED) not in values


def _is_repeated(column: ResultColumn, disclosed: Disclosed, texts: dict[str, tuple[str, ...]]) -> bool:
    """Whether a value is its count over again, as in a series that is not divided by the days."""
    return column.name == "value" and "count" in texts and texts["value"] == texts["count"] and bool(disclosed.rows)


def _pieces(disclosed: Disclosed, columns: int) -> tuple[range, ...]:
    rows = len(disclosed.rows)
    if columns > NARROW_COLUMNS or not LONG_TABLE < rows <= MOST_IN_HALVES or disclosed.columns[0].kind != "month":
        return (range(rows),)
    half = -(-rows // 2)
    return range(half), range(half, rows)


def _beneath(disclosed: Disclosed, same: Sequence[ResultColumn], texts: dict[str, tuple[str, ...]]) -> str:
    told = [
        f"{column.label.lower()} {next(text for text in texts[column.name] if text not in _NOTHING)}"
        for column in same
        if column.name not in ELSEWHERE
    ]
    elsewhere = [said for name, said in ELSEWHERE.items() if name in texts]
    sentences = [f"Throughout: {'; '.join(told)}." if told else ""]
    sentences.append(f"The data file has {' and '.join(elsewhere)}." if elsewhere else "")
    return " ".join(filter(None, sentences))

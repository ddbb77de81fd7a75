"""Reading a file line by line: slower, and able to say what is wrong with each line and to keep it as it was."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from wardstats.sources.grammar import WRONG_NUMBER_OF_FIELDS, Accounted, Headings
from wardstats.sources.inspection import Inspected
from wardstats.sources.refusal import UnableToRead

BATCH = 50_000
PERHAPS_FORMULA = r'(^|,)"?([=+@\t]|-([^0-9.]|$))'
FORMULA = re.compile(r"[=+@\t]|-(?![\d.])")


@dataclass(frozen=True)
class Quarantined:
    """A line that was not accepted: where it stands, as it stands, why, and the month and type that it names."""

    file: str
    row: int
    line: str
    reason: str
    month: str | None
    crime_type: str | None


@dataclass(frozen=True)
class Batch:
    """Some lines of one file: those whose fields could be told apart, as a table of text, and those whose could not.

    The table has the file's headings and ``row`` and ``line``. ``blank`` counts lines without anything in them.
    """

    text: pa.Table
    quarantined: list[Quarantined]
    blank: int


def batches(file: Inspected, accounted: Accounted) -> Iterator[Batch]:
    """The lines of a file, some tens of thousands at a time.

    Raises
    ------
    UnableToRead
        At the first cell that a spreadsheet would take for a formula.
    """
    with file.path.open("rb") as lines:
        next(lines)
        numbered = enumerate(
            (raw.decode().removesuffix("\n").removesuffix("\r") for raw in lines), start=2 + file.member.rows_above
        )
        while True:
            some = list(islice(numbered, BATCH))
            yield _batch(file.member.name, file.headings, some, accounted)
            if len(some) < BATCH:
                return


def _batch(file: str, headings: Headings, numbered: list[tuple[int, str]], accounted: Accounted) -> Batch:
    written = [(number, line) for number, line in numbered if line.strip()]
    text = pa.table(
        [
            pa.array([number for number, _ in written], pa.int64()),
            pa.array([line for _, line in written], pa.string()),
        ],
        names=["row", "line"],
    )
    _refuse_formulas(file, headings, text)
    doubtful = pc.or_(pc.match_substring(text["line"], '"'), pc.match_substring(text["line"], "\r"))
    plain, faulty = _split(headings, text.filter(pc.invert(doubtful)))
    parsed, others = _parsed(headings, text.filter(doubtful))
    broken = (*faulty.to_pylist(), *others)
    aside = [_quarantined(file, headings, row["row"], row["line"], accounted) for row in broken]
    return Batch(pa.concat_tables([plain, parsed]).sort_by("row"), aside, len(numbered) - len(written))


def _split(headings: Headings, text: pa.Table) -> tuple[pa.Table, pa.Table]:
    """The fields of lines without quotation marks, and the lines that have too few or too many."""
    fields = pc.split_pattern(text["line"], ",").combine_chunks()
    right = pc.equal(pc.list_value_length(fields), len(headings))
    values = fields.filter(right).flatten()
    columns = [
        values.take(pa.array(range(start, len(values), len(headings)), pa.int64())) for start in range(len(headings))
    ]
    good = text.filter(right)
    return _table(headings, columns, good["row"], good["line"]), text.filter(pc.invert(right))


def _parsed(headings: Headings, text: pa.Table) -> tuple[pa.Table, list[dict[str, Any]]]:
    """The fields of lines with quotation marks, and the lines that make no sense."""
    rows = [(row, _fields(row["line"])) for row in text.to_pylist()]
    good = [(row, fields) for row, fields in rows if fields is not None and len(fields) == len(headings)]
    columns = [pa.array([fields[index] for _, fields in good], pa.string()) for index in range(len(headings))]
    numbers = pa.array([row["row"] for row, _ in good], pa.int64())
    table = _table(headings, columns, numbers, pa.array([row["line"] for row, _ in good], pa.string()))
    return table, [row for row, fields in rows if fields is None or len(fields) != len(headings)]


def _table(headings: Headings, columns: list[pa.Array], numbers: pa.Array, lines: pa.Array) -> pa.Table:
    """A table of text in which an empty cell is null, as the engine reads it."""
    filled = [pc.if_else(pc.equal(column, ""), None, column) for column in columns]
    return pa.table([*filled, numbers, lines], names=[*headings, "row", "line"])


def _quarantined(file: str, headings: Headings, number: int, line: str, accounted: Accounted) -> Quarantined:
    month, crime_type = accounted.in_line(dict(zip(headings, _fields(line) or [], strict=False)))
    return Quarantined(file, number, line, WRONG_NUMBER_OF_FIELDS, month, crime_type)


def _refuse_formulas(file: str, headings: Headings, text: pa.Table) -> None:
    """Refuse the first cell that begins like a formula; most lines are cleared by one search of all."""
    for row in text.filter(pc.match_substring_regex(text["line"], PERHAPS_FORMULA)).to_pylist():
        for index, field in enumerate(_fields(row["line"]) or [row["line"]]):
            if FORMULA.match(field):
                raise UnableToRead(
                    file,
                    row=row["row"],
                    column=headings[index] if index < len(headings) else None,
                    found=f"the cell begins like a formula: {field[:40]!r}",
                    expected="words or a number",
                    what_to_do="Find out how it came there; if it is harmless, remove it and send the file again",
                )


def _fields(line: str) -> list[str] | None:
    """The fields of one line; ``None`` if its quotation marks do not pair or it holds a stray carriage return."""
    if "\r" in line:
        return None
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return None

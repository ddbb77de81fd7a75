"""Reading a file line by line: slower, and able to say what is wrong with each line and to keep it as it was."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyarrow as pa

from wardstats.sources.grammar import MONTH_COLUMN, TYPE_COLUMN, WRONG_NUMBER_OF_FIELDS, Headings
from wardstats.sources.inspection import Inspected
from wardstats.sources.refusal import UnableToRead

BATCH = 50_000
PERHAPS_FORMULA = re.compile(r'(?:^|,)"?(?:[=+@\t]|-(?![\d.]))', re.MULTILINE)
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


def batches(file: Inspected) -> Iterator[Batch]:
    """The lines of a file, some tens of thousands at a time.

    Raises
    ------
    UnableToRead
        At the first cell that a spreadsheet would take for a formula.
    """
    collected = _Collected(file.member.name, file.headings)
    with file.path.open("rb") as lines:
        next(lines)
        for number, raw in enumerate(lines, start=2):
            collected.take(number, raw.decode().removesuffix("\n").removesuffix("\r"))
            if len(collected.rows) == BATCH:
                yield collected.batch()
                collected = _Collected(file.member.name, file.headings)
    yield collected.batch()


class _Collected:
    """Lines gathered for one batch."""

    def __init__(self, file: str, headings: Headings) -> None:
        self.file, self.headings = file, headings
        self.rows: list[list[str | None]] = []
        self.numbers: list[int] = []
        self.lines: list[str] = []
        self.quarantined: list[Quarantined] = []
        self.blank = 0

    def take(self, number: int, line: str) -> None:
        if not line.strip():
            self.blank += 1
            return
        fields = _fields(line)
        if fields is None or len(fields) != len(self.headings):
            self._set_aside(number, line, fields or [])
            return
        self.rows.append([field or None for field in fields])
        self.numbers.append(number)
        self.lines.append(line)

    def _set_aside(self, number: int, line: str, fields: list[str]) -> None:
        stated = dict(zip(self.headings, fields, strict=False))
        month, crime_type = stated.get(MONTH_COLUMN) or None, stated.get(TYPE_COLUMN) or None
        self.quarantined.append(Quarantined(self.file, number, line, WRONG_NUMBER_OF_FIELDS, month, crime_type))

    def _refuse_formula(self, number: int, fields: list[str]) -> None:
        for index, field in enumerate(fields):
            if FORMULA.match(field):
                raise UnableToRead(
                    self.file,
                    row=number,
                    column=self.headings[index] if index < len(self.headings) else None,
                    found=f"the cell begins like a formula: {field[:40]!r}",
                    expected="words or a number",
                    what_to_do="Find out how it came there; if it is harmless, remove it and send the file again",
                )

    def _refuse_formulas(self) -> None:
        aside = [(row.row, row.line) for row in self.quarantined]
        if PERHAPS_FORMULA.search("\n".join([*self.lines, *(line for _, line in aside)])):
            for number, line in sorted([*zip(self.numbers, self.lines, strict=True), *aside]):
                self._refuse_formula(number, _fields(line) or [line])

    def batch(self) -> Batch:
        self._refuse_formulas()
        columns = list(zip(*self.rows, strict=True)) if self.rows else [()] * len(self.headings)
        arrays = [pa.array(column, pa.string()) for column in columns]
        text = pa.table(
            [*arrays, pa.array(self.numbers, pa.int64()), pa.array(self.lines, pa.string())],
            names=[*self.headings, "row", "line"],
        )
        return Batch(text, self.quarantined, self.blank)


def _fields(line: str) -> list[str] | None:
    """The fields of one line; ``None`` if its quotation marks do not pair or it holds a stray carriage return."""
    if "\r" in line:
        return None
    if '"' not in line:
        return line.split(",")
    try:
        return next(csv.reader([line], strict=True))
    except csv.Error:
        return None

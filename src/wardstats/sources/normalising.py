"""A workbook, a Parquet file or somebody's own CSV becomes a plain CSV of a layout, row by row, to be read like any other."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wardstats.sources.layouts import Field, FieldKind, Layout
from wardstats.sources.mapping import ColumnMapping, MappedField, UnableToConvert, converted
from wardstats.sources.reading import Limits, Note
from wardstats.sources.refusal import UnableToRead
from wardstats.sources.sheets import Container, Value, opened_rows
from wardstats.sources.supply import Member
from wardstats.sources.workbooks import refuse_error

PREVIEWED = 10


@dataclass(frozen=True)
class Preview:
    """The first rows of a file as they stand, and as a mapping makes them; empty where there is no mapping yet."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    headings: tuple[str, ...] = ()
    mapped: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class _Source:
    """Where one field of the outcome comes from: a place in the row, or a constant."""

    heading: str
    asked: Field | None
    index: int | None
    mapped: MappedField | None


@dataclass
class _Written:
    """What was written so far, and how many numbers were found stored as text."""

    size: int = 0
    blank: int = 0
    texts: Counter[str] = field(default_factory=Counter)


def normalise(
    path: Path, name: str, *, layout: Layout, mapping: ColumnMapping | None, into: Path, limits: Limits
) -> tuple[Member, tuple[Note, ...]]:
    """Write the rows of a file as a plain CSV, below ``into``; rows keep the numbers they had.

    Without a mapping its own headings are kept, and cells are only written out as the layout asks.

    Raises
    ------
    UnableToRead
        When a column that the mapping reads is not there or there twice, a cell holds an error or a day that could be
        something else, or too much comes out of it.
    """
    heading_row = mapping.heading_row if mapping else 1
    plain = into / "normalised.csv"
    written = _Written()
    with (
        opened_rows(
            path, name, limits=limits, sheet=mapping.sheet if mapping else "", heading_row=heading_row
        ) as opened,
        plain.open("w", encoding="utf-8", newline="") as file,
    ):
        sources = _sources(name, heading_row, next(opened.rows, (heading_row, ()))[1], layout, mapping)
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([source.heading for source in sources])
        for row in _lines(name, opened.rows, sources, written, opened.container):
            written.size += sum(map(len, row))
            _refuse_too_much(name, written.size, limits)
            writer.writerow(row)
    member = Member(name, plain, plain.stat().st_size, rows_above=heading_row - 1, is_written_out=True)
    return member, (*opened.notes, *_on_texts(written))


def preview(
    path: Path, name: str, *, layout: Layout, mapping: ColumnMapping | None, heading_row: int = 1, sheet: str = "",
    limits: Limits = Limits(),  # noqa: B008 -- a frozen value, shared by all calls without harm
) -> Preview:  # fmt: skip
    """The first ten rows of a file, and what a mapping makes of them. Raises UnableToRead."""
    if mapping:
        heading_row, sheet = mapping.heading_row, mapping.sheet
    with opened_rows(path, name, limits=limits, sheet=sheet, heading_row=heading_row) as opened:
        columns = _columns(next(opened.rows, (heading_row, ()))[1])
        rows = [row for _, row in zip(range(PREVIEWED), opened.rows, strict=False)]
    shown = tuple(tuple(converted(value, None) for value in row) for _, row in rows)
    if mapping is None:
        return Preview(columns, shown)
    sources = _sources(name, heading_row, columns, layout, mapping)
    mapped = tuple(tuple(_cells(name, number, row, sources)) for number, row in rows)
    return Preview(columns, shown, tuple(source.heading for source in sources), mapped)


def map_rows(
    columns: Sequence[str], rows: Sequence[Sequence[Value]], *, layout: Layout, mapping: ColumnMapping
) -> Preview:
    """What a mapping makes of some rows, for looking at it before it is saved. Raises UnableToRead."""
    sources = _sources("The file", mapping.heading_row, columns, layout, mapping)
    first = mapping.heading_row + 1
    mapped = [tuple(_cells("The file", number, row, sources)) for number, row in enumerate(rows, start=first)]
    shown = tuple(tuple(converted(value, None) for value in row) for row in rows)
    return Preview(tuple(columns), shown, tuple(source.heading for source in sources), tuple(mapped))


def _columns(headings: Sequence[Value]) -> tuple[str, ...]:
    found = [converted(heading, None) for heading in headings]
    while found and not found[-1]:
        found.pop()
    return tuple(found)


def _sources(
    name: str, heading_row: int, headings: Sequence[Value], layout: Layout, mapping: ColumnMapping | None
) -> list[_Source]:
    columns = _columns(headings)
    known = {one.heading: one for one in layout.fields}
    if mapping is None:
        return [_Source(column, known.get(column), index, None) for index, column in enumerate(columns)]
    return [_source(name, heading_row, columns, known[one.heading], one) for one in mapping.fields]


def _source(name: str, heading_row: int, columns: Sequence[str], asked: Field, mapped: MappedField) -> _Source:
    if mapped.constant:
        return _Source(mapped.heading, asked, None, mapped)
    times = columns.count(mapped.column)
    if times != 1:
        raise UnableToRead(
            name,
            row=heading_row,
            column=mapped.column,
            found="there is no such column" if not times else f"{times} columns are called so",
            expected=f"one column “{mapped.column}”, from which “{mapped.heading}” is read",
            what_to_do="Send the file with the same headings as before, or change the saved mapping",
        )
    return _Source(mapped.heading, asked, columns.index(mapped.column), mapped)


def _lines(
    name: str,
    rows: Iterator[tuple[int, Sequence[Value]]],
    sources: Sequence[_Source],
    written: _Written,
    container: Container,
) -> Iterator[list[str]]:
    """Rows as text. Empty rows are written as such where another row follows, so that numbers stay right."""
    for number, row in rows:
        if all(value is None or value == "" for value in row):
            written.blank += 1
            continue
        yield from ([] for _ in range(written.blank))
        written.blank = 0
        if container == Container.WORKBOOK:
            _count_texts(row, sources, written)
        yield _cells(name, number, row, sources)


def _cells(name: str, number: int, row: Sequence[Value], sources: Sequence[_Source]) -> list[str]:
    return [_cell(name, number, row, source) for source in sources]


def _cell(name: str, number: int, row: Sequence[Value], source: _Source) -> str:
    if source.index is None:
        return source.mapped.constant if source.mapped else ""
    value = row[source.index] if source.index < len(row) else None
    column = source.mapped.column if source.mapped else source.heading
    refuse_error(name, number, column, value)
    try:
        return converted(value, source.asked, source.mapped)
    except UnableToConvert as fault:
        raise UnableToRead(
            name, row=number, column=column, found=fault.found, expected=fault.expected, what_to_do=fault.what_to_do
        ) from fault


def _count_texts(row: Sequence[Value], sources: Sequence[_Source], written: _Written) -> None:
    for source in sources:
        is_number = source.asked is not None and source.asked.kind in (FieldKind.WHOLE, FieldKind.NUMBER)
        if is_number and source.index is not None and source.index < len(row) and isinstance(row[source.index], str):
            written.texts[source.heading] += 1


def _on_texts(written: _Written) -> tuple[Note, ...]:
    return tuple(
        Note("numbers-as-text", f"{rows:,} of the numbers under “{heading}” are stored as text; they were read all the same.", rows)
        for heading, rows in sorted(written.texts.items())
    )  # fmt: skip


def _refuse_too_much(name: str, size: int, limits: Limits) -> None:
    if size > limits.file_bytes:
        raise UnableToRead(
            name,
            found=f"it comes to more than {limits.file_bytes:,} bytes",
            expected="fewer rows",
            what_to_do="Send fewer rows at a time",
        )

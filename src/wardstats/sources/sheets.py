"""Files of rows whatever they are kept in: CSV, Excel workbook or Parquet, each row numbered as a spreadsheet would."""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections.abc import Generator, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from wardstats.sources.reading import Limits, Note
from wardstats.sources.refusal import UnableToRead
from wardstats.sources.workbooks import damage_is_said, notes_on_sheet, opened_workbook, sheet_of

Value = str | int | float | bool | date | datetime | time | None
Numbered = Generator[tuple[int, Sequence[Value]], None, None]
SEPARATORS = (",", ";", "\t")
DAMAGE = (EOFError, gzip.BadGzipFile, zlib.error)


class Container(StrEnum):
    """What rows are kept in."""

    CSV = "CSV"
    WORKBOOK = "Excel workbook"
    PARQUET = "Parquet"


@dataclass(frozen=True)
class Opened:
    """An opened file: its rows from the headings on, and what should be known about it."""

    container: Container
    rows: Numbered
    notes: tuple[Note, ...] = ()


def container_of(path: Path, name: str) -> Container | None:
    """What a file is, by its bytes; ``None`` for a zip of files and for a folder."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        start = file.read(4)
    if start == b"PK\x03\x04":
        return Container.WORKBOOK if name.lower().endswith((".xlsx", ".xlsm")) else None
    return Container.PARQUET if start == b"PAR1" else Container.CSV


@contextmanager
def opened_rows(path: Path, name: str, *, limits: Limits, sheet: str = "", heading_row: int = 1) -> Iterator[Opened]:
    """The rows of a file from its headings on.

    Raises
    ------
    UnableToRead
        When it is no such file, is damaged or unsafe, is not text in UTF-8, or has merged headings.
    """
    container = container_of(path, name) or Container.CSV
    notes: tuple[Note, ...] = ()
    with ExitStack() as stack:
        if container == Container.WORKBOOK:
            book = stack.enter_context(opened_workbook(path, name, limits))
            found = sheet_of(book, name, sheet)
            notes = notes_on_sheet(path, name, found, heading_row)
            rows = _from_sheet(found, name, heading_row)
        elif container == Container.PARQUET:
            rows = _from_parquet(path, name, limits)
        else:
            rows = _from_csv(path, name, heading_row, limits)
        yield Opened(container, stack.enter_context(closing(rows)), notes)


def every_sheet(path: Path, name: str, *, limits: Limits) -> Generator[tuple[str, Numbered], None, None]:
    """Every sheet of a workbook with all its rows, hidden ones included; the rows of any other file. Raises UnableToRead."""
    if container_of(path, name) != Container.WORKBOOK:
        with opened_rows(path, name, limits=limits) as opened:
            yield "", opened.rows
        return
    with opened_workbook(path, name, limits) as book:
        for sheet in book.worksheets:
            yield sheet.title, _from_sheet(sheet, name, 1)


def _from_sheet(sheet: Any, name: str, heading_row: int) -> Numbered:
    with damage_is_said(name):
        sheet.reset_dimensions()
        rows = sheet.iter_rows(min_row=heading_row, values_only=True)
    number = heading_row
    while True:
        with damage_is_said(name):
            row = next(rows, None)
        if row is None:
            return
        yield number, row
        number += 1


def _from_parquet(path: Path, name: str, limits: Limits) -> Numbered:
    try:
        with pq.ParquetFile(path) as file:
            _refuse_parquet(file, path, name, limits)
            yield 1, tuple(file.schema_arrow.names)
            number = 1
            for batch in file.iter_batches(10_000, use_threads=False):
                for values in zip(*[column.to_pylist() for column in batch.columns], strict=True):
                    number += 1
                    yield number, values
    except (pa.ArrowException, OSError, UnicodeDecodeError) as error:
        raise UnableToRead(
            name,
            found="the Parquet file is damaged",
            expected="a whole file",
            what_to_do="Write it again and send that",
        ) from error


def _refuse_parquet(file: pq.ParquetFile, path: Path, name: str, limits: Limits) -> None:
    unpacked = sum(file.metadata.row_group(group).total_byte_size for group in range(file.num_row_groups))
    if unpacked > min(limits.file_bytes, max(1 << 24, path.stat().st_size * limits.ratio)):
        raise UnableToRead(
            name,
            found=f"it says that it unpacks to {unpacked:,} bytes from {path.stat().st_size:,}",
            expected=f"at most {limits.file_bytes:,} bytes",
            what_to_do="Send fewer rows at a time",
        )
    for column in file.schema_arrow:
        if pa.types.is_nested(column.type) or pa.types.is_binary(column.type):
            raise UnableToRead(
                name,
                column=column.name[:60],
                found=f"the column is {column.type}",
                expected="words, numbers or days",
                what_to_do="Write one value into each cell",
            )


def _from_csv(path: Path, name: str, heading_row: int, limits: Limits) -> Numbered:
    with ExitStack() as stack:
        stream: Any = stack.enter_context(path.open("rb"))
        if name.lower().endswith(".gz"):
            stream = stack.enter_context(gzip.GzipFile(fileobj=stream))
        text = stack.enter_context(io.TextIOWrapper(stream, encoding="utf-8-sig", newline=""))
        number, most = 0, _most_unpacked(path, name, limits)
        try:
            for number, row in enumerate(csv.reader(text, delimiter=_separator(path, name, heading_row)), start=1):
                if stream.tell() > most:
                    raise _refused_csv(name, number, f"it unpacks to more than {most:,} bytes")
                if number >= heading_row:
                    yield number, row
        except UnicodeDecodeError as error:
            raise _refused_csv(name, number + 1, "it is not text in UTF-8") from error
        except csv.Error as error:
            raise _refused_csv(name, number + 1, f"the row makes no sense as CSV ({error})") from error
        except DAMAGE as error:
            raise _refused_csv(name, number + 1, "the file is damaged or cut short") from error


def _most_unpacked(path: Path, name: str, limits: Limits) -> int:
    packed = max(1 << 20, path.stat().st_size * limits.ratio) if name.lower().endswith(".gz") else limits.file_bytes
    return min(limits.file_bytes, packed)


def _separator(path: Path, name: str, heading_row: int) -> str:
    """The sign that parts the headings: the one that stands there most often."""
    with ExitStack() as stack:
        stream: Any = stack.enter_context(path.open("rb"))
        if name.lower().endswith(".gz"):
            stream = stack.enter_context(gzip.GzipFile(fileobj=stream))
        for _ in range(heading_row - 1):
            stream.readline(1 << 16)
        headings = stream.readline(1 << 16).decode(errors="replace")
    return max(SEPARATORS, key=headings.count)


def _refused_csv(name: str, row: int, found: str) -> UnableToRead:
    return UnableToRead(
        name,
        row=row,
        found=found,
        expected="a CSV file in UTF-8",
        what_to_do="Save the sheet as “CSV UTF-8” and send that",
    )

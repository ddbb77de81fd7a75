"""Excel workbooks: opened only when nothing in them can run, reach out or swell, and read for the values stored in them."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from wardstats.sources.reading import Limits, Note
from wardstats.sources.refusal import UnableToRead
from wardstats.sources.supply import refuse_unsafe

MOST_UNPACKED = 256 << 20
CHUNK = 1 << 20
OVERLAP = 256
SEND_VALUES = "Copy the values alone into the template and send that"
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s+ref="([A-Z0-9:]+)"')
FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
WITHOUT_VALUE = re.compile(
    rb"(?:</(?:\w+:)?f>|<(?:\w+:)?f [^<>]*/>)\s*(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v></(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
DECLARATION = re.compile(rb"<!(DOCTYPE|ENTITY)", re.IGNORECASE)
STUMBLES = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError, OSError, RuntimeError,
    SyntaxError, TypeError, ValueError, struct.error, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!"})


@contextmanager
def damage_is_said(name: str) -> Iterator[None]:
    """Whatever a reader of workbooks stumbles over is a damaged workbook. Raises UnableToRead."""
    try:
        yield
    except UnableToRead:
        raise
    except STUMBLES as error:
        raise _unreadable(name) from error


@contextmanager
def opened_workbook(path: Path, name: str, limits: Limits) -> Iterator[Any]:
    """A workbook that is safe to read, as openpyxl gives it: values as stored, nothing worked out.

    Raises
    ------
    UnableToRead
        For macros, links to other files, declarations in its XML, what unpacks to too much, and what is no workbook.
    """
    with path.open("rb") as file:
        with damage_is_said(name):
            _refuse_what_is_unsafe(path, name, limits)
            book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        try:
            yield book
        finally:
            book.close()


def sheet_of(book: Any, name: str, sheet: str) -> Any:
    """The sheet with a name, or the first one. Raises UnableToRead, saying which there are."""
    there = [one.title for one in book.worksheets]
    if not there or (sheet and sheet not in there):
        raise UnableToRead(
            name,
            found=f"there is no sheet “{sheet}”; there are {', '.join(f'“{title}”' for title in there) or 'none'}",
            expected="the sheet that is to be read",
            what_to_do="Choose one of its sheets, or name the sheet as before",
        )
    return book[sheet] if sheet else book.worksheets[0]


def notes_on_sheet(path: Path, name: str, sheet: Any, heading_row: int) -> tuple[Note, ...]:
    """What a reader should know about a sheet.

    Raises
    ------
    UnableToRead
        When headings or rows are merged, or a formula has no value stored with it.
    """
    formulas = 0
    with damage_is_said(name), zipfile.ZipFile(path) as archive, archive.open(sheet._worksheet_path) as stream:
        for piece, fresh in _pieces(stream):
            _refuse_merged(name, piece, heading_row)
            if WITHOUT_VALUE.search(piece):
                raise UnableToRead(
                    name,
                    found="a formula has no value stored with it, and formulas are not worked out here",
                    expected="values",
                    what_to_do="Open it in a spreadsheet, save it and send it again; or send the values alone",
                )
            formulas += sum(found.end() > fresh for found in FORMULA.finditer(piece))
    if not formulas:
        return ()
    cells = "1 cell holds a formula" if formulas == 1 else f"{formulas:,} cells hold formulas"
    return (Note("formulas", f"{cells}; what was stored as the value was read, and nothing was worked out."),)


def refuse_error(name: str, row: int, heading: str, value: object) -> None:
    """Refuse a cell that holds an error in place of a value. Raises UnableToRead."""
    if isinstance(value, str) and value in ERRORS:
        raise UnableToRead(
            name,
            row=row,
            column=heading,
            found=f"the cell holds an error of the spreadsheet, {value}",
            expected="a value",
            what_to_do="Mend the formula in the spreadsheet and send it again",
        )


def _pieces(stream: Any) -> Iterator[tuple[bytes, int]]:
    """Pieces that overlap, so that no mark is cut in two; and how much of each was seen before."""
    tail = b""
    while chunk := stream.read(CHUNK):
        yield tail + chunk, len(tail)
        tail = (tail + chunk)[-OVERLAP:]


def _refuse_merged(name: str, piece: bytes, heading_row: int) -> None:
    for found in MERGED.finditer(piece):
        area = found[1].decode()
        _, first, _, last = range_boundaries(area)
        if last is None or first is None or last < heading_row:
            continue
        what = "headings" if first <= heading_row else "cells"
        raise UnableToRead(
            name,
            row=max(first, heading_row),
            found=f"{what} are merged ({area}), so that all but the first of them are empty",
            expected="one value in every cell",
            what_to_do="Unmerge them, fill in each cell and send it again",
        )


def _refuse_what_is_unsafe(path: Path, name: str, limits: Limits) -> None:
    with zipfile.ZipFile(path) as archive:
        entries = archive.infolist()
        for entry in entries:
            refuse_unsafe(name, entry, limits, expected="a plain workbook (.xlsx)")
        _refuse_parts(name, {entry.filename for entry in entries})
        if sum(entry.file_size for entry in entries) > min(limits.supply_bytes, MOST_UNPACKED):
            raise _too_big(name)
        for entry in entries:
            _refuse_declarations(archive, entry, name)


def _refuse_parts(name: str, names: set[str]) -> None:
    for part in names:
        if part.lower().endswith("vbaproject.bin"):
            found = "it holds macros"
        elif part.startswith("xl/externalLinks/"):
            found = "it takes values from other files"
        else:
            continue
        raise UnableToRead(
            name, found=found, expected="a plain workbook (.xlsx), whole in itself", what_to_do=SEND_VALUES
        )


def _refuse_declarations(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, name: str) -> None:
    """No spreadsheet writes a document type; whoever does means an entity that swells or reads a file."""
    if not entry.filename.lower().endswith((".xml", ".rels")):
        return
    with archive.open(entry) as stream:
        start = stream.read(CHUNK)
    if DECLARATION.search(start) or start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnableToRead(
            name,
            found="a part of it declares a document type",
            expected="a plain workbook (.xlsx)",
            what_to_do=SEND_VALUES,
        )


def _too_big(name: str) -> UnableToRead:
    return UnableToRead(
        name,
        found=f"it unpacks to more than {MOST_UNPACKED:,} bytes",
        expected="a smaller workbook",
        what_to_do="Send it as CSV, or fewer rows at a time",
    )


def _unreadable(name: str) -> UnableToRead:
    return UnableToRead(
        name,
        found="the workbook is damaged, or protected by a password",
        expected="a plain workbook (.xlsx)",
        what_to_do="Open it in a spreadsheet, save it without a password and send it again",
    )

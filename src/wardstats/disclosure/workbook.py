"""A disclosed table as a workbook: the table on one sheet, what must be known to read it on another."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from wardstats.disclosure.described import ResultColumn
from wardstats.disclosure.disclosed import Disclosed
from wardstats.disclosure.formatting import NOT_AVAILABLE, formula_safe

BOLD, WRAPPED = Font(bold=True), Alignment(wrap_text=True, vertical="top")
WIDEST = 60


def workbook(disclosed: Disclosed) -> bytes:
    """The table as an XLSX file: numbers as numbers, ``[c]`` for what is not shown, no formula anywhere.

    The second sheet carries title, notes and where the numbers came from, so that they travel with the table.
    """
    book = Workbook()
    del book["Sheet"]
    table = book.create_sheet("Table")
    table.append(list(disclosed.header))
    for row in disclosed.rows:
        table.append([_cell(row[column.name], column) for column in disclosed.columns])
    for cell in table[1]:
        cell.font, cell.alignment = BOLD, WRAPPED
    table.freeze_panes = "A2"
    for at, column in enumerate(table.columns, start=1):
        longest = max(len(str(cell.value or "")) for cell in column)
        table.column_dimensions[get_column_letter(at)].width = min(WIDEST, max(10, longest + 2))
    _notes(book.create_sheet("Notes"), disclosed)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(value: object, column: ResultColumn) -> float | int | str:
    """A value as a spreadsheet holds it: numbers stay numbers, rounded as they are printed."""
    if value is None:
        return NOT_AVAILABLE
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and column.kind != "text":
        return round(value, max(column.decimals, 0))
    return value if isinstance(value, int | float) else formula_safe(str(value))


def _notes(sheet: Worksheet, disclosed: Disclosed) -> None:
    measure, lineage = disclosed.provenance["measure"], disclosed.provenance["lineage"]
    told = [
        ("Title", disclosed.title),
        *(("Note", note) for note in disclosed.notes),
        ("Source", measure["source"]),
        ("Measure", f"{measure['name']} ({lineage['measure']}, version {lineage['version']})"),
        *((f"Asked: {name}", "" if value is None else str(value)) for name, value in lineage["parameters"].items()),
        *(("Kept file (SHA-256)", digest) for digest in lineage["snapshots"]),
        ("Computed by", f"wardstats {lineage['library']}"),
    ]
    for name, text in told:
        sheet.append([name, formula_safe(text)])
    for row in sheet.iter_rows(max_col=2):
        row[0].font = BOLD
        row[1].alignment = WRAPPED
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 24, 110

"""Templates for suppliers: the headings of a layout with one example row, as CSV and as a workbook with what is allowed."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from wardstats.sources.layouts import EXAMPLE, FieldKind, Layout

SHEET, ALLOWED = "Data", "What is allowed"


def template_csv(layout: Layout) -> str:
    """The headings and an example row, marked as such; left in, it is set aside and never counted.

    Examples
    --------
    >>> from wardstats.sources.kinds import layout_of
    >>> template_csv(layout_of("area_month_counts")).splitlines()[0]
    'Month,LSOA code,LSOA name,Crime type,Count'
    """
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([layout.headings, _example(layout)])
    return text.getvalue()


def template_xlsx(layout: Layout) -> bytes:
    """A workbook: a sheet to fill in, whose cells are text so that nothing is rewritten, and a sheet of what is allowed."""
    book = Workbook()
    book.properties.creator = "Wardwell"
    data = book.worksheets[0]
    data.title = SHEET
    data.append(list(layout.headings))
    data.append(_example(layout))
    for index, field in enumerate(layout.fields, start=1):
        letter = get_column_letter(index)
        data.column_dimensions[letter].width = max(14, len(field.heading) + 4, min(40, len(field.example) + 2))
        data.column_dimensions[letter].number_format = "0" if field.kind == FieldKind.WHOLE else "@"
        data.cell(1, index).font = Font(bold=True)
        data.cell(2, index).font = Font(italic=True, color="666666")
    data.freeze_panes = "A2"
    _add_allowed(book, layout)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _example(layout: Layout) -> list[str]:
    """The example row, which says that it is one even where no field of its own does."""
    cells = [field.example for field in layout.fields]
    if not any(cell.startswith(EXAMPLE) for cell in cells):
        first_words = next(index for index, field in enumerate(layout.fields) if field.kind == FieldKind.WORDS)
        cells[first_words] = f"{EXAMPLE} {cells[first_words]}"
    return cells


def _add_allowed(book: Workbook, layout: Layout) -> None:
    allowed = book.create_sheet(ALLOWED)
    allowed.append(["Field", "Asked for", "Written as", "What it is", "Allowed values"])
    for field in layout.fields:
        values: Sequence[str] = field.allowed or ("",)
        allowed.append(
            [field.heading, "yes" if field.is_required else "if known", field.kind.value, field.meaning, values[0]]
        )
        for value in values[1:]:
            allowed.append(["", "", "", "", value])
    for letter, width in zip("ABCDE", (18, 12, 24, 70, 60), strict=True):
        allowed.column_dimensions[letter].width = width
    for index in range(1, 6):
        allowed.cell(1, index).font = Font(bold=True)
    for row in allowed.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    allowed.freeze_panes = "A2"

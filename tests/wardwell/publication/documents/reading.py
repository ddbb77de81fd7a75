"""Reading tables back out of what was published, each format by its own means."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from typing import TypeAlias

import pikepdf
from lxml import etree, html

from wardwell.publication.documents.tree import Element, PageKey, elements, marked_number

Tables: TypeAlias = list[list[list[str]]]
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PAIR = re.compile(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>")


def tables_of_page(page: bytes) -> Tables:
    """Every table of the page that holds numbers, header row first."""
    found = html.document_fromstring(page).xpath("//table[@class='numbers']")
    return [[[str(c.text_content()) for c in row.xpath("th|td")] for row in table.iter("tr")] for table in found]


def tables_of_word(document: bytes) -> Tables:
    """Every table of the Word file."""
    root = etree.fromstring(part(document, "word/document.xml"))
    return [
        [["".join(cell.itertext(f"{_W}t")) for cell in row.iter(f"{_W}tc")] for row in table.iter(f"{_W}tr")]
        for table in root.iter(f"{_W}tbl")
    ]


def tables_of_pdf(pdf: bytes) -> Tables:
    """Every table of the PDF, by its tags."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        pieces = _pieces(document)
        return [
            [
                [_text(cell, pieces) for cell in row.children() if cell.kind in ("TH", "TD")]
                for row in table.descendants()
                if row.kind == "TR"
            ]
            for table in elements(document)
            if table.kind == "Table"
        ]


def text_of_pdf(pdf: bytes) -> str:
    """All tagged text of the PDF."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        return "\n".join(_pieces(document).values())


def words_of(page: bytes) -> str:
    """All text of a page, or of a part of a Word file."""
    return str(html.document_fromstring(page).text_content())


def part(package: bytes, name: str) -> bytes:
    """One file out of a zip."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read(name)


def rows_of_csv(content: bytes) -> list[list[str]]:
    """The rows of a CSV file, names of columns first."""
    return list(csv.reader(io.StringIO(content.decode("utf-8"))))


def _text(element: Element, pieces: dict[tuple[PageKey, int], str]) -> str:
    places = [place for each in (element, *element.descendants()) for place in each.numbers()]
    return " ".join(pieces[place].strip() for place in places)


def _pieces(document: pikepdf.Pdf) -> dict[tuple[PageKey, int], str]:
    found: dict[tuple[PageKey, int], str] = {}
    for page in document.pages:
        letters = {name: _letters(font) for name, font in page.resources.get("/Font", {}).items()}
        number, font = None, ""
        for instruction in pikepdf.parse_content_stream(page):
            operator = str(instruction.operator)
            if operator in ("BDC", "BMC"):
                number = marked_number(instruction)
            elif operator == "Tf":
                font = str(instruction.operands[0])
            elif operator in ("TJ", "Tj") and number is not None:
                place = (page.obj.objgen, number)
                found[place] = found.get(place, "") + _decoded(instruction.operands[0], letters[font])
    return found


def _letters(font: pikepdf.Object) -> dict[int, str]:
    text = font["/ToUnicode"].read_bytes().decode("latin-1")
    return {int(code, 16): bytes.fromhex(letters).decode("utf-16-be") for code, letters in _PAIR.findall(text)}


def _decoded(shown: pikepdf.Object, letters: dict[int, str]) -> str:
    strings = [s for s in shown if isinstance(s, pikepdf.String)] if isinstance(shown, pikepdf.Array) else [shown]
    codes = b"".join(bytes(string) for string in strings)
    return "".join(letters[int.from_bytes(codes[at : at + 2], "big")] for at in range(0, len(codes), 2))

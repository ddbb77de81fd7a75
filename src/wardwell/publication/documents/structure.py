"""Our own check of a tagged PDF: what PDF/UA-1 (ISO 14289-1) asks for that can be read off the structure tree.

This is not veraPDF and not a proof of conformance. It does not judge whether a description is a good one, whether the
reading order makes sense or whether colours can be told apart. It finds what goes wrong in practice: a picture without
words, a skipped heading, a cell without a header, text that assistive technology is never told about.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf

from wardwell.publication.documents.tree import Element, elements, marked_numbers, unmarked_content

HEADINGS = ("H1", "H2", "H3", "H4", "H5", "H6")
CHILDREN_OF_LIST = frozenset({"LI", "L", "Caption"})
CHILDREN_OF_ITEM = frozenset({"Lbl", "LBody"})


@dataclass(frozen=True, slots=True)
class Fault:
    """Something a reader with assistive technology would stumble over, by its code and in a sentence."""

    code: str
    sentence: str


def check(pdf: bytes) -> tuple[Fault, ...]:
    """Every fault found; none means none of those we look for, not that there are none."""
    with pikepdf.open(BytesIO(pdf)) as document:
        faults = [*_document_faults(document)]
        if "/StructTreeRoot" not in document.Root:
            return (*faults, Fault("untagged", "The document has no structure tree."))
        tree = tuple(elements(document))
        for rule in (_headings, _figures, _tables, _lists, _links):
            faults.extend(rule(tree))
        return (*faults, *_content_faults(document, tree), *_font_faults(document))


def _document_faults(document: pikepdf.Pdf) -> Iterator[Fault]:
    root = document.Root
    if not _truth(root.get("/MarkInfo"), "/Marked"):
        yield Fault("not-marked", "The document does not say that it is tagged.")
    if not str(root.get("/Lang", "")).strip():
        yield Fault("no-language", "The document does not say in which language it is.")
    if not _truth(root.get("/ViewerPreferences"), "/DisplayDocTitle"):
        yield Fault("title-not-shown", "The window would show the file's name instead of the title.")
    with document.open_metadata() as metadata:
        if not str(metadata.get("dc:title", "")).strip():
            yield Fault("no-title", "The document has no title.")
        if str(metadata.get("pdfuaid:part", "")) != "1":
            yield Fault("no-identifier", "The document does not declare PDF/UA-1.")


def _truth(holder: pikepdf.Object | None, key: str) -> bool:
    return holder is not None and bool(holder.get(key, False))


def _headings(tree: tuple[Element, ...]) -> Iterator[Fault]:
    before = 0
    levels = [(element, HEADINGS.index(element.kind) + 1) for element in tree if element.kind in HEADINGS]
    if not levels:
        yield Fault("no-headings", "The document has no headings.")
    for element, level in levels:
        if before == 0 and level != 1:
            yield Fault("heading-order", f"The first heading is of level {level}, not 1.")
        elif level > before + 1:
            yield Fault("heading-order", f"A heading of level {level} follows one of level {before}.")
        if level == 1 and before > 0:
            yield Fault("second-title", "There is more than one heading of level 1.")
        if not element.has_content():
            yield Fault("empty-heading", f"A heading of level {level} has nothing in it.")
        before = level


def _figures(tree: tuple[Element, ...]) -> Iterator[Fault]:
    for element in tree:
        if element.kind == "Figure" and not (element.text("/Alt") or element.text("/ActualText")):
            yield Fault("figure-without-words", "A picture has no description.")


def _tables(tree: tuple[Element, ...]) -> Iterator[Fault]:
    for table in (element for element in tree if element.kind == "Table"):
        cells = [element for element in table.descendants() if element.kind in ("TH", "TD")]
        headers = {name for cell in cells if cell.kind == "TH" and (name := cell.text("/ID"))}
        scoped = any(cell.kind == "TH" and cell.attribute("/Scope") is not None for cell in cells)
        if not any(cell.kind == "TH" for cell in cells):
            yield Fault("table-without-headers", "A table has no header cells.")
            continue
        for cell in cells:
            if cell.kind == "TD" and not scoped and not _associated(cell, headers):
                yield Fault("cell-without-header", "A cell of a table belongs to no header.")


def _associated(cell: Element, headers: set[str]) -> bool:
    named = cell.attribute("/Headers")
    if not isinstance(named, pikepdf.Array) or not len(named):
        return False
    return {str(name) for name in named} <= headers


def _lists(tree: tuple[Element, ...]) -> Iterator[Fault]:
    for element in tree:
        kinds = {child.kind for child in element.children()}
        if element.kind == "L" and (not kinds or not kinds <= CHILDREN_OF_LIST):
            yield Fault("list-structure", f"A list holds {_named(kinds - CHILDREN_OF_LIST)}, not items.")
        if element.kind == "LI" and ("LBody" not in kinds or not kinds <= CHILDREN_OF_ITEM):
            yield Fault("list-structure", f"An item of a list has no body of its own, but {_named(kinds)}.")


def _named(kinds: set[str] | frozenset[str]) -> str:
    return ", ".join(sorted(kinds)) or "nothing"


def _links(tree: tuple[Element, ...]) -> Iterator[Fault]:
    for element in tree:
        if element.kind != "Link":
            continue
        annotations = element.annotations()
        if not annotations:
            yield Fault("link-without-target", "A link is tagged but leads nowhere.")
        for annotation in annotations:
            if not element.has_content() and not str(annotation.get("/Contents", "")).strip():
                yield Fault("link-without-words", "A link has neither text nor a description.")


def _content_faults(document: pikepdf.Pdf, tree: tuple[Element, ...]) -> Iterator[Fault]:
    claimed = {place for element in tree for place in element.numbers()}
    for at, page in enumerate(document.pages):
        content = pikepdf.parse_content_stream(page)
        if unmarked_content(content):
            yield Fault(
                "content-outside-tree", f"Page {at + 1} shows something that is neither tagged nor an artifact."
            )
        missing = marked_numbers(content) - {number for owner, number in claimed if owner == page.obj.objgen}
        if missing:
            yield Fault(
                "content-outside-tree", f"Page {at + 1} has {len(missing)} tagged pieces that the tree does not name."
            )
        if _has_untagged_link(page):
            yield Fault("link-outside-tree", f"Page {at + 1} has a link that the tree does not name.")


def _has_untagged_link(page: pikepdf.Page) -> bool:
    return any(
        annotation.get("/Subtype") == "/Link" and "/StructParent" not in annotation
        for annotation in page.obj.get("/Annots", pikepdf.Array())
    )


def _font_faults(document: pikepdf.Pdf) -> Iterator[Fault]:
    seen: set[str] = set()
    for page in document.pages:
        for font in page.resources.get("/Font", pikepdf.Dictionary()).values():
            name = str(font.get("/BaseFont", "a font"))
            if name not in seen and not _is_embedded(font):
                yield Fault("font-not-embedded", f"{name.lstrip('/')} is not in the file.")
            seen.add(name)


def _is_embedded(font: pikepdf.Object) -> bool:
    carriers = [*font.get("/DescendantFonts", [font])]
    files: tuple[str, ...] = ("/FontFile", "/FontFile2", "/FontFile3")
    return font.get("/Subtype") == "/Type3" or all(
        any(file in carrier.get("/FontDescriptor", pikepdf.Dictionary()) for file in files) for carrier in carriers
    )

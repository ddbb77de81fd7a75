"""The inside of a Word file: its parts, read and written again so that equal parts give equal bytes."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO

from lxml import etree

from wardwell.publication.documents.document import Document
from wardwell.publication.documents.packing import packed

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
DC = "http://purl.org/dc/elements/1.1/"
TEXT_WIDTH_PERCENT_FIFTIETHS = "5000"


def w(name: str) -> str:
    """A name of WordprocessingML as the parser gives it."""
    return f"{{{W}}}{name}"


def parts(package: bytes) -> dict[str, bytes]:
    """The files in a package, by their names."""
    with zipfile.ZipFile(BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def finished(package: bytes, document: Document) -> bytes:
    """Pandoc's file with the properties that a library or a screen reader asks for, and tables that behave."""
    held = parts(package)
    held["docProps/core.xml"] = _core_properties(held["docProps/core.xml"], document)
    held["word/document.xml"] = _tables_that_behave(held["word/document.xml"])
    return packed(held, document.released_on)


def _core_properties(core: bytes, document: Document) -> bytes:
    root = etree.fromstring(core)
    properties: Mapping[str, str] = {
        f"{{{DC}}}title": document.title,
        f"{{{DC}}}subject": document.subtitle,
        f"{{{DC}}}creator": document.partnership,
        f"{{{DC}}}identifier": document.reference,
        f"{{{DC}}}language": document.language,
        f"{{{CORE}}}lastModifiedBy": document.partnership,
    }
    for name, text in properties.items():
        held = root.find(name)
        if held is None:
            held = etree.SubElement(root, name)
        held.text = text
    return serialised(root)


def _tables_that_behave(body: bytes) -> bytes:
    """Tables as wide as the text, rows that do not break across pages."""
    root = etree.fromstring(body)
    for table in root.iter(w("tbl")):
        width = table.find(f"{w('tblPr')}/{w('tblW')}")
        if width is not None:
            width.set(w("type"), "pct")
            width.set(w("w"), TEXT_WIDTH_PERCENT_FIFTIETHS)
        for row in table.iter(w("tr")):
            properties = row.find(w("trPr"))
            if properties is None:
                properties = etree.Element(w("trPr"))
                row.insert(0, properties)
            properties.insert(0, etree.Element(w("cantSplit")))
    return serialised(root)


def serialised(root: etree._Element) -> bytes:
    """An element as the bytes of a part."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))

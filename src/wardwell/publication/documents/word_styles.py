"""The styles of our Word files: pandoc's own reference document, restyled by this script so that no binary is kept.

Arial, calm headings, ruled tables with shaded headers, A4 with a page number at the foot.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

import pypandoc
from lxml import etree

from wardwell.publication.documents.packing import packed
from wardwell.publication.documents.word_package import W, parts, serialised, w

FONT = "Arial"
INK, QUIET, ACCENT, WASH, LINE = "0B0C0C", "484949", "12436D", "F3F4F5", "B1B4B6"
NO_DAY = date(1980, 1, 1)
"""Zip files know no earlier day; the reference document itself is never published."""
RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
FOOTER_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"
FOOTER_RELATIONSHIP = "rIdWardwellFooter"


@dataclass(frozen=True, slots=True)
class Look:
    """A paragraph style: sizes in half points, spaces in twentieths of a point."""

    size: int
    bold: bool = False
    colour: str = INK
    before: int = 0
    after: int = 120
    keep_next: bool = False
    outline: int | None = None
    shade: str = ""
    indent: int = 0
    rule_left: str = ""
    rule_above: str = ""


LOOKS: Mapping[str, Look] = {
    "Heading1": Look(56, bold=True, colour=ACCENT, after=120, keep_next=True, outline=0),
    "Heading2": Look(34, bold=True, before=480, after=160, keep_next=True, outline=1, rule_above=ACCENT),
    "Heading3": Look(27, bold=True, before=320, after=120, keep_next=True, outline=2),
    "Heading4": Look(24, bold=True, before=240, keep_next=True, outline=3),
    "Heading5": Look(22, bold=True, before=240, keep_next=True, outline=4),
    "BodyText": Look(22, after=160),
    "FirstParagraph": Look(22, after=160),
    "Compact": Look(22, before=20, after=40),
    "Caption": Look(20, bold=True, before=160, keep_next=True),
    "TableCaption": Look(20, bold=True, before=160, keep_next=True),
    "ImageCaption": Look(20, bold=True, before=80),
    "BlockText": Look(22, indent=280, rule_left=LINE),
    "Cover": Look(24, colour=QUIET, after=80),
    "Summary": Look(22, shade=WASH, indent=160, rule_left=ACCENT),
    "Basis": Look(18, colour=QUIET, before=80),
    "Origin": Look(16, colour=QUIET, after=20, indent=200),
    "Notice": Look(22, bold=True, indent=160, rule_left="CA3535"),
}
OUR_OWN = ("Cover", "Summary", "Basis", "Origin", "Notice")


@cache
def reference_document(language: str) -> bytes:
    """The document from which pandoc takes the styles, in a language."""
    held = parts(_pandocs_own())
    held["word/styles.xml"] = _styles(held["word/styles.xml"], language)
    held["word/settings.xml"] = _settings(held["word/settings.xml"], language)
    held["word/document.xml"] = _page(held["word/document.xml"])
    held["word/footer1.xml"] = _footer()
    held["word/_rels/document.xml.rels"] = _with_footer_relationship(held["word/_rels/document.xml.rels"])
    held["[Content_Types].xml"] = _with_footer_type(held["[Content_Types].xml"])
    return packed(held, NO_DAY)


def _pandocs_own() -> bytes:
    command = [pypandoc.get_pandoc_path(), "--print-default-data-file", "reference.docx"]
    return subprocess.run(command, check=True, capture_output=True, timeout=60).stdout  # noqa: S603 - nothing from outside


def _styles(styles: bytes, language: str) -> bytes:
    root = etree.fromstring(styles)
    for fonts in root.iter(w("rFonts")):
        fonts.attrib.clear()
        for script in ("ascii", "hAnsi", "cs", "eastAsia"):
            fonts.set(w(script), FONT)
    for spoken in root.iter(w("lang")):
        spoken.set(w("val"), language)
    for own in OUR_OWN:
        root.append(_new_style(own))
    for style in root.iter(w("style")):
        look = LOOKS.get(style.get(w("styleId"), ""))
        if look:
            _restyle(style, look)
        if style.get(w("styleId")) == "Table":
            _restyle_table(style)
    return serialised(root)


def _settings(settings: bytes, language: str) -> bytes:
    root = etree.fromstring(settings)
    for fonts in root.iter(w("themeFontLang")):
        fonts.set(w("val"), language)
    return serialised(root)


def _new_style(name: str) -> etree._Element:
    style = _made("style", type="paragraph", customStyle="1", styleId=name)
    style.extend([_made("name", val=name), _made("basedOn", val="BodyText"), _made("qFormat")])
    return style


def _restyle(style: etree._Element, look: Look) -> None:
    for old in (style.find(w("pPr")), style.find(w("rPr"))):
        if old is not None:
            style.remove(old)
    style.extend([_paragraph_properties(look), _run_properties(look)])


def _paragraph_properties(look: Look) -> etree._Element:
    """In the order that the schema of WordprocessingML wants."""
    properties = _made("pPr")
    if look.keep_next:
        properties.extend([_made("keepNext"), _made("keepLines")])
    borders = {"top": look.rule_above, "left": look.rule_left}
    if any(borders.values()):
        border = etree.SubElement(properties, w("pBdr"))
        border.extend(
            _made(side, val="single", sz="12" if side == "top" else "24", space="8", color=colour)
            for side, colour in borders.items()
            if colour
        )
    if look.shade:
        properties.append(_made("shd", val="clear", color="auto", fill=look.shade))
    properties.append(_made("spacing", before=str(look.before), after=str(look.after), line="276", lineRule="auto"))
    if look.indent:
        properties.append(_made("ind", left=str(look.indent)))
    if look.outline is not None:
        properties.append(_made("outlineLvl", val=str(look.outline)))
    return properties


def _run_properties(look: Look) -> etree._Element:
    properties = _made("rPr")
    properties.append(_made("rFonts", ascii=FONT, hAnsi=FONT, cs=FONT, eastAsia=FONT))
    if look.bold:
        properties.append(_made("b"))
    properties.extend(
        [_made("color", val=look.colour), _made("sz", val=str(look.size)), _made("szCs", val=str(look.size))]
    )
    return properties


def _restyle_table(style: etree._Element) -> None:
    properties = style.find(w("tblPr"))
    borders = _made("tblBorders")
    for side in ("top", "bottom", "insideH"):
        borders.append(_made(side, val="single", sz="4", space="0", color=LINE))
    properties.insert(1, borders)
    for margin in properties.find(w("tblCellMar")):
        margin.set(w("w"), "60" if margin.tag in (w("top"), w("bottom")) else "80")
    header = style.find(w("tblStylePr"))
    if header is not None:
        style.remove(header)
    style.append(_header_row())


def _header_row() -> etree._Element:
    header = _made("tblStylePr", type="firstRow")
    bold = etree.SubElement(header, w("rPr"))
    bold.append(_made("b"))
    cell = etree.SubElement(header, w("tcPr"))
    borders = etree.SubElement(cell, w("tcBorders"))
    borders.append(_made("bottom", val="single", sz="8", space="0", color=INK))
    cell.extend([_made("shd", val="clear", color="auto", fill=WASH), _made("vAlign", val="bottom")])
    return header


def _page(body: bytes) -> bytes:
    root = etree.fromstring(body)
    section = root.find(f".//{w('sectPr')}")
    reference = _made("footerReference", type="default")
    reference.set(f"{{{OFFICE}}}id", FOOTER_RELATIONSHIP)
    section.insert(0, reference)
    section.append(_made("pgSz", w="11906", h="16838"))
    margins = dict.fromkeys(("top", "right", "bottom", "left"), "1247")
    section.append(_made("pgMar", **margins, header="709", footer="709", gutter="0"))
    return serialised(root)


def _footer() -> bytes:
    root = etree.Element(w("ftr"), nsmap={"w": W})
    paragraph = etree.SubElement(root, w("p"))
    properties = etree.SubElement(paragraph, w("pPr"))
    properties.append(_made("jc", val="right"))
    for instruction, words in (("PAGE", "Page "), ("NUMPAGES", " of ")):
        run = etree.SubElement(paragraph, w("r"))
        text = etree.SubElement(run, w("t"))
        text.text = words
        text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        field = etree.SubElement(paragraph, w("fldSimple"))
        field.set(w("instr"), instruction)
        etree.SubElement(etree.SubElement(field, w("r")), w("t")).text = "1"
    return serialised(root)


def _with_footer_relationship(relationships: bytes) -> bytes:
    root = etree.fromstring(relationships)
    element = etree.SubElement(root, f"{{{RELATIONSHIPS}}}Relationship")
    for name, value in (("Type", f"{OFFICE}/footer"), ("Id", FOOTER_RELATIONSHIP), ("Target", "footer1.xml")):
        element.set(name, value)
    return serialised(root)


def _with_footer_type(types: bytes) -> bytes:
    root = etree.fromstring(types)
    element = etree.SubElement(root, f"{{{CONTENT_TYPES}}}Override")
    element.set("PartName", "/word/footer1.xml")
    element.set("ContentType", FOOTER_TYPE)
    return serialised(root)


def _made(name: str, **attributes: str) -> etree._Element:
    element = etree.Element(w(name))
    for key, value in attributes.items():
        element.set(w(key), value)
    return element

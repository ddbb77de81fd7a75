"""The Word file: its properties, its language, its tables and headings."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from itertools import pairwise

from lxml import etree

from tests.wardwell.publication.documents.examples import figures
from tests.wardwell.publication.documents.reading import part
from wardwell.publication.documents.outputs import WORD


class TestWord:
    def test_carries_its_properties(self, made: dict[str, bytes]) -> None:
        core = etree.fromstring(part(made[WORD], "docProps/core.xml"))
        said = {etree.QName(element).localname: element.text for element in core}
        assert said["title"] == "Strategic assessment 2025"
        assert said["creator"] == "Exampleshire Community Safety Partnership"
        assert (said["language"], said["created"]) == ("en-GB", "2025-11-03T00:00:00Z")

    def test_speaks_british_english_in_arial(self, made: dict[str, bytes]) -> None:
        styles = part(made[WORD], "word/styles.xml")
        assert b"en-US" not in styles + part(made[WORD], "word/settings.xml")
        assert set(re.findall(rb'w:ascii="([^"]+)"', styles)) == {b"Arial"}

    def test_has_the_picture_once_with_its_words(self, made: dict[str, bytes]) -> None:
        body = etree.fromstring(part(made[WORD], "word/document.xml"))
        described = [found for found in body.xpath("//*[local-name()='docPr']/@descr") if found]
        assert described == [figures()[0].description]
        with zipfile.ZipFile(io.BytesIO(made[WORD])) as archive:
            assert len([name for name in archive.namelist() if "/media/" in name]) == 1

    def test_repeats_header_rows_and_breaks_no_row(self, made: dict[str, bytes]) -> None:
        body = etree.fromstring(part(made[WORD], "word/document.xml"))
        for table in body.xpath("//*[local-name()='tbl']"):
            assert len(table.xpath(".//*[local-name()='tblHeader']")) == 1
            assert len(table.xpath(".//*[local-name()='cantSplit']")) == len(table.xpath("*[local-name()='tr']"))

    def test_begins_with_its_only_title_and_skips_no_heading(self, made: dict[str, bytes]) -> None:
        levels = list(_heading_levels(part(made[WORD], "word/document.xml")))
        assert levels[0] == 1
        assert levels.count(1) == 1
        assert all(after <= before + 1 for before, after in pairwise(levels))

    def test_uses_only_styles_that_it_has(self, made: dict[str, bytes]) -> None:
        styles = etree.fromstring(part(made[WORD], "word/styles.xml"))
        body = etree.fromstring(part(made[WORD], "word/document.xml"))
        assert set(_styles_used(body)) <= set(styles.xpath("//*[local-name()='style']/@*[local-name()='styleId']"))


def _heading_levels(body: bytes) -> Iterator[int]:
    for style in _styles_used(etree.fromstring(body)):
        if style.startswith("Heading"):
            yield int(style.removeprefix("Heading"))


def _styles_used(body: etree._Element) -> list[str]:
    return [str(style) for style in body.xpath("//*[local-name()='pStyle']/@*")]

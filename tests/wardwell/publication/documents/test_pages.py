"""The page stands under the site's security policy, alone in a folder, and for people who cannot see it."""

from __future__ import annotations

from datetime import date
from typing import Literal

import pytest
from lxml import html

from tests.wardwell.publication.documents.examples import Parts, document
from wardwell.publication.documents import pages
from wardwell.publication.documents.document import Notice
from wardwell.publication.documents.outputs import PAGE

INLINE = ("<style", " style=", "<script", " onclick", "javascript:")


class TestPage:
    def test_of_the_site_has_nothing_inline(self) -> None:
        page = pages.body(document())
        assert [found for found in INLINE if found in page] == []

    def test_to_keep_fetches_nothing(self, made: dict[str, bytes]) -> None:
        root = html.document_fromstring(made[PAGE])
        assert root.xpath("//link | //script | //iframe") == []
        assert all(source.startswith("data:") for source in root.xpath("//@src"))
        assert all("url(" not in style.read_text() for style in pages.STYLE_FOLDER.glob("*.css"))

    def test_escapes_what_authors_write(self, made: dict[str, bytes]) -> None:
        assert "Work with &lt;bus&gt; companies &amp; schools." in made[PAGE].decode()

    def test_gives_every_picture_words_and_every_table_headers(self, made: dict[str, bytes]) -> None:
        root = html.document_fromstring(made[PAGE])
        assert root.get("lang") == "en-GB"
        assert all(image.get("alt") for image in root.iter("img"))
        assert all(table.xpath("caption") and table.xpath("thead//th[@scope='col']") for table in root.iter("table"))
        assert all(row.xpath("th[@scope='row']") for row in root.xpath("//tbody/tr"))

    def test_has_every_target_of_its_links_and_no_name_twice(self, made: dict[str, bytes]) -> None:
        root = html.document_fromstring(made[PAGE])
        names = root.xpath("//@id")
        assert len(names) == len(set(names))
        assert {link.removeprefix("#") for link in root.xpath("//a/@href")} <= set(names)
        assert set(root.xpath("//@aria-labelledby")) <= set(names)

    @pytest.mark.parametrize(("kind", "heading"), [("correction", "Corrected on"), ("withdrawal", "Withdrawn on")])
    def test_says_first_that_it_was_changed(self, kind: Literal["correction", "withdrawal"], heading: str) -> None:
        page = pages.body(document(Parts(notices=(Notice(kind, date(2026, 1, 9), "A row was wrong."),))))
        assert page.index(f"{heading} 9 January 2026") < page.index("Key figures")

"""Whatever somebody typed stands in a published page as the words they typed, and does nothing."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest

from tests.wardwell.publication.documents.examples import Parts, document, sections
from wardwell.publication.documents import pages
from wardwell.publication.documents.document import Document, Paragraph, Quote, Section, Term, Words
from wardwell.web.published.body import on_the_site

HOSTILE = '</main><script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">x</a>{{ x }}'


@pytest.fixture(scope="module")
def hostile() -> Document:
    words = (Words(HOSTILE),)
    written = Section(HOSTILE, (Paragraph(words), Quote(words, HOSTILE)))
    made = document(Parts(sections=(written, *sections()), title=HOSTILE))
    glossary = (*made.glossary, Term(HOSTILE, HOSTILE))
    return replace(made, partnership=HOSTILE, prepared_by=HOSTILE, subtitle=HOSTILE, glossary=glossary)


@pytest.mark.parametrize("printed", [pages.body, pages.standalone])
def test_hostile_words_are_words(hostile: Document, printed: object) -> None:
    assert callable(printed)
    text = str(printed(hostile))
    root = lxml.html.fromstring(text)
    assert root.xpath("//script | //img[@onerror] | //a[starts-with(@href, 'javascript:')]") == []
    assert text.count("</main>") == 1
    assert "&lt;script&gt;alert(1)" in text


def test_hostile_words_are_words_on_the_site_too(hostile: Document) -> None:
    shown = on_the_site(str(pages.body(hostile)), code="swp", reference="SWP-SA-2026-1")
    assert lxml.html.fromstring(shown).xpath("//script | //img[@onerror]") == []

"""The document as a tagged PDF (PDF/UA-1), from the same page, by WeasyPrint."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO

import pikepdf
from weasyprint import HTML
from weasyprint.urls import URLFetcher, URLFetcherResponse

from wardwell.publication.documents.document import Document
from wardwell.publication.documents.pages import Typeface, for_print
from wardwell.publication.documents.tree import elements, marked_number

ARTIFACT = pikepdf.ContentStreamInstruction(
    [pikepdf.Name.Artifact, pikepdf.Dictionary(Type=pikepdf.Name.Pagination)], pikepdf.Operator("BDC")
)


class UnableToFetch(ValueError):
    """The document asked for something that is neither inside it nor one of its fonts."""


class OnlyFonts(URLFetcher):  # type: ignore[misc] # WeasyPrint is not typed
    """Lets the renderer read pictures inside the page and the named font files: no network, no other file."""

    def __init__(self, typeface: Typeface) -> None:
        super().__init__(allowed_protocols=("data", "file"), fail_on_errors=True)
        self._fonts = {path.resolve().as_uri() for path in typeface.files}

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if not url.startswith("data:") and url not in self._fonts:
            raise UnableToFetch(f"The document asks for {url}, which is not part of it.")
        return super().fetch(url, headers)


def pdf(document: Document, typeface: Typeface) -> bytes:
    """The PDF's bytes: the same on every run with the same fonts, since nothing in it is of the moment."""
    page = HTML(string=for_print(document, typeface), url_fetcher=OnlyFonts(typeface))
    with _uncollected():
        written = page.write_pdf(pdf_variant="pdf/ua-1")
    assert isinstance(written, bytes)  # noqa: S101 - without a target WeasyPrint returns the bytes
    return _with_artifacts(written)


@contextmanager
def _uncollected() -> Iterator[None]:
    """A layout is a million objects that all live to its end: looking through them for garbage takes a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _with_artifacts(pdf: bytes) -> bytes:
    """Running headers and page numbers as artifacts. WeasyPrint marks them as text but leaves them out of the tree."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        named = {place for element in elements(document) for place in element.numbers()}
        for page in document.pages:
            here = {number for owner, number in named if owner == page.obj.objgen}
            page.obj["/Contents"] = document.make_stream(pikepdf.unparse_content_stream(_instructions(page, here)))
        document.save(out, deterministic_id=True)
    return out.getvalue()


def _instructions(
    page: pikepdf.Page, named: set[int]
) -> list[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]:
    return [
        ARTIFACT if (number := marked_number(instruction)) is not None and number not in named else instruction
        for instruction in pikepdf.parse_content_stream(page)
    ]

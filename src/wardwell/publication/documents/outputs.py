"""Everything that a release publishes, made from one document: each file by its name, and a manifest of them all."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

from wardwell.publication.documents import data, pages, portable, structure, word
from wardwell.publication.documents.document import Document, UnableToMakeDocument
from wardwell.publication.documents.packing import packed
from wardwell.publication.documents.pages import Typeface

PAGE, PDF, WORD, BUNDLE = "document.html", "document.pdf", "document.docx", "document.zip"
MEDIA_TYPES: Mapping[str, str] = {
    ".html": "text/html; charset=utf-8",
    ".pdf": "application/pdf",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".zip": "application/zip",
}


def make(document: Document, typeface: Typeface) -> dict[str, bytes]:
    """Page, PDF, Word file, a CSV with its description for each figure, and one zip of all of these.

    The same document with the same fonts gives the same bytes. Raises `UnableToMakeDocument` when the PDF that came out
    fails our check of its structure: an inaccessible document is not published.
    """
    with ThreadPoolExecutor(1) as beside:
        # Pandoc is a process of its own: it writes while the PDF is laid out here.
        written = beside.submit(word.docx, document)
        made = {
            PAGE: pages.standalone(document).encode("utf-8"),
            PDF: _checked(portable.pdf(document, typeface)),
            WORD: written.result(),
        }
    for figure in document.figures:
        made[f"data/{figure.slug}.csv"] = data.csv(figure)
        made[f"data/{figure.slug}.csv-metadata.json"] = data.metadata(document, figure)
    return {**made, BUNDLE: packed(made, document.released_on)}


def media_type(name: str) -> str:
    """How an output is to be served.

    >>> media_type("data/burglary.csv")
    'text/csv; charset=utf-8'
    """
    return MEDIA_TYPES["." + name.rsplit(".", 1)[-1]]


def manifest(outputs: Mapping[str, bytes]) -> dict[str, Any]:
    """Name, size and SHA-256 of every file, for the release to keep and for readers to check their copy against."""
    return {
        name: {"sha256": sha256(content).hexdigest(), "bytes": len(content), "media_type": media_type(name)}
        for name, content in sorted(outputs.items())
    }


def _checked(pdf: bytes) -> bytes:
    faults = structure.check(pdf)
    if faults:
        raise UnableToMakeDocument("The PDF is not accessible. " + " ".join(fault.sentence for fault in faults))
    return pdf

"""The document as a Word file, from the same page, by pandoc.

Pictures go in as PNG by file path: without one, readers that lack SVG would see nothing, and from a `data:` address
pandoc would copy the picture into the document a second time as its description.
"""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pypandoc

from wardwell.publication.documents.document import Document
from wardwell.publication.documents.pages import for_word
from wardwell.publication.documents.word_package import finished
from wardwell.publication.documents.word_styles import reference_document

LONGEST_SECONDS = 120


class UnableToWriteWord(RuntimeError):
    """Pandoc did not make the file, and what it said."""


def docx(document: Document) -> bytes:
    """The Word file's bytes: the same on every run, since its dates are the day of release."""
    with TemporaryDirectory(prefix="wardwell-word-") as place:
        folder = Path(place)
        pictures = {figure.slug: f"{figure.slug}.png" for figure in document.figures if figure.png}
        for figure in document.figures:
            if figure.png:
                (folder / pictures[figure.slug]).write_bytes(figure.png)
        (folder / "document.html").write_text(for_word(document, pictures), encoding="utf-8")
        (folder / "reference.docx").write_bytes(reference_document(document.language))
        _run_pandoc(folder, document)
        return finished((folder / "document.docx").read_bytes(), document)


def _run_pandoc(folder: Path, document: Document) -> None:
    command = [
        pypandoc.get_pandoc_path(),
        "--from=html",
        "--to=docx",
        "--reference-doc=reference.docx",
        f"--metadata=lang:{document.language}",
        "--fail-if-warnings",
        "--output=document.docx",
        "document.html",
    ]
    released = datetime.combine(document.released_on, datetime.min.time(), tzinfo=UTC)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(int(released.timestamp()))}
    try:
        subprocess.run(  # noqa: S603 - no shell; only the language is not our own, and it is one argument
            command, cwd=folder, env=environment, check=True, capture_output=True, text=True, timeout=LONGEST_SECONDS
        )
    except subprocess.CalledProcessError as failed:
        raise UnableToWriteWord(failed.stderr.strip()) from failed
    except subprocess.TimeoutExpired as failed:
        raise UnableToWriteWord(f"Pandoc took longer than {LONGEST_SECONDS} seconds.") from failed

"""A published document to take away: as PDF, as Word file, as data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from wardwell.publication.queries import OutputView, ReleaseView
from wardwell.web.published.addresses import file_href, kind_of_file, size_in_words, what_it_is

OFFERED = ("document.pdf", "document.docx", "document.zip")


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A file with what a reader wants to know before taking it."""

    text: str
    href: str
    about: str


@dataclass(frozen=True)
class TakingAway:
    """The files of a document, the whole ones first."""

    template: ClassVar[str] = "published/taking.html"

    whole: tuple[TakenFile, ...]
    others: tuple[TakenFile, ...]


def taking_away(code: str, one: ReleaseView) -> TakingAway:
    """What can be taken away."""
    files = {output.name: _file(code, one.summary.reference, output) for output in one.outputs}
    whole = tuple(files[name] for name in OFFERED if name in files)
    return TakingAway(whole, tuple(file for name, file in files.items() if name not in OFFERED))


def _file(code: str, reference: str, output: OutputView) -> TakenFile:
    about = f"{kind_of_file(output.name)}, {size_in_words(output.bytes)}"
    return TakenFile(what_it_is(output.name), file_href(code, reference, output.name), about)

"""A document as the partnership means it: sections, prose, figures and where each number comes from.

Nothing here knows HTML, PDF or Word. A `Document` that exists can be published accessibly: every figure has a picture
in words, headings do not skip, and no sentence cites a figure or a fact that is not there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, TypeAlias

from wardstats.disclosure import Disclosed

FigureKind = Literal["computed", "estimate", "cited"]
NoticeKind = Literal["correction", "withdrawal"]

_SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_REFERENCE = re.compile(r"\{(?P<figure>[a-z0-9-]+)\.(?P<fact>[a-z0-9_]+)\}|\[(?P<term>[^\]\[]+)\]")


class UnableToMakeDocument(ValueError):
    """Why these parts do not make a publishable document, in a sentence for the author."""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A number in a sentence that is not typed but taken from a figure, so that it can be read back and checked."""

    figure: str
    name: str


@dataclass(frozen=True, slots=True)
class Mention:
    """A word in a sentence that the glossary explains."""

    term: str


Inline: TypeAlias = Words | Fact | Mention
Prose: TypeAlias = tuple[Inline, ...]


def prose(text: str) -> Prose:
    """Text as an author writes it: `{burglary-trend.total}` takes a fact from a figure, `[Priority Area]` is a glossary term.

    >>> prose("Burglary: {burglary.total} in a [Priority Area].")[1]
    Fact(figure='burglary', name='total')
    """
    runs: list[Inline] = []
    at = 0
    for found in _REFERENCE.finditer(text):
        if found.start() > at:
            runs.append(Words(text[at : found.start()]))
        runs.append(Mention(found["term"]) if found["term"] else Fact(found["figure"], found["fact"]))
        at = found.end()
    if at < len(text):
        runs.append(Words(text[at:]))
    return tuple(runs)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph."""

    runs: Prose


@dataclass(frozen=True, slots=True)
class Points:
    """A list of points; ordered when the order matters."""

    items: tuple[Prose, ...]
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody said or a document says, and whose words they are."""

    runs: Prose
    whose: str


@dataclass(frozen=True, slots=True)
class FigureHere:
    """The place in the text where a figure stands."""

    slug: str


Block: TypeAlias = Paragraph | Points | Quote | FigureHere


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands under it. The document's title is level 1, so sections begin at level 2."""

    heading: str
    blocks: tuple[Block, ...]
    level: int = 2


@dataclass(frozen=True, slots=True)
class Source:
    """An edition of somebody's data that a figure was counted from."""

    name: str
    edition: str
    licence: str
    sha256: str
    statement: str = ""
    """The attribution that the licence asks for, word for word."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Enough to compute a figure again: its sources, the measure and its version, every parameter, and the library."""

    sources: tuple[Source, ...]
    measure: str
    version: int
    parameters: Mapping[str, Any]
    library: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A numbered picture with its table: computed by us, estimated, or cited from somebody else.

    Only a disclosed table can be printed. `svg` and `png` are the same picture of it, and `description` says in words what
    the picture shows; a figure without a picture is a table alone.
    """

    slug: str
    title: str
    kind: FigureKind
    disclosed: Disclosed
    description: str
    origin: Origin | None = None
    svg: str = ""
    png: bytes = b""

    def __post_init__(self) -> None:
        if not _SLUG.fullmatch(self.slug):
            raise UnableToMakeDocument(f"“{self.slug}” cannot name a figure: use small letters, digits and hyphens.")
        if not self.description.strip():
            raise UnableToMakeDocument(f"Figure “{self.title}” has no description for people who cannot see it.")
        if bool(self.svg) != bool(self.png):
            raise UnableToMakeDocument(
                f"Figure “{self.title}” needs its picture both as SVG and as PNG, or not at all."
            )
        if self.kind == "computed" and self.origin is None:
            raise UnableToMakeDocument(f"Figure “{self.title}” is computed but does not say from what.")


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A fact that stands large at the front, with the words that belong to it."""

    fact: Fact
    label: str
    detail: Prose = ()
    caveat: str = ""
    """What must be said wherever the number stands large."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the field and what it means."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Requirement:
    """A thing the law or guidance says a document of this kind contains, and where this one does."""

    text: str
    authority: str
    answer: str


@dataclass(frozen=True, slots=True)
class Notice:
    """That a released document was corrected or withdrawn: when, and why, for the reader."""

    kind: NoticeKind
    on: date
    text: str


@dataclass(frozen=True)
class Document:
    """A document ready to be released. See the module for what its existence promises.

    Raises `UnableToMakeDocument` when a sentence cites what is not there or headings skip a level.
    """

    title: str
    subtitle: str
    partnership: str
    reference: str
    released_on: date
    prepared_by: str
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...] = ()
    summary: tuple[Prose, ...] = ()
    key_figures: tuple[KeyFigure, ...] = ()
    glossary: tuple[Term, ...] = ()
    checklist: tuple[Requirement, ...] = ()
    notices: tuple[Notice, ...] = ()
    verification: str = ""
    """How a reader can have every number counted again, in a sentence."""
    language: str = "en-GB"

    def __post_init__(self) -> None:
        _check_named_parts(self)
        _check_headings(self.sections)
        _check_places(self)
        _check_citations(self)

    def figure(self, slug: str) -> Figure:
        """The figure of that name; `UnableToMakeDocument` if there is none."""
        for figure in self.figures:
            if figure.slug == slug:
                return figure
        raise UnableToMakeDocument(f"The text refers to a figure “{slug}” that the document does not have.")

    def number_of(self, slug: str) -> int:
        """The figure's printed number: figures are numbered in the order in which they stand in the text."""
        return [block.slug for block in _figure_places(self.sections)].index(slug) + 1

    def printed(self, fact: Fact) -> str:
        """A fact as it is printed, suppressed where the figure suppresses it."""
        disclosed = self.figure(fact.figure).disclosed
        if fact.name not in disclosed.facts:
            raise UnableToMakeDocument(f"Figure “{fact.figure}” has no fact “{fact.name}”.")
        return disclosed.fact(fact.name)


def _check_named_parts(document: Document) -> None:
    for part in ("title", "partnership", "reference", "prepared_by", "language"):
        if not getattr(document, part).strip():
            raise UnableToMakeDocument(f"The document has no {part.replace('_', ' ')}.")
    if not document.sections:
        raise UnableToMakeDocument("The document has no sections.")
    if len(document.figures) != len({figure.slug for figure in document.figures}):
        raise UnableToMakeDocument("Two figures have the same name.")


def _check_headings(sections: Iterable[Section]) -> None:
    before = 1
    for section in sections:
        if not 2 <= section.level <= min(before + 1, 5):
            raise UnableToMakeDocument(f"Heading “{section.heading}” skips a level: {section.level} after {before}.")
        before = section.level


def _check_places(document: Document) -> None:
    placed = [block.slug for block in _figure_places(document.sections)]
    for figure in document.figures:
        if placed.count(figure.slug) != 1:
            raise UnableToMakeDocument(f"Figure “{figure.title}” must stand in the text exactly once.")
    for slug in placed:
        document.figure(slug)


def _check_citations(document: Document) -> None:
    terms = {term.word.casefold() for term in document.glossary}
    for run in _all_runs(document):
        if isinstance(run, Fact):
            document.printed(run)
        elif isinstance(run, Mention) and run.term.casefold() not in terms:
            raise UnableToMakeDocument(f"The glossary does not explain “{run.term}”.")


def _figure_places(sections: Iterable[Section]) -> list[FigureHere]:
    return [block for section in sections for block in section.blocks if isinstance(block, FigureHere)]


def _all_runs(document: Document) -> Iterable[Inline]:
    for summary in document.summary:
        yield from summary
    for key in document.key_figures:
        yield from (key.fact, *key.detail)
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Paragraph | Quote):
                yield from block.runs
            elif isinstance(block, Points):
                yield from (run for item in block.items for run in item)

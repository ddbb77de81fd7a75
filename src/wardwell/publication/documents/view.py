"""A document arranged for a template: runs of prose as safe HTML, tables as rows of addressed cells.

Values are all text by now; nothing is formatted, rounded or left out from here on.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import slugify

from wardstats import asked_in_words
from wardstats.disclosure import SUPPRESSED, Disclosed, ResultColumn
from wardstats.disclosure.formatting import DOES_NOT_APPLY, NOT_AVAILABLE
from wardwell.publication.documents.annex import (
    KeptFileView,
    OriginView,
    SharedCaveat,
    kept_files,
    origin_anchor,
    origins,
    shared_caveats,
)
from wardwell.publication.documents.document import (
    Block,
    Document,
    Fact,
    Figure,
    FigureHere,
    Inline,
    Mention,
    Notice,
    Origin,
    Paragraph,
    Points,
    Prose,
    Quote,
)
from wardwell.publication.documents.paper import LONG_TABLE, headings, on_paper

NUMERIC_KINDS = frozenset({"count", "rate", "percent", "ratio", "number"})
KIND_WORDS: Mapping[str, str] = {
    "computed": "Counted from published data",
    "estimate": "Estimate",
    "cited": "Cited from another publication",
}

_NUMBER = re.compile(r"([-−+]?)([\d,]+(?:\.\d+)?)\s?%?")


def machine_value(text: str) -> str:
    """The printed text of a number as a machine reads it; any other text as it is.

    >>> machine_value("1,492"), machine_value("−3.5%"), machine_value("[c]")
    ('1492', '-3.5', '[c]')
    """
    found = _NUMBER.fullmatch(text.strip())
    if not found:
        return text
    sign = "-" if found[1] in ("-", "−") else ""
    return sign + found[2].replace(",", "")


def long_date(day: date) -> str:
    """A date as it is written in running text.

    >>> long_date(date(2014, 4, 1))
    '1 April 2014'
    """
    return f"{day.day} {day:%B %Y}"


OVER_TIME = frozenset({"line", "control"})
NOTHING = SafeString()


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell with its address in the figure, so that it can be read back and checked."""

    text: str
    value: str
    column: str
    look: str
    is_heading: bool


@dataclass(frozen=True, slots=True)
class RowView:
    number: str
    cells: tuple[CellView, ...]


@dataclass(frozen=True, slots=True)
class ColumnView:
    label: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class LineView:
    label: str
    text: str
    is_hash: bool = False


@dataclass(frozen=True, slots=True)
class PieceView:
    """Some rows of a table on paper, under its headings."""

    caption: str
    rows: tuple[RowView, ...]


@dataclass(frozen=True, slots=True)
class FigureView:
    slug: str
    number: str
    title: str
    kind: str
    kind_words: str
    picture: SafeString
    description: str
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    is_long: bool
    caveats: tuple[str, ...]
    origin: tuple[LineView, ...]
    origin_anchor: str
    shape: str
    has_shared_caveats: bool
    paper_columns: tuple[ColumnView, ...]
    pieces: tuple[PieceView, ...]
    whole: PieceView
    beneath: str


@dataclass(frozen=True, slots=True)
class BlockView:
    kind: Literal["paragraph", "points", "quote", "figure"]
    html: SafeString = NOTHING
    items: tuple[SafeString, ...] = ()
    ordered: bool = False
    whose: str = ""
    figure: FigureView | None = None


@dataclass(frozen=True, slots=True)
class SectionView:
    anchor: str
    heading: str
    level: str
    blocks: tuple[BlockView, ...]


@dataclass(frozen=True, slots=True)
class NoticeView:
    kind: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class EntryView:
    anchor: str
    heading: str


@dataclass(frozen=True, slots=True)
class TermView:
    anchor: str
    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class KeyFigureView:
    html: SafeString
    label: str
    detail: SafeString
    caveat: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """Everything the template prints, in its order."""

    document: Document
    released: str
    notices: tuple[NoticeView, ...]
    summary: tuple[SafeString, ...]
    key_figures: tuple[KeyFigureView, ...]
    contents: tuple[EntryView, ...]
    sections: tuple[SectionView, ...]
    glossary: tuple[TermView, ...]
    attributions: tuple[str, ...]
    symbols: tuple[str, ...]
    shared_caveats: tuple[SharedCaveat, ...]
    kept_files: tuple[KeptFileView, ...]
    origins: tuple[OriginView, ...]


def view(document: Document, pictures: Mapping[str, str], *, is_paper: bool = False) -> DocumentView:
    """The document for the template; `pictures` says for each figure's slug where its picture is to be found.

    On paper an annex says where the numbers come from; on the screen every figure has it folded beneath.
    """
    shared = shared_caveats(document)
    once = frozenset(caveat.sentence for caveat in shared)
    figures = {one.slug: _figure(document, one, pictures.get(one.slug, ""), once) for one in document.figures}
    sections = _sections(document, figures)
    return DocumentView(
        document=document,
        released=long_date(document.released_on),
        notices=tuple(_notice(notice) for notice in document.notices),
        summary=tuple(inline(runs, document) for runs in document.summary),
        key_figures=tuple(
            KeyFigureView(inline((key.fact,), document), key.label, inline(key.detail, document), key.caveat)
            for key in document.key_figures
        ),
        contents=_contents(document, sections, has_reading=bool(shared), is_paper=is_paper),
        sections=sections,
        glossary=tuple(
            TermView(term_anchor(term.word), term.word, term.meaning)
            for term in sorted(document.glossary, key=lambda term: term.word.casefold())
        ),
        attributions=_attributions(document),
        symbols=symbols(document),
        shared_caveats=shared,
        kept_files=kept_files(document),
        origins=origins(document),
    )


def vector_pictures(document: Document) -> dict[str, str]:
    """Each picture as a `data:` address: an inline `<svg>` would become a PDF figure without a description."""
    return {
        figure.slug: "data:image/svg+xml;base64," + base64.b64encode(figure.svg.encode()).decode()
        for figure in document.figures
        if figure.svg
    }


def symbols(document: Document) -> tuple[str, ...]:
    """What the marks in the tables mean: each said once, for the whole document."""
    notes = [note for figure in document.figures for note in figure.disclosed.notes]
    return tuple(dict.fromkeys(note for note in notes if note.startswith((str(SUPPRESSED), NOT_AVAILABLE))))


def inline(runs: Prose, document: Document) -> SafeString:
    """Running text as HTML; a fact carries the address of the cell that it was taken from."""
    return format_html_join("", "{}", ((_inline(run, document),) for run in runs))


def _inline(run: Inline, document: Document) -> SafeString:
    if isinstance(run, Fact):
        text = document.printed(run)
        return format_html(
            '<data class="number" value="{}" data-figure="{}" data-fact="{}">{}</data>',
            machine_value(text),
            run.figure,
            run.name,
            text,
        )
    if isinstance(run, Mention):
        return format_html('<a class="term" href="#{}">{}</a>', term_anchor(run.term), run.term)
    return format_html("{}", run.text)


def term_anchor(word: str) -> str:
    """Where in the document the glossary explains a word."""
    return f"term-{slugify(word)}"


def _sections(document: Document, figures: Mapping[str, FigureView]) -> tuple[SectionView, ...]:
    return tuple(
        SectionView(
            anchor=f"section-{position}-{slugify(section.heading)}",
            heading=section.heading,
            level=str(section.level),
            blocks=tuple(_block(block, document, figures) for block in section.blocks),
        )
        for position, section in enumerate(document.sections, start=1)
    )


def _contents(
    document: Document, sections: Sequence[SectionView], *, has_reading: bool, is_paper: bool
) -> tuple[EntryView, ...]:
    chapters = [EntryView("reading", "How to read these figures")] if has_reading else []
    chapters += [EntryView(section.anchor, section.heading) for section in sections if section.level == "2"]
    if document.checklist:
        chapters.append(EntryView("requirements", "What this document must contain"))
    if document.glossary:
        chapters.append(EntryView("glossary", "Words used"))
    chapters.append(EntryView("about", "About this document"))
    if is_paper and any(figure.origin for figure in document.figures):
        chapters.append(EntryView("origins", "Where the numbers come from"))
    return tuple(chapters)


def _notice(notice: Notice) -> NoticeView:
    what = {"correction": "Corrected on", "withdrawal": "Withdrawn on"}[notice.kind]
    return NoticeView(notice.kind, f"{what} {long_date(notice.on)}", notice.text)


def _block(block: Block, document: Document, figures: Mapping[str, FigureView]) -> BlockView:
    match block:
        case Paragraph(runs):
            return BlockView("paragraph", html=inline(runs, document))
        case Points(items, ordered):
            return BlockView("points", items=tuple(inline(item, document) for item in items), ordered=ordered)
        case Quote(runs, whose):
            return BlockView("quote", html=inline(runs, document), whose=whose)
        case FigureHere(slug):
            return BlockView("figure", figure=figures[slug])


def _figure(document: Document, figure: Figure, address: str, said_once: frozenset[str]) -> FigureView:
    caveats = [caveat.sentence for caveat in figure.disclosed.caveats]
    number = str(document.number_of(figure.slug))
    rows, paper = _rows(figure.disclosed), on_paper(figure.disclosed)
    caption = _caption(figure, number, address)
    printed = [column for column in figure.disclosed.columns if column.name in paper.columns]
    return FigureView(
        slug=figure.slug,
        number=number,
        title=figure.title,
        kind=figure.kind,
        kind_words=KIND_WORDS[figure.kind],
        picture=_picture(figure, address),
        description=figure.description,
        columns=_columns(figure.disclosed.columns),
        rows=rows,
        is_long=len(figure.disclosed.rows) > LONG_TABLE,
        caveats=tuple(sentence for sentence in caveats if sentence not in said_once),
        origin=_origin(figure, figure.origin) if figure.origin else (),
        origin_anchor=origin_anchor(figure.slug),
        shape=_shape(figure.disclosed),
        has_shared_caveats=not said_once.isdisjoint(caveats),
        paper_columns=_columns(printed),
        pieces=_pieces(caption, rows, paper.columns, paper.pieces),
        whole=_pieces(caption, rows, paper.columns, (range(len(rows)),))[0],
        beneath=paper.beneath,
    )


def _shape(disclosed: Disclosed) -> str:
    """How high the picture is, so that its letters stay readable on paper."""
    if disclosed.chart in OVER_TIME:
        return "over-time"
    return "tall" if len(disclosed.rows) > LONG_TABLE + 1 else "side-by-side"


def _caption(figure: Figure, number: str, address: str) -> str:
    """Beneath its picture a table need not say again what the figure is about."""
    return f"Figure {number} in numbers" if address else f"Figure {number}: {figure.title}"


def _pieces(
    caption: str, rows: Sequence[RowView], columns: tuple[str, ...], pieces: Sequence[range]
) -> tuple[PieceView, ...]:
    """The rows on paper, with the columns that are printed there."""
    return tuple(
        PieceView(
            caption if not piece.start else f"{caption}, continued",
            tuple(
                RowView(rows[at].number, tuple(cell for cell in rows[at].cells if cell.column in columns))
                for at in piece
            ),
        )
        for piece in pieces
    )


def _picture(figure: Figure, address: str) -> SafeString:
    if not address:
        return NOTHING
    return format_html('<img src="{}" alt="{}">', address, figure.description)


def _columns(columns: Sequence[ResultColumn]) -> tuple[ColumnView, ...]:
    return tuple(
        ColumnView(label, column.kind in NUMERIC_KINDS)
        for label, column in zip(headings(columns), columns, strict=True)
    )


def _rows(disclosed: Disclosed) -> tuple[RowView, ...]:
    return tuple(
        RowView(
            str(position),
            tuple(
                _cell(column, text, first=column is disclosed.columns[0])
                for column, text in zip(disclosed.columns, row, strict=True)
            ),
        )
        for position, row in enumerate(disclosed.as_text_rows())
    )


def _cell(column: ResultColumn, text: str, *, first: bool) -> CellView:
    return CellView(
        text=text,
        value=machine_value(text),
        column=column.name,
        look=_look(column, text),
        is_heading=first,
    )


def _look(column: ResultColumn, text: str) -> str:
    """The classes by which the style sheet knows a cell."""
    if column.kind not in NUMERIC_KINDS:
        return "month" if column.kind == "month" else "words"
    return "number symbol" if text in (str(SUPPRESSED), NOT_AVAILABLE, DOES_NOT_APPLY) else "number"


def _origin(figure: Figure, origin: Origin) -> tuple[LineView, ...]:
    lines: list[LineView] = []
    for source in origin.sources:
        lines.append(LineView("Source", f"{source.name}, {source.edition}. {source.licence}"))
        lines.append(LineView("SHA-256 of the kept file", source.sha256, is_hash=True))
    lines.append(LineView("Measure", f"{origin.measure}, version {origin.version}"))
    lines.extend(LineView(name, value) for name, value in asked_in_words(origin.parameters))
    lines.append(LineView("Computed with", origin.library))
    lines.append(LineView("Numbers as a file", f"{figure.slug}.csv"))
    return tuple(lines)


def _attributions(document: Document) -> tuple[str, ...]:
    stated = [
        source.statement or f"{source.name}, {source.edition}. {source.licence}."
        for figure in document.figures
        if figure.origin
        for source in figure.origin.sources
    ]
    return tuple(dict.fromkeys(stated))

"""From a signed-off assessment to the document that is released: every number disclosed, every figure with its origin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings

from wardstats.charts import register_fonts
from wardstats.disclosure import Disclosed
from wardwell.assessment import queries as assessments
from wardwell.assessment.rules import text as written
from wardwell.publication.documents import document as documents
from wardwell.publication.documents.drawing import drawn
from wardwell.publication.documents.pages import Typeface
from wardwell.publication.documents.view import long_date
from wardwell.publication.glossary import terms_in

FALLBACK_FONT = "sans-serif"
LEFT_OVER = "Figures that the text takes numbers from"
OPEN_LICENCE = "Open Government Licence"
KEY_FACTS: Mapping[str, tuple[str, str, str]] = {
    "crime-count": ("count", "crimes", "{period}"),
    "crime-rate": (
        "rate",
        "crimes for every 1,000 residents",
        "{count} crimes, {population} residents; 95% interval {lower} to {upper}",
    ),
    "crime-change": (
        "percent",
        "change in crime on the year before",
        "{after} against {before}; 95% interval {lower} to {upper}; {verdict}",
    ),
    "asb-incidents": ("count", "anti-social behaviour incidents", "{period}"),
}
"""By measure: the fact that stands large at the front, its words, and the facts printed small beneath it."""

KEY_CAVEATS: Mapping[str, str] = {"asb-recording-2025": "Recording seems to have changed in September 2025."}
"""By code: what a number that stands large must say of itself at once, before its figure says it in full."""

_FACT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Imprint:
    """What a document says about its own release."""

    reference: str
    released_on: date
    audit_length: int
    audit_head: str


def compose(view: assessments.DocumentView, imprint: Imprint) -> documents.Document:
    """The document of an assessment. The same assessment with the same imprint gives the same document.

    Raises UnableToMakeDocument with a sentence about what does not hold.
    """
    figures = _figures(view)
    sections = (*_sections(view), *_left_over(view))
    return documents.Document(
        title=view.summary.title,
        subtitle=f"What the evidence says about {long_date(view.summary.period_from)} to {_last_day(view)}",
        partnership=view.partnership_name,
        reference=imprint.reference,
        released_on=imprint.released_on,
        prepared_by=_prepared_by(view),
        sections=tuple(sections),
        figures=figures,
        key_figures=tuple(_key_figures(view, figures)),
        glossary=terms_in(_all_words(view)),
        checklist=tuple(_requirement(section) for section in view.sections),
        verification=_verification(imprint),
    )


def typeface() -> Typeface:
    """The bundled font, where the front end has been built; else whatever the machine calls sans-serif."""
    folder = Path(settings.CHART_FONTS)
    name = settings.CHART_FONT.replace(" ", "")
    regular, bold = folder / f"{name}-Regular.ttf", folder / f"{name}-Bold.ttf"
    if not regular.is_file() or not bold.is_file():
        return Typeface(FALLBACK_FONT)
    _register(folder)
    return Typeface(settings.CHART_FONT, regular, bold)


@cache
def _register(folder: Path) -> None:
    register_fonts(folder)


def disclosed_of(view: assessments.DocumentView) -> dict[str, Disclosed]:
    """What an assessment would print, figure by figure."""
    return {figure.slug: figure.disclosed for figure in view.figures}


def facts_cited(document: documents.Document) -> dict[str, dict[str, int]]:
    """How often the document prints each fact, by figure: so that one that goes missing is missed."""
    found: dict[str, dict[str, int]] = {figure.slug: {} for figure in document.figures}
    for fact in _facts(document):
        of_figure = found[fact.figure]
        of_figure[fact.name] = of_figure.get(fact.name, 0) + 1
    return found


def _facts(document: documents.Document) -> Iterable[documents.Fact]:
    for key in document.key_figures:
        yield from (key.fact, *(run for run in key.detail if isinstance(run, documents.Fact)))
    blocks = (block for section in document.sections for block in section.blocks)
    for block in blocks:
        if isinstance(block, documents.Paragraph):
            yield from (run for run in block.runs if isinstance(run, documents.Fact))


def _figures(view: assessments.DocumentView) -> tuple[documents.Figure, ...]:
    font = typeface()
    sources = {
        one.sha256: documents.Source(one.source, one.edition, one.licence, one.sha256, _statement(one))
        for one in view.sources
    }
    return tuple(_figure(one, sources, font) for one in view.figures)


def _figure(one: assessments.FigureView, sources: Mapping[str, documents.Source], font: Typeface) -> documents.Figure:
    if one.kind == "computed":
        return drawn(
            one.disclosed,
            slug=one.slug,
            sources=sources,
            font=font.family,
            title=one.title,
            embed_font=bool(font.files),
        )
    kind: documents.FigureKind = "estimate" if one.kind == "estimate" else "cited"
    return documents.Figure(
        slug=one.slug, title=one.title, kind=kind, disclosed=one.disclosed, description=one.description
    )


def _statement(one: assessments.SourceView) -> str:
    if OPEN_LICENCE not in one.licence and "OGL" not in one.licence:
        return ""
    return f"{one.source}, {one.edition}. Contains public sector information licensed under the {one.licence}."


def _sections(view: assessments.DocumentView) -> Iterable[documents.Section]:
    placed: set[str] = set()
    titles = {figure.slug: figure.title for figure in view.figures}
    for section in view.sections:
        why_not = (documents.Paragraph((documents.Words(section.absence_reason),)),)
        yield documents.Section(section.name, () if section.findings else why_not)
        for finding in section.findings:
            blocks = tuple(_blocks(finding.paragraphs, placed, titles))
            yield documents.Section(finding.heading, blocks, level=3)


def _blocks(
    paragraphs: Iterable[written.Paragraph], placed: set[str], titles: Mapping[str, str]
) -> Iterable[documents.Block]:
    for paragraph in paragraphs:
        runs: list[documents.Inline] = []
        for part in paragraph.parts:
            if isinstance(part, written.Place) and part.slug not in placed:
                yield from _flushed(runs)
                runs = []
                placed.add(part.slug)
                yield documents.FigureHere(part.slug)
            else:
                runs.append(_run(part, titles))
        yield from _flushed(runs)


def _flushed(runs: list[documents.Inline]) -> Iterable[documents.Block]:
    if any(not isinstance(run, documents.Words) or run.text.strip() for run in runs):
        yield documents.Paragraph(tuple(runs))


def _run(part: written.Part, titles: Mapping[str, str]) -> documents.Inline:
    if isinstance(part, written.Fact):
        return documents.Fact(part.slug, part.name)
    if isinstance(part, written.Place):
        return documents.Words(f"(see “{titles.get(part.slug, part.slug)}” above)")
    return documents.Words(part.text)


def _left_over(view: assessments.DocumentView) -> Iterable[documents.Section]:
    if view.unplaced:
        yield documents.Section(LEFT_OVER, tuple(documents.FigureHere(slug) for slug in view.unplaced))


def _key_figures(view: assessments.DocumentView, figures: Iterable[documents.Figure]) -> Iterable[documents.KeyFigure]:
    headline = {
        figure.origin.measure: figure for figure in figures if figure.origin and _is_of_all(view, figure.origin)
    }
    for measure, (name, label, beneath) in KEY_FACTS.items():
        figure = headline.get(measure)
        if figure is not None and name in figure.disclosed.facts:
            caveats = [KEY_CAVEATS[one.code] for one in figure.disclosed.caveats if one.code in KEY_CAVEATS]
            fact = documents.Fact(figure.slug, name)
            yield documents.KeyFigure(fact, label, _beneath(figure, beneath), " ".join(caveats))


def _is_of_all(view: assessments.DocumentView, origin: documents.Origin) -> bool:
    """Whether a figure is about what the words of a key figure say: all crime of the whole district, in the period assessed,
    beside the same months of the year before.
    """
    since, until = view.summary.period_from, view.summary.period_until
    expected = {
        "from": f"{since:%Y-%m}",
        "until": f"{until:%Y-%m}",
        "compare_from": f"{since.year - 1}-{since:%m}",
        "compare_until": f"{until.year - 1}-{until:%m}",
        "area_code": None,
        "crime_type": None,
    }
    return all(value == expected[name] for name, value in origin.parameters.items() if name in expected)


def _beneath(figure: documents.Figure, wording: str) -> documents.Prose:
    """The wording with its facts; nothing if the figure lacks one of them."""
    if not set(_FACT.findall(wording)) <= figure.disclosed.facts.keys():
        return ()
    return documents.prose(_FACT.sub(rf"{{{figure.slug}.\1}}", wording))


def _requirement(section: assessments.SectionView) -> documents.Requirement:
    headings = "; ".join(finding.heading for finding in section.findings)
    return documents.Requirement(section.wording, section.source, headings or f"Not answered. {section.absence_reason}")


def _prepared_by(view: assessments.DocumentView) -> str:
    signed = view.summary.signed_off_at
    if signed is None:
        return view.partnership_name
    group = view.decisions[-1].group if view.decisions else "Board"
    return f"{view.partnership_name}; signed off on {long_date(signed.date())} by the {group}"


def _last_day(view: assessments.DocumentView) -> str:
    return long_date(date.fromordinal(view.summary.period_until.toordinal() - 1))


def _verification(imprint: Imprint) -> str:
    return (
        f"Every number was counted from the kept files named for its figure, and can be counted again: ask the "
        f"partnership to run “wardwell verify {imprint.reference}”, or compare the digests of your copies with those in "
        f"the list of files. When this was published, the partnership's audit trail held {imprint.audit_length:,} events "
        f"and ended with {imprint.audit_head or 'none'}."
    )


def _all_words(view: assessments.DocumentView) -> str:
    words = [figure.title + " " + " ".join(figure.disclosed.header) for figure in view.figures]
    words += [figure.description + " " + " ".join(figure.disclosed.notes) for figure in view.figures]
    words += [finding.heading + " " + finding.view.text for section in view.sections for finding in section.findings]
    return " ".join(words)

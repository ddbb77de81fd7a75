"""What a publication is made from: an assessment's text with its numbers filled in, its figures, and their sources."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.access.queries import partnership
from wardwell.assessment.queries.figures import FigureView
from wardwell.assessment.queries.reading import AssessmentSummary, FindingView, assessment
from wardwell.assessment.rules.lifecycle import Obstacle
from wardwell.assessment.rules.text import Paragraph, figures_named, parse
from wardwell.meetings.queries import DecisionView


@dataclass(frozen=True, slots=True)
class WrittenFinding:
    """A finding for print: its heading, its paragraphs in parts (words, numbers of figures, places of figures)."""

    heading: str
    paragraphs: tuple[Paragraph, ...]
    view: FindingView


@dataclass(frozen=True, slots=True)
class SectionView:
    """A head of the checklist with its findings, or the reason why there is none."""

    name: str
    wording: str
    source: str
    absence_reason: str
    findings: tuple[WrittenFinding, ...]


@dataclass(frozen=True, slots=True)
class SourceView:
    """A kept file that figures were computed from."""

    source: str
    licence: str
    edition: str
    sha256: str


@dataclass(frozen=True, slots=True)
class DocumentView:
    """The raw material of a publication. `unplaced` are figures that a text cites but does not place; unused ones are left out."""

    summary: AssessmentSummary
    partnership_name: str
    sections: tuple[SectionView, ...]
    figures: tuple[FigureView, ...]
    unplaced: tuple[str, ...]
    sources: tuple[SourceView, ...]
    decisions: tuple[DecisionView, ...]
    obstacles: tuple[Obstacle, ...]


def document_of(actor: Actor, *, assessment_id: UUID) -> DocumentView | None:
    """An assessment as raw material for publication, if the actor may see it; its state says whether it may be published."""
    view = assessment(actor, assessment_id=assessment_id)
    here = partnership(actor)
    if view is None or here is None:
        return None
    sections = tuple(
        SectionView(
            item.name, item.wording, item.source, item.absence_reason, tuple(_written(one) for one in item.findings)
        )
        for item in view.items
    )
    findings = [finding for section in sections for finding in section.findings]
    named = frozenset[str]().union(*(figures_named(finding.view.text) for finding in findings))
    placed = {slug for finding in findings for paragraph in finding.paragraphs for slug in paragraph.places}
    used = tuple(one for one in view.figures if one.slug in named | _inputs_of(view.figures, named))
    return DocumentView(
        summary=view.summary,
        partnership_name=here.name,
        sections=sections,
        figures=used,
        unplaced=tuple(one.slug for one in used if one.slug not in placed),
        sources=_sources(used),
        decisions=view.decisions,
        obstacles=view.obstacles,
    )


def _written(finding: FindingView) -> WrittenFinding:
    return WrittenFinding(finding.heading, parse(finding.text), finding)


def _inputs_of(figures: tuple[FigureView, ...], named: frozenset[str]) -> frozenset[str]:
    return frozenset(one.figure for figure in figures if figure.slug in named for one in figure.inputs if one.figure)


def _sources(figures: tuple[FigureView, ...]) -> tuple[SourceView, ...]:
    found = {
        file.sha256: SourceView(file.source, file.licence, file.edition, file.sha256)
        for figure in figures
        if figure.lineage
        for file in figure.lineage.files
    }
    return tuple(sorted(found.values(), key=lambda one: (one.source, one.edition, one.sha256)))

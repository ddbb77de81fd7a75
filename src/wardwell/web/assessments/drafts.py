"""A draft's findings and figures as the editor lists them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode

from wardwell.assessment.queries import AssessmentView, FigureView, FindingView
from wardwell.web.assessments.found import address
from wardwell.web.assessments.prose import Reading
from wardwell.web.components import Component, Link, Tag, printed


@dataclass(frozen=True, kw_only=True)
class StandingFinding:
    """A finding in the editor: as it prints, what does not hold in it, and what can be done with it."""

    template: ClassVar[str] = "assessments/finding.html"

    id: str
    heading: str
    by: str
    contents: Sequence[Component]
    problems: Sequence[str]
    numbers: Sequence[Link]
    change: str
    up: str
    down: str
    remove: str
    is_as_drafted: bool

    @classmethod
    def of(
        cls, view: AssessmentView, finding: FindingView, *, is_first: bool, is_last: bool, id: str
    ) -> StandingFinding:
        """A finding with the addresses of what can be done; no way up for the first, none down for the last."""
        parts = {"finding_id": finding.id}
        return cls(
            id=id,
            heading=finding.heading,
            by=f"{finding.written_by}, {printed(finding.written_at, 'moment')}",
            contents=Reading(view, shows_figures=False).of(finding.text),
            problems=[problem.sentence for problem in finding.problems],
            numbers=[_explain(view, finding, one.number) for one in finding.unexplained],
            change=address("finding", view, **parts),
            up="" if is_first else address("finding_move", view, way="up", **parts),
            down="" if is_last else address("finding_move", view, way="down", **parts),
            remove=address("finding_remove", view, **parts),
            is_as_drafted=finding.is_as_drafted,
        )


def _explain(view: AssessmentView, finding: FindingView, number: str) -> Link:
    to = address("finding_number", view, finding_id=finding.id)
    return Link(
        text=f"Explain “{number}”", hidden=f"in {finding.heading}", href=f"{to}?{urlencode({'number': number})}"
    )


@dataclass(frozen=True, slots=True)
class FigureRow:
    """A figure in the editor's list."""

    title: str
    href: str
    kind: str
    short_name: str
    state: str
    tag: Tag


def figure_rows(view: AssessmentView) -> list[FigureRow]:
    """The figures of an assessment, in their order."""
    return [_row(view, figure) for figure in view.figures]


def _row(view: AssessmentView, figure: FigureView) -> FigureRow:
    if not figure.is_behind_evidence:
        tag = Tag("Cited" if figure.kind == "cited" else "Up to date", "green")
    elif figure.is_drift_acknowledged:
        tag = Tag("Left as it is", "grey")
    else:
        tag = Tag("Evidence has changed", "red")
    return FigureRow(
        title=f"{figure.number}. {figure.title}",
        href=address("assessment_figure", view, slug=figure.slug),
        kind=figure.kind.capitalize(),
        short_name=figure.slug,
        state=tag.text,
        tag=tag,
    )

"""Assessments for the reader and the editor."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wardstats.disclosure import Disclosed
from wardwell.access.actor import Actor
from wardwell.access.policy import Decision, may
from wardwell.assessment.models import Assessment, ChecklistItem, Finding
from wardwell.assessment.queries.figures import FigureView, figures_of
from wardwell.assessment.queries.standing import explained, facts_of, standing
from wardwell.assessment.rules.checklist import HEADS
from wardwell.assessment.rules.lifecycle import (
    Obstacle,
    Standing,
    State,
    can_change,
    can_return_to_draft,
    can_revise,
    can_sign_off,
    can_submit,
    obstacles,
)
from wardwell.assessment.rules.text import Printed, Problem, TypedNumber, printed, problems, unexplained
from wardwell.meetings.queries import DecisionView, decisions

KIND = "assessment.Assessment"
SUGGESTIONS = {head.code: head.suggestion for head in HEADS}


@dataclass(frozen=True, slots=True)
class AssessmentSummary:
    """An assessment in a list. `period_until` is exclusive."""

    id: UUID
    kind: str
    title: str
    period_from: date
    period_until: date
    as_at: date
    edition: int
    follows_id: UUID | None
    state: State
    author: str
    author_id: UUID
    drafted_at: datetime
    submitted_by: str
    submitted_at: datetime | None
    returned_by: str
    returned_at: datetime | None
    return_reason: str
    signed_off_by: str
    signed_off_at: datetime | None
    sign_off_reason: str
    decision_id: UUID | None


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding: as typed, as printed, and what does not hold in it."""

    id: UUID
    position: int
    heading: str
    text: str
    version: int
    is_as_drafted: bool
    printed: tuple[Printed, ...]
    problems: tuple[Problem, ...]
    unexplained: tuple[TypedNumber, ...]
    explained: tuple[tuple[TypedNumber, str], ...]
    written_by: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class ItemView:
    """A head of the checklist. `state` is answered, explained (why not) or empty; `suggestion` is offered for an empty one."""

    code: str
    name: str
    wording: str
    source: str
    state: str
    absence_reason: str
    suggestion: str
    findings: tuple[FindingView, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """Something this actor could do next: whether, and why or why not."""

    verb: str
    allowed: bool
    because: str


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """An assessment with everything that its reader and its editor need."""

    summary: AssessmentSummary
    items: tuple[ItemView, ...]
    removed: tuple[FindingView, ...]
    figures: tuple[FigureView, ...]
    obstacles: tuple[Obstacle, ...]
    steps: tuple[Step, ...]
    decisions: tuple[DecisionView, ...]

    def step(self, verb: str) -> Step:
        """The step of this name; KeyError if there is none."""
        for step in self.steps:
            if step.verb == verb:
                return step
        raise KeyError(verb)


def assessments(actor: Actor) -> tuple[AssessmentSummary, ...]:
    """The assessments of the partnership worked for, newest period first, latest edition first."""
    rows = Assessment.objects.visible_to(actor).filter(partnership_id=actor.here)
    return tuple(summary(row) for row in rows.select_related("author", "submitted_by", "returned_by", "signed_off_by"))


def assessment(actor: Actor, *, assessment_id: UUID) -> AssessmentView | None:
    """One assessment with everything about it, if the actor may see it."""
    rows = Assessment.objects.visible_to(actor).filter(id=assessment_id, partnership_id=actor.here)
    row = rows.select_related("author", "submitted_by", "returned_by", "signed_off_by").first()
    if row is None:
        return None
    items = list(ChecklistItem.objects.visible_to(actor).filter(assessment_id=row.id))
    findings = Finding.objects.visible_to(actor).filter(assessment_id=row.id).select_related("written_by")
    kept = [one for one in findings if one.removed_at is None]
    figures = figures_of(actor, assessment_id=row.id, texts=[one.text for one in kept])
    now = standing(actor, row, items, kept, figures)
    return AssessmentView(
        summary=summary(row),
        items=tuple(_item(item, [one for one in kept if one.item_id == item.id], figures) for item in items),
        removed=tuple(_finding(one, figures) for one in findings if one.removed_at is not None),
        figures=figures,
        obstacles=obstacles(now),
        steps=tuple(_steps(actor, now)),
        decisions=decisions(actor, about_id=row.id),
    )


def summary(row: Assessment) -> AssessmentSummary:
    """A row as it stands in a list."""
    return AssessmentSummary(
        id=row.id,
        kind=row.get_kind_display(),
        title=row.title,
        period_from=row.period_from,
        period_until=row.period_until,
        as_at=row.as_at,
        edition=row.edition,
        follows_id=row.follows_id,
        state=State(row.state),
        author=row.author.name,
        author_id=row.author_id,
        drafted_at=row.drafted_at,
        submitted_by=row.submitted_by.name if row.submitted_by else "",
        submitted_at=row.submitted_at,
        returned_by=row.returned_by.name if row.returned_by else "",
        returned_at=row.returned_at,
        return_reason=row.return_reason,
        signed_off_by=row.signed_off_by.name if row.signed_off_by else "",
        signed_off_at=row.signed_off_at,
        sign_off_reason=row.sign_off_reason,
        decision_id=row.decision_id,
    )


def _item(row: ChecklistItem, findings: list[Finding], figures: tuple[FigureView, ...]) -> ItemView:
    state = "answered" if findings else "explained" if row.absence_reason.strip() else "empty"
    return ItemView(
        code=row.code,
        name=row.name,
        wording=row.wording,
        source=row.source,
        state=state,
        absence_reason=row.absence_reason,
        suggestion=SUGGESTIONS.get(row.code, "") if state == "empty" else "",
        findings=tuple(_finding(one, figures) for one in findings),
    )


def _finding(row: Finding, figures: tuple[FigureView, ...]) -> FindingView:
    shown: dict[str, Disclosed] = {one.slug: one.disclosed for one in figures}
    reasons = {(one["number"], one["sentence"]): one["reason"] for one in row.explained_numbers}
    return FindingView(
        id=row.id,
        position=row.position,
        heading=row.heading,
        text=row.text,
        version=row.version,
        is_as_drafted=row.is_as_drafted,
        printed=printed(row.text, shown),
        problems=problems(row.text, facts_of(figures)),
        unexplained=unexplained(row.text, explained(row)),
        explained=tuple((TypedNumber(*key), reason) for key, reason in reasons.items()),
        written_by=row.written_by.name,
        written_at=row.written_at,
    )


def _steps(actor: Actor, now: Standing) -> Iterable[Step]:
    for verb, kind, can in (
        ("change", "assessment.Finding", can_change(now.state)),
        ("submit for review", KIND, can_submit(now)),
        ("return to draft", KIND, can_return_to_draft(now.state)),
        ("sign off", KIND, can_sign_off(now, by=actor.self_id)),
        ("revise", KIND, can_revise(now.state)),
    ):
        yield _step(actor, verb, kind, can)


def _step(actor: Actor, verb: str, kind: str, can: Decision) -> Step:
    allowed = may(roles=actor.roles, verb=verb, kind=kind)
    answer = allowed if not allowed.allowed else can
    return Step(verb, answer.allowed, answer.because)

"""What decides about an assessment's next step, gathered from its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.assessment.models import Assessment, ChecklistItem, Figure, Finding
from wardwell.assessment.queries.figures import FigureView, figures_of
from wardwell.assessment.rules.lifecycle import FigureStanding, FindingStanding, ItemStanding, Standing, State
from wardwell.assessment.rules.text import TypedNumber, problems, unexplained


def standing_of(actor: Actor, *, assessment_id: UUID) -> Standing:
    """The standing of an assessment that the actor may see; raises Assessment.DoesNotExist otherwise."""
    row = Assessment.objects.visible_to(actor).get(id=assessment_id)
    items = ChecklistItem.objects.visible_to(actor).filter(assessment_id=assessment_id)
    findings = Finding.objects.visible_to(actor).filter(assessment_id=assessment_id, removed_at__isnull=True)
    return standing(actor, row, list(items), list(findings), figures_of(actor, assessment_id=assessment_id))


def standing(
    actor: Actor,
    row: Assessment,
    items: Iterable[ChecklistItem],
    findings: list[Finding],
    figures: tuple[FigureView, ...],
) -> Standing:
    """The standing made of rows that are at hand already."""
    facts = facts_of(figures)
    return Standing(
        state=State(row.state),
        contributors=contributors(actor, row, findings),
        items=tuple(
            ItemStanding(item.name, sum(one.item_id == item.id for one in findings), item.absence_reason)
            for item in items
        ),
        findings=tuple(
            FindingStanding(one.heading, problems(one.text, facts), unexplained(one.text, explained(one)))
            for one in findings
        ),
        figures=tuple(FigureStanding(one.slug, one.is_behind_evidence, one.is_drift_acknowledged) for one in figures),
    )


def facts_of(figures: tuple[FigureView, ...]) -> Mapping[str, frozenset[str]]:
    """The names of the numbers that each figure has, by slug."""
    return {one.slug: frozenset(one.disclosed.facts) for one in figures}


def explained(finding: Finding) -> frozenset[TypedNumber]:
    """The typed numbers of a finding for which somebody has said why."""
    return frozenset(TypedNumber(one["number"], one["sentence"]) for one in finding.explained_numbers)


def contributors(actor: Actor, row: Assessment, findings: Iterable[Finding]) -> frozenset[UUID]:
    """Everybody who wrote, computed or submitted: none of them signs it off."""
    makers = Figure.objects.visible_to(actor).filter(assessment_id=row.id).values_list("made_by_id", flat=True)
    found = {row.author_id, row.submitted_by_id, *(one.written_by_id for one in findings), *makers}
    return frozenset(key for key in found if key is not None)

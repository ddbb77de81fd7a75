"""Opening an assessment for a change: one at a time, and only while it may be changed."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.assessment.models import Assessment, Figure, Finding
from wardwell.assessment.rules.lifecycle import State, can_change


class UnableToAssess(ValueError):
    """Why an assessment cannot be changed in this way, in a sentence for the screen."""


@dataclass(frozen=True, slots=True)
class Theirs:
    """What somebody else saved in the meantime."""

    heading: str
    text: str
    version: int
    written_by: str


class UnableToSave(UnableToAssess):
    """Somebody else saved first. Nothing is lost: `theirs` stands, and what you typed is handed back as `yours`."""

    def __init__(self, sentence: str, *, theirs: Theirs, yours: str) -> None:
        super().__init__(sentence)
        self.theirs = theirs
        self.yours = yours


def opened(actor: Actor, *, assessment_id: UUID) -> Assessment:
    """The assessment, held for this transaction so that changes follow one another. Raises UnableToAssess."""
    rows = Assessment.objects.visible_to(actor).filter(id=assessment_id, partnership_id=actor.here)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise UnableToAssess("There is no such assessment.")
    return row


def opened_draft(actor: Actor, *, assessment_id: UUID) -> Assessment:
    """The same, if it is a draft. Raises UnableToAssess."""
    row = opened(actor, assessment_id=assessment_id)
    decision = can_change(State(row.state))
    if not decision.allowed:
        raise UnableToAssess(decision.because)
    return row


def finding_in_draft(actor: Actor, *, finding_id: UUID) -> Finding:
    """A finding of a draft, its assessment held. Raises UnableToAssess."""
    found = Finding.objects.visible_to(actor).filter(id=finding_id).first()
    if found is None:
        raise UnableToAssess("There is no such finding.")
    opened_draft(actor, assessment_id=found.assessment_id)
    return Finding.objects.visible_to(actor).select_related("written_by", "item").get(id=finding_id)


def figure_in_draft(actor: Actor, *, assessment_id: UUID, slug: str) -> Figure:
    """A figure of a draft, the assessment held. Raises UnableToAssess."""
    row = opened_draft(actor, assessment_id=assessment_id)
    found = Figure.objects.visible_to(actor).filter(assessment_id=row.id, slug=slug).first()
    if found is None:
        raise UnableToAssess(f"There is no figure “{slug}” in this assessment.")
    return found

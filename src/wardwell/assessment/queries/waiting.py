"""What about assessments waits for this actor."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.access.policy import may
from wardwell.assessment.queries.reading import KIND, AssessmentSummary, assessment, assessments
from wardwell.assessment.rules.lifecycle import NOT_YOURS, State


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that waits, in a sentence for the home page."""

    assessment_id: UUID
    title: str
    sentence: str


def needs_attention(actor: Actor) -> tuple[Attention, ...]:
    """Open assessments on which this actor could take the next step, oldest first."""
    waiting = sorted(
        (one for one in assessments(actor) if one.state in {State.DRAFT, State.IN_REVIEW}),
        key=lambda one: one.drafted_at,
    )
    found = ((one, _sentence(actor, one)) for one in waiting)
    return tuple(Attention(one.id, one.title, sentence) for one, sentence in found if sentence)


def _sentence(actor: Actor, one: AssessmentSummary) -> str:
    if one.state == State.IN_REVIEW:
        return _review(actor, one)
    if not may(roles=actor.roles, verb="submit for review", kind=KIND).allowed:
        return ""
    if one.returned_by:
        return f"{one.returned_by} returned it: {one.return_reason}"
    view = assessment(actor, assessment_id=one.id)
    left = len(view.obstacles) if view else 0
    return (
        f"In draft: {left} {'thing' if left == 1 else 'things'} to put right."
        if left
        else "In draft, ready for review."
    )


def _review(actor: Actor, one: AssessmentSummary) -> str:
    if may(roles=actor.roles, verb="sign off", kind=KIND).allowed:
        view = assessment(actor, assessment_id=one.id)
        step = view.step("sign off") if view else None
        if step is None or step.because == NOT_YOURS:
            return ""
        return "Waits for the Board's sign-off." if step.allowed else f"In review. {step.because}"
    if may(roles=actor.roles, verb="return to draft", kind=KIND).allowed and one.author_id != actor.self_id:
        return f"{one.submitted_by} submitted it for review."
    return ""

"""Review: submitted, returned with a reason, signed off by the Board as a minuted decision."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.assessment.models import Assessment
from wardwell.assessment.operations.opening import UnableToAssess, opened
from wardwell.assessment.queries.figures import given_away
from wardwell.assessment.queries.standing import standing_of
from wardwell.assessment.rules.lifecycle import State, can_return_to_draft, can_sign_off, can_submit
from wardwell.audit.gate import Done, operation
from wardwell.meetings.operations import UnableToDecide, decide

KIND = "assessment.Assessment"


@operation(verb="submit for review", kind=KIND)
def submit_for_review(*, actor: Actor, at: datetime, assessment_id: UUID) -> Done[UUID]:
    """Hand a draft to review; from here on it cannot be changed. Raises UnableToAssess."""
    row = opened(actor, assessment_id=assessment_id)
    decision = can_submit(standing_of(actor, assessment_id=assessment_id))
    if not decision.allowed:
        raise UnableToAssess(decision.because)
    row.state, row.submitted_by_id, row.submitted_at = State.IN_REVIEW, actor.self_id, at
    row.save(update_fields=["state", "submitted_by", "submitted_at"])
    return Done(row.id, f"submitted {row.title} for review", row.id)


@operation(verb="return to draft", kind=KIND)
def return_to_draft(*, actor: Actor, at: datetime, assessment_id: UUID, reason: str) -> Done[UUID]:
    """Send what is in review back to its author, saying what is to be put right. Raises UnableToAssess."""
    row = opened(actor, assessment_id=assessment_id)
    decision = can_return_to_draft(State(row.state), reason=reason)
    if not decision.allowed:
        raise UnableToAssess(decision.because)
    row.state, row.returned_by_id, row.returned_at = State.DRAFT, actor.self_id, at
    row.return_reason = reason.strip()
    row.save(update_fields=["state", "returned_by", "returned_at", "return_reason"])
    return Done(row.id, f"returned {row.title} to draft: {row.return_reason}", row.id)


@operation(verb="sign off", kind=KIND)
def sign_off(
    *,
    actor: Actor,
    at: datetime,
    assessment_id: UUID,
    reason: str,
    interests: str = "",
    equality: str = "",
    present: str = "",
) -> Done[UUID]:
    """Sign an assessment off for the Board: the decision is minuted with its reason in the same transaction.

    The edition that it revises is superseded. Returns the decision's key. Raises UnableToAssess with the first thing that
    stands in the way.
    """
    row = opened(actor, assessment_id=assessment_id)
    decision = can_sign_off(standing_of(actor, assessment_id=assessment_id), by=actor.self_id, reason=reason)
    if not decision.allowed:
        raise UnableToAssess(decision.because)
    _refuse_what_gives_small_counts_away(actor, assessment_id)
    try:
        row.decision_id = decide(
            actor=actor,
            at=at,
            about_kind=KIND,
            about_id=row.id,
            summary=f"{row.title}, edition {row.edition}: signed off",
            options="Sign off, or return to draft",
            reason=reason,
            interests=interests,
            equality=equality,
            present=present,
        )
    except UnableToDecide as problem:
        raise UnableToAssess(str(problem)) from problem
    row.state, row.signed_off_by_id, row.signed_off_at = State.SIGNED_OFF, actor.self_id, at
    row.sign_off_reason = reason.strip()
    row.save(update_fields=["state", "signed_off_by", "signed_off_at", "sign_off_reason", "decision_id"])
    _supersede(actor, row)
    return Done(row.id, f"signed off {row.title}, edition {row.edition}: {row.sign_off_reason}", row.decision_id)


def _refuse_what_gives_small_counts_away(actor: Actor, assessment_id: UUID) -> None:
    for sentence in given_away(actor, assessment_id=assessment_id):
        raise UnableToAssess(
            f"Printed side by side, the figures give a small count away. {sentence} Take one of them out."
        )


def _supersede(actor: Actor, row: Assessment) -> None:
    if row.follows_id is not None:
        before = Assessment.objects.visible_to(actor).filter(id=row.follows_id, state=State.SIGNED_OFF)
        before.update(state=State.SUPERSEDED)

"""What about releases waits for this actor."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.access.policy import may
from wardwell.assessment.queries import AssessmentSummary, assessments
from wardwell.assessment.rules.lifecycle import State
from wardwell.publication.models import Release
from wardwell.publication.queries.releases import KIND, publishing, releases


@dataclass(frozen=True, slots=True)
class Attention:
    """Something that waits, in a sentence for the home page: about an assessment to publish, or a release."""

    title: str
    sentence: str
    assessment_id: UUID | None = None
    reference: str = ""


def needs_attention(actor: Actor) -> tuple[Attention, ...]:
    """Releases whose numbers do not come out again, then signed-off assessments that this actor could publish."""
    faulty = (
        Attention(
            one.title, f"Verification found {one.verified_faults} things that do not hold.", reference=one.reference
        )
        for one in releases(actor)
        if one.verified_faults and may(roles=actor.roles, verb="verify", kind=KIND).allowed
    )
    waiting = (
        Attention(one.title, "Signed off, and not published yet.", assessment_id=one.id)
        for one in not_yet_out(actor)
        if publishing(actor, assessment_id=one.id).allowed
    )
    return (*faulty, *waiting)


def not_yet_out(actor: Actor) -> tuple[AssessmentSummary, ...]:
    """Signed-off assessments that have never been published; a withdrawn one was."""
    once_out = set(
        Release.objects.visible_to(actor).filter(partnership_id=actor.here).values_list("assessment_id", flat=True)
    )
    return tuple(one for one in assessments(actor) if one.state == State.SIGNED_OFF and one.id not in once_out)

"""The golden thread of the partnership worked for: evidence, assessment, release; how far each has come."""

from __future__ import annotations

from wardwell.access.actor import Actor
from wardwell.access.policy import SEE, may
from wardwell.assessment.queries import AssessmentSummary, assessments
from wardwell.evidence.queries import SupplyView, supply
from wardwell.publication.queries import releases
from wardwell.web.components import Link, Step, Tag, Thread, printed


def thread_of(actor: Actor) -> Thread:
    """The thread as this actor may see it."""
    return Thread([evidence_step(actor), assessment_step(actor), release_step(actor)])


def evidence_step(actor: Actor) -> Step:
    """What has been supplied, and whether anything is late."""
    if not may(roles=actor.roles, verb=SEE, kind="evidence.Dataset").allowed:
        return _kept_from_you("Evidence", "What the agencies have sent in.")
    state = supply(actor)
    supplied = [one for one in state if one.months or one.rows]
    late = [one for one in state if one.is_late]
    link = Link(text="See the evidence", href="/evidence")
    if not supplied:
        return Step(
            name="Evidence",
            state="now",
            status=Tag("Nothing yet", "grey"),
            text="No dataset has been sent in.",
            link=link,
        )
    return Step(
        name="Evidence",
        state="now" if late else "done",
        status=Tag(f"{len(late)} late", "yellow") if late else Tag("Up to date", "green"),
        count=printed(sum(one.rows for one in supplied), "number"),
        text=f"rows kept in {_datasets(supplied)}",
        link=link,
    )


def assessment_step(actor: Actor) -> Step:
    """How far the latest assessment is."""
    if not may(roles=actor.roles, verb=SEE, kind="assessment.Assessment").allowed:
        return _kept_from_you("Assessment", "What was concluded from the evidence.")
    written = assessments(actor)
    if not written:
        link = Link(text="See the assessments", href="/assessments")
        text = "No assessment has been begun."
        return Step(name="Assessment", state="later", status=Tag("Not begun", "grey"), text=text, link=link)
    latest = max(written, key=lambda one: one.drafted_at)
    is_signed_off = latest.signed_off_at is not None
    return Step(
        name="Assessment",
        state="done" if is_signed_off else "now",
        status=Tag(latest.state.value.capitalize(), "green" if is_signed_off else "blue"),
        text=f"{latest.title}: {_so_far(latest)}",
        link=Link(text="Go to the assessment", href=f"/assessments/{latest.id}"),
    )


def release_step(actor: Actor) -> Step:
    """The latest release, and whether its numbers come out again."""
    out = [one for one in releases(actor) if not one.is_withdrawn]
    link = Link(text="See the releases", href="/releases")
    if not out:
        text = "Nothing has been published."
        return Step(name="Release", state="later", status=Tag("Nothing yet", "grey"), text=text, link=link)
    latest = max(out, key=lambda one: one.published_at)
    verified = f" Verified on {printed(latest.verified_at, 'date')}." if latest.verified_at else " Not verified yet."
    is_faulty = bool(latest.verified_faults)
    return Step(
        name="Release",
        state="now" if is_faulty else "done",
        status=Tag("Does not hold", "red") if is_faulty else Tag("Published", "green"),
        text=f"{latest.title}, on {printed(latest.released_on, 'date')}.{verified}",
        link=Link(text="Go to the release", href=f"/releases/{latest.reference}"),
    )


def _so_far(latest: AssessmentSummary) -> str:
    if latest.signed_off_at:
        return f"signed off by {latest.signed_off_by}."
    return f"submitted by {latest.submitted_by}." if latest.submitted_at else f"drafted by {latest.author}."


def _datasets(supplied: list[SupplyView]) -> str:
    return f"{len(supplied)} {'dataset' if len(supplied) == 1 else 'datasets'}."


def _kept_from_you(name: str, text: str) -> Step:
    return Step(name=name, state="later", status=Tag("Not for your role", "grey"), text=text)

"""Releases in a list, and one with everything that its page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wardstats.disclosure import Disclosed, UnableToDisclose, read_disclosed
from wardwell.access.actor import Actor
from wardwell.access.policy import Decision, may
from wardwell.assessment.queries import assessments
from wardwell.publication.models import Output, Release, ReleasedFigure
from wardwell.publication.rules import Candidate, can_publish, can_withdraw

KIND = "publication.Release"


@dataclass(frozen=True, slots=True)
class Notice:
    """What stands above a release that was withdrawn, or that a later one supersedes."""

    kind: str  # "withdrawn" | "superseded"
    heading: str
    text: str
    reference: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """A release in a list. `period_until` is exclusive; `verified_faults` is None until somebody has verified it."""

    id: UUID
    reference: str
    number: int
    title: str
    partnership_name: str
    period_from: date
    period_until: date
    released_on: date
    published_at: datetime
    state: str
    verified_at: datetime | None
    verified_faults: int | None

    @property
    def is_withdrawn(self) -> bool:
        return self.state == Release.State.WITHDRAWN


@dataclass(frozen=True, slots=True)
class OutputView:
    """A published file, and the name under which it is saved: a withdrawn release's says so."""

    name: str
    media_type: str
    bytes: int
    sha256: str
    download_name: str


@dataclass(frozen=True, slots=True)
class FigureSummary:
    """A released figure by its printed number."""

    number: int
    slug: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Step:
    """Something this actor could do: whether, and why or why not."""

    verb: str
    allowed: bool
    because: str


@dataclass(frozen=True, slots=True)
class ReleaseView:
    """A release with everything about it. What is of no concern to the public is empty for those outside the partnership."""

    summary: ReleaseSummary
    notices: tuple[Notice, ...]
    supersedes: str
    superseded_by: str
    outputs: tuple[OutputView, ...]
    figures: tuple[FigureSummary, ...]
    library: str
    audit_length: int
    audit_head: str
    seal: str
    manifest: Mapping[str, str]
    assessment_id: UUID | None
    published_by: str
    checked_reason: str
    revision_reason: str
    withdrawn_by: str
    steps: tuple[Step, ...]

    def step(self, verb: str) -> Step:
        """The step of this name; KeyError if there is none."""
        for step in self.steps:
            if step.verb == verb:
                return step
        raise KeyError(verb)


def releases(actor: Actor) -> tuple[ReleaseSummary, ...]:
    """The releases of the partnership worked for, newest first."""
    rows = Release.objects.visible_to(actor).filter(partnership_id=actor.here)
    return tuple(_summary(row) for row in rows.select_related("partnership"))


def published(actor: Actor, partnership_code: str) -> tuple[ReleaseSummary, ...]:
    """What a partnership has published, newest first, withdrawn releases with their mark: for the public."""
    rows = Release.objects.visible_to(actor).filter(partnership__code=partnership_code, public_from__lte=actor.at)
    return tuple(_summary(row) for row in rows.select_related("partnership"))


def release(actor: Actor, reference: str) -> ReleaseView | None:
    """The release quoted by this reference, if the actor may see it: anybody may, once it is published."""
    row = row_of(actor, reference)
    if row is None:
        return None
    own = row.partnership_id == actor.here
    outputs = Output.objects.visible_to(actor).filter(release_id=row.id)
    figures = ReleasedFigure.objects.visible_to(actor).filter(release_id=row.id)
    later = Release.objects.visible_to(actor).filter(supersedes_id=row.id).first()
    return ReleaseView(
        summary=_summary(row),
        notices=_notices(row, later),
        supersedes=row.supersedes.reference if row.supersedes else "",
        superseded_by=later.reference if later else "",
        outputs=tuple(output_view(row, one) for one in outputs),
        figures=tuple(FigureSummary(one.position, one.slug, one.title, one.kind) for one in figures),
        library=row.library,
        audit_length=row.audit_length,
        audit_head=row.audit_head,
        seal=row.seal,
        manifest=dict(row.manifest),
        assessment_id=row.assessment_id if own else None,
        published_by=row.published_by.name if own else "",
        checked_reason=row.checked_reason if own else "",
        revision_reason=row.revision_reason if own else "",
        withdrawn_by=row.withdrawn_by.name if own and row.withdrawn_by else "",
        steps=_steps(actor, row) if own else (),
    )


def publishing(actor: Actor, *, assessment_id: UUID) -> Step:
    """Could this actor publish this assessment now, and why or why not?"""
    found = next((one for one in assessments(actor) if one.id == assessment_id), None)
    if found is None:
        return Step("publish", False, "There is no such assessment.")
    out = Release.objects.visible_to(actor).filter(assessment_id=assessment_id, state=Release.State.PUBLISHED).first()
    candidate = Candidate(found.state, found.author_id, out.reference if out else "")
    return _step(actor, "publish", can_publish(candidate, by=actor.self_id))


def row_of(actor: Actor, reference: str) -> Release | None:
    """The row of a release, for the other questions of this package."""
    rows = Release.objects.visible_to(actor).filter(reference=reference)
    return rows.select_related("partnership", "published_by", "withdrawn_by", "supersedes").first()


def earlier_figures(actor: Actor) -> tuple[tuple[str, Disclosed], ...]:
    """Every figure that the partnership has ever let out, with its release's reference: withdrawing takes nothing back."""
    rows = ReleasedFigure.objects.visible_to(actor).filter(partnership_id=actor.here).select_related("release")
    found = ((row.release.reference, _readable(row)) for row in rows)
    return tuple((reference, disclosed) for reference, disclosed in found if disclosed is not None)


def output_view(row: Release, one: Output) -> OutputView:
    """A file as its page lists it."""
    flat = one.name.removeprefix("data/").removeprefix("document.")
    name = f"{row.reference.lower()}.{flat}" if one.name.startswith("document.") else f"{row.reference.lower()}-{flat}"
    marked = f"withdrawn-{name}" if row.state == Release.State.WITHDRAWN else name
    return OutputView(one.name, one.media_type, one.bytes, one.sha256, marked)


def _readable(row: ReleasedFigure) -> Disclosed | None:
    """A frozen table; None if it was altered since, which verification tells."""
    try:
        return read_disclosed(row.disclosed)
    except (UnableToDisclose, KeyError, TypeError, ValueError, IndexError):
        return None


def _summary(row: Release) -> ReleaseSummary:
    return ReleaseSummary(
        id=row.id,
        reference=row.reference,
        number=row.number,
        title=row.title,
        partnership_name=row.partnership.name,
        period_from=row.period_from,
        period_until=row.period_until,
        released_on=row.released_on,
        published_at=row.published_at,
        state=row.state,
        verified_at=row.verified_at,
        verified_faults=row.verified_faults,
    )


def _notices(row: Release, later: Release | None) -> tuple[Notice, ...]:
    found = []
    if row.withdrawn_at is not None:
        day = f"{row.withdrawn_at.day} {row.withdrawn_at:%B %Y}"
        found.append(Notice("withdrawn", f"Withdrawn on {day}", row.withdrawn_reason))
    if later is not None:
        text = f"A later release of the same period, {later.reference}, takes its place."
        found.append(Notice("superseded", "There is a later release", text, later.reference))
    return tuple(found)


def _steps(actor: Actor, row: Release) -> tuple[Step, ...]:
    always = Decision(True, "Anybody who keeps the evidence can count the numbers again.")
    return (_step(actor, "withdraw", can_withdraw(row.state)), _step(actor, "verify", always))


def _step(actor: Actor, verb: str, can: Decision) -> Step:
    allowed = may(roles=actor.roles, verb=verb, kind=KIND)
    answer = allowed if not allowed.allowed else can
    return Step(verb, answer.allowed, answer.because)

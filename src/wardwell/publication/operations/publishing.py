"""Publishing: a signed-off assessment becomes a release, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from wardstats.charts import UnableToDraw
from wardstats.disclosure import read_disclosed
from wardstats.measures import LIBRARY_VERSION
from wardwell.access.actor import Actor
from wardwell.access.queries import partnership
from wardwell.assessment import queries as assessments
from wardwell.audit.gate import Done, operation
from wardwell.audit.queries import head
from wardwell.evidence import queries as evidence
from wardwell.publication.composition import Imprint, compose, disclosed_of, facts_cited, typeface
from wardwell.publication.documents import outputs
from wardwell.publication.documents.document import Document, UnableToMakeDocument
from wardwell.publication.models import Output, Release, ReleasedFigure
from wardwell.publication.queries.releases import earlier_figures
from wardwell.publication.rules import (
    Candidate,
    can_publish,
    differences,
    given_away,
    reference_of,
    seal_of,
    why_not_beside,
)
from wardwell.publication.store import ReleaseStore, place_of
from wardwell.publication.verification import frozen, verification_of

KIND = "publication.Release"


class UnableToPublish(ValueError):
    """Why this does not go out, in a sentence for the screen."""


@dataclass(frozen=True, slots=True)
class Out:
    """What a publication gave: the release's key and reference, and how many files and figures it has."""

    release_id: UUID
    reference: str
    files: int
    figures: int


@operation(verb="publish", kind=KIND)
def publish(
    *,
    actor: Actor,
    at: datetime,
    assessment_id: UUID,
    released_on: date,
    reason: str,
    revision_reason: str = "",
) -> Done[Out]:
    """Publish a signed-off assessment: page, PDF, Word file and data, frozen and counted again before anybody sees them.

    Parameters
    ----------
    released_on
        The date printed on the documents. The same assessment, date and trail give the same bytes.
    reason
        What the publisher checked.
    revision_reason
        Why counts that an earlier release printed have changed by a few, if they have.

    Raises
    ------
    UnableToPublish
        Not signed off, one's own, out already, it would give away a small count beside an earlier release, the documents
        are not accessible, or a number does not come out again.
    """
    _alone(actor)
    view = _checked(actor, assessment_id, reason, revision_reason)
    store = ReleaseStore.of(actor.here)
    store.sweep(tuple(Release.objects.visible_to(actor).filter(partnership_id=actor.here).values_list("id", flat=True)))
    row = _row(actor, at, view, released_on=released_on, reason=reason, revision_reason=revision_reason)
    document = _document(view, row)
    made = _made(document)
    try:
        store.keep(row.id, made)
        _enter(actor, row, view, document, made)
        _count_again(actor, at, row)
    except BaseException:
        store.let_go(row.id)
        raise
    says = (
        f"published {row.reference}, {row.title}, with {len(view.figures)} figures in {len(made)} files, having checked: "
        f"{row.checked_reason} Its seal is {row.seal}."
    )
    return Done(row.id, says, Out(row.id, row.reference, len(made), len(view.figures)))


def _alone(actor: Actor) -> None:
    """One publication a partnership at a time: numbers follow one another, and a sweep meets nobody's work."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"publication {actor.here}"])


def _checked(actor: Actor, assessment_id: UUID, reason: str, revision_reason: str) -> assessments.DocumentView:
    view = assessments.document_of(actor, assessment_id=assessment_id)
    if view is None:
        raise UnableToPublish("There is no such assessment.")
    out = Release.objects.visible_to(actor).filter(assessment_id=assessment_id, state=Release.State.PUBLISHED).first()
    candidate = Candidate(view.summary.state, view.summary.author_id, out.reference if out else "")
    decision = can_publish(candidate, by=actor.self_id, reason=reason)
    if not decision.allowed:
        raise UnableToPublish(decision.because)
    earlier, figures = earlier_figures(actor), disclosed_of(view)
    found = differences(earlier, figures)
    why_not = why_not_beside(found, revision_reason=revision_reason) or given_away(earlier, figures)
    if why_not:
        raise UnableToPublish(why_not)
    return view


def _row(
    actor: Actor,
    at: datetime,
    view: assessments.DocumentView,
    *,
    released_on: date,
    reason: str,
    revision_reason: str,
) -> Release:
    here = partnership(actor)
    assert here is not None  # noqa: S101  # document_of has found its assessment there
    rows = Release.objects.visible_to(actor).filter(partnership_id=here.id)
    number = max(rows.values_list("number", flat=True), default=0) + 1
    summary = view.summary
    same_period = rows.filter(period_from=summary.period_from, period_until=summary.period_until)
    length, last = head(partnership_id=here.id)
    return Release(
        partnership_id=here.id,
        assessment_id=summary.id,
        number=number,
        reference=reference_of(partnership_code=here.code, kind=summary.kind, year=released_on.year, number=number),
        title=summary.title,
        period_from=summary.period_from,
        period_until=summary.period_until,
        released_on=released_on,
        published_at=at,
        published_by_id=actor.self_id,
        checked_reason=reason.strip(),
        revision_reason=revision_reason.strip(),
        public_from=at,
        library=LIBRARY_VERSION,
        audit_length=length,
        audit_head=last,
        supersedes=same_period.order_by("-number").first(),
    )


def _document(view: assessments.DocumentView, row: Release) -> Document:
    imprint = Imprint(row.reference, row.released_on, row.audit_length, row.audit_head)
    try:
        return compose(view, imprint)
    except (UnableToMakeDocument, UnableToDraw) as problem:
        raise UnableToPublish(str(problem)) from problem


def _made(document: Document) -> dict[str, bytes]:
    try:
        return outputs.make(document, typeface())
    except UnableToMakeDocument as problem:
        raise UnableToPublish(str(problem)) from problem


def _enter(
    actor: Actor, row: Release, view: assessments.DocumentView, document: Document, made: Mapping[str, bytes]
) -> None:
    described = outputs.manifest(made)
    figures = _figures(actor, row, view, document)
    row.manifest = {name: one["sha256"] for name, one in described.items()}
    row.seal = seal_of(row.manifest, {figure.slug: frozen(figure) for figure in figures})
    row.save(force_insert=True)
    for name, one in described.items():
        Output(
            partnership_id=row.partnership_id,
            release=row,
            name=name,
            path=place_of(row.partnership_id, row.id, name),
            public_from=row.public_from,
            **one,
        ).save(force_insert=True)
    for figure in figures:
        figure.save(force_insert=True)


def _figures(
    actor: Actor, row: Release, view: assessments.DocumentView, document: Document
) -> tuple[ReleasedFigure, ...]:
    cited = facts_cited(document)
    files = {one.sha256: _file(actor, one.sha256) for one in view.sources}
    return tuple(
        ReleasedFigure(
            partnership_id=row.partnership_id,
            release=row,
            figure_id=one.id,
            position=document.number_of(one.slug),
            slug=one.slug,
            kind=one.kind,
            title=one.title,
            disclosed=read_disclosed(one.disclosed.to_json()).to_json(),
            cited_facts=cited[one.slug],
            excerpt=one.excerpt,
            excerpt_sha256=one.excerpt_sha256,
            copy_name=one.copy_name,
            copy_sha256=one.copy_sha256,
            public_from=row.public_from,
            **_lineage(one, files),
        )
        for one in view.figures
    )


def _lineage(one: assessments.FigureView, files: Mapping[str, dict[str, object]]) -> dict[str, object]:
    if one.lineage is None:
        return {}
    return {
        "measure": one.lineage.measure,
        "measure_version": one.lineage.measure_version,
        "parameters": dict(one.lineage.parameters),
        "evidence": [file.to_json() for file in one.lineage.files],
        "files": [files[file.sha256] for file in one.lineage.files],
    }


def _file(actor: Actor, sha256: str) -> dict[str, object]:
    """What a reader wants to know about a kept file, as it stands at this moment."""
    key = evidence.snapshot_of_digest(actor, sha256)
    whole = evidence.snapshot(actor, key) if key else None
    if whole is None:
        raise UnableToPublish(f"A figure was counted from the file {sha256}, which this partnership does not hold.")
    one = whole.snapshot
    return {
        "sha256": one.sha256,
        "dataset": one.dataset_name,
        "source": one.source,
        "licence": one.licence,
        "edition": one.edition,
        "period_from": one.period_from.isoformat() if one.period_from else None,
        "period_until": one.period_until.isoformat() if one.period_until else None,
        "rows": one.rows,
        "quarantined": one.quarantined,
        "taken_at": one.taken_at.isoformat(),
    }


def _count_again(actor: Actor, at: datetime, row: Release) -> None:
    """Nothing goes out whose numbers do not come out again."""
    faults = verification_of(actor, release_id=row.id).faults
    if faults:
        raise UnableToPublish(f"It does not hold: {faults[0].sentence}")
    row.verified_at, row.verified_faults = at, 0
    row.save(update_fields=["verified_at", "verified_faults"])

"""The releases of a partnership, and one with all that was frozen with it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardwell.access import queries as access
from wardwell.access.actor import Actor
from wardwell.access.policy import SEE, may
from wardwell.assessment.queries import AssessmentSummary
from wardwell.assessment.rules.periods import said
from wardwell.publication import queries
from wardwell.publication.queries import OutputView, ReleaseSummary, ReleaseView
from wardwell.publication.queries.releases import FigureSummary
from wardwell.web.components import (
    Column,
    Component,
    Empty,
    FilledTable,
    Link,
    Notice,
    Page,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    Table,
    Tag,
    Task,
    Tasks,
    Verb,
    printed,
    render_page,
    shown,
)
from wardwell.web.published.addresses import document_href, figure_href, file_href, size_in_words, what_it_is
from wardwell.web.shell.doors import actor_of, open_to_whoever_may_see, open_to_workers

KIND = "publication.Release"
LIST = Link(text="Releases", href="/releases")
WHAT_IT_IS = "What the partnership has published: frozen when it went out, and open to being counted again at any time."

RELEASES = Table[ReleaseSummary](
    caption="Releases, newest first",
    is_caption_hidden=True,
    columns=(
        Column(name="reference", label="Reference", link=lambda row: f"/releases/{row.reference}"),
        Column(name="title", label="Title"),
        Column(name="released_on", label="Dated", kind="date"),
        Column(name="state", label="State", tag=lambda row: state_tag(row)),
        Column(name="verified", label="Counted again", value=lambda row: counted_again(row)),
    ),
)


@open_to_workers
@require_safe
def releases(request: HttpRequest) -> HttpResponse:
    """What has been published, and what could be."""
    actor = actor_of(request)
    shown(request, kind=KIND, says="looked at the list of releases")
    seeing = may(roles=actor.roles, verb=SEE, kind="assessment.Assessment")
    rows = queries.releases(actor)
    waiting = queries.not_yet_out(actor) if seeing.allowed else ()
    page = Page(
        title="Releases",
        section="releases",
        lead=WHAT_IT_IS,
        panels=[*_to_publish(waiting), Panel(heading="Published" if waiting else "", contents=[_list(rows)])],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_safe
def release(request: HttpRequest, reference: str) -> HttpResponse:
    """One release: its files, its figures, how it was sealed, and what can be done with it."""
    view = release_of(request, reference)
    shown(request, kind=KIND, subject=view.summary.id, says=f"looked at the release {reference}")
    return render_page(request, release_page(actor_of(request), view))


def release_of(request: HttpRequest, reference: str) -> ReleaseView:
    """A release of the partnership worked for; 404 for whoever may not see it. The public has a page of its own for it."""
    actor = actor_of(request)
    view = queries.release(actor, reference)
    if view is None or not view.steps:
        raise Http404
    return view


def release_page(actor: Actor, view: ReleaseView, *, outcome: Sequence[Component] = ()) -> Page:
    """The page of a release; `outcome` is what a verification has just found."""
    summary = view.summary
    code = code_of(actor)
    return Page(
        title=summary.title,
        section="releases",
        caption=summary.reference,
        status=state_tag(summary),
        breadcrumbs=[LIST],
        notices=[Notice(heading=one.heading, text=one.text) for one in view.notices],
        verbs=_verbs(view),
        panels=[
            *outcome,
            Panel(heading="Files", contents=[_files(view, code)]),
            Panel(heading="Figures", contents=[_figures(view, code)]),
            Panel(heading="How it is sealed", contents=[_seal(view)]),
        ],
        aside=[Panel(heading="About this release", contents=[_about(view, code)], style="quiet")],
    )


def code_of(actor: Actor) -> str:
    """The code of the partnership worked for, as its public addresses begin."""
    here = access.partnership(actor)
    return here.code if here else ""


def state_tag(summary: ReleaseSummary) -> Tag:
    """Whether a release stands."""
    return Tag("Withdrawn", "red") if summary.is_withdrawn else Tag("Published", "green")


def counted_again(summary: ReleaseSummary) -> str:
    """What the last verification said, and when."""
    if summary.verified_at is None:
        return "When it was published"
    faults = summary.verified_faults or 0
    outcome = "everything holds" if not faults else f"{faults} things do not hold"
    return f"{printed(summary.verified_at, 'moment')}: {outcome}"


def _files(view: ReleaseView, code: str) -> FilledTable:
    """The files, each with the digest that it was sealed with."""
    reference = view.summary.reference
    table = Table[OutputView](
        caption="Files that were published",
        is_caption_hidden=True,
        columns=(
            Column(name="name", label="File", link=lambda row: file_href(code, reference, row.name)),
            Column(name="what", label="What it is", value=lambda row: what_it_is(row.name)),
            Column(name="bytes", label="Size", value=lambda row: size_in_words(row.bytes)),
            Column(name="sha256", label="SHA-256", kind="code"),
        ),
    )
    return table.of(sorted(view.outputs, key=lambda one: (not one.name.startswith("document."), one.name)))


def _figures(view: ReleaseView, code: str) -> FilledTable:
    reference = view.summary.reference
    table = Table[FigureSummary](
        caption="Figures that were published",
        is_caption_hidden=True,
        columns=(
            Column(name="number", label="Figure", value=lambda row: f"Figure {row.number}"),
            Column(name="title", label="Title", link=lambda row: figure_href(code, reference, row.slug)),
            Column(name="kind", label="Kind", value=lambda row: row.kind.capitalize()),
        ),
    )
    return table.of(view.figures)


def _verbs(view: ReleaseView) -> tuple[Verb, ...]:
    here = f"/releases/{view.summary.reference}"
    verify = Verb.after(view.step("verify"), text="Verify now", href=f"{here}/verify", method="post")
    if view.summary.is_withdrawn:
        return (verify,)
    withdraw = Verb.after(view.step("withdraw"), text="Withdraw", href=f"{here}/withdraw", style="secondary")
    return (verify, withdraw)


def _seal(view: ReleaseView) -> Summary:
    rows = [
        SummaryRow(key="Seal over files and figures", value=view.seal, kind="code"),
        SummaryRow(key="Audit trail at publication", value=f"{view.audit_length:,} events"),
        SummaryRow(key="It ended with", value=view.audit_head, kind="code"),
        SummaryRow(key="Library", value=f"wardstats {view.library}"),
        SummaryRow(key="Last counted again", value=counted_again(view.summary)),
    ]
    return Summary(rows)


def _about(view: ReleaseView, code: str) -> Summary:
    summary = view.summary
    public = Link(text="View", hidden="the public page", href=document_href(code, summary.reference))
    rows = [
        SummaryRow(key="Public page", value=summary.reference, link=public),
        SummaryRow(key="Period", value=said(summary.period_from, summary.period_until)),
        SummaryRow(key="Dated", value=summary.released_on, kind="date"),
        SummaryRow(key="Went out", value=summary.published_at, kind="moment"),
        SummaryRow(key="Published by", value=view.published_by),
        SummaryRow(key="Checked before", value=view.checked_reason),
    ]
    if view.revision_reason:
        rows.append(SummaryRow(key="Why counts were revised", value=view.revision_reason))
    if view.withdrawn_by:
        rows.append(SummaryRow(key="Withdrawn by", value=view.withdrawn_by))
    for key, other in (("Takes the place of", view.supersedes), ("Its place is taken by", view.superseded_by)):
        if other:
            rows.append(SummaryRow(key=key, value=Paragraph.of(Link(text=other, href=f"/releases/{other}"))))
    if view.assessment_id:
        made_from = Link(text="The assessment", href=f"/assessments/{view.assessment_id}")
        rows.append(SummaryRow(key="Made from", value=Paragraph.of(made_from)))
    return Summary(rows)


def _to_publish(waiting: Sequence[AssessmentSummary]) -> list[Panel]:
    if not waiting:
        return []
    tasks = [
        Task(
            title=one.title,
            hint=f"Signed off by {one.signed_off_by} on {printed(one.signed_off_at, 'moment')}",
            href=f"/releases/publish/{one.id}",
            status=Tag("Not published", "yellow"),
        )
        for one in waiting
    ]
    return [Panel(heading="Signed off, not published yet", contents=[Tasks(items=tasks, name="waiting")])]


def _list(rows: Sequence[ReleaseSummary]) -> Component:
    if rows:
        return RELEASES.of(rows)
    return Empty(heading="Nothing is published yet", text="A signed-off assessment can be published by the manager.")

"""The list of assessments, and one of them for its readers."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardwell.access.policy import ADD, may
from wardwell.assessment import queries
from wardwell.assessment.queries import AssessmentSummary
from wardwell.web.assessments.found import KIND, assessment_of
from wardwell.web.assessments.reader import reader
from wardwell.web.assessments.states import period_of, state_tag
from wardwell.web.components import Column, Empty, Page, Panel, Table, Verb, render_page, shown
from wardwell.web.shell.doors import actor_of, must_see, open_to_whoever_may_see, open_to_workers

WHAT_IT_IS = (
    "What goes on here, what changed, why, and what matters most: written once a year from the agencies’ evidence."
)

LIST = Table[AssessmentSummary](
    caption="Assessments, newest period first",
    is_caption_hidden=True,
    columns=(
        Column(name="title", label="Assessment", link=lambda row: f"/assessments/{row.id}"),
        Column(name="period", label="Period", value=period_of),
        Column(name="edition", label="Edition", kind="number"),
        Column(name="state", label="State", tag=lambda row: state_tag(row.state)),
        Column(name="author", label="Drafted by"),
        Column(name="drafted_at", label="Drafted on", kind="date"),
        Column(name="signed_off_at", label="Signed off on", kind="date"),
    ),
    empty=Empty(
        heading="No assessment yet",
        text="The first one is drafted from the evidence, with its figures and the sentences that they allow.",
    ),
)


@open_to_workers
@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """The assessments of the partnership worked for."""
    actor = actor_of(request)
    must_see(request, kind=KIND)
    rows = queries.assessments(actor)
    shown(request, kind=KIND, says="looked at the list of assessments")
    start = Verb.after(may(roles=actor.roles, verb=ADD, kind=KIND), text="Draft an assessment", href="/assessments/new")
    page = Page(
        title="Assessments",
        section="assessments",
        lead=WHAT_IT_IS,
        verbs=[start],
        panels=[Panel(contents=[LIST.of(rows)])],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_safe
def assessment(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """One assessment, from its cover to its decisions."""
    view = assessment_of(request, assessment_id)
    shown(request, kind=KIND, subject=assessment_id, says=f"read {view.summary.title}")
    return render_page(request, reader(actor_of(request), view))

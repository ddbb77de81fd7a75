"""The assessment that an address is about, and what is said when something cannot be done to it now."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from wardwell.assessment import queries
from wardwell.assessment.queries import AssessmentView, FigureView, FindingView, ItemView
from wardwell.web.components import Inset, Link, Page, Panel, Paragraph, render_page, shown
from wardwell.web.shell.doors import actor_of, must_be_allowed

KIND = "assessment.Assessment"
FINDING, FIGURE, ITEM = "assessment.Finding", "assessment.Figure", "assessment.ChecklistItem"
LIST = Link(text="Assessments", href="/assessments")


def assessment_of(request: HttpRequest, assessment_id: UUID) -> AssessmentView:
    """The assessment with everything about it; 404 for whoever may not see it."""
    view = queries.assessment(actor_of(request), assessment_id=assessment_id)
    if view is None:
        raise Http404
    return view


def assessment_to(request: HttpRequest, assessment_id: UUID, *, verb: str, kind: str) -> AssessmentView:
    """The same for a page that changes something: 404 for whoever may not see it, 403 for whoever may only see it."""
    view = assessment_of(request, assessment_id)
    must_be_allowed(request, verb=verb, kind=kind)
    return view


def finding_of(view: AssessmentView, finding_id: UUID) -> tuple[ItemView, FindingView]:
    """A finding that stands, with the head of the checklist that it stands under; 404 if there is none."""
    for item in view.items:
        for finding in item.findings:
            if finding.id == finding_id:
                return item, finding
    raise Http404


def item_of(view: AssessmentView, code: str) -> ItemView:
    """A head of the checklist; 404 if there is none."""
    for item in view.items:
        if item.code == code:
            return item
    raise Http404


def figure_of(view: AssessmentView, slug: str) -> FigureView:
    """A figure; 404 if there is none."""
    for figure in view.figures:
        if figure.slug == slug:
            return figure
    raise Http404


def address(name: str, view: AssessmentView, **parts: object) -> str:
    """The address of a page about this assessment."""
    return reverse(name, kwargs={"assessment_id": view.summary.id, **parts})


def crumbs(view: AssessmentView, *, editing: bool = False) -> tuple[Link, ...]:
    """The way back: the list, the assessment and, from the editor's pages, the editor."""
    way = (LIST, Link(text=view.summary.title, href=address("assessment", view)))
    return (*way, Link(text="Edit", href=address("assessment_edit", view))) if editing else way


def done(request: HttpRequest, says: str, to: str) -> HttpResponse:
    """Go to a page that tells what was done."""
    messages.success(request, says)
    return redirect(to)


def refused(request: HttpRequest, view: AssessmentView, because: str, *, back: str = "") -> HttpResponse:
    """What was asked for cannot be done in the state that the assessment is in (409), and why; nothing was changed."""
    shown(request, kind=KIND, subject=view.summary.id, says=f"could not change {view.summary.title}: {because}")
    way = Link(text="Go back to the assessment", href=back or address("assessment", view))
    page = Page(
        title="This cannot be done now",
        section="assessments",
        breadcrumbs=crumbs(view),
        panels=[Panel(contents=[Inset(because), Paragraph.of("Nothing was changed."), Paragraph.of(way)])],
    )
    return render_page(request, page, status=409)

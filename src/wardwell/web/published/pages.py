"""What a partnership has published, for everybody: the list, the document, and where each of its numbers comes from."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from wardwell.access import queries as access
from wardwell.access.queries import PartnershipView
from wardwell.assessment.rules.periods import said
from wardwell.publication import queries
from wardwell.publication.queries import ReleaseSummary, ReleaseView
from wardwell.web.components import Column, Empty, Link, Notice, Page, Panel, Table, Tag, render_public_page, shown
from wardwell.web.published.addresses import document_href
from wardwell.web.published.body import on_the_site
from wardwell.web.published.origins import origin_page
from wardwell.web.published.taking import taking_away
from wardwell.web.shell.context import identity_of
from wardwell.web.shell.doors import actor_of, open_to_all

KIND = "publication.Release"
KEPT = 60
"""Seconds for which a page may be kept by whoever has not signed in."""

DOCUMENTS = Table[tuple[str, ReleaseSummary]](
    caption="Documents, newest first",
    is_caption_hidden=True,
    columns=(
        Column(name="title", label="Document", value=lambda row: row[1].title, link=lambda row: _href(row)),
        Column(name="period", label="Period", value=lambda row: said(row[1].period_from, row[1].period_until)),
        Column(name="released_on", label="Published", kind="date", value=lambda row: row[1].released_on),
        Column(name="reference", label="Reference", value=lambda row: row[1].reference),
        Column(
            name="state",
            label="State",
            value=lambda row: row[1].state.capitalize(),
            tag=lambda row: Tag("Withdrawn", "red") if row[1].is_withdrawn else None,
        ),
    ),
    empty=Empty(
        heading="Nothing is published yet", text="Documents stand here from the day on which they are published."
    ),
)


@open_to_all
@require_safe
def documents(request: HttpRequest, code: str) -> HttpResponse:
    """Everything that a partnership has published."""
    view = partnership_of(request, code)
    rows = [(code, one) for one in queries.published(actor_of(request), code)]
    shown(request, kind=KIND, says=f"looked at the documents of {view.name}")
    page = Page(
        title="Published documents",
        section="",
        caption=view.name,
        breadcrumbs=[_home(view)],
        panels=[Panel(contents=[DOCUMENTS.of(rows)])],
    )
    return kept(request, render_public_page(request, page, identity=identity_of(view)))


@open_to_all
@require_safe
def document(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """A published document as a web page: the very text that was sealed, each number a link to where it comes from."""
    view, one = partnership_of(request, code), release_of(request, code, reference)
    body = queries.body_html(actor_of(request), reference)
    if body is None:
        raise Http404
    shown(request, kind=KIND, subject=one.summary.id, says=f"read the published document {reference}")
    request.identity = identity_of(view)  # type: ignore[attr-defined]  # read by the context processor of the shell
    context = {
        "title": one.summary.title,
        "crumbs": [_home(view), _list(view)],
        "notices": notices_of(code, one),
        "taking": taking_away(code, one),
        "body": on_the_site(body, code=code, reference=reference),
    }
    return kept(request, render(request, "published/document.html", context))


@open_to_all
@require_safe
def figure(request: HttpRequest, code: str, reference: str, slug: str) -> HttpResponse:
    """Where the numbers of a published figure come from, and how anybody can check them."""
    view, one = partnership_of(request, code), release_of(request, code, reference)
    origin = queries.figure_origin(actor_of(request), reference, slug)
    if origin is None:
        raise Http404
    says = f"looked at where the numbers of figure {origin.number} of {reference} come from"
    shown(request, kind=KIND, subject=one.summary.id, says=says)
    crumbs = [_home(view), _list(view), Link(text=one.summary.title, href=document_href(code, reference))]
    page = origin_page(code, one, origin, breadcrumbs=crumbs, notices=notices_of(code, one))
    return kept(request, render_public_page(request, page, identity=identity_of(view)))


def partnership_of(request: HttpRequest, code: str) -> PartnershipView:
    """A partnership that has a public page; 404 if there is none."""
    view = access.partnership(actor_of(request), code=code)
    if view is None:
        raise Http404
    return view


def release_of(request: HttpRequest, code: str, reference: str) -> ReleaseView:
    """What this partnership has published under a reference; 404 for all that is not public, whoever asks."""
    actor = actor_of(request)
    out = {one.reference for one in queries.published(actor, code)}
    view = queries.release(actor, reference) if reference in out else None
    if view is None:
        raise Http404
    return view


def notices_of(code: str, one: ReleaseView) -> list[Notice]:
    """That it was withdrawn and why, or that a later release takes its place, with the way there."""
    return [
        Notice(
            heading=notice.heading,
            text=notice.text,
            link=Link(text=f"Read {notice.reference}", href=document_href(code, notice.reference))
            if notice.reference
            else None,
        )
        for notice in one.notices
    ]


def kept(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Let everybody's copy be kept for a moment; that of somebody signed in, whose page names them, by nobody."""
    if actor_of(request).is_public:
        patch_cache_control(response, public=True, max_age=KEPT)
    else:
        patch_cache_control(response, private=True, no_store=True)
    return response


def _home(view: PartnershipView) -> Link:
    return Link(text=view.name, href=f"/partnerships/{view.code}")


def _list(view: PartnershipView) -> Link:
    return Link(text="Published documents", href=f"/partnerships/{view.code}/documents")


def _href(row: tuple[str, ReleaseSummary]) -> str:
    return document_href(row[0], row[1].reference)

"""A figure by itself: where its numbers come from, its picture, its numbers as a file, the kept copy of its source."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Literal
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from wardstats import asked_in_words, measure, svg, vega_lite
from wardstats.charts import register_fonts
from wardstats.charts.appearance import WIDE
from wardwell.assessment import queries
from wardwell.assessment.queries import AssessmentView, FigureView, LineageView
from wardwell.assessment.rules.kept_evidence import KeptFile
from wardwell.assessment.rules.sourced import Input
from wardwell.web.assessments.exhibits import exhibit, has_picture
from wardwell.web.assessments.found import FIGURE, address, assessment_of, crumbs, figure_of
from wardwell.web.assessments.palette import numbers_of
from wardwell.web.components import (
    Bullets,
    Column,
    Component,
    Inset,
    Link,
    Notice,
    Page,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    Table,
    Verb,
    csv_response,
    render_page,
    shown,
)
from wardwell.web.shell.doors import actor_of, open_to_whoever_may_see
from wardwell.web.templating import CHART_FONT, CHART_FONT_FOLDER

NARROW = 360
"""Width of a picture drawn for a phone, in pixels."""
KEPT = 86400
"""Seconds for which a browser keeps a picture; its address names the figure's version, so it is never stale."""

FILES = Table[KeptFile](
    caption="Kept files that it was computed from",
    columns=(
        Column(name="source", label="Source"),
        Column(name="edition", label="Edition"),
        Column(name="licence", label="Licence"),
        Column(name="table", label="Holds", value=lambda row: row.table.replace("_", " ")),
        Column(name="sha256", label="SHA-256 of the file", kind="code"),
    ),
)

INPUTS = Table[Input](
    caption="What it starts from",
    columns=(
        Column(name="name", label="Name", kind="code"),
        Column(name="meaning", label="What it is"),
        Column(name="value", label="Value", value=lambda row: row.value or "[c]"),
        Column(name="comes_from", label="Where it is from"),
    ),
)


@open_to_whoever_may_see
@require_safe
def figure(request: HttpRequest, assessment_id: UUID, slug: str) -> HttpResponse:
    """Where the numbers of a figure come from."""
    view = assessment_of(request, assessment_id)
    one = figure_of(view, slug)
    shown(request, kind=FIGURE, subject=one.id, says=f"looked at the figure “{one.title}” of {view.summary.title}")
    page = Page(
        title=one.title,
        section="assessments",
        caption=f"Figure {one.number}",
        breadcrumbs=crumbs(view),
        notices=list(_notices(one)),
        verbs=_verbs(view, one),
        panels=[
            Panel(contents=[exhibit(view, one, level=2)]),
            Panel(heading="Where these numbers come from", contents=list(_origin(view, one))),
        ],
        aside=[Panel(heading="Its numbers in a text", contents=[numbers_of(one)], style="quiet")],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_safe
def picture(request: HttpRequest, assessment_id: UUID, slug: str) -> HttpResponse:
    """The picture of a figure as SVG, drawn from what is disclosed of it."""
    one = _figure(request, assessment_id, slug)
    if not has_picture(one.disclosed):
        raise Http404
    _know_the_font()
    width = NARROW if request.GET.get("narrow") else WIDE
    specification = vega_lite(one.disclosed, font=CHART_FONT, width=width)
    response = HttpResponse(svg(specification, embed_font=True), content_type="image/svg+xml")
    patch_cache_control(response, private=True, max_age=KEPT, immutable=True)
    return response


@open_to_whoever_may_see
@require_safe
def numbers(request: HttpRequest, assessment_id: UUID, slug: str) -> HttpResponse:
    """The numbers of a figure as CSV, suppressed where the page suppresses them."""
    one = _figure(request, assessment_id, slug)
    shown(request, kind=FIGURE, subject=one.id, says=f"took away the numbers of the figure “{one.title}” as CSV")
    return csv_response([one.disclosed.to_csv()], file_name=f"{one.slug}.csv")


@open_to_whoever_may_see
@require_safe
def copy(request: HttpRequest, assessment_id: UUID, slug: str) -> HttpResponse:
    """The kept copy of what a cited figure cites."""
    one = _figure(request, assessment_id, slug)
    content = queries.cited_copy(actor_of(request), figure_id=one.id)
    if content is None:
        raise Http404
    shown(request, kind=FIGURE, subject=one.id, says=f"took away the kept copy of “{one.source}”")
    # Somebody else's file is never opened as a page of this site.
    response = HttpResponse(content, content_type="application/octet-stream")
    response["Content-Disposition"] = f'attachment; filename="{one.slug}-source"'
    return response


def _figure(request: HttpRequest, assessment_id: UUID, slug: str) -> FigureView:
    return figure_of(assessment_of(request, assessment_id), slug)


@functools.cache
def _know_the_font() -> None:
    register_fonts(CHART_FONT_FOLDER)


def _notices(one: FigureView) -> Iterator[Notice]:
    if one.is_behind_evidence and one.is_drift_acknowledged:
        yield Notice(
            heading="The evidence has changed since, and the figure stays as it is", text=f"Because: {one.drift_reason}"
        )
    elif one.is_behind_evidence:
        yield Notice(
            heading="The evidence has changed since",
            text="Compute the figure again, or say why it stays as it is. Until then the assessment is not signed off.",
        )


def _verbs(view: AssessmentView, one: FigureView) -> tuple[Verb, ...]:
    step, parts = view.step("change"), {"slug": one.slug}
    found = []
    if one.kind != "cited":
        again = address("figure_compute_again", view, **parts)
        style: Literal["primary", "secondary"] = "primary" if one.is_behind_evidence else "secondary"
        found.append(Verb.after(step, text="Compute it again", href=again, method="post", style=style))
    if one.is_behind_evidence:
        leave = address("figure_leave", view, **parts)
        found.append(Verb.after(step, text="Leave it as it is", href=leave, style="secondary"))
    remove = address("figure_remove", view, **parts)
    return (*found, Verb.after(step, text="Remove it", href=remove, method="post", style="secondary"))


def _origin(view: AssessmentView, one: FigureView) -> Iterator[Component]:
    if one.lineage:
        yield from _computed(one, one.lineage)
    elif one.formula:
        yield Paragraph.of(f"{one.statement}. Estimated by {one.made_by} with this formula:")
        yield Inset(f"{one.formula} = {one.disclosed.fact('value')}")
        yield INPUTS.of(one.inputs)
    else:
        yield from _cited(view, one)


def _computed(one: FigureView, lineage: LineageView) -> Iterator[Component]:
    known = measure(lineage.measure)
    yield Paragraph.of(known.meaning)
    yield Summary(
        [
            SummaryRow(key="Measure", value=f"{known.name}, version {lineage.measure_version}"),
            SummaryRow(key="Counted", value=known.numerator),
            SummaryRow(key="Against", value=known.denominator or "Nothing: it is a plain count"),
            *(SummaryRow(key=name, value=value) for name, value in asked_in_words(lineage.parameters)),
            SummaryRow(key="Computed", value=lineage.computed_at, kind="moment"),
            SummaryRow(key="By", value=one.made_by),
            SummaryRow(key="Library", value=f"wardstats {lineage.library}"),
        ]
    )
    yield FILES.of(lineage.files)
    yield Paragraph.of("What it does not show:")
    yield Bullets.of(*known.cautions)


def _cited(view: AssessmentView, one: FigureView) -> Iterator[Component]:
    rows = [
        SummaryRow(key="Value", value=one.disclosed.fact("value")),
        SummaryRow(key="What it is", value=one.statement),
        SummaryRow(key="Source", value=one.source),
        SummaryRow(key="Dated", value=one.source_on, kind="date"),
        SummaryRow(key="Cited by", value=one.made_by),
        SummaryRow(key="SHA-256 of the words kept", value=one.excerpt_sha256, kind="code"),
    ]
    if one.copy_sha256:
        way = Link(text="Take the copy away", href=address("assessment_figure_copy", view, slug=one.slug))
        rows.append(SummaryRow(key="Copy kept", value=one.copy_name or one.copy_sha256, link=way))
    yield Summary(rows)
    yield Paragraph.of("The words around it in the source:")
    yield Inset(one.excerpt)

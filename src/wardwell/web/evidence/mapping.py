"""How a supplier's own columns are read: chosen on the first rows of a file, looked at, saved, and used by itself from then on."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wardstats import sources
from wardstats.sources import ColumnMapping, MappedField, Preview
from wardwell.evidence import queries
from wardwell.evidence.operations import UnableToSaveMapping, save_mapping
from wardwell.evidence.queries import LayoutView, MappingView, UnableToRehearse
from wardwell.web.components import (
    Answers,
    Column,
    Component,
    Details,
    Empty,
    FilledForm,
    Form,
    Hidden,
    Link,
    Page,
    Panel,
    Paragraph,
    Table,
    Text,
    Upload,
    WholeNumber,
    render_page,
    shown,
)
from wardwell.web.evidence.mapping_form import MappingForm, form_of, initial_of, mapping_of
from wardwell.web.evidence.supply import CRUMBS
from wardwell.web.shell.doors import actor_of, must_be_allowed, open_to_whoever_may_see

KIND = "evidence.SavedMapping"
LOOK = Form(
    name="look",
    fields=[
        Upload(
            name="file",
            label="A file as the supplier sends it",
            asks="a file",
            hint="CSV, .xlsx or .parquet. Only its first ten rows are shown, and nothing of it is kept",
            accepts=".csv,.gz,.xlsx,.parquet",
        ),
        Text(
            name="sheet",
            label="Sheet",
            hint="Of a workbook; the first one when left empty",
            is_required=False,
            longest=60,
        ),
        WholeNumber(name="heading_row", label="Row of the headings", lowest=1, highest=100, width=3),
    ],
    submit="Show its first rows",
    style="secondary",
)
CLEAR = Form(name="clear", fields=[Hidden(name="clear")], submit="Read files by the template again", style="warning")
FIELDS = Table[MappedField](
    caption="Where each field comes from",
    is_caption_hidden=True,
    columns=(
        Column(name="heading", label="Field"),
        Column(name="column", label="Column", value=lambda row: row.column or "The same in every row"),
        Column(name="constant", label="Always says"),
        Column(name="writing", label="Days are written as"),
        Column(
            name="translations",
            label="Their words and ours",
            value=lambda row: "; ".join(f"{theirs} = {ours}" for theirs, ours in row.translations.items()),
        ),
    ),
)
VERSIONS = Table[MappingView](
    caption="Versions, newest first",
    is_caption_hidden=True,
    columns=(
        Column(name="version", label="Version", kind="number"),
        Column(
            name="fields",
            label="What it says",
            value=lambda row: f"{len(row.mapping.fields)} fields" if row.mapping else "By the template again",
        ),
        Column(name="saved_by", label="Saved by"),
        Column(name="saved_at", label="When", kind="moment"),
    ),
)


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def mapping(request: HttpRequest, code: str) -> HttpResponse:
    """Choose which column is which, look at the first ten rows as they would be read, and save it."""
    found = queries.layout(actor_of(request), code)
    if found is None:
        raise Http404
    must_be_allowed(request, verb="import", kind=KIND)
    versions = queries.mappings(actor_of(request), code)
    if request.method != "POST":
        return _page(request, found, versions, [_look(LOOK.of(initial={"heading_row": 1}))])
    if "clear" in request.POST:
        return _saved(request, found, None)
    if "head" in request.POST:
        return _chosen(request, found, versions)
    return _looked_at(request, found, versions)


def _looked_at(request: HttpRequest, found: LayoutView, versions: Sequence[MappingView]) -> HttpResponse:
    answers = LOOK.read(request.POST, request.FILES)
    if not answers.are_valid:
        return _page(request, found, versions, [_look(LOOK.of(answers=answers))])
    file, sheet, heading_row = answers["file"], answers["sheet"] or "", answers["heading_row"]
    try:
        head = queries.head_of(
            actor_of(request),
            dataset_code=found.code,
            file_name=file.name,
            chunks=file.chunks(),
            sheet=sheet,
            heading_row=heading_row,
        )
    except UnableToRehearse as fault:
        return _page(request, found, versions, [_look(LOOK.of(answers=answers.refused(str(fault), field="file")))])
    guess = versions[0].mapping if versions and versions[0].mapping else sources.suggested(head.columns, found.layout)
    kept = ColumnMapping(guess.fields, sheet, heading_row)
    filled = form_of(found.layout, head).of(initial=initial_of(found.layout, head, kept))
    return _page(
        request,
        found,
        versions,
        [_head(head), _which(filled, found)],
        is_wide=True,
    )


def _chosen(request: HttpRequest, found: LayoutView, versions: Sequence[MappingView]) -> HttpResponse:
    head = _head_in(request.POST.get("head", ""))
    if head is None:
        return redirect("evidence_mapping", code=found.code)
    form = form_of(found.layout, head)
    answers = form.read(request.POST)
    seen: list[Component] = []
    if answers.are_valid:
        try:
            wanted = mapping_of(found.layout, answers)
            sources.check_mapping(wanted, found.layout)
            seen = [_seen(sources.map_rows(head.columns, head.rows, layout=found.layout, mapping=wanted))]
            if "second" not in request.POST:
                return _saved(request, found, wanted)
        except (sources.UnableToMap, sources.UnableToRead, UnableToSaveMapping) as fault:
            answers = answers.refused(str(fault))
    filled = form.of(answers=answers)
    return _page(
        request,
        found,
        versions,
        [*seen, _head(head), _which(filled, found)],
        answers,
        is_wide=True,
    )


def _saved(request: HttpRequest, found: LayoutView, wanted: ColumnMapping | None) -> HttpResponse:
    actor = actor_of(request)
    save_mapping(actor=actor, at=actor.at, dataset_code=found.code, mapping=wanted)
    what = "The next file is read by it." if wanted else "The next file is read by the template."
    messages.success(request, f"Saved. {what}")
    return redirect("evidence_mapping", code=found.code)


def _head_in(text: str) -> Preview | None:
    """The first rows as the form brought them back; None when somebody has changed them into something else."""
    try:
        content: Any = json.loads(text)
        columns, rows = content["columns"], content["rows"]
        return Preview(tuple(map(str, columns)), tuple(tuple(map(str, row)) for row in rows[:10]))
    except (ValueError, TypeError, KeyError):
        return None


def _page(
    request: HttpRequest,
    found: LayoutView,
    versions: Sequence[MappingView],
    panels: Sequence[Component],
    answers: Answers | None = None,
    *,
    is_wide: bool = False,
) -> HttpResponse:
    """The page; a wide one has the first rows across it."""
    if answers is None or answers.are_valid:
        shown(request, kind=KIND, says=f"looked at how files of {found.name} are read")
    page = Page(
        title="How its files are read",
        caption=found.name,
        section="evidence",
        breadcrumbs=[*CRUMBS, Link(text=found.name, href=f"/evidence/datasets/{found.code}")],
        lead="Where a supplier’s own columns are not those of the template, say once which is which. Their next file is read so.",
        panels=[*panels, *_now(versions)],
        aside=[] if is_wide else [Panel(heading="What is asked for", contents=[_asked(found)], style="quiet")],
    )
    return render_page(request, page)


def _which(filled: FilledForm, found: LayoutView) -> Panel:
    return Panel(heading="Which column is which", contents=[MappingForm.grouped(filled, found.layout)])


def _look(filled: Component) -> Panel:
    return Panel(heading="Begin with a file", contents=[filled])


def _now(versions: Sequence[MappingView]) -> list[Panel]:
    if not versions:
        nothing = Empty(heading="No mapping has been saved", text="Files are read by the headings of the template.")
        return [Panel(heading="How files are read now", contents=[nothing])]
    newest = versions[0]
    if newest.mapping is None:
        now: list[Component] = [Paragraph.of("By the headings of the template.")]
    else:
        where = f"sheet “{newest.mapping.sheet}”, " if newest.mapping.sheet else ""
        row = f"By version {newest.version}: {where}headings in row {newest.mapping.heading_row}."
        now = [Paragraph.of(row), FIELDS.of(newest.mapping.fields), CLEAR.of(initial={"clear": "yes"})]
    return [
        Panel(heading="How files are read now", contents=[*now, Details("Every version", [VERSIONS.of(versions)])]),
    ]


def _head(head: Preview) -> Component:
    return Panel(
        heading="Its first rows", contents=[_grid("The first rows as they stand in the file", head.columns, head.rows)]
    )


def _seen(seen: Preview) -> Component:
    table = _grid("The first rows as they would be read", seen.headings, seen.mapped)
    return Panel(heading="As they would be read", contents=[table, Paragraph.of("Nothing has been saved yet.")])


def _grid(caption: str, headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Component:
    columns = tuple(_column(at, heading) for at, heading in enumerate(headings))
    table = Table[Sequence[str]](caption=caption, is_caption_hidden=True, columns=columns)
    return table.of(rows)


def _column(at: int, heading: str) -> Column[Sequence[str]]:
    return Column(
        name=f"at-{at}", label=heading or f"Column {at + 1}", value=lambda row: row[at] if at < len(row) else ""
    )


def _asked(found: LayoutView) -> Component:
    table = Table[sources.Field](
        caption="Fields of the template",
        is_caption_hidden=True,
        columns=(
            Column(name="heading", label="Field"),
            Column(name="is_required", label="Asked for", value=lambda row: "Yes" if row.is_required else "If known"),
            Column(name="kind", label="Written as", value=lambda row: row.kind.value),
        ),
    )
    return table.of(found.layout.fields)

"""What was kept of a file: the snapshot, how its rows add up, what was put aside, and the rows themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from wardwell.evidence import queries
from wardwell.evidence.queries import EditionView, QuarantinePage, ReconciliationLine, SnapshotView, SnapshotWhole
from wardwell.evidence.rules import counted
from wardwell.evidence.store import RowsPage, UnableToReadKept
from wardwell.web.components import (
    Bullets,
    Caution,
    Choice,
    Column,
    Component,
    Details,
    Empty,
    Fact,
    Facts,
    Form,
    Kind,
    Link,
    Option,
    Page,
    Pagination,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    Table,
    csv_response,
    printed,
    render_page,
    shown,
)
from wardwell.web.evidence.sending import size_in_words
from wardwell.web.evidence.supply import CRUMBS
from wardwell.web.evidence.tables import BY_TYPE, LINES, PARTS, QUARANTINE, currency, months_of
from wardwell.web.shell.doors import actor_of, open_to_whoever_may_see
from wardwell.web.shell.paging import page_number

KIND = "evidence.Snapshot"
MOST_LINES = 600
IDENTIFIER = 64


@open_to_whoever_may_see
@require_safe
def snapshot(request: HttpRequest, snapshot_id: UUID) -> HttpResponse:
    """A kept edition: where it is from, how its rows add up, what it supersedes and what supersedes it."""
    whole = _whole(request, snapshot_id)
    kept = whole.snapshot
    shown(request, kind=KIND, subject=kept.id, says=f"looked at {_called(kept)}")
    page = Page(
        title=kept.edition,
        caption=kept.dataset_name,
        section="evidence",
        breadcrumbs=_crumbs(kept),
        status=currency(kept),
        tabs=_tabs(kept),
        here=_path(kept),
        opening=[_totals(whole)],
        panels=[
            *_noted(kept),
            Panel(heading="How its rows add up", contents=_reconciled(whole)),
            Panel(heading="Files and months", contents=[PARTS.of(whole.parts)]),
        ],
        aside=[
            Panel(heading="Where it is from", contents=[_origin(kept)], style="quiet"),
            Panel(heading="Other editions", contents=_neighbours(whole), style="quiet"),
        ],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_safe
def reconciliation(request: HttpRequest, snapshot_id: UUID) -> HttpResponse:
    """Rows in, accepted and put aside, by file, month and type, as CSV."""
    whole = _whole(request, snapshot_id)
    shown(
        request,
        kind=KIND,
        subject=snapshot_id,
        says=f"took away the reconciliation of {_called(whole.snapshot)} as CSV",
    )
    name = f"reconciliation-{whole.snapshot.sha256[:12]}.csv"
    return csv_response(LINES.csv(whole.reconciliation), file_name=name)


@open_to_whoever_may_see
@require_safe
def quarantine(request: HttpRequest, snapshot_id: UUID) -> HttpResponse:
    """The rows that were put aside, as they stand in their files, each with the reason."""
    kept = _whole(request, snapshot_id).snapshot
    reason = request.GET.get("reason", "")
    shown(request, kind=KIND, subject=kept.id, says=f"looked at the rows put aside from {_called(kept)}")
    try:
        found = queries.quarantine(actor_of(request), snapshot_id, reason=reason, page=page_number(request))
    except UnableToReadKept as fault:
        return _rows_page(request, kept, "quarantine", [Caution(str(fault))])
    if found is None:
        raise Http404
    return _rows_page(request, kept, "quarantine", _put_aside(kept, found, reason))


@open_to_whoever_may_see
@require_safe
def rows(request: HttpRequest, snapshot_id: UUID) -> HttpResponse:
    """The rows as they were kept; those of an older edition are still there."""
    kept = _whole(request, snapshot_id).snapshot
    shown(request, kind=KIND, subject=kept.id, says=f"looked at the kept rows of {_called(kept)}")
    try:
        found = queries.read_snapshot_rows(actor_of(request), snapshot_id, page=page_number(request))
    except UnableToReadKept as fault:
        return _rows_page(request, kept, "rows", [Caution(str(fault))])
    if found is None:
        raise Http404
    return _rows_page(request, kept, "rows", [_kept_rows(kept, found)])


@open_to_whoever_may_see
@require_safe
def file(request: HttpRequest, sha256: str) -> HttpResponse:
    """From the digest of a kept file, as a figure names it, to its page."""
    found = queries.snapshot_of_digest(actor_of(request), sha256)
    if found is None:
        raise Http404
    return redirect("evidence_snapshot", snapshot_id=found)


def _whole(request: HttpRequest, snapshot_id: UUID) -> SnapshotWhole:
    whole = queries.snapshot(actor_of(request), snapshot_id)
    if whole is None:
        raise Http404
    return whole


def _called(kept: SnapshotView) -> str:
    return f"the edition “{kept.edition}” of {kept.dataset_name}"


def _path(kept: SnapshotView, page: str = "") -> str:
    return f"/evidence/snapshots/{kept.id}{'/' + page if page else ''}"


def _crumbs(kept: SnapshotView) -> list[Link]:
    return [*CRUMBS, Link(text=kept.dataset_name, href=f"/evidence/datasets/{kept.dataset_code}")]


def _tabs(kept: SnapshotView) -> list[Link]:
    return [
        Link(text="This edition", href=_path(kept)),
        Link(text=f"Put aside ({kept.quarantined:,})", href=_path(kept, "quarantine")),
        Link(text="Kept rows", href=_path(kept, "rows")),
    ]


def _totals(whole: SnapshotWhole) -> Facts:
    kept = whole.snapshot
    sum_up = (
        "Rows in = accepted + put aside, in every file, month and type" if whole.adds_up else "The rows do not add up"
    )
    return Facts(
        [
            Fact(label="Rows in", value=printed(kept.rows_in, "number"), note=sum_up),
            Fact(label="Accepted", value=printed(kept.rows, "number")),
            Fact(label="Put aside", value=printed(kept.quarantined, "number"), note="Never dropped in silence"),
            Fact(label="Files", value=printed(kept.files, "number"), note=months_of(kept)),
        ]
    )


def _noted(kept: SnapshotView) -> list[Panel]:
    if not kept.notes:
        return []
    return [Panel(heading="What was noticed", contents=[Bullets.of(*kept.notes)])]


def _reconciled(whole: SnapshotWhole) -> list[Component]:
    kept = whole.snapshot
    total = ReconciliationLine("", None, "All rows", kept.rows_in, kept.rows, kept.quarantined)
    take = Link(
        text="Take the reconciliation away as CSV",
        hidden="by file, month and type",
        href=_path(kept, "reconciliation.csv"),
    )
    lines = counted(len(whole.reconciliation), "line")
    if len(whole.reconciliation) > MOST_LINES:
        by_line: Component = Paragraph.of(f"By file, month and type there are {lines}: they are in the CSV.")
    else:
        by_line = Details(f"By file, month and type ({lines})", [LINES.of(whole.reconciliation)])
    return [BY_TYPE.of(whole.by_type, foot=total, downloads=[take]), by_line]


def _origin(kept: SnapshotView) -> Summary:
    return Summary(
        [
            SummaryRow(key="Source", value=kept.source),
            SummaryRow(key="Licence", value=kept.licence),
            SummaryRow(key="Edition", value=kept.edition),
            SummaryRow(key="Taken in", value=kept.taken_at, kind="moment"),
            SummaryRow(key="By", value=kept.taken_by),
            SummaryRow(key="Size as kept", value=size_in_words(kept.bytes)),
            SummaryRow(key="Digest of the kept file (SHA-256)", value=kept.sha256, kind="code"),
            SummaryRow(key="Digest of its rows", value=kept.content_digest, kind="code"),
        ]
    )


def _neighbours(whole: SnapshotWhole) -> list[Component]:
    newer = [_edition("Superseded by", one) for one in whole.superseded_by]
    older = [_edition("Supersedes", one) for one in whole.supersedes]
    if not newer and not older:
        return [Paragraph.of("It supersedes nothing, and nothing has superseded it.")]
    return [*newer, *older]


def _edition(how: str, one: EditionView) -> Paragraph:
    link = Link(text=one.edition, href=f"/evidence/snapshots/{one.id}")
    return Paragraph.of(f"{how} ", link, f" in {counted(one.parts, 'file and month', 'files and months')}.")


def _rows_page(request: HttpRequest, kept: SnapshotView, page: str, contents: Sequence[Component]) -> HttpResponse:
    shown_page = Page(
        title=kept.edition,
        caption=kept.dataset_name,
        section="evidence",
        breadcrumbs=_crumbs(kept),
        status=currency(kept),
        tabs=_tabs(kept),
        here=_path(kept, page),
        panels=contents,
    )
    return render_page(request, shown_page)


def _put_aside(kept: SnapshotView, found: QuarantinePage, reason: str) -> list[Component]:
    if not found.reasons:
        nothing = Empty(heading="Not one row was put aside", text="Every row of every file was accepted.")
        return [Panel(contents=[nothing])]
    path = _path(kept, "quarantine")
    options = [Option("", "Every reason")] + [
        Option(name, f"{in_words(name)} ({number:,})") for name, number in found.reasons
    ]
    asked = Choice(name="reason", label="Reason", options=options, is_folded=True)
    form = Form(name="reasons", fields=[asked], submit="Show", method="get", layout="filter", style="secondary")
    pages = Pagination(page=found.page, pages=found.pages, path=path, query={"reason": reason} if reason else None)
    table = QUARANTINE.of(found.rows, caption=f"{counted(found.total, 'row')} put aside", pagination=pages)
    return [
        Panel(contents=[form.of(action=path, initial={"reason": reason})]),
        Panel(name="results", contents=[table]),
    ]


def in_words(reason: str) -> str:
    """The code of a reason as people say it.

    >>> in_words("month-of-another-file"), in_words("number_of_fields")
    ('Month of another file', 'Number of fields')
    """
    return reason.replace("-", " ").replace("_", " ").capitalize()


def _kept_rows(kept: SnapshotView, found: RowsPage) -> Component:
    columns = tuple(_column(found, at) for at in range(len(found.columns)))
    table = Table[tuple[Any, ...]](caption=f"{counted(found.total, 'row')} kept", columns=columns)
    pages = Pagination(page=found.page, pages=found.pages, path=_path(kept, "rows"))
    return Panel(contents=[table.of(found.rows, pagination=pages)])


def _column(found: RowsPage, at: int) -> Column[tuple[Any, ...]]:
    name = found.columns[at]
    values = [row[at] for row in found.rows if row[at] is not None]
    label = in_words(name).replace("Lsoa", "LSOA")
    return Column(name=name, label=label, kind=_kind(name, values), value=lambda row: _shortened(row[at]))


def _kind(name: str, values: Sequence[Any]) -> Kind:
    if values and all(isinstance(value, date) for value in values):
        return "month" if name == "month" else "date"
    return "number" if name in ("count", "population") else "text"


def _shortened(value: object) -> object:
    """A value as it stands in a column; of an identifier of 64 signs the first twelve, which tell it apart."""
    is_long = isinstance(value, str) and len(value) == IDENTIFIER and value.isalnum()
    return f"{value[:12]}…" if is_long and isinstance(value, str) else value

"""What is supplied: each dataset with its months, what is missing and what is late."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardwell.access.policy import may
from wardwell.evidence import queries
from wardwell.evidence.periods import day_of
from wardwell.evidence.queries import DatasetView, SnapshotPage, SupplyView
from wardwell.evidence.rules import SENT_IN, counted
from wardwell.web.components import (
    Component,
    Details,
    Empty,
    Fact,
    Facts,
    Link,
    Page,
    Pagination,
    Panel,
    Paragraph,
    Tag,
    Verb,
    printed,
    render_page,
    shown,
)
from wardwell.web.evidence.calendar import calendar_of
from wardwell.web.evidence.described import description_of
from wardwell.web.evidence.picture import picture_of
from wardwell.web.evidence.tables import GAPS, REFERENCE, SNAPSHOTS
from wardwell.web.shell.doors import actor_of, must_see, open_to_whoever_may_see, open_to_workers
from wardwell.web.shell.paging import page_number

KIND = "evidence.Dataset"
OF_EVERYBODY = (
    Link(text="Supply", href="/evidence"),
    Link(text="Calendar", href="/evidence/calendar"),
    Link(text="Timeliness", href="/evidence/timeliness"),
    Link(text="Files sent in", href="/evidence/submissions"),
)
OF_THE_PARTNERSHIP = (
    Link(text="What looks wrong", href="/evidence/issues"),
    Link(text="Register of breaks", href="/evidence/breaks"),
)
CRUMBS = (Link(text="Evidence", href="/evidence"),)
NOTHING = Empty(
    heading="There is no evidence yet",
    text="An installation declares the datasets that a partnership holds. Once they are declared, files are sent in here or "
    "imported with “wardwell import”.",
)


def tabs(request: HttpRequest) -> tuple[Link, ...]:
    """The pages of evidence that this worker may see: a supplier has no part in what looks wrong."""
    allowed = may(roles=actor_of(request).roles, verb="see", kind="evidence.Issue").allowed
    return (*OF_EVERYBODY, *OF_THE_PARTNERSHIP) if allowed else OF_EVERYBODY


@open_to_workers
@require_safe
def evidence(request: HttpRequest) -> HttpResponse:
    """The state of supply: what is held, what is missing, what is late."""
    must_see(request, kind=KIND)
    actor = actor_of(request)
    supplied = queries.supply(actor)
    shown(request, kind=KIND, says="looked at the supply of evidence")
    page = Page(
        title="Evidence",
        section="evidence",
        lead="What the partnership’s figures are counted from: kept unaltered, with where it came from and on what terms.",
        tabs=tabs(request),
        here="/evidence",
        verbs=[_send(request)],
        opening=[_facts(supplied)] if supplied else [],
        panels=_panels(request, supplied) if supplied else [Panel(contents=[NOTHING])],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_safe
def dataset(request: HttpRequest, code: str) -> HttpResponse:
    """One dataset: its terms, its months, and every edition of it that was kept."""
    actor = actor_of(request)
    supplied = next((one for one in queries.supply(actor) if one.dataset.code == code), None)
    if supplied is None:
        raise Http404
    kept = queries.snapshots(actor, dataset_code=code, page=page_number(request))
    shown(request, kind=KIND, subject=supplied.dataset.id, says=f"looked at the dataset {supplied.dataset.name}")
    page = Page(
        title=supplied.dataset.name,
        section="evidence",
        breadcrumbs=CRUMBS,
        status=_state(supplied),
        verbs=_verbs(request, supplied.dataset),
        panels=[
            *_months(request, supplied),
            *_periods(request, code),
            _editions(code, kept),
            *description_of(supplied.dataset),
        ],
    )
    return render_page(request, page)


MOST_NAMED = 2


def _send(request: HttpRequest, code: str = "") -> Verb:
    allowed = may(roles=actor_of(request).roles, verb="import", kind="evidence.Submission")
    return Verb.after(allowed, text="Send a file", href=f"/evidence/send?dataset={code}" if code else "/evidence/send")


def _verbs(request: HttpRequest, view: DatasetView) -> list[Verb]:
    allowed = may(roles=actor_of(request).roles, verb="describe", kind=KIND)
    href = f"/evidence/datasets/{view.code}/edit"
    describe = Verb.after(allowed, text="Describe it", href=href, style="secondary")
    return [_send(request, view.code), describe] if view.table in SENT_IN else [describe]


def _periods(request: HttpRequest, code: str) -> list[Panel]:
    actor = actor_of(request)
    lines = queries.calendar(actor, dataset_code=code)
    if not lines:
        return []
    picture = picture_of(lines, until=day_of(actor.at))
    whole = Link(text="The whole calendar of supply", href="/evidence/calendar")
    return [Panel(heading="What is expected, and what has come", contents=[picture, Paragraph.of(whole)])]


def _facts(supplied: Sequence[SupplyView]) -> Facts:
    monthly = [one for one in supplied if one.dataset.table in SENT_IN]
    missing = sum(len(one.missing) for one in monthly)
    late = [one.dataset.name for one in monthly if one.is_late]
    rows = sum(one.rows for one in monthly)
    aside = sum(one.quarantined for one in monthly)
    return Facts(
        [
            Fact(
                label="Datasets",
                value=printed(len(supplied), "number"),
                note=_reference_note(len(supplied) - len(monthly)),
            ),
            Fact(label="Rows held", value=printed(rows, "number"), note=f"{aside:,} more were put aside"),
            Fact(
                label="Months missing",
                value=printed(missing, "number"),
                note="Nothing was sent: not a month without crime",
            ),
            Fact(label="Late", value=printed(len(late), "number"), note=_late_note(late)),
        ]
    )


def _late_note(late: Sequence[str]) -> str:
    if len(late) > MOST_NAMED:
        return f"{late[0]} and {len(late) - 1} others"
    return ", ".join(late) or "Every dataset is up to date"


def _reference_note(number: int) -> str:
    return f"{number} of them reference data"


def _panels(request: HttpRequest, supplied: Sequence[SupplyView]) -> list[Panel]:
    monthly = [one for one in supplied if one.dataset.table in SENT_IN]
    reference = [one for one in supplied if one.dataset.table not in SENT_IN]
    panels = [_dataset_panel(request, one) for one in monthly]
    if reference:
        panels.append(Panel(heading="Reference data", contents=[REFERENCE.of(reference)]))
    return panels


def _dataset_panel(request: HttpRequest, supplied: SupplyView) -> Panel:
    of = supplied.dataset
    calendar = calendar_of(supplied, as_at=actor_of(request).at.date())
    nothing = Empty(heading="Nothing has been sent in yet", text=f"{of.source}, {of.cadence}.")
    state = _state(supplied)
    more = Link(text="Terms and editions", hidden=f"of {of.name}", href=f"/evidence/datasets/{of.code}")
    return Panel(
        heading=of.name,
        contents=[
            Paragraph.of(*((state, " ") if state else ()), *_invented(of), _in_a_sentence(supplied)),
            calendar or nothing,
            *_gaps(supplied),
            Paragraph.of(more),
        ],
    )


def _state(supplied: SupplyView) -> Tag | None:
    if supplied.is_late:
        return Tag("Late", "orange")
    if not supplied.latest_edition:
        return Tag("Nothing yet", "grey")
    return Tag("Months missing", "yellow") if supplied.missing else Tag("Up to date", "green")


def _invented(view: DatasetView) -> tuple[Tag | str, ...]:
    return (Tag("Synthetic", "purple"), " ") if view.is_synthetic else ()


def _in_a_sentence(supplied: SupplyView) -> str:
    if supplied.first_month is None:
        return ""
    first, last = printed(supplied.first_month, "month"), printed(supplied.last_month, "month")
    held = f"{counted(supplied.months, 'month')} held, {first} to {last}; {counted(supplied.rows, 'row')}."
    use = (
        "Measures are counted from it."
        if supplied.dataset.used_for_measures
        else "Kept to be read; measures are not counted from it."
    )
    was = "was" if supplied.is_late else "is"
    due = f" The next edition {was} expected by {printed(supplied.due_on, 'date')}." if supplied.due_on else ""
    return f"{held} {use}{due}"


def _months(request: HttpRequest, supplied: SupplyView) -> list[Panel]:
    calendar = calendar_of(supplied, as_at=actor_of(request).at.date())
    if calendar is None:
        return []
    return [Panel(heading="Months", contents=[Paragraph.of(_in_a_sentence(supplied)), calendar, *_gaps(supplied)])]


def _gaps(supplied: SupplyView) -> list[Component]:
    if not supplied.gaps:
        return []
    title = f"{counted(len(supplied.gaps), 'hole')} in the series of one force or file"
    return [Details(title, [GAPS.of(supplied.gaps, caption=f"Holes in {supplied.dataset.name}")])]


def _editions(code: str, kept: SnapshotPage) -> Panel:
    pages = Pagination(page=kept.page, pages=kept.pages, path=f"/evidence/datasets/{code}") if kept.pages > 1 else None
    return Panel(heading="Editions kept", contents=[SNAPSHOTS.of(kept.snapshots, pagination=pages)])

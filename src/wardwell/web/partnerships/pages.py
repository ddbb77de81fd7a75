"""What everybody may read about a partnership: who it is, who sits on its Board, and what it has published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from wardwell.access import queries
from wardwell.access.actor import Actor
from wardwell.access.queries import PartnershipView
from wardwell.agencies.queries import AgencyView, agencies
from wardwell.meetings.queries import BoardView, GroupView, board, groups
from wardwell.web.components import (
    Column,
    Component,
    Details,
    Empty,
    Form,
    Notice,
    Page,
    Panel,
    Summary,
    SummaryRow,
    Table,
    Text,
    printed,
    render_page,
    render_public_page,
    shown,
)
from wardwell.web.partnerships.seats import board_panel
from wardwell.web.published.panel import published_panel
from wardwell.web.shell.context import identity_of
from wardwell.web.shell.doors import actor_of, open_to_all

PUBLISHED: tuple[Callable[[Actor, PartnershipView], Component], ...] = (published_panel,)
"""What a partnership has published, as panels of its public page; each is given who asks and which partnership."""

WHAT_THEY_ARE = (
    "Local partnerships of the police, the council, the health service, probation and the fire service "
    "that work to reduce crime and disorder."
)

AS_AT = Form(
    name="as-at",
    fields=[Text(name="as-at", label="As it was on", input_type="date", width=10, is_required=False)],
    submit="Show",
    method="get",
    layout="filter",
    style="secondary",
)

LIST = Table[PartnershipView](
    caption="Partnerships on this site",
    columns=(
        Column(name="name", label="Partnership", link=lambda row: f"/partnerships/{row.code}"),
        Column(name="kind", label="Kind"),
        Column(name="geography", label="Geography"),
        Column(name="csp_code", label="Code (ONS)", kind="code"),
    ),
    empty=Empty(heading="No partnership yet", text="Each partnership has its public page here once it is installed."),
)

AGENCIES = Table[AgencyView](
    caption="Agencies on the Board, and others that the law makes responsible",
    is_caption_hidden=True,
    columns=(
        Column(name="name", label="Agency"),
        Column(name="responsible_authority", label="Responsible authority", kind="flag"),
        Column(name="active_from", label="From", kind="date"),
        Column(name="predecessors", label="Took over from", value=lambda row: "; ".join(row.predecessors)),
        Column(name="successors", label="Followed by", value=lambda row: _followed(row)),
        Column(name="basis", label="Known from"),
    ),
)

GROUPS = Table[GroupView](
    caption="Groups",
    is_caption_hidden=True,
    columns=(
        Column(name="name", label="Group"),
        Column(name="kind", label="Kind"),
        Column(name="parent", label="Answers to (illustrative)"),
        Column(name="delivers", label="Delivers"),
    ),
)


@open_to_all
@require_safe
def partnerships(request: HttpRequest) -> HttpResponse:
    """The public list."""
    rows = queries.public_partnerships(actor_of(request))
    shown(request, kind="access.Partnership", says="looked at the list of partnerships")
    return render_page(
        request,
        Page(
            title="Community safety partnerships",
            section="",
            lead=WHAT_THEY_ARE,
            panels=[Panel(contents=[LIST.of(rows)])],
        ),
    )


@open_to_all
@require_safe
def partnership(request: HttpRequest, code: str) -> HttpResponse:
    """A partnership's public front page, as at a date (`?as-at=2014-05-01`), today if none is given."""
    actor = actor_of(request)
    view = queries.partnership(actor, code=code)
    if view is None:
        raise Http404
    as_at, problem = _date_asked(request)
    shown(request, kind="access.Partnership", subject=view.id, says=f"looked at the public page of {view.name}")
    page = Page(
        title=view.name,
        caption=view.kind,
        section="",
        notices=[Notice(text=problem)] if problem else [],
        panels=[*(place(actor, view) for place in PUBLISHED), _dated(actor, view, as_at)],
        aside=[Panel(heading="About", contents=[_identity(actor, view, as_at)], style="quiet")],
    )
    return render_public_page(request, page, identity=identity_of(view))


def _date_asked(request: HttpRequest) -> tuple[date, str]:
    today = timezone.localdate()
    asked = request.GET.get("as-at", "").strip()
    if not asked:
        return today, ""
    try:
        return date.fromisoformat(asked), ""
    except ValueError:
        return today, f"“{asked}” is not a date: write it like 2014-05-01. The page shows today."


def _identity(actor: Actor, view: PartnershipView, as_at: date) -> Summary:
    names = queries.other_names(actor, partnership_id=view.id, as_at=as_at)
    rows = [SummaryRow(key="Geography", value=view.geography)] + [
        SummaryRow(key="Also known as", value=f"{name.name} ({name.abbreviation})" if name.abbreviation else name.name)
        for name in names
    ]
    codes = [("District", view.lad_code), ("Partnership", view.csp_code), ("Police force area", view.force_code)]
    return Summary([*rows, *(SummaryRow(key=f"{key} (ONS)", value=code, kind="code") for key, code in codes)])


def _dated(actor: Actor, view: PartnershipView, as_at: date) -> Panel:
    """Everything that has dates, in one panel, so that another date replaces it whole."""
    seats = board(actor, partnership_id=view.id, as_at=as_at)
    form = AS_AT.of(action=f"/partnerships/{view.code}", initial={"as-at": as_at.isoformat()})
    if seats is None or not seats.seats:
        text = f"No seats are known for {printed(as_at, 'date')}."
        return Panel(
            name="results", heading="The Board", contents=[form, Empty(heading="No Board on record", text=text)]
        )
    return Panel(
        name="results",
        heading=f"As at {printed(as_at, 'date')}",
        contents=[
            form,
            board_panel(seats),
            Panel(heading="Agencies", level=3, contents=[AGENCIES.of(_at_the_table(actor, seats))]),
            Panel(
                heading="Groups that deliver", level=3, contents=[Details("Show the groups", [_groups(actor, view)])]
            ),
        ],
    )


def _at_the_table(actor: Actor, seats: BoardView) -> list[AgencyView]:
    seated = {name for seat in seats.seats for name in seat.agencies}
    return [one for one in agencies(actor, as_at=seats.as_at) if one.responsible_authority or one.name in seated]


def _groups(actor: Actor, view: PartnershipView) -> Component:
    return GROUPS.of(groups(actor, partnership_id=view.id))


def _followed(agency: AgencyView) -> str:
    if not agency.successors:
        return ""
    when = f", from {printed(agency.active_until, 'date')}" if agency.active_until else ""
    return "; ".join(agency.successors) + when

"""What is expected of whom: the calendar of supply, and how each agency's record adds up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardwell.access.actor import Actor
from wardwell.access.policy import SEE, Scope, rules_for
from wardwell.evidence import queries
from wardwell.evidence.periods import FEWEST_TO_RANK, Standing, day_of
from wardwell.evidence.queries import Line, PeriodView, Standings
from wardwell.evidence.rules import counted
from wardwell.web.components import (
    Column,
    Component,
    Empty,
    Fact,
    Facts,
    Link,
    Page,
    Panel,
    Paragraph,
    Table,
    printed,
    render_page,
    shown,
)
from wardwell.web.evidence.picture import address_of, months_shown, picture_of, tag_of_period
from wardwell.web.evidence.supply import KIND, tabs
from wardwell.web.shell.doors import actor_of, must_see, open_to_workers

NOTHING = Empty(
    heading="Nothing is expected yet",
    text="Once a dataset’s description says from when on it is expected, its periods and their days stand here.",
    link=Link(text="See the datasets", href="/evidence"),
)
NOTHING_OPEN = Empty(heading="Nothing is late, and nothing is due within a fortnight")

Open = tuple[Line, PeriodView]

WHAT_IS_OPEN = (
    Column[Open](
        name="period", label="Period", value=lambda row: row[1].period.words, link=lambda row: address_of(*row)
    ),
    Column[Open](
        name="state",
        label="State",
        value=lambda row: tag_of_period(row[1]).text,
        tag=lambda row: tag_of_period(row[1]),
    ),
    Column[Open](name="dataset", label="Dataset", value=lambda row: row[0].dataset.name),
    Column[Open](name="due", label="Due", kind="date", value=lambda row: row[1].due),
    Column[Open](name="told", label="Last told", kind="date", value=lambda row: _last_told(row[1])),
)
OF_WHOM = Column[Open](name="supplier", label="Expected of", value=lambda row: row[0].supplier)
OPEN = Table[Open](
    caption="Still to come, the longest late first",
    is_caption_hidden=True,
    columns=(*WHAT_IS_OPEN, OF_WHOM),
    empty=NOTHING_OPEN,
)
OWN_OPEN = Table[Open](
    caption="To be sent, the longest late first", is_caption_hidden=True, columns=WHAT_IS_OPEN, empty=NOTHING_OPEN
)

COUNTS = (
    Column[Standings](name="supplier", label="Agency"),
    Column[Standings](name="datasets", label="Datasets", kind="number"),
    Column[Standings](name="due", label="Periods due", kind="number", value=lambda row: row.record.due),
    Column[Standings](name="on_time", label="In on time", value=lambda row: share(row.record.on_time, row.record.due)),
    Column[Standings](name="in_late", label="In late", kind="number", value=lambda row: row.record.in_late),
    Column[Standings](name="out", label="Still to come", kind="number", value=lambda row: row.record.out),
    Column[Standings](name="excused", label="Excused", kind="number", value=lambda row: row.record.excused),
    Column[Standings](
        name="months", label="Months covered", value=lambda row: share(row.record.months_in, row.record.months)
    ),
    Column[Standings](
        name="rows", label="Rows accepted", value=lambda row: share(row.record.rows_accepted, row.record.rows_sent, 1)
    ),
    Column[Standings](name="refused", label="Files refused", kind="number", value=lambda row: row.record.refused),
)
PLACE = Column[Standings](
    name="place",
    label="Place",
    value=lambda row: str(row.place) if row.place else "Too few to rank",
)
LEAGUE = Table[Standings](caption="Agencies by the share in on time", is_caption_hidden=True, columns=(*COUNTS, PLACE))
OWN_RECORD = Table[Standings](caption="Your agency’s record", is_caption_hidden=True, columns=COUNTS)


@open_to_workers
@require_safe
def calendar(request: HttpRequest) -> HttpResponse:
    """Suppliers and periods: what has come, what is late, what is due soon."""
    must_see(request, kind=KIND)
    actor = actor_of(request)
    lines = queries.calendar(actor)
    shown(request, kind=KIND, says="looked at the calendar of supply")
    page = Page(
        title="Calendar of supply",
        section="evidence",
        lead="What each agency has undertaken to send, and whether it has come.",
        tabs=tabs(request),
        here="/evidence/calendar",
        opening=[_facts(lines, day_of(actor.at))] if lines else [],
        panels=_panels(request, lines) if lines else [Panel(contents=[NOTHING])],
    )
    return render_page(request, page)


@open_to_workers
@require_safe
def timeliness(request: HttpRequest) -> HttpResponse:
    """How much of what was due came on time and whole, agency by agency, with the counts beside every share."""
    must_see(request, kind=KIND)
    actor = actor_of(request)
    found = queries.standings(actor)
    shown(request, kind=KIND, says="looked at how timely the agencies’ data are")
    table = OWN_RECORD if sees_only_own(actor) else LEAGUE
    page = Page(
        title="Timeliness and completeness",
        section="evidence",
        lead="Of all periods whose day has passed, without those excused.",
        tabs=tabs(request),
        here="/evidence/timeliness",
        panels=[Panel(contents=[table.of(found), *_how_to_read()] if found else [NOTHING])],
    )
    return render_page(request, page)


def sees_only_own(actor: Actor) -> bool:
    """Whether somebody sees what is of their own agency alone, and so no league."""
    return not any(rule.role in actor.roles and rule.scope == Scope.PARTNERSHIP for rule in rules_for(KIND, SEE))


def still_to_come(lines: Sequence[Line]) -> list[Open]:
    """What is late or due soon, the longest late first."""
    found = [(line, one) for line in lines for one in line.periods if one.is_open]
    return sorted(found, key=lambda row: (row[1].due, row[0].dataset.name))


def share(part: int, whole: int, decimals: int = 0) -> str:
    """A share with the counts it is made of; what is not all of it is never rounded up to all of it.

    >>> share(7, 9), share(99_999, 100_000, 1), share(0, 0)
    ('7 of 9 (78%)', '99,999 of 100,000 (99.9%)', '–')
    """
    if not whole:
        return printed(None)
    percent = 100 * part / whole
    if part < whole:
        percent = min(percent, 100 - 10**-decimals)
    return f"{part:,} of {whole:,} ({percent:.{decimals}f}%)"


def _facts(lines: Sequence[Line], today: date) -> Facts:
    found = [one for line in lines for one in line.periods]
    excused = [one for one in found if one.standing == Standing.EXCUSED]
    past = [one for one in found if one.due < today and one not in excused]
    on_time = sum(one.standing == Standing.ON_TIME for one in past)
    late = [one.days_late for one in found if one.is_late]
    soon = sum(one.is_due_soon for one in found)
    longest = f"The longest by {counted(max(late), 'day')}" if late else "Nothing is"
    return Facts(
        [
            Fact(label="Late", value=printed(len(late), "number"), note=longest),
            Fact(label="Due within a fortnight", value=printed(soon, "number")),
            Fact(
                label="In on time",
                value=printed(on_time, "number"),
                note=f"{share(on_time, len(past))} of what was due" if past else "Nothing has been due yet",
            ),
            Fact(label="Excused", value=printed(len(excused), "number"), note="Not counted as due"),
        ]
    )


def _panels(request: HttpRequest, lines: Sequence[Line]) -> list[Component]:
    today = day_of(actor_of(request).at)
    until = _asked(request.GET.get("until", ""), today)
    months = months_shown(until)
    year = f"{printed(months[0], 'month')} to {printed(months[-1], 'month')}"
    return [
        Panel(heading=year, name="year", contents=[*_neighbours(months, today), picture_of(lines, until=until)]),
        Panel(heading="Still to come", contents=[OPEN.of(still_to_come(lines))]),
    ]


def _asked(until: str, today: date) -> date:
    try:
        asked = date.fromisoformat(f"{until}-01")
    except ValueError:
        return today
    return min(max(asked, date(2000, 1, 1)), today)


def _neighbours(months: Sequence[date], today: date) -> list[Component]:
    earlier = months[0] - timedelta(days=1)
    links: list[str | Link] = [Link(text="The year before", href=f"/evidence/calendar?until={earlier:%Y-%m}")]
    if months[-1] < months_shown(today)[-1]:
        later = min(date(months[-1].year + 1, months[-1].month, 1), today)
        links += [" · ", Link(text="The year after", href=f"/evidence/calendar?until={later:%Y-%m}")]
    return [Paragraph.of(*links)]


def _how_to_read() -> list[Component]:
    return [
        Paragraph.of(
            "Agencies are placed by the share in on time, those alike in it by the share of months covered. "
            f"An agency of which fewer than {FEWEST_TO_RANK} periods have been due is shown without a place. Rows and files are "
            "counted over everything that was sent for the same datasets; of a file that was refused whole, no row is counted.",
            style="small",
        )
    ]


def _last_told(one: PeriodView) -> date | None:
    return day_of(one.reminders[-1].sent_at) if one.reminders else None

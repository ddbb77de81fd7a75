"""The door of evidence: for those who send one agency's data in, what is due, what to send, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from wardwell.access.policy import may
from wardwell.evidence import queries
from wardwell.evidence.periods import Standing
from wardwell.evidence.queries import DatasetView, Line, Standings
from wardwell.evidence.rules import SENT_IN, counted
from wardwell.web.components import (
    Column,
    Empty,
    Fact,
    Facts,
    Link,
    Page,
    Panel,
    Paragraph,
    Table,
    Tag,
    Verb,
    printed,
    render_page,
    shown,
)
from wardwell.web.evidence.described import due_in_words
from wardwell.web.evidence.expected import OWN_OPEN, sees_only_own, share, still_to_come
from wardwell.web.evidence.supply import KIND, tabs
from wardwell.web.evidence.supply import evidence as state_of_supply
from wardwell.web.evidence.tables import SUBMISSIONS
from wardwell.web.shell.doors import actor_of, must_see, open_to_workers

LATEST, MOST_DUE = 10, 8
AWAITED = frozenset({Standing.NOT_DUE, Standing.DUE_SOON, Standing.PARTLY})
NO_AGENCY = Empty(
    heading="No dataset is expected of your agency",
    text="The partnership’s analyst declares what each agency sends in. What is of your agency will stand here. If something "
    "should, ask whether you are entered as working for it.",
)

WHAT = Table[DatasetView](
    caption="Datasets of your agency",
    is_caption_hidden=True,
    columns=(
        Column(name="name", label="Dataset", link=lambda row: f"/evidence/datasets/{row.code}"),
        Column(name="due", label="Expected", value=lambda row: due_in_words(row)),
        Column(name="unit_of_files", label="One file is"),
        Column(
            name="fields",
            label="Columns",
            value=lambda row: f"What its {counted(len(row.fields), 'column')} mean",
            link=lambda row: f"/evidence/datasets/{row.code}#fields",
        ),
        Column(
            name="sensitivity",
            label="Tells of people",
            value=lambda row: row.sensitivity.capitalize(),
            tag=lambda row: Tag("Synthetic", "purple") if row.is_synthetic else None,
        ),
    ),
)


@open_to_workers
@require_safe
def evidence(request: HttpRequest) -> HttpResponseBase:
    """Evidence as whoever asks has to do with it: suppliers their own agency's, everybody else the state of supply."""
    must_see(request, kind=KIND)
    return _portal(request) if sees_only_own(actor_of(request)) else state_of_supply(request)


def _portal(request: HttpRequest) -> HttpResponse:
    actor = actor_of(request)
    held = [one for one in queries.datasets(actor) if one.table in SENT_IN]
    lines = queries.calendar(actor)
    record = queries.standings(actor, lines)
    shown(request, kind=KIND, says="looked at what is expected of their agency")
    allowed = may(roles=actor.roles, verb="import", kind="evidence.Submission")
    page = Page(
        title="Your agency’s data",
        caption=" and ".join(sorted({one.supplier for one in held})),
        section="evidence",
        lead="What is due, what to send, and what became of it.",
        tabs=tabs(request),
        here="/evidence",
        verbs=[Verb.after(allowed, text="Send a file", href="/evidence/send")] if held else [],
        opening=[_facts(lines, record)] if lines else [],
        panels=_panels(request, held, lines) if held else [Panel(contents=[NO_AGENCY])],
    )
    return render_page(request, page)


def _panels(request: HttpRequest, held: Sequence[DatasetView], lines: Sequence[Line]) -> list[Panel]:
    sent = queries.submissions(actor_of(request), newest=LATEST)
    all_of_them = Paragraph.of(Link(text="All files sent in", href="/evidence/submissions"))
    due = still_to_come(lines)
    rest = f"And {counted(len(due) - MOST_DUE, 'later period')}: "
    more = [Paragraph.of(rest, Link(text="see the calendar", href="/evidence/calendar"), ".")]
    return [
        Panel(heading="What is due", contents=[OWN_OPEN.of(due[:MOST_DUE]), *(more if len(due) > MOST_DUE else [])]),
        Panel(heading="What to send", contents=[WHAT.of(held)]),
        Panel(heading="What became of it", contents=[SUBMISSIONS.of(sent), *([all_of_them] if sent else [])]),
    ]


def _facts(lines: Sequence[Line], record: Sequence[Standings]) -> Facts:
    found = [one for line in lines for one in line.periods]
    late = sum(one.is_late for one in found)
    coming = min((one.due for one in found if one.days_late == 0 and one.standing in AWAITED), default=None)
    own = record[0].record if record else None
    return Facts(
        [
            Fact(label="Late", value=printed(late, "number"), note="Periods whose day has passed"),
            Fact(
                label="Next due",
                value=f"{coming.day} {coming:%b}" if coming else printed(None),
                note=printed(coming, "date") if coming else "",
            ),
            Fact(
                label="In on time",
                value=printed(own.on_time if own else 0, "number"),
                note=f"{share(own.on_time, own.due)} of what was due"
                if own and own.due
                else "Nothing has been due yet",
            ),
            Fact(label="Files refused", value=printed(own.refused if own else 0, "number")),
        ]
    )

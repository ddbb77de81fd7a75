"""One period of one dataset: where it stands, what its supplier was told; chasing and excusing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from wardwell.access.policy import may
from wardwell.evidence import operations, queries
from wardwell.evidence.periods import can_be_chased
from wardwell.evidence.queries import Line, PeriodView, ReminderView
from wardwell.evidence.rules import SENT_IN
from wardwell.web.components import (
    Answers,
    Column,
    Empty,
    Form,
    Link,
    LongText,
    Page,
    Panel,
    Summary,
    SummaryRow,
    Table,
    Verb,
    printed,
    render_page,
    shown,
)
from wardwell.web.evidence.picture import address_of, in_words, tag_of_period
from wardwell.web.evidence.supply import CRUMBS
from wardwell.web.shell.doors import actor_of, must_be_allowed, open_to_whoever_may_see

KIND = "evidence.Dataset"
REMINDER, EXCUSE = "evidence.Reminder", "evidence.Excuse"

CHASE = Form(
    name="chase",
    fields=[
        LongText(
            name="words",
            label="What you want to tell them",
            asks="what you want to tell them",
            hint="Stands on the supplier’s home page under your name, and in the audit trail",
            longest=1000,
        )
    ],
    submit="Send",
)
EXCUSING = Form(
    name="excuse",
    fields=[
        LongText(
            name="reason",
            label="Why it is excused",
            asks="why it is excused",
            hint="The period no longer counts as due. The reason stands beside it, under your name",
            rows=3,
            longest=500,
        )
    ],
    submit="Excuse this period",
)

KINDS = {"reminder": "Reminder", "chaser": "Chaser", "own words": "Message"}
TOLD = Table[ReminderView](
    caption="Reminders, chasers and messages, oldest first",
    is_caption_hidden=True,
    columns=(
        Column(name="sent_at", label="When", kind="moment"),
        Column(name="kind", label="What", value=lambda row: KINDS[row.kind]),
        Column(name="words", label="In these words"),
        Column(name="sent_by", label="By"),
        Column(
            name="mailed_to",
            label="Also e-mailed",
            value=lambda row: f"to {row.mailed_to}" if row.mailed_to else "no",
        ),
    ),
    empty=Empty(heading="The supplier has not been told anything yet"),
)


@open_to_whoever_may_see
@require_safe
def period(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Where a period stands, and what was said about it."""
    line, one = _found(request, code, month)
    shown(request, kind=KIND, subject=line.dataset.id, says=f"looked at {one.period.words} of {line.dataset.name}")
    page = Page(
        title=one.period.words,
        caption=line.dataset.name,
        section="evidence",
        breadcrumbs=_crumbs(line),
        status=tag_of_period(one),
        verbs=_verbs(request, line, one),
        panels=[
            Panel(contents=[_standing(line, one)]),
            Panel(heading="What the supplier was told", contents=[TOLD.of(one.reminders)]),
        ],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def chase(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Tell the supplier, in one's own words, that a period is still wanted."""

    def send(line: Line, one: PeriodView, answers: Answers) -> str:
        actor = actor_of(request)
        operations.chase(
            actor=actor,
            at=actor.at,
            dataset_code=line.dataset.code,
            period_from=one.period.begins,
            words=answers["words"],
        )
        return f"{line.supplier} will see it on the home page."

    return _changed(request, code, month, form=CHASE, verb="chase", kind=REMINDER, title="Chase", change=send)


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def excuse(request: HttpRequest, code: str, month: str) -> HttpResponse:
    """Let a period no longer be expected, with a reason."""

    def let_go(line: Line, one: PeriodView, answers: Answers) -> str:
        actor = actor_of(request)
        operations.excuse(
            actor=actor,
            at=actor.at,
            dataset_code=line.dataset.code,
            period_from=one.period.begins,
            reason=answers["reason"],
        )
        return f"{one.period.words} is excused."

    return _changed(request, code, month, form=EXCUSING, verb="excuse", kind=EXCUSE, title="Excuse", change=let_go)


def _changed(
    request: HttpRequest,
    code: str,
    month: str,
    *,
    form: Form,
    verb: str,
    kind: str,
    title: str,
    change: Callable[[Line, PeriodView, Answers], str],
) -> HttpResponse:
    line, one = _found(request, code, month)
    must_be_allowed(request, verb=verb, kind=kind)
    answers, back = Answers(), address_of(line, one)
    if request.method == "POST":
        answers = form.read(request.POST)
        if answers.are_valid:
            try:
                messages.success(request, change(line, one, answers))
            except operations.UnableToRemind as refusal:
                answers = answers.refused(str(refusal))
            else:
                return redirect(back)
    shown(request, kind=KIND, subject=line.dataset.id, says=f"looked at the form that would {verb} {one.period.words}")
    page = Page(
        title=f"{title} {one.period.words}",
        caption=f"{line.dataset.name}, expected of {line.supplier}",
        section="evidence",
        breadcrumbs=[*_crumbs(line), Link(text=one.period.words, href=back)],
        status=tag_of_period(one),
        panels=[Panel(contents=[form.of(answers=answers, cancel=Link(text="Cancel", href=back))])],
    )
    return render_page(request, page)


def _found(request: HttpRequest, code: str, month: str) -> tuple[Line, PeriodView]:
    try:
        begins = date.fromisoformat(f"{month}-01")
    except ValueError:
        raise Http404 from None
    line = next(iter(queries.calendar(actor_of(request), dataset_code=code)), None)
    one = line.period(begins) if line else None
    if line is None or one is None:
        raise Http404
    return line, one


def _crumbs(line: Line) -> list[Link]:
    return [*CRUMBS, Link(text=line.dataset.name, href=f"/evidence/datasets/{line.dataset.code}")]


def _verbs(request: HttpRequest, line: Line, one: PeriodView) -> list[Verb]:
    roles, wanted, here = actor_of(request).roles, can_be_chased(one.standing), address_of(line, one)
    sending = may(roles=roles, verb="import", kind="evidence.Submission")
    verbs = [
        Verb.after(
            may(roles=roles, verb="chase", kind=REMINDER), wanted, text="Chase", href=f"{here}/chase", style="secondary"
        ),
        Verb.after(
            may(roles=roles, verb="excuse", kind=EXCUSE),
            wanted,
            text="Excuse",
            href=f"{here}/excuse",
            style="secondary",
        ),
    ]
    if not sending.allowed or line.dataset.table not in SENT_IN or not wanted.allowed:
        return verbs
    return [Verb(text="Send a file", href=f"/evidence/send?dataset={line.dataset.code}"), *verbs]


def _standing(line: Line, one: PeriodView) -> Summary:
    rows = [
        SummaryRow(key="Expected of", value=line.supplier),
        SummaryRow(key="Due", value=one.due, kind="date"),
        SummaryRow(key="Stands", value=in_words(one).capitalize()),
        SummaryRow(key="Months in", value=f"{one.months_in} of {len(one.period.months)}"),
        SummaryRow(key="Complete since", value=one.completed_on, kind="date"),
    ]
    if one.excuse is not None:
        by = f"{one.excuse.reason} ({one.excuse.excused_by}, {printed(one.excuse.excused_at, 'moment')})"
        rows.append(SummaryRow(key="Excused because", value=by))
    return Summary(rows)

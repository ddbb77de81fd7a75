"""What looks wrong with the evidence: the list, one issue, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wardwell.access.policy import may
from wardwell.evidence import queries
from wardwell.evidence.operations import (
    UnableToChangeIssue,
    close_issue,
    look_for_issues,
    reopen_issue,
    take_up_issue,
)
from wardwell.evidence.queries import IssueView, OpenAtEnd
from wardwell.evidence.rules import IssueState, counted, period_said
from wardwell.web.components import (
    Answers,
    Choice,
    Column,
    Component,
    Empty,
    Fact,
    Facts,
    Form,
    Link,
    LongText,
    Option,
    Page,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    Table,
    Tag,
    Verb,
    printed,
    render_page,
    shown,
)
from wardwell.web.components.tag import Colour
from wardwell.web.evidence.supply import CRUMBS, tabs
from wardwell.web.evidence.tables import months_between
from wardwell.web.shell.doors import actor_of, must_be_allowed, must_see, open_to_whoever_may_see, open_to_workers

KIND = "evidence.Issue"
HERE = "/evidence/issues"
WRONG = Link(text="What looks wrong", href=HERE)
COLOURS: dict[IssueState, Colour] = {
    IssueState.OPEN: "orange",
    IssueState.LOOKED_INTO: "blue",
    IssueState.EXPLAINED: "green",
    IssueState.MENDED: "green",
    IssueState.NO_FAULT: "grey",
}
ISSUES = Table[IssueView](
    caption="Issues with the evidence, open ones first",
    is_caption_hidden=True,
    is_sortable=True,
    columns=(
        Column(
            name="fault",
            label="What",
            value=lambda row: row.fault.value.capitalize(),
            link=lambda row: f"{HERE}/{row.id}",
        ),
        Column(name="area_name", label="Where"),
        Column(name="crime_type", label="Type", value=lambda row: row.crime_type or "All"),
        Column(name="period", label="When", value=lambda row: months_between(row.period_from, row.period_until)),
        Column(name="state", label="State", value=lambda row: row.state.capitalize(), tag=lambda row: tag_of(row)),
        Column(name="owner", label="Looked into by"),
    ),
    empty=Empty(
        heading="Nothing looks wrong",
        text="Either nobody has looked yet, or the rules found nothing. They look for months that were not sent, months unlike the "
        "others, sudden changes, rows in two forces’ files, and holes in the series of those compared with.",
    ),
)
TREND = Table[OpenAtEnd](
    caption="Issues by month",
    columns=(
        Column(name="month", label="Month", kind="month"),
        Column(name="found", label="Found", kind="number"),
        Column(name="closed", label="Closed", kind="number"),
        Column(name="open", label="Open at its end", kind="number"),
    ),
)
CLOSE = Form(
    name="close",
    fields=[
        Choice(
            name="state",
            label="What came of it",
            asks="what came of it",
            options=[
                Option(
                    IssueState.EXPLAINED,
                    "Explained",
                    "It is known why; a break of the series stands in the register",
                ),
                Option(
                    IssueState.MENDED,
                    "Mended",
                    "It was sent anew and is right; found again, it opens again",
                ),
                Option(IssueState.NO_FAULT, "No fault", "The number is true, however odd it looks"),
            ],
        ),
        LongText(name="reason", label="Why", asks="why, for whoever reads it next", rows=3, longest=500),
    ],
    submit="Close this issue",
)


@open_to_workers
@require_safe
def issues(request: HttpRequest) -> HttpResponse:
    """Every issue, open ones first, with the trend of how many are open. There is no cap."""
    must_see(request, kind=KIND)
    actor = actor_of(request)
    every = queries.issues(actor)
    shown(request, kind=KIND, says="looked at what looks wrong with the evidence")
    allowed = may(roles=actor.roles, verb="add", kind=KIND)
    trend = queries.trend(actor, as_at=actor.at.date())
    page = Page(
        title="What looks wrong with the evidence",
        section="evidence",
        lead="Found by rules, looked into by people. No rule changes a number; what breaks a series goes into the register.",
        tabs=tabs(request),
        here=HERE,
        verbs=[Verb.after(allowed, text="Look again", href=f"{HERE}/look", method="post")],
        opening=[_facts(every)] if every else [],
        panels=[
            Panel(contents=[ISSUES.of(every)]),
            *([Panel(heading="How it goes", contents=[TREND.of(trend)], style="quiet")] if trend else []),
        ],
    )
    return render_page(request, page)


@open_to_workers
@require_POST
def look(request: HttpRequest) -> HttpResponse:
    """Go through the evidence by every rule, now."""
    must_see(request, kind=KIND)
    must_be_allowed(request, verb="add", kind=KIND)
    actor = actor_of(request)
    try:
        found = look_for_issues(actor=actor, at=actor.at)
    except UnableToChangeIssue as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Looked through all of the evidence: {counted(found, 'issue')} new or open again.")
    return redirect("evidence_issues")


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def issue(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """One issue: what was found, and closing it with a reason."""
    actor = actor_of(request)
    view = queries.issue(actor, issue_id)
    if view is None:
        raise Http404
    answers = Answers()
    if request.method == "POST":
        must_be_allowed(request, verb="change", kind=KIND)
        answers = CLOSE.read(request.POST)
        if answers.are_valid:
            answers = _closed(request, view, answers)
        if answers.are_valid:
            return redirect("evidence_issues")
    shown(request, kind=KIND, subject=view.id, says=f"looked at an issue with the evidence: {view.sentence}")
    allowed = may(roles=actor.roles, verb="change", kind=KIND)
    page = Page(
        title=f"{view.fault.value.capitalize()}: {view.area_name}",
        section="evidence",
        breadcrumbs=[*CRUMBS, WRONG],
        status=tag_of(view),
        verbs=_verbs(view, allowed.allowed),
        panels=[
            Panel(contents=[Paragraph.of(view.sentence, style="lead"), *_next(view, allowed.allowed)]),
            *(
                [Panel(heading="Close it", contents=[CLOSE.of(answers=answers)])]
                if view.is_open and allowed.allowed
                else []
            ),
        ],
        aside=[Panel(heading="About this issue", contents=[_about(view)], style="quiet")],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_POST
def take_up(request: HttpRequest, issue_id: UUID) -> HttpResponse:
    """The actor looks into it from now on; or opens it again when it is closed."""
    view = queries.issue(actor_of(request), issue_id)
    if view is None:
        raise Http404
    must_be_allowed(request, verb="change", kind=KIND)
    actor = actor_of(request)
    try:
        if not view.is_open:
            reopen_issue(actor=actor, at=actor.at, issue_id=issue_id)
        take_up_issue(actor=actor, at=actor.at, issue_id=issue_id)
        messages.success(request, "You look into this issue from now on.")
    except UnableToChangeIssue as refusal:
        messages.error(request, str(refusal))
    return redirect("evidence_issue", issue_id=issue_id)


def tag_of(row: IssueView) -> Tag:
    """The state of an issue."""
    return Tag(row.state.capitalize(), COLOURS[row.state])


def _closed(request: HttpRequest, view: IssueView, answers: Answers) -> Answers:
    actor = actor_of(request)
    try:
        close_issue(
            actor=actor, at=actor.at, issue_id=view.id, state=IssueState(answers["state"]), reason=answers["reason"]
        )
    except UnableToChangeIssue as refusal:
        return answers.refused(str(refusal))
    messages.success(request, f"The issue is closed as {answers['state']}.")
    return answers


def _verbs(view: IssueView, allowed: bool) -> list[Verb]:
    if not allowed:
        return []
    text = "Look into it" if view.is_open else "Open it again"
    return [Verb(text=text, href=f"{HERE}/{view.id}/take-up", method="post", style="secondary")]


def _next(view: IssueView, allowed: bool) -> list[Component]:
    """Where to go from an open issue: ask whoever supplied it, or record what broke the series."""
    if not (view.is_open and allowed):
        return []
    address = f"/evidence/breaks/record?area={view.area_code}&since={view.period_from:%Y-%m}&type={view.crime_type}"
    record = Link(text="record a break of the series", href=address)
    return [Paragraph.of("Ask whoever supplied it. If the series is broken, ", record, ": every figure then says so.")]


def _about(view: IssueView) -> Summary:
    return Summary(
        [
            SummaryRow(key="Where", value=view.area_name),
            SummaryRow(key="Type", value=view.crime_type or "All"),
            SummaryRow(key="When", value=months_between(view.period_from, view.period_until)),
            SummaryRow(key="Found", value=view.found_at, kind="moment"),
            SummaryRow(key="Last found", value=view.seen_at, kind="moment"),
            SummaryRow(key="Looked into by", value=view.owner or "Nobody yet"),
            SummaryRow(key="Closed", value=view.closed_at, kind="moment"),
            SummaryRow(key="Why", value=view.reason),
        ]
    )


def _facts(every: Sequence[IssueView]) -> Facts:
    opened = [one for one in every if one.is_open]
    without = sum(not one.owner for one in opened)
    oldest = min((one.found_at for one in opened), default=None)
    since = f"The oldest was found on {printed(oldest.date(), 'date')}" if oldest else "None is open"
    months = period_said([one.period_from for one in every])
    return Facts(
        [
            Fact(label="Open", value=printed(len(opened), "number"), note=since),
            Fact(label="Looked into by nobody", value=printed(without, "number"), note="Of those that are open"),
            Fact(label="Found so far", value=printed(len(every), "number"), note=months),
        ]
    )

"""Giving and ending access: a staff session first, then what it is for. Every change has a reason."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wardwell.access import queries
from wardwell.access.policy import Role
from wardwell.access.queries import GrantView
from wardwell.agencies.operations import UnableToGiveAccess, end_access, give_access, open_staff_session
from wardwell.web.components import (
    Answers,
    Choice,
    Confirmation,
    Day,
    Form,
    Inset,
    Link,
    LongText,
    Option,
    Page,
    Panel,
    Summary,
    SummaryRow,
    Text,
    printed,
    render_page,
    shown,
)
from wardwell.web.components.words import LONDON
from wardwell.web.people.pages import KIND
from wardwell.web.shell.doors import actor_of, must_be_allowed, open_to_whoever_may_see, open_to_workers

BACK = Link(text="Cancel", href="/people")
CRUMBS = (Link(text="People and access", href="/people"),)
GIVEN_BY_HAND = tuple(role for role in Role if role not in {Role.PUBLIC, Role.STAFF_SESSION, Role.IMPORT_SERVICE})

WHAT_A_SESSION_IS = (
    "For as long as it is open, you can give and end access. "
    "The data protection officer sees its reason and all that you do."
)

SESSION = Form(
    name="session",
    fields=[
        LongText(name="reason", label="What it is for", asks="what the staff session is for", rows=3, longest=500),
        Choice(
            name="hours",
            label="How long you need",
            asks="how long you need",
            options=[Option("1", "1 hour"), Option("2", "2 hours"), Option("4", "4 hours"), Option("8", "8 hours")],
        ),
    ],
    submit="Open the staff session",
)

GIVE = Form(
    name="give",
    fields=[
        Text(name="name", label="Name", longest=200),
        Text(name="email", label="E-mail address", asks="the e-mail address", input_type="email", longest=254),
        Text(
            name="job_title",
            label="Works as",
            asks="what they work as",
            hint="For example: strategic analyst",
            longest=200,
        ),
        Choice(
            name="role",
            label="Role",
            options=[Option(role.value, role.value.capitalize(), role.meaning) for role in GIVEN_BY_HAND],
        ),
        LongText(name="reason", label="Why they need it", asks="why they need it", rows=3, longest=500),
        Day(name="until", label="Last day", hint="Leave empty if no end is known yet", is_required=False),
    ],
    submit="Give access",
)

END = Form(
    name="end",
    fields=[
        LongText(name="reason", label="Why it ends", asks="why it ends", rows=3, longest=500),
        Confirmation(name="sure", label="I know that it ends at once", asks="you know that it ends at once"),
    ],
    submit="End this access",
    style="warning",
)


@open_to_workers
@require_http_methods(["GET", "HEAD", "POST"])
def staff_session(request: HttpRequest) -> HttpResponse:
    """An administrator opens a staff session, with a reason and an end."""
    must_be_allowed(request, verb="open a staff session", kind=KIND)
    actor, answers = actor_of(request), Answers()
    if request.method == "POST":
        answers = SESSION.read(request.POST)
        if answers.are_valid:
            until = actor.at + timedelta(hours=int(answers["hours"]))
            open_staff_session(actor=actor, at=actor.at, reason=answers["reason"], until=until)
            messages.success(request, f"Your staff session is open until {printed(until, 'moment')}.")
            return redirect("people")
    shown(request, kind=KIND, says="looked at the form that opens a staff session")
    return render_page(request, _form_page("Open a staff session", SESSION, answers, lead=WHAT_A_SESSION_IS))


@open_to_workers
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest) -> HttpResponse:
    """Give somebody a role, entering them first if they are new."""
    must_be_allowed(request, verb="give access", kind=KIND)
    answers = Answers()
    if request.method == "POST":
        answers = GIVE.read(request.POST)
        if answers.are_valid:
            answers = _given(request, answers)
        if answers.are_valid:
            return redirect("people")
    shown(request, kind=KIND, says="looked at the form that gives access")
    return render_page(request, _form_page("Give access", GIVE, answers))


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, grant_id: UUID) -> HttpResponse:
    """End somebody's access now, once the worker has confirmed it and said why."""
    view = queries.grant(actor_of(request), grant_id=grant_id)
    if view is None:
        raise Http404
    must_be_allowed(request, verb="end access", kind=KIND)
    answers = Answers()
    if request.method == "POST":
        answers = END.read(request.POST)
        if answers.are_valid:
            answers = _ended(request, view, answers)
        if answers.are_valid:
            return redirect("people")
    shown(request, kind=KIND, subject=view.id, says=f"looked at the access of {view.worker_name} as {view.role}")
    return render_page(request, _end_page(view, answers))


def _given(request: HttpRequest, answers: Answers) -> Answers:
    """The answers, after the operation has taken or refused them."""
    actor = actor_of(request)
    last: datetime | None = None
    if answers["until"]:
        last = datetime.combine(answers["until"] + timedelta(days=1), time(0), tzinfo=LONDON)
    try:
        give_access(
            actor=actor,
            at=actor.at,
            email=answers["email"],
            name=answers["name"],
            job_title=answers["job_title"],
            role=Role(answers["role"]),
            reason=answers["reason"],
            until=last,
        )
    except UnableToGiveAccess as refusal:
        return answers.refused(str(refusal))
    words = f"{answers['name']} has access as {answers['role']}. Somebody new sets a password under “Forgotten your password?”."
    messages.success(request, words)
    return answers


def _ended(request: HttpRequest, view: GrantView, answers: Answers) -> Answers:
    """The answers, after the operation has taken or refused them."""
    actor = actor_of(request)
    try:
        end_access(actor=actor, at=actor.at, grant_id=view.id, reason=answers["reason"])
    except UnableToGiveAccess as refusal:
        return answers.refused(str(refusal))
    messages.success(request, f"The access of {view.worker_name} as {view.role} has ended.")
    return answers


def _form_page(title: str, form: Form, answers: Answers, *, lead: str = "") -> Page:
    filled = form.of(answers=answers, cancel=BACK)
    return Page(title=title, section="people", breadcrumbs=CRUMBS, lead=lead, panels=[Panel(contents=[filled])])


def _end_page(view: GrantView, answers: Answers) -> Page:
    facts = Summary(
        [
            SummaryRow(key="Name", value=view.worker_name),
            SummaryRow(key="Role", value=view.role),
            SummaryRow(key="Why it was given", value=view.reason),
            SummaryRow(key="From", value=view.active_from, kind="date"),
            SummaryRow(key="Given by", value=view.given_by),
        ]
    )
    over = f"This access ended: {printed(view.active_until, 'moment')}."
    form = END.of(answers=answers, cancel=BACK) if view.in_force else Inset(over)
    title = f"End {view.worker_name}’s access"
    return Page(title=title, section="people", breadcrumbs=CRUMBS, panels=[Panel(contents=[facts, form])])

"""Starting a draft: which year, as the law reads when, and what the evidence holds for it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from wardwell.access.actor import Actor
from wardwell.access.policy import ADD
from wardwell.assessment import operations
from wardwell.assessment.operations import UnableToAssess
from wardwell.assessment.operations.drafting import Drafted
from wardwell.assessment.rules.periods import said, year_before
from wardwell.evidence.queries import SupplyView, supply
from wardwell.web.assessments.found import KIND, LIST, done
from wardwell.web.components import (
    Answers,
    Choice,
    Column,
    Day,
    Empty,
    Form,
    Inset,
    Link,
    Option,
    Page,
    Panel,
    Table,
    Text,
    printed,
    render_page,
    shown,
)
from wardwell.web.shell.doors import actor_of, must_be_allowed, must_see, open_to_workers

YEAR = 12
OFFERED = 36
WHAT_HAPPENS = (
    "The standard figures are computed from the evidence, and findings are drafted from them: only what their intervals allow, "
    "every number tied to its figure. This takes up to half a minute. What counts cannot answer is left to you."
)

HOLDS = Table[SupplyView](
    caption="Datasets and the months they cover",
    is_caption_hidden=True,
    columns=(
        Column(name="name", label="Dataset", value=lambda row: row.dataset.name),
        Column(name="first_month", label="From", kind="month"),
        Column(name="last_month", label="To", kind="month"),
        Column(name="missing", label="Months missing", kind="number", value=lambda row: len(row.missing)),
        Column(name="rows", label="Rows", kind="number"),
        Column(name="latest_edition", label="Latest edition"),
        Column(name="used", label="Figures read it", kind="flag", value=lambda row: row.dataset.used_for_measures),
    ),
)


def _form(months: list[date]) -> Form:
    options = [Option(f"{month:%Y-%m}", said(year_before(month), month)) for month in months]
    return Form(
        name="draft",
        fields=[
            Choice(name="until", label="Year to assess", asks="the year to assess", options=options, is_folded=True),
            Text(
                name="title",
                label="Title",
                hint="Leave empty to name it after the partnership and the year",
                is_required=False,
                longest=200,
            ),
            Day(
                name="as_at",
                label="Law as it read on",
                hint="The law’s checklist has changed over the years. Leave empty for today",
                is_required=False,
            ),
        ],
        submit="Draft it",
        wait="Computing the standard figures and drafting findings from them.",
    )


@open_to_workers
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Draft the assessment of a year from the evidence as it stands."""
    must_see(request, kind=KIND)
    must_be_allowed(request, verb=ADD, kind=KIND)
    actor, answers = actor_of(request), Answers()
    held = supply(actor)
    form = _form(_years(held))
    if request.method == "POST":
        answers = form.read(request.POST)
        if answers.are_valid:
            outcome = _drafted(actor, answers)
            if isinstance(outcome, Drafted):
                to = reverse("assessment", kwargs={"assessment_id": outcome.assessment_id})
                return done(request, _says(outcome), to)
            answers = outcome
    shown(request, kind=KIND, says="looked at what the evidence holds for a new assessment")
    return render_page(request, _page(held, form, answers))


def _page(held: tuple[SupplyView, ...], form: Form, answers: Answers) -> Page:
    supplied = [one for one in held if one.rows]
    evidence = Link(text="Send evidence in", href="/evidence")
    nothing = Empty(heading="The evidence holds no year of crime yet", text="Figures come from it.", link=evidence)
    years = any(field.name == "until" and isinstance(field, Choice) and field.options for field in form.fields)
    return Page(
        title="Draft an assessment",
        section="assessments",
        breadcrumbs=[LIST],
        lead=WHAT_HAPPENS if years else "",
        panels=[
            Panel(
                contents=[form.of(answers=answers, cancel=Link(text="Cancel", href=LIST.href))] if years else [nothing]
            ),
            Panel(
                heading="What the evidence holds",
                contents=[HOLDS.of(supplied)] if supplied else [Inset("Nothing has been sent in yet.")],
            ),
        ],
    )


def _years(held: tuple[SupplyView, ...]) -> list[date]:
    """The months after a year that the evidence of crime covers, latest first."""
    counted = [one for one in held if one.dataset.used_for_measures and one.first_month and one.last_month]
    if not counted:
        return []
    first = min(one.first_month for one in counted if one.first_month)
    last = max(one.last_month for one in counted if one.last_month)
    ends: list[date] = []
    until = _after(last)
    while len(ends) < OFFERED and year_before(until) >= first:
        ends.append(until)
        until = date(until.year - (until.month == 1), until.month - 1 or YEAR, 1)
    return ends


def _after(month: date) -> date:
    return date(month.year + (month.month == YEAR), month.month % YEAR + 1, 1)


def _drafted(actor: Actor, answers: Answers) -> Drafted | Answers:
    """What drafting gave, or the answers with the reason why it could not be done."""
    until = date.fromisoformat(f"{answers['until']}-01")
    try:
        return operations.draft(
            actor=actor, at=actor.at, period_until=until, as_at=answers["as_at"], title=answers["title"] or ""
        )
    except UnableToAssess as problem:
        return answers.refused(str(problem))


def _says(outcome: Drafted) -> str:
    left = f" {len(outcome.left_out)} standard figures could not be computed." if outcome.left_out else ""
    figures = printed(outcome.figures, "number")
    return f"Drafted, with {figures} figures and {outcome.findings} findings. Some heads wait for you.{left}"

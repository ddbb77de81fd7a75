"""Review: handed in, given back with a reason, signed off for the Board, begun anew."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from wardwell.access.policy import ADD
from wardwell.assessment import operations
from wardwell.assessment.operations import UnableToAssess
from wardwell.assessment.queries import AssessmentView
from wardwell.web.assessments.found import KIND, address, assessment_to, crumbs, done, refused
from wardwell.web.assessments.reader import stands_in_the_way
from wardwell.web.assessments.states import period_of
from wardwell.web.components import (
    Answers,
    Caution,
    Component,
    Confirmation,
    Form,
    Link,
    LongText,
    Page,
    Panel,
    Summary,
    SummaryRow,
    render_page,
    shown,
)
from wardwell.web.shell.doors import actor_of, open_to_whoever_may_see

SUBMIT = Form(name="submit", fields=[], submit="Submit for review")

RETURN = Form(
    name="return",
    fields=[
        LongText(name="reason", label="What is to be put right", asks="what is to be put right", rows=4, longest=2000)
    ],
    submit="Return to draft",
    style="warning",
)

SIGN_OFF = Form(
    name="sign-off",
    fields=[
        LongText(name="reason", label="Why it is signed off", hint="Minuted with the decision", rows=3, longest=2000),
        LongText(
            name="present", label="Who was present", asks="who was present", hint="Names or seats", rows=3, longest=2000
        ),
        LongText(
            name="interests",
            label="Interests declared",
            hint="By whom and in what. If there were none, say so",
            rows=2,
            longest=2000,
        ),
        LongText(
            name="equality",
            label="Regard to equality",
            hint="How the Board had due regard to the aims of section 149 of the Equality Act 2010",
            rows=3,
            longest=2000,
        ),
        Confirmation(
            name="sure",
            label="The Board has read this assessment and signs it off. It cannot be changed after this",
            asks="the Board has read it and signs it off",
        ),
    ],
    submit="Sign off for the Board",
)

Act = Callable[[Answers], object]


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def submit(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Hand a draft to review."""
    view, actor = assessment_to(request, assessment_id, verb="submit for review", kind=KIND), actor_of(request)

    def act(answers: Answers) -> object:
        return operations.submit_for_review(actor=actor, at=actor.at, assessment_id=assessment_id)

    left = Panel(heading="What still stands in the way of sign-off", contents=[stands_in_the_way(view)], style="quiet")
    return _decided(
        request,
        view,
        SUBMIT,
        act,
        step="submit for review",
        title="Submit for review",
        lead="From here on it cannot be changed, unless it is returned to draft. Somebody else signs it off.",
        says="Submitted for review. The Board can sign it off now.",
        aside=[left],
    )


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def give_back(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Return what is in review to its author, saying what is to be put right."""
    view, actor = assessment_to(request, assessment_id, verb="return to draft", kind=KIND), actor_of(request)

    def act(answers: Answers) -> object:
        return operations.return_to_draft(
            actor=actor, at=actor.at, assessment_id=assessment_id, reason=answers["reason"]
        )

    return _decided(
        request,
        view,
        RETURN,
        act,
        step="return to draft",
        title="Return to draft",
        lead="Whoever works on it next sees this first.",
        says="Returned to draft.",
    )


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def sign_off(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Sign an assessment off for the Board; the decision is minuted in the same moment."""
    view, actor = assessment_to(request, assessment_id, verb="sign off", kind=KIND), actor_of(request)

    def act(answers: Answers) -> object:
        given = {name: answers[name] for name in ("reason", "interests", "equality", "present")}
        return operations.sign_off(actor=actor, at=actor.at, assessment_id=assessment_id, **given)

    return _decided(
        request,
        view,
        SIGN_OFF,
        act,
        step="sign off",
        title="Sign off for the Board",
        lead="",
        says="Signed off. The decision is minuted, and the assessment can be published.",
        before=[_what(view), Caution("Once signed off it is never changed. A correction is a new edition.")],
    )


@open_to_whoever_may_see
@require_POST
def revise(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Begin a new edition of a signed assessment."""
    view, actor = assessment_to(request, assessment_id, verb=ADD, kind=KIND), actor_of(request)
    try:
        key = operations.revise(actor=actor, at=actor.at, assessment_id=assessment_id)
    except UnableToAssess as problem:
        return refused(request, view, str(problem))
    says = "Began a new edition with the same findings and figures. Reasons for empty heads are asked again."
    return done(request, says, reverse("assessment", kwargs={"assessment_id": key}))


def _what(view: AssessmentView) -> Summary:
    findings = sum(len(item.findings) for item in view.items)
    explained = [item.name for item in view.items if item.state == "explained"]
    return Summary(
        [
            SummaryRow(key="Assessment", value=view.summary.title),
            SummaryRow(key="Period", value=period_of(view.summary)),
            SummaryRow(key="Edition", value=str(view.summary.edition)),
            SummaryRow(key="Drafted by", value=view.summary.author),
            SummaryRow(key="Submitted by", value=view.summary.submitted_by),
            SummaryRow(key="Findings and figures", value=f"{findings} findings, {len(view.figures)} figures"),
            SummaryRow(key="Heads left empty with a reason", value="; ".join(explained) or "None"),
        ]
    )


def _decided(
    request: HttpRequest,
    view: AssessmentView,
    form: Form,
    act: Act,
    *,
    step: str,
    title: str,
    lead: str,
    says: str,
    before: Sequence[Component] = (),
    aside: Sequence[Panel] = (),
) -> HttpResponse:
    """The page of a step in the life of an assessment: taken, or asked again with what stands in its way."""
    answer = view.step(step)
    if not answer.allowed:
        return refused(request, view, answer.because)
    answers = Answers()
    if request.method == "POST":
        answers = form.read(request.POST)
        if answers.are_valid:
            try:
                act(answers)
            except UnableToAssess as problem:
                answers = answers.refused(str(problem))
            else:
                return done(request, says, address("assessment", view))
    shown(
        request, kind=KIND, subject=view.summary.id, says=f"looked at the form: {title.lower()}, {view.summary.title}"
    )
    filled = form.of(answers=answers, cancel=Link(text="Cancel", href=address("assessment", view)))
    page = Page(
        title=title,
        section="assessments",
        caption=view.summary.title,
        breadcrumbs=crumbs(view),
        lead=lead,
        panels=[Panel(contents=[*before, filled])],
        aside=aside,
    )
    return render_page(request, page)

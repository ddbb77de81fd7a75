"""What is done with a release afterwards: counted again, figure by figure; or withdrawn, with a reason for its readers."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from wardwell.publication import operations
from wardwell.publication.operations import UnableToWithdraw
from wardwell.publication.queries import ReleaseView, Verdict, Verification
from wardwell.publication.verification.verdicts import Outcome
from wardwell.web.components import (
    Answers,
    Caution,
    Column,
    Confirmation,
    Fact,
    Facts,
    Form,
    Inset,
    Link,
    LongText,
    Page,
    Panel,
    Paragraph,
    Table,
    Tag,
    printed,
    render_page,
    shown,
)
from wardwell.web.releases.pages import KIND, LIST, release_of, release_page
from wardwell.web.shell.doors import actor_of, must_be_allowed, open_to_whoever_may_see

WITHDRAW = Form(
    name="withdraw",
    fields=[
        LongText(
            name="reason",
            label="Why it is withdrawn",
            hint="Readers are told this sentence, above the document",
            rows=3,
            longest=2000,
        ),
        Confirmation(
            name="sure",
            label="The page and its files stay, marked as withdrawn",
            asks="the page and its files stay, marked as withdrawn",
        ),
    ],
    submit="Withdraw it",
    style="warning",
)

OUTCOMES = {
    Outcome.HOLDS: Tag("Holds", "green"),
    Outcome.FAILS: Tag("Does not hold", "red"),
    Outcome.NOT_CHECKED: Tag("Not checked", "grey"),
}

VERDICTS = Table[Verdict](
    caption="What was looked at, one by one",
    columns=(
        Column(name="about", label="About", value=lambda row: row.about or "The release as a whole"),
        Column(name="check", label="What was looked at"),
        Column(name="outcome", label="Verdict", tag=lambda row: OUTCOMES[row.outcome]),
        Column(name="sentence", label="In words"),
    ),
)


@open_to_whoever_may_see
@require_POST
def verify(request: HttpRequest, reference: str) -> HttpResponse:
    """Count every number of a release again from the kept evidence, and show what came of it."""
    actor = actor_of(request)
    view = release_of(request, reference)
    must_be_allowed(request, verb="verify", kind=KIND)
    found = operations.verify(actor=actor, at=actor.at, reference=reference)
    shown(request, kind=KIND, subject=view.summary.id, says=f"read what the verification of {reference} found")
    again = release_of(request, reference)
    return render_page(request, release_page(actor, again, outcome=[_outcome(found)]))


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, reference: str) -> HttpResponse:
    """Withdraw a release, telling its readers why."""
    actor, answers = actor_of(request), Answers()
    view = release_of(request, reference)
    must_be_allowed(request, verb="withdraw", kind=KIND)
    if request.method == "POST":
        answers = WITHDRAW.read(request.POST)
        if answers.are_valid:
            try:
                operations.withdraw(actor=actor, at=actor.at, reference=reference, reason=answers["reason"])
            except UnableToWithdraw as problem:
                answers = answers.refused(str(problem))
            else:
                messages.success(request, f"{reference} is withdrawn. Its page says so, and why.")
                return redirect("release", reference=reference)
    shown(request, kind=KIND, subject=view.summary.id, says=f"looked at withdrawing {reference}")
    return render_page(request, _withdraw_page(view, answers))


def _outcome(found: Verification) -> Panel:
    ordered = sorted(found.verdicts, key=lambda one: (one.outcome != Outcome.FAILS, one.about))
    heading = "It holds: every number came out again" if found.holds else "It does not hold"
    facts = Facts(
        [
            Fact(label="Figures computed again", value=printed(found.figures, "number")),
            Fact(label="Numbers read from the page and compared", value=printed(found.numbers, "number")),
            Fact(label="Things that do not hold", value=printed(len(found.faults), "number")),
        ]
    )
    says = f"Verified {printed(found.at, 'moment')}: {found.says}."
    return Panel(heading=heading, name="verification", contents=[facts, Paragraph.of(says), VERDICTS.of(ordered)])


def _withdraw_page(view: ReleaseView, answers: Answers) -> Page:
    reference = view.summary.reference
    cancel = Link(text="Cancel", href=f"/releases/{reference}")
    step = view.step("withdraw")
    form = WITHDRAW.of(answers=answers, cancel=cancel)
    why = Caution("What is withdrawn stays where it is, so that whoever has quoted it finds out.")
    return Page(
        title=f"Withdraw {reference}",
        section="releases",
        caption=view.summary.title,
        breadcrumbs=[LIST, Link(text=reference, href=f"/releases/{reference}")],
        panels=[Panel(contents=[why, form] if step.allowed else [Inset(step.because)])],
    )

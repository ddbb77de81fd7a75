"""Publishing a signed-off assessment: what will be frozen, whether anything would give a small number away, and by whom."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from wardwell.access.actor import Actor
from wardwell.assessment.queries import DocumentView, document_of
from wardwell.assessment.rules.periods import said
from wardwell.publication import operations, queries
from wardwell.publication.operations import UnableToPublish
from wardwell.publication.queries.releases import earlier_figures
from wardwell.publication.rules import Difference, differences
from wardwell.web.components import (
    Answers,
    Bullets,
    Caution,
    Component,
    Confirmation,
    Day,
    Form,
    Inset,
    Link,
    LongText,
    Page,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    render_page,
    shown,
)
from wardwell.web.releases.pages import KIND, LIST
from wardwell.web.shell.doors import actor_of, must_be_allowed, open_to_whoever_may_see

REASON = LongText(
    name="reason",
    label="What you checked before it goes out",
    asks="what you checked before it goes out",
    hint="For example: read every finding against its figure; the small numbers; the wording of caveats",
    rows=3,
    longest=2000,
)
REVISION = LongText(
    name="revision_reason",
    label="Why counts that are out already have changed",
    hint="Only if they were revised at their source",
    is_required=False,
    rows=2,
    longest=2000,
)
FORM = Form(
    name="publish",
    fields=[
        Day(name="released_on", label="Date printed on it"),
        REASON,
        REVISION,
        Confirmation(
            name="sure",
            label="It goes out to everybody now. It can be withdrawn, but never changed or removed",
            asks="it goes out to everybody now",
        ),
    ],
    submit="Publish it",
    wait="Making the page, the PDF, the Word file and the data, and counting every number again. It takes about ten seconds.",
)


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Publish an assessment: page, PDF, Word file and data, counted again before anybody sees them."""
    actor, answers = actor_of(request), Answers()
    view = document_of(actor, assessment_id=assessment_id)
    if view is None:
        raise Http404
    must_be_allowed(request, verb="publish", kind=KIND)
    step = queries.publishing(actor, assessment_id=assessment_id)
    if request.method == "POST" and step.allowed:
        answers = FORM.read(request.POST)
        if answers.are_valid:
            answers, reference = _published(actor, assessment_id, answers)
            if reference:
                messages.success(request, f"Published as {reference}. Everybody can read it now.")
                return redirect("release", reference=reference)
    shown(request, kind=KIND, subject=assessment_id, says=f"looked at publishing {view.summary.title}")
    initial = {"released_on": timezone.localdate()}
    cancel = Link(text="Cancel", href=LIST.href)
    form: list[Component] = [FORM.of(answers=answers, initial=initial, cancel=cancel)]
    page = Page(
        title="Publish the assessment",
        section="releases",
        caption=view.summary.title,
        breadcrumbs=[LIST],
        panels=[
            Panel(heading="What will be frozen", contents=[_frozen(view)]),
            Panel(heading="Small numbers", contents=list(_small_numbers(actor, view))),
            Panel(heading="Publish it", contents=form if step.allowed else [Inset(step.because)]),
        ],
    )
    return render_page(request, page)


def _published(actor: Actor, assessment_id: UUID, answers: Answers) -> tuple[Answers, str]:
    """The reference under which it is out; or the answers with the reason why it is not."""
    try:
        out = operations.publish(
            actor=actor,
            at=actor.at,
            assessment_id=assessment_id,
            released_on=answers["released_on"],
            reason=answers["reason"],
            revision_reason=answers["revision_reason"] or "",
        )
    except UnableToPublish as problem:
        return answers.refused(str(problem)), ""
    return answers, out.reference


def _frozen(view: DocumentView) -> Summary:
    summary = view.summary
    findings = sum(len(section.findings) for section in view.sections)
    return Summary(
        [
            SummaryRow(key="Assessment", value=f"{summary.title}, edition {summary.edition}"),
            SummaryRow(key="Period", value=said(summary.period_from, summary.period_until)),
            SummaryRow(key="Signed off", value=f"by {summary.signed_off_by}: {summary.sign_off_reason}"),
            SummaryRow(key="Text", value=f"{findings} findings under {len(view.sections)} heads"),
            SummaryRow(key="Figures", value=f"{len(view.figures)}, each with its numbers and where they come from"),
            SummaryRow(key="Kept files behind them", value=str(len(view.sources))),
            SummaryRow(
                key="Files made", value="Web page, PDF, Word, a CSV file for each figure, and all of them in one"
            ),
        ]
    )


def _small_numbers(actor: Actor, view: DocumentView) -> Sequence[Component]:
    threshold = settings.SMALL_NUMBER_THRESHOLD
    hidden = [one for one in view.figures if one.disclosed.is_suppressed]
    rule = f"Counts from 1 to {threshold - 1}, and whatever would reveal them, are printed as [c]. "
    rule += f"That concerns {len(hidden)} of {len(view.figures)} figures."
    found = differences(earlier_figures(actor), {one.slug: one.disclosed for one in view.figures})
    if found:
        return [Paragraph.of(rule), Caution(_warning(found)), Bullets.of(*(one.sentence for one in found))]
    return [
        Paragraph.of(rule),
        Paragraph.of(
            "No figure shows more when it is compared with the same figure of an earlier release. Whether all figures together "
            "give a hidden count away is worked out when you publish: if they do, nothing goes out."
        ),
    ]


def _warning(found: Sequence[Difference]) -> str:
    if not all(one.is_small_change for one in found):
        return "Beside an earlier release this would show what is hidden. It cannot go out like this."
    return "Beside an earlier release, small changes can be seen. It goes out only with a reason for the revision."

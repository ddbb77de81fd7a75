"""The editor: the heads of the checklist with their findings, moved, removed and restored; gaps and numbers explained."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wardwell.access.policy import CHANGE, REMOVE
from wardwell.assessment import operations
from wardwell.assessment.operations import UnableToAssess
from wardwell.assessment.queries import AssessmentView, FindingView, ItemView
from wardwell.assessment.rules.text import TypedNumber
from wardwell.web.assessments.drafts import FigureRow, StandingFinding, figure_rows
from wardwell.web.assessments.found import (
    FINDING,
    ITEM,
    KIND,
    address,
    assessment_to,
    crumbs,
    done,
    finding_of,
    item_of,
    refused,
)
from wardwell.web.assessments.reader import stands_in_the_way
from wardwell.web.assessments.states import head_tag, state_tag
from wardwell.web.components import (
    Answers,
    Bullets,
    Column,
    Component,
    Empty,
    Form,
    Hidden,
    Inset,
    Link,
    LongText,
    Page,
    Panel,
    Paragraph,
    Table,
    Verb,
    render_page,
    shown,
)
from wardwell.web.shell.doors import actor_of, open_to_whoever_may_see

WAYS = {"up": -1, "down": 1}

ABSENCE = Form(
    name="absence",
    fields=[
        LongText(
            name="reason",
            label="Why nothing stands here",
            hint="Readers see this sentence in place of findings. Empty it to take it back",
            is_required=False,
            rows=4,
            longest=2000,
        )
    ],
    submit="Save the reason",
)

NUMBER = Form(
    name="number",
    fields=[
        Hidden(name="number"),
        Hidden(name="sentence"),
        LongText(
            name="reason",
            label="Where it comes from, and why it stands here",
            asks="where the number comes from",
            rows=3,
            longest=1000,
        ),
    ],
    submit="Save the reason",
)

FIGURES = Table[FigureRow](
    caption="Figures of this assessment",
    is_caption_hidden=True,
    columns=(
        Column(name="title", label="Figure", link=lambda row: row.href),
        Column(name="kind", label="Kind"),
        Column(name="short_name", label="Short name", kind="code"),
        Column(name="state", label="State", tag=lambda row: row.tag),
    ),
    empty=Empty(heading="No figure yet", text="Findings can print only numbers that a figure gives."),
)


@open_to_whoever_may_see
@require_safe
def edit(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Everything that can be changed in a draft, head by head."""
    view = assessment_to(request, assessment_id, verb=CHANGE, kind=FINDING)
    step = view.step("change")
    if not step.allowed:
        return refused(request, view, step.because)
    shown(request, kind=KIND, subject=assessment_id, says=f"looked at the draft {view.summary.title} to edit it")
    submit = Verb.after(
        view.step("submit for review"), text="Submit for review", href=address("assessment_submit", view)
    )
    read = Verb(text="Read it", href=address("assessment", view), style="secondary")
    page = Page(
        title="Edit the assessment",
        section="assessments",
        caption=view.summary.title,
        status=state_tag(view.summary.state),
        breadcrumbs=crumbs(view),
        verbs=[submit, read],
        panels=[*(_item(view, item) for item in view.items), _figures(view), *_removed(view)],
        aside=[
            Panel(heading="What stands in the way of sign-off", contents=[stands_in_the_way(view)], style="quiet"),
            Panel(heading="Heads", contents=[_contents(view)], style="quiet"),
        ],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_POST
def move(request: HttpRequest, assessment_id: UUID, finding_id: UUID, way: str) -> HttpResponse:
    """Move a finding one place up or down under its head."""
    if way not in WAYS:
        raise Http404
    view = assessment_to(request, assessment_id, verb=CHANGE, kind=FINDING)
    item, finding = finding_of(view, finding_id)
    place = [one.id for one in item.findings].index(finding.id) + 1
    actor = actor_of(request)
    try:
        operations.move_finding(
            actor=actor, at=actor.at, finding_id=finding_id, item=item.code, position=max(1, place + WAYS[way])
        )
    except UnableToAssess as problem:
        return refused(request, view, str(problem))
    return done(request, f"Moved “{finding.heading}” {way}.", f"{address('assessment_edit', view)}#{item.code}")


@open_to_whoever_may_see
@require_POST
def remove(request: HttpRequest, assessment_id: UUID, finding_id: UUID) -> HttpResponse:
    """Take a finding out; the editor offers to put it back."""
    view, actor = assessment_to(request, assessment_id, verb=REMOVE, kind=FINDING), actor_of(request)
    try:
        operations.remove_finding(actor=actor, at=actor.at, finding_id=finding_id)
    except UnableToAssess as problem:
        return refused(request, view, str(problem))
    says = "Removed the finding. It is kept under “Removed findings”, and can be put back while this is a draft."
    return done(request, says, f"{address('assessment_edit', view)}#removed")


@open_to_whoever_may_see
@require_POST
def restore(request: HttpRequest, assessment_id: UUID, finding_id: UUID) -> HttpResponse:
    """Undo a removal."""
    view, actor = assessment_to(request, assessment_id, verb=CHANGE, kind=FINDING), actor_of(request)
    try:
        operations.restore_finding(actor=actor, at=actor.at, finding_id=finding_id)
    except UnableToAssess as problem:
        return refused(request, view, str(problem))
    return done(request, "The finding stands again where it stood.", address("assessment_edit", view))


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def absence(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """Say why nothing stands under a head of the checklist."""
    view, actor, answers = assessment_to(request, assessment_id, verb=CHANGE, kind=ITEM), actor_of(request), Answers()
    item = item_of(view, code)
    if request.method == "POST":
        answers = ABSENCE.read(request.POST)
        if answers.are_valid:
            try:
                operations.explain_absence(
                    actor=actor, at=actor.at, assessment_id=assessment_id, item=code, reason=answers["reason"] or ""
                )
            except UnableToAssess as problem:
                answers = answers.refused(str(problem))
            else:
                says = f"Saved why “{item.name}” is empty." if answers["reason"] else "Took the reason back."
                return done(request, says, f"{address('assessment_edit', view)}#{code}")
    shown(request, kind=ITEM, subject=assessment_id, says=f"looked at the reason why “{item.name}” is empty")
    return render_page(request, _absence_page(view, item, answers))


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def number(request: HttpRequest, assessment_id: UUID, finding_id: UUID) -> HttpResponse:
    """Say why a number that was typed by hand stands in its sentence."""
    view, actor, answers = (
        assessment_to(request, assessment_id, verb=CHANGE, kind=FINDING),
        actor_of(request),
        Answers(),
    )
    _, finding = finding_of(view, finding_id)
    typed = _typed(finding, request)
    if request.method == "POST":
        answers = NUMBER.read(request.POST)
        if answers.are_valid:
            try:
                operations.explain_number(actor=actor, at=actor.at, finding_id=finding_id, **answers.values)
            except UnableToAssess as problem:
                answers = answers.refused(str(problem))
            else:
                return done(request, f"Saved where “{answers['number']}” is from.", address("assessment_edit", view))
    shown(request, kind=FINDING, subject=finding_id, says=f"looked at a typed number in “{finding.heading}”")
    return render_page(request, _number_page(view, finding, typed, answers))


def _typed(finding: FindingView, request: HttpRequest) -> TypedNumber | None:
    asked = request.GET.get("number", "") or request.POST.get("number", "")
    return next((one for one in finding.unexplained if asked in ("", one.number)), None)


def _item(view: AssessmentView, item: ItemView) -> Panel:
    add = Verb(text="Add a finding", href=address("finding_new", view, code=item.code), style="secondary")
    why = Verb(text="Say why it is empty", href=address("absence", view, code=item.code), style="secondary")
    last = len(item.findings)
    findings = [
        StandingFinding.of(view, finding, is_first=place == 1, is_last=place == last, id=f"{item.code}-{place}")
        for place, finding in enumerate(item.findings, start=1)
    ]
    absent: list[Component] = []
    if not findings:
        absent.append(Inset(item.absence_reason) if item.absence_reason else _suggested(item))
    return Panel(
        heading=item.name,
        name=item.code,
        contents=[Paragraph.of(head_tag(item), " ", item.wording, style="small"), *absent, *findings],
        verbs=[add] if findings else [add, why],
    )


def _suggested(item: ItemView) -> Empty:
    return Empty(
        heading="Nothing stands here, and nobody has said why", text=f"If it is so, you could say: {item.suggestion}"
    )


def _figures(view: AssessmentView) -> Panel:
    verbs = [
        Verb(text="Compute a measure", href=address("figure_add", view), style="secondary"),
        Verb(text="Cite a source", href=address("figure_cite", view), style="secondary"),
        Verb(text="Estimate", href=address("figure_estimate", view), style="secondary"),
    ]
    if any(one.is_behind_evidence for one in view.figures):
        again = Verb(text="Compute all again", href=address("figures_compute_again", view), method="post")
        verbs.insert(0, again)
    return Panel(heading="Figures", contents=[FIGURES.of(figure_rows(view))], verbs=verbs)


def _removed(view: AssessmentView) -> Iterator[Panel]:
    for finding in view.removed:
        back = address("finding_restore", view, finding_id=finding.id)
        yield Panel(
            heading=f"Removed: {finding.heading}",
            name="removed" if finding == view.removed[0] else f"removed-{finding.id}",
            contents=[Paragraph.of(finding.text, style="small")],
            verbs=[Verb(text="Put it back", href=back, method="post", style="secondary")],
            style="quiet",
        )


def _contents(view: AssessmentView) -> Bullets:
    heads = [Link(text=item.name, href=f"#{item.code}") for item in view.items]
    return Bullets.of(*heads, Link(text="Figures", href="#figures"))


def _absence_page(view: AssessmentView, item: ItemView, answers: Answers) -> Page:
    back = f"{address('assessment_edit', view)}#{item.code}"
    initial = {"reason": item.absence_reason}
    suggested: list[Component] = []
    if item.suggestion:
        suggested = [Paragraph.of("If it is so, you could say:"), Inset(item.suggestion)]
    return Page(
        title=f"Why “{item.name}” is empty",
        section="assessments",
        breadcrumbs=crumbs(view, editing=True),
        panels=[
            Panel(
                contents=[
                    Paragraph.of(item.wording),
                    *suggested,
                    ABSENCE.of(answers=answers, initial=initial, cancel=Link(text="Cancel", href=back)),
                ]
            )
        ],
    )


def _number_page(view: AssessmentView, finding: FindingView, typed: TypedNumber | None, answers: Answers) -> Page:
    back = Link(text="Cancel", href=address("assessment_edit", view))
    if typed is None and not answers.raw:
        contents: list[Component] = [
            Inset("Every number of this finding has a figure or a reason."),
            Paragraph.of(back),
        ]
    else:
        initial = {"number": typed.number, "sentence": typed.sentence} if typed else {}
        sentence = typed.sentence if typed else str(answers.raw.get("sentence", ""))
        contents = [Inset(sentence), NUMBER.of(answers=answers, initial=initial, cancel=back)]
    what = f"“{typed.number}”" if typed else "a number"
    return Page(
        title=f"Explain {what} in “{finding.heading}”",
        section="assessments",
        breadcrumbs=crumbs(view, editing=True),
        lead="No figure gives this number. If there is a figure for it, cite that instead.",
        panels=[Panel(contents=contents)],
    )

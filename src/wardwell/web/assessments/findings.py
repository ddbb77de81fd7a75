"""Writing one finding: its form with the numbers at hand, its preview, and what happens when two people write at once."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from wardwell.access.policy import CHANGE
from wardwell.assessment import operations
from wardwell.assessment.operations import UnableToAssess, UnableToSave
from wardwell.assessment.queries import AssessmentView, FindingView
from wardwell.assessment.rules.text import problems, typed_numbers
from wardwell.web.assessments.found import FINDING, address, assessment_to, crumbs, done, finding_of, item_of, refused
from wardwell.web.assessments.palette import palette
from wardwell.web.assessments.prose import Reading
from wardwell.web.components import (
    Answers,
    Bullets,
    Choice,
    Component,
    FilledForm,
    Form,
    Hidden,
    Link,
    LongText,
    Notice,
    Option,
    Page,
    Panel,
    Paragraph,
    Text,
    render_page,
    shown,
)
from wardwell.web.shell.doors import actor_of, open_to_whoever_may_see

TEXT_ID = "finding-text"
HOW = (
    "Leave an empty line between paragraphs. Every number comes from a figure: put {{ short-name.number }} where it is to stand, "
    "and {{ figure short-name }} on a line of its own where the whole figure goes."
)


@dataclass(frozen=True, kw_only=True)
class Manuscript(FilledForm):
    """The form of a finding, which can be looked at as it will print before it is saved."""

    template: ClassVar[str] = "assessments/manuscript.html"

    @classmethod
    def of(cls, form: FilledForm) -> Manuscript:
        return cls(**{one.name: getattr(form, one.name) for one in fields(form)})


@dataclass(frozen=True)
class AsTyped:
    """A text with its tokens as somebody typed them."""

    template: ClassVar[str] = "assessments/as_typed.html"

    heading: str
    text: str


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, assessment_id: UUID, code: str) -> HttpResponse:
    """Write a new finding under a head of the checklist."""
    view = assessment_to(request, assessment_id, verb=CHANGE, kind=FINDING)
    item = item_of(view, code)
    return _write(request, view, title="Add a finding", initial={"item": item.code, "version": 0}, finding=None)


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, assessment_id: UUID, finding_id: UUID) -> HttpResponse:
    """Change a finding."""
    view = assessment_to(request, assessment_id, verb=CHANGE, kind=FINDING)
    item, finding = finding_of(view, finding_id)
    initial = {"item": item.code, "heading": finding.heading, "text": finding.text, "version": finding.version}
    return _write(request, view, title=f"Change “{finding.heading}”", initial=initial, finding=finding)


def _write(
    request: HttpRequest, view: AssessmentView, *, title: str, initial: dict[str, Any], finding: FindingView | None
) -> HttpResponse:
    step = view.step("change")
    if not step.allowed:
        return refused(request, view, step.because)
    form, answers = _form(view), Answers()
    conflict: UnableToSave | None = None
    if request.method == "POST":
        answers = form.read(request.POST)
        if request.POST.get("then") == "preview":
            answers = replace(answers, errors={})
        elif answers.are_valid:
            answers, conflict = _saved(request, view, answers, finding)
            if answers.are_valid and conflict is None:
                return done(
                    request, f"Saved “{answers['heading']}”.", f"{address('assessment_edit', view)}#{answers['item']}"
                )
    what = f"the finding “{finding.heading}”" if finding else "the form of a new finding"
    shown(
        request, kind=FINDING, subject=finding.id if finding else "", says=f"looked at {what} of {view.summary.title}"
    )
    filled = Manuscript.of(form.of(answers=answers, initial=initial, cancel=_cancel(view)))
    text = str(answers.raw.get("text", initial.get("text", "")))
    page = _page(view, title, filled, text, conflict)
    return render_page(request, page, status=409 if conflict else 200)


def _saved(
    request: HttpRequest, view: AssessmentView, answers: Answers, finding: FindingView | None
) -> tuple[Answers, UnableToSave | None]:
    """The answers after they were saved, or refused, or found to stand against what somebody else saved first."""
    actor = actor_of(request)
    try:
        operations.write_finding(
            actor=actor,
            at=actor.at,
            assessment_id=view.summary.id,
            item=answers["item"],
            heading=answers["heading"],
            text=answers["text"],
            finding_id=finding.id if finding else None,
            version=answers["version"] if finding else None,
        )
    except UnableToSave as conflict:
        # What is sent next is written over their version, knowingly.
        return replace(answers, raw={**answers.raw, "version": str(conflict.theirs.version)}), conflict
    except UnableToAssess as problem:
        return answers.refused(str(problem)), None
    return answers, None


def _form(view: AssessmentView) -> Form:
    return Form(
        name="finding",
        fields=[
            Version(name="version"),
            Text(name="heading", label="Heading", longest=200),
            Choice(
                name="item",
                label="Head of the checklist",
                options=[Option(item.code, item.name) for item in view.items],
                is_folded=True,
            ),
            LongText(name="text", label="Text", hint=HOW, rows=16, longest=12000),
        ],
        submit="Save the finding",
    )


@dataclass(frozen=True, kw_only=True)
class Version(Hidden):
    """The version of the finding that is being changed."""

    def read(self, raw: Any) -> int:
        return int(raw) if str(raw).isascii() and str(raw).isdigit() else 0


def _cancel(view: AssessmentView) -> Link:
    return Link(text="Cancel", href=address("assessment_edit", view))


def _page(view: AssessmentView, title: str, form: Manuscript, text: str, conflict: UnableToSave | None) -> Page:
    notices: list[Notice] = []
    theirs: list[Component] = []
    if conflict:
        who = conflict.theirs.written_by
        notices = [Notice(heading=f"{who} saved this finding while you were writing", text=WHAT_NOW)]
        as_typed = AsTyped(conflict.theirs.heading, conflict.theirs.text)
        theirs = [Panel(heading=f"What {who} saved", contents=[as_typed], style="quiet")]
    mine = Panel(heading="What you wrote" if conflict else "", contents=[form])
    return Page(
        title=title,
        section="assessments",
        breadcrumbs=crumbs(view, editing=True),
        notices=notices,
        panels=[*theirs, mine, _preview(view, text)],
        aside=[Panel(heading="Numbers to cite", contents=[palette(view.figures, into=TEXT_ID)], style="quiet")],
    )


WHAT_NOW = "Nothing is lost: theirs is saved, and yours is still here. Put the two together in your text, and save it."


def _preview(view: AssessmentView, text: str) -> Panel:
    if not text.strip():
        return Panel(heading="As it will print", name="preview", contents=[Paragraph.of("Nothing is written yet.")])
    return Panel(
        heading="As it will print",
        name="preview",
        contents=[*Reading(view, shows_figures=False).of(text), *_to_put_right(view, text)],
    )


def _to_put_right(view: AssessmentView, text: str) -> list[Component]:
    facts = {figure.slug: frozenset(figure.disclosed.facts) for figure in view.figures}
    wrong = [problem.sentence for problem in problems(text, facts)]
    wrong += [
        f"“{one.number}” is typed by hand: cite a figure, or explain it once it is saved."
        for one in typed_numbers(text)
    ]
    return [Paragraph.of("To put right:"), Bullets.of(*wrong)] if wrong else []

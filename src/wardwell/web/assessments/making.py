"""Figures made, computed again, left as they are and removed: a measure, a formula, or somebody else's printed number."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from wardstats import Measure, UnableToCompute, all_measures, measure
from wardwell.access.policy import ADD, CHANGE, REMOVE
from wardwell.assessment import operations, queries
from wardwell.assessment.operations import UnableToAssess
from wardwell.assessment.queries import AssessmentView, SavedQuestionView
from wardwell.web.assessments.asking import MEASURES, asked_at_first, form_of, parameters_of, short_name_field
from wardwell.web.assessments.found import FIGURE, address, assessment_to, crumbs, done, figure_of, refused
from wardwell.web.assessments.inputs import GRAMMAR, UnableToReadInputs, inputs_of
from wardwell.web.assessments.palette import palette
from wardwell.web.components import (
    Answers,
    Bullets,
    Choice,
    Component,
    Day,
    Form,
    Inset,
    Link,
    LongText,
    Option,
    Page,
    Panel,
    Paragraph,
    Text,
    Upload,
    WholeNumber,
    render_page,
    shown,
)
from wardwell.web.shell.doors import actor_of, open_to_whoever_may_see

LARGEST_COPY = 10_000_000

CITE = Form(
    name="cite",
    fields=[
        short_name_field(),
        Text(name="title", label="Title", longest=200),
        Text(name="statement", label="What the number is", hint="In words, as a reader needs them", longest=500),
        Text(name="value", label="Value", hint="Exactly as the source prints it", width=10, longest=60),
        Text(name="unit", label="Unit", is_required=False, width=20, longest=100),
        Text(name="source", label="Source", hint="Author, title, page", longest=300),
        Day(name="source_on", label="Date of the source"),
        LongText(
            name="excerpt",
            label="The words around it in the source",
            hint="Copied, not retold: the value must stand in them",
            rows=4,
        ),
        Upload(
            name="copy", label="A copy of the source", hint="Kept with its SHA-256. At most 10 MB", is_required=False
        ),
    ],
    submit="Cite it",
)

ESTIMATE = Form(
    name="estimate",
    fields=[
        short_name_field(),
        Text(name="title", label="Title", longest=200),
        Text(name="statement", label="What is estimated", hint="In words, as a reader needs them", longest=500),
        LongText(name="inputs", label="What it starts from", hint=GRAMMAR, rows=5),
        Text(
            name="formula",
            label="Formula",
            hint="Names, numbers, brackets and + - * / only. For example: residents * share / 100",
            longest=300,
        ),
        Text(name="unit", label="Unit", is_required=False, width=20, longest=100),
        WholeNumber(name="decimals", label="Decimals", lowest=0, highest=6, width=2),
    ],
    submit="Estimate it",
)

LEAVE = Form(
    name="leave",
    fields=[
        LongText(
            name="reason", label="Why it stays as it is", asks="why the figure stays as it is", rows=3, longest=1000
        )
    ],
    submit="Leave it as it is",
)

Make = Callable[[Answers], UUID]


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def compute(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Compute a measure from the evidence as it stands and add it as a figure."""
    view, actor = assessment_to(request, assessment_id, verb=ADD, kind=FIGURE), actor_of(request)
    chosen = _chosen(request)
    form = form_of(chosen, view)

    def make(answers: Answers) -> UUID:
        return operations.add_figure(
            actor=actor,
            at=actor.at,
            assessment_id=assessment_id,
            slug=answers["slug"],
            measure=chosen.code,
            parameters=parameters_of(chosen, answers),
            title=answers["title"] or "",
        )

    here = address("figure_add", view)
    what = Panel(contents=[MEASURES.of(action=here, initial={"measure": chosen.code})])
    return made(
        request,
        view,
        form,
        make,
        title="Compute a figure",
        before=[what, *saved_panel(queries.saved_questions(actor), view)],
        about=[Paragraph.of(chosen.meaning), Bullets.of(*chosen.cautions)],
        initial={**asked_at_first(view), "level": "ward25", "by": "count", "per_day": "no"},
        action=f"{here}?measure={chosen.code}",
    )


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def cite(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Cite a number as its source prints it."""
    view, actor = assessment_to(request, assessment_id, verb=ADD, kind=FIGURE), actor_of(request)

    def make(answers: Answers) -> UUID:
        values = dict(answers.values)
        copy = values.pop("copy")
        if copy is not None and copy.size > LARGEST_COPY:
            raise UnableToAssess("The copy is larger than 10 MB: keep a part of it, or the words alone.")
        return operations.cite(
            actor=actor,
            at=actor.at,
            assessment_id=assessment_id,
            copy_name=copy.name if copy else "",
            copy_content=copy.read() if copy else None,
            **{**values, "unit": values["unit"] or ""},
        )

    return made(request, view, CITE, make, title="Cite a source")


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def estimate(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Estimate a number by a formula over named inputs."""
    view, actor = assessment_to(request, assessment_id, verb=ADD, kind=FIGURE), actor_of(request)

    def make(answers: Answers) -> UUID:
        try:
            inputs = inputs_of(answers["inputs"])
        except UnableToReadInputs as problem:
            raise UnableToAssess(str(problem)) from problem
        given = {**answers.values, "inputs": inputs, "unit": answers["unit"] or ""}
        return operations.estimate(actor=actor, at=actor.at, assessment_id=assessment_id, **given)

    aside = [
        Panel(heading="Numbers to start from", contents=[palette(view.figures, into="estimate-inputs")], style="quiet")
    ]
    return made(request, view, ESTIMATE, make, title="Estimate a figure", aside=aside, initial={"decimals": 0})


@open_to_whoever_may_see
@require_POST
def compute_again(request: HttpRequest, assessment_id: UUID, slug: str) -> HttpResponse:
    """Compute one figure again from the evidence as it stands."""
    view, actor = assessment_to(request, assessment_id, verb=CHANGE, kind=FIGURE), actor_of(request)
    one = figure_of(view, slug)
    to = address("assessment_figure", view, slug=slug)
    try:
        has_changed = operations.recompute_figure(actor=actor, at=actor.at, assessment_id=assessment_id, slug=slug)
    except UnableToAssess as problem:
        return refused(request, view, str(problem), back=to)
    outcome = "it has changed." if has_changed else "it is the same."
    return done(request, f"Computed “{one.title}” again: {outcome}", to)


@open_to_whoever_may_see
@require_POST
def compute_all_again(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Compute every measure again, and draft again the findings that nobody has edited."""
    view, actor = assessment_to(request, assessment_id, verb=CHANGE, kind=FIGURE), actor_of(request)
    try:
        outcome = operations.compute_again(actor=actor, at=actor.at, assessment_id=assessment_id)
    except UnableToAssess as problem:
        return refused(request, view, str(problem), back=address("assessment_edit", view))
    left = f" {len(outcome.left_alone)} edited findings were left alone: read them again." if outcome.left_alone else ""
    says = f"Computed every figure again: {len(outcome.changed)} changed, {len(outcome.unchanged)} did not.{left}"
    return done(request, says, f"{address('assessment_edit', view)}#figures")


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, assessment_id: UUID, slug: str) -> HttpResponse:
    """Leave a figure as it is though its evidence has changed, and say why."""
    view, actor, answers = assessment_to(request, assessment_id, verb=CHANGE, kind=FIGURE), actor_of(request), Answers()
    one = figure_of(view, slug)
    to = address("assessment_figure", view, slug=slug)
    if request.method == "POST":
        answers = LEAVE.read(request.POST)
        if answers.are_valid:
            try:
                operations.acknowledge_drift(
                    actor=actor, at=actor.at, assessment_id=assessment_id, slug=slug, reason=answers["reason"]
                )
            except UnableToAssess as problem:
                answers = answers.refused(str(problem))
            else:
                return done(request, "The figure stays as it is, and the reason is kept.", to)
    shown(request, kind=FIGURE, subject=one.id, says=f"looked at leaving the figure “{one.title}” as it is")
    form = LEAVE.of(answers=answers, cancel=Link(text="Cancel", href=to))
    page = Page(
        title=f"Leave “{one.title}” as it is",
        section="assessments",
        breadcrumbs=crumbs(view, editing=True),
        lead="The evidence has changed since it was computed. The reason holds until it changes again.",
        panels=[Panel(contents=[form if one.is_behind_evidence else Inset("It is up to date with its evidence.")])],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_POST
def remove(request: HttpRequest, assessment_id: UUID, slug: str) -> HttpResponse:
    """Take out a figure that nothing names."""
    view, actor = assessment_to(request, assessment_id, verb=REMOVE, kind=FIGURE), actor_of(request)
    one = figure_of(view, slug)
    try:
        operations.remove_figure(actor=actor, at=actor.at, assessment_id=assessment_id, slug=slug)
    except UnableToAssess as problem:
        return refused(request, view, str(problem), back=address("assessment_figure", view, slug=slug))
    return done(request, f"Removed the figure “{one.title}”.", f"{address('assessment_edit', view)}#figures")


def saved_panel(found: Iterable[SavedQuestionView], view: AssessmentView, *, chosen: str = "") -> list[Panel]:
    """A saved question to be chosen in place of a measure; nothing where none is saved."""
    options = [Option(str(one.id), one.name) for one in found if not one.is_removed]
    if not options:
        return []
    label = "Saved question" if chosen else "Or a saved question"
    form = Form(
        name="saved",
        fields=[Choice(name="saved", label=label, options=options, is_folded=True)],
        submit="Use it",
        method="get",
        style="secondary",
    )
    filled = form.of(action=address("figure_from_saved", view), initial={"saved": chosen})
    return [Panel(contents=[filled])]


def _chosen(request: HttpRequest) -> Measure:
    try:
        return measure(request.GET.get("measure", ""))
    except UnableToCompute:
        return all_measures()[0]


def made(
    request: HttpRequest,
    view: AssessmentView,
    form: Form,
    make: Make,
    *,
    title: str,
    before: list[Panel] | None = None,
    about: list[Component] | None = None,
    aside: list[Panel] | None = None,
    initial: dict[str, object] | None = None,
    action: str = "",
) -> HttpResponse:
    """The page of a form that makes a figure: made and shown, or asked again with what was wrong."""
    step = view.step("change")
    if not step.allowed:
        return refused(request, view, step.because)
    answers = Answers()
    if request.method == "POST":
        answers = form.read(request.POST, request.FILES)
        if answers.are_valid:
            try:
                make(answers)
            except UnableToAssess as problem:
                answers = answers.refused(str(problem))
            else:
                says = f"Added the figure “{answers['title'] or answers['slug']}”."
                return done(request, says, address("assessment_figure", view, slug=answers["slug"]))
    shown(request, kind=FIGURE, subject="", says=f"looked at the form that adds a figure to {view.summary.title}")
    cancel = Link(text="Cancel", href=f"{address('assessment_edit', view)}#figures")
    filled = form.of(action=action, answers=answers, initial=initial, cancel=cancel)
    page = Page(
        title=title,
        section="assessments",
        breadcrumbs=crumbs(view, editing=True),
        panels=[*(before or []), Panel(name="results", contents=[*(about or []), filled])],
        aside=aside or [],
    )
    return render_page(request, page)

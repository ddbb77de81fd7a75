"""A figure made of a saved question: which of its answers it shall be, and what it is called in the text."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wardstats import UnableToCompute
from wardwell.access.actor import Actor
from wardwell.access.policy import ADD
from wardwell.assessment import operations, queries
from wardwell.assessment.queries import SavedQuestionView
from wardwell.web.assessments.asking import short_name_field
from wardwell.web.assessments.found import FIGURE, address, assessment_to
from wardwell.web.assessments.making import made, saved_panel
from wardwell.web.components import Answers, Choice, Form, Option, Paragraph, Text
from wardwell.web.explorer.asking import Asked, read
from wardwell.web.explorer.pages import held_for
from wardwell.web.explorer.views import VIEWS
from wardwell.web.shell.doors import actor_of, open_to_whoever_may_see

TITLE = "Make a figure of a saved question"


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def from_saved(request: HttpRequest, assessment_id: UUID) -> HttpResponse:
    """Compute an answer of a saved question from the evidence as it stands and add it as a figure."""
    view, actor = assessment_to(request, assessment_id, verb=ADD, kind=FIGURE), actor_of(request)
    saved = _saved(actor, request)
    if saved is None:
        return redirect(address("figure_add", view))
    asked = _asked(request, saved)
    answers_of = {name: found for name, one in VIEWS.items() if (found := one.asks(asked))}

    def make(answers: Answers) -> UUID:
        measure, parameters = answers_of[answers["answer"]]
        return operations.add_figure(
            actor=actor,
            at=actor.at,
            assessment_id=assessment_id,
            slug=answers["slug"],
            measure=measure,
            parameters=parameters,
            title=answers["title"] or "",
        )

    return made(
        request,
        view,
        _form(tuple(answers_of)),
        make,
        title=TITLE,
        before=saved_panel(queries.saved_questions(actor), view, chosen=str(saved.id)),
        about=[Paragraph.of(f"{saved.name}: {saved.in_words}.")],
        action=f"{address('figure_from_saved', view)}?saved={saved.id}",
    )


def _saved(actor: Actor, request: HttpRequest) -> SavedQuestionView | None:
    """The question chosen, if one is; 404 for one that is not there or was removed."""
    text = request.GET.get("saved", "")
    if not text:
        return None
    try:
        found = queries.saved_question(actor, question_id=UUID(text))
    except ValueError as reason:
        raise Http404 from reason
    if found is None or found.is_removed:
        raise Http404
    return found


def _asked(request: HttpRequest, saved: SavedQuestionView) -> Asked:
    """The question as the evidence of today lets it be read."""
    data = QueryDict(mutable=True)
    data.update(dict(saved.asked))
    try:
        return read(data, held_for(request)).asked
    except UnableToCompute as reason:
        raise Http404 from reason


def _form(names: tuple[str, ...]) -> Form:
    options = [Option(name, VIEWS[name].label) for name in names]
    return Form(
        name="figure",
        fields=[
            Choice(name="answer", label="Which of its answers", options=options, is_folded=True),
            short_name_field(),
            Text(name="title", label="Title", hint="Leave empty for the measure’s own", is_required=False, longest=200),
        ],
        submit="Compute it",
    )

"""Questions kept under a name: saved from the explorer, listed, opened again, renamed, removed and restored."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from wardstats import UnableToCompute
from wardwell.access.policy import ADD, CHANGE, REMOVE, may
from wardwell.assessment import operations, queries
from wardwell.assessment.operations import UnableToSaveQuestion
from wardwell.assessment.queries import SavedQuestionView
from wardwell.web.components import (
    Answers,
    Column,
    Component,
    Empty,
    FilledForm,
    Form,
    Inset,
    Link,
    Page,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    Table,
    Text,
    Verb,
    render_page,
    shown,
)
from wardwell.web.explorer.asking import read
from wardwell.web.explorer.pages import held_for, in_words
from wardwell.web.shell.doors import (
    actor_of,
    must_be_allowed,
    must_see,
    open_to_whoever_may_see,
    open_to_workers,
)

KIND = "assessment.SavedQuestion"
LIST = "/explorer/saved"
CRUMBS = (Link(text="Explorer", href="/explorer"), Link(text="Saved questions", href=LIST))
EMPTY = Empty(
    heading="No question has been saved yet",
    text="Ask a question in the explorer, and save it under a name: it stands here, and can become a figure of an assessment.",
    link=Link(text="Go to the explorer", href="/explorer"),
)
NAME = Text(
    name="name", label="Name", hint="So that others find it. For example: Burglary in Bilston, monthly", longest=100
)
SAVE = Form(name="save", fields=[NAME], submit="Save the question")
RENAME = Form(name="rename", fields=[NAME], submit="Rename it", style="secondary")


def address_of(one: SavedQuestionView) -> str:
    """The explorer with this question in it."""
    return f"/explorer?{urlencode(one.asked)}"


QUESTIONS = Table[SavedQuestionView](
    caption="Saved questions",
    is_caption_hidden=True,
    columns=(
        Column(name="name", label="Name", link=address_of),
        Column(name="in_words", label="Question"),
        Column(name="saved_by", label="Saved by"),
        Column(name="saved_at", label="On", kind="moment"),
        Column(
            name="id",
            label="Rename or remove",
            value=lambda row: f"About “{row.name}”",
            link=lambda row: f"{LIST}/{row.id}",
        ),
    ),
    empty=EMPTY,
)
REMOVED = Table[SavedQuestionView](
    caption="Removed questions",
    is_caption_hidden=True,
    columns=(
        Column(name="name", label="Name", link=lambda row: f"{LIST}/{row.id}"),
        Column(name="in_words", label="Question"),
        Column(name="removed_by", label="Removed by"),
        Column(name="removed_at", label="On", kind="moment"),
    ),
)


@open_to_workers
@require_safe
def saved(request: HttpRequest) -> HttpResponse:
    """The questions on the list, and those that were removed from it."""
    must_see(request, kind=KIND)
    found = queries.saved_questions(actor_of(request))
    shown(request, kind=KIND, says="looked at the saved questions")
    removed = [one for one in found if one.is_removed]
    panels = [Panel(contents=[QUESTIONS.of(one for one in found if not one.is_removed)])]
    if removed:
        panels.append(Panel(heading="Removed", style="quiet", contents=[REMOVED.of(removed)]))
    page = Page(
        title="Saved questions",
        section="explorer",
        lead="A saved question keeps what was asked. Opened again, it is answered from the evidence as it stands then.",
        breadcrumbs=CRUMBS[:1],
        panels=panels,
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def save(request: HttpRequest) -> HttpResponse:
    """Save the question in the address under a name."""
    must_see(request, kind=KIND)
    must_be_allowed(request, verb=ADD, kind=KIND)
    actor = actor_of(request)
    asked, said = _question(request)

    def keep(answers: Answers) -> UUID:
        return operations.save_question(actor=actor, at=actor.at, name=answers["name"], asked=asked, in_words=said)

    answers, kept = _answered(request, SAVE, keep)
    if kept:
        messages.success(request, f"Saved the question “{answers['name']}”.")
        return redirect(LIST)
    shown(request, kind=KIND, says=f"looked at saving a question: {said}")
    back = Link(text="Cancel", href=f"/explorer?{urlencode(asked)}")
    form = SAVE.of(action=f"{LIST}/new?{urlencode(asked)}", answers=answers, cancel=back)
    return render_page(request, _page("Save this question", f"{said[:1].upper()}{said[1:]}.", form))


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """A saved question: what it asks, who saved it, and its name to be changed."""
    found = _saved(request, question_id)
    actor, may_change = actor_of(request), may(roles=actor_of(request).roles, verb=CHANGE, kind=KIND)
    if request.method == "POST":
        must_be_allowed(request, verb=CHANGE, kind=KIND)

    def rename(answers: Answers) -> UUID:
        return operations.rename_question(actor=actor, at=actor.at, question_id=question_id, name=answers["name"])

    answers, kept = _answered(request, RENAME, rename)
    if kept:
        messages.success(request, f"Renamed the question to “{answers['name']}”.")
        return redirect(f"{LIST}/{question_id}")
    shown(request, kind=KIND, subject=found.id, says=f"looked at the saved question “{found.name}”")
    contents: list[Component] = [_about(found)]
    if may_change.allowed and not found.is_removed:
        contents.append(RENAME.of(answers=answers, initial={"name": found.name}))
    page = Page(
        title=found.name,
        caption="Saved question",
        section="explorer",
        breadcrumbs=CRUMBS,
        verbs=_verbs(request, found),
        panels=[Panel(contents=contents)],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_POST
def remove(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Take a question off the list; it can be restored."""
    found = _saved(request, question_id)
    must_be_allowed(request, verb=REMOVE, kind=KIND)
    says = f"Removed the question “{found.name}”. It can be restored."
    return _done(request, question_id, operations.remove_question, says)


@open_to_whoever_may_see
@require_POST
def restore(request: HttpRequest, question_id: UUID) -> HttpResponse:
    """Put a removed question back on the list."""
    found = _saved(request, question_id)
    must_be_allowed(request, verb=CHANGE, kind=KIND)
    return _done(request, question_id, operations.restore_question, f"Restored the question “{found.name}”.")


def _saved(request: HttpRequest, question_id: UUID) -> SavedQuestionView:
    found = queries.saved_question(actor_of(request), question_id=question_id)
    if found is None:
        raise Http404
    return found


def _question(request: HttpRequest) -> tuple[dict[str, str], str]:
    """The question in the address and its words; 404 where there is nothing to ask of, or it cannot be answered."""
    try:
        held = held_for(request)
    except UnableToCompute as reason:
        raise Http404 from reason
    question = read(request.GET, held)
    if question.problems:
        raise Http404
    return question.asked.query, in_words(question.asked, held)


def _answered(request: HttpRequest, form: Form, act: Callable[[Answers], UUID]) -> tuple[Answers, bool]:
    """What was sent, and whether it was done; what was wrong stands in the answers."""
    if request.method != "POST":
        return Answers(), False
    answers = form.read(request.POST)
    if not answers.are_valid:
        return answers, False
    try:
        act(answers)
    except UnableToSaveQuestion as problem:
        return answers.refused(str(problem), field="name"), False
    return answers, True


def _done(request: HttpRequest, question_id: UUID, act: Callable[..., UUID], says: str) -> HttpResponse:
    actor = actor_of(request)
    try:
        act(actor=actor, at=actor.at, question_id=question_id)
    except UnableToSaveQuestion as problem:
        shown(request, kind=KIND, subject=question_id, says=f"could not change a saved question: {problem}")
        panel = Panel(contents=[Inset(str(problem)), Paragraph.of("Nothing was changed.")])
        page = Page(title="This cannot be done now", section="explorer", breadcrumbs=CRUMBS, panels=[panel])
        return render_page(request, page, status=409)
    messages.success(request, says)
    return redirect(LIST)


def _about(found: SavedQuestionView) -> Summary:
    rows = [
        SummaryRow(key="Question", value=f"{found.in_words[:1].upper()}{found.in_words[1:]}"),
        SummaryRow(key="Saved by", value=found.saved_by),
        SummaryRow(key="On", value=found.saved_at, kind="moment"),
    ]
    if found.is_removed:
        rows += [
            SummaryRow(key="Removed by", value=found.removed_by),
            SummaryRow(key="Removed on", value=found.removed_at, kind="moment"),
        ]
    return Summary(rows)


def _verbs(request: HttpRequest, found: SavedQuestionView) -> tuple[Verb, ...]:
    roles, here = actor_of(request).roles, f"{LIST}/{found.id}"
    if found.is_removed:
        answer = may(roles=roles, verb=CHANGE, kind=KIND)
        return (Verb.after(answer, text="Restore it", href=f"{here}/restore", method="post", style="secondary"),)
    answer = may(roles=roles, verb=REMOVE, kind=KIND)
    return (
        Verb(text="Open it", href=address_of(found)),
        Verb.after(answer, text="Remove it", href=f"{here}/remove", method="post", style="secondary"),
    )


def _page(title: str, lead: str, form: FilledForm) -> Page:
    return Page(title=title, section="explorer", lead=lead, breadcrumbs=CRUMBS, panels=[Panel(contents=[form])])

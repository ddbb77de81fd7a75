"""Sending a file in, and following it to its end."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_safe

from wardwell.access.policy import may
from wardwell.evidence import queries
from wardwell.evidence.operations import UnableToReceive, receive
from wardwell.evidence.queries import LayoutView, SubmissionView, UnableToRehearse
from wardwell.evidence.rules import SENT_IN
from wardwell.web.components import (
    Answers,
    Bullets,
    Choice,
    Component,
    Empty,
    FilledForm,
    Form,
    Link,
    Option,
    Page,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    Text,
    Upload,
    Verb,
    render_page,
    shown,
)
from wardwell.web.evidence.progress import Progress
from wardwell.web.evidence.rehearsing import NOT_TRIED, Tried, faults_of, outcome_of
from wardwell.web.evidence.supply import CRUMBS, tabs
from wardwell.web.evidence.tables import SUBMISSIONS
from wardwell.web.shell.doors import actor_of, must_be_allowed, must_see, open_to_whoever_may_see, open_to_workers

KIND = "evidence.Submission"
NO_DATASET = Empty(
    heading="There is no dataset to send files to",
    text="An installation declares the datasets that a partnership receives.",
)


@open_to_workers
@require_safe
def submissions(request: HttpRequest) -> HttpResponse:
    """What was sent in, newest first."""
    must_see(request, kind=KIND)
    actor = actor_of(request)
    shown(request, kind=KIND, says="looked at the files sent in")
    allowed = may(roles=actor.roles, verb="import", kind=KIND)
    page = Page(
        title="Files sent in",
        section="evidence",
        tabs=tabs(request),
        here="/evidence/submissions",
        verbs=[Verb.after(allowed, text="Send a file", href="/evidence/send")],
        panels=[Panel(contents=[SUBMISSIONS.of(queries.submissions(actor))])],
    )
    return render_page(request, page)


@open_to_workers
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest) -> HttpResponse:
    """The form that sends a file in; it works without scripts."""
    must_see(request, kind=KIND)
    must_be_allowed(request, verb="import", kind=KIND)
    form, answers, tried = _form(request), Answers(), NOT_TRIED
    if request.method == "POST":
        answers = form.read(request.POST, request.FILES)
        if "second" in request.POST:
            answers, tried = _rehearsed(request, answers)
        elif answers.are_valid:
            answers, key = _received(request, answers)
            if key is not None:
                return redirect("evidence_submission", submission_id=key)
    if tried is NOT_TRIED:
        shown(request, kind=KIND, says="looked at the form that sends a file in")
    cancel = Link(text="Cancel", href="/evidence")
    filled = form.of(answers=answers, initial={"dataset": request.GET.get("dataset", "")}, cancel=cancel)
    page = Page(
        title="Send a file",
        section="evidence",
        breadcrumbs=CRUMBS,
        lead="A file is taken in whole, or refused whole with the row and column at fault.",
        panels=[Panel(contents=[_asked(form, filled)]), tried],
        aside=[
            Panel(heading="Before you send it", contents=[_limits()], style="quiet"),
            *_templates(request, request.GET.get("dataset", "")),
        ],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_safe
def submission(request: HttpRequest, submission_id: UUID) -> HttpResponse:
    """One submission: how far it is, or what came of it."""
    view = queries.submission(actor_of(request), submission_id)
    if view is None:
        raise Http404
    # While it is being read, a page that renews itself leaves one reading, not one every other second.
    if view.is_finished or "HX-Request" not in request.headers:
        shown(request, kind=KIND, subject=view.id, says=f"looked at the submission of {view.file_name}")
    crumbs = [*CRUMBS, Link(text="Files sent in", href="/evidence/submissions")]
    page = Page(
        title=view.file_name,
        section="evidence",
        breadcrumbs=crumbs,
        panels=[Panel(contents=[Progress(view)])],
        aside=[Panel(heading="About this file", contents=[_about(view)], style="quiet")],
    )
    return render_page(request, page)


def _form(request: HttpRequest) -> Form:
    found = [one for one in queries.datasets(actor_of(request)) if one.table in SENT_IN]
    options = [Option(one.code, one.name, f"{one.source}. {one.unit_of_files.capitalize()}.") for one in found]
    return Form(
        name="send",
        fields=[
            Choice(name="dataset", label="Dataset", asks="which dataset the file belongs to", options=options),
            Upload(
                name="file",
                label="File",
                asks="a file",
                hint="A CSV file, the same as .csv.gz, or a .zip of them; where there is a template, also .xlsx or .parquet",
                accepts=".csv,.gz,.zip,.xlsx,.parquet",
            ),
            Text(
                name="edition",
                label="Edition",
                hint="Which publication of the data this is, such as “downloaded on 3 November 2025”",
                is_required=False,
                longest=100,
            ),
        ],
        submit="Send the file",
        second="See what would happen",
        second_shows="rehearsal",
    )


def _asked(form: Form, filled: FilledForm) -> Component:
    dataset = form.fields[0]
    return filled if isinstance(dataset, Choice) and dataset.options else NO_DATASET


def _received(request: HttpRequest, answers: Answers) -> tuple[Answers, UUID | None]:
    actor, file = actor_of(request), answers["file"]
    try:
        key = receive(
            actor=actor,
            at=actor.at,
            dataset_code=answers["dataset"],
            file_name=file.name,
            chunks=file.chunks(),
            edition=answers["edition"] or "",
        )
    except UnableToReceive as refusal:
        return answers.refused(str(refusal), field="file"), None
    return answers, key


def _rehearsed(request: HttpRequest, answers: Answers) -> tuple[Answers, Tried]:
    """What would come of the file, without keeping anything of it."""
    if not answers.are_valid:
        return answers, faults_of(answers.errors.values())
    actor, file = actor_of(request), answers["file"]
    try:
        found = queries.rehearse(actor, dataset_code=answers["dataset"], file_name=file.name, chunks=file.chunks())
    except UnableToRehearse as fault:
        return answers.refused(str(fault), field="file"), faults_of([str(fault)])
    shown(request, kind=KIND, says=f"tried out a file for {found.dataset_name}; nothing of it was kept")
    return answers, outcome_of(found)


def _templates(request: HttpRequest, chosen: str) -> list[Panel]:
    """The templates of the datasets that have one, or of the one that was chosen; and where other columns are read."""
    found = queries.layouts(actor_of(request))
    may_map = may(roles=actor_of(request).roles, verb="import", kind="evidence.SavedMapping").allowed
    wanted = [one for one in found if one.code == chosen] or found
    if not wanted:
        return []
    items = [_template(one, may_map=may_map) for one in wanted]
    health = [
        Paragraph.of(
            "A health file with full postcodes, names, dates of birth or NHS numbers is refused whole. Nothing of it is "
            "stored, and the reason repeats nothing."
        )
    ]
    people = health if any(one.is_health for one in wanted) else []
    return [Panel(heading="Templates to fill in", contents=[Bullets(tuple(items)), *people], style="quiet")]


def _template(one: LayoutView, *, may_map: bool) -> Paragraph:
    path = f"/evidence/datasets/{one.code}"
    mapping = Link(text="say which of its columns is which", hidden=f"in files of {one.name}", href=f"{path}/mapping")
    return Paragraph.of(
        f"{one.name}: ",
        Link(text="CSV", hidden=f"template of {one.name}", href=f"{path}/template.csv"),
        " or ",
        Link(text="Excel", hidden=f"template of {one.name}", href=f"{path}/template.xlsx"),
        *(("; ", mapping) if may_map else ()),
    )


def _limits() -> Bullets:
    return Bullets.of(
        f"The largest file that can be sent here is {size_in_words(settings.MAX_UPLOAD_BYTES)}. Larger ones are imported "
        "on the command line.",
        "Send what the police publish as it was published: same columns, same name, not saved again in a spreadsheet. Several "
        "months go into one .zip file.",
        "“See what would happen” reads the file and keeps nothing of it.",
        "Rows that cannot be read are put aside with the reason, and counted. They are never dropped in silence.",
        "The same file sent again changes nothing.",
    )


def _about(view: SubmissionView) -> Summary:
    return Summary(
        [
            SummaryRow(key="Dataset", value=view.dataset_name),
            SummaryRow(key="Edition", value=view.edition),
            SummaryRow(key="Size", value=size_in_words(view.bytes)),
            SummaryRow(key="Sent by", value=view.sent_by),
            SummaryRow(key="Sent", value=view.sent_at, kind="moment"),
            SummaryRow(key="By", value=view.door),
            SummaryRow(key="Finished", value=view.finished_at, kind="moment"),
        ]
    )


def size_in_words(size: int) -> str:
    """A number of bytes as people say it.

    >>> size_in_words(320), size_in_words(116_409), size_in_words(2_000_000_000)
    ('320 bytes', '116 kB', '2.0 GB')
    """
    if size < 1000:
        return f"{size} bytes"
    if size < 1_000_000:
        return f"{size / 1000:.0f} kB"
    return f"{size / 1e6:.1f} MB" if size < 1e9 else f"{size / 1e9:.1f} GB"

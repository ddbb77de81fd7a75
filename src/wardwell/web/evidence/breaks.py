"""The register of breaks: what every measure consults, and entering and taking out of it."""

from __future__ import annotations

import re
from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.text import slugify
from django.views.decorators.http import require_http_methods, require_safe

from wardstats.tables import BreakKind
from wardwell.access.policy import may
from wardwell.evidence import queries
from wardwell.evidence.operations import UnableToRecordBreak, record_break, withdraw_break
from wardwell.evidence.queries import BreakView
from wardwell.evidence.rules import next_month
from wardwell.web.components import (
    Answers,
    Choice,
    Column,
    Empty,
    Form,
    Link,
    LongText,
    Option,
    Page,
    Panel,
    Paragraph,
    Table,
    Text,
    Verb,
    printed,
    render_page,
    shown,
)
from wardwell.web.evidence.supply import CRUMBS, tabs
from wardwell.web.evidence.tables import months_between
from wardwell.web.shell.doors import actor_of, must_be_allowed, must_see, open_to_whoever_may_see, open_to_workers

KIND = "evidence.Snapshot"
READERS = "evidence.Issue"
"""The register is read by whoever works on the evidence; a supplier sees what is of the supplier's own agency."""
HERE = "/evidence/breaks"
NO_END = "Such as 2025-10. Leave empty for a change that lasts, or a hole not yet mended"
CANCEL = Link(text="Cancel", href=HERE)
REGISTER = Link(text="Register of breaks", href=HERE)
KINDS: dict[BreakKind, tuple[str, str]] = {
    BreakKind.ABSENT: ("Nothing was sent", "A hole: these months are no true counts"),
    BreakKind.PARTIAL: ("Only a part was sent", "A hole: these months are no true counts"),
    BreakKind.DOUBLED: ("Rows were sent twice", "A hole: these months are no true counts"),
    BreakKind.RECORDING: ("Recording changed", "A step: nothing is compared across it"),
    BreakKind.DEFINITION: ("The definition changed", "A step: nothing is compared across it"),
    BreakKind.BOUNDARY: ("The boundary changed", "A step: nothing is compared across it"),
    BreakKind.SUPPLIER: ("The supplier or its system changed", "A step: nothing is compared across it"),
}
BREAKS = Table[BreakView](
    caption="Breaks, latest first",
    is_caption_hidden=True,
    columns=(
        Column(
            name="area_name",
            label="Where",
            value=lambda row: row.area_name or "Everywhere",
            link=lambda row: f"{HERE}/{row.code}",
        ),
        Column(name="crime_type", label="Type", value=lambda row: row.crime_type or "All"),
        Column(name="when", label="When", value=lambda row: when(row)),
        Column(name="kind", label="What happened", value=lambda row: KINDS[row.kind][0]),
        Column(name="sentence", label="What is said beside figures"),
    ),
    empty=Empty(
        heading="The register is empty",
        text="Record a break when a force or agency sent nothing, a part, or rows twice, or when what is counted changed.",
    ),
)
WITHDRAW = Form(
    name="withdraw",
    fields=[LongText(name="reason", label="Why it is taken out", asks="why it is taken out", rows=3, longest=500)],
    submit="Take it out of the register",
    style="warning",
)


@open_to_workers
@require_safe
def breaks(request: HttpRequest) -> HttpResponse:
    """The register as it stands."""
    must_see(request, kind=READERS)
    actor = actor_of(request)
    found = queries.breaks(actor)
    shown(request, kind=KIND, says="looked at the register of breaks")
    allowed = may(roles=actor.roles, verb="import", kind=KIND)
    page = Page(
        title="Register of breaks",
        section="evidence",
        lead="Where a series has holes or changed its meaning. Every measure consults it: nothing is compared across a step, and "
        "districts with holes are left out of comparisons and named.",
        tabs=tabs(request),
        here=HERE,
        verbs=[Verb.after(allowed, text="Record a break", href=f"{HERE}/record")],
        panels=[Panel(contents=[BREAKS.of(found)])],
    )
    return render_page(request, page)


@open_to_workers
@require_http_methods(["GET", "HEAD", "POST"])
def record(request: HttpRequest) -> HttpResponse:
    """The form that enters a break."""
    must_see(request, kind=READERS)
    must_be_allowed(request, verb="import", kind=KIND)
    form, answers = _form(request), Answers()
    if request.method == "POST":
        answers = form.read(request.POST)
        if answers.are_valid:
            answers = _recorded(request, answers)
        if answers.are_valid:
            return redirect("evidence_breaks")
    shown(request, kind=KIND, says="looked at the form that records a break")
    wanted = {
        "area": request.GET.get("area", ""),
        "since": request.GET.get("since", ""),
        "type": request.GET.get("type", ""),
    }
    filled = form.of(answers=answers, initial=wanted, cancel=CANCEL)
    page = Page(
        title="Record a break",
        section="evidence",
        breadcrumbs=[*CRUMBS, REGISTER],
        lead="From now on every figure that reaches into these months says so. Published figures stay as they are.",
        panels=[Panel(contents=[filled])],
    )
    return render_page(request, page)


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def one_break(request: HttpRequest, code: str) -> HttpResponse:
    """One break, and taking it out of the register with a reason."""
    actor = actor_of(request)
    found = next((one for one in queries.breaks(actor) if one.code == code), None)
    if found is None:
        raise Http404
    answers = Answers()
    if request.method == "POST":
        must_be_allowed(request, verb="import", kind=KIND)
        answers = WITHDRAW.read(request.POST)
        if answers.are_valid:
            withdraw_break(actor=actor, at=actor.at, code=code, reason=answers["reason"])
            messages.success(request, "The break is out of the register. The register as it was stays readable.")
            return redirect("evidence_breaks")
    shown(
        request, kind=KIND, subject=code, says=f"looked at a break of the series of {found.area_name or 'everywhere'}"
    )
    allowed = may(roles=actor.roles, verb="import", kind=KIND).allowed
    page = Page(
        title=f"{found.area_name or 'Everywhere'}: {KINDS[found.kind][0].lower()}",
        section="evidence",
        breadcrumbs=[*CRUMBS, REGISTER],
        panels=[
            Panel(
                contents=[
                    Paragraph.of(found.sentence, style="lead"),
                    Paragraph.of(f"{when(found)}. {found.crime_type or 'Every type'}. {KINDS[found.kind][1]}."),
                    Paragraph.of(f"Known from: {found.source}."),
                ]
            ),
            *([Panel(heading="Take it out", contents=[WITHDRAW.of(answers=answers)])] if allowed else []),
        ],
    )
    return render_page(request, page)


def when(row: BreakView) -> str:
    """The months of a break: a step has a beginning only, a hole may have no end yet."""
    if row.until is not None:
        return months_between(row.since, row.until)
    return f"{'Since' if row.kind.is_hole else 'From'} {printed(row.since, 'month')}"


def _form(request: HttpRequest) -> Form:
    areas = queries.areas_of_series(actor_of(request))
    return Form(
        name="record",
        fields=[
            Choice(
                name="area", label="Where", is_folded=True, is_required=False,
                options=[Option("", "Everywhere"), *(Option(code, name) for code, name in areas)],
            ),
            Text(name="type", label="Type", hint="Leave empty for every type", is_required=False, longest=100),
            Choice(
                name="kind", label="What happened", asks="what happened",
                options=[Option(kind.value, *words) for kind, words in KINDS.items()],
            ),
            Text(name="since", label="First month", asks="the first month", hint="Such as 2025-09", width=10),
            Text(name="last", label="Last month", hint=NO_END, is_required=False, width=10),
            LongText(name="sentence", label="What is said beside figures", asks="what is said beside figures", rows=2, longest=400),
            LongText(name="source", label="How it is known", asks="how it is known", rows=2, longest=400),
        ],
        submit="Record the break",
    )  # fmt: skip


def _recorded(request: HttpRequest, answers: Answers) -> Answers:
    actor = actor_of(request)
    names = dict(queries.areas_of_series(actor))
    months = {name: month_of(answers[name] or "") for name in ("since", "last")}
    if months["since"] is None:
        return answers.refused("Give the first month as year and month, such as 2025-09.", field="since")
    if answers["last"] and months["last"] is None:
        return answers.refused("Give the last month as year and month, such as 2025-10.", field="last")
    area = answers["area"] or ""
    kind = BreakKind(answers["kind"])
    code = slugify(f"{names.get(area, 'everywhere')} {answers['type'] or ''} {kind.value} {answers['since']}")
    try:
        record_break(
            actor=actor, at=actor.at, code=code, kind=kind, since=months["since"],
            until=next_month(months["last"]) if months["last"] else None, area_code=area, area_name=names.get(area, ""),
            crime_type=answers["type"] or "", sentence=answers["sentence"], source=answers["source"],
        )  # fmt: skip
    except UnableToRecordBreak as refusal:
        return answers.refused(str(refusal))
    messages.success(request, "The break is recorded. Every figure consults it from now on.")
    return answers


def month_of(text: str) -> date | None:
    """A month as it is typed.

    >>> month_of("2025-09"), month_of("September")
    (datetime.date(2025, 9, 1), None)
    """
    if not re.fullmatch(r"\d{4}-(0[1-9]|1[0-2])", text.strip()):
        return None
    return date.fromisoformat(f"{text.strip()}-01")

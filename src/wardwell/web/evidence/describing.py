"""The form that changes what is said of a dataset: by what right it comes, its terms, who looks after it, when it is due."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from wardwell.access.policy import Role
from wardwell.access.queries import grants
from wardwell.evidence import operations, queries
from wardwell.evidence.operations import Description
from wardwell.evidence.periods import DueRule, Sensitivity
from wardwell.evidence.queries import DatasetView
from wardwell.web.components import (
    Answers,
    Choice,
    Day,
    Form,
    Link,
    LongText,
    Option,
    Page,
    Panel,
    Text,
    WholeNumber,
    render_page,
    shown,
)
from wardwell.web.evidence.described import SENSITIVITIES
from wardwell.web.evidence.supply import CRUMBS, KIND
from wardwell.web.shell.doors import actor_of, must_be_allowed, open_to_whoever_may_see

LOOK_AFTER = frozenset({Role.MANAGER, Role.ANALYST})


@open_to_whoever_may_see
@require_http_methods(["GET", "HEAD", "POST"])
def describe(request: HttpRequest, code: str) -> HttpResponse:
    """Change a dataset's description."""
    view = queries.dataset(actor_of(request), code)
    if view is None:
        raise Http404
    must_be_allowed(request, verb="describe", kind=KIND)
    form, answers, back = _form(request, view), Answers(), f"/evidence/datasets/{code}"
    if request.method == "POST":
        answers = form.read(request.POST)
        if answers.are_valid:
            answers, is_done = _described(request, code, answers)
            if is_done:
                return redirect(back)
    shown(request, kind=KIND, subject=view.id, says=f"looked at the form that describes {view.name}")
    page = Page(
        title="Describe this dataset",
        caption=view.name,
        section="evidence",
        breadcrumbs=[*CRUMBS, Link(text=view.name, href=back)],
        lead="What you change is dated and signed with your name.",
        panels=[
            Panel(contents=[form.of(answers=answers, initial=_initial(view), cancel=Link(text="Cancel", href=back))])
        ],
    )
    return render_page(request, page)


def _described(request: HttpRequest, code: str, answers: Answers) -> tuple[Answers, bool]:
    actor = actor_of(request)
    try:
        changed = operations.describe_dataset(actor=actor, at=actor.at, code=code, description=_read(answers))
    except operations.UnableToDescribe as refusal:
        return answers.refused(str(refusal), field="expected_from"), False
    messages.success(request, f"Changed: {'; '.join(changed)}." if changed else "Nothing was changed.")
    return answers, True


def _form(request: HttpRequest, view: DatasetView) -> Form:
    return Form(
        name="describe",
        fields=[
            Text(name="publisher", label="Published by", is_required=False, longest=200),
            Text(
                name="gateway",
                label="Legal basis by which it comes",
                hint="For example: section 17A of the Crime and Disorder Act 1998, a named agreement, or an open licence",
                is_required=False,
                longest=300,
            ),
            Choice(
                name="sensitivity",
                label="What it tells of people",
                options=[Option(one.value, one.value.capitalize(), SENSITIVITIES[one]) for one in Sensitivity],
            ),
            Text(
                name="retention",
                label="How long it is kept, and why",
                is_required=False,
                longest=300,
            ),
            Choice(
                name="owner",
                label="Who looks after it here",
                options=[Option("", "Nobody yet"), *_people(request, view)],
                is_folded=True,
                is_required=False,
            ),
            LongText(
                name="known_faults", label="Known faults", hint="One a line", is_required=False, rows=4, longest=4000
            ),
            LongText(name="note", label="Note", is_required=False, rows=3, longest=2000),
            Day(
                name="expected_from",
                label="First day of the first period expected",
                hint="Leave empty if nothing is expected. Quarters begin on 1 January, 1 April, 1 July or 1 October",
                is_required=False,
            ),
            Day(
                name="expected_until",
                label="First day from which nothing more is expected",
                hint="Leave empty if no end is known",
                is_required=False,
            ),
            Choice(
                name="due_rule",
                label="When each period is due",
                options=[
                    Option(DueRule.DAYS_AFTER.value, "So many days after the period’s end"),
                    Option(
                        DueRule.END_OF_NEXT.value,
                        "By the end of the next period",
                        "As section 17A asks of the prescribed sets: January to March by 30 June, and so on",
                    ),
                ],
            ),
            WholeNumber(name="due_days_after", label="How many days after", lowest=0, highest=1000),
            Choice(
                name="is_sparse",
                label="May a month have no row at all",
                options=[
                    Option("no", "No", "A period is in once every month of it has come"),
                    Option("yes", "Yes", "A period is in once anything of it has come"),
                ],
            ),
        ],
        submit="Save",
    )


def _people(request: HttpRequest, view: DatasetView) -> list[Option]:
    """Managers and analysts whom the worker may know of, the worker, and whoever looks after it now."""
    actor = actor_of(request)
    found = {one.worker_id: one.worker_name for one in grants(actor) if one.role in LOOK_AFTER and one.in_force}
    found[actor.self_id] = actor.name
    if view.owner_id is not None:
        found[view.owner_id] = view.owner
    return [Option(str(key), name) for key, name in sorted(found.items(), key=lambda pair: pair[1])]


def _initial(view: DatasetView) -> dict[str, object]:
    return {
        "publisher": view.publisher,
        "gateway": view.gateway,
        "sensitivity": view.sensitivity.value,
        "retention": view.retention,
        "owner": str(view.owner_id or ""),
        "known_faults": "\n".join(view.own_faults),
        "note": view.note,
        "expected_from": view.expected_from,
        "expected_until": view.expected_until,
        "due_rule": view.due_rule.value,
        "due_days_after": view.due_days_after,
        "is_sparse": "yes" if view.is_sparse else "no",
    }


def _read(answers: Answers) -> Description:
    return Description(
        publisher=answers["publisher"] or "",
        gateway=answers["gateway"] or "",
        owner_id=UUID(answers["owner"]) if answers["owner"] else None,
        retention=answers["retention"] or "",
        sensitivity=Sensitivity(answers["sensitivity"]),
        known_faults="\n".join((answers["known_faults"] or "").splitlines()),
        note=answers["note"] or "",
        due_rule=DueRule(answers["due_rule"]),
        due_days_after=answers["due_days_after"],
        expected_from=answers["expected_from"],
        expected_until=answers["expected_until"],
        is_sparse=answers["is_sparse"] == "yes",
    )

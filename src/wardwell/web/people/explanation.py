"""Why can I see this, and who else can? The policy, read out to whoever asks."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardwell.access import queries
from wardwell.access.actor import Actor
from wardwell.access.explain import Explanation, explain, kinds
from wardwell.access.policy import SEE, Role, Scope, rules_for
from wardwell.web.components import (
    Bullets,
    Choice,
    Column,
    Component,
    Form,
    Option,
    Page,
    Panel,
    Paragraph,
    Table,
    Tag,
    render_page,
    shown,
)
from wardwell.web.people.kinds import kind_in_words
from wardwell.web.people.pages import TABS
from wardwell.web.shell.doors import actor_of, open_to_workers

ASK = Form(
    name="why",
    fields=[
        Choice(
            name="kind",
            label="What you want to know about",
            is_folded=True,
            options=[Option(kind, kind_in_words(kind)) for kind in kinds()],
        )
    ],
    submit="Show",
    method="get",
    layout="filter",
    style="secondary",
)

RULES = Table[Explanation](
    caption="Rules about this",
    is_caption_hidden=True,
    columns=(
        Column(name="who", label="Who", value=lambda row: "anybody" if row.who == Role.PUBLIC else row.who),
        Column(name="verbs", label="May"),
        Column(name="scope", label="Which"),
        Column(name="because", label="Because"),
        Column(name="reaches_you", label="You", value=lambda row: _reach(row), tag=lambda row: _tag(row)),
    ),
)


@open_to_workers
@require_safe
def why(request: HttpRequest) -> HttpResponse:
    """Every rule about a kind of record, those that reach the worker first; and the people behind them."""
    actor = actor_of(request)
    asked = request.GET.get("kind", "")
    kind = asked if asked in kinds() else "access.Grant"
    shown(request, kind="access.Grant", says=f"asked why they may see {kind_in_words(kind).lower()}")
    page = Page(
        title="Why can I see this?",
        section="people",
        tabs=TABS,
        here="/people/why",
        panels=[
            Panel(contents=[ASK.of(action="/people/why", initial={"kind": kind})]),
            Panel(name="results", heading=kind_in_words(kind), contents=_answer(actor, kind)),
        ],
    )
    return render_page(request, page)


def _answer(actor: Actor, kind: str) -> list[Component]:
    rules = explain(actor, kind=kind)
    return [
        Paragraph.of(_in_a_sentence(rules), style="lead"),
        RULES.of(rules),
        Panel(heading="Who else can see this", level=3, contents=_who_else(actor, kind)),
    ]


def _in_a_sentence(rules: tuple[Explanation, ...]) -> str:
    seeing = [rule for rule in rules if rule.reaches_you and SEE in rule.verbs.split(", ")]
    if not seeing:
        return "You cannot see this: no rule reaches you."
    widest = next((rule for rule in seeing if rule.scope == Scope.PARTNERSHIP), seeing[0])
    role = "anybody may" if widest.who == Role.PUBLIC else f"you are {widest.who}"
    return f"You can see what is {widest.scope}, because {role}. {widest.because}"


def _who_else(actor: Actor, kind: str) -> list[Component]:
    roles = frozenset(rule.role for rule in rules_for(kind, SEE) if rule.scope == Scope.PARTNERSHIP)
    keys = set(queries.holders(role_names=roles, partnership_id=actor.here, at=actor.at)) - {actor.worker_id}
    named = sorted({one.worker_name for one in queries.grants(actor) if one.worker_id in keys})
    if not keys:
        return [Paragraph.of("Nobody else in this partnership.")]
    kept = len(keys) - len(named)
    if not named:
        return [Paragraph.of(f"{_people(len(keys))} in this partnership. Their names are not shown to your role.")]
    hidden = [Paragraph.of(f"And {_people(kept)} whose names are not shown to your role.")] if kept else []
    return [Bullets.of(*named), *hidden]


def _people(number: int) -> str:
    return "1 other person" if number == 1 else f"{number} other people"


def _reach(row: Explanation) -> str:
    return "Reaches you" if row.reaches_you else "Not you"


def _tag(row: Explanation) -> Tag:
    return Tag(_reach(row), "green" if row.reaches_you else "grey")

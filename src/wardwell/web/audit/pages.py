"""What happened, newest first: what was seen as well as what was changed, in plain words."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardwell.access.actor import Actor
from wardwell.access.explain import kinds
from wardwell.access.policy import SEE, Scope, rules_for
from wardwell.audit.queries import EventPage, EventView, events
from wardwell.web.components import (
    Choice,
    Column,
    Empty,
    FilledTable,
    Form,
    Link,
    Option,
    Page,
    Pagination,
    Panel,
    Table,
    Tag,
    Text,
    csv_response,
    printed,
    render_page,
    shown,
)
from wardwell.web.components.tag import Colour
from wardwell.web.people.kinds import kind_in_words
from wardwell.web.shell.doors import actor_of, open_to_workers

KIND = "audit.Event"
PAGE = 50
CSV_PAGE = 1000

FILTER = Form(
    name="filter",
    fields=[
        Choice(
            name="kind",
            label="About",
            options=[Option("", "Everything"), *(Option(kind, kind_in_words(kind)) for kind in kinds())],
            is_folded=True,
            is_required=False,
        ),
        Text(name="words", label="With these words", is_required=False, width=20),
        Choice(
            name="only",
            label="Show",
            is_required=False,
            is_folded=True,
            options=[
                Option("", "All acts"),
                Option("changes", "Changes only"),
                Option("mine", "What I did"),
                Option("my-changes", "What I changed"),
            ],
        ),
    ],
    submit="Show",
    method="get",
    layout="filter",
    style="secondary",
)

EVENTS = Table[EventView](
    caption="Events, newest first",
    columns=(
        Column(name="at", label="When", kind="moment"),
        Column(name="sentence", label="What happened"),
        Column(name="verb", label="Kind of act", value=lambda row: _act(row), tag=lambda row: _tag(row)),
        Column(name="kind", label="About", value=lambda row: kind_in_words(row.kind)),
        Column(name="because", label="Allowed because"),
        Column(name="sequence", label="Number", kind="number"),
    ),
    empty=Empty(heading="Nothing found", text="No event that you may see fits what you asked for."),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see of the trail."""

    kind: str
    words: str
    only: str

    @classmethod
    def read(cls, request: HttpRequest) -> Asked:
        answers = FILTER.read(request.GET).values
        return cls(answers.get("kind") or "", answers.get("words") or "", answers.get("only") or "")

    @property
    def query(self) -> dict[str, str]:
        asked = {"kind": self.kind, "words": self.words, "only": self.only}
        return {name: value for name, value in asked.items() if value}

    @property
    def in_words(self) -> str:
        parts = [
            f" about {kind_in_words(self.kind).lower()}" if self.kind else "",
            f" for “{self.words}”" if self.words else "",
        ]
        return "".join(parts)

    def found(self, actor: Actor, *, page: int, size: int) -> EventPage:
        """Events that fit and that this actor may see."""
        return events(
            actor,
            kind=self.kind,
            words=self.words,
            changes_only=self.only in ("changes", "my-changes"),
            by=actor.self_id if self.only in ("mine", "my-changes") else None,
            page=page,
            size=size,
        )


@open_to_workers
@require_safe
def trail(request: HttpRequest) -> HttpResponse:
    """The audit trail, as far as the policy shows it: everybody sees what they did themselves."""
    actor, asked = actor_of(request), Asked.read(request)
    found = asked.found(actor, page=_page_number(request), size=PAGE)
    shown(request, kind=KIND, says=f"looked at the audit trail{asked.in_words}")
    form = FILTER.of(action="/audit", initial=asked.query)
    page = Page(
        title="Audit trail",
        section="audit",
        lead=_reach(actor),
        panels=[Panel(contents=[form]), Panel(name="results", contents=[_table(asked, found)])],
    )
    return render_page(request, page)


@open_to_workers
@require_safe
def trail_csv(request: HttpRequest) -> HttpResponse:
    """The same events, all pages, as CSV."""
    actor, asked = actor_of(request), Asked.read(request)
    shown(request, kind=KIND, says=f"took away the audit trail{asked.in_words} as CSV")
    first = asked.found(actor, page=1, size=CSV_PAGE)
    later = (asked.found(actor, page=number, size=CSV_PAGE) for number in range(2, first.pages + 1))
    rows = (event for page in (first, *later) for event in page.events)
    return csv_response(EVENTS.csv(rows), file_name="audit-trail.csv")


def _page_number(request: HttpRequest) -> int:
    asked = request.GET.get("page", "1")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def _table(asked: Asked, found: EventPage) -> FilledTable:
    query = urlencode(asked.query)
    total = printed(found.total, "number")
    return EVENTS.of(
        found.events,
        caption=f"{total} {'event' if found.total == 1 else 'events'}, newest first",
        pagination=Pagination(page=found.page, pages=found.pages, path="/audit", query=asked.query)
        if found.pages > 1
        else None,
        downloads=[Link(text="Take these events away as CSV", href=f"/audit.csv?{query}" if query else "/audit.csv")],
    )


def _reach(actor: Actor) -> str:
    """How far this actor sees, said on the page so that an empty list is not mistaken for an idle partnership."""
    sees_all = any(rule.role in actor.roles and rule.scope == Scope.PARTNERSHIP for rule in rules_for(KIND, SEE))
    reach = "everybody in this partnership" if sees_all else "you yourself"
    return f"What {reach} saw, changed or were refused. Each event is sealed to the one before it and is never altered."


def _act(event: EventView) -> str:
    return {"see": "Looked", "refused": "Refused"}.get(event.verb, "Changed")


def _tag(event: EventView) -> Tag | None:
    colours: dict[str, Colour] = {"Looked": "grey", "Refused": "red", "Changed": "blue"}
    act = _act(event)
    return Tag(act, colours[act])

"""The front page of the application: what needs attention today, and how far the thread has come."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST, require_safe

from wardwell.access import queries
from wardwell.access.actor import Actor
from wardwell.access.policy import SEE, Role, may
from wardwell.web.components import (
    Choice,
    Component,
    Empty,
    Form,
    Link,
    Option,
    Page,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    Tasks,
    render_page,
    shown,
)
from wardwell.web.components.words import LONDON
from wardwell.web.home.attention import waiting_for
from wardwell.web.home.progress import thread_of
from wardwell.web.shell.doors import actor_of, open_to_all, open_to_workers


@open_to_all
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The bare address: to work for whoever has signed in, to the public pages for everybody else."""
    return redirect("partnerships" if actor_of(request).is_public else "home")


@open_to_workers
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What needs my attention today."""
    actor = actor_of(request)
    here = queries.partnership(actor)
    shown(request, kind="access.Partnership", subject=actor.here, says="looked at the home page")
    if here is None:
        return render_page(request, _nowhere(actor))
    page = Page(
        title=f"Good {_time_of_day(actor)}, {actor.name.split()[0]}",
        caption=here.name,
        section="home",
        opening=[Panel(heading="The golden thread", contents=[thread_of(actor)])],
        panels=[Panel(heading="Needs your attention", contents=[_attention(actor)])],
        aside=[*_switch(actor, here), *_wards(actor), _role_panel(actor, here)],
    )
    return render_page(request, page)


@open_to_workers
@require_POST
def work_for(request: HttpRequest) -> HttpResponse:
    """Go over to another partnership that one works for."""
    code = request.POST.get("partnership", "")
    if code not in {one.code for one in queries.partnerships_of(actor_of(request))}:
        raise Http404
    request.session["partnership"] = code
    return redirect("home")


def _time_of_day(actor: Actor) -> str:
    hour = actor.at.astimezone(LONDON).hour
    return "morning" if hour < 12 else "afternoon" if hour < 18 else "evening"


def _nowhere(actor: Actor) -> Page:
    text = "Ask the person who gives access in your partnership. What you did while you had access stays in the audit trail."
    empty = Empty(
        heading="You have no access to any partnership", text=text, link=Link(text="What you did", href="/audit")
    )
    return Page(title=f"Welcome, {actor.name.split()[0]}", section="home", panels=[Panel(contents=[empty])])


def _attention(actor: Actor) -> Component:
    waiting = waiting_for(actor)
    if not waiting:
        return Empty(heading="Nothing waits for you", text="What needs you will be listed here as it comes up.")
    return Tasks(items=[one.task for one in waiting])


def _switch(actor: Actor, here: queries.PartnershipView) -> list[Panel]:
    mine = queries.partnerships_of(actor)
    if len(mine) < 2:
        return []
    options = [Option(one.code, one.name) for one in mine]
    form = Form(
        name="switch",
        fields=[Choice(name="partnership", label="Partnership", options=options)],
        submit="Work for this partnership",
        style="secondary",
    )
    return [
        Panel(
            heading="You work for two partnerships" if len(mine) == 2 else "You work for several partnerships",
            contents=[form.of(action="/home/partnership", initial={"partnership": here.code})],
        )
    ]


def _wards(actor: Actor) -> list[Panel]:
    """The way to a ward, for whoever may see the evidence of it."""
    if not may(roles=actor.roles, verb=SEE, kind="evidence.Snapshot").allowed:
        return []
    link = Link(text="A page for each ward", href="/explorer/wards")
    return [Panel(heading="A ward", style="quiet", contents=[Paragraph.of(link, ": what was published of it.")])]


def _role_panel(actor: Actor, here: queries.PartnershipView) -> Panel:
    roles = [role for role in Role if role in actor.roles and role != Role.PUBLIC]
    rows = [SummaryRow(key=role.value.capitalize(), value=role.meaning) for role in roles]
    links = SummaryRow(
        key="Public page",
        value=here.name,
        link=Link(text="View", hidden="the public page", href=f"/partnerships/{here.code}"),
    )
    return Panel(heading="Your part", contents=[Summary([*rows, links])], style="quiet")

"""Who has access, in which role, why, until when, and who gave it."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from wardwell.access import queries
from wardwell.access.actor import Actor
from wardwell.access.policy import SEE, Role, Scope, may, rules_for
from wardwell.access.queries import GrantView
from wardwell.web.components import (
    Component,
    Details,
    Link,
    Notice,
    Page,
    Panel,
    Paragraph,
    Verb,
    printed,
    render_page,
    shown,
)
from wardwell.web.people.tables import OWN, access_table
from wardwell.web.shell.doors import actor_of, open_to_workers

KIND = "access.Grant"
TABS = (Link(text="Who has access", href="/people"), Link(text="Why can I see this?", href="/people/why"))


@open_to_workers
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Own access for everybody; everybody's access for those who answer for it."""
    actor = actor_of(request)
    held = queries.grants(actor)
    shown(request, kind=KIND, says="looked at who has access")
    own = [one for one in held if one.worker_id == actor.worker_id and one.in_force]
    session = next((one for one in own if one.role == Role.STAFF_SESSION), None)
    page = Page(
        title="People and access",
        section="people",
        tabs=TABS,
        here="/people",
        notices=[_session_notice(session)] if session else [],
        verbs=_verbs(actor, session),
        panels=[Panel(heading="Your own access", contents=[OWN.of(own)]), *_everybody(actor, held)],
    )
    return render_page(request, page)


def _everybody(actor: Actor, held: Sequence[GrantView]) -> list[Panel]:
    sees_all = any(rule.role in actor.roles and rule.scope == Scope.PARTNERSHIP for rule in rules_for(KIND, SEE))
    if not sees_all:
        who = ", ".join(rule.role for rule in rules_for(KIND, SEE) if rule.scope == Scope.PARTNERSHIP)
        words = f"Who else has access is shown to: {who}."
        return [Panel(heading="Who else has access", contents=[Paragraph.of(words)])]
    can_end = may(roles=actor.roles, verb="end access", kind=KIND).allowed
    now = access_table(caption="Access in force", can_end=can_end).of([one for one in held if one.in_force])
    past = [one for one in held if not one.in_force]
    ended: list[Component] = (
        [
            Details(
                f"Access that has ended ({len(past)})",
                [access_table(caption="Access that has ended", can_end=False).of(past)],
            )
        ]
        if past
        else []
    )
    return [Panel(heading="Who has access", contents=[now, *ended])]


def _session_notice(session: GrantView) -> Notice:
    until = printed(session.active_until, "moment")
    return Notice(heading="Your staff session is open", text=f"Until {until}. Reason: {session.reason}")


def _verbs(actor: Actor, session: GrantView | None) -> list[Verb]:
    give = Verb.after(may(roles=actor.roles, verb="give access", kind=KIND), text="Give access", href="/people/give")
    if session:
        return [give, Verb(text="End the staff session", href=f"/people/{session.id}/end", style="secondary")]
    may_open = may(roles=actor.roles, verb="open a staff session", kind=KIND)

    return [Verb.after(may_open, text="Open a staff session", href="/people/staff-session"), give]

"""The golden thread of the partnership worked for: evidence, assessment, release; how far each has come."""

from __future__ import annotations

from wardwell.access.actor import Actor
from wardwell.access.policy import SEE, may
from wardwell.evidence.queries import SupplyView, supply
from wardwell.web.components import Link, Step, Tag, Thread, printed


def thread_of(actor: Actor) -> Thread:
    """The thread as this actor may see it."""
    return Thread([evidence_step(actor)])


def evidence_step(actor: Actor) -> Step:
    """What has been supplied, and whether anything is late."""
    if not may(roles=actor.roles, verb=SEE, kind="evidence.Dataset").allowed:
        return _kept_from_you("Evidence", "What the agencies have sent in.")
    state = supply(actor)
    supplied = [one for one in state if one.months or one.rows]
    late = [one for one in state if one.is_late]
    link = Link(text="See the evidence", href="/evidence")
    if not supplied:
        return Step(
            name="Evidence",
            state="now",
            status=Tag("Nothing yet", "grey"),
            text="No dataset has been sent in.",
            link=link,
        )
    return Step(
        name="Evidence",
        state="now" if late else "done",
        status=Tag(f"{len(late)} late", "yellow") if late else Tag("Up to date", "green"),
        count=printed(sum(one.rows for one in supplied), "number"),
        text=f"rows kept in {_datasets(supplied)}",
        link=link,
    )


def _datasets(supplied: list[SupplyView]) -> str:
    return f"{len(supplied)} {'dataset' if len(supplied) == 1 else 'datasets'}."


def _kept_from_you(name: str, text: str) -> Step:
    return Step(name=name, state="later", status=Tag("Not for your role", "grey"), text=text)

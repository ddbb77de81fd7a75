"""What a partnership has published, on its public front page."""

from __future__ import annotations

from wardwell.access.actor import Actor
from wardwell.access.queries import PartnershipView
from wardwell.assessment.rules.periods import said
from wardwell.publication.queries import published
from wardwell.web.components import Component, Empty, Panel, Tag, Task, Tasks, printed
from wardwell.web.published.addresses import document_href

SHOWN = 5


def published_panel(actor: Actor, view: PartnershipView) -> Component:
    """The latest documents, each with the way to read it."""
    rows = published(actor, view.code)
    if not rows:
        contents: list[Component] = [Empty(heading="Nothing is published yet")]
    else:
        contents = [
            Tasks(
                name="documents",
                items=[
                    Task(
                        title=one.title,
                        hint=f"{said(one.period_from, one.period_until)}. {one.reference}",
                        href=document_href(view.code, one.reference),
                        status=Tag("Withdrawn", "red") if one.is_withdrawn else printed(one.released_on, "date"),
                    )
                    for one in rows[:SHOWN]
                ],
            )
        ]
    return Panel(heading="Published documents", contents=contents)

"""How the states of an assessment and of its heads look."""

from __future__ import annotations

from datetime import date, timedelta

from wardwell.assessment.queries import AssessmentSummary, ItemView
from wardwell.assessment.rules.lifecycle import State
from wardwell.assessment.rules.periods import said
from wardwell.web.components import Tag

_STATES = {
    State.DRAFT: Tag("Draft", "blue"),
    State.IN_REVIEW: Tag("In review", "yellow"),
    State.SIGNED_OFF: Tag("Signed off", "green"),
    State.SUPERSEDED: Tag("Superseded", "grey"),
}
_HEADS = {
    "answered": Tag("Answered", "green"),
    "explained": Tag("Reason given", "teal"),
    "empty": Tag("Empty", "red"),
}


def state_tag(state: State) -> Tag:
    """The state of an assessment."""
    return _STATES[state]


def head_tag(item: ItemView) -> Tag:
    """Whether anything stands under a head, or why not."""
    return _HEADS[item.state]


def period_of(summary: AssessmentSummary) -> str:
    """The period assessed, as it is printed."""
    return said(summary.period_from, summary.period_until)


def last_month(until: date) -> date:
    """The last month of a period whose end is exclusive.

    >>> last_month(date(2025, 11, 1))
    datetime.date(2025, 10, 1)
    """
    return (until - timedelta(days=1)).replace(day=1)

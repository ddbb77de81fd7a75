"""What looks wrong with the evidence, who looks into it, and how the number of open issues goes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wardstats import Fault
from wardwell.access.actor import Actor
from wardwell.evidence.models import Issue
from wardwell.evidence.rules import IssueState, next_month

MONTHS_OF_TREND = 12


@dataclass(frozen=True, slots=True)
class IssueView:
    """An issue as shown: what was found, where and when; where it stands; and, once closed, why."""

    id: UUID
    fault: Fault
    area_code: str
    area_name: str
    crime_type: str
    period_from: date
    period_until: date
    sentence: str
    state: IssueState
    found_at: datetime
    seen_at: datetime
    owner: str
    closed_at: datetime | None
    reason: str

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


@dataclass(frozen=True, slots=True)
class OpenAtEnd:
    """How many issues were open at the end of a month, and how many were found and closed in it."""

    month: date
    found: int
    closed: int
    open: int


def issues(actor: Actor, *, open_only: bool = False) -> tuple[IssueView, ...]:
    """Every issue of the partnership worked for: open ones first, then the latest months first. There is no cap."""
    rows = Issue.objects.visible_to(actor).filter(partnership_id=actor.here).select_related("owner")
    found = [_view(row) for row in (rows.filter(closed_at__isnull=True) if open_only else rows)]
    return tuple(sorted(found, key=lambda one: (not one.is_open, -one.period_from.toordinal(), one.area_name)))


def issue(actor: Actor, issue_id: UUID) -> IssueView | None:
    """One issue, if the actor may see it."""
    row = Issue.objects.visible_to(actor).filter(id=issue_id, partnership_id=actor.here).select_related("owner").first()
    return _view(row) if row else None


def trend(actor: Actor, *, as_at: date) -> tuple[OpenAtEnd, ...]:
    """How the number of open issues went over the last twelve months, this one included, from the first month with any."""
    rows = list(Issue.objects.visible_to(actor).filter(partnership_id=actor.here).values_list("found_at", "closed_at"))
    if not rows:
        return ()
    found = Counter(_month(found_at) for found_at, _closed in rows)
    closed = Counter(_month(closed_at) for _found, closed_at in rows if closed_at)
    month, number, told = min(found), 0, []
    while month <= as_at:
        number += found[month] - closed[month]
        told.append(OpenAtEnd(month, found[month], closed[month], number))
        month = next_month(month)
    return tuple(told[-MONTHS_OF_TREND:])


def _month(moment: datetime) -> date:
    return moment.date().replace(day=1)


def _view(row: Issue) -> IssueView:
    return IssueView(
        id=row.id,
        fault=Fault[row.fault],
        area_code=row.area_code,
        area_name=row.area_name,
        crime_type=row.crime_type,
        period_from=row.period_from,
        period_until=row.period_until,
        sentence=row.sentence,
        state=IssueState(row.state),
        found_at=row.found_at,
        seen_at=row.seen_at,
        owner=row.owner.name if row.owner else "",
        closed_at=row.closed_at,
        reason=row.reason,
    )

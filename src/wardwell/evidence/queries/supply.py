"""What comes in: each dataset with the months it covers, its holes, its latest edition, and whether the next is late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.evidence.models import Dataset, Excuse, Part, Snapshot
from wardwell.evidence.periods import DueRule, Expectation, completed_on, day_of, due_day, periods
from wardwell.evidence.queries.described import DatasetView, view_of
from wardwell.evidence.rules import Cadence, Gap, due_on, gaps, is_late, missing_months, months_told, next_month


@dataclass(frozen=True, slots=True)
class SupplyView:
    """A dataset as supplied up to now.

    `missing` are months for which nothing at all was sent; `gaps` are holes in the series of one unit (a force), which the
    other units' files may hide. A month that is missing is not a month without crime. `renewed` are months of which an older
    edition was superseded; it is kept and can be read.
    """

    dataset: DatasetView
    months: int
    first_month: date | None
    last_month: date | None
    missing: tuple[date, ...]
    gaps: tuple[Gap, ...]
    renewed: tuple[date, ...]
    rows: int
    quarantined: int
    latest_edition: str
    latest_at: datetime | None
    due_on: date | None
    is_late: bool
    quiet: tuple[date, ...] = ()


def datasets(actor: Actor) -> tuple[DatasetView, ...]:
    """The datasets of the partnership worked for, by name."""
    return tuple(view_of(row) for row in _rows(actor))


def dataset(actor: Actor, code: str) -> DatasetView | None:
    """One dataset by its code, if the actor may see it."""
    return next((view_of(row) for row in _rows(actor) if row.code == code), None)


def supply(actor: Actor) -> tuple[SupplyView, ...]:
    """The state of supply of every dataset, by name, as at the actor's moment."""
    parts: dict[UUID, list[Part]] = defaultdict(list)
    renewed: dict[UUID, set[date]] = defaultdict(set)
    for part in Part.objects.visible_to(actor).filter(partnership_id=actor.here):
        if part.superseded_by_id is None:
            parts[part.dataset_id].append(part)
        elif part.month is not None:
            renewed[part.dataset_id].add(part.month)  # of a longer period, its first month
    latest: dict[UUID, Snapshot] = {}
    for kept in Snapshot.objects.visible_to(actor).filter(partnership_id=actor.here).order_by("taken_at", "id"):
        latest[kept.dataset_id] = kept
    as_at, rows = day_of(actor.at), _rows(actor)
    excused = _excused(actor, rows)
    return tuple(
        _supply(row, parts[row.id], renewed[row.id], latest.get(row.id), excused[row.id], as_at) for row in rows
    )


def _rows(actor: Actor) -> list[Dataset]:
    found = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here)
    return list(found.select_related("supplier", "owner", "described_by").order_by("name"))


def _excused(actor: Actor, rows: Iterable[Dataset]) -> dict[UUID, set[date]]:
    found: dict[UUID, set[date]] = defaultdict(set)
    expected = [row.id for row in rows if row.expected_from is not None]
    excuses = Excuse.objects.visible_to(actor).filter(dataset_id__in=expected)
    for dataset_id, period_from in excuses.values_list("dataset_id", "period_from"):
        found[dataset_id].add(period_from)
    return found


def _supply(
    row: Dataset, parts: list[Part], renewed: set[date], latest: Snapshot | None, excused: set[date], as_at: date
) -> SupplyView:
    begins = [(part.unit, part.month) for part in parts if part.month is not None]
    cadence = Cadence(row.cadence)
    of_months = [(unit, month) for unit, at in begins for month in months_told(at, table=row.table, cadence=cadence)]
    months = {month for _, month in of_months}
    empty = missing_months(months)
    due, late = _due(row, months, excused, as_at)
    return SupplyView(
        dataset=view_of(row),
        months=len(months),
        first_month=min(months, default=None),
        last_month=max(months, default=None),
        missing=() if row.is_sparse else empty,
        gaps=() if row.is_sparse else gaps(of_months),
        renewed=tuple(sorted(renewed)),
        rows=sum(part.accepted for part in parts),
        quarantined=sum(part.quarantined for part in parts),
        latest_edition=latest.edition if latest else "",
        latest_at=latest.taken_at if latest else None,
        due_on=due,
        is_late=late,
        quiet=empty if row.is_sparse else (),
    )


def _due(row: Dataset, months: Collection[date], excused: Collection[date], as_at: date) -> tuple[date | None, bool]:
    """The day of what comes after the last month held, and whether anything is late.

    Where nobody has said what is expected, the next edition is awaited as the cadence has it.
    """
    last, cadence = max(months, default=None), Cadence(row.cadence)
    if row.expected_from is None:
        due = due_on(last, cadence=cadence, days_after=row.due_days_after) if last else None
        return due, is_late(last, cadence=cadence, days_after=row.due_days_after, as_at=as_at)
    expected = Expectation(cadence, row.expected_from, row.expected_until)
    following = next_month(last) if last and last >= row.expected_from else row.expected_from
    found = periods(expected, as_at=max(as_at, following))
    days = {one: due_day(one, rule=DueRule(row.due_rule), days_after=row.due_days_after) for one in found}
    came = dict.fromkeys(months, date.min)
    late = any(
        as_at > due and one.begins not in excused and completed_on(one, came, is_sparse=row.is_sparse) is None
        for one, due in days.items()
    )
    return next((due for one, due in days.items() if one.begins <= following < one.until), None), late

"""What is expected of whom, what has come of it, and how each agency's record adds up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Sum

from wardwell.access.actor import Actor
from wardwell.evidence.models import Dataset, Excuse, Part, Reminder, Submission
from wardwell.evidence.periods import (
    COME,
    REMINDED_BEFORE,
    DueRule,
    Expectation,
    Period,
    Record,
    Standing,
    completed_on,
    day_of,
    due_day,
    periods,
    ranked,
    standing,
)
from wardwell.evidence.queries.described import DatasetView, view_of
from wardwell.evidence.rules import Cadence, State, months_told


@dataclass(frozen=True, slots=True)
class ReminderView:
    """Somebody was told that a period is due or late, in these words."""

    kind: str
    words: str
    mailed_to: int
    sent_by: str
    sent_at: datetime


@dataclass(frozen=True, slots=True)
class ExcuseView:
    """Why a period is no longer expected, who said so, and when."""

    reason: str
    excused_by: str
    excused_at: datetime


@dataclass(frozen=True, slots=True)
class PeriodView:
    """One period of a dataset as it stands on the actor's day.

    `days_late` counts on until it has come; `days_left` until its day, and is less than nought afterwards.
    """

    period: Period
    due: date
    standing: Standing
    months_in: int
    completed_on: date | None
    days_late: int
    days_left: int
    excuse: ExcuseView | None
    reminders: tuple[ReminderView, ...]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be sent."""
        return self.standing in {Standing.DUE_SOON, Standing.PARTLY, Standing.LATE}

    @property
    def is_due_soon(self) -> bool:
        """Whether its day comes within a fortnight and something is still to be sent."""
        return self.is_open and 0 <= self.days_left <= REMINDED_BEFORE.days

    @property
    def is_late(self) -> bool:
        """Whether its day has passed and something is still to be sent."""
        return self.is_open and self.days_late > 0


@dataclass(frozen=True, slots=True)
class Line:
    """A dataset of which periods are expected, with every period that has begun, oldest first."""

    dataset: DatasetView
    periods: tuple[PeriodView, ...]

    @property
    def supplier(self) -> str:
        return self.dataset.supplier

    def period(self, begins: date) -> PeriodView | None:
        """The period that begins on a day."""
        return next((one for one in self.periods if one.period.begins == begins), None)


@dataclass(frozen=True, slots=True)
class Standings:
    """An agency's record, with its place among those of enough periods to rank; None where there are too few."""

    supplier: str
    datasets: int
    record: Record
    place: int | None


def calendar(actor: Actor, *, dataset_code: str = "") -> tuple[Line, ...]:
    """What is expected, by supplier and dataset, as at the actor's day; of one dataset when a code is given."""
    rows = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here, expected_from__isnull=False)
    if dataset_code:
        rows = rows.filter(code=dataset_code)
    found = list(rows.select_related("supplier", "owner", "described_by").order_by("supplier__name", "name"))
    keys = [row.id for row in found]
    came, excused, told = _came(actor, keys), _excuses(actor, keys), _reminders(actor, keys)
    return tuple(_line(row, came[row.id], excused, told, day_of(actor.at)) for row in found)


def standings(actor: Actor, lines: Sequence[Line] | None = None) -> tuple[Standings, ...]:
    """How the agencies have supplied what was due, best first; those of too few periods to rank last, by name.

    Whoever has asked for the calendar already gives its lines, so that it is not read twice.
    """
    by_supplier: dict[str, list[Line]] = defaultdict(list)
    for line in calendar(actor) if lines is None else lines:
        by_supplier[line.supplier].append(line)
    if not by_supplier:
        return ()
    rows, refused = _rows(actor), _refused(actor)
    as_at = day_of(actor.at)
    found = [(supplier, lines, _record(lines, rows, refused, as_at)) for supplier, lines in sorted(by_supplier.items())]
    places = ranked([record for _, _, record in found])
    table = [
        Standings(supplier, len(of_one), record, place)
        for (supplier, of_one, record), place in zip(found, places, strict=True)
    ]
    return tuple(sorted(table, key=lambda one: (one.place is None, one.place or 0, one.supplier)))


def _came(actor: Actor, keys: list[UUID]) -> Mapping[UUID, dict[date, date]]:
    """The day on which each month of each dataset was first sent: an edition that renews it later changes nothing."""
    found: dict[UUID, dict[date, date]] = defaultdict(dict)
    parts = Part.objects.visible_to(actor).filter(dataset_id__in=keys, month__isnull=False).order_by()
    for part in parts.select_related("dataset", "snapshot__submission"):
        sent = part.snapshot.submission
        day = day_of(sent.sent_at if sent else part.snapshot.taken_at)
        days, of = found[part.dataset_id], part.dataset
        if part.month is not None:
            for month in months_told(part.month, table=of.table, cadence=Cadence(of.cadence)):
                days[month] = min(day, days.get(month, day))
    return found


def _excuses(actor: Actor, keys: list[UUID]) -> Mapping[tuple[UUID, date], ExcuseView]:
    rows = Excuse.objects.visible_to(actor).filter(dataset_id__in=keys).select_related("excused_by")
    return {
        (row.dataset_id, row.period_from): ExcuseView(row.reason, row.excused_by.name, row.excused_at) for row in rows
    }


def _reminders(actor: Actor, keys: list[UUID]) -> Mapping[tuple[UUID, date], list[ReminderView]]:
    found: dict[tuple[UUID, date], list[ReminderView]] = defaultdict(list)
    rows = Reminder.objects.visible_to(actor).filter(dataset_id__in=keys).select_related("sent_by")
    for row in rows.order_by("sent_at", "id"):
        view = ReminderView(row.kind, row.words, row.mailed_to, row.sent_by.name, row.sent_at)
        found[row.dataset_id, row.period_from].append(view)
    return found


def _line(
    row: Dataset,
    came: Mapping[date, date],
    excused: Mapping[tuple[UUID, date], ExcuseView],
    told: Mapping[tuple[UUID, date], list[ReminderView]],
    as_at: date,
) -> Line:
    if row.expected_from is None:
        return Line(view_of(row), ())
    expected = Expectation(Cadence(row.cadence), row.expected_from, row.expected_until)
    views = [
        _period(row, period, came, excused.get((row.id, period.begins)), told.get((row.id, period.begins), ()), as_at)
        for period in periods(expected, as_at=as_at)
    ]
    return Line(view_of(row), tuple(views))


def _period(
    row: Dataset,
    period: Period,
    came: Mapping[date, date],
    excuse: ExcuseView | None,
    told: Iterable[ReminderView],
    as_at: date,
) -> PeriodView:
    due = due_day(period, rule=DueRule(row.due_rule), days_after=row.due_days_after)
    complete = completed_on(period, came, is_sparse=row.is_sparse)
    stands = standing(period, due=due, came=came, as_at=as_at, is_sparse=row.is_sparse, excused=excuse is not None)
    months_in = sum(month in came for month in period.months)
    return PeriodView(
        period=period,
        due=due,
        standing=stands,
        months_in=len(period.months) if row.is_sparse and months_in else months_in,
        completed_on=complete,
        days_late=0 if stands == Standing.EXCUSED else max(0, ((complete or as_at) - due).days),
        days_left=(due - as_at).days,
        excuse=excuse,
        reminders=tuple(told),
    )


def _rows(actor: Actor) -> Mapping[UUID, tuple[int, int]]:
    """Rows sent and rows accepted of each dataset, over every file that was read."""
    parts = Part.objects.visible_to(actor).filter(partnership_id=actor.here).order_by()
    totals = parts.values("dataset_id").annotate(sent=Sum("rows_in"), kept=Sum("accepted"))
    return {one["dataset_id"]: (one["sent"], one["kept"]) for one in totals}


def _refused(actor: Actor) -> Mapping[UUID, int]:
    found: dict[UUID, int] = defaultdict(int)
    rows = Submission.objects.visible_to(actor).filter(partnership_id=actor.here, state=State.REFUSED.value)
    for dataset_id in rows.values_list("dataset_id", flat=True):
        found[dataset_id] += 1
    return found


def _record(
    lines: list[Line], rows: Mapping[UUID, tuple[int, int]], refused: Mapping[UUID, int], as_at: date
) -> Record:
    past = [one for line in lines for one in line.periods if one.due < as_at]
    due = [one for one in past if one.standing != Standing.EXCUSED]
    in_late = sum(one.standing == Standing.IN_LATE for one in due)
    on_time = sum(one.standing == Standing.ON_TIME for one in due)
    sent = [rows.get(line.dataset.id, (0, 0)) for line in lines]
    return Record(
        due=len(due),
        on_time=on_time,
        in_late=in_late,
        out=sum(one.standing not in COME for one in due),
        excused=len(past) - len(due),
        months=sum(len(one.period.months) for one in due),
        months_in=sum(one.months_in for one in due),
        rows_sent=sum(one for one, _ in sent),
        rows_accepted=sum(one for _, one in sent),
        refused=sum(refused.get(line.dataset.id, 0) for line in lines),
    )

"""What is expected of whom, and by when: periods, the day each is due, where each stands, and how an agency's record adds up.

Pure: days and counts in, words and counts out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from wardwell.evidence.rules import MONTHS_IN, Answer, Cadence, next_month

LONDON = ZoneInfo("Europe/London")

FIRST_PRESCRIBED = date(2007, 7, 1)
"""The first period of the prescribed sets (Crime and Disorder (Prescribed Information) Regulations 2007, SI 2007/1831)."""

REMINDED_BEFORE = timedelta(days=14)
"""How long before its day a period is called due soon, and its supplier reminded."""

FEWEST_TO_RANK = 4
"""Of fewer periods a share of those in on time says too little to put agencies in an order."""


class DueRule(StrEnum):
    """How the day is found by which a period's data are expected."""

    DAYS_AFTER = "so many days after the period's end"
    END_OF_NEXT = "by the end of the next period"


class Sensitivity(StrEnum):
    """What a dataset tells of people."""

    OPEN = "open"
    DEPERSONALISED = "depersonalised"
    PERSONAL = "personal"


class Standing(StrEnum):
    """Where the data of a period stand on a day."""

    NOT_DUE = "not due yet"
    DUE_SOON = "due soon"
    ON_TIME = "in on time"
    IN_LATE = "in late"
    PARTLY = "partly in"
    LATE = "late"
    EXCUSED = "excused"


COME = frozenset({Standing.ON_TIME, Standing.IN_LATE})


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Months that are expected together: the first day, and the first day after."""

    begins: date
    until: date

    @property
    def months(self) -> tuple[date, ...]:
        """The first day of each month.

        >>> len(Period(date(2025, 1, 1), date(2025, 4, 1)).months)
        3
        """
        return tuple(_months(self.begins, self.until))

    @property
    def words(self) -> str:
        """As people say it.

        >>> Period(date(2025, 1, 1), date(2025, 4, 1)).words, Period(date(2025, 4, 1), date(2026, 4, 1)).words
        ('January to March 2025', 'April 2025 to March 2026')
        """
        last = self.months[-1]
        if last == self.begins:
            return f"{last:%B %Y}"
        return f"{self.begins:%B}{'' if last.year == self.begins.year else f' {self.begins.year}'} to {last:%B %Y}"


@dataclass(frozen=True, slots=True)
class Expectation:
    """What is expected: periods from a date on, and the rule by which each gets its day.

    `is_sparse` is said of tables in which a month without any row is no fault, such as violence to crews: there a period is
    in as soon as anything of it has come. Of all others every month must have come.
    """

    cadence: Cadence
    begins: date
    until: date | None = None
    rule: DueRule = DueRule.DAYS_AFTER
    days_after: int = 60
    is_sparse: bool = False


def periods(expected: Expectation, *, as_at: date) -> tuple[Period, ...]:
    """The periods that have begun by a day, oldest first.

    >>> quarterly = Expectation(Cadence.QUARTERLY, date(2025, 1, 1))
    >>> [period.words for period in periods(quarterly, as_at=date(2025, 5, 1))]
    ['January to March 2025', 'April to June 2025']
    """
    found: list[Period] = []
    begins = expected.begins
    end = as_at if expected.until is None else min(as_at, expected.until - timedelta(days=1))
    while expected.cadence != Cadence.ONCE and begins <= end:
        found.append(Period(begins, _later(begins, MONTHS_IN[expected.cadence])))
        begins = found[-1].until
    return tuple(found)


def due_day(period: Period, *, rule: DueRule, days_after: int = 60) -> date:
    """The last day on which a period's data are in on time.

    By section 17A the prescribed sets of a quarter are due by the end of the next.

    >>> due_day(Period(date(2025, 1, 1), date(2025, 4, 1)), rule=DueRule.END_OF_NEXT)
    datetime.date(2025, 6, 30)
    >>> due_day(Period(date(2025, 10, 1), date(2025, 11, 1)), rule=DueRule.DAYS_AFTER, days_after=30)
    datetime.date(2025, 12, 1)
    """
    if rule == DueRule.END_OF_NEXT:
        return _later(period.until, len(period.months)) - timedelta(days=1)
    return period.until + timedelta(days=days_after)


def standing(
    period: Period, *, due: date, came: Mapping[date, date], as_at: date, is_sparse: bool = False, excused: bool = False
) -> Standing:
    """Where a period stands on a day, given the day on which each of its months was first sent.

    >>> quarter = Period(date(2025, 1, 1), date(2025, 4, 1))
    >>> [standing(quarter, due=date(2025, 6, 30), came={}, as_at=day).value
    ...     for day in (date(2025, 6, 15), date(2025, 6, 16), date(2025, 6, 30), date(2025, 7, 1))]
    ['not due yet', 'due soon', 'due soon', 'late']
    """
    complete = completed_on(period, came, is_sparse=is_sparse)
    if complete is not None and complete <= due:
        return Standing.ON_TIME
    if excused:
        return Standing.EXCUSED
    if complete is not None:
        return Standing.IN_LATE
    if any(month in came for month in period.months):
        return Standing.PARTLY
    if as_at > due:
        return Standing.LATE
    return Standing.DUE_SOON if due - as_at <= REMINDED_BEFORE else Standing.NOT_DUE


def completed_on(period: Period, came: Mapping[date, date], *, is_sparse: bool) -> date | None:
    """The day on which the last month of a period that was still wanting was sent; None while one is.

    >>> came = {date(2025, 1, 1): date(2025, 4, 3), date(2025, 3, 1): date(2025, 5, 9)}
    >>> completed_on(Period(date(2025, 1, 1), date(2025, 4, 1)), came, is_sparse=False)
    >>> completed_on(Period(date(2025, 1, 1), date(2025, 4, 1)), came, is_sparse=True)
    datetime.date(2025, 4, 3)
    """
    days = [came[month] for month in period.months if month in came]
    if is_sparse:
        return min(days, default=None)
    return max(days) if len(days) == len(period.months) else None


def can_be_expected(expected: Expectation) -> Answer:
    """Whether periods can be counted in this way, with the sentence for the screen.

    >>> can_be_expected(Expectation(Cadence.QUARTERLY, date(2025, 2, 1))).because
    'A quarter begins on 1 January, 1 April, 1 July or 1 October.'
    """
    if expected.cadence == Cadence.ONCE:
        return Answer(False, "It comes once, so no periods can be expected of it.")
    if expected.begins.day != 1:
        return Answer(False, "The first period begins on the first day of a month.")
    if expected.cadence == Cadence.QUARTERLY and expected.begins.month % 3 != 1:
        return Answer(False, "A quarter begins on 1 January, 1 April, 1 July or 1 October.")
    if expected.rule == DueRule.END_OF_NEXT and expected.begins < FIRST_PRESCRIBED:
        return Answer(False, "The prescribed periods begin on 1 July 2007.")
    if expected.until is not None and expected.until <= expected.begins:
        return Answer(False, "The last day must come after the first.")
    return Answer(True, "Periods can be expected.")


def can_be_chased(stands: Standing) -> Answer:
    """Whether a period is still wanted, so that its supplier can be chased for it or excused from it.

    >>> can_be_chased(Standing.LATE).allowed, can_be_chased(Standing.IN_LATE).because
    (True, 'It has come: in late.')
    """
    if stands in COME:
        return Answer(False, f"It has come: {stands}.")
    if stands == Standing.EXCUSED:
        return Answer(False, "It is excused already.")
    return Answer(True, "It is still wanted.")


@dataclass(frozen=True, slots=True)
class Record:
    """How an agency has supplied what was due: every share with the counts it is made of.

    `due` are the periods whose day has passed, without those excused. `months_in` of `months` is their coverage; rows are
    those of every file read of the same datasets. Files refused whole are counted apart, because their rows were not.
    """

    due: int
    on_time: int
    in_late: int
    out: int
    excused: int
    months: int
    months_in: int
    rows_sent: int
    rows_accepted: int
    refused: int

    @property
    def can_be_ranked(self) -> bool:
        """Whether there are enough periods to compare with others."""
        return self.due >= FEWEST_TO_RANK

    @property
    def merit(self) -> tuple[float, float]:
        """By what records are put in an order: the share of due periods in on time, then the share of months that are in."""
        return (self.on_time / self.due, self.months_in / self.months) if self.due else (0.0, 0.0)


def ranked(records: Sequence[Record]) -> tuple[int | None, ...]:
    """The place of each record by its merit, equal ones on the same place; None for those too few to rank.

    >>> def record(due: int, on_time: int, months_in: int) -> Record:
    ...     return Record(due, on_time, due - on_time, 0, 0, due, months_in, 0, 0, 0)
    >>> ranked([record(8, 6, 8), record(4, 4, 4), record(12, 9, 12), record(8, 6, 7), record(3, 3, 3)])
    (2, 1, 2, 4, None)
    """
    merits = [record.merit if record.can_be_ranked else None for record in records]
    return tuple(
        None if merit is None else 1 + sum(other > merit for other in merits if other is not None) for merit in merits
    )


def day_of(moment: datetime) -> date:
    """The day of a moment where the partnership is: what comes shortly before midnight in summer came on that day."""
    return moment.astimezone(LONDON).date()


def _later(month: date, months: int) -> date:
    for _ in range(months):
        month = next_month(month)
    return month


def _months(begins: date, until: date) -> Iterator[date]:
    while begins < until:
        yield begins
        begins = next_month(begins)

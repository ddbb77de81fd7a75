"""What holds for evidence: which months are missing, what is late, what supersedes what, and when a file may be taken in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from wardstats import sources


class State(StrEnum):
    """Where a submission stands."""

    RECEIVED = "received"
    CHECKING = "checking"
    ACCEPTED = "accepted"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


FINAL = frozenset({State.ACCEPTED, State.UNCHANGED, State.REFUSED})


class IssueState(StrEnum):
    """Where an issue with the evidence stands."""

    OPEN = "open"
    LOOKED_INTO = "being looked into"
    EXPLAINED = "explained"
    MENDED = "mended"
    NO_FAULT = "no fault"


CLOSED = frozenset({IssueState.EXPLAINED, IssueState.MENDED, IssueState.NO_FAULT})


def state_when_seen_again(state: IssueState) -> IssueState:
    """What becomes of an issue that the rules find again: what was said to be mended is not; other answers stand.

    >>> state_when_seen_again(IssueState.MENDED), state_when_seen_again(IssueState.EXPLAINED)
    (<IssueState.OPEN: 'open'>, <IssueState.EXPLAINED: 'explained'>)
    """
    return IssueState.OPEN if state == IssueState.MENDED else state


class Cadence(StrEnum):
    """How often a new edition is expected."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    ONCE = "once"


MONTHS_IN = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3, Cadence.YEARLY: 12}
SENT_IN = sources.READ
"""Tables whose files are sent in, period after period; the others are reference data, kept when a partnership is installed."""


class UnitOfFiles(StrEnum):
    """What one file is: it decides which older part a newer one supersedes."""

    FORCE_AND_MONTH = "one file a force and month"
    WHOLE = "one file for everything"


WHOLE_UNIT = "counts"


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether something can be done in the state things are in, with the sentence for the screen."""

    allowed: bool
    because: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A month inside a series for which a unit has sent nothing."""

    unit: str
    month: date


def can_take_in(state: State) -> Answer:
    """A submission is read once; what has come to an end stays as it is.

    >>> can_take_in(State.RECEIVED).allowed, can_take_in(State.CHECKING).allowed, can_take_in(State.REFUSED).allowed
    (True, True, False)
    """
    if state in FINAL:
        return Answer(False, f"This submission has come to its end: {state}.")
    return Answer(True, "It waits to be read.")


def next_month(month: date) -> date:
    """The first day of the month after.

    >>> next_month(date(2019, 12, 1))
    datetime.date(2020, 1, 1)
    """
    return date(month.year + month.month // 12, month.month % 12 + 1, 1)


def months_of_period(month: date, cadence: Cadence) -> tuple[date, ...]:
    """The months of the period that begins with a month.

    >>> [f"{month:%b}" for month in months_of_period(date(2026, 1, 1), Cadence.QUARTERLY)]
    ['Jan', 'Feb', 'Mar']
    """
    months = [month]
    for _ in range(MONTHS_IN.get(cadence, 1) - 1):
        months.append(next_month(months[-1]))
    return tuple(months)


OF_PERIODS = ("partner_counts",)
"""Tables whose rows are each about a whole period: a part that begins with a month tells of all months of its period."""


def months_told(month: date, *, table: str, cadence: Cadence) -> tuple[date, ...]:
    """The months that a part of a table tells of: its own, or those of the period that begins with it.

    >>> [len(months_told(date(2026, 1, 1), table=table, cadence=Cadence.QUARTERLY)) for table in ("partner_counts", "street_crime")]
    [3, 1]
    """
    return months_of_period(month, cadence) if table in OF_PERIODS else (month,)


def missing_months(months: Collection[date]) -> tuple[date, ...]:
    """The months without anything between the first and the last.

    >>> missing_months([date(2019, 6, 1), date(2019, 8, 1)])
    (datetime.date(2019, 7, 1),)
    """
    missing: list[date] = []
    held = set(months)
    month = min(held, default=None)
    while month is not None and month < max(held):
        if month not in held:
            missing.append(month)
        month = next_month(month)
    return tuple(missing)


def gaps(parts: Iterable[tuple[str, date]]) -> tuple[Gap, ...]:
    """The holes in each unit's own series, given the (unit, month) pairs that are there.

    >>> gaps([("btp", date(2014, 1, 1)), ("btp", date(2014, 3, 1)), ("kent", date(2014, 2, 1))])
    (Gap(unit='btp', month=datetime.date(2014, 2, 1)),)
    """
    held: dict[str, set[date]] = {}
    for unit, month in parts:
        held.setdefault(unit, set()).add(month)
    return tuple(Gap(unit, month) for unit in sorted(held) for month in missing_months(held[unit]))


def due_on(last: date, *, cadence: Cadence, days_after: int) -> date | None:
    """The day by which the edition after the last month held is expected; None when no other is.

    >>> due_on(date(2025, 10, 1), cadence=Cadence.MONTHLY, days_after=60)
    datetime.date(2026, 1, 30)
    """
    if cadence == Cadence.ONCE:
        return None
    end = next_month(last)
    for _ in range(MONTHS_IN[cadence]):
        end = next_month(end)
    return end + timedelta(days=days_after)


def is_late(last: date | None, *, cadence: Cadence, days_after: int, as_at: date) -> bool:
    """Whether the next edition should have come by now. A dataset that never had one is not late: nobody promised it yet."""
    due = due_on(last, cadence=cadence, days_after=days_after) if last else None
    return due is not None and due < as_at


def stem_of(file_name: str) -> str:
    """A file's name without folders and endings, as its kept rows carry it.

    >>> stem_of("2014-01/2014-01-btp-street.csv.gz")
    '2014-01-btp-street'
    """
    name = file_name.rsplit("/", 1)[-1].removesuffix(".gz")
    return name.removesuffix(".csv").removesuffix(".xlsx").removesuffix(".parquet")


def file_unit(source_file: str) -> str:
    """The unit a file is about: its stem without the leading year and month.

    >>> file_unit("2014-01-west-midlands-street"), file_unit("wolverhampton_2023-05")
    ('west-midlands-street', 'wolverhampton_2023-05')
    """
    year, _, rest = source_file.partition("-")
    month, _, unit = rest.partition("-")
    return unit if len(year) == 4 and len(month) == 2 and (year + month).isdecimal() and unit else source_file


def superseding_unit(source_file: str, unit_of_files: UnitOfFiles) -> str:
    """What a newer edition must match, together with the month, to supersede an older part.

    >>> superseding_unit("2014-01-btp-street", UnitOfFiles.FORCE_AND_MONTH)
    'btp-street'
    >>> superseding_unit("counts-to-2025-10", UnitOfFiles.WHOLE)
    'counts'
    """
    return WHOLE_UNIT if unit_of_files == UnitOfFiles.WHOLE else file_unit(source_file)


def doubled(keys: Sequence[tuple[str, date | None]]) -> tuple[str, date | None] | None:
    """A unit and month that one submission gives twice, so that nobody could say which counts; None when there is none.

    >>> doubled([("btp", date(2014, 1, 1)), ("btp", date(2014, 1, 1))])
    ('btp', datetime.date(2014, 1, 1))
    """
    return next((key for key, times in Counter(keys).items() if times > 1), None)


def period_said(months: Collection[date]) -> str:
    """Months in words, as in an event.

    >>> period_said([date(2014, 1, 1)]), period_said([date(2018, 1, 1), date(2021, 3, 1)]), period_said([])
    ('January 2014', 'January 2018 to March 2021', 'no month')
    """
    if not months:
        return "no month"
    first, last = f"{min(months):%B %Y}", f"{max(months):%B %Y}"
    return first if first == last else f"{first} to {last}"


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun.

    >>> counted(1, "row"), counted(1690, "row"), counted(0, "quarantined row")
    ('1 row', '1,690 rows', '0 quarantined rows')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def was_current(*, taken_at: datetime, superseded_at: datetime | None, as_at: datetime) -> bool:
    """Whether a part was the one to count at a moment.

    >>> early, late = datetime(2025, 1, 1), datetime(2025, 6, 1)
    >>> was_current(taken_at=early, superseded_at=late, as_at=datetime(2025, 3, 1))
    True
    >>> was_current(taken_at=early, superseded_at=late, as_at=late)
    False
    """
    return taken_at <= as_at and (superseded_at is None or as_at < superseded_at)

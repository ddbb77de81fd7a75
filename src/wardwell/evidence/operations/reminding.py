"""Suppliers are reminded before a period is due and chased when it is late, once each; and what cannot come is excused."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from wardwell.access.actor import Actor
from wardwell.access.policy import Role
from wardwell.access.queries import grants
from wardwell.agencies.queries import workers_at
from wardwell.audit.gate import Done, operation
from wardwell.evidence import locks
from wardwell.evidence.mailing import Letter, mail
from wardwell.evidence.models import Excuse, Reminder
from wardwell.evidence.periods import can_be_chased, day_of
from wardwell.evidence.queries import Line, PeriodView, calendar
from wardwell.evidence.rules import counted

MOST_NAMED = 20


class UnableToRemind(ValueError):
    """Why nobody can be chased, or nothing excused, in a sentence for the screen."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a day's round has sent: reminders of what is due soon, chasers of what is late, letters by e-mail."""

    reminders: int
    chasers: int
    letters: int


@operation(verb="remind", kind="evidence.Reminder")
def remind(*, actor: Actor, at: datetime) -> Done[Reminded]:
    """Remind of every period due within fourteen days and chase every one that is late: once each, however often it is run.

    Who supplies it sees them on their home page; where e-mail is switched on, each supplier gets one letter with all of them.
    """
    locks.wait_for(uuid5(actor.here, "reminders"))
    told = list(_to_tell(calendar(actor)))
    letters = 0
    by_agency: dict[str, list[tuple[Line, PeriodView, Reminder.Kind]]] = defaultdict(list)
    for line, one, kind in told:
        by_agency[line.dataset.supplier_code].append((line, one, kind))
    for agency, of_agency in by_agency.items():
        words = [_words(line, one) for line, one, _ in of_agency]
        addresses = mail(_addresses(actor, agency), Letter.about(words))
        letters += len(addresses)
        for (line, one, kind), sentence in zip(of_agency, words, strict=True):
            _keep(actor, at, line, one, kind, sentence, len(addresses))
    chasers = sum(kind == Reminder.Kind.CHASER for _, _, kind in told)
    reminded = Reminded(len(told) - chasers, chasers, letters)
    return Done(actor.here, _round_said(reminded, told), reminded)


@operation(verb="chase", kind="evidence.Reminder")
def chase(*, actor: Actor, at: datetime, dataset_code: str, period_from: date, words: str) -> Done[UUID]:
    """Tell a supplier, in the manager's own words, that a period is still wanted. Raises UnableToRemind."""
    line, one = _still_wanted(actor, dataset_code, period_from)
    if not words.strip():
        raise UnableToRemind("Say what you want to tell the supplier.")
    addresses = mail(_addresses(actor, line.dataset.supplier_code), Letter.about([_words(line, one)], words.strip()))
    key = _keep(actor, at, line, one, Reminder.Kind.OWN_WORDS, words.strip(), len(addresses))
    says = f"chased {line.supplier} for {one.period.words} of {line.dataset.name}: {words.strip()}"
    return Done(key, says, key)


@operation(verb="excuse", kind="evidence.Excuse")
def excuse(*, actor: Actor, at: datetime, dataset_code: str, period_from: date, reason: str) -> Done[UUID]:
    """Let a period no longer be expected, for a reason. Raises UnableToRemind."""
    # Two who excuse the same period meet here, and not at the database's own rule.
    locks.wait_for(uuid5(actor.here, "excuses"))
    line, one = _still_wanted(actor, dataset_code, period_from)
    if not reason.strip():
        raise UnableToRemind("Say why it is excused.")
    row = Excuse(
        partnership_id=actor.here, dataset_id=line.dataset.id, period_from=period_from, reason=reason.strip(),
        excused_by_id=actor.self_id, excused_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    says = f"excused {line.supplier} from {one.period.words} of {line.dataset.name}: {reason.strip()}"
    return Done(row.id, says, row.id)


def _still_wanted(actor: Actor, dataset_code: str, period_from: date) -> tuple[Line, PeriodView]:
    line = next(iter(calendar(actor, dataset_code=dataset_code)), None)
    one = line.period(period_from) if line else None
    if line is None or one is None:
        raise UnableToRemind("There is no such period.")
    answer = can_be_chased(one.standing)
    if not answer.allowed:
        raise UnableToRemind(answer.because)
    return line, one


def _to_tell(lines: Sequence[Line]) -> Iterator[tuple[Line, PeriodView, Reminder.Kind]]:
    for line in lines:
        for one in line.periods:
            kind = _kind(one)
            if kind is not None and kind not in {told.kind for told in one.reminders}:
                yield line, one, kind


def _kind(one: PeriodView) -> Reminder.Kind | None:
    if one.is_late:
        return Reminder.Kind.CHASER
    return Reminder.Kind.REMINDER if one.is_due_soon else None


def _words(line: Line, one: PeriodView) -> str:
    lacking = "" if not one.months_in else f", of which {one.months_in} of {len(one.period.months)} months are in,"
    due = f"{one.due.day} {one.due:%B %Y}"
    if one.is_late:
        return f"{line.dataset.name}, {one.period.words}{lacking} was due on {due} and is {counted(one.days_late, 'day')} late."
    return f"{line.dataset.name}, {one.period.words}{lacking} is due on {due}."


def _addresses(actor: Actor, agency: str) -> tuple[str, ...]:
    """Addresses of those who send an agency's data in to this partnership and work for it today."""
    there = workers_at(code=agency, as_at=day_of(actor.at))
    sending = (one for one in grants(actor) if one.role == Role.SUPPLIER and one.in_force and one.worker_id in there)
    return tuple(sorted({one.worker_email for one in sending}))


def _keep(
    actor: Actor, at: datetime, line: Line, one: PeriodView, kind: Reminder.Kind, words: str, mailed_to: int
) -> UUID:
    row = Reminder(
        partnership_id=actor.here, dataset_id=line.dataset.id, period_from=one.period.begins, kind=kind.value,
        words=words[:1000], due_on=one.due, mailed_to=mailed_to, sent_by_id=actor.self_id, sent_at=at,
    )  # fmt: skip
    row.save(force_insert=True)
    return row.id


def _round_said(reminded: Reminded, told: Sequence[tuple[Line, PeriodView, Reminder.Kind]]) -> str:
    if not told:
        return "looked for what is due or late, and found nothing that suppliers had not been told of"
    named = [f"{line.supplier} of {one.period.words} of {line.dataset.name}" for line, one, _ in told[:MOST_NAMED]]
    more = len(told) - len(named)
    return (
        f"sent {counted(reminded.reminders, 'reminder')} and {counted(reminded.chasers, 'chaser')}: {'; '.join(named)}"
        + (f"; and {more} more" if more else "")
    )

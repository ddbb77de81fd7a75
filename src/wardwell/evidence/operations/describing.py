"""What a dataset is said to be: its right to come, its terms, who looks after it, and when it is expected."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.audit.gate import Done, operation
from wardwell.evidence.models import Dataset
from wardwell.evidence.periods import DueRule, Expectation, Sensitivity, can_be_expected
from wardwell.evidence.rules import Cadence


class UnableToDescribe(ValueError):
    """Why a dataset cannot be described so, in a sentence for the screen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """All that may be changed about a dataset after it was declared; known faults are one a line.

    Where it comes from and what its table is stay as they were: what was kept under them refers to them.
    """

    publisher: str = ""
    gateway: str = ""
    owner_id: UUID | None = None
    retention: str = ""
    sensitivity: Sensitivity = Sensitivity.OPEN
    known_faults: str = ""
    note: str = ""
    due_rule: DueRule = DueRule.DAYS_AFTER
    due_days_after: int = 60
    expected_from: date | None = None
    expected_until: date | None = None
    is_sparse: bool = False


CALLED = {
    "publisher": "the publisher",
    "gateway": "the legal basis",
    "owner_id": "who looks after it",
    "retention": "how long it is kept",
    "sensitivity": "the sensitivity",
    "known_faults": "the known faults",
    "note": "the note",
    "due_rule": "the rule of when it is due",
    "due_days_after": "the days after which it is due",
    "expected_from": "the first period expected",
    "expected_until": "the day from which nothing more is expected",
    "is_sparse": "whether a month may have no row",
}


@operation(verb="describe", kind="evidence.Dataset")
def describe_dataset(*, actor: Actor, at: datetime, code: str, description: Description) -> Done[tuple[str, ...]]:
    """Change what is said of a dataset. Returns what was changed, in words; nothing is written where nothing is.

    Raises UnableToDescribe: for a dataset the actor does not see, or periods that cannot be counted so.
    """
    row = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here, code=code).first()
    if row is None:
        raise UnableToDescribe(f"This partnership has no dataset “{code}”.")
    changed = put_description(row, description, actor=actor, at=at)
    if not changed:
        return Done(row.id, f"left the description of {row.name} as it was", ())
    row.save()
    return Done(row.id, f"changed of {row.name}: {'; '.join(changed)}", changed)


def put_description(row: Dataset, description: Description, *, actor: Actor, at: datetime) -> tuple[str, ...]:
    """Write a description into a dataset that the caller saves, and say what it changes. Raises UnableToDescribe."""
    _refuse_faults(row, description)
    changed = tuple(
        f"{words}{_from_to(getattr(row, name), getattr(description, name))}"
        for name, words in CALLED.items()
        if getattr(row, name) != getattr(description, name)
    )
    for name in CALLED:
        setattr(row, name, getattr(description, name))
    if changed:
        row.described_at, row.described_by_id = at, actor.self_id
    return changed


def _refuse_faults(row: Dataset, description: Description) -> None:
    if description.expected_from is None:
        if description.expected_until is not None:
            raise UnableToDescribe("Say from when on it is expected, before you say until when.")
        return
    if row.supplier_id is None:
        raise UnableToDescribe("Nothing can be expected of a dataset that no agency supplies.")
    answer = can_be_expected(
        Expectation(
            cadence=Cadence(row.cadence),
            begins=description.expected_from,
            until=description.expected_until,
            rule=description.due_rule,
        )
    )
    if not answer.allowed:
        raise UnableToDescribe(answer.because)


def _from_to(old: object, new: object) -> str:
    """Short values are quoted in the audit trail; keys and long texts are not.

    >>> _from_to(60, 30), _from_to("", "7 years"), _from_to("x" * 200, "y")
    (' (from 60 to 30)', ' (to 7 years)', '')
    """
    if isinstance(old, UUID) or isinstance(new, UUID) or max(len(str(old)), len(str(new))) > 80:
        return ""
    return f" (from {old} to {_said(new)})" if old not in ("", None) else f" (to {_said(new)})"


def _said(value: object) -> str:
    return "nothing" if value in ("", None) else str(value)

"""Writing findings: kept under a head of the checklist, moved, removed and restored; numbers and gaps explained."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.assessment.models import ChecklistItem, Finding
from wardwell.assessment.operations.opening import (
    Theirs,
    UnableToAssess,
    UnableToSave,
    finding_in_draft,
    opened_draft,
)
from wardwell.assessment.rules.text import typed_numbers
from wardwell.audit.gate import Done, operation

KIND = "assessment.Finding"


@operation(verb="change", kind=KIND)
def write_finding(
    *,
    actor: Actor,
    at: datetime,
    assessment_id: UUID,
    item: str,
    heading: str,
    text: str,
    finding_id: UUID | None = None,
    version: int | None = None,
) -> Done[UUID]:
    """Write a new finding under a head of the checklist, or change one as it stood at `version`.

    Raises UnableToAssess: not a draft, no such head, nothing written. Raises UnableToSave when somebody else saved first.
    """
    if not heading.strip() or not text.strip():
        raise UnableToAssess("A finding has a heading and a text.")
    assessment = opened_draft(actor, assessment_id=assessment_id)
    head = _head(actor, assessment.id, item)
    if finding_id is None:
        row = Finding(partnership_id=assessment.partnership_id, assessment=assessment, item=head, version=0)
        row.position = _last_position(actor, head) + 1
    else:
        row = finding_in_draft(actor, finding_id=finding_id)
        _check(row, version=version, yours=text)
        row.item = head
    row.heading, row.text = heading.strip(), text.replace("\r\n", "\n").strip()
    row.version += 1
    row.is_as_drafted = False
    row.explained_numbers = _still_there(row)
    row.written_by_id, row.written_at = actor.self_id, at
    row.save()
    verb = "wrote" if finding_id is None else "changed"
    return Done(assessment.id, f"{verb} the finding “{row.heading}” in {assessment.title}", row.id)


@operation(verb="change", kind=KIND)
def move_finding(*, actor: Actor, at: datetime, finding_id: UUID, item: str, position: int) -> Done[UUID]:
    """Move a finding to a place (counted from 1) under a head of the checklist. Raises UnableToAssess."""
    row = finding_in_draft(actor, finding_id=finding_id)
    head = _head(actor, row.assessment_id, item)
    others = [one for one in _standing_under(actor, head) if one.id != row.id]
    row.item = head
    others.insert(max(0, min(position - 1, len(others))), row)
    for at_position, one in enumerate(others, start=1):
        one.position = at_position
        one.save(update_fields=["item", "position"])
    return Done(row.assessment_id, f"moved the finding “{row.heading}” under “{head.name}”", row.id)


@operation(verb="remove", kind=KIND)
def remove_finding(*, actor: Actor, at: datetime, finding_id: UUID) -> Done[UUID]:
    """Take a finding out. It can be restored as long as the assessment is a draft. Raises UnableToAssess."""
    row = finding_in_draft(actor, finding_id=finding_id)
    if row.removed_at is not None:
        raise UnableToAssess("This finding has been removed already.")
    row.removed_at, row.removed_by_id = at, actor.self_id
    row.save(update_fields=["removed_at", "removed_by"])
    return Done(row.assessment_id, f"removed the finding “{row.heading}”", row.id)


@operation(verb="change", kind=KIND)
def restore_finding(*, actor: Actor, at: datetime, finding_id: UUID) -> Done[UUID]:
    """Undo a removal: the finding stands again where it stood. Raises UnableToAssess."""
    row = finding_in_draft(actor, finding_id=finding_id)
    if row.removed_at is None:
        raise UnableToAssess("This finding has not been removed.")
    row.removed_at = row.removed_by = None
    row.save(update_fields=["removed_at", "removed_by"])
    return Done(row.assessment_id, f"restored the finding “{row.heading}”", row.id)


@operation(verb="change", kind=KIND)
def explain_number(
    *, actor: Actor, at: datetime, finding_id: UUID, number: str, sentence: str, reason: str
) -> Done[UUID]:
    """Say why a number typed by hand stands in a sentence without a figure. Change the sentence, and it is asked again.

    Raises UnableToAssess: without a reason, or when no such number stands in such a sentence.
    """
    row = finding_in_draft(actor, finding_id=finding_id)
    if not reason.strip():
        raise UnableToAssess("Say where the number comes from, or cite a figure.")
    if not any(one.number == number and one.sentence == sentence for one in typed_numbers(row.text)):
        raise UnableToAssess(f"The number “{number}” does not stand in that sentence any more.")
    others = [one for one in row.explained_numbers if (one["number"], one["sentence"]) != (number, sentence)]
    entry = {"number": number, "sentence": sentence, "reason": reason.strip(), "by": actor.name, "at": at.isoformat()}
    row.explained_numbers = [*others, entry]
    row.save(update_fields=["explained_numbers"])
    says = f"explained the number “{number}” in the finding “{row.heading}”: {reason.strip()}"
    return Done(row.assessment_id, says, row.id)


@operation(verb="change", kind="assessment.ChecklistItem")
def explain_absence(*, actor: Actor, at: datetime, assessment_id: UUID, item: str, reason: str) -> Done[UUID]:
    """Say why nothing stands under a head of the checklist; an empty reason takes one back. Raises UnableToAssess."""
    assessment = opened_draft(actor, assessment_id=assessment_id)
    head = _head(actor, assessment.id, item)
    head.absence_reason = reason.strip()
    head.explained_by_id, head.explained_at = actor.self_id, at
    head.save(update_fields=["absence_reason", "explained_by", "explained_at"])
    says = f"said why “{head.name}” is empty: {head.absence_reason}"
    if not head.absence_reason:
        says = f"took back why “{head.name}” is empty"
    return Done(assessment.id, f"{says} ({assessment.title})", head.id)


def _head(actor: Actor, assessment_id: UUID, code: str) -> ChecklistItem:
    found = ChecklistItem.objects.visible_to(actor).filter(assessment_id=assessment_id, code=code).first()
    if found is None:
        raise UnableToAssess(f"The checklist has no head “{code}”.")
    return found


def _standing_under(actor: Actor, head: ChecklistItem) -> list[Finding]:
    rows = Finding.objects.visible_to(actor).filter(item_id=head.id, removed_at__isnull=True)
    return list(rows.order_by("position", "id"))


def _last_position(actor: Actor, head: ChecklistItem) -> int:
    return max((one.position for one in _standing_under(actor, head)), default=0)


def _check(row: Finding, *, version: int | None, yours: str) -> None:
    if row.removed_at is not None:
        raise UnableToAssess("This finding has been removed: restore it first.")
    if version == row.version:
        return
    theirs = Theirs(row.heading, row.text, row.version, row.written_by.name)
    sentence = (
        f"{row.written_by.name} changed this finding while you were writing. Nothing is lost: theirs is saved, and yours is "
        "still here. Put the two together and save again."
    )
    raise UnableToSave(sentence, theirs=theirs, yours=yours)


def _still_there(row: Finding) -> list[dict[str, str]]:
    standing = {(one.number, one.sentence) for one in typed_numbers(row.text)}
    return [one for one in row.explained_numbers if (one["number"], one["sentence"]) in standing]

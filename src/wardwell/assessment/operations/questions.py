"""Questions put to the evidence: saved under a name, renamed, removed and restored."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.assessment.models import SavedQuestion
from wardwell.audit.gate import Done, operation

KIND = "assessment.SavedQuestion"
LONGEST = 100


class UnableToSaveQuestion(ValueError):
    """Why a question is not saved, renamed, removed or restored, in a sentence for the screen."""


@operation(verb="add", kind=KIND)
def save_question(*, actor: Actor, at: datetime, name: str, asked: Mapping[str, str], in_words: str) -> Done[UUID]:
    """Keep a question under a name. Raises UnableToSaveQuestion: no name, or one that another question has."""
    if actor.here is None:
        raise UnableToSaveQuestion("You work for no partnership at this moment.")
    row = SavedQuestion(
        partnership_id=actor.here,
        name=_free(actor, name),
        asked=dict(asked),
        in_words=in_words,
        saved_by_id=actor.self_id,
        saved_at=at,
    )
    row.save(force_insert=True)
    return Done(row.id, f"saved the question “{row.name}”: {in_words}", row.id)


@operation(verb="change", kind=KIND)
def rename_question(*, actor: Actor, at: datetime, question_id: UUID, name: str) -> Done[UUID]:
    """Give a saved question another name. Raises UnableToSaveQuestion."""
    row = _held(actor, question_id)
    if row.removed_at is not None:
        raise UnableToSaveQuestion("This question has been removed: restore it first.")
    before, row.name = row.name, _free(actor, name, but=row)
    row.save(update_fields=["name"])
    return Done(row.id, f"renamed the saved question “{before}” to “{row.name}”", row.id)


@operation(verb="remove", kind=KIND)
def remove_question(*, actor: Actor, at: datetime, question_id: UUID) -> Done[UUID]:
    """Take a saved question off the list. It is kept, and can be restored. Raises UnableToSaveQuestion."""
    row = _held(actor, question_id)
    if row.removed_at is not None:
        raise UnableToSaveQuestion("This question has been removed already.")
    rows = SavedQuestion.objects.visible_to(actor).filter(id=row.id)
    rows.update(removed_at=at, removed_by_id=actor.self_id)
    return Done(row.id, f"removed the saved question “{row.name}”", row.id)


@operation(verb="change", kind=KIND)
def restore_question(*, actor: Actor, at: datetime, question_id: UUID) -> Done[UUID]:
    """Put a removed question back on the list. Raises UnableToSaveQuestion: it stands there, or its name is taken."""
    row = _held(actor, question_id)
    if row.removed_at is None:
        raise UnableToSaveQuestion("This question has not been removed.")
    row.name = _free(actor, row.name, but=row)
    row.removed_at = row.removed_by = None
    row.save(update_fields=["removed_at", "removed_by"])
    return Done(row.id, f"restored the saved question “{row.name}”", row.id)


def _held(actor: Actor, question_id: UUID) -> SavedQuestion:
    """A question of the partnership worked for, held for this transaction."""
    rows = SavedQuestion.objects.visible_to(actor).filter(id=question_id, partnership_id=actor.here)
    row = rows.select_for_update(of=("self",)).first()
    if row is None:
        raise UnableToSaveQuestion("There is no such saved question.")
    return row


def _free(actor: Actor, name: str, *, but: SavedQuestion | None = None) -> str:
    """The name as it is kept, if no other question on the list has it."""
    kept = " ".join(name.split())
    if not kept:
        raise UnableToSaveQuestion("Give the question a name.")
    if len(kept) > LONGEST:
        raise UnableToSaveQuestion(f"A name has at most {LONGEST} characters.")
    others = SavedQuestion.objects.visible_to(actor).filter(
        partnership_id=actor.here, name=kept, removed_at__isnull=True
    )
    others = others.exclude(id=but.id) if but else others
    if others.exists():
        raise UnableToSaveQuestion(f"There is a saved question “{kept}” already.")
    return kept

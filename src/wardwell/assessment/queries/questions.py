"""Saved questions: those on the list, those that were removed, and one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet

from wardwell.access.actor import Actor
from wardwell.assessment.models import SavedQuestion


@dataclass(frozen=True, slots=True)
class SavedQuestionView:
    """A question under its name: `asked` as the explorer's address carries it, `in_words` as a sentence says it."""

    id: UUID
    name: str
    asked: Mapping[str, str]
    in_words: str
    saved_by: str
    saved_at: datetime
    removed_by: str = ""
    removed_at: datetime | None = None

    @property
    def is_removed(self) -> bool:
        return self.removed_at is not None


def saved_questions(actor: Actor) -> tuple[SavedQuestionView, ...]:
    """Every question saved by the partnership worked for, by name; removed ones last."""
    rows = _rows(actor).order_by("removed_at", "name", "id")
    found = [_view(row) for row in rows]
    return tuple(sorted(found, key=lambda one: one.is_removed))


def saved_question(actor: Actor, *, question_id: UUID) -> SavedQuestionView | None:
    """One saved question, removed or not; None for whoever may not see it."""
    row = _rows(actor).filter(id=question_id).first()
    return None if row is None else _view(row)


def _rows(actor: Actor) -> QuerySet[SavedQuestion]:
    return (
        SavedQuestion.objects.visible_to(actor)
        .filter(partnership_id=actor.here)
        .select_related("saved_by", "removed_by")
    )


def _view(row: SavedQuestion) -> SavedQuestionView:
    return SavedQuestionView(
        id=row.id,
        name=row.name,
        asked=row.asked,
        in_words=row.in_words,
        saved_by=row.saved_by.name,
        saved_at=row.saved_at,
        removed_by=row.removed_by.name if row.removed_by else "",
        removed_at=row.removed_at,
    )

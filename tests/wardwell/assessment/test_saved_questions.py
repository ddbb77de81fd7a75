"""Saved questions: one name each, kept after removal, seen by the Board, and by nobody of another partnership."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.world import World
from wardwell.access.actor import Actor
from wardwell.assessment import operations, queries
from wardwell.assessment.operations import UnableToSaveQuestion
from wardwell.audit.gate import NotAllowed
from wardwell.audit.queries import events

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

ASKED = {"type": "Burglary", "from": "2024-11", "to": "2025-10"}
WORDS = "burglary in Wolverhampton, November 2024 to October 2025"


def save(actor: Actor, name: str = "Burglary") -> UUID:
    """Somebody saves a question."""
    return operations.save_question(actor=actor, at=actor.at, name=name, asked=ASKED, in_words=WORDS)


def names(actor: Actor) -> list[str]:
    """The names on the list."""
    return [one.name for one in queries.saved_questions(actor) if not one.is_removed]


def test_keeps_what_was_asked_and_who_asked(world: World) -> None:
    anil = world.actor("anil")
    kept = queries.saved_question(anil, question_id=save(anil, "  Burglary   by month "))
    assert kept is not None
    assert (kept.name, kept.asked, kept.in_words, kept.saved_by) == ("Burglary by month", ASKED, WORDS, anil.name)
    assert any(WORDS in one.sentence for one in events(anil).events)


def test_gives_a_name_once(world: World) -> None:
    anil = world.actor("anil")
    first = save(anil)
    with pytest.raises(UnableToSaveQuestion, match="There is a saved question “Burglary” already"):
        save(anil)
    with pytest.raises(UnableToSaveQuestion, match="Give the question a name"):
        save(anil, " ")
    operations.rename_question(actor=anil, at=anil.at, question_id=first, name="Burglaries")
    save(anil)
    assert names(anil) == ["Burglaries", "Burglary"]


def test_restores_what_was_removed_unless_its_name_is_taken(world: World) -> None:
    anil = world.actor("anil")
    first = save(anil)
    operations.remove_question(actor=anil, at=anil.at, question_id=first)
    assert names(anil) == []
    second = save(anil)
    with pytest.raises(UnableToSaveQuestion, match="already"):
        operations.restore_question(actor=anil, at=anil.at, question_id=first)
    operations.rename_question(actor=anil, at=anil.at, question_id=second, name="Another")
    operations.restore_question(actor=anil, at=anil.at, question_id=first)
    assert names(anil) == ["Another", "Burglary"]


def test_does_nothing_to_what_was_removed(world: World) -> None:
    anil = world.actor("anil")
    kept = save(anil)
    operations.remove_question(actor=anil, at=anil.at, question_id=kept)
    with pytest.raises(UnableToSaveQuestion, match="removed already"):
        operations.remove_question(actor=anil, at=anil.at, question_id=kept)
    with pytest.raises(UnableToSaveQuestion, match="restore it first"):
        operations.rename_question(actor=anil, at=anil.at, question_id=kept, name="New")


def test_is_seen_by_the_board_and_changed_by_analyst_and_manager_alone(world: World) -> None:
    kept = save(world.actor("anil"))
    beth = world.actor("beth")
    assert names(beth) == ["Burglary"]
    with pytest.raises(NotAllowed):
        save(beth, "Mine")
    with pytest.raises(NotAllowed):
        operations.remove_question(actor=beth, at=beth.at, question_id=kept)
    maya = world.actor("maya")
    operations.remove_question(actor=maya, at=maya.at, question_id=kept)
    rhona = world.actor("rhona")
    assert queries.saved_questions(rhona) == ()
    with pytest.raises(UnableToSaveQuestion, match="no such"):
        operations.restore_question(actor=rhona, at=rhona.at, question_id=kept)

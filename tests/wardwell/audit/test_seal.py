"""Whoever alters, removes or inserts an event behind the trail's back is found, even with the database in their hands."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection, transaction

from tests.world import NOW, World, find_world
from wardwell.access.actor import Actor
from wardwell.access.queries import actor_named
from wardwell.audit.gate import Reading, record_reading
from wardwell.audit.queries import verify


@pytest.fixture
def trail(as_migrator: None) -> Iterator[World]:
    """Five events in Wolverhampton and two in Rotherham, in a transaction that belongs to the tables' owner."""
    with transaction.atomic():
        world = find_world()
        for number in range(5):
            record_reading(
                actor=_actor("anil"), reading=Reading("meetings.Group", "", f"looked at page {number} of the “Board”")
            )
        for _ in range(2):
            record_reading(actor=_actor("rhona"), reading=Reading("meetings.Group", "", "looked at the Board"))
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield world
        transaction.set_rollback(True)


def _actor(who: str) -> Actor:
    return actor_named(email=f"{who}@wardwell.example", at=NOW)


TAMPERING = {
    "a word altered": "UPDATE audit_event SET sentence = replace(sentence, 'page 2', 'page 7')",
    "a name altered": "UPDATE audit_event SET actor_name = 'Somebody else' WHERE sequence = 2",
    "a moment altered": "UPDATE audit_event SET at = at - interval '1 day' WHERE sequence = 3",
    "an event removed": "DELETE FROM audit_event WHERE sequence = 3",
    "the first removed": "DELETE FROM audit_event WHERE sequence = 1",
    "the last removed": "DELETE FROM audit_event WHERE sequence = 5",
    "an event inserted": """
        INSERT INTO audit_event (id, sequence, at, actor_name, verb, kind, subject, sentence, rule, because, purpose,
            previous_hash, hash, partnership_id)
        SELECT uuidv7(), 3, at, actor_name, verb, kind, subject, 'looked away', rule, because, purpose,
            previous_hash, hash, partnership_id FROM audit_event WHERE sequence = 3""",
    "two exchanged": "UPDATE audit_event SET sequence = CASE sequence WHEN 1 THEN 2 ELSE 1 END WHERE sequence IN (1, 2)",
    "everything removed": "DELETE FROM audit_event",
}


class TestTheSeal:
    def test_holds_over_an_honest_trail(self, trail: World) -> None:
        assert verify() == ()

    @pytest.mark.parametrize("statement", TAMPERING.values(), ids=TAMPERING.keys())
    def test_finds(self, trail: World, statement: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE audit_event DISABLE TRIGGER USER")
            cursor.execute(statement)
        assert verify() != ()

    def test_refuses_even_its_owner_without_disabling_the_guard(self, trail: World) -> None:
        with pytest.raises(Exception, match="only ever added"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("DELETE FROM audit_event")

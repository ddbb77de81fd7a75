"""Every change passes the gate: the policy is asked, the change is made, and the trail says so in plain words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection, transaction

from tests.world import World
from wardwell.access.policy import Role
from wardwell.access.queries import grants
from wardwell.agencies.operations import UnableToGiveAccess, end_access, give_access, open_staff_session
from wardwell.audit.gate import NotAllowed, Reading, record_reading
from wardwell.audit.queries import events, head

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


class TestOpenStaffSession:
    def test_gives_ravi_the_power_until_its_end(self, world: World) -> None:
        ravi = world.actor("ravi")
        open_staff_session(actor=ravi, at=world.at, reason="new analyst starts", until=world.at + timedelta(hours=2))
        assert Role.STAFF_SESSION in world.actor("ravi").roles
        assert Role.STAFF_SESSION not in world.actor("ravi", at=world.at + timedelta(hours=2)).roles

    @pytest.mark.parametrize("hours", [0, -1, 9])
    def test_refuses_an_end_that_is_no_end(self, world: World, hours: int) -> None:
        with pytest.raises(UnableToGiveAccess, match="within eight hours"):
            open_staff_session(
                actor=world.actor("ravi"), at=world.at, reason="repair", until=world.at + timedelta(hours=hours)
            )

    @pytest.mark.parametrize("who", ["maya", "anil", "beth", "sam", "dora", "nora", "leon", "rhona"])
    def test_refuses_everybody_else_and_says_so_in_the_trail(self, world: World, who: str) -> None:
        actor = world.actor(who)
        with pytest.raises(NotAllowed, match="administrator"):
            open_staff_session(actor=actor, at=world.at, reason="curiosity", until=world.at + timedelta(hours=1))


class TestGiveAccess:
    def test_lets_nora_in_and_the_trail_reads_as_a_sentence(self, world: World) -> None:
        ravi = in_staff_session(world)
        give_access(
            actor=ravi, at=world.at, email="nora@wardwell.example", name="Nora Fielding", job_title="trainee",
            role=Role.ANALYST, reason="covers for Anil in August",
        )  # fmt: skip
        assert Role.ANALYST in world.actor("nora").roles
        trail = events(world.actor("dora"), kind="access.Grant")
        assert trail.events[0].sentence == (
            "Ravi Mistry gave Nora Fielding the role of analyst: covers for Anil in August"
        )

    def test_refuses_ravi_without_a_staff_session(self, world: World) -> None:
        with pytest.raises(NotAllowed, match="staff session"):
            give_access(
                actor=world.actor("ravi"), at=world.at, email="x@wardwell.example", name="X", job_title="",
                role=Role.ANALYST, reason="y",
            )  # fmt: skip

    def test_refuses_access_for_oneself(self, world: World) -> None:
        with pytest.raises(UnableToGiveAccess, match="another administrator"):
            give_access(
                actor=in_staff_session(world), at=world.at, email="ravi@wardwell.example", name="Ravi Mistry", job_title="",
                role=Role.MANAGER, reason="handy",
            )  # fmt: skip

    def test_refuses_access_without_a_reason(self, world: World) -> None:
        with pytest.raises(UnableToGiveAccess, match="why"):
            give_access(
                actor=in_staff_session(world), at=world.at, email="x@wardwell.example", name="X", job_title="",
                role=Role.ANALYST, reason=" ",
            )  # fmt: skip


class TestEndAccess:
    def test_shuts_the_door_at_once(self, world: World) -> None:
        ravi = in_staff_session(world)
        held = next(view for view in grants(ravi) if view.worker_name == "Anil Sandhu" and view.in_force)
        end_access(actor=ravi, at=world.at, grant_id=held.id, reason="changed jobs")
        assert world.actor("anil").roles == {Role.PUBLIC}

    def test_cannot_reach_over_the_wall(self, world: World) -> None:
        rhona = world.actor("rhona")
        theirs = next(view for view in grants(rhona) if view.worker_name == "Rhona Castle")
        with pytest.raises(UnableToGiveAccess, match="no such access"):
            end_access(actor=in_staff_session(world), at=world.at, grant_id=theirs.id, reason="meddling")


class TestTheTrail:
    def test_is_seen_whole_by_dora_and_by_others_only_what_they_did_themselves(self, world: World) -> None:
        for who in ("anil", "beth"):
            record_reading(actor=world.actor(who), reading=Reading("meetings.Group", "", "looked at the Board"))
        assert {view.actor_name for view in events(world.actor("dora")).events} == {"Anil Sandhu", "Beth Hargreaves"}
        assert {view.actor_name for view in events(world.actor("anil")).events} == {"Anil Sandhu"}
        assert events(world.actor("rhona")).total == 0

    def test_cannot_be_written_in_somebody_elses_name(self, world: World) -> None:
        world.actor("anil")
        forged = """
            INSERT INTO audit_event (id, at, actor_id, actor_name, verb, kind, subject, sentence, rule, because, purpose,
                sequence, previous_hash, hash)
            VALUES (uuidv7(), now(), %s, 'Beth', 'see', 'x', '', 'x', '', '', '', 0, '', '')"""
        with pytest.raises(Exception, match="row-level security"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(forged, [world.workers["beth"]])

    def test_says_nothing_of_what_the_public_read(self, world: World) -> None:
        before = head(partnership_id=world.partnerships["swp"])
        record_reading(actor=world.actor("public"), reading=Reading("meetings.Group", "", "looked"))
        assert head(partnership_id=world.partnerships["swp"]) == before

    def test_holds_nothing_when_the_change_fails(self, world: World) -> None:
        before = head(partnership_id=world.partnerships["swp"])
        with pytest.raises(UnableToGiveAccess):
            open_staff_session(actor=world.actor("ravi"), at=world.at, reason=" ", until=world.at)
        assert head(partnership_id=world.partnerships["swp"]) == before


def in_staff_session(world: World):  # type: ignore[no-untyped-def]
    """Ravi, within a staff session."""
    open_staff_session(
        actor=world.actor("ravi"), at=world.at, reason="access for a new colleague", until=world.at + timedelta(hours=1)
    )
    return world.actor("ravi")

"""What whoever has got hold of the application's own role still cannot do, and what a role here does not open there."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from cryptography.fernet import InvalidToken
from django.contrib.auth import get_user_model
from django.db import ProgrammingError, connection, transaction

from tests import holding
from tests.world import World
from wardwell.access.policy import Role
from wardwell.access.protection import time_ordered_key
from wardwell.access.queries import grants
from wardwell.access.register import add_grant
from wardwell.agencies.operations import UnableToGiveAccess, end_access, give_access
from wardwell.audit.queries import events
from wardwell.evidence import queries as evidence
from wardwell.evidence.operations import UnableToTakeIn, take_in

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

EVENT = """
    INSERT INTO audit_event (id, partnership_id, sequence, at, actor_id, actor_name, verb, kind, subject, sentence, rule,
        because, purpose, previous_hash, hash)
    VALUES (%s, %s, 0, %s, %s, 'Anil Sandhu', 'see', 'meetings.Group', '', 'looked', '', '', '', '', '')"""


def _add_event(world: World, *, partnership: str | None, by: str | None) -> None:
    key = world.partnerships[partnership] if partnership else None
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(EVENT, [time_ordered_key(), key, world.at, world.workers[by] if by else None])


class TestAnEvent:
    def test_is_added_in_ones_own_partnership_and_in_none(self, world: World) -> None:
        world.actor("anil")
        _add_event(world, partnership="swp", by="anil")
        _add_event(world, partnership=None, by="anil")

    def test_is_added_by_whoever_held_a_role_there_before(self, world: World) -> None:
        world.actor("leon")
        _add_event(world, partnership="swp", by="leon")

    @pytest.mark.parametrize(
        ("who", "partnership", "by"),
        [
            ("anil", "srp", "anil"),
            ("anil", "swp", "maya"),
            ("anil", "swp", None),
            ("public", "swp", None),
            ("public", None, "anil"),
        ],
    )
    def test_is_not_added_elsewhere_or_in_another_name(
        self, world: World, who: str, partnership: str | None, by: str | None
    ) -> None:
        world.actor(who)
        with pytest.raises(ProgrammingError, match="row-level security"):
            _add_event(world, partnership=partnership, by=by)


class TestTheApplicationsRole:
    def test_cannot_put_a_table_of_its_own_before_the_heads_of_the_chains(self, world: World) -> None:
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("CREATE TEMPORARY TABLE audit_chain (chain uuid PRIMARY KEY, length bigint, hash text)")

    def test_runs_no_function_of_the_owner_that_looks_among_temporary_tables_first(self, world: World) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT proname FROM pg_proc WHERE prosecdef AND pronamespace = 'public'::regnamespace"
                " AND NOT 'search_path=public, pg_temp' = ANY (COALESCE(proconfig, '{}'))"
            )
            assert cursor.fetchall() == []

    def test_cannot_move_a_row_over_the_wall(self, world: World) -> None:
        anil = world.actor("anil")
        holding.keep_evidence(anil, at=anil.at)
        with (
            pytest.raises(ProgrammingError, match="row-level security"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute("UPDATE evidence_dataset SET partnership_id = %s", [world.partnerships["srp"]])


class TestSomebodyWhoWorksForBoth:
    """A role in the one partnership gives no power in the other, whatever may be seen there."""

    def test_ends_no_access_in_the_partnership_not_worked_for(self, world: World) -> None:
        _staff_session(world, "tess", "swp")
        add_grant(
            worker_id=world.workers["tess"],
            partnership_id=world.partnerships["srp"],
            role=Role.DATA_PROTECTION,
            reason="invented for tests",
            active_from=world.at,
        )
        theirs = _grant_of(world, "rhona", "srp")
        tess = world.actor("tess", partnership="swp")
        with pytest.raises(UnableToGiveAccess, match="no such access"):
            end_access(actor=tess, at=tess.at, grant_id=theirs, reason="because")

    def test_opens_nothing_of_the_partnership_not_worked_for(self, world: World) -> None:
        anil = world.actor("anil")
        holding.keep_evidence(anil, at=anil.at)
        snapshot = evidence.snapshots(anil, dataset_code="counts").snapshots[0].id
        submission = evidence.submissions(anil)[0].id
        tess = world.actor("tess", partnership="srp")
        assert evidence.snapshot(tess, snapshot) is None
        assert evidence.submission(tess, submission) is None

    def test_takes_in_nothing_that_was_sent_to_the_other(self, world: World) -> None:
        anil = world.actor("anil")
        holding.keep_evidence(anil, at=anil.at)
        submission = evidence.submissions(anil)[0].id
        add_grant(
            worker_id=world.workers["rhona"],
            partnership_id=world.partnerships["swp"],
            role=Role.ANALYST,
            reason="invented for tests",
            active_from=world.at,
        )
        rhona = world.actor("rhona", partnership="srp")
        with pytest.raises(UnableToTakeIn, match="no such submission"):
            take_in(actor=rhona, at=rhona.at, submission_id=submission)


class TestGivingAccess:
    def test_is_written_down_under_the_name_we_know_the_address_by(self, world: World) -> None:
        _staff_session(world, "ravi", "swp")
        ravi = world.actor("ravi")
        give_access(
            actor=ravi,
            at=ravi.at,
            email="nora@wardwell.example",
            name="Somebody Else",
            job_title="",
            role=Role.BOARD,
            reason="why not",
        )
        said = [one.sentence for one in events(ravi).events if one.verb == "give access"]
        assert len(said) == 1
        assert "Nora" in said[0]
        assert "Somebody Else" not in said[0]


def _staff_session(world: World, who: str, partnership: str) -> None:
    add_grant(
        worker_id=world.workers[who],
        partnership_id=world.partnerships[partnership],
        role=Role.STAFF_SESSION,
        reason="invented for tests",
        active_from=world.at,
        active_until=world.at.replace(hour=world.at.hour + 2),
    )


def _grant_of(world: World, who: str, partnership: str) -> UUID:
    actor = world.actor(who, partnership=partnership)
    return next(one.id for one in grants(actor) if one.worker_id == world.workers[who])


class TestASecondFactor:
    SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"

    def _kept(self) -> Authenticator:
        leon = get_user_model().objects.get(email="leon@wardwell.example")
        return Authenticator.objects.get(pk=TOTP.activate(leon, self.SECRET).instance.pk)

    def _accepts(self, kept: Authenticator) -> bool:
        now = next(yield_hotp_counters_from_time())
        return bool(TOTP(kept).validate_code(format_hotp_value(hotp_value(self.SECRET, now))))

    def test_cannot_be_read_in_a_backup(self, world: World) -> None:
        kept = self._kept()
        assert self.SECRET not in str(kept.data)
        assert self._accepts(kept)

    def test_outlives_a_change_of_the_key_while_the_old_one_is_named(self, world: World, settings: Any) -> None:
        kept, old = self._kept(), settings.SECRET_KEY
        settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another key of the site, long enough", [old]
        assert self._accepts(kept)
        settings.SECRET_KEY_FALLBACKS = []
        with pytest.raises(InvalidToken):
            get_adapter().decrypt(kept.data["secret"])

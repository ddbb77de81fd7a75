"""Two processes at the same evidence: one reads a submission, nobody sweeps under an import, nobody imports under a sweep."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from django.db import connection

from tests.wardwell.evidence.conftest import STREET_FOLDER, Desk, street_file, street_row
from tests.wardwell.evidence.test_sending import BTP, sends, waiting_jobs
from wardwell.evidence import locks, models, operations, queries
from wardwell.evidence.rules import State

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


@contextmanager
def another_process_has(key: UUID, *, shared: bool = False) -> Iterator[None]:
    """Meanwhile another process holds the lock with this key."""
    function = "pg_advisory_xact_lock_shared" if shared else "pg_advisory_xact_lock"
    named = connection.settings_dict
    with psycopg.connect(host=named["HOST"], port=named["PORT"], user="app", dbname=named["NAME"]) as other:
        other.execute(f"SELECT {function}(%s)", [locks._number(key)])
        yield


class TestTwoAtOnce:
    def test_do_not_read_the_same_submission(self, anil: Desk) -> None:
        key = sends(anil, BTP)
        with another_process_has(key), pytest.raises(operations.UnableToTakeIn, match="being read already"):
            operations.take_in(actor=anil.actor, at=anil.at, submission_id=key)

    def test_import_side_by_side(self, anil: Desk, tmp_path: Path) -> None:
        other = street_file(tmp_path, street_row())
        with another_process_has(anil.actor.here, shared=True):
            assert anil.imports(other).state == State.ACCEPTED

    def test_do_not_sweep_under_an_import(self, anil: Desk) -> None:
        with (
            another_process_has(anil.actor.here, shared=True),
            pytest.raises(operations.UnableToSweep, match="An import is running"),
        ):
            operations.sweep(actor=anil.actor, at=anil.at)

    def test_do_not_import_under_a_sweep(self, anil: Desk) -> None:
        with another_process_has(anil.actor.here), pytest.raises(operations.UnableToTakeIn, match="being swept"):
            anil.imports(STREET_FOLDER / "2014-01")


class TestAnUploadWhoseJobDied:
    def test_is_handed_on_again_in_its_senders_name(self, anil: Desk) -> None:
        sam = Desk(anil.world, "sam")
        key = sends(sam, BTP)
        models.Submission.objects.visible_to(sam.actor).filter(id=key).update(state=State.CHECKING.value)
        swept = operations.sweep(actor=anil.actor, at=anil.at)
        assert (swept.removed, swept.handed_on, swept.closed) == ((), 1, 0)
        first, second = waiting_jobs()
        assert first == second
        assert second["worker"] == str(sam.actor.worker_id)
        view = queries.submission(anil.actor, key)
        assert view is not None
        assert view.state == State.RECEIVED

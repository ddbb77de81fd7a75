"""Sam sends the police's file in by the browser; a job takes it in, in Sam's name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from django.conf import settings as django_settings
from django.db import connection

from tests.wardwell.evidence.conftest import STREET_FOLDER, Desk, declare_datasets
from tests.world import World
from wardwell.audit.gate import NotAllowed
from wardwell.audit.queries import events
from wardwell.evidence import operations, queries
from wardwell.evidence.handing_on import TASK
from wardwell.evidence.rules import State
from wardwell.jobs import importing

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

BTP = STREET_FOLDER / "2014-01" / "2014-01-btp-street.csv"


def chunks(path: Path) -> Iterator[bytes]:
    """A file in small pieces, as a browser sends it."""
    content = path.read_bytes()
    for start in range(0, len(content), 1000):
        yield content[start : start + 1000]


def sends(desk: Desk, path: Path, *, file_name: str = "") -> UUID:
    """A file sent in by the browser's door."""
    return operations.receive(
        actor=desk.actor, at=desk.at, dataset_code="street", file_name=file_name or path.name, chunks=chunks(path)
    )


def waiting_jobs() -> list[dict[str, Any]]:
    """The arguments of the jobs that wait."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT args FROM procrastinate_jobs WHERE task_name = %s", [TASK])
        return [json.loads(row[0]) for row in cursor.fetchall()]


@pytest.fixture
def sam(anil: Desk) -> Desk:
    """Sam's desk, in a partnership whose datasets Anil has declared."""
    return Desk(anil.world, "sam")


class TestAFileSentInByASupplier:
    def test_waits_in_the_spool_with_its_job_by_keys_only(self, sam: Desk) -> None:
        key = sends(sam, BTP)
        view = queries.submission(sam.actor, key)
        assert view is not None
        assert (view.state, view.file_name, view.door, view.bytes) == (
            State.RECEIVED,
            BTP.name,
            "browser",
            BTP.stat().st_size,
        )
        assert waiting_jobs() == [{"submission": str(key), "worker": str(sam.actor.worker_id), "partnership": "swp"}]

    def test_is_taken_in_by_the_job_in_the_suppliers_name(
        self, sam: Desk, django_capture_on_commit_callbacks: Any
    ) -> None:
        sends(sam, BTP)
        with django_capture_on_commit_callbacks(execute=True):
            importing.take_in_submission(**waiting_jobs()[0])
        view = queries.submissions(sam.actor)[0]
        assert (view.state, view.words) == (
            State.ACCEPTED,
            "Imported 21 rows of January 2014 into Street-level crime from 1 file, 0 quarantined.",
        )
        assert view.snapshot_id is not None
        assert events(sam.actor, words="Sam Whitlock imported 21 rows").total == 1
        assert [path for path in Path(django_settings.SPOOL).rglob("*") if path.is_file()] == []

    def test_is_taken_in_once_however_often_the_job_runs(self, sam: Desk) -> None:
        sends(sam, BTP)
        for _ in range(3):
            importing.take_in_submission(**waiting_jobs()[0])
        assert queries.snapshots(sam.actor).total == 1

    def test_keeps_its_plain_name_whatever_path_the_browser_sent(self, sam: Desk) -> None:
        view = queries.submission(sam.actor, sends(sam, BTP, file_name="..\\..\\2014-01-btp-street.csv"))
        assert view is not None
        assert view.file_name == "2014-01-btp-street.csv"
        spooled = [path for path in Path(django_settings.SPOOL).rglob("*") if path.is_file()]
        assert [path.parts[-3:] for path in spooled] == [(str(sam.actor.here), str(view.id), view.file_name)]

    def test_is_not_received_past_the_limit(self, sam: Desk, settings: Any) -> None:
        settings.MAX_UPLOAD_BYTES = 1500
        with pytest.raises(operations.UnableToReceive, match="larger than the 1,500 bytes"):
            sends(sam, BTP)
        assert list(Path(django_settings.SPOOL).rglob("*.csv")) == []
        assert queries.submissions(sam.actor) == ()

    def test_is_not_received_when_empty(self, sam: Desk, tmp_path: Path) -> None:
        empty = tmp_path / BTP.name
        empty.touch()
        with pytest.raises(operations.UnableToReceive, match="is empty"):
            sends(sam, empty)

    def test_is_not_received_for_a_dataset_that_is_not_there(self, sam: Desk) -> None:
        with pytest.raises(operations.UnableToReceive, match="There are: counts, street"):
            operations.receive(
                actor=sam.actor, at=sam.at, dataset_code="streets", file_name="a.csv", chunks=chunks(BTP)
            )


class TestWhoeverMayNot:
    @pytest.mark.parametrize("who", ["beth", "maya", "dora", "ravi", "nora", "leon"])
    def test_sends_nothing_in(self, world: World, who: str) -> None:
        with pytest.raises(NotAllowed):
            sends(Desk(world, who), BTP)

    def test_declares_no_dataset_as_a_supplier(self, world: World) -> None:
        sam = Desk(world, "sam")
        with pytest.raises(NotAllowed):
            declare_datasets(sam.actor, at=sam.at)

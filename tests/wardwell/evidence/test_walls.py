"""Rhona works next door: of Wolverhampton's evidence there is nothing for her, by query or by SQL."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.db import connection

from tests.wardwell.evidence.conftest import Desk, declare_datasets, street_file, street_row
from wardwell.evidence import models, operations, queries
from wardwell.evidence.store import UnableToReadKept

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

MODELS = (models.Dataset, models.Submission, models.Snapshot, models.Part, models.Reconciliation)


class TestTheNeighbour:
    def test_finds_nothing_by_any_question(self, anil: Desk, january: Path) -> None:
        outcome = anil.imports(january)
        sha256 = anil.snapshot(outcome).snapshot.sha256
        assert outcome.snapshot_id is not None
        rhona = anil.world.actor("rhona", at=anil.at)
        assert queries.datasets(rhona) == queries.submissions(rhona) == queries.supply(rhona) == ()
        assert queries.snapshots(rhona).total == 0
        assert queries.snapshot(rhona, outcome.snapshot_id) is None
        assert queries.submission(rhona, outcome.submission_id) is None
        assert queries.quarantine(rhona, outcome.snapshot_id) is None
        assert queries.read_snapshot_rows(rhona, outcome.snapshot_id) is None
        assert queries.evidence(rhona).snapshots == ()
        with pytest.raises(UnableToReadKept, match="holds no snapshot"):
            queries.evidence_of(rhona, [sha256])

    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
    def test_finds_nothing_by_sql(self, anil: Desk, january: Path, model: type[models.Part]) -> None:
        anil.imports(january)
        counted = {}
        for who in ("anil", "rhona", "nora", "public"):
            anil.world.actor(who, at=anil.at)
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
                counted[who] = cursor.fetchone()[0]
        assert counted.pop("anil") > 0
        assert set(counted.values()) == {0}

    def test_keeps_the_same_file_as_her_own(self, anil: Desk, tmp_path: Path) -> None:
        path = street_file(tmp_path, street_row())
        sha256 = anil.snapshot(anil.imports(path)).snapshot.sha256
        rhona = Desk(anil.world, "rhona")
        declare_datasets(rhona.actor, at=rhona.at)
        kept = rhona.snapshot(rhona.imports(path)).snapshot
        assert kept.sha256 == sha256
        hers, his = (queries.evidence_of(desk.actor, [sha256]).snapshots[0].path for desk in (rhona, anil))
        assert hers != his

    def test_sweeps_only_her_own_folders(self, anil: Desk, january: Path) -> None:
        outcome = anil.imports(january)
        rhona = anil.world.actor("rhona", at=anil.at)
        assert operations.sweep(actor=rhona, at=anil.at).removed == ()
        assert outcome.snapshot_id is not None
        assert queries.read_snapshot_rows(anil.actor, outcome.snapshot_id) is not None


class TestEvidenceComputedAgain:
    def test_is_found_by_its_digests(self, anil: Desk, january: Path) -> None:
        sha256 = anil.snapshot(anil.imports(january)).snapshot.sha256
        assert [kept.sha256 for kept in queries.evidence_of(anil.actor, [sha256]).snapshots] == [sha256]

    def test_says_which_file_was_altered(self, anil: Desk, january: Path) -> None:
        sha256 = anil.snapshot(anil.imports(january)).snapshot.sha256
        path = queries.evidence_of(anil.actor, [sha256]).snapshots[0].path
        path.write_bytes(path.read_bytes() + b" ")
        with pytest.raises(UnableToReadKept, match=f"{sha256} was altered"):
            queries.evidence_of(anil.actor, [sha256])

    def test_says_which_file_is_gone(self, anil: Desk, january: Path) -> None:
        sha256 = anil.snapshot(anil.imports(january)).snapshot.sha256
        queries.evidence_of(anil.actor, [sha256]).snapshots[0].path.unlink()
        with pytest.raises(UnableToReadKept, match=f"{sha256} is missing"):
            queries.evidence_of(anil.actor, [sha256])

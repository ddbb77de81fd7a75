"""A file that is not what it says is refused whole, with what to do, and leaves nothing behind."""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from tests.wardwell.evidence.conftest import HEADINGS, Desk, street_file, street_row
from wardwell.audit.queries import events
from wardwell.evidence import operations, queries
from wardwell.evidence.rules import State

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

NAME = "2014-01-west-midlands-street.csv"


def _not_utf8(path: Path) -> Path:
    path.write_bytes(f"{HEADINGS}\n{street_row()}\n".encode() + "Käse,".encode("latin-1") + b"\n")
    return path


def _wrong_columns(path: Path) -> Path:
    path.write_text("Month,Offence\n2014-01,Burglary\n")
    return path


def _formula(path: Path) -> Path:
    path.write_text(f"{HEADINGS}\n{street_row(crime_type='=cmd|calc')}\n")
    return path


def _cut_short(path: Path) -> Path:
    packed = gzip.compress(f"{HEADINGS}\n{street_row()}\n".encode() * 50)
    path = path.with_name(NAME + ".gz")
    path.write_bytes(packed[: len(packed) // 2])
    return path


def _web_page(path: Path) -> Path:
    path.write_text("<!DOCTYPE html><html><body>Please sign in</body></html>")
    return path


def _bomb(path: Path) -> Path:
    path = path.with_name("download.zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(NAME, HEADINGS + "\n" + "0" * 50_000_000)
    return path


def _one_long_line(path: Path) -> Path:
    path.write_text(HEADINGS + "\n" + "a" * 5_000_000)
    return path


HOSTILE = (_not_utf8, _wrong_columns, _formula, _cut_short, _web_page, _bomb, _one_long_line)


def leftovers() -> list[Path]:
    """Files in any of the evidence folders."""
    roots = (settings.SNAPSHOTS, settings.STAGING, settings.SPOOL)
    return [path for root in roots for path in Path(root).rglob("*") if path.is_file()]


class TestAHostileFile:
    @pytest.mark.parametrize("hostile", HOSTILE, ids=lambda one: one.__name__.strip("_"))
    def test_is_refused_whole_and_nothing_is_left(
        self, anil: Desk, tmp_path: Path, hostile: Callable[[Path], Path]
    ) -> None:
        path = hostile(tmp_path / NAME)
        outcome = anil.imports(path)
        assert outcome.state == State.REFUSED
        refused = queries.submission(anil.actor, outcome.submission_id)
        assert refused is not None
        assert refused.refusal is not None
        assert refused.refusal.file
        assert refused.refusal.what_to_do
        assert refused.snapshot_id is None
        assert queries.snapshots(anil.actor).total == 0
        assert leftovers() == []

    def test_is_told_of_in_the_audit_trail_with_its_whole_sentence(self, anil: Desk, tmp_path: Path) -> None:
        outcome = anil.imports(_wrong_columns(tmp_path / NAME))
        said = events(anil.world.actor("maya"), words="is refused").events[0].sentence
        assert said == f"Anil Sandhu was told that {NAME} is refused. {outcome.says}"

    def test_leaves_what_was_kept_before_as_it_was(self, anil: Desk, tmp_path: Path) -> None:
        kept = anil.snapshot(anil.imports(street_file(tmp_path / "good", street_row())))
        anil.imports(_formula(tmp_path / NAME))
        assert anil.snapshot(operations.Outcome(kept.snapshot.id, State.ACCEPTED, "", kept.snapshot.id)) == kept


class TestFilesThatContradictOneAnother:
    def test_are_refused_because_nobody_could_say_which_counts(self, anil: Desk, tmp_path: Path) -> None:
        for name in ("north.csv", "south.csv"):
            (tmp_path / name).write_text("Month,LSOA code,LSOA name,Crime type,Count\n2025-10,E01010410,Here,Drugs,1\n")
        with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
            for name in ("north.csv", "south.csv"):
                archive.write(tmp_path / name, name)
        outcome = anil.imports(tmp_path / "both.zip", dataset="counts")
        assert outcome.state == State.REFUSED
        assert "north.csv and south.csv both give October 2025 of counts" in outcome.says
        assert leftovers() == []


class TestAFileOfWhichNothingIsAcceptable:
    def test_is_refused_so_that_it_replaces_nothing(self, anil: Desk, tmp_path: Path) -> None:
        outcome = anil.imports(street_file(tmp_path, *[street_row(month="2015-01")] * 3))
        assert outcome.state == State.REFUSED
        assert "not one of its 3 rows could be accepted" in outcome.says
        assert leftovers() == []

"""`wardwell import` and `wardwell sweep`: what they say and their exit codes."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from tests.wardwell.evidence.conftest import STREET_FOLDER, declare_datasets
from tests.world import World
from wardwell.jobs import import_evidence, sweep

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


def run(world: World, module: object, *words: str) -> int:
    """The verb's own module, run on these words as Anil."""
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)  # type: ignore[attr-defined]
    done: int = module.run(parser.parse_args([*words, "--as", "anil@wardwell.example"]))  # type: ignore[attr-defined]
    return done


@pytest.fixture(autouse=True)
def _datasets(world: World) -> None:
    declare_datasets(world.actor("anil"), at=world.at)


class TestAnImport:
    def test_says_what_was_kept_and_adds_it_up(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        words = (str(STREET_FOLDER / "2014-01"), "--dataset", "street", "--edition", "first")
        assert run(world, import_evidence, *words) == 0
        said = capsys.readouterr().out
        assert "Imported 1,690 rows of January 2014 into Street-level crime from 3 files, 0 quarantined." in said
        assert "January 2014           1,690       1,690            0" in said
        assert run(world, import_evidence, *words) == 0
        assert "Nothing in 2014-01 is new" in capsys.readouterr().out

    def test_says_why_a_file_is_refused(self, world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        page = tmp_path / "2014-01-btp-street.csv"
        page.write_text("<html>")
        assert run(world, import_evidence, str(page), "--dataset", "street") == 2
        said = capsys.readouterr().err
        assert said.startswith("Refused. 2014-01-btp-street.csv")
        assert said.endswith("Nothing of it was kept.\n")

    def test_says_which_datasets_there_are(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        assert run(world, import_evidence, str(STREET_FOLDER), "--dataset", "streets") == 2
        assert "There are: counts, street." in capsys.readouterr().err


class TestASweep:
    def test_finds_nothing_to_do_after_an_import_that_ended(
        self, world: World, capsys: pytest.CaptureFixture[str]
    ) -> None:
        run(world, import_evidence, str(STREET_FOLDER / "2014-01"), "--dataset", "street")
        assert run(world, sweep) == 0
        assert "0 orphan files removed, 0 submissions handed on again" in capsys.readouterr().out

"""An import killed in the middle, at each point where it could hurt: nothing is visible, the next succeeds, a sweep cleans."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection, transaction

from tests.wardwell.evidence.conftest import STREET_FOLDER, declare_datasets
from tests.wardwell.jobs.killed import POINTS
from tests.world import World, find_world
from wardwell.access.database import acting_as
from wardwell.audit.queries import events
from wardwell.evidence import queries
from wardwell.evidence.rules import State

pytestmark = pytest.mark.django_db(databases=["default", "outside"], transaction=True)

ROOT = Path(__file__).parents[3]
AS_ANIL = ("--as", "anil@wardwell.example")
IMPORT = ("import", str(STREET_FOLDER / "2014-01"), "--dataset", "street", "--edition", "first", *AS_ANIL)
KILLED = "tests.wardwell.jobs.killed"


def run(data: Path, *words: str, module: str = "wardwell.config.cli") -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, on the test's database and a folder of data."""
    for name in ("snapshots", "staging", "spool"):
        (data / name).mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "WARDWELL_DATA": str(data),
        "WARDWELL_DATABASE_HOST": connection.settings_dict["HOST"],
        "WARDWELL_DATABASE_NAME": connection.settings_dict["NAME"],
    }
    command = [sys.executable, "-m", module, *words]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120, check=False)


def files(data: Path) -> list[str]:
    """What lies in the evidence folders."""
    roots = ("snapshots", "staging", "spool")
    return sorted(str(path.relative_to(data)) for root in roots for path in (data / root).rglob("*") if path.is_file())


@pytest.fixture
def committed(transactional_db: None) -> World:
    """The world with Anil's datasets, committed so that other processes see them."""
    with transaction.atomic():
        world = find_world()
        anil = world.actor("anil")
    declare_datasets(anil, at=world.at)
    return world


def nothing_is_visible(world: World) -> None:
    """Anil sees no snapshot, a measure reads none, and the trail tells of none."""
    with transaction.atomic():
        anil = world.actor("anil")
        assert queries.snapshots(anil).total == 0
        assert queries.evidence(anil, crime_from="street").snapshots == ()
        assert queries.submissions(anil)[0].state == State.CHECKING
        assert events(anil, words="imported 1,690 rows").total == 0


class TestAnImportKilledInTheMiddle:
    def test_shows_nothing_and_leaves_only_what_a_sweep_removes(self, committed: World, tmp_path: Path) -> None:
        for number, point in enumerate(POINTS):
            data = tmp_path / str(number)
            killed = run(data, point, *IMPORT, module=KILLED)
            assert killed.returncode == -signal.SIGKILL, (point, killed.stderr)
            nothing_is_visible(committed)
            swept = run(data, "sweep", *AS_ANIL)
            assert "0 submissions handed on again, 1 closed as interrupted." in swept.stdout, swept.stderr
            assert files(data) == []

    def test_is_no_hindrance_to_the_next(self, committed: World, tmp_path: Path) -> None:
        for point in ("after the snapshot was renamed into place", "before the transaction ends"):
            assert run(tmp_path, point, *IMPORT, module=KILLED).returncode == -signal.SIGKILL
            nothing_is_visible(committed)
        done = run(tmp_path, *IMPORT)
        assert done.returncode == 0, done.stderr
        with transaction.atomic():
            anil = committed.actor("anil")
        with acting_as(anil):
            (kept,) = queries.snapshots(anil).snapshots
            assert (kept.rows, kept.parts_current) == (1690, 3)
        assert "2 closed as interrupted" in run(tmp_path, "sweep", *AS_ANIL).stdout
        assert files(tmp_path) == [f"snapshots/{anil.here}/{kept.sha256[:2]}/{kept.sha256}.parquet"]

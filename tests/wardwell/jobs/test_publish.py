"""`wardwell publish` and `wardwell verify`, as processes of their own; and a publication killed in the middle."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path

import pytest
from django.db import transaction

from tests.wardwell.jobs.killed_publication import POINTS
from tests.wardwell.jobs.test_killed_import import run
from tests.wardwell.publication.desk import Desk
from tests.world import find_world
from wardwell.publication import queries

pytestmark = pytest.mark.django_db(databases=["default", "outside"], transaction=True)

KILLED = "tests.wardwell.jobs.killed_publication"
AS_MAYA = ("--as", "maya@wardwell.example")
REFERENCE = "SWP-SA-2026-1"


@pytest.fixture
def committed(transactional_db: None) -> Desk:
    """A signed-off assessment, committed so that other processes see it."""
    with transaction.atomic():
        desk = Desk(find_world())
        desk.keeps_evidence()
        desk.gets_signed_off()
    return desk


def files(data: Path) -> list[Path]:
    """What lies in the folder of releases."""
    return [path for path in (data / "releases").rglob("*") if path.is_file()]


class TestPublishingOnTheCommandLine:
    @pytest.mark.timeout(900)
    def test_survives_being_killed_publishes_and_verifies(self, committed: Desk, tmp_path: Path) -> None:
        reason = ("--reason", "Read against the figures.", "--on", "2026-01-20")
        publish = ("publish", "--assessment", str(committed.assessment_id), *reason, *AS_MAYA)
        for point in POINTS:
            killed = run(tmp_path, point, *publish, module=KILLED)
            assert killed.returncode == -signal.SIGKILL, (point, killed.stderr)
            with transaction.atomic():
                assert queries.releases(committed.actor("maya")) == ()
                assert queries.published(committed.actor("public"), "swp") == ()
        done = run(tmp_path, *publish)
        assert done.returncode == 0, done.stderr
        assert f"Published {REFERENCE}: 16 figures" in done.stdout
        assert len(list((tmp_path / "releases").glob("*/*"))) == 1
        assert run(tmp_path, *publish).returncode == 2

        verified = run(tmp_path, "verify", REFERENCE, *AS_MAYA)
        assert verified.returncode == 0, verified.stdout + verified.stderr
        assert "Everything holds" in verified.stdout
        (pdf,) = (path for path in files(tmp_path) if path.name == "document.pdf")
        os.truncate(pdf, 100)
        differs = run(tmp_path, "verify", "all", "--json", *AS_MAYA)
        assert differs.returncode == 1
        (told,) = json.loads(differs.stdout)
        assert [one["about"] for one in told["verdicts"] if one["outcome"] == "fails"] == ["document.pdf"]
        assert run(tmp_path, "verify", "SWP-SA-1999-9", *AS_MAYA).returncode == 2

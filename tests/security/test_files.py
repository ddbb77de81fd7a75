"""What lies on disk: folders of an installation, and what uploads that broke off left behind."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.world import World
from wardwell.config import cli
from wardwell.evidence.operations import sweep

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


class TestASweep:
    def test_removes_what_an_upload_that_broke_off_left_a_day_ago(self, world: World, settings: Any) -> None:
        old, new = (Path(settings.SPOOL) / name for name in ("tmpold.upload.csv", "tmpnew.upload.csv"))
        anil = world.actor("anil")
        for path, age in ((old, timedelta(hours=25)), (new, timedelta(hours=1))):
            path.write_bytes(b"half a file")
            moment = (anil.at - age).timestamp()
            os.utime(path, (moment, moment))
        swept = sweep(actor=anil, at=anil.at)
        assert swept.removed == ("spool/tmpold.upload.csv",)
        assert [path.exists() for path in (old, new)] == [False, True]


class TestAFreshInstallation:
    def test_has_its_folders_before_anything_looks_at_them(self, tmp_path: Path, settings: Any) -> None:
        names = ("SNAPSHOTS", "RELEASES", "SPOOL", "STAGING")
        for name in names:
            setattr(settings, name, tmp_path / "new" / name.lower())
        cli._prepare(needs_database=False)
        folders = [tmp_path / "new" / name.lower() for name in names]
        assert [folder.stat().st_mode & 0o777 for folder in folders] == [0o700] * 4

"""What lies on disk: folders of an installation, and what uploads that broke off left behind."""

from __future__ import annotations

import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import RequestFactory

from tests.world import World
from wardwell.config import cli
from wardwell.config.uploads import BoundedUpload
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


class TestAnUploadThatArrives:
    def test_has_no_name_on_disk_so_that_a_kill_leaves_nothing(self, world: World, settings: Any) -> None:
        request = RequestFactory().post("/evidence/send")
        request.actor = world.actor("sam")  # type: ignore[attr-defined]  # as the middleware does
        arriving = BoundedUpload(request)
        arriving.new_file("file", "q1.csv", "text/csv", 5, "utf-8", {})
        arriving.receive_data_chunk(b"hello", 0)
        assert list(Path(settings.SPOOL).glob("*.upload*")) == []
        whole = arriving.file_complete(5)
        assert whole is not None
        assert whole.read() == b"hello"
        whole.close()

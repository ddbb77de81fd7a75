"""One assessment, signed off and published once a module; each test meets it as it was, whatever the last one did to it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction

from tests.wardwell.publication.desk import Desk
from tests.world import find_world

FOLDERS = ("SNAPSHOTS", "RELEASES", "SPOOL", "STAGING")


@pytest.fixture(scope="module")
def story(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Desk, Path]]:
    """A signed-off assessment and a release of it, in a transaction that is rolled back when the module is done."""
    folder = tmp_path_factory.mktemp("published")
    before = {name: getattr(settings, name) for name in FOLDERS}
    for name in FOLDERS:
        (folder / name.lower()).mkdir()
        setattr(settings, name, folder / name.lower())
    with django_db_blocker.unblock(), transaction.atomic():
        desk = Desk(find_world())
        desk.keeps_evidence()
        desk.gets_signed_off()
        for name in FOLDERS:
            setattr(settings, name, before[name])
        yield desk, folder
        transaction.set_rollback(True)


@pytest.fixture
def signed_off(story: tuple[Desk, Path], tmp_path: Path) -> Iterator[Desk]:
    """The desk with a signed-off assessment on it, nothing of it published."""
    desk, folder = story
    for name in FOLDERS:
        shutil.copytree(folder / name.lower(), tmp_path / name.lower(), dirs_exist_ok=True)
    with transaction.atomic():
        yield replace(desk)
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def release(story: tuple[Desk, Path]) -> tuple[Desk, str]:
    """The same, published by Maya, for the rest of the module."""
    desk, folder = story
    before = {name: getattr(settings, name) for name in FOLDERS}
    for name in FOLDERS:
        setattr(settings, name, folder / name.lower())
    out = desk.publishes()
    for name in FOLDERS:
        setattr(settings, name, before[name])
    return desk, out.reference


@pytest.fixture
def published(release: tuple[Desk, str], story: tuple[Desk, Path], tmp_path: Path) -> Iterator[tuple[Desk, str]]:
    """The desk with a release out; what the test does to files and rows is undone after it."""
    for name in FOLDERS:
        shutil.copytree(story[1] / name.lower(), tmp_path / name.lower(), dirs_exist_ok=True)
    with transaction.atomic():
        yield replace(release[0]), release[1]
        transaction.set_rollback(True)

"""Where published files lie: one folder a release, complete from the moment it has its name.

A release is written in the workshop, forced to disk, and renamed into place as a whole; the rows that refer to it come after.
Whatever a killed process leaves is a folder that no row refers to.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self
from uuid import UUID

from django.conf import settings


@dataclass(frozen=True, slots=True)
class ReleaseStore:
    """The folders of one partnership's releases."""

    releases: Path
    staging: Path

    @classmethod
    def of(cls, partnership_id: UUID) -> Self:
        """The partnership's folders, as the settings place them."""
        return cls(Path(settings.RELEASES) / str(partnership_id), Path(settings.STAGING) / f"release-{partnership_id}")

    def keep(self, release_id: UUID, files: Mapping[str, bytes]) -> None:
        """Write the files of a release and rename their folder into place, forced to disk."""
        staged = self.staging / str(release_id)
        for name, content in files.items():
            _write(staged / name, content)
        for folder in sorted({path.parent for path in staged.rglob("*")} | {staged}):
            _force_to_disk(folder)
        self.releases.mkdir(parents=True, exist_ok=True)
        os.rename(staged, self.releases / str(release_id))
        _force_to_disk(self.releases)

    def let_go(self, release_id: UUID) -> None:
        """Remove the files of a release that did not come to be."""
        for root in (self.staging, self.releases):
            shutil.rmtree(root / str(release_id), ignore_errors=True)

    def sweep(self, known: Collection[UUID]) -> tuple[str, ...]:
        """Remove folders of none of these releases. Only while nobody else publishes for the partnership."""
        names = {str(release_id) for release_id in known}
        orphans = [path for path in _children(self.releases) if path.name not in names] + _children(self.staging)
        for path in orphans:
            shutil.rmtree(path)
        return tuple(path.name for path in orphans)


def place_of(partnership_id: UUID, release_id: UUID, name: str) -> str:
    """An output's place below the folder of releases."""
    return f"{partnership_id}/{release_id}/{name}"


def path_of(place: str) -> Path:
    """Where an output lies, by its place."""
    return Path(settings.RELEASES) / place


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _children(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _force_to_disk(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

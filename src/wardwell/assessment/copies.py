"""Kept copies of the sources that figures are cited from: files known by the digest of their bytes.

A copy is written in the staging folder, forced to disk and renamed into place before the row that refers to it is added, so a
killed process leaves at most a file that no row refers to.
"""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from uuid import UUID

from django.conf import settings

from wardwell.access.protection import time_ordered_key

LARGEST = 20_000_000


class UnableToKeepCopy(ValueError):
    """Why a source cannot be kept, in a sentence for the screen."""


class UnableToReadCopy(RuntimeError):
    """A kept source is missing, or no longer what was kept."""


def keep(*, partnership_id: UUID, content: bytes) -> str:
    """Keep a source's bytes. Returns their SHA-256. Raises UnableToKeepCopy when empty or larger than 20 MB."""
    if not content:
        raise UnableToKeepCopy("The copy of the source is empty.")
    if len(content) > LARGEST:
        raise UnableToKeepCopy(
            f"The copy of the source is larger than {LARGEST // 1_000_000} MB: keep the pages that matter."
        )
    sha256 = hashlib.sha256(content).hexdigest()
    place = _place(partnership_id, sha256)
    place.parent.mkdir(parents=True, exist_ok=True)
    written = Path(settings.STAGING) / f"copy-{time_ordered_key()}"
    with written.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(written, place)
    return sha256


def read(*, partnership_id: UUID, sha256: str) -> bytes:
    """The bytes of a kept source, compared with its digest. Raises UnableToReadCopy."""
    place = _place(partnership_id, sha256)
    if not place.is_file():
        raise UnableToReadCopy(f"The kept source {sha256} is missing.")
    content = place.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise UnableToReadCopy(f"The kept source {sha256} was altered after it was kept: its digest is now {found}.")
    return content


def _place(partnership_id: UUID, sha256: str) -> Path:
    return Path(settings.SNAPSHOTS) / "cited" / str(partnership_id) / sha256[:2] / sha256

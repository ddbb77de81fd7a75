"""Zip files whose bytes depend on what is in them and on a given day, and on nothing else."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from datetime import date
from io import BytesIO

READABLE = 0o644 << 16


def packed(files: Mapping[str, bytes], day: date) -> bytes:
    """An archive of the files in the order given, every one of them dated to midnight of that day."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = READABLE
            archive.writestr(entry, content, compresslevel=9)
    return out.getvalue()

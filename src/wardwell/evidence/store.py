"""Where evidence lies on disk: kept files by digest, uploads waiting, and the workshop where a file is being read.

Each partnership has folders of its own below the three roots, so the wall between partnerships stands on disk too and a sweep by
one can never touch what belongs to another. A file is written in the workshop, forced to disk, and renamed into place; the
rows that refer to it come after. Whatever a killed process leaves is therefore a file that no row refers to.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath
from tempfile import TemporaryFile
from typing import IO, Any, Self
from uuid import UUID, uuid4

import pyarrow.parquet as parquet
from django.conf import settings

CHUNK = 1 << 20
NAMELESS = Path("/proc/self/fd")
"""Where Linux lets a file without a name be opened again by its own process."""
UNSAFE = re.compile(r"[^\w.\- ]+")


class UnableToSpool(ValueError):
    """Why an upload cannot be put aside, in a sentence for the screen."""


class UnableToReadKept(RuntimeError):
    """A kept file is missing, or its bytes are no longer those it was named by; the sentence says which."""


@dataclass(frozen=True, slots=True)
class Store:
    """The folders of one partnership."""

    snapshots: Path
    spool: Path
    staging: Path

    @classmethod
    def of(cls, partnership_id: UUID) -> Self:
        """The partnership's folders, as the settings place them."""
        roots = (settings.SNAPSHOTS, settings.SPOOL, settings.STAGING)
        return cls(*(Path(root) / str(partnership_id) for root in roots))

    def path_of(self, sha256: str) -> Path:
        """Where the kept file with this digest lies."""
        return self.snapshots / sha256[:2] / f"{sha256}.parquet"

    def keep(self, written: Path, sha256: str) -> Path:
        """Force a written file to disk and rename it to where its digest says. The same bytes may be kept again."""
        kept = self.path_of(sha256)
        kept.parent.mkdir(parents=True, exist_ok=True)
        _force_to_disk(written)
        os.replace(written, kept)
        _force_to_disk(kept.parent)
        return kept

    def checked(self, sha256: str) -> Path:
        """The kept file with this digest, its bytes compared with it. Raises UnableToReadKept."""
        kept = self.path_of(sha256)
        if not kept.is_file():
            raise UnableToReadKept(f"The kept file {sha256} is missing from the snapshots folder.")
        found = digest_of(kept)
        if found != sha256:
            raise UnableToReadKept(f"The kept file {sha256} was altered after it was kept: its digest is now {found}.")
        return kept

    @contextmanager
    def workshop(self, key: UUID) -> Iterator[Path]:
        """An empty folder to write in, gone afterwards. What an earlier, killed attempt left in it goes first."""
        folder = self.staging / str(key)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def put_aside(self, chunks: Iterable[bytes], *, key: UUID, file_name: str, limit: int) -> tuple[str, int]:
        """Write an upload to the spool, chunk by chunk. Returns its place below the spool and its size.

        Raises UnableToSpool, leaving nothing, when it is empty or grows past the limit in bytes.
        """
        place = self.spool / str(key) / safe_name(file_name)
        place.parent.mkdir(parents=True)
        try:
            size = _write(place, chunks, limit)
        except UnableToSpool:
            shutil.rmtree(place.parent)
            raise
        return str(place.relative_to(self.spool)), size

    @contextmanager
    def looked_at(self, chunks: Iterable[bytes], *, file_name: str, limit: int) -> Iterator[tuple[Path, int]]:
        """An upload to be looked through before anything of it is put anywhere: its path for the moment, and its size.

        Where the system can, the file has no name from its beginning on: whatever ends the process, nothing of it is left.
        Elsewhere it lies in the workshop, which is swept. Raises UnableToSpool.
        """
        self.staging.mkdir(parents=True, exist_ok=True)
        if not NAMELESS.is_dir():
            with self.workshop(uuid4()) as folder:
                place = folder / safe_name(file_name)
                with place.open("xb") as file:
                    size = _copy(file, chunks, limit, safe_name(file_name))
                yield place, size
            return
        with TemporaryFile(dir=self.staging) as nameless:
            size = _copy(nameless, chunks, limit, safe_name(file_name))
            nameless.flush()
            yield NAMELESS / str(nameless.fileno()), size

    def spooled(self, place: str) -> Path:
        """The upload at this place below the spool."""
        return self.spool / place

    def let_go(self, place: str) -> None:
        """Remove an upload that has been dealt with."""
        shutil.rmtree(self.spooled(place).parent, ignore_errors=True)

    def sweep(self, *, digests: Collection[str], uploads: Collection[str]) -> tuple[str, ...]:
        """Remove kept files with none of these digests, uploads with none of these keys, and every workshop.

        Only while no import is running (`operations.sweeping`). Returns what was removed, as places below the roots.
        """
        kept = sorted(self.snapshots.glob("*/*")) if self.snapshots.is_dir() else []
        orphans = [path for path in kept if path.stem not in digests]
        orphans += [path for path in _children(self.spool) if path.name not in uploads]
        orphans += _children(self.staging)
        for path in orphans:
            shutil.rmtree(path) if path.is_dir() else path.unlink()
        return tuple(f"{path.parent.parent.name}/{path.name}" for path in orphans)


def sweep_broken_off(*, before: datetime) -> tuple[str, ...]:
    """Remove what uploads that broke off before a moment left at the root of the spool, which is no partnership's yet."""
    left = sorted(Path(settings.SPOOL).glob("*.upload*"))
    old = [path for path in left if path.is_file() and path.stat().st_mtime < before.timestamp()]
    for path in old:
        path.unlink(missing_ok=True)
    return tuple(f"{path.parent.name}/{path.name}" for path in old)


@dataclass(frozen=True, slots=True)
class RowsPage:
    """A page of kept rows: the columns' names, the values in their order, and how many rows there are in all."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    total: int
    page: int
    pages: int


def page_of(path: Path, *, page: int, size: int, where: tuple[str, str] | None = None) -> RowsPage:
    """A page of a Parquet file's rows, reading no more row groups than it needs; of the rows with one value, if one is given."""
    with parquet.ParquetFile(path) as file:
        columns = tuple(file.schema_arrow.names)
        chosen = parquet.read_table(path, filters=[(where[0], "==", where[1])]) if where else None
        total: int = file.metadata.num_rows if chosen is None else chosen.num_rows
        pages = max(1, -(-total // size))
        page = min(max(1, page), pages)
        start = (page - 1) * size
        rows = _slice(file, start=start, stop=page * size) if chosen is None else chosen.slice(start, size).to_pylist()
    return RowsPage(columns, tuple(tuple(row[name] for name in columns) for row in rows), total, page, pages)


def counts_of(path: Path, column: str) -> tuple[tuple[str, int], ...]:
    """How many rows of a Parquet file have each value of a column, most numerous first."""
    values = parquet.read_table(path, columns=[column])[column].value_counts().to_pylist()
    pairs = ((str(one["values"]), int(one["counts"])) for one in values)
    return tuple(sorted(pairs, key=lambda pair: (-pair[1], pair[0])))


def digest_of(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def safe_name(file_name: str) -> str:
    """A file's name without folders or signs that mean something to a file system; its ending is kept.

    >>> safe_name("C:\\\\data\\\\2014-01-btp-street.csv"), safe_name("../../etc/pass|wd"), safe_name("..")
    ('2014-01-btp-street.csv', 'pass_wd', 'file')
    """
    name = UNSAFE.sub("_", PurePosixPath(file_name.replace("\\", "/")).name)[-150:]
    return name.lstrip(".") or "file"


def _write(place: Path, chunks: Iterable[bytes], limit: int) -> int:
    with place.open("xb") as file:
        size = _copy(file, chunks, limit, place.name)
        file.flush()
        os.fsync(file.fileno())
    return size


def _copy(file: IO[bytes], chunks: Iterable[bytes], limit: int, name: str) -> int:
    size = 0
    for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise UnableToSpool(
                f"{name} is larger than the {limit:,} bytes that may be sent this way. Send fewer months at a "
                "time, or import it on the command line."
            )
        file.write(chunk)
    if size == 0:
        raise UnableToSpool(f"{name} is empty. Choose the file again; it may not have been saved.")
    return size


def _slice(file: parquet.ParquetFile, *, start: int, stop: int) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    first = 0
    for group in range(file.num_row_groups):
        after = first + file.metadata.row_group(group).num_rows
        if after > start and first < stop:
            table = file.read_row_group(group)
            begin = max(start - first, 0)
            rows += table.slice(begin, min(stop, after) - first - begin).to_pylist()
        first = after
    return rows


def _children(folder: Path) -> list[Path]:
    return sorted(folder.iterdir()) if folder.is_dir() else []


def _force_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

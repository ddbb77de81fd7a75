"""The evidence behind a figure, written down so that the same computation can be made again, and drift be seen."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from wardstats.tables import Evidence, Snapshot


@dataclass(frozen=True, slots=True)
class KeptFile:
    """One kept file as it stood when the figure was computed: which of its parts were current then."""

    sha256: str
    table: str
    source: str
    licence: str
    edition: str
    current: tuple[tuple[str, str], ...] | None

    def to_json(self) -> dict[str, Any]:
        """As kept in the database."""
        current = None if self.current is None else [list(part) for part in self.current]
        return {
            "sha256": self.sha256,
            "table": self.table,
            "source": self.source,
            "licence": self.licence,
            "edition": self.edition,
            "current": current,
        }

    @classmethod
    def from_json(cls, row: dict[str, Any]) -> KeptFile:
        """Read back what `to_json` kept."""
        current = row["current"]
        parts = None if current is None else tuple((unit, month) for unit, month in current)
        return cls(row["sha256"], row["table"], row["source"], row["licence"], row["edition"], parts)


def kept(evidence: Evidence, *, tables: Collection[str] | None = None) -> tuple[KeptFile, ...]:
    """The files of an evidence that hold one of these tables (all tables if none are named), in a fixed order."""
    rows = [
        KeptFile(one.sha256, one.table, one.source, one.licence, one.edition, _parts(one))
        for one in evidence.snapshots
        if tables is None or one.table in tables
    ]
    return tuple(sorted(rows, key=lambda row: (row.table, row.sha256)))


def tables_read(evidence: Evidence, hashes: Collection[str]) -> frozenset[str]:
    """The tables of the files that a computation says it read."""
    return frozenset(one.table for one in evidence.snapshots if one.sha256 in hashes)


def digest(files: Sequence[KeptFile]) -> str:
    """SHA-256 over files and their current parts: it changes when any file, or any part of one, comes or goes.

    >>> one = KeptFile("ab", "population", "ONS", "OGL v3", "2021", None)
    >>> digest([one]) == digest([one]), digest([one]) == digest([])
    (True, False)
    """
    rows = [[file.table, file.sha256, file.current] for file in files]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def as_it_stood(evidence: Evidence, files: Sequence[KeptFile]) -> Evidence:
    """The same files with the parts that were current then, whatever has superseded them since."""
    then = {file.sha256: file for file in files}
    return Evidence(
        tuple(
            replace(one, current=_current(then[one.sha256])) if one.sha256 in then else one
            for one in evidence.snapshots
        )
    )


def _parts(snapshot: Snapshot) -> tuple[tuple[str, str], ...] | None:
    if snapshot.current is None:
        return None
    return tuple(sorted((unit, month.isoformat()) for unit, month in snapshot.current))


def _current(file: KeptFile) -> frozenset[tuple[str, date]] | None:
    if file.current is None:
        return None
    return frozenset((unit, date.fromisoformat(month)) for unit, month in file.current)

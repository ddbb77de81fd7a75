"""What a computation may read: kept files, known by the digest of their bytes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Snapshot:
    """An immutable kept Parquet file that holds one table.

    Parameters
    ----------
    sha256
        Digest of the file's bytes, in hexadecimal: its identity, wherever it lies.
    path
        Where it lies now.
    table
        Name of the contract it keeps, one of :data:`wardstats.tables.ALL`.
    source, licence, edition
        Who published it, on what terms, and which publication of it this is.
    current
        The parts that no newer snapshot has superseded, as pairs of unit and month; ``None`` means all of it. The
        unit is the stem of the source file without its leading ``YYYY-MM-``, so ``west-midlands-street``.
    """

    sha256: str
    path: Path
    table: str
    source: str
    licence: str
    edition: str
    current: frozenset[tuple[str, date]] | None = None


@dataclass(frozen=True)
class Evidence:
    """All that one computation may read."""

    snapshots: tuple[Snapshot, ...]

    def of(self, table: str) -> tuple[Snapshot, ...]:
        """The snapshots that hold one table, in the order given.

        Examples
        --------
        >>> kept = Snapshot("ab12", Path("a.parquet"), "population", "ONS", "OGL v3", "Census 2021")
        >>> Evidence((kept,)).of("population") == (kept,)
        True
        """
        return tuple(s for s in self.snapshots if s.table == table)

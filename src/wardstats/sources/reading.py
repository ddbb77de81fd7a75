"""What comes of reading a supply: where the rows were put, and an account of every one of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Limits:
    """How much a supply may ask of the machine that reads it.

    Parameters
    ----------
    file_bytes, supply_bytes
        The most that one file, and all files together, may hold once unpacked.
    entries
        The most files in a zip or folder.
    ratio
        How many times bigger than packed a file may be; real street files are about 12.
    line_bytes
        A line may be this long; the longest real one is about 400.
    quarantined
        The most rows that may fail before the supply is refused as not being what it says.
    memory
        What the engine may hold in its buffers, as DuckDB writes sizes.
    threads
        How many cores the engine may use.
    """

    file_bytes: int = 1 << 30
    supply_bytes: int = 16 << 30
    entries: int = 20_000
    ratio: int = 100
    line_bytes: int = 1 << 16
    quarantined: int = 100_000
    memory: str = "1GB"
    threads: int = 2


@dataclass(frozen=True)
class Progress:
    """How far a reading has come: the step, how many of its parts are done, and the part now in hand."""

    step: str
    done: int
    total: int
    file: str = ""


@dataclass(frozen=True)
class PassedOver:
    """A file of the supply that was not read, and why."""

    file: str
    because: str


@dataclass(frozen=True)
class FileRead:
    """One file and what became of its rows. An unchanged file was known by its digest and not read again.

    ``name`` is its path within the supply; ``unit`` its stem without a leading month, which with ``month`` identifies
    what a newer edition of it supersedes. ``sha256`` is of the bytes once unpacked, ``bytes`` their number.
    """

    name: str
    unit: str
    month: date | None
    sha256: str
    bytes: int
    rows_in: int
    accepted: int
    quarantined: int
    unchanged: bool


@dataclass(frozen=True)
class Reconciled:
    """One line of the account: rows in = accepted + quarantined, for one file, month and type as its rows state them.

    Month or type are ``None`` where the row does not say, or not legibly.
    """

    file: str
    month: date | None
    crime_type: str | None
    rows_in: int
    accepted: int
    quarantined: int


@dataclass(frozen=True)
class Reason:
    """Why rows were quarantined, and how many."""

    code: str
    sentence: str
    rows: int


@dataclass(frozen=True)
class Note:
    """Something that a reader of the figures should know, which is not a fault of a row."""

    code: str
    sentence: str
    rows: int = 0


@dataclass(frozen=True)
class Reading:
    """An accepted supply, lying in its staging folder.

    Parameters
    ----------
    table
        Name of the contract that ``rows`` keeps.
    rows, quarantine
        Parquet files: the accepted rows; and file, row number, line, reason and sentence of those that are not.
    sha256
        Digest of the bytes of ``rows``.
    content
        Digest of the accepted rows themselves: the same whatever their order and the layout of the file.
    files, passed_over
        Every file of the supply is in one of the two.
    reconciliation, reasons, notes
        The account by file, month and type; the reasons for quarantine; and what was noticed.
    """

    table: str
    rows: Path
    quarantine: Path
    sha256: str
    content: str
    files: tuple[FileRead, ...]
    passed_over: tuple[PassedOver, ...]
    reconciliation: tuple[Reconciled, ...]
    reasons: tuple[Reason, ...]
    notes: tuple[Note, ...]

    @property
    def rows_in(self) -> int:
        """Rows of all files that were read."""
        return sum(file.rows_in for file in self.files)

    @property
    def accepted(self) -> int:
        """Rows kept in the table."""
        return sum(file.accepted for file in self.files)

    @property
    def quarantined(self) -> int:
        """Rows set aside, each with its reason."""
        return sum(file.quarantined for file in self.files)

    @property
    def is_unchanged(self) -> bool:
        """Whether every file was known already, so that there is nothing to keep."""
        return all(file.unchanged for file in self.files)

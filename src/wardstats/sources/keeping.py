"""Reading a supply: inspect every file, keep the good rows, set the bad aside, and account for each.

Files are read twice over, by means that do not share their mistakes. The inspection counts lines; the engine then
reads, checks and keeps all files in one sweep. Where the two numbers differ, and where the inspection saw something
doubtful, the file is read again line by line, and both readings must give the same rows.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from wardstats.engines import duckdb
from wardstats.sources import observations
from wardstats.sources.accounts import (
    Account,
    UnableToReconcile,
    files_of,
    reasons_of,
    reconciliation_of,
)
from wardstats.sources.careful import Quarantined
from wardstats.sources.contents import content_of
from wardstats.sources.grammar import Grammar
from wardstats.sources.inspection import Inspected, inspect
from wardstats.sources.kinds import grammar_of, is_health, layout_of
from wardstats.sources.layouts import Layout
from wardstats.sources.mapping import ColumnMapping
from wardstats.sources.normalising import normalise
from wardstats.sources.personal import THE_FILE, refuse_personal, without_values
from wardstats.sources.reading import Limits, Note, PassedOver, Progress, Reading
from wardstats.sources.refusal import UnableToRead
from wardstats.sources.sheets import Container, container_of
from wardstats.sources.supply import Member, opened
from wardstats.sources.sweep import COMPRESSION, Kept, keep
from wardstats.tables import check

LEAVINGS = ("rows.parquet", "quarantine.parquet")
Tell = Callable[[Progress], None]


def read(
    source: Path,
    *,
    into: Path,
    table: str,
    prescribed: str = "",
    mapping: ColumnMapping | None = None,
    known: Collection[str] = (),
    progress: Tell | None = None,
    limits: Limits = Limits(),  # noqa: B008 -- a frozen value, shared by all calls without harm
) -> Reading:
    """Read a supply of one kind into a staging folder, all of it or nothing.

    Parameters
    ----------
    source
        A CSV file, plain or packed by gzip; a zip of such; or a folder of months, as downloaded from data.police.uk. Of
        tables with a layout also an Excel workbook or a Parquet file.
    into
        The staging folder, empty or not yet there. It receives ``rows.parquet`` and ``quarantine.parquet``.
    table
        One of :data:`wardstats.sources.kinds.READ`.
    prescribed
        Of ``partner_counts``, the code of the prescribed set that its rows are held against; free if empty.
        A set about health is refused whole, with no row set aside, at the first sign of a person.
    mapping
        How the columns of the supplier's own file become the fields of the layout.
    known
        Digests of files that are kept already: these are reported as unchanged and not read again.
    progress
        Called before each file is inspected, and before and after the rows are kept.
    limits
        How much of the machine it may use.

    Raises
    ------
    UnableToRead
        If any file is not what it says. Nothing is then left in the staging folder.
    FileExistsError
        If the staging folder is not empty.
    """
    grammar, known, tell = grammar_of(table, prescribed), frozenset(known), progress or _tell_nobody
    layout = layout_of(table, prescribed)
    with (
        _kept_from_view(layout if is_health(prescribed) else None, source, mapping, limits),
        _staging(into) as work,
        _supplied(source, grammar, layout, mapping, work, limits) as (found, passed_over, notes),
    ):
        files = _inspect_all(found, grammar, work, limits, tell)
        backend = duckdb.connect(memory_limit=limits.memory, threads=limits.threads, temp_directory=work / "spill")
        fresh = [file for file in files if file.sha256 not in known]
        tell(Progress("keeping", 0, len(fresh)))
        kept = keep(fresh, grammar=grammar, work=work, backend=backend, limits=limits)
        if is_health(prescribed):
            _refuse_any_faulty(kept, grammar)
        _refuse_unlike(kept, grammar, backend)
        reading = _reading(kept, files, passed_over, known, grammar, into, limits.threads, notes)
        _place(kept, grammar, into)
        tell(Progress("keeping", len(fresh), len(fresh)))
        return reading


@contextmanager
def _staging(into: Path) -> Iterator[Path]:
    """A place to work in, below the staging folder; on any failure the folder is left empty."""
    into.mkdir(parents=True, exist_ok=True)
    if any(into.iterdir()):
        raise FileExistsError(f"The staging folder {into} is not empty.")
    work = into / "work"
    work.mkdir()
    try:
        yield work
    except BaseException:
        for leaving in LEAVINGS:
            (into / leaving).unlink(missing_ok=True)
        raise
    finally:
        shutil.rmtree(work)


@contextmanager
def _supplied(
    source: Path, grammar: Grammar, layout: Layout | None, mapping: ColumnMapping | None, work: Path, limits: Limits
) -> Iterator[tuple[list[Member], list[PassedOver], tuple[Note, ...]]]:
    """The files to read; a workbook, a Parquet file or what has a mapping is written out as a plain file first."""
    container = container_of(source, source.name)
    if layout and container and (mapping or container != Container.CSV):
        member, notes = normalise(source, source.name, layout=layout, mapping=mapping, into=work, limits=limits)
        yield [member], [], notes
        return
    if mapping:
        raise UnableToRead(
            source.name,
            found="it is several files or a zip",
            expected="one file, since its columns are read by a saved mapping",
            what_to_do="Send its files one by one",
        )
    with opened(source, unfit=grammar.unfit, limits=limits) as (found, passed_over):
        yield found, passed_over, ()


@contextmanager
def _kept_from_view(
    layout: Layout | None, source: Path, mapping: ColumnMapping | None, limits: Limits
) -> Iterator[None]:
    """Of a set about health: nothing is begun before every cell was looked at, and no refusal repeats one."""
    if layout is None:
        yield
        return
    refuse_personal(source, layout=layout, mapping=mapping, limits=limits)
    try:
        yield
    except UnableToRead as fault:
        raise (fault if fault.file == THE_FILE else without_values(fault, layout)) from None


def _refuse_any_faulty(kept: Kept, grammar: Grammar) -> None:
    """A row set aside is kept as it stands; so of a set about health not one may be. Raises UnableToRead."""
    for row in kept.quarantined:
        raise UnableToRead(
            THE_FILE,
            row=row.row,
            found=grammar.sentences[row.reason].rstrip("."),
            expected="rows as the template asks for, since a health file is taken in whole or not at all",
            what_to_do="Mend the row, look through the others and send the whole file again",
        )


def _tell_nobody(_: Progress) -> None:
    """Where nobody waits."""


def _inspect_all(found: list[Member], grammar: Grammar, work: Path, limits: Limits, tell: Tell) -> list[Inspected]:
    """Inspect files side by side, since most of it is digesting and unpacking, during which others may run."""
    files: list[Inspected] = []
    pool = ThreadPoolExecutor(limits.threads)
    try:
        inspecting = pool.map(lambda m: inspect(m, grammar=grammar, place=work / f"{m.stem}.csv", limits=limits), found)
        for number, member in enumerate(found):
            tell(Progress("inspecting", number, len(found), member.name))
            files.append(next(inspecting))
            _refuse_too_much(files, limits)
    finally:
        pool.shutdown(cancel_futures=True)
    return files


def _refuse_too_much(files: list[Inspected], limits: Limits) -> None:
    if sum(file.bytes for file in files) > limits.supply_bytes:
        raise UnableToRead(
            files[-1].member.name,
            found=f"with it the files unpack to more than {limits.supply_bytes:,} bytes",
            expected="fewer",
            what_to_do="Send fewer months at a time",
        )


def _refuse_unlike(kept: Kept, grammar: Grammar, backend: duckdb.Backend) -> None:
    """Hold what was kept against the contract, and against what it must not hold."""
    check(grammar.table, pq.read_schema(kept.rows))
    grammar.refuse(backend, backend.read_parquet(kept.rows))


def _reading(
    kept: Kept,
    files: list[Inspected],
    passed_over: list[PassedOver],
    known: frozenset[str],
    grammar: Grammar,
    into: Path,
    threads: int,
    noticed: tuple[Note, ...],
) -> Reading:
    account, quarantined = kept.account, kept.quarantined
    read_files = files_of(files, account, quarantined, known)
    _refuse_unreconciled(kept, account, quarantined)
    with kept.rows.open("rb") as rows:
        sha256 = hashlib.file_digest(rows, "sha256").hexdigest()
    return Reading(
        table=grammar.table.name,
        rows=into / LEAVINGS[0],
        quarantine=into / LEAVINGS[1],
        sha256=sha256,
        content=content_of(kept.rows, threads=threads),
        files=read_files,
        passed_over=tuple(passed_over),
        reconciliation=reconciliation_of(files, account, quarantined),
        reasons=reasons_of(grammar, quarantined),
        notes=noticed + observations.notes_on(kept, grammar),
    )


def _refuse_unreconciled(kept: Kept, account: Account, quarantined: list[Quarantined]) -> None:
    lines = sum(file.lines for file in kept.files) - kept.blank_lines
    accounted = sum(account.values()) + len(quarantined)
    if lines != accounted:
        raise UnableToReconcile(f"{lines:,} lines came in, {accounted:,} are accounted for.")


def _place(kept: Kept, grammar: Grammar, into: Path) -> None:
    """Put both files in their places, the rows last, so that where there are rows all is there."""
    rows = kept.quarantined
    table = pa.table(
        {
            "file": pa.array([row.file for row in rows], pa.string()),
            "row": pa.array([row.row for row in rows], pa.int64()),
            "line": pa.array([row.line for row in rows], pa.string()),
            "reason": pa.array([row.reason for row in rows], pa.string()),
            "sentence": pa.array([grammar.sentences[row.reason] for row in rows], pa.string()),
        }
    )
    pq.write_table(table, into / LEAVINGS[1], compression=COMPRESSION)
    kept.rows.replace(into / LEAVINGS[0])

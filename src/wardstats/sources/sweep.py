"""The sweep: one expression that reads, checks and keeps all files, with single files read line by line beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from wardstats.engines.duckdb import Backend
from wardstats.sources import careful
from wardstats.sources.accounts import Account, account_of, by_file
from wardstats.sources.careful import Quarantined
from wardstats.sources.grammar import MONTH, Grammar, Headings
from wardstats.sources.inspection import Inspected
from wardstats.sources.reading import Limits
from wardstats.sources.refusal import UnableToRead

COMPRESSION = "zstd"


@dataclass
class Examined:
    """A file read line by line: its good rows in parts, its bad ones, and how many lines were blank."""

    parts: list[Path] = field(default_factory=list)
    quarantined: list[Quarantined] = field(default_factory=list)
    blank: int = 0


@dataclass(frozen=True)
class Kept:
    """What the sweep kept: the rows' file, its account, and every row that was set aside."""

    files: Sequence[Inspected]
    rows: Path
    account: Account
    quarantined: list[Quarantined]
    blank_lines: int
    backend: Backend


def keep(files: Sequence[Inspected], *, grammar: Grammar, work: Path, backend: Backend, limits: Limits) -> Kept:
    """Keep every good row of all files in ``rows.parquet`` below ``work``.

    The second attempt, in which a file's rows are taken from its reading line by line, is needed only if the engine
    and that reading disagree about which rows are good.
    """
    examination = _Examination(grammar, work, backend, limits)
    by_line = {file.member.stem for file in files if file.needs_care}
    rows = work / "rows.parquet"
    while True:
        swept = [file for file in files if file.member.stem not in by_line]
        parts = [part for file in files if file.member.stem in by_line for part in examination.of(file).parts]
        backend.to_parquet(_all_rows(swept, parts, grammar, backend), rows, compression=COMPRESSION)
        account = account_of(backend, backend.read_parquet(rows), grammar.accounted)
        accounts = by_file(account)
        doubtful = [file for file in swept if sum(accounts.get(file.member.stem, {}).values()) != file.lines]
        disagreed = examination.disagreed(doubtful, backend.read_parquet(rows))
        if not disagreed:
            done = examination.examined.values()
            quarantined = sorted((row for e in done for row in e.quarantined), key=lambda row: (row.file, row.row))
            return Kept(files, rows, account, quarantined, sum(e.blank for e in done), backend)
        by_line |= disagreed


def _all_rows(swept: Sequence[Inspected], parts: Sequence[Path], grammar: Grammar, backend: Backend) -> ir.Table:
    tables = [_good_rows(files, headings, grammar, backend) for headings, files in _by_headings(swept).items()]
    if parts:
        tables.append(backend.read_parquet([str(part) for part in parts]))
    return ibis.union(*tables) if tables else ibis.memtable(grammar.table.arrow.empty_table())


def _by_headings(files: Sequence[Inspected]) -> dict[Headings, list[Inspected]]:
    groups: defaultdict[Headings, list[Inspected]] = defaultdict(list)
    for file in files:
        groups[file.headings].append(file)
    return groups


def _good_rows(files: Sequence[Inspected], headings: Headings, grammar: Grammar, backend: Backend) -> ir.Table:
    """The rows of files without quotation marks that break no rule, as rows of the contract."""
    text = backend.read_csv(
        [str(file.path) for file in files],
        columns=dict.fromkeys(headings, "VARCHAR"),
        header=True,
        delim=",",
        quote="",
        escape="",
        ignore_errors=True,
        filename=True,
    )
    stem = text["filename"].re_extract(r"([^/]+)\.csv$", 1)
    named = text.mutate(source_file=stem, file_month=stem.re_extract(f"^{MONTH}", 0).nullif(""))
    return grammar.rows(named.filter(grammar.is_acceptable(named)))


class _Examination:
    """Files read line by line, each once."""

    def __init__(self, grammar: Grammar, work: Path, backend: Backend, limits: Limits) -> None:
        self.grammar, self.work, self.backend, self.limits = grammar, work, backend, limits
        self.examined: dict[str, Examined] = {}

    def of(self, file: Inspected) -> Examined:
        """What reading a file line by line gave."""
        if file.member.stem not in self.examined:
            self.examined[file.member.stem] = self._examine(file)
        return self.examined[file.member.stem]

    def disagreed(self, files: Sequence[Inspected], kept: ir.Table) -> set[str]:
        """The stems of those files of which the engine kept other rows than are good when read one by one."""
        parts = [str(part) for file in files for part in self.of(file).parts]
        if not parts:
            return set()
        swept = kept.filter(kept["source_file"].isin([file.member.stem for file in files]))
        read = self.backend.read_parquet(parts)
        either = (ibis.difference(swept, read, distinct=False), ibis.difference(read, swept, distinct=False))
        stems = self.backend.to_pyarrow(ibis.union(*either).select("source_file").distinct())
        return set(stems["source_file"].to_pylist())

    def _examine(self, file: Inspected) -> Examined:
        examined = Examined()
        for number, batch in enumerate(careful.batches(file, self.grammar.accounted)):
            judged = self._judged(file, batch.text)
            part = self.work / f"{file.path.stem}-{number:04d}.parquet"
            good = self.grammar.rows(judged.filter(judged["reason"].isnull()))
            self.backend.to_parquet(good, part, compression=COMPRESSION)
            examined.parts.append(part)
            examined.quarantined += [*batch.quarantined, *self._broken(file, judged)]
            examined.blank += batch.blank
            self._refuse_too_many(file, examined)
        return examined

    def _judged(self, file: Inspected, text: pa.Table) -> ir.Table:
        month = file.member.month
        lines = ibis.memtable(text).mutate(
            source_file=ibis.literal(file.member.stem),
            file_month=ibis.literal(month and f"{month:%Y-%m}", type="string"),
        )
        return lines.mutate(reason=self.grammar.reason(lines))

    def _broken(self, file: Inspected, judged: ir.Table) -> list[Quarantined]:
        bad = judged.filter(judged["reason"].notnull())
        accounted = self.grammar.accounted
        bad = bad.select("row", "line", "reason", month=accounted.month_of(bad), type=accounted.type_of(bad))
        return [
            Quarantined(file.member.name, row["row"], row["line"], row["reason"], row["month"], row["type"])
            for row in self.backend.to_pyarrow(bad).to_pylist()
        ]

    def _refuse_too_many(self, file: Inspected, examined: Examined) -> None:
        others = sum(len(e.quarantined) for e in self.examined.values())
        if others + len(examined.quarantined) > self.limits.quarantined:
            raise UnableToRead(
                file.member.name,
                row=examined.quarantined[0].row,
                found=f"more than {self.limits.quarantined:,} rows are faulty: "
                + self.grammar.sentences[examined.quarantined[0].reason].rstrip(".").lower(),
                expected=f"rows of the table {self.grammar.table.name}",
                what_to_do="Check that this is the right file, and that no program has changed it",
            )

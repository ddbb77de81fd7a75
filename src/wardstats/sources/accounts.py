"""The account of a supply: how many rows of each file, month and type were kept, and which rows they were."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from wardstats.engines.duckdb import Backend
from wardstats.sources.careful import Quarantined
from wardstats.sources.grammar import MONTH, Grammar
from wardstats.sources.inspection import Inspected
from wardstats.sources.reading import FileRead, Reason, Reconciled
from wardstats.tables import Table

Key = tuple[str, date, str]


@dataclass(frozen=True)
class Tally:
    """Rows of one source file, month and type: how many, how many different, and the sum of their digests."""

    rows: int
    different: int
    digest: int


Account = Mapping[Key, Tally]


class UnableToReconcile(RuntimeError):
    """Rows in are not rows accepted plus rows quarantined: a fault of this library, so nothing is kept."""


@ibis.udf.scalar.builtin(name="md5_number_lower")
def _digest(text: str) -> ibis.dtype("uint64"):  # type: ignore[empty-body, valid-type]
    """Half of a row's MD5 as a number: the same in every version of the engine, which its own hash is not."""


def account_of(backend: Backend, rows: ir.Table, table: Table) -> Account:
    """Count and digest rows by source file, month and type."""
    marked = rows.select("source_file", "month", "crime_type", digest=_digest(_as_text(rows, table)))
    counted = marked.group_by("source_file", "month", "crime_type").aggregate(
        rows=marked.count(), different=marked["digest"].nunique(), digest=marked["digest"].sum().cast("string")
    )
    return {
        (line["source_file"], line["month"], line["crime_type"]): Tally(
            line["rows"], line["different"], int(line["digest"])
        )
        for line in backend.to_pyarrow(counted).to_pylist()
    }


def _as_text(rows: ir.Table, table: Table) -> ir.StringValue:
    text = ibis.literal("")
    for column in table.columns:
        text += rows[column.name].cast("string").fill_null("") + "\x1f"
    return text


def content_of(account: Account, table: Table) -> str:
    """A digest of the rows themselves, whatever their order and however they are laid out in a file."""
    rows = sum(tally.rows for tally in account.values())
    digest = sum(tally.digest for tally in account.values())
    return hashlib.sha256(f"{table.name}:{rows}:{digest}".encode()).hexdigest()


def by_file(account: Account) -> Mapping[str, Account]:
    """An account taken apart by source file."""
    parts: defaultdict[str, dict[Key, Tally]] = defaultdict(dict)
    for key, tally in account.items():
        parts[key[0]][key] = tally
    return parts


def files_of(
    files: Sequence[Inspected], account: Account, quarantined: Iterable[Quarantined], known: Iterable[str]
) -> tuple[FileRead, ...]:
    """What became of each file."""
    kept: Counter[str] = Counter()
    for (stem, _, _), tally in account.items():
        kept[stem] += tally.rows
    set_aside = Counter(row.file for row in quarantined)
    known = frozenset(known)
    return tuple(
        FileRead(
            name=file.member.name,
            unit=file.member.unit,
            month=file.member.month,
            sha256=file.sha256,
            bytes=file.bytes,
            rows_in=kept[file.member.stem] + set_aside[file.member.name],
            accepted=kept[file.member.stem],
            quarantined=set_aside[file.member.name],
            unchanged=file.sha256 in known,
        )
        for file in files
    )


def reconciliation_of(
    files: Sequence[Inspected], account: Account, quarantined: Iterable[Quarantined]
) -> tuple[Reconciled, ...]:
    """The account by file, month and type, in that order."""
    names = {file.member.stem: file.member.name for file in files}
    kept = {(names[stem], month, crime_type): tally.rows for (stem, month, crime_type), tally in account.items()}
    set_aside = Counter((row.file, _month(row.month), row.crime_type) for row in quarantined)
    keys = sorted(kept.keys() | set_aside.keys(), key=lambda key: (key[0], key[1] or date.min, key[2] or ""))
    return tuple(
        Reconciled(
            *key, rows_in=kept.get(key, 0) + set_aside[key], accepted=kept.get(key, 0), quarantined=set_aside[key]
        )  # type: ignore[call-overload]
        for key in keys
    )


def reasons_of(grammar: Grammar, quarantined: Iterable[Quarantined]) -> tuple[Reason, ...]:
    """Each reason that occurs, the most frequent first."""
    counted = Counter(row.reason for row in quarantined)
    return tuple(Reason(code, grammar.sentences[code], rows) for code, rows in counted.most_common())


def _month(text: str | None) -> date | None:
    return date.fromisoformat(f"{text}-01") if text and re.fullmatch(MONTH, text) else None

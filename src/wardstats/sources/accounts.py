"""The account of a supply: how many rows of each file, month and type were kept and set aside."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import ibis.expr.types as ir

from wardstats.engines.duckdb import Backend
from wardstats.sources.careful import Quarantined
from wardstats.sources.grammar import MONTH, Accounted, Grammar
from wardstats.sources.inspection import Inspected
from wardstats.sources.reading import FileRead, Reason, Reconciled

Key = tuple[str, date, str]


Account = Mapping[Key, int]
_Line = tuple[str, date | None, str | None]


class UnableToReconcile(RuntimeError):
    """Rows in are not rows accepted plus rows quarantined: a fault of this library, so nothing is kept."""


def account_of(backend: Backend, rows: ir.Table, accounted: Accounted) -> Account:
    """Count rows by source file, month and type."""
    month = rows[accounted.month].truncate("M").cast("date")
    stated = rows.select("source_file", month=month, crime_type=rows[accounted.type])
    counted = stated.group_by("source_file", "month", "crime_type").aggregate(rows=stated.count())
    lines = backend.to_pyarrow(counted).to_pylist()
    return {(line["source_file"], line["month"], line["crime_type"]): line["rows"] for line in lines}


def by_file(account: Account) -> Mapping[str, Account]:
    """An account taken apart by source file."""
    parts: defaultdict[str, dict[Key, int]] = defaultdict(dict)
    for key, rows in account.items():
        parts[key[0]][key] = rows
    return parts


def files_of(
    files: Sequence[Inspected], account: Account, quarantined: Iterable[Quarantined], known: Iterable[str]
) -> tuple[FileRead, ...]:
    """What became of each file."""
    kept: Counter[str] = Counter()
    for (stem, _, _), rows in account.items():
        kept[stem] += rows
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
    kept: Counter[_Line] = Counter()
    for (stem, month, crime_type), rows in account.items():
        kept[names[stem], month, crime_type] = rows
    set_aside: Counter[_Line] = Counter((row.file, _month(row.month), row.crime_type) for row in quarantined)
    lines = sorted(kept.keys() | set_aside.keys(), key=lambda line: (line[0], line[1] or date.min, line[2] or ""))
    return tuple(
        Reconciled(*line, rows_in=kept[line] + set_aside[line], accepted=kept[line], quarantined=set_aside[line])
        for line in lines
    )


def reasons_of(grammar: Grammar, quarantined: Iterable[Quarantined]) -> tuple[Reason, ...]:
    """Each reason that occurs, the most frequent first."""
    counted = Counter(row.reason for row in quarantined)
    return tuple(Reason(code, grammar.sentences[code], rows) for code, rows in counted.most_common())


def _month(text: str | None) -> date | None:
    return date.fromisoformat(f"{text}-01") if text and re.fullmatch(MONTH, text) else None

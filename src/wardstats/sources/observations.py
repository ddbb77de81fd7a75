"""What was noticed about a supply: not faults of rows, but things that a reader of the figures should know."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

import ibis
import ibis.expr.types as ir

from wardstats.sources.grammar import Grammar
from wardstats.sources.reading import Note
from wardstats.sources.sweep import Kept
from wardstats.tables import AREA_MONTH_COUNTS, STREET_CRIME

ANTI_SOCIAL_BEHAVIOUR = "Anti-social behaviour"
BRITISH_TRANSPORT_POLICE = "British Transport Police"
LAST_CODES_OF_2011 = {"E": "E01033768", "W": "W01001958"}


def notes_on(kept: Kept, grammar: Grammar) -> tuple[Note, ...]:
    """Everything noticed, in a fixed order, leaving out what does not occur."""
    rows = kept.backend.read_parquet(kept.rows)
    notes = [*_on_files(kept), *_on_months(kept, grammar.accounted.months_apart)]
    if grammar.table is STREET_CRIME:
        notes += [*_on_street_rows(kept, rows), *_on_code_versions(kept, rows)]
    if grammar.table is AREA_MONTH_COUNTS:
        notes += _on_code_versions(kept, rows.rename(lsoa_code="area_code"))
        notes += _on_places_of_counts(kept, rows)
    return tuple(note for note in notes if note.sentence)


def _on_files(kept: Kept) -> Iterator[Note]:
    for file in kept.files:
        if file.lines == 0:
            yield Note("headings-only", f"{file.member.name} has headings and no rows: nothing was published.")
    carriage_returns = sum(file.has_carriage_returns for file in kept.files)
    if carriage_returns:
        yield Note(
            "carriage-returns", f"{_count(carriage_returns, 'file ends', 'files end')} lines as Windows does (CRLF)."
        )
    if kept.blank_lines:
        yield Note(
            "blank-lines",
            f"{_count(kept.blank_lines, 'blank line is', 'blank lines are')} not counted as rows.",
            kept.blank_lines,
        )


def _on_months(kept: Kept, months_apart: int) -> Iterator[Note]:
    """Months that lie between others of the same unit and are not there."""
    months: defaultdict[str, set[date]] = defaultdict(set)
    units = {file.member.stem: file.member.unit for file in kept.files}
    for stem, month, _ in kept.account:
        months[units[stem]].add(month)
    for file in kept.files:
        if file.member.month:
            months[file.member.unit].add(file.member.month)
    for unit, present in sorted(months.items()) if months_apart else ():
        for month in _absent(present, months_apart):
            yield Note("missing-month", f"{unit} has no {month:%Y-%m}, though it has months before and after.")


def _absent(present: set[date], months_apart: int) -> Iterator[date]:
    month = min(present)
    while month < max(present):
        if month not in present:
            yield month
        months = 12 * month.year + month.month - 1 + months_apart
        month = date(months // 12, months % 12 + 1, 1)


def _on_street_rows(kept: Kept, rows: ir.Table) -> Iterator[Note]:
    transport = rows["reported_by"] == BRITISH_TRANSPORT_POLICE
    without = rows["crime_id"].isnull()
    behaviour = rows["crime_type"] == ANTI_SOCIAL_BEHAVIOUR
    counted = rows.aggregate(
        nowhere=(rows["lsoa_code"].isnull() & rows["longitude"].isnull()).sum(),
        elsewhere=(rows["lsoa_code"].isnull() & rows["longitude"].notnull()).sum(),
        transport=(without & transport).sum(),
        others=(without & ~transport & ~behaviour).sum(),
    )
    found = {name: number or 0 for name, number in kept.backend.to_pyarrow(counted).to_pylist()[0].items()}
    different = ibis.struct({column: rows[column] for column in rows.columns}).hash().nunique()
    identical = sum(kept.account.values()) - kept.backend.to_pyarrow(different).as_py()
    areas = (
        rows.filter(rows["lsoa_code"].notnull()).group_by("lsoa_code").aggregate(forces=rows["reported_by"].nunique())
    )
    shared = kept.backend.to_pyarrow(areas.filter(areas["forces"] > 1).count()).as_py()
    yield from (
        _note("no-location", found["nowhere"], "{} published without a location and so in no area."),
        _note("no-area", found["elsewhere"], "{} published with a location but in no area, as in Scotland."),
        _note("no-crime-id-btp", found["transport"], "{} by British Transport Police without a crime ID."),
        _note("no-crime-id", found["others"], "{} of crimes by other forces without a crime ID."),
        _note(
            "identical-rows", identical, "{} identical to another of the same file; all were kept, as separate events."
        ),
    )
    if shared:
        sentence = f"{_count(shared, 'area has', 'areas have')} rows in the files of more than one force."
        yield Note("several-forces", sentence)


def _on_places_of_counts(kept: Kept, rows: ir.Table) -> Iterator[Note]:
    nowhere = kept.backend.to_pyarrow(rows.filter(rows["area_code"].isnull())["count"].sum()).as_py() or 0
    if nowhere:
        yield Note("no-location", f"{nowhere:,} crimes and incidents are counted for no area.", nowhere)


def _on_code_versions(kept: Kept, rows: ir.Table) -> Iterator[Note]:
    """The first month with LSOA codes that came into use in 2021, if earlier months have none."""
    code = rows["lsoa_code"]
    new = (code.between("E01", "E01999999") & (code > LAST_CODES_OF_2011["E"])) | (
        code.between("W01", "W01999999") & (code > LAST_CODES_OF_2011["W"])
    )
    by_month = rows.group_by("month").aggregate(new=new.sum().coalesce(0))
    months = {line["month"]: line["new"] for line in kept.backend.to_pyarrow(by_month).to_pylist()}
    first = min((month for month, number in months.items() if number), default=None)
    if first and any(month < first for month in months):
        before = max(month for month in months if month < first)
        yield Note(
            "code-versions",
            f"LSOA codes first used in 2021 occur from {first:%Y-%m} and not up to {before:%Y-%m}: the two are of "
            "different versions and must be bridged before they are compared.",
        )


def _note(code: str, rows: int, sentence: str) -> Note:
    return Note(code, sentence.format(_count(rows, "row is", "rows are")) if rows else "", rows)


def _count(number: int, one: str, several: str) -> str:
    return f"{number:,} {one if number == 1 else several}"

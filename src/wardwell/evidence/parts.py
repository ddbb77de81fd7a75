"""What the library read, as parts: one month of one file each, the smallest thing that can be superseded."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from wardstats import sources
from wardwell.evidence.models import Dataset
from wardwell.evidence.rules import UnitOfFiles, stem_of, superseding_unit


@dataclass(frozen=True, slots=True)
class LineFound:
    """Rows of one month and crime type in a part, as the rows state them."""

    month: date | None
    crime_type: str
    rows_in: int
    accepted: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class PartFound:
    """One month of one file, as read."""

    unit: str
    month: date | None
    source_file: str
    file_name: str
    sha256: str
    lines: tuple[LineFound, ...]

    @property
    def key(self) -> tuple[str, date | None]:
        """What a newer part must match to supersede this one."""
        return self.unit, self.month

    @property
    def rows_in(self) -> int:
        return sum(one.rows_in for one in self.lines)

    @property
    def accepted(self) -> int:
        return sum(one.accepted for one in self.lines)

    @property
    def quarantined(self) -> int:
        return sum(one.quarantined for one in self.lines)


def parts_of(reading: sources.Reading, dataset: Dataset) -> tuple[PartFound, ...]:
    """The parts of every file that is new.

    A street file is one part, of the month in its name. A file of counts is a part for each month of which a row was accepted;
    its other quarantined rows make a part without a month, which supersedes nothing.
    """
    lines: dict[str, list[LineFound]] = defaultdict(list)
    for one in reading.reconciliation:
        lines[one.file].append(LineFound(one.month, one.crime_type or "", one.rows_in, one.accepted, one.quarantined))
    new = [file for file in reading.files if not file.unchanged]
    return tuple(part for file in new for part in _of_file(file, tuple(lines[file.name]), dataset))


def _of_file(file: sources.FileRead, lines: tuple[LineFound, ...], dataset: Dataset) -> list[PartFound]:
    if file.month is not None or not lines:
        return [_part(file, dataset, file.month, lines)]
    months = sorted({line.month for line in lines if line.month is not None and line.accepted})
    found = [_part(file, dataset, month, tuple(line for line in lines if line.month == month)) for month in months]
    rest = tuple(line for line in lines if line.month not in months)
    return [*found, _part(file, dataset, None, rest)] if rest else found


def _part(file: sources.FileRead, dataset: Dataset, month: date | None, lines: tuple[LineFound, ...]) -> PartFound:
    stem = stem_of(file.name)
    unit = superseding_unit(stem, UnitOfFiles(dataset.unit_of_files))
    return PartFound(
        unit=unit if month is not None else f"rows of no month in {stem}",
        month=month,
        source_file=stem,
        file_name=file.name,
        sha256=file.sha256,
        lines=lines,
    )

"""A dataset as it is described: where it comes from, by what right, on what terms, and what is expected of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wardstats import tables
from wardwell.evidence.models import Dataset
from wardwell.evidence.periods import DueRule, Sensitivity
from wardwell.evidence.rules import Cadence


@dataclass(frozen=True, slots=True)
class FieldView:
    """A column of the table's contract: what a value in it means."""

    name: str
    type: str
    may_be_empty: bool
    meaning: str


@dataclass(frozen=True, slots=True)
class DatasetView:
    """A dataset with its terms. `owner` is who looks after it here; known faults are the contract's and the dataset's own."""

    id: UUID
    code: str
    name: str
    table: str
    grain: str
    supplier: str
    source: str
    licence: str
    cadence: Cadence
    unit_of_files: str
    used_for_measures: bool
    note: str
    supplier_code: str = ""
    publisher: str = ""
    gateway: str = ""
    due_rule: DueRule = DueRule.DAYS_AFTER
    due_days_after: int = 60
    expected_from: date | None = None
    expected_until: date | None = None
    is_sparse: bool = False
    owner_id: UUID | None = None
    owner: str = ""
    retention: str = ""
    sensitivity: Sensitivity = Sensitivity.OPEN
    own_faults: tuple[str, ...] = ()
    is_synthetic: bool = False
    described_at: datetime | None = None
    described_by: str = ""

    @property
    def fields(self) -> tuple[FieldView, ...]:
        """The columns that its rows have, by the table's contract."""
        columns = tables.ALL[self.table].columns
        return tuple(FieldView(one.name, one.type.value, one.nullable, one.meaning) for one in columns)

    @property
    def row_is(self) -> str:
        """What one row is, by the table's contract."""
        return tables.ALL[self.table].grain

    @property
    def known_faults(self) -> tuple[str, ...]:
        """What is known to be wrong with such tables, and with this one."""
        return (*tables.ALL[self.table].known_faults, *self.own_faults)


def view_of(row: Dataset) -> DatasetView:
    """A dataset's row as shown; its supplier, owner and describer have been read with it."""
    return DatasetView(
        id=row.id,
        code=row.code,
        name=row.name,
        table=row.table,
        grain=row.grain,
        supplier=row.supplier.name if row.supplier else "",
        source=row.source,
        licence=row.licence,
        cadence=Cadence(row.cadence),
        unit_of_files=row.unit_of_files,
        used_for_measures=row.used_for_measures,
        note=row.note,
        supplier_code=row.supplier.code if row.supplier else "",
        publisher=row.publisher,
        gateway=row.gateway,
        due_rule=DueRule(row.due_rule),
        due_days_after=row.due_days_after,
        expected_from=row.expected_from,
        expected_until=row.expected_until,
        is_sparse=row.is_sparse,
        owner_id=row.owner_id,
        owner=row.owner.name if row.owner else "",
        retention=row.retention,
        sensitivity=Sensitivity(row.sensitivity),
        own_faults=tuple(line.strip() for line in row.known_faults.splitlines() if line.strip()),
        is_synthetic=row.is_synthetic,
        described_at=row.described_at,
        described_by=row.described_by.name if row.described_by else "",
    )

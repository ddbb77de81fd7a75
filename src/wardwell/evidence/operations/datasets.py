"""Declaring the datasets of a partnership."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from wardstats import sources, tables
from wardwell.access.actor import Actor
from wardwell.audit.gate import Done, operation
from wardwell.evidence.models import CRIME_TABLES, Dataset
from wardwell.evidence.operations.describing import Description, put_description
from wardwell.evidence.rules import Cadence, UnitOfFiles


class UnableToAddDataset(ValueError):
    """Why a dataset cannot be declared, in a sentence for the screen."""


@operation(verb="import", kind="evidence.Dataset")
def add_dataset(
    *,
    actor: Actor,
    at: datetime,
    code: str,
    name: str,
    table: str,
    source: str,
    licence: str,
    cadence: Cadence,
    unit_of_files: UnitOfFiles,
    grain: str = "",
    due_days_after: int = 60,
    used_for_measures: bool = True,
    supplier_id: int | None = None,
    note: str = "",
    prescribed_set: str = "",
    is_synthetic: bool = False,
    description: Description | None = None,
) -> Done[UUID]:
    """Declare a dataset, or bring the one with this code up to date; what was kept under it stays as it was.

    Parameters
    ----------
    description
        What is said of it and expected of it, its note and its days included; left as it was when not given.

    Raises UnableToAddDataset: for an unknown table, another table than before, or a second dataset of crime to be used for
    measures at the same grain. Raises UnableToDescribe for periods that cannot be counted so.
    """
    present = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here, code=code).first()
    _refuse_faults(actor, code, table, grain, used_for_measures, present)
    _refuse_unknown_set(table, prescribed_set)
    row = present or Dataset(partnership_id=actor.here, code=code, table=table)
    row.name, row.grain, row.source, row.licence, row.note = name, grain, source, licence, note
    row.cadence, row.due_days_after = cadence.value, due_days_after
    row.unit_of_files, row.used_for_measures, row.supplier_id = unit_of_files.value, used_for_measures, supplier_id
    row.prescribed_set = prescribed_set
    row.is_synthetic = is_synthetic
    if description is not None:
        put_description(row, description, actor=actor, at=at)
    row.save(force_insert=present is None)
    manner = "brought up to date" if present else "declared"
    return Done(row.id, f"{manner} the dataset {name}, from {source}", row.id)


def _refuse_unknown_set(table: str, prescribed_set: str) -> None:
    known = sorted({one.code for one in sources.prescribed_sets()})
    if prescribed_set and prescribed_set not in known:
        raise UnableToAddDataset(f"There is no prescribed set “{prescribed_set}”: choose one of {', '.join(known)}.")
    if prescribed_set and table != tables.PARTNER_COUNTS.name:
        raise UnableToAddDataset("A prescribed set is given as counts of an agency: choose the table partner_counts.")


def _refuse_faults(
    actor: Actor, code: str, table: str, grain: str, used_for_measures: bool, present: Dataset | None
) -> None:
    if table not in tables.ALL:
        raise UnableToAddDataset(f"There is no table “{table}”: choose one of {', '.join(sorted(tables.ALL))}.")
    if present is not None and present.table != table:
        raise UnableToAddDataset(f"The dataset “{code}” holds the table {present.table}; choose another code.")
    if not used_for_measures or table not in CRIME_TABLES:
        return
    others = Dataset.objects.visible_to(actor).filter(
        partnership_id=actor.here, grain=grain, used_for_measures=True, table__in=CRIME_TABLES
    )
    other = others.exclude(code=code).first()
    if other:
        raise UnableToAddDataset(
            f"Measures already read {other.name} for each {grain or 'area'}. Street rows and counts of the same months tell "
            "of the same crimes: only one of them can be used for measures."
        )

"""Whole tables of reference are kept as evidence."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as parquet

from wardstats import tables
from wardwell.access.actor import Actor
from wardwell.access.protection import time_ordered_key
from wardwell.audit.gate import Done, operation
from wardwell.evidence import locks
from wardwell.evidence.entering import Kept, enter
from wardwell.evidence.models import Dataset, Part
from wardwell.evidence.parts import LineFound, PartFound
from wardwell.evidence.rules import WHOLE_UNIT, counted
from wardwell.evidence.store import Store, digest_of


class UnableToKeep(ValueError):
    """Why rows cannot be kept, in a sentence for the screen."""


@operation(verb="import", kind="evidence.Snapshot")
def keep_table(
    *, actor: Actor, at: datetime, dataset_code: str, rows: pa.Table, edition: str, source_file: str, note: str = ""
) -> Done[UUID]:
    """Keep a whole table that is not street crime: populations, look-ups, members of areas. Returns the snapshot's key.

    It supersedes the table kept before. The very same rows again change nothing.

    Raises
    ------
    UnableToKeep
        When there is no such dataset, or the rows do not have the columns of its table.
    """
    dataset = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here, code=dataset_code).first()
    if dataset is None:
        raise UnableToKeep(f"This partnership has no dataset “{dataset_code}”.")
    _refuse_none(dataset, rows)
    snapshot_id, is_new = keep_rows(actor, at, dataset, rows, edition=edition, source_file=source_file, note=note)
    if not is_new:
        return Done(snapshot_id, f"kept {dataset.name} again: nothing in it has changed", snapshot_id)
    says = f"kept {counted(rows.num_rows, 'row')} of {dataset.name}, edition {edition}"
    return Done(snapshot_id, says, snapshot_id)


def keep_rows(
    actor: Actor, at: datetime, dataset: Dataset, rows: pa.Table, *, edition: str, source_file: str, note: str = ""
) -> tuple[UUID, bool]:
    """Keep rows as a dataset's whole table, inside an operation. Returns the snapshot's key, and whether it is a new one.

    Raises UnableToKeep when they have not the columns of its table, or the folders are being swept.
    """
    _check(dataset, rows)
    if not locks.is_shared(actor.here):
        raise UnableToKeep("The evidence folders are being swept. Try again in a minute.")
    locks.wait_for(dataset.id)
    sha256, size = _written(Store.of(actor.here), rows)
    present = _present(actor, dataset, sha256)
    if present is not None:
        return present, False
    whole = LineFound(None, "", rows.num_rows, rows.num_rows, 0)
    part = PartFound(WHOLE_UNIT, None, Path(source_file).stem, source_file, sha256, (whole,))
    kept = Kept(sha256, content_digest=sha256, bytes=size, notes=(note,) if note else ())
    snapshot = enter(actor, at, dataset, edition=edition, kept=kept, parts=(part,))
    return snapshot.id, True


def _check(dataset: Dataset, rows: pa.Table) -> None:
    try:
        tables.check(tables.ALL[dataset.table], rows.schema)
    except tables.UnableToAccept as fault:
        raise UnableToKeep(str(fault)) from fault


def _refuse_none(dataset: Dataset, rows: pa.Table) -> None:
    if rows.num_rows == 0:
        raise UnableToKeep(f"There is not one row of {dataset.name} to keep.")


def _written(store: Store, rows: pa.Table) -> tuple[str, int]:
    with store.workshop(time_ordered_key()) as folder:
        written = folder / "rows.parquet"
        parquet.write_table(rows, written, compression="zstd")
        sha256, size = digest_of(written), written.stat().st_size
        store.keep(written, sha256)
    return sha256, size


def _present(actor: Actor, dataset: Dataset, sha256: str) -> UUID | None:
    rows = Part.objects.visible_to(actor).filter(snapshot__sha256=sha256, dataset=dataset, superseded_by__isnull=True)
    return rows.values_list("snapshot_id", flat=True).first()

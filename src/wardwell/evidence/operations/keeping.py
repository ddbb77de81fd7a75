"""Accepted rows are kept: described in PostgreSQL, superseding what they bring up to date."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

import pyarrow as pa
import pyarrow.parquet as parquet
from django.db.models import Q

from wardstats import tables
from wardwell.access.actor import Actor
from wardwell.access.protection import time_ordered_key
from wardwell.audit.gate import Done, operation
from wardwell.evidence import locks
from wardwell.evidence.models import Dataset, Part, Reconciliation, Snapshot, Submission
from wardwell.evidence.rules import WHOLE_UNIT, counted, next_month
from wardwell.evidence.store import Store, digest_of


class UnableToKeep(ValueError):
    """Why rows cannot be kept, in a sentence for the screen."""


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


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept files of a snapshot, by digest, and what was observed."""

    sha256: str
    content_digest: str
    bytes: int
    quarantine_sha256: str = ""
    notes: tuple[str, ...] = field(default=())


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
    _check(dataset, rows)
    if not locks.is_shared(actor.here):
        raise UnableToKeep("The evidence folders are being swept. Try again in a minute.")
    locks.wait_for(dataset.id)
    sha256, size = _written(Store.of(actor.here), rows)
    present = _present(actor, dataset, sha256)
    if present is not None:
        return Done(present, f"kept {dataset.name} again: nothing in it has changed", present)
    whole = LineFound(None, "", rows.num_rows, rows.num_rows, 0)
    part = PartFound(WHOLE_UNIT, None, Path(source_file).stem, source_file, sha256, (whole,))
    kept = Kept(sha256, content_digest=sha256, bytes=size, notes=(note,) if note else ())
    snapshot = enter(actor, at, dataset, edition=edition, kept=kept, parts=(part,))
    says = f"kept {counted(rows.num_rows, 'row')} of {dataset.name}, edition {edition}"
    return Done(snapshot.id, says, snapshot.id)


def enter(
    actor: Actor,
    at: datetime,
    dataset: Dataset,
    *,
    edition: str,
    kept: Kept,
    parts: Sequence[PartFound],
    submission: Submission | None = None,
) -> Snapshot:
    """Write a snapshot's rows, and mark the parts that it supersedes. Inside the caller's transaction, under its lock."""
    months = [part.month for part in parts if part.month is not None]
    snapshot = Snapshot(
        partnership_id=actor.here,
        dataset=dataset,
        submission=submission,
        edition=edition,
        source=dataset.source,
        licence=dataset.licence,
        period_from=min(months, default=None),
        period_until=next_month(max(months)) if months else None,
        files=len({part.file_name for part in parts}),
        rows=sum(part.accepted for part in parts),
        quarantined=sum(part.quarantined for part in parts),
        sha256=kept.sha256,
        quarantine_sha256=kept.quarantine_sha256,
        content_digest=kept.content_digest,
        bytes=kept.bytes,
        notes=list(kept.notes),
        taken_by_id=actor.self_id,
        taken_at=at,
    )
    snapshot.save(force_insert=True)
    _enter_parts(actor, dataset, snapshot, parts)
    return snapshot


def superseded_editions(actor: Actor, snapshot: Snapshot) -> tuple[str, ...]:
    """The editions that a snapshot has superseded, at least in part."""
    rows = Part.objects.visible_to(actor).filter(superseded_by__snapshot_id=snapshot.id)
    return tuple(sorted(set(rows.values_list("snapshot__edition", flat=True))))


def _enter_parts(actor: Actor, dataset: Dataset, snapshot: Snapshot, parts: Sequence[PartFound]) -> None:
    keys = {part.key: time_ordered_key() for part in parts}
    _supersede(actor, dataset, keys)
    Part.objects.visible_to(actor).bulk_create(
        Part(
            id=keys[part.key],
            partnership_id=actor.here,
            dataset=dataset,
            snapshot=snapshot,
            unit=part.unit,
            month=part.month,
            source_file=part.source_file,
            file_name=part.file_name,
            sha256=part.sha256,
            rows_in=part.rows_in,
            accepted=part.accepted,
            quarantined=part.quarantined,
        )
        for part in parts
    )
    Reconciliation.objects.visible_to(actor).bulk_create(
        (
            Reconciliation(
                partnership_id=actor.here,
                part_id=keys[part.key],
                month=one.month,
                crime_type=one.crime_type,
                rows_in=one.rows_in,
                accepted=one.accepted,
                quarantined=one.quarantined,
            )
            for part in parts
            for one in part.lines
        ),
        batch_size=2000,
    )


def _supersede(actor: Actor, dataset: Dataset, keys: dict[tuple[str, date | None], UUID]) -> None:
    # The newer parts come a moment later: the foreign key is checked when the transaction ends.
    current = Part.objects.visible_to(actor).filter(dataset=dataset, superseded_by__isnull=True)
    older = [part for part in current.only("id", "unit", "month") if (part.unit, part.month) in keys]
    for part in older:
        part.superseded_by_id = keys[part.unit, part.month]
    Part.objects.visible_to(actor).bulk_update(older, ["superseded_by"], batch_size=2000)


def _check(dataset: Dataset, rows: pa.Table) -> None:
    try:
        tables.check(tables.ALL[dataset.table], rows.schema)
    except tables.UnableToAccept as fault:
        raise UnableToKeep(str(fault)) from fault
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
    rows = Part.objects.visible_to(actor).filter(
        Q(snapshot__sha256=sha256), dataset=dataset, superseded_by__isnull=True
    )
    return rows.values_list("snapshot_id", flat=True).first()


def known_digests(actor: Actor, dataset: Dataset) -> Collection[str]:
    """Digests of every file with rows that this dataset ever took in.

    Files without rows are left out: the empty files of two months are the same bytes and say two things.
    """
    rows = Part.objects.visible_to(actor).filter(dataset=dataset, rows_in__gt=0)
    return frozenset(rows.values_list("sha256", flat=True))

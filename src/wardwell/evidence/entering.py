"""A snapshot is entered in PostgreSQL, superseding what it brings up to date. Called by operations, inside their transaction."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.access.protection import time_ordered_key
from wardwell.evidence.models import Dataset, Part, Reconciliation, SavedMapping, Snapshot, Submission
from wardwell.evidence.parts import PartFound
from wardwell.evidence.rules import Cadence, months_told, next_month


@dataclass(frozen=True, slots=True)
class Kept:
    """The kept files of a snapshot, by digest, and what was observed."""

    sha256: str
    content_digest: str
    bytes: int
    quarantine_sha256: str = ""
    notes: tuple[str, ...] = field(default=())


def enter(
    actor: Actor,
    at: datetime,
    dataset: Dataset,
    *,
    edition: str,
    kept: Kept,
    parts: Sequence[PartFound],
    submission: Submission | None = None,
    mapping: SavedMapping | None = None,
) -> Snapshot:
    """Write a snapshot's rows, and mark the parts that it supersedes. Inside the caller's transaction, under its lock."""
    months = covered(dataset, parts)
    snapshot = Snapshot(
        partnership_id=actor.here,
        dataset=dataset,
        submission=submission,
        mapping=mapping,
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


def covered(dataset: Dataset, parts: Sequence[PartFound]) -> list[date]:
    """The months of the periods that parts are about."""
    begins = [part.month for part in parts if part.month is not None]
    return [month for at in begins for month in months_told(at, table=dataset.table, cadence=Cadence(dataset.cadence))]


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


def known_digests(actor: Actor, dataset: Dataset) -> Collection[str]:
    """Digests of every file with rows that this dataset ever took in.

    Files without rows are left out: the empty files of two months are the same bytes and say two things.
    """
    rows = Part.objects.visible_to(actor).filter(dataset=dataset, rows_in__gt=0)
    return frozenset(rows.values_list("sha256", flat=True))

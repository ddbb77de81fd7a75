"""What a computation may read: kept snapshots as `wardstats` knows them.

Street rows and counts of the same months tell of the same crimes. So measures read, for each grain, the one dataset of crime that
is marked *used for measures* (the database allows one), or the one that the caller names; they are never added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from wardstats import tables
from wardwell.access.actor import Actor
from wardwell.evidence.models import CRIME_TABLES, Dataset, Part, Snapshot
from wardwell.evidence.rules import file_unit, was_current
from wardwell.evidence.store import Store, UnableToReadKept


def evidence(actor: Actor, *, as_at: datetime | None = None, crime_from: str = "") -> tables.Evidence:
    """The current parts of the partnership's evidence, or those that were current at a moment.

    Parameters
    ----------
    crime_from
        Code of the dataset that crimes are to be counted from, in place of those marked for it.
    """
    moment = as_at or actor.at
    parts: dict[UUID, list[Part]] = defaultdict(list)
    for part in _parts(actor, crime_from):
        parts[part.snapshot_id].append(part)
    found: dict[str, tables.Snapshot] = {}
    for of_one in parts.values():
        kept = _kept(of_one, moment)
        if kept is not None:
            found[kept.sha256] = _merged(found.get(kept.sha256), kept)
    return tables.Evidence(tuple(found[sha256] for sha256 in sorted(found)))


def evidence_of(actor: Actor, hashes: Collection[str]) -> tables.Evidence:
    """Exactly the snapshots with these digests, whole, for computing something again.

    Each kept file's bytes are compared with its digest first. Raises UnableToReadKept, naming a digest that the partnership
    does not hold, whose file is missing, or whose file was altered.
    """
    rows = Snapshot.objects.visible_to(actor).filter(partnership_id=actor.here, sha256__in=list(hashes))
    held = {row.sha256: row for row in rows.select_related("dataset").order_by("-taken_at")}
    store = Store.of(actor.here)
    for sha256 in sorted(hashes):
        if sha256 not in held:
            raise UnableToReadKept(f"This partnership holds no snapshot {sha256}.")
        store.checked(sha256)
    return tables.Evidence(tuple(_snapshot(held[sha256], None) for sha256 in sorted(held)))


def _parts(actor: Actor, crime_from: str) -> list[Part]:
    datasets = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here)
    wanted = [row.id for row in datasets if _is_read(row, crime_from)]
    parts = Part.objects.visible_to(actor).filter(partnership_id=actor.here, dataset_id__in=wanted)
    return list(parts.select_related("snapshot__dataset", "superseded_by__snapshot"))


def _is_read(row: Dataset, crime_from: str) -> bool:
    if row.table in CRIME_TABLES and crime_from:
        return row.code == crime_from
    return row.used_for_measures


def _kept(parts: list[Part], moment: datetime) -> tables.Snapshot | None:
    current = [part for part in parts if _counts(part, moment)]
    if not current:
        return None
    whole = len(current) == len(parts)
    of_months = frozenset((file_unit(part.source_file), part.month) for part in current if part.month is not None)
    return _snapshot(parts[0].snapshot, None if whole else of_months)


def _counts(part: Part, moment: datetime) -> bool:
    superseded_at = part.superseded_by.snapshot.taken_at if part.superseded_by else None
    return was_current(taken_at=part.snapshot.taken_at, superseded_at=superseded_at, as_at=moment)


def _snapshot(row: Snapshot, current: frozenset[tuple[str, date]] | None) -> tables.Snapshot:
    return tables.Snapshot(
        sha256=row.sha256,
        path=Store.of(row.partnership_id).path_of(row.sha256),
        table=row.dataset.table,
        source=row.source,
        licence=row.licence,
        edition=row.edition,
        current=current,
    )


def _merged(one: tables.Snapshot | None, other: tables.Snapshot) -> tables.Snapshot:
    """Two snapshots of the very same bytes are one, with whatever either of them is still current for."""
    if one is None or other.current is None:
        return other
    if one.current is None:
        return one
    return replace(one, current=one.current | other.current)

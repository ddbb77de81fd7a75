"""What was kept: snapshots, how their rows add up, what was put aside, and the rows themselves, of any edition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.evidence.models import Part, Reconciliation, Snapshot
from wardwell.evidence.store import RowsPage, Store, counts_of, page_of


@dataclass(frozen=True, slots=True)
class SnapshotView:
    """A snapshot in a list. `parts_current` of its `parts` have not been superseded."""

    id: UUID
    dataset_code: str
    dataset_name: str
    edition: str
    source: str
    licence: str
    period_from: date | None
    period_until: date | None
    files: int
    rows: int
    quarantined: int
    bytes: int
    sha256: str
    content_digest: str
    notes: tuple[str, ...]
    taken_by: str
    taken_at: datetime
    parts: int
    parts_current: int

    @property
    def is_current(self) -> bool:
        return self.parts_current > 0

    @property
    def rows_in(self) -> int:
        return self.rows + self.quarantined


@dataclass(frozen=True, slots=True)
class SnapshotPage:
    """A page of snapshots, newest first."""

    snapshots: tuple[SnapshotView, ...]
    total: int
    page: int
    pages: int


@dataclass(frozen=True, slots=True)
class PartView:
    """One month of one file in a snapshot, and the edition that has superseded it, if any."""

    id: UUID
    file_name: str
    unit: str
    month: date | None
    sha256: str
    rows_in: int
    accepted: int
    quarantined: int
    superseded_by: str


@dataclass(frozen=True, slots=True)
class ReconciliationLine:
    """Rows in = accepted + quarantined, by file, month and type."""

    file_name: str
    month: date | None
    crime_type: str
    rows_in: int
    accepted: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class EditionView:
    """Another edition that a snapshot has superseded, or that has superseded it, in so many of its parts."""

    id: UUID
    edition: str
    parts: int


@dataclass(frozen=True, slots=True)
class SnapshotWhole:
    """A snapshot with everything that is in it, and its neighbours in time."""

    snapshot: SnapshotView
    parts: tuple[PartView, ...]
    reconciliation: tuple[ReconciliationLine, ...]
    supersedes: tuple[EditionView, ...]
    superseded_by: tuple[EditionView, ...]

    @property
    def by_type(self) -> tuple[ReconciliationLine, ...]:
        """The reconciliation added up over files and months, by type."""
        types = sorted({line.crime_type for line in self.reconciliation})
        return tuple(self._added(crime_type) for crime_type in types)

    @property
    def adds_up(self) -> bool:
        """Whether the lines, the parts and the snapshot tell the same totals, each with rows in = accepted + quarantined."""
        lines = _totals(self.reconciliation)
        whole = (self.snapshot.rows_in, self.snapshot.rows, self.snapshot.quarantined)
        return lines == _totals(self.parts) == whole and lines[0] == lines[1] + lines[2]

    def _added(self, crime_type: str) -> ReconciliationLine:
        lines = [line for line in self.reconciliation if line.crime_type == crime_type]
        return ReconciliationLine("", None, crime_type, *_totals(tuple(lines)))


@dataclass(frozen=True, slots=True)
class QuarantinedRow:
    """A row that was put aside, as it stood in the file, and why."""

    file: str
    row: int
    raw: str
    reason: str
    sentence: str


@dataclass(frozen=True, slots=True)
class QuarantinePage:
    """A page of quarantined rows in the order of the files; and, over all pages, how many were put aside for each reason."""

    rows: tuple[QuarantinedRow, ...]
    total: int
    page: int
    pages: int
    reasons: tuple[tuple[str, int], ...]


def snapshots(actor: Actor, *, dataset_code: str = "", page: int = 1, size: int = 20) -> SnapshotPage:
    """Snapshots of the partnership worked for, newest first; of one dataset when a code is given."""
    rows = Snapshot.objects.visible_to(actor).filter(partnership_id=actor.here)
    if dataset_code:
        rows = rows.filter(dataset__code=dataset_code)
    total = rows.count()
    pages = max(1, -(-total // size))
    page = min(max(1, page), pages)
    found = rows.select_related("dataset", "taken_by").order_by("-taken_at", "-id")[(page - 1) * size : page * size]
    return SnapshotPage(_views(actor, list(found)), total, page, pages)


def snapshot(actor: Actor, snapshot_id: UUID) -> SnapshotWhole | None:
    """One snapshot with its parts and its reconciliation, if the actor may see it."""
    row = _row(actor, snapshot_id)
    if row is None:
        return None
    parts = Part.objects.visible_to(actor).filter(snapshot_id=row.id).select_related("superseded_by__snapshot")
    lines = Reconciliation.objects.visible_to(actor).filter(part__snapshot_id=row.id).select_related("part")
    ordered = lines.order_by("part__month", "part__file_name", "month", "crime_type")
    older = Part.objects.visible_to(actor).filter(superseded_by__snapshot_id=row.id).select_related("snapshot")
    return SnapshotWhole(
        snapshot=_views(actor, [row])[0],
        parts=tuple(_part(one) for one in parts.order_by("month", "file_name")),
        reconciliation=tuple(_line(one) for one in ordered),
        supersedes=_editions(part.snapshot for part in older),
        superseded_by=_editions(part.superseded_by.snapshot for part in parts if part.superseded_by),
    )


def snapshot_of_digest(actor: Actor, sha256: str) -> UUID | None:
    """The key of the latest snapshot whose kept file has this digest, if the actor may see one."""
    rows = Snapshot.objects.visible_to(actor).filter(partnership_id=actor.here, sha256=sha256)
    return rows.order_by("-taken_at", "-id").values_list("id", flat=True).first()


def quarantine(
    actor: Actor, snapshot_id: UUID, *, reason: str = "", page: int = 1, size: int = 50
) -> QuarantinePage | None:
    """The rows put aside when a snapshot was made, of one reason if given, read from their kept file.

    Raises UnableToReadKept.
    """
    row = _row(actor, snapshot_id)
    if row is None:
        return None
    if not row.quarantine_sha256:
        return QuarantinePage((), 0, 1, 1, ())
    path = Store.of(row.partnership_id).checked(row.quarantine_sha256)
    found = page_of(path, page=page, size=size, where=("reason", reason) if reason else None)
    rows = tuple(QuarantinedRow(*one) for one in found.rows)
    return QuarantinePage(rows, found.total, found.page, found.pages, counts_of(path, "reason"))


def read_snapshot_rows(actor: Actor, snapshot_id: UUID, *, page: int = 1, size: int = 50) -> RowsPage | None:
    """Kept rows of a snapshot, of an older edition as well. Raises UnableToReadKept when the file is not what was kept."""
    row = _row(actor, snapshot_id)
    if row is None:
        return None
    return page_of(Store.of(row.partnership_id).checked(row.sha256), page=page, size=size)


def _row(actor: Actor, snapshot_id: UUID) -> Snapshot | None:
    rows = Snapshot.objects.visible_to(actor).filter(id=snapshot_id, partnership_id=actor.here)
    return rows.select_related("dataset", "taken_by").first()


def _views(actor: Actor, rows: list[Snapshot]) -> tuple[SnapshotView, ...]:
    counted: dict[UUID, list[bool]] = {row.id: [] for row in rows}
    parts = Part.objects.visible_to(actor).filter(snapshot_id__in=counted)
    for snapshot_id, superseded_by in parts.values_list("snapshot_id", "superseded_by_id"):
        counted[snapshot_id].append(superseded_by is None)
    return tuple(_view(row, counted[row.id]) for row in rows)


def _view(row: Snapshot, current: list[bool]) -> SnapshotView:
    return SnapshotView(
        id=row.id,
        dataset_code=row.dataset.code,
        dataset_name=row.dataset.name,
        edition=row.edition,
        source=row.source,
        licence=row.licence,
        period_from=row.period_from,
        period_until=row.period_until,
        files=row.files,
        rows=row.rows,
        quarantined=row.quarantined,
        bytes=row.bytes,
        sha256=row.sha256,
        content_digest=row.content_digest,
        notes=tuple(row.notes),
        taken_by=row.taken_by.name,
        taken_at=row.taken_at,
        parts=len(current),
        parts_current=sum(current),
    )


def _part(row: Part) -> PartView:
    newer = row.superseded_by.snapshot.edition if row.superseded_by else ""
    return PartView(
        row.id, row.file_name, row.unit, row.month, row.sha256, row.rows_in, row.accepted, row.quarantined, newer
    )


def _editions(kept: Iterable[Snapshot]) -> tuple[EditionView, ...]:
    found = Counter((one.taken_at, one.id, one.edition) for one in kept)
    return tuple(EditionView(key, edition, parts) for (_, key, edition), parts in sorted(found.items(), reverse=True))


def _line(row: Reconciliation) -> ReconciliationLine:
    return ReconciliationLine(row.part.file_name, row.month, row.crime_type, row.rows_in, row.accepted, row.quarantined)


def _totals(lines: tuple[ReconciliationLine, ...] | tuple[PartView, ...]) -> tuple[int, int, int]:
    return (
        sum(line.rows_in for line in lines),
        sum(line.accepted for line in lines),
        sum(line.quarantined for line in lines),
    )

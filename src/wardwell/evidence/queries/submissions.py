"""What was sent in, and how far it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.evidence.models import Snapshot, Submission
from wardwell.evidence.rules import FINAL, State


@dataclass(frozen=True, slots=True)
class RefusalView:
    """Why a file was refused whole: where, what was found, what was expected, and what to do about it."""

    sentence: str
    file: str
    row: int | None
    column: str
    found: str
    expected: str
    what_to_do: str


@dataclass(frozen=True, slots=True)
class SubmissionView:
    """A submission as shown while it is read and afterwards. `percent` is None while the whole is not known yet."""

    id: UUID
    dataset_code: str
    dataset_name: str
    edition: str
    file_name: str
    door: str
    bytes: int
    state: State
    words: str
    done: int
    total: int
    refusal: RefusalView | None
    snapshot_id: UUID | None
    sent_by: str
    sent_at: datetime
    finished_at: datetime | None

    @property
    def is_finished(self) -> bool:
        return self.state in FINAL

    @property
    def percent(self) -> int | None:
        return min(100, 100 * self.done // self.total) if self.total else None


def submissions(actor: Actor, *, newest: int = 50) -> tuple[SubmissionView, ...]:
    """What was sent in to the partnership worked for, newest first."""
    rows = Submission.objects.visible_to(actor).filter(partnership_id=actor.here)
    found = list(rows.select_related("dataset", "sent_by").order_by("-sent_at", "-id")[:newest])
    return _views(actor, found)


def submission(actor: Actor, submission_id: UUID) -> SubmissionView | None:
    """One submission with its progress, if the actor may see it."""
    rows = Submission.objects.visible_to(actor).filter(id=submission_id, partnership_id=actor.here)
    return next(iter(_views(actor, list(rows.select_related("dataset", "sent_by")))), None)


def _views(actor: Actor, rows: list[Submission]) -> tuple[SubmissionView, ...]:
    kept = Snapshot.objects.visible_to(actor).filter(submission_id__in=[row.id for row in rows])
    snapshot_of = dict(kept.values_list("submission_id", "id"))
    return tuple(_view(row, snapshot_of.get(row.id)) for row in rows)


def _view(row: Submission, snapshot_id: UUID | None) -> SubmissionView:
    return SubmissionView(
        id=row.id,
        dataset_code=row.dataset.code,
        dataset_name=row.dataset.name,
        edition=row.edition,
        file_name=row.file_name,
        door=row.door,
        bytes=row.bytes,
        state=State(row.state),
        words=row.words,
        done=row.done,
        total=row.total,
        refusal=RefusalView(**row.refusal) if row.refusal else None,
        snapshot_id=snapshot_id,
        sent_by=row.sent_by.name,
        sent_at=row.sent_at,
        finished_at=row.finished_at,
    )

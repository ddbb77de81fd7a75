"""A file is taken in: read, checked and kept whole, or refused whole.

One transaction from beginning to end, in which nothing is written until everything has been read: a process killed at any moment
leaves rows as they were, and at most files that no row refers to. How far it is goes through the connection outside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import transaction

from wardstats import sources
from wardwell.access.actor import Actor
from wardwell.access.database import acting_as
from wardwell.audit.gate import OUTSIDE, Done, operation
from wardwell.evidence import locks
from wardwell.evidence.entering import Kept, covered, enter, known_digests, superseded_editions
from wardwell.evidence.mappings import columns_of, current_mapping, in_words
from wardwell.evidence.models import Dataset, Part, SavedMapping, Snapshot, Submission
from wardwell.evidence.parts import PartFound, parts_of
from wardwell.evidence.refusals import Refusal, of_parts, of_unreadable
from wardwell.evidence.rules import State, can_take_in, counted, period_said
from wardwell.evidence.store import Store, digest_of

Tell = Callable[[str, int, int], None]


class UnableToTakeIn(RuntimeError):
    """Why a submission cannot be read now, in a sentence for the screen."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a submission. `says` is the sentence for whoever sent it."""

    submission_id: UUID
    state: State
    says: str
    snapshot_id: UUID | None = None


@operation(verb="import", kind="evidence.Submission")
def take_in(*, actor: Actor, at: datetime, submission_id: UUID, tell: Tell | None = None) -> Done[Outcome]:
    """Read a submission and keep its rows as a snapshot; or refuse it whole; or say that nothing in it is new.

    Safe to run twice: what has come to its end stays as it is, and two at once do not meet. A refusal is an outcome, not an
    exception.

    Parameters
    ----------
    tell
        Told how far it is: words, and how many of the parts of the work are done. (The submission itself is told too.)

    Raises UnableToTakeIn when another process is reading it, or the evidence folders are being swept.
    """
    submission = _taken(actor, submission_id)
    if not can_take_in(State(submission.state)).allowed:
        again = f"asked again for {submission.file_name}, which was already {submission.state}"
        return Done(submission.id, again, Outcome(submission.id, State(submission.state), submission.words))
    store, teller = Store.of(actor.here), _Teller(actor, submission.id, tell)
    mapping = current_mapping(actor, submission.dataset)
    teller("Reading the files.", 0, 0)
    with store.workshop(submission.id) as folder:
        try:
            reading = sources.read(
                _source(store, submission),
                into=folder,
                table=submission.dataset.table,
                prescribed=submission.dataset.prescribed_set,
                mapping=columns_of(mapping),
                known=known_digests(actor, submission.dataset),
                progress=teller.hear,
            )
        except sources.UnableToRead as fault:
            return _refuse(store, submission, at, of_unreadable(fault))
        return _settle(actor, at, store, submission, reading, mapping)


def _taken(actor: Actor, submission_id: UUID) -> Submission:
    if not locks.is_shared(actor.here):
        raise UnableToTakeIn("The evidence folders are being swept. Try again in a minute.")
    if not locks.is_mine(submission_id):
        raise UnableToTakeIn("This submission is being read already.")
    rows = Submission.objects.visible_to(actor).filter(id=submission_id, partnership_id=actor.here)
    found = rows.select_related("dataset").first()
    if found is None:
        raise UnableToTakeIn("There is no such submission.")
    return found


def _source(store: Store, submission: Submission) -> Path:
    return store.spooled(submission.spooled) if submission.spooled else Path(submission.in_place)


def _settle(
    actor: Actor,
    at: datetime,
    store: Store,
    submission: Submission,
    reading: sources.Reading,
    mapping: SavedMapping | None,
) -> Done[Outcome]:
    dataset = submission.dataset
    locks.wait_for(dataset.id)
    found = parts_of(reading, dataset)
    refusal = of_parts(found)
    if refusal:
        return _refuse(store, submission, at, refusal)
    parts = _new(actor, dataset, found)
    if not parts:
        return _leave(store, submission, at, len(reading.files))
    snapshot = enter(
        actor,
        at,
        dataset,
        edition=submission.edition,
        kept=_kept(store, reading, mapping),
        parts=parts,
        submission=submission,
        mapping=mapping,
    )
    says = _imported(actor, dataset, snapshot, parts, len(reading.files))
    return _finish(store, submission, at, State.ACCEPTED, "I" + says[1:] + ".", says, snapshot.id)


def _new(actor: Actor, dataset: Dataset, parts: Sequence[PartFound]) -> tuple[PartFound, ...]:
    """The parts that are not current already, byte for byte; none when another import has kept them meanwhile."""
    rows = Part.objects.visible_to(actor).filter(dataset=dataset, superseded_by__isnull=True)
    current = set(rows.values_list("unit", "month", "sha256"))
    new = tuple(part for part in parts if (*part.key, part.sha256) not in current)
    return tuple(parts) if any(part.rows_in for part in new) else new


def _kept(store: Store, reading: sources.Reading, mapping: SavedMapping | None) -> Kept:
    size = reading.rows.stat().st_size
    store.keep(reading.rows, reading.sha256)
    quarantine = digest_of(reading.quarantine) if reading.quarantined else ""
    if quarantine:
        store.keep(reading.quarantine, quarantine)
    noticed = (*([in_words(mapping)] if mapping else []), *(note.sentence for note in reading.notes))
    passed_over = tuple(f"{one.file} was passed over: {one.because}." for one in reading.passed_over)
    return Kept(reading.sha256, reading.content, size, quarantine, noticed + passed_over)


def _imported(actor: Actor, dataset: Dataset, snapshot: Snapshot, parts: Sequence[PartFound], files: int) -> str:
    months = covered(dataset, parts)
    unchanged = files - len({part.file_name for part in parts})
    older = superseded_editions(actor, snapshot)
    return (
        f"imported {counted(snapshot.rows, 'row')} of {period_said(months)} into {dataset.name} "
        f"from {counted(snapshot.files, 'file')}, {snapshot.quarantined:,} quarantined"
        + (f"; {counted(unchanged, 'file')} already kept" if unchanged else "")
        + (f"; it supersedes {', '.join(older)}" if older else "")
    )


def _leave(store: Store, submission: Submission, at: datetime, files: int) -> Done[Outcome]:
    says = f"imported {submission.file_name} again: nothing in its {counted(files, 'file')} is new, and nothing was changed"
    words = f"Nothing in {submission.file_name} is new: every file in it is already kept. Nothing was changed."
    return _finish(store, submission, at, State.UNCHANGED, words, says)


def _refuse(store: Store, submission: Submission, at: datetime, refusal: Refusal) -> Done[Outcome]:
    submission.refusal = refusal.kept
    says = f"was told that {submission.file_name} is refused. {refusal.sentence}"
    return _finish(store, submission, at, State.REFUSED, refusal.sentence, says)


def _finish(
    store: Store,
    submission: Submission,
    at: datetime,
    state: State,
    words: str,
    says: str,
    snapshot_id: UUID | None = None,
) -> Done[Outcome]:
    submission.state, submission.words, submission.finished_at = state.value, words[:1000], at
    submission.save(update_fields=["state", "words", "finished_at", "refusal"])
    if submission.spooled:
        transaction.on_commit(lambda: store.let_go(submission.spooled))
    return Done(submission.id, says, Outcome(submission.id, state, words, snapshot_id))


@dataclass
class _Teller:
    """Passes on how far a reading is: to the caller, and once a percent to the submission, so that a page can show it.

    The submission is told through the connection outside, because the transaction itself shows nothing until it ends.
    """

    actor: Actor
    submission_id: UUID
    tell: Tell | None
    percent: int = field(default=-1)

    def hear(self, progress: sources.Progress) -> None:
        self(f"{progress.step} {progress.file}".strip(), progress.done, progress.total)

    def __call__(self, words: str, done: int, total: int) -> None:
        if self.tell:
            self.tell(words, done, total)
        percent = 100 * done // total if total else 0
        if percent == self.percent:
            return
        self.percent = percent
        with acting_as(self.actor, using=OUTSIDE):
            rows = Submission.objects.visible_to(self.actor).using(OUTSIDE).filter(id=self.submission_id)
            rows.update(state=State.CHECKING.value, words=words[:1000], done=done, total=total)

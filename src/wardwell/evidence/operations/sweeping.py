"""What killed imports left is swept away, and what they were reading is handed on again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from wardwell.access.actor import Actor
from wardwell.audit.gate import Done, operation
from wardwell.evidence import locks
from wardwell.evidence.handing_on import hand_on
from wardwell.evidence.models import Snapshot, Submission
from wardwell.evidence.refusals import Refusal
from wardwell.evidence.rules import FINAL, State, counted
from wardwell.evidence.store import Store, sweep_broken_off

INTERRUPTED = "The import was interrupted before it had finished. Nothing of it was kept: import the file again."

LONGEST_UPLOAD = timedelta(days=1)
"""An upload that has not arrived after this time has broken off."""


class UnableToSweep(RuntimeError):
    """Why nothing can be swept now, in a sentence for the screen."""


@dataclass(frozen=True, slots=True)
class Swept:
    """What a sweep did: files removed, submissions handed on again, submissions closed as interrupted."""

    removed: tuple[str, ...]
    handed_on: int
    closed: int


@operation(verb="import", kind="evidence.Snapshot")
def sweep(*, actor: Actor, at: datetime) -> Done[Swept]:
    """Remove the partnership's files that no row refers to; see to submissions whose process died. Safe to run twice.

    What uploads that broke off a day ago left goes too. An upload that still lies in the spool is handed on to the job
    again; what the command line named is closed as interrupted.
    Raises UnableToSweep while an import of this partnership is running: its files are not orphans.
    """
    if not locks.is_mine(actor.here):
        raise UnableToSweep("An import is running. Sweep when it has finished.")
    handed_on, closed = _see_to_interrupted(actor, at)
    removed = Store.of(actor.here).sweep(digests=_digests(actor), uploads=_uploads(actor))
    removed += sweep_broken_off(before=at - LONGEST_UPLOAD)
    says = (
        f"swept the evidence folders: {counted(len(removed), 'orphan file')} removed, "
        f"{counted(handed_on, 'interrupted submission')} handed on again, {closed} closed"
    )
    return Done(actor.here, says, Swept(removed, handed_on, closed))


def _see_to_interrupted(actor: Actor, at: datetime) -> tuple[int, int]:
    rows = Submission.objects.visible_to(actor).filter(partnership_id=actor.here, state=State.CHECKING.value)
    interrupted = list(rows)
    for row in interrupted:
        if row.spooled and Store.of(actor.here).spooled(row.spooled).is_file():
            row.state, row.words = State.RECEIVED.value, "It was interrupted and waits to be read again."
            hand_on(actor, row)
        else:
            row.state, row.words, row.finished_at = State.REFUSED.value, INTERRUPTED, at
            row.refusal = Refusal(INTERRUPTED, file=row.file_name, what_to_do="Import the file again.").kept
        row.save(update_fields=["state", "words", "refusal", "finished_at"])
    closed = sum(row.state == State.REFUSED.value for row in interrupted)
    return len(interrupted) - closed, closed


def _digests(actor: Actor) -> frozenset[str]:
    rows = Snapshot.objects.visible_to(actor).filter(partnership_id=actor.here)
    pairs = rows.values_list("sha256", "quarantine_sha256")
    return frozenset(digest for pair in pairs for digest in pair if digest)


def _uploads(actor: Actor) -> frozenset[str]:
    waiting = Submission.objects.visible_to(actor).filter(partnership_id=actor.here)
    keys = waiting.exclude(state__in=[state.value for state in FINAL]).values_list("id", flat=True)
    return frozenset(str(key) for key in keys)

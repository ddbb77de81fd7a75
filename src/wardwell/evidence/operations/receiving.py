"""A file is sent in: put aside safely, written down, and handed to the job that reads it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings

from wardstats import sources
from wardwell.access.actor import Actor
from wardwell.access.protection import time_ordered_key
from wardwell.audit.gate import Done, operation
from wardwell.evidence.handing_on import hand_on
from wardwell.evidence.mappings import current_mapping, is_health, look_through, pieces
from wardwell.evidence.models import Dataset, SavedMapping, Submission
from wardwell.evidence.refusals import Refusal, of_unreadable
from wardwell.evidence.rules import SENT_IN, State, counted
from wardwell.evidence.store import Store, UnableToSpool, safe_name


class UnableToReceive(ValueError):
    """Why a file cannot be received, in a sentence for the screen."""


@operation(verb="import", kind="evidence.Submission")
def receive(
    *, actor: Actor, at: datetime, dataset_code: str, file_name: str, chunks: Iterable[bytes], edition: str = ""
) -> Done[UUID]:
    """Put an upload aside and hand it to the job that reads it. Returns the submission's key.

    The job is handed on in the same transaction: no submission without its job, no job without its submission.

    Parameters
    ----------
    chunks
        The upload's bytes, piece by piece; never the whole at once.
    edition
        Which publication of the data this is, in the sender's words; the day it was sent, when they say nothing.

    A health file is looked through first: with a person in it, it is refused here, and nothing of it is put anywhere.
    Raises UnableToReceive: for a dataset that the actor does not see, an empty file, or one past the limit of an upload.
    """
    dataset = _dataset(actor, dataset_code)
    key, store, limit = time_ordered_key(), Store.of(actor.here), settings.MAX_UPLOAD_BYTES
    try:
        if is_health(dataset):
            with store.looked_at(chunks, file_name=file_name, limit=limit) as (path, size):
                refusal = _people_in(dataset, current_mapping(actor, dataset), path, safe_name(file_name))
                if refusal:
                    return _refused(
                        actor, at, dataset, edition, refusal, door="browser", file_name=file_name, size=size
                    )
                place, size = store.put_aside(pieces(path), key=key, file_name=file_name, limit=limit)
        else:
            place, size = store.put_aside(chunks, key=key, file_name=file_name, limit=limit)
    except UnableToSpool as fault:
        raise UnableToReceive(str(fault)) from fault
    row = _row(actor, at, dataset, edition, id=key, file_name=safe_name(file_name), bytes=size, spooled=place)
    row.door = "browser"
    row.save(force_insert=True)
    hand_on(actor, row)
    return Done(row.id, f"sent in {row.file_name} ({counted(size, 'byte')}) for {dataset.name}", row.id)


@operation(verb="import", kind="evidence.Submission")
def receive_in_place(*, actor: Actor, at: datetime, dataset_code: str, path: Path, edition: str = "") -> Done[UUID]:
    """Write down that a file or folder on this machine is to be read where it lies; the caller takes it in itself.

    Raises UnableToReceive when there is no such dataset or no such file.
    """
    dataset = _dataset(actor, dataset_code)
    if not path.exists():
        raise UnableToReceive(f"There is no file or folder {path}.")
    size = (
        path.stat().st_size if path.is_file() else sum(one.stat().st_size for one in path.rglob("*") if one.is_file())
    )
    refusal = _people_in(dataset, current_mapping(actor, dataset), path, path.name)
    if refusal:
        return _refused(actor, at, dataset, edition, refusal, door="command line", file_name=path.name, size=size)
    row = _row(actor, at, dataset, edition, file_name=path.name, bytes=size, in_place=str(path.resolve()))
    row.door = "command line"
    row.save(force_insert=True)
    return Done(row.id, f"named {row.file_name} ({counted(size, 'byte')}) to be imported into {dataset.name}", row.id)


def _dataset(actor: Actor, code: str) -> Dataset:
    """The dataset with this code. Raises UnableToReceive, saying which there are."""
    rows = {row.code: row for row in Dataset.objects.visible_to(actor).filter(partnership_id=actor.here)}
    if code not in rows:
        there = ", ".join(sorted(rows)) or "none yet"
        raise UnableToReceive(f"This partnership has no dataset “{code}”. There are: {there}.")
    if rows[code].table not in SENT_IN:
        raise UnableToReceive(
            f"{rows[code].name} is reference data, kept when the partnership is installed: not sent in."
        )
    return rows[code]


def _people_in(dataset: Dataset, mapping: SavedMapping | None, path: Path, file_name: str) -> Refusal | None:
    try:
        look_through(dataset, mapping, path, file_name)
    except sources.UnableToRead as fault:
        return of_unreadable(fault)
    return None


def _refused(
    actor: Actor,
    at: datetime,
    dataset: Dataset,
    edition: str,
    refusal: Refusal,
    *,
    door: str,
    file_name: str,
    size: int,
) -> Done[UUID]:
    """Write down that a file was refused, and why; of the file itself not even the name, which may be somebody's."""
    row = _row(actor, at, dataset, "", file_name=f"refused file{Path(safe_name(file_name)).suffix[:8]}", bytes=size)
    row.door, row.state, row.refusal, row.finished_at = door, State.REFUSED.value, refusal.kept, at
    row.words = refusal.sentence[:1000]
    row.save(force_insert=True)
    return Done(row.id, f"was told that a file for {dataset.name} is refused. {refusal.sentence}", row.id)


def _row(actor: Actor, at: datetime, dataset: Dataset, edition: str, **values: Any) -> Submission:
    return Submission(
        partnership_id=actor.here,
        dataset=dataset,
        edition=edition.strip() or f"sent in on {at:%d %B %Y}",
        sent_by_id=actor.self_id,
        sent_at=at,
        words="It waits to be read.",
        **values,
    )

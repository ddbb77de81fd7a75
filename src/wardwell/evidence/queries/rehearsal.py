"""What would happen to a file if it were sent in: read and checked like any other, and nothing of it kept."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from wardstats import sources
from wardwell.access.actor import Actor
from wardwell.access.protection import time_ordered_key
from wardwell.evidence.entering import covered, known_digests
from wardwell.evidence.mappings import columns_of, current_mapping, in_words, is_health, look_through, pieces
from wardwell.evidence.models import Dataset, Part, SavedMapping
from wardwell.evidence.parts import PartFound, parts_of
from wardwell.evidence.queries.snapshots import ReconciliationLine
from wardwell.evidence.queries.submissions import RefusalView
from wardwell.evidence.refusals import Refusal, of_parts, of_unreadable
from wardwell.evidence.rules import SENT_IN
from wardwell.evidence.store import Store, UnableToSpool, safe_name

MOST_BYTES = 50_000_000
"""A larger file is not rehearsed while somebody waits; sent in, it is refused whole all the same if it is at fault."""


class UnableToRehearse(ValueError):
    """Why a file cannot be tried out, in a sentence for the screen."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What sending a file would come to. With a refusal, nothing else is told: it would be refused whole.

    `supersedes` are the editions that it would supersede, each with the number of files and months; `is_new` is false when
    every file in it is kept already.
    """

    dataset_name: str
    refusal: RefusalView | None
    is_new: bool = True
    rows_in: int = 0
    accepted: int = 0
    quarantined: int = 0
    reasons: tuple[tuple[str, int], ...] = ()
    months: tuple[date, ...] = ()
    by_type: tuple[ReconciliationLine, ...] = ()
    supersedes: tuple[tuple[str, int], ...] = ()
    notes: tuple[str, ...] = ()


def rehearse(actor: Actor, *, dataset_code: str, file_name: str, chunks: Iterable[bytes]) -> Rehearsal:
    """Read a file as it would be read if it were sent in, in a folder that is gone afterwards.

    Raises UnableToRehearse for a dataset that the actor does not see or that takes no files, and for too large a file.
    """
    rows = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here, code=dataset_code, table__in=SENT_IN)
    dataset = rows.first()
    if dataset is None:
        raise UnableToRehearse("There is no such dataset to send files to.")
    store, mapping = Store.of(actor.here), current_mapping(actor, dataset)
    try:
        with store.looked_at(chunks, file_name=file_name, limit=MOST_BYTES) as (path, _):
            try:
                look_through(dataset, mapping, path, safe_name(file_name))
                return _tried(actor, store, dataset, mapping, path, file_name)
            except sources.UnableToRead as fault:
                return Rehearsal(dataset.name, _shown(of_unreadable(fault)))
    except UnableToSpool as fault:
        raise UnableToRehearse(
            str(fault)
            if "empty" in str(fault)
            else f"Only files of up to {MOST_BYTES:,} bytes can be tried out while you wait. Sent in, a larger one is refused "
            "whole if it is at fault, and changes nothing."
        ) from fault


def _tried(
    actor: Actor, store: Store, dataset: Dataset, mapping: SavedMapping | None, path: Path, file_name: str
) -> Rehearsal:
    with store.workshop(time_ordered_key()) as folder:
        copy = folder / ("file" + Path(safe_name(file_name)).suffix if is_health(dataset) else safe_name(file_name))
        with copy.open("xb") as file:
            file.writelines(pieces(path))
        reading = sources.read(
            copy,
            into=folder / "read",
            table=dataset.table,
            prescribed=dataset.prescribed_set,
            mapping=columns_of(mapping),
            known=known_digests(actor, dataset),
        )
        return _told(actor, dataset, mapping, reading)


def _told(actor: Actor, dataset: Dataset, mapping: SavedMapping | None, reading: sources.Reading) -> Rehearsal:
    parts = parts_of(reading, dataset)
    refusal = of_parts(parts)
    if refusal:
        return Rehearsal(dataset.name, _shown(refusal))
    passed_over = [f"{one.file} would be passed over: {one.because}." for one in reading.passed_over]
    noticed = [note.sentence for note in reading.notes]
    return Rehearsal(
        dataset_name=dataset.name,
        refusal=None,
        is_new=not reading.is_unchanged,
        rows_in=reading.rows_in,
        accepted=reading.accepted,
        quarantined=reading.quarantined,
        reasons=tuple((one.sentence, one.rows) for one in reading.reasons),
        months=tuple(sorted(set(covered(dataset, parts)))),
        by_type=_by_type(reading.reconciliation),
        supersedes=_superseded(actor, dataset, parts),
        notes=(*([in_words(mapping)] if mapping else []), *noticed, *passed_over),
    )


def _shown(refusal: Refusal) -> RefusalView:
    return RefusalView(
        sentence=refusal.sentence,
        file=refusal.file,
        row=refusal.row,
        column=refusal.column,
        found=refusal.found,
        expected=refusal.expected,
        what_to_do=refusal.what_to_do,
    )


def _by_type(lines: Sequence[sources.Reconciled]) -> tuple[ReconciliationLine, ...]:
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in lines:
        for index, number in enumerate((line.rows_in, line.accepted, line.quarantined)):
            totals[line.crime_type or ""][index] += number
    return tuple(ReconciliationLine("", None, name, *numbers) for name, numbers in sorted(totals.items()))


def _superseded(actor: Actor, dataset: Dataset, parts: Collection[PartFound]) -> tuple[tuple[str, int], ...]:
    keys = {part.key for part in parts}
    current = Part.objects.visible_to(actor).filter(dataset=dataset, superseded_by__isnull=True)
    editions: dict[str, int] = defaultdict(int)
    for part in current.select_related("snapshot"):
        if (part.unit, part.month) in keys:
            editions[part.snapshot.edition] += 1
    return tuple(sorted(editions.items()))

"""The first rows of a file, for choosing which of its columns is which; nothing of it is kept."""

from __future__ import annotations

from collections.abc import Iterable

from wardstats import sources
from wardwell.access.actor import Actor
from wardwell.access.protection import time_ordered_key
from wardwell.evidence.mappings import is_health, layout_of, pieces
from wardwell.evidence.models import Dataset
from wardwell.evidence.queries.rehearsal import MOST_BYTES, UnableToRehearse
from wardwell.evidence.store import Store, UnableToSpool, safe_name


def head_of(
    actor: Actor, *, dataset_code: str, file_name: str, chunks: Iterable[bytes], sheet: str = "", heading_row: int = 1
) -> sources.Preview:
    """The headings and the first ten rows of a file.

    A health file is looked through whole first. Raises UnableToRehearse, with what is wrong with it.
    """
    dataset = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here, code=dataset_code).first()
    layout = layout_of(dataset) if dataset else None
    if dataset is None or layout is None:
        raise UnableToRehearse("There is no such dataset with a layout of its own.")
    store = Store.of(actor.here)
    try:
        with store.looked_at(chunks, file_name=file_name, limit=MOST_BYTES) as (path, _):
            if is_health(dataset):
                headed = sources.ColumnMapping((), sheet, heading_row)
                limits = sources.Limits()
                sources.refuse_personal(
                    path, layout=layout, mapping=headed, name=safe_name(file_name), limits=limits, any_days=True
                )
            with store.workshop(time_ordered_key()) as folder:
                copy = folder / safe_name(file_name)
                with copy.open("xb") as file:
                    file.writelines(pieces(path))
                return sources.preview(
                    copy, copy.name, layout=layout, mapping=None, heading_row=heading_row, sheet=sheet
                )
    except (UnableToSpool, sources.UnableToRead) as fault:
        raise UnableToRehearse(str(fault)) from fault

"""How a supplier's own columns are read is saved, version by version."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from wardstats import sources
from wardwell.access.actor import Actor
from wardwell.audit.gate import Done, operation
from wardwell.evidence import locks
from wardwell.evidence.mappings import layout_of
from wardwell.evidence.models import Dataset, SavedMapping


class UnableToSaveMapping(ValueError):
    """Why a mapping cannot be saved, in a sentence for the screen."""


@operation(verb="import", kind="evidence.SavedMapping")
def save_mapping(*, actor: Actor, at: datetime, dataset_code: str, mapping: sources.ColumnMapping | None) -> Done[UUID]:
    """Save how the columns of a supplier's own file become a dataset's fields; the next file is read by it.

    `None` says that files come in the layout of the template again. The same mapping again changes nothing. What was kept before
    stays as it was, with the version it was read by.

    Raises UnableToSaveMapping: for a dataset without a layout, or a mapping that leaves out what is asked for.
    """
    dataset = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here, code=dataset_code).first()
    if dataset is None:
        raise UnableToSaveMapping(f"This partnership has no dataset “{dataset_code}”.")
    content = _content(dataset, mapping)
    locks.wait_for(dataset.id)
    newest = SavedMapping.objects.visible_to(actor).filter(dataset=dataset).order_by("-version").first()
    if newest is not None and newest.content == content:
        return Done(newest.id, f"saved the mapping of {dataset.name} again: nothing in it has changed", newest.id)
    row = SavedMapping(
        partnership_id=actor.here,
        dataset=dataset,
        version=newest.version + 1 if newest else 1,
        content=content,
        saved_by_id=actor.self_id,
        saved_at=at,
    )
    row.save(force_insert=True)
    return Done(row.id, _says(dataset, row, mapping), row.id)


def _content(dataset: Dataset, mapping: sources.ColumnMapping | None) -> dict[str, object]:
    layout = layout_of(dataset)
    if layout is None:
        raise UnableToSaveMapping(f"Files of {dataset.name} are sent as they are published: they need no mapping.")
    if mapping is None:
        return {"fields": [], "sheet": "", "heading_row": 1}
    try:
        sources.check_mapping(mapping, layout)
    except sources.UnableToMap as fault:
        raise UnableToSaveMapping(str(fault)) from fault
    return mapping.to_json()


def _says(dataset: Dataset, row: SavedMapping, mapping: sources.ColumnMapping | None) -> str:
    if mapping is None:
        return f"said that files of {dataset.name} come in the layout of the template again (mapping, version {row.version})"
    fields = ", ".join(one.heading for one in mapping.fields)
    return f"saved how files of {dataset.name} are read (mapping, version {row.version}): {fields}"

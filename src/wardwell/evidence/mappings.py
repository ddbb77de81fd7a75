"""The mapping by which a dataset's files are read now, if its supplier's files are not in the layout of the template."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from wardstats import sources
from wardwell.access.actor import Actor
from wardwell.evidence.models import Dataset, SavedMapping

CHUNK = 1 << 20


def current_mapping(actor: Actor, dataset: Dataset) -> SavedMapping | None:
    """The newest version that a dataset has, unless it says that files are in the template's layout again."""
    newest = SavedMapping.objects.visible_to(actor).filter(dataset=dataset).order_by("-version").first()
    return newest if newest is not None and newest.content.get("fields") else None


def columns_of(saved: SavedMapping | None) -> sources.ColumnMapping | None:
    """A saved mapping as the library reads by it. Raises UnableToMap."""
    return sources.ColumnMapping.from_json(saved.content) if saved else None


def layout_of(dataset: Dataset) -> sources.Layout | None:
    """What a dataset's supplier is asked to fill in; None for files that are sent as somebody else publishes them."""
    return sources.layout_of(dataset.table, dataset.prescribed_set)


def is_health(dataset: Dataset) -> bool:
    """Whether a dataset's files are refused whole, before anything of them is put anywhere, at the first sign of a person."""
    return sources.is_health(dataset.prescribed_set)


def look_through(dataset: Dataset, mapping: SavedMapping | None, path: Path, file_name: str) -> None:
    """Look at every cell of a health file. Raises wardstats' UnableToRead, which repeats nothing of it."""
    layout = layout_of(dataset)
    if layout is not None and is_health(dataset):
        columns = columns_of(mapping)
        sources.refuse_personal(path, layout=layout, mapping=columns, name=file_name, limits=sources.Limits())


def in_words(saved: SavedMapping) -> str:
    """A mapping as a reader of its snapshot is told of it."""
    mapping = sources.ColumnMapping.from_json(saved.content)
    told = [
        f"{one.heading} from “{one.column}”" if one.column else f"{one.heading} always “{one.constant}”"
        for one in mapping.fields
    ]
    return f"Read by the saved mapping, version {saved.version}: {'; '.join(told)}."


def pieces(path: Path) -> Iterator[bytes]:
    """A file piece by piece."""
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            yield chunk

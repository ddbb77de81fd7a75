"""What a dataset's supplier is asked to fill in, and how their own columns are read instead."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from wardstats import sources
from wardwell.access.actor import Actor
from wardwell.evidence.mappings import layout_of
from wardwell.evidence.models import Dataset, SavedMapping


@dataclass(frozen=True, slots=True)
class LayoutView:
    """A dataset with its layout; `prescribed` is its legal definition now, if the law prescribes one."""

    code: str
    name: str
    layout: sources.Layout
    prescribed: sources.PrescribedSet | None

    @property
    def is_health(self) -> bool:
        """Whether a file with people in it is refused whole and kept nowhere."""
        return self.prescribed is not None and self.prescribed.is_health


@dataclass(frozen=True, slots=True)
class MappingView:
    """A version of a dataset's mapping. `mapping` is None where files come in the template's layout again."""

    version: int
    mapping: sources.ColumnMapping | None
    saved_by: str
    saved_at: datetime


def layouts(actor: Actor) -> tuple[LayoutView, ...]:
    """The datasets of the partnership worked for that have a layout, by name."""
    rows = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here).order_by("name")
    views = (_layout(row) for row in rows)
    return tuple(view for view in views if view is not None)


def layout(actor: Actor, code: str) -> LayoutView | None:
    """One dataset with its layout, if the actor may see it and it has one."""
    row = Dataset.objects.visible_to(actor).filter(partnership_id=actor.here, code=code).first()
    return _layout(row) if row else None


def mappings(actor: Actor, code: str) -> tuple[MappingView, ...]:
    """The versions of a dataset's mapping, the newest first."""
    rows = SavedMapping.objects.visible_to(actor).filter(partnership_id=actor.here, dataset__code=code)
    return tuple(_mapping(row) for row in rows.select_related("saved_by").order_by("-version"))


def _layout(row: Dataset) -> LayoutView | None:
    found = layout_of(row)
    if found is None:
        return None
    prescribed = sources.definitions_of(row.prescribed_set)[-1] if row.prescribed_set else None
    return LayoutView(row.code, row.name, found, prescribed)


def _mapping(row: SavedMapping) -> MappingView:
    mapping = sources.ColumnMapping.from_json(row.content) if row.content.get("fields") else None
    return MappingView(row.version, mapping, row.saved_by.name, row.saved_at)

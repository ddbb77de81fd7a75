"""A map of areas coloured by class, with the same in a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from django.utils.text import slugify

from wardwell.web.components.links import Link
from wardwell.web.components.table import FilledTable

MapClassName = Literal["1", "2", "3", "4", "5", "suppressed", "none"]


@dataclass(frozen=True)
class MapClass:
    """One class of the legend: "1" is the lightest, "5" the darkest; suppressed areas are hatched."""

    name: MapClassName
    label: str


@dataclass(frozen=True)
class Area:
    """One area: its code in the boundary file, its name, its class and its value in words."""

    code: str
    name: str
    class_name: MapClassName
    text: str


@dataclass(frozen=True, kw_only=True)
class Map:
    """A choropleth drawn from this site's own boundaries; `key` names the property that holds an area's code."""

    template: ClassVar[str] = "components/map.html"

    title: str
    boundaries: str
    key: str
    areas: Sequence[Area]
    classes: Sequence[MapClass]
    table: FilledTable
    attribution: str
    caveats: Sequence[str] = ()
    downloads: Sequence[Link] = ()
    source: Link | None = None
    level: Literal[2, 3] = 3

    @property
    def id(self) -> str:
        return f"map-{slugify(self.title)}"

    @property
    def values_id(self) -> str:
        return f"{self.id}-values"

    @property
    def values(self) -> dict[str, dict[str, str]]:
        """What the script reads: by code, the name, the class and the words."""
        return {area.code: {"name": area.name, "class": area.class_name, "text": area.text} for area in self.areas}

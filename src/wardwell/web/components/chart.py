"""A chart: a picture, the same in words, the same as a table, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from django.utils.text import slugify

from wardwell.web.components.links import Link
from wardwell.web.components.table import FilledTable


@dataclass(frozen=True, kw_only=True)
class Chart:
    """One figure. The picture is an address of this site or a data address; the table holds the same numbers.

    `narrow_picture` is the same drawn for a phone, where there is one; on paper too where charts stand beside one another.
    `source` leads to "where this number comes from"; `caveats` are printed with the figure, or once for a page whose figures
    share them. `name` is what other places of the page call it, such as a number in the text that leads to its figure.
    """

    template: ClassVar[str] = "components/chart.html"

    title: str
    picture: str
    description: str
    table: FilledTable
    caveats: Sequence[str] = ()
    downloads: Sequence[Link] = ()
    source: Link | None = None
    level: Literal[2, 3] = 3
    note: str = ""
    narrow_picture: str = ""
    is_narrow_on_paper: bool = False
    name: str = ""

    @property
    def id(self) -> str:
        return f"figure-{self.name or slugify(self.title)}"

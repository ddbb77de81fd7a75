"""What is known about one thing: as a list of names and values, or as a few large numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from wardwell.web.components.links import Link
from wardwell.web.components.words import Kind, printed


@dataclass(frozen=True, kw_only=True)
class SummaryRow:
    """One name and its value: words, or any component such as a tag or a paragraph with links."""

    key: str
    value: object
    kind: Kind = "text"
    decimals: int = 0
    link: Link | None = None

    @property
    def is_component(self) -> bool:
        return hasattr(self.value, "template")

    @property
    def text(self) -> str:
        return printed(self.value, self.kind, self.decimals)


@dataclass(frozen=True)
class Summary:
    """Names and values of one thing."""

    template: ClassVar[str] = "components/summary.html"

    rows: Sequence[SummaryRow]


@dataclass(frozen=True, kw_only=True)
class Fact:
    """One number with its name, and what stands beside it so that it is not read alone."""

    label: str
    value: str
    note: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Facts:
    """A few numbers that a page begins with."""

    template: ClassVar[str] = "components/facts.html"

    items: Sequence[Fact]

"""Running text, with links and marks in it but without markup of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from wardwell.web.components.component import Component
from wardwell.web.components.links import Link
from wardwell.web.components.tag import Tag

Part = str | Link | Tag


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of words, links and tags; figures cited in it are links to where they come from."""

    template: ClassVar[str] = "components/paragraph.html"

    parts: tuple[Part, ...]
    style: Literal["body", "lead", "small"] = "body"

    @classmethod
    def of(cls, *parts: Part, style: Literal["body", "lead", "small"] = "body") -> Paragraph:
        return cls(parts=parts, style=style)

    @property
    def pieces(self) -> tuple[tuple[str, Part], ...]:
        """Each part with the name of its kind, for the template."""
        return tuple((type(part).__name__.lower(), part) for part in self.parts)


@dataclass(frozen=True)
class Bullets:
    """A list of points."""

    template: ClassVar[str] = "components/bullets.html"

    items: tuple[Paragraph, ...]
    numbered: bool = False

    @classmethod
    def of(cls, *items: Part, numbered: bool = False) -> Bullets:
        return cls(items=tuple(Paragraph.of(item) for item in items), numbered=numbered)


@dataclass(frozen=True)
class Details:
    """Something that most readers can leave folded away."""

    template: ClassVar[str] = "components/details.html"

    summary: str
    contents: Sequence[Component]
    is_open: bool = False

"""The state of something in one or two words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

Colour = Literal["grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"]


@dataclass(frozen=True)
class Tag:
    """A state; the words carry it, the colour only repeats it."""

    template: ClassVar[str] = "components/tag.html"

    text: str
    colour: Colour = "blue"

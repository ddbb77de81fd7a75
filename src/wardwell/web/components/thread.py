"""The golden thread: how far the partnership has come from evidence to a published sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from wardwell.web.components.links import Link
from wardwell.web.components.tag import Tag


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the thread: what it is called, how far it has come, how many there are and where to go on."""

    name: str
    state: Literal["done", "now", "later"]
    status: Tag
    text: str
    count: str = ""
    link: Link | None = None


@dataclass(frozen=True)
class Thread:
    """All the steps in their order."""

    template: ClassVar[str] = "components/thread.html"

    steps: Sequence[Step]
    label: str = "From evidence to publication"

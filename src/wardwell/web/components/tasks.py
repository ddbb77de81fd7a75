"""What is waiting for somebody, and how far each thing has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from wardwell.web.components.tag import Tag


@dataclass(frozen=True, kw_only=True)
class Task:
    """One thing to do, where to do it, and its state; a plain string is a state that needs no colour."""

    title: str
    status: Tag | str
    href: str = ""
    hint: str = ""

    @property
    def tag(self) -> Tag | None:
        return self.status if isinstance(self.status, Tag) else None


@dataclass(frozen=True, kw_only=True)
class Tasks:
    """A list of things to do; `name` tells two lists on one page apart."""

    template: ClassVar[str] = "components/tasks.html"

    items: Sequence[Task]
    name: str = "tasks"

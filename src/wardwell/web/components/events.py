"""What happened, newest first, in plain words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from wardwell.web.components.links import Link
from wardwell.web.components.words import printed


@dataclass(frozen=True, kw_only=True)
class Event:
    """One thing that happened, by whom, when and, where it was decided, because of what."""

    text: str
    by: str
    at: datetime
    because: str = ""
    link: Link | None = None

    @property
    def when(self) -> str:
        return printed(self.at, "moment")


@dataclass(frozen=True)
class Events:
    """A line of events."""

    template: ClassVar[str] = "components/events.html"

    items: Sequence[Event]

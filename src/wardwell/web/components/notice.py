"""What a reader must notice, and what to say where there is nothing yet."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal

from wardwell.web.components.links import Link


@dataclass(frozen=True, kw_only=True)
class Notice:
    """Something about the whole page, at its top: that a thing was done, or that a thing needs care."""

    template: ClassVar[str] = "components/notice.html"

    text: str
    kind: Literal["information", "success"] = "information"
    heading: str = ""
    link: Link | None = None

    @property
    def title(self) -> str:
        return "Done" if self.kind == "success" else "Important"


@dataclass(frozen=True)
class Caution:
    """A consequence that a reader must know before going on."""

    template: ClassVar[str] = "components/caution.html"

    text: str


@dataclass(frozen=True)
class Inset:
    """A remark set apart from the text around it."""

    template: ClassVar[str] = "components/inset.html"

    text: str


@dataclass(frozen=True, kw_only=True)
class Empty:
    """Said where there is nothing to show: what would be here, and how it comes to be here."""

    template: ClassVar[str] = "components/empty.html"

    heading: str
    text: str = ""
    link: Link | None = None

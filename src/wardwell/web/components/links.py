"""Where a page leads to, and what may be done from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Literal, Protocol


class Answer(Protocol):
    """What was decided about a verb: by access (may this person?) or by the rules (can this thing?)."""

    @property
    def allowed(self) -> bool: ...

    @property
    def because(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class Link:
    """A way to another page; `hidden` is read out after the text where the text alone would be ambiguous."""

    template: ClassVar[str] = "components/link.html"

    text: str
    href: str
    hidden: str = ""


@dataclass(frozen=True, kw_only=True)
class Verb:
    """Something that can be done from a page: a button, or the reason why there is no button.

    A verb that changes something posts; a verb that leads to a form is a link.
    """

    text: str
    href: str
    because: str = ""
    method: Literal["get", "post"] = "get"
    style: Literal["primary", "secondary", "warning"] = "primary"

    @classmethod
    def after(
        cls,
        *answers: Answer,
        text: str,
        href: str,
        method: Literal["get", "post"] = "get",
        style: Literal["primary", "secondary", "warning"] = "primary",
    ) -> Verb:
        """The verb, offered when every answer says yes; otherwise with the first answer's reason."""
        because = next((answer.because for answer in answers if not answer.allowed), "")
        return cls(text=text, href=href, because=because, method=method, style=style)

    @property
    def is_offered(self) -> bool:
        return not self.because

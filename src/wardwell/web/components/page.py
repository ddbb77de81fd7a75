"""A page: its name, what it shows and what may be done from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from django.utils.text import slugify

from wardwell.web.components.component import Component
from wardwell.web.components.form import FilledForm
from wardwell.web.components.links import Link, Verb
from wardwell.web.components.notice import Notice
from wardwell.web.components.tag import Tag


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of a page under its own heading; without a heading it belongs to what stands before it."""

    template: ClassVar[str] = "components/panel.html"

    contents: Sequence[Component]
    heading: str = ""
    name: str = ""
    style: Literal["plain", "quiet"] = "plain"
    level: Literal[2, 3] = 2
    verbs: Sequence[Verb] = ()

    @property
    def id(self) -> str:
        return self.name or slugify(self.heading)


@dataclass(frozen=True, kw_only=True)
class Page:
    """A whole screen.

    `section` is the entry of the service navigation that it belongs to. `verbs` hold what could be done from here: those
    offered become buttons, the others say why not. `opening` runs across the whole width, `aside` stands beside the
    panels on wide screens. `tabs` are sister pages, `here` the address of the current one.
    """

    template: ClassVar[str] = "components/page.html"

    title: str
    section: str
    panels: Sequence[Component]
    caption: str = ""
    lead: str = ""
    status: Tag | None = None
    breadcrumbs: Sequence[Link] = ()
    tabs: Sequence[Link] = ()
    here: str = ""
    notices: Sequence[Notice] = ()
    verbs: Sequence[Verb] = ()
    aside: Sequence[Component] = ()
    opening: Sequence[Component] = ()

    @property
    def offered(self) -> tuple[Verb, ...]:
        return tuple(verb for verb in self.verbs if verb.is_offered)

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """What is wrong in the page's forms, each with the place that it leads to; told at the top of the page."""
        parts = (*self.opening, *self.panels, *self.aside)
        shown = [one for part in parts for one in (part.contents if isinstance(part, Panel) else (part,))]
        return tuple(problem for one in shown if isinstance(one, FilledForm) for problem in one.problems)

    @property
    def refused(self) -> tuple[Verb, ...]:
        return tuple(verb for verb in self.verbs if not verb.is_offered)

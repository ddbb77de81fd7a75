"""The pages of a long list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar
from urllib.parse import urlencode


@dataclass(frozen=True, kw_only=True)
class PageLink:
    """A page's number and address; no number stands for pages left out."""

    number: int | None
    href: str = ""
    is_current: bool = False


@dataclass(frozen=True, kw_only=True)
class Pagination:
    """Which page of how many; `path` and `query` make each page's address.

    >>> pages = Pagination(page=5, pages=9, path="/audit/", query={"kind": "release"})
    >>> [link.number for link in pages.links]
    [1, None, 4, 5, 6, None, 9]
    >>> pages.next
    '/audit/?kind=release&page=6'
    """

    template: ClassVar[str] = "components/pagination.html"

    page: int
    pages: int
    path: str
    query: dict[str, str] | None = None
    label: str = "Pages"

    def at(self, number: int) -> str:
        return f"{self.path}?{urlencode({**(self.query or {}), 'page': number})}"

    @property
    def previous(self) -> str:
        return self.at(self.page - 1) if self.page > 1 else ""

    @property
    def next(self) -> str:
        return self.at(self.page + 1) if self.page < self.pages else ""

    @property
    def links(self) -> tuple[PageLink, ...]:
        """First, last and the neighbours of the current page, with a mark where pages are left out."""
        near = {1, self.pages, *range(self.page - 1, self.page + 2)}
        links: list[PageLink] = []
        before = 0
        for number in sorted(number for number in near if 1 <= number <= self.pages):
            if number > before + 1:
                links.append(PageLink(number=None))
            links.append(PageLink(number=number, href=self.at(number), is_current=number == self.page))
            before = number
        return tuple(links)

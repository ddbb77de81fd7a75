"""A table: columns declared once, printed as HTML and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from django.utils.text import slugify

from wardwell.web.components.links import Link
from wardwell.web.components.notice import Empty
from wardwell.web.components.pagination import Pagination
from wardwell.web.components.tag import Tag
from wardwell.web.components.words import Kind, plain, printed

Row = TypeVar("Row")


@dataclass(frozen=True, kw_only=True)
class Cell:
    """One cell as it is printed; `number` cells stand to the right, `sort` is what the browser sorts by."""

    text: str
    kind: Kind
    is_header: bool = False
    href: str = ""
    tag: Tag | None = None
    sort: str = ""

    @property
    def is_number(self) -> bool:
        return self.kind in ("number", "percent")


@dataclass(frozen=True, kw_only=True)
class Column(Generic[Row]):
    """One column of a view: the name of the field, what it is called on screen, and how it is printed.

    `value` computes what no field holds; `link` and `tag` dress the value on screen and leave the CSV as it is.
    """

    name: str
    label: str
    kind: Kind = "text"
    decimals: int = 0
    value: Callable[[Row], object] | None = None
    link: Callable[[Row], str] | None = None
    tag: Callable[[Row], Tag | None] | None = None

    @property
    def is_number(self) -> bool:
        return self.kind in ("number", "percent")

    def read(self, row: Row) -> object:
        """The value that this column has for a row: of its own function, of the mapping, or of the field."""
        if self.value:
            return self.value(row)
        return row[self.name] if isinstance(row, Mapping) else getattr(row, self.name)

    def cell(self, row: Row, *, is_header: bool) -> Cell:
        value = self.read(row)
        return Cell(
            text=printed(value, self.kind, self.decimals),
            kind=self.kind,
            is_header=is_header,
            href=self.link(row) if self.link else "",
            tag=self.tag(row) if self.tag else None,
            sort=plain(value),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """The body of a table, or its foot."""

    element: str
    style: str
    rows: Sequence[Sequence[Cell]]


@dataclass(frozen=True, kw_only=True)
class FilledTable:
    """A table with its rows, ready to be shown."""

    template: ClassVar[str] = "components/table.html"

    caption: str
    headings: Sequence[Cell]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Cell] = ()
    empty: Empty | None = None
    pagination: Pagination | None = None
    downloads: Sequence[Link] = ()
    is_sortable: bool = False
    is_caption_hidden: bool = False

    @property
    def id(self) -> str:
        return f"table-{slugify(self.caption)}"

    @property
    def parts(self) -> tuple[Part, ...]:
        """The body, and the foot where there is one."""
        body = Part("tbody", "govuk-table__body", self.rows)
        return (body, Part("tfoot", "wardwell-table__foot", [self.foot])) if self.foot else (body,)


@dataclass(frozen=True, kw_only=True)
class Table(Generic[Row]):
    """The declaration of a table over rows of one kind. An export cannot show more than the screen.

    >>> counts = Table(caption="Counts", columns=(Column(name="area", label="Area"),
    ...     Column(name="crimes", label="Crimes", kind="number")))
    >>> rows = [{"area": "Bilston", "crimes": 1204}]
    >>> [cell.text for cell in counts.of(rows).rows[0]]
    ['Bilston', '1,204']
    >>> list(counts.csv(rows))
    ['Area,Crimes\\r\\n', 'Bilston,1204\\r\\n']
    """

    caption: str
    columns: tuple[Column[Row], ...]
    empty: Empty | None = None
    is_sortable: bool = False
    is_caption_hidden: bool = False

    def of(
        self,
        rows: Iterable[Row],
        *,
        foot: Row | None = None,
        pagination: Pagination | None = None,
        downloads: Sequence[Link] = (),
        caption: str = "",
    ) -> FilledTable:
        """The table with these rows; `foot` is one more row, of totals."""
        headings = [Cell(text=column.label, kind=column.kind, is_header=True) for column in self.columns]
        return FilledTable(
            caption=caption or self.caption,
            headings=headings,
            rows=[self._cells(row) for row in rows],
            foot=self._cells(foot) if foot is not None else (),
            empty=self.empty,
            pagination=pagination,
            downloads=downloads,
            is_sortable=self.is_sortable,
            is_caption_hidden=self.is_caption_hidden,
        )

    def csv(self, rows: Iterable[Row]) -> Iterator[str]:
        """The same columns, line by line, as values for a machine."""
        yield _line([column.label for column in self.columns])
        for row in rows:
            yield _line([plain(column.read(row)) for column in self.columns])

    def _cells(self, row: Row) -> list[Cell]:
        return [column.cell(row, is_header=index == 0) for index, column in enumerate(self.columns)]


def _line(values: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(values)
    return buffer.getvalue()

"""What disclosure control must be told about a table: which cells are counts, what is derived from them, what adds up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

Value = str | int | float | bool | None
KINDS = ("text", "month", "count", "rate", "percent", "ratio", "number", "flag")


@dataclass(frozen=True, order=True)
class Cell:
    """The place of one value in a table: the position of its row, the name of its column."""

    row: int
    column: str


@dataclass(frozen=True, order=True)
class Chosen(Cell):
    """A place that was found by comparing the values of the column ``by``, such as the highest or the lowest.

    Naming it says something about every value it was compared with, the hidden ones too: so it is hidden where it would.
    """

    by: str = ""


@dataclass(frozen=True)
class ResultColumn:
    """One column: its name in code, its label on the page, and what its values are.

    Parameters
    ----------
    kind
        One of ``text``, ``month`` (``2025-10``), ``count``, ``rate``, ``percent``, ``ratio``, ``number``, ``flag``.
    unit
        In words, such as "per 1,000 residents".
    decimals
        How many are printed.
    built_on
        Columns of counts in the same row from which a value of this column is derived: hidden when they are.
    also_on
        Cells elsewhere from which *every* value of this column is derived, such as a total or the whole of a series.
    """

    name: str
    label: str
    kind: str
    unit: str = ""
    decimals: int = 0
    built_on: tuple[str, ...] = ()
    also_on: tuple[Cell, ...] = ()

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"column {self.name}: {self.kind!r} is not one of {', '.join(KINDS)}")


@dataclass(frozen=True)
class Sum:
    """A total that is published beside its parts, so that one hidden part could be subtracted out."""

    total: Cell
    parts: tuple[Cell, ...]


@dataclass(frozen=True)
class Caveat:
    """A sentence that travels with the figure, and the code by which it is known."""

    code: str
    sentence: str


class DescribedTable(Protocol):
    """A table that knows enough about itself for disclosure control: results of measures are such tables."""

    @property
    def title(self) -> str: ...
    @property
    def chart(self) -> str: ...
    @property
    def columns(self) -> tuple[ResultColumn, ...]: ...
    @property
    def rows(self) -> tuple[Mapping[str, Value], ...]: ...
    @property
    def facts(self) -> Mapping[str, Cell]: ...
    @property
    def sums(self) -> tuple[Sum, ...]: ...
    @property
    def caveats(self) -> tuple[Caveat, ...]: ...
    @property
    def ordered_by(self) -> str | None: ...
    def provenance(self) -> Mapping[str, object]: ...

"""What a table is: a contract between whoever reads a source and whoever counts its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

import pyarrow as pa


class ColumnType(Enum):
    """The few types a column may have; each is exactly one Arrow type, so that two engines agree on it."""

    TEXT = "text"
    DATE = "date"
    WHOLE = "whole number"
    REAL = "real number"


ARROW: Mapping[ColumnType, pa.DataType] = {
    ColumnType.TEXT: pa.string(),
    ColumnType.DATE: pa.date32(),
    ColumnType.WHOLE: pa.int64(),
    ColumnType.REAL: pa.float64(),
}


@dataclass(frozen=True)
class Column:
    """One column: its type, whether it may be empty, and what a value in it means."""

    name: str
    type: ColumnType
    nullable: bool
    meaning: str


@dataclass(frozen=True)
class Table:
    """A contract: the columns in their order, what one row is, and what is known to be wrong with the source.

    ``key`` names the columns that identify a row; it is empty where the source has rows that are truly identical.
    """

    name: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    grain: str
    known_faults: tuple[str, ...] = ()

    @property
    def arrow(self) -> pa.Schema:
        """The table's shape as an Arrow schema."""
        return pa.schema([pa.field(c.name, ARROW[c.type], nullable=c.nullable) for c in self.columns])


class UnableToAccept(ValueError):
    """Data do not have the shape that a table's contract promises."""

    def __init__(self, table: str, column: str, found: str, expected: str) -> None:
        self.table, self.column, self.found, self.expected = table, column, found, expected
        super().__init__(f"Table {table}, column {column}: {found}; the contract says {expected}.")


def check(table: Table, schema: pa.Schema) -> None:
    """Hold a schema against a contract: the same columns, in the same order, of the same types.

    Whether a column may hold nulls is not compared, because Parquet written by an engine does not keep it.

    Raises
    ------
    UnableToAccept
        Naming the first column at fault.

    Examples
    --------
    >>> from wardstats.tables import POPULATION
    >>> check(POPULATION, POPULATION.arrow)
    >>> check(POPULATION, POPULATION.arrow.remove(1))
    Traceback (most recent call last):
    ...
    wardstats.tables.table.UnableToAccept: Table population, column population: is missing; the contract says whole number.
    """
    for column in table.columns:
        index = schema.get_field_index(column.name)
        if index < 0:
            raise UnableToAccept(table.name, column.name, "is missing", column.type.value)
        found = schema.field(index).type
        if found != ARROW[column.type]:
            raise UnableToAccept(table.name, column.name, f"is {found}", column.type.value)
    _check_order(table, schema)


def _check_order(table: Table, schema: pa.Schema) -> None:
    expected = [c.name for c in table.columns]
    for name in schema.names:
        if name not in expected:
            raise UnableToAccept(table.name, name, "is not in the contract", ", ".join(expected))
    for found, name in zip(schema.names, expected, strict=True):
        if found != name:
            raise UnableToAccept(table.name, found, "is out of order", f"{name} here")

"""What every engine can do; nothing above this layer needs more."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import ibis
import pyarrow as pa


class Engine(Protocol):
    """A place where expressions are run: kept files and small tables in, columns out."""

    def read(self, path: Path) -> ibis.Table:
        """The rows of a Parquet file, or of a folder of them, left where they are until somebody asks."""
        ...

    def hold(self, rows: pa.Table) -> ibis.Table:
        """A table in memory, held by the engine to be asked many times."""
        ...

    def fetch(self, expression: ibis.Table) -> pa.Table:
        """The rows of an expression, in the types that it declares."""
        ...

    def partition(self, expression: ibis.Table, *, by: str, into: Path) -> None:
        """Write the rows of an expression as Parquet, in a folder ``by=value`` for each value of one column."""
        ...

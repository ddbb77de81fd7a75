"""DuckDB, locked down: the one place in which a connection is opened."""

from __future__ import annotations

from pathlib import Path

import ibis
import pyarrow as pa
from ibis.backends.duckdb import Backend

__all__ = ["Backend", "DuckDB", "connect"]


def connect(
    *, memory_limit: str = "1GB", threads: int = 2, temp_directory: Path | None = None, in_order: bool = True
) -> Backend:
    """A fresh in-memory DuckDB that can read files, and cannot fetch anything from a network.

    Extensions are neither installed nor loaded on demand, so an address in place of a path is an error, and the
    settings cannot be changed afterwards. Read results with ``.to_pyarrow()``: it has the right types, where
    ``.execute()`` turns 128-bit sums with a null among them into ``Decimal`` objects.

    Parameters
    ----------
    memory_limit
        The most DuckDB's own buffers may hold, as DuckDB writes sizes.
    threads
        How many cores to use.
    temp_directory
        Where to put what does not fit in memory. Without one nothing is ever written, and a query too big for the
        limit fails.
    in_order
        Whether rows that nothing orders stay as they were read, which costs memory where there are many.

    Examples
    --------
    >>> import pyarrow
    >>> counts = ibis.memtable(pyarrow.table({"count": [2, 3]}))
    >>> connect(memory_limit="256MB", threads=1).to_pyarrow(counts["count"].sum()).as_py()
    5
    """
    backend: Backend = ibis.duckdb.connect(
        ":memory:",
        memory_limit=memory_limit,
        threads=threads,
        temp_directory="" if temp_directory is None else str(temp_directory),
        autoload_known_extensions=False,
        autoinstall_known_extensions=False,
        allow_community_extensions=False,
    )
    backend.con.execute("set enable_progress_bar = false")
    backend.con.execute(f"set preserve_insertion_order = {str(in_order).lower()}")
    backend.con.execute("set lock_configuration = true")
    return backend


class DuckDB:
    """The default engine: DuckDB within this process, locked down as :func:`connect` does it.

    Parameters
    ----------
    threads
        How many cores it may use.
    memory_limit
        The most its own buffers may hold.
    temp_directory
        Where to put what does not fit in memory; without one, a question too big for the limit fails.
    in_order
        Whether rows that nothing orders stay as they were read.
    """

    def __init__(
        self,
        *,
        threads: int = 2,
        memory_limit: str = "1GB",
        temp_directory: Path | None = None,
        in_order: bool = True,
    ) -> None:
        self._backend = connect(
            threads=threads, memory_limit=memory_limit, temp_directory=temp_directory, in_order=in_order
        )

    def read(self, path: Path) -> ibis.Table:
        """The rows of a Parquet file, or of a folder of them."""
        return self._backend.read_parquet(path / "*.parquet" if path.is_dir() else path, hive_partitioning=False)

    def hold(self, rows: pa.Table) -> ibis.Table:
        """A table in memory, under a name of its own."""
        return self._backend.create_table(ibis.util.gen_name("held"), ibis.memtable(rows), temp=True)

    def fetch(self, expression: ibis.Table) -> pa.Table:
        """The rows of an expression."""
        return self._backend.to_pyarrow(expression)

    def partition(self, expression: ibis.Table, *, by: str, into: Path) -> None:
        """Write the rows as Parquet, in a folder for each value of a column."""
        into.mkdir(parents=True, exist_ok=True)
        self._backend.to_parquet(expression, into, partition_by=by, compression="zstd")

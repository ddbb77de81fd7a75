"""Engines: where expressions over tables are run.

Everything above this layer is written as ibis expressions; only a module of this package opens a connection.
DuckDB, in :mod:`wardstats.engines.duckdb`, is the default: one laptop, no server. Spark, in
:mod:`wardstats.engines.spark`, is for rows that one machine does not hold, and must be installed beside the library.
"""

from wardstats.engines.engine import Engine

__all__ = ["Engine"]

"""Engines: where expressions over tables are run.

Everything above this layer is written as ibis expressions; only a module of this package opens a connection.
DuckDB, in :mod:`wardstats.engines.duckdb`, is the default: one laptop, no server.
"""

"""Documents: one frozen account of what is published, and the page, PDF, Word file and data made from it.

Knows no database. `publication` gathers a `Document` and keeps what `outputs.make` returns.
"""

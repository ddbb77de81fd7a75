"""A table in print as HTML, for a notebook or a page of its own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape


def table_with_notes(title: str, header: Sequence[str], rows: Iterable[Sequence[str]], notes: Iterable[str]) -> str:
    """Texts that may be printed, as a table with its title, and below it what must be read with it."""
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in header)
    body = "".join(_row(row) for row in rows)
    below = "".join(f"<li>{escape(note)}</li>" for note in notes)
    table = f"<table><caption>{escape(title)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"{table}<ul>{below}</ul>" if below else table


def _row(cells: Sequence[str]) -> str:
    first, *rest = cells
    return f'<tr><th scope="row">{escape(first)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in rest)}</tr>'

"""What was printed, read back: every number on the page and in the data files, at the place it claims to come from."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lxml.etree import ParserError

from wardstats.disclosure import Cell, Disclosed
from wardwell.publication.documents.embedded import Embedded, numbers
from wardwell.publication.documents.view import machine_value
from wardwell.publication.models import Output, ReleasedFigure
from wardwell.publication.store import path_of
from wardwell.publication.verification.comparing import row_named
from wardwell.publication.verification.verdicts import Verdict, fails, holds

STORED, PRINTED, TABLE = "as published", "printed numbers", "data file"


@dataclass(frozen=True)
class Published:
    """A figure as it was frozen, and its table."""

    row: ReleasedFigure
    disclosed: Disclosed


def stored_verdicts(outputs: Iterable[Output], manifest: Mapping[str, str]) -> Iterator[Verdict]:
    """Whether every file of the manifest is there, byte for byte, and no other."""
    held = {output.name: output for output in outputs}
    for name in sorted(manifest.keys() | held.keys()):
        if name not in held or name not in manifest:
            yield fails(
                name, STORED, f"The file {name} is in the {'manifest' if name in manifest else 'release'} only."
            )
            continue
        path = path_of(held[name].path)
        if not path.is_file():
            yield fails(name, STORED, f"The file {name} is missing.")
            continue
        found = _digest(path)
        if not found == manifest[name] == held[name].sha256:
            yield fails(
                name, STORED, f"The file {name} was altered: its digest is {found}, published was {manifest[name]}."
            )
        else:
            yield holds(name, STORED, f"The file {name} is as it was published.")


def page_verdicts(page: str, figures: Mapping[str, Published]) -> tuple[int, tuple[Verdict, ...]]:
    """How many numbers the page prints; and whether each is the figure's own, and none of any figure is missing."""
    try:
        found = numbers(page)
    except ParserError:
        return 0, (fails("document.html", PRINTED, "The page cannot be read."),)
    by_figure: dict[str, list[Embedded]] = {slug: [] for slug in figures}
    for one in found:
        by_figure.setdefault(one.figure, []).append(one)
    return len(found), tuple(_of_figure(slug, figures.get(slug), printed) for slug, printed in by_figure.items())


def table_verdict(content: bytes | None, published: Published) -> Verdict:
    """Whether a figure's data file is the figure's table."""
    row, expected = published.row, published.disclosed.to_csv().encode("utf-8")
    if content is None:
        return fails(row.slug, TABLE, f"The data file of figure “{row.title}” is missing.")
    if content == expected:
        return holds(row.slug, TABLE, f"The data file of figure “{row.title}” holds its numbers.")
    lines = zip(expected.splitlines(), content.splitlines(), strict=False)
    differing = next((at for at, (one, other) in enumerate(lines, start=1) if one != other), 0)
    where = f"line {differing} differs" if differing else "it has other lines"
    return fails(row.slug, TABLE, f"The data file of figure “{row.title}” is not its table: {where}.")


def _of_figure(slug: str, published: Published | None, printed: list[Embedded]) -> Verdict:
    if published is None:
        return fails(slug, PRINTED, f"The page prints numbers of a figure “{slug}” that was not released.")
    title = published.row.title
    wrong = next((said for one in printed if (said := _wrong(one, published.disclosed))), "")
    if wrong:
        return fails(slug, PRINTED, f"The page misprints figure “{title}”. {wrong}")
    missing = _missing(printed, published)
    if missing:
        return fails(slug, PRINTED, f"The page lacks something of figure “{title}”: {missing}.")
    return holds(slug, PRINTED, f"The page prints figure “{title}” as it was released, in {len(printed):,} places.")


def _wrong(one: Embedded, disclosed: Disclosed) -> str:
    """What the page says and should say; empty when they are the same."""
    cell = disclosed.facts.get(one.fact) if one.fact else Cell(one.row, one.column)
    if cell is None or not _is_in(cell, disclosed):
        return f"It prints “{one.text}” for {one.fact or f'row {one.row + 1}, {one.column}'}, which the figure does not have."
    text = disclosed.text(cell)
    if one.text == text and one.value == machine_value(text):
        return ""
    where = f"{row_named(disclosed, cell.row)}, {disclosed.column(cell.column).label}"
    shown = one.text if one.text != text else f"{one.value} (to machines)"
    return f"{where}: it prints {shown}, the figure is {text}."


def _is_in(cell: Cell, disclosed: Disclosed) -> bool:
    return 0 <= cell.row < len(disclosed.rows) and cell.column in disclosed.rows[cell.row]


def _missing(printed: list[Embedded], published: Published) -> str:
    disclosed = published.disclosed
    cells = {(one.row, one.column) for one in printed if not one.fact}
    for at, row in enumerate(disclosed.rows):
        for column in disclosed.columns:
            if (at, column.name) not in cells and column.name in row:
                return f"{row_named(disclosed, at)}, {column.label}"
    facts = Counter(one.fact for one in printed if one.fact)
    for name, times in published.row.cited_facts.items():
        if facts[name] != times:
            return f"the number {name}, printed {facts[name]} times and not {times}"
    return ""


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

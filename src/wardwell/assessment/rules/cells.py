"""Names for the cells of a figure's table, so that a text can cite any of them and suppression follows it there."""

from __future__ import annotations

import re
from dataclasses import replace

from wardstats.disclosure import Cell
from wardstats.measures import Result

_NOT_IN_NAMES = re.compile(r"[^a-z0-9]+")


def named(label: str) -> str:
    """A row's label as the beginning of a name.

    >>> named("Violence and sexual offences"), named("2025-07"), named("St Peter's")
    ('violence_and_sexual_offences', '2025_07', 'st_peter_s')
    """
    return _NOT_IN_NAMES.sub("_", label.lower()).strip("_")


def with_cells_as_facts(result: Result) -> Result:
    """The same result with every cell named `row_column`, such as `shoplifting_percent`, beside its own facts.

    A label that several rows share names none of them; a fact of the measure's own keeps its name.
    """
    label = next((column.name for column in result.columns if column.kind in ("text", "month")), None)
    if label is None or len(result.rows) < 2:  # one row: the measure names its cells itself
        return result
    labels = [named(str(row[label])) for row in result.rows]
    cells = {
        f"{text}_{column.name}": Cell(at, column.name)
        for at, text in enumerate(labels)
        if text and labels.count(text) == 1
        for column in result.columns
        if column.name != label
    }
    return replace(
        result, facts={**result.facts, **{name: cell for name, cell in cells.items() if name not in result.facts}}
    )

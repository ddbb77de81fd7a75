"""Two disclosed tables side by side: the first cell in which they differ, in words. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wardstats.disclosure import Cell, Disclosed


def difference(published: Disclosed, again: Disclosed) -> str:
    """What differs between what was published and what came out again; empty when nothing does.

    The version of the library that computed it may differ: it is what the measure's version is for.
    """
    if _without_library(published) == _without_library(again):
        return ""
    if published.columns != again.columns:
        return "its columns are not those that were published"
    if len(published.rows) != len(again.rows):
        return f"{len(published.rows)} rows were published and {len(again.rows)} come out"
    return _first_cell(published, again) or "its title, notes or origin are not those that were published"


def row_named(disclosed: Disclosed, at: int) -> str:
    """A row by its words and months, as a reader would point at it."""
    names = [column.name for column in disclosed.columns if column.kind in ("text", "month")][:1]
    return disclosed.text(Cell(at, names[0])) if names else f"row {at + 1}"


def _first_cell(published: Disclosed, again: Disclosed) -> str:
    for at in range(len(published.rows)):
        for column in published.columns:
            cell = Cell(at, column.name)
            if published.rows[at][column.name] != again.rows[at][column.name]:
                where = f"{row_named(published, at)}, {column.label}"
                return f"{where}: {published.text(cell)} was published and {again.text(cell)} comes out"
    return ""


def _without_library(disclosed: Disclosed) -> Mapping[str, Any]:
    content = disclosed.to_json()
    provenance = dict(content["provenance"])
    if "lineage" in provenance:
        provenance["lineage"] = {**provenance["lineage"], "library": ""}
    return {**content, "provenance": provenance}

"""What a count covers: which places, which months, which kind of event. Counts can be related only through this."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from wardstats.disclosure.described import Cell


@dataclass(frozen=True)
class Box:
    """Small areas by their codes, over months from ``since`` up to, and not including, ``until`` (``2025-10``)."""

    places: frozenset[str]
    since: str
    until: str


@dataclass(frozen=True)
class Scope:
    """The events that one count counts.

    Attributes
    ----------
    boxes
        Where and when: several boxes, never overlapping, where the codes of small areas changed within the period.
    family
        Which events at all, such as crimes or incidents: counts of two families are never added.
    kind
        Only this kind of the family; every kind when None.
    evidence
        Names the kept files the count was read from, so that counts of the same rows are known to be consistent.
    """

    boxes: tuple[Box, ...]
    family: str
    kind: str | None
    evidence: str

    @property
    def question(self) -> tuple[frozenset[Box], str, str | None]:
        """What was counted, whichever files it was read from."""
        return frozenset(self.boxes), self.family, self.kind


Covers = Mapping[Cell, Scope]


def covers_to_json(covers: Covers) -> dict[str, Any]:
    """Plain JSON, each set of places written once."""
    places = list(dict.fromkeys(box.places for scope in covers.values() for box in scope.boxes))
    position = {each: at for at, each in enumerate(places)}
    return {
        "places": [sorted(each) for each in places],
        "cells": [
            {
                "cell": [cell.row, cell.column],
                "boxes": [[position[box.places], box.since, box.until] for box in scope.boxes],
                "family": scope.family,
                "kind": scope.kind,
                "evidence": scope.evidence,
            }
            for cell, scope in covers.items()
        ],
    }


def covers_from_json(payload: Mapping[str, Any] | None) -> dict[Cell, Scope]:
    """What :func:`covers_to_json` wrote; nothing where a table does not say what its counts cover."""
    if payload is None:
        return {}
    places = [frozenset(each) for each in payload["places"]]
    return {
        Cell(*each["cell"]): Scope(
            tuple(Box(places[at], since, until) for at, since, until in each["boxes"]),
            each["family"],
            each["kind"],
            each["evidence"],
        )
        for each in payload["cells"]
    }

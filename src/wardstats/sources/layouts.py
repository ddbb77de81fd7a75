"""Layouts: what a supplier is asked to fill in, field by field. Templates, saved mappings and checks all read these."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EXAMPLE = "EXAMPLE"
"""What the example row of a template begins with, so that it is never taken for a row of data."""


class FieldKind(StrEnum):
    """How a field is written."""

    WORDS = "words"
    DAY = "day, as 2026-01-31"
    TIME = "time, as 23:05"
    WHOLE = "whole number"
    NUMBER = "number"


@dataclass(frozen=True)
class Field:
    """One heading of a file: how it is written, whether it may be left out, what it means, and what it may say.

    ``allowed`` is empty where anything may be said.
    """

    heading: str
    kind: FieldKind
    is_required: bool
    meaning: str
    example: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True)
class Layout:
    """The fields of a file in their order."""

    name: str
    fields: tuple[Field, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """The headings in their order."""
        return tuple(field.heading for field in self.fields)

    @property
    def optional(self) -> frozenset[str]:
        """Headings that a file may leave out."""
        return frozenset(field.heading for field in self.fields if not field.is_required)

    def field(self, heading: str) -> Field:
        """The field with this heading. Raises KeyError."""
        found = {field.heading: field for field in self.fields}
        return found[heading]

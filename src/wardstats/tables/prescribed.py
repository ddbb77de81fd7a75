"""The sets that authorities must give each other every quarter without people in them, as dated definitions.

The definitions are data (``prescribed.toml`` beside this module). Source: Crime and Disorder Act 1998, section 17A;
SI 2007/1831.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

DEFINITIONS = Path(__file__).with_name("prescribed.toml")


@dataclass(frozen=True)
class Category:
    """A category of a set. Its sub-categories are those named, or codes of ICD-10 in a range, or free if neither is given."""

    name: str
    sub_categories: tuple[str, ...] = ()
    icd: tuple[str, str] | None = None

    @property
    def in_words(self) -> str:
        """What its sub-category may be."""
        if self.icd:
            first, last = self.icd
            return f"a code of ICD-10, {first if first == last else f'{first} to {last}'}"
        return " or ".join(self.sub_categories) or "the agency's own words"


@dataclass(frozen=True)
class PrescribedSet:
    """One definition of a set, for periods that begin within its dates.

    ``requires`` are the headings that every row fills in; ``is_health`` says that a file with full postcodes, names, dates of
    birth or NHS numbers is refused whole and not kept anywhere.
    """

    code: str
    name: str
    agency: str
    law: str
    active_from: date
    active_until: date | None
    area_kinds: tuple[str, ...]
    requires: tuple[str, ...]
    categories: tuple[Category, ...]
    is_health: bool
    note: str

    def is_in_force(self, on: date) -> bool:
        """Whether a period that begins on a day is held against this definition."""
        return self.active_from <= on and (self.active_until is None or on < self.active_until)


@cache
def prescribed_sets() -> tuple[PrescribedSet, ...]:
    """Every definition there is or was, in the order of the regulations.

    Examples
    --------
    >>> sorted({one.code for one in prescribed_sets()})
    ['ambulance', 'council', 'fire', 'health', 'police-crimes', 'police-incidents']
    """
    content = tomllib.loads(DEFINITIONS.read_text(encoding="utf-8"))
    return tuple(_set(one) for one in content["set"])


def definitions_of(code: str) -> tuple[PrescribedSet, ...]:
    """The definitions of one set, the oldest first. Raises KeyError when there is no such set.

    Examples
    --------
    >>> [one.is_health for one in definitions_of("health")]
    [True]
    """
    found = tuple(sorted((one for one in prescribed_sets() if one.code == code), key=lambda one: one.active_from))
    if not found:
        raise KeyError(code)
    return found


def _set(one: Mapping[str, Any]) -> PrescribedSet:
    return PrescribedSet(
        code=one["code"],
        name=one["name"],
        agency=one["agency"],
        law=one["law"],
        active_from=one["active_from"],
        active_until=one.get("active_until"),
        area_kinds=tuple(one["area_kinds"]),
        requires=tuple(one["requires"]),
        categories=tuple(_category(category) for category in one["category"]),
        is_health=one.get("is_health", False),
        note=one.get("note", ""),
    )


def _category(one: Mapping[str, Any]) -> Category:
    icd = one.get("icd")
    return Category(one["name"], tuple(one.get("sub_categories", ())), (icd[0], icd[1]) if icd else None)

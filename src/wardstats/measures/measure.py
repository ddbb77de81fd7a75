"""A measure is a value: what is counted, against what, over which time and place, and how it may be read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from wardstats.disclosure import DisclosureRule


class Direction(Enum):
    """Which way the partnership would like the figure to go."""

    LOWER = "lower"
    HIGHER = "higher"
    NEUTRAL = "neutral"


@dataclass(frozen=True)
class Measure:
    """All that must be known about a figure before it may be read.

    Parameters
    ----------
    code, name, version
        The code never changes; the version rises whenever the same evidence would give another number.
    numerator, denominator
        What is counted, and against what (None for a plain count).
    unit, period, geography
        In words.
    direction
        Which way is good; neutral where more reports may mean more trust.
    rule
        How it is disclosed unless a partnership is stricter.
    source
        Who publishes what it is counted from.
    meaning
        One or two sentences for someone who sees the figure for the first time.
    cautions
        What it does not show.
    parameters
        The names of the parameters it takes beside ``district``.
    facts
        The names of the single values its results give for use in sentences, and what each means. A result may lack some
        (a series without limits has no average), and never has others.
    """

    code: str
    name: str
    version: int
    numerator: str
    denominator: str | None
    unit: str
    period: str
    geography: str
    direction: Direction
    source: str
    meaning: str
    cautions: tuple[str, ...]
    parameters: tuple[str, ...]
    rule: DisclosureRule = field(default_factory=DisclosureRule)
    facts: Mapping[str, str] = field(default_factory=dict, hash=False)

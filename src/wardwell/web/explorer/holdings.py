"""The evidence of a district, read once and kept in memory, and what was answered from it.

Kept files never change, so what was read from them is true for as long as their digests are asked for. Everything kept here is
found by the digests of what the *actor's own* query brought back (and by district, question and rule): nobody is shown anything
that was read for somebody who may see more. The least recently used go first.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock
from typing import Generic, TypeVar

from wardstats import Disclosed, DisclosureRule, Evidence, Reader, UnableToCompute, compute, disclose

HOLDINGS = 8
ANSWERS = 512
LEVELS = {
    "ward25": "Wards",
    "lsoa21": "Small areas (LSOA)",
    "msoa-2021": "Neighbourhoods (MSOA)",
    "constituencies": "Constituencies",
    "priority-areas": "Priority Areas",
}

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Memory(Generic[Key, Value]):
    """What was made lately, up to so many things."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Key, make: Callable[[], Value]) -> Value:
        """What is kept under a key, made now if it is not. Two who ask at once may both make it; both get the same."""
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                return self._kept[key]
        made = make()
        with self._lock:
            kept = self._kept.setdefault(key, made)
            while len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return kept


@dataclass(frozen=True, slots=True)
class Place:
    """An area that can be asked about, and the level it stands at."""

    code: str
    name: str
    level: str


@dataclass(frozen=True)
class Holding:
    """One district's evidence, and what there is in it to ask for."""

    reader: Reader
    key: str
    months: tuple[date, ...]
    crime_types: tuple[str, ...]
    places: Mapping[str, tuple[Place, ...]]
    peers: Mapping[str, str] = field(default_factory=dict)
    lock: Lock = field(default_factory=Lock, compare=False)

    @property
    def district(self) -> str:
        return self.reader.district

    @property
    def name(self) -> str:
        return self.reader.name

    def place(self, code: str) -> Place | None:
        """The area with this code."""
        return next((one for places in self.places.values() for one in places if one.code == code), None)

    def answer(self, measure: str, parameters: Mapping[str, str | None], rule: DisclosureRule) -> Disclosed:
        """A measure computed from this evidence, disclosed. Raises UnableToCompute."""
        asked = json.dumps([measure, dict(parameters), rule.threshold, rule.show_zero], sort_keys=True)
        return _answers.get((self.key, asked), lambda: self._computed(measure, parameters, rule))

    def _computed(self, measure: str, parameters: Mapping[str, str | None], rule: DisclosureRule) -> Disclosed:
        # One DuckDB connection serves one thread at a time.
        with self.lock:
            result = compute(measure, self.reader, **{"district": self.district, **parameters})
        return disclose(result, rule)


_holdings: Memory[str, Holding] = Memory(HOLDINGS)
_answers: Memory[tuple[str, str], Disclosed] = Memory(ANSWERS)


def holding(evidence: Evidence, district: str) -> Holding:
    """The evidence of a district, read now unless it has been read before. Raises UnableToCompute."""
    key = key_of(evidence, district)
    return _holdings.get(key, lambda: _read(evidence, district, key))


def key_of(evidence: Evidence, district: str) -> str:
    """A digest of exactly what may be read: the kept files, and which of their parts count."""
    parts = [
        [kept.sha256, kept.table, kept.edition, None if kept.current is None else sorted(map(str, kept.current))]
        for kept in evidence.snapshots
    ]
    return hashlib.sha256(json.dumps([district, parts]).encode()).hexdigest()


def _read(evidence: Evidence, district: str, key: str) -> Holding:
    reader = Reader(evidence, district)
    types = reader.ask(reader.counts.select("crime_type").distinct().order_by("crime_type"))
    return Holding(
        reader=reader,
        key=key,
        months=reader.months,
        crime_types=tuple(str(row["crime_type"]) for row in types),
        places={level: found for level in LEVELS if (found := _places(reader, level))},
        peers=reader.nation.groups_of(reader.district),
    )


def _places(reader: Reader, level: str) -> tuple[Place, ...]:
    try:
        found = set(reader.areas(level).values())
    except UnableToCompute:
        return ()
    return tuple(sorted((Place(one.code, one.name, level) for one in found), key=lambda place: place.name))

"""One question put to a reader, and the few ways in which its answer is added up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

import ibis
from ibis import _

from wardstats.disclosure import Box, Scope
from wardstats.measures.breaks import SeriesBreak, holes
from wardstats.measures.periods import Period, month_after
from wardstats.measures.question import ANTI_SOCIAL_BEHAVIOUR, Question
from wardstats.measures.reading import Place, Reader

CRIMES, INCIDENTS = "crimes", "incidents"
MOST_NAMED = 3
NEW_CODES: date = date(2023, 6, 1)


@dataclass
class Asked:
    """A reader with one question put to it, keeping note of which tables the answer rests on."""

    reader: Reader
    question: Question
    tables: set[str]

    @cached_property
    def place(self) -> Place:
        """The area asked about: the district, or the one area named."""
        code = self.question.area_code
        return Place(self.reader.district, self.reader.name) if code is None else self._inside[0]

    @cached_property
    def codes(self) -> frozenset[str]:
        """The LSOA codes of the area asked about."""
        return self.reader.codes if self.question.area_code is None else self._inside[1]

    @cached_property
    def _inside(self) -> tuple[Place, frozenset[str]]:
        self.tables.add("area_members")
        return self.reader.codes_of(str(self.question.area_code), at=self.as_at)

    @property
    def as_at(self) -> date:
        """The day whose areas are meant: the last of the period counted."""
        return self.question.period.until - timedelta(days=1)

    def scope(
        self, period: Period, codes: frozenset[str] | None = None, *, kind: str | None = None, incidents: bool = False
    ) -> Scope:
        """What a count over a period covers: the area asked about, or these LSOA codes of it."""
        codes = self.codes if codes is None else codes
        return Scope(
            boxes=tuple(
                Box(inside, f"{months.since:%Y-%m}", f"{months.until:%Y-%m}")
                for months, version in _by_code_version(period)
                if (inside := codes & self.reader.codes_of_version(version))
            ),
            family=INCIDENTS if incidents else CRIMES,
            kind=kind or self.question.crime_type,
            evidence=" ".join(sorted(self.reader.digests(*self.reader.count_tables))),
        )

    def without_code(self, period: Period) -> tuple[date, ...]:
        """The months in which no rows can carry a code of the area asked about: it was made, or ceased to be, in 2023.

        A count of such a month would be nought and not true.
        """
        return tuple(
            month
            for months, version in _by_code_version(period)
            if not self.codes & self.reader.codes_of_version(version)
            for month in months.months
        )

    def areas(self) -> dict[str, Place]:
        """Where each LSOA code lies at the level asked for."""
        if not self.question.level.startswith(("ward", "lsoa")):
            self.tables.add("area_members")
        return self.reader.areas(self.question.level, at=self.as_at)

    def residents(self, codes: frozenset[str]) -> int:
        """How many live in these areas."""
        self.tables.add("population")
        return self.reader.residents(codes)

    def events(self, period: Period, *, incidents: bool = False) -> ibis.Table:
        """The expression of everything asked about in a period: crimes, or anti-social behaviour incidents."""
        table = self.reader.counts
        rows = table.filter(table.month >= period.since, table.month < period.until)
        is_incident = rows.crime_type == ANTI_SOCIAL_BEHAVIOUR
        rows = rows.filter(is_incident if incidents else ~is_incident)
        if self.question.crime_type is not None:
            rows = rows.filter(rows.crime_type == self.question.crime_type)
        if self.question.area_code is not None:
            rows = rows.filter(rows.area_code.isin(sorted(self.codes)))
        return rows

    def total(self, period: Period, *, incidents: bool = False) -> int:
        """How many events the period has."""
        (row,) = self.reader.ask(self.events(period, incidents=incidents).agg(count=_["count"].sum()))
        return int(row["count"] or 0)

    def incidents_of_district(self, period: Period) -> int:
        """How many incidents the whole district has, whatever area the question is about."""
        table = self.reader.counts
        rows = table.filter(table.month >= period.since, table.month < period.until)
        rows = rows.filter(rows.crime_type == ANTI_SOCIAL_BEHAVIOUR)
        (row,) = self.reader.ask(rows.agg(count=_["count"].sum()))
        return int(row["count"] or 0)

    def totals(self, by: str, period: Period, *, incidents: bool = False) -> dict[Any, int]:
        """How many events the period has, by one column of the counts relation."""
        rows = self.reader.ask(self.events(period, incidents=incidents).group_by(by).agg(count=_["count"].sum()))
        return {row[by]: int(row["count"]) for row in rows}

    def totals_of_types(self, period: Period) -> dict[str, dict[date, int]]:
        """How many crimes of each type every month of the period has that has any."""
        events = self.events(period).group_by(["crime_type", "month"]).agg(count=_["count"].sum())
        found: dict[str, dict[date, int]] = defaultdict(dict)
        for row in self.reader.ask(events):
            found[row["crime_type"]][row["month"]] = int(row["count"])
        return found

    def breaks(self, *periods: Period) -> tuple[SeriesBreak, ...]:
        """The breaks of the register that a figure over these periods must speak of."""
        whole = Period(min(period.since for period in periods), max(period.until for period in periods))
        kind = self.question.crime_type
        touching = [one for one in self.reader.breaks if one.kind.is_hole or one.touches(whole)]
        return tuple(
            one
            for one in touching
            if one.concerns(kind) and (not one.kind.is_hole or any(one.touches(period) for period in periods))
        )

    def spoilt(self, period: Period, kind: str | None = None) -> tuple[date, ...]:
        """The months of a period whose counts of a type (the one asked about) are no true counts, by the register of breaks."""
        return holes(self.reader.breaks, period, kind or self.question.crime_type)

    def is_divided(self, kind: str | None) -> bool:
        """Whether the period and the one compared lie on both sides of a step in the series of a type, or of all crime."""
        earlier, later = sorted((self.question.period, self.question.compared))
        return any(one.divides(earlier, later) and one.concerns(kind) for one in self.reader.breaks)

    def missing(self, period: Period) -> tuple[date, ...]:
        """The months of a period for which nothing was submitted."""
        return tuple(month for month in period.months if month not in self.reader.months)


def _by_code_version(period: Period) -> tuple[tuple[Period, int], ...]:
    """A period cut where the codes of small areas change, with the version that is used."""
    if period.until <= NEW_CODES:
        return ((period, 2011),)
    if period.since >= NEW_CODES:
        return ((period, 2021),)
    return (Period(period.since, NEW_CODES), 2011), (Period(NEW_CODES, period.until), 2021)


def by_place(totals: Mapping[str, int], areas: Mapping[str, Place]) -> tuple[dict[Place, int], int]:
    """Counts by LSOA code added up to places, and how many could not be placed."""
    placed: dict[Place, int] = dict.fromkeys(areas.values(), 0)
    lost = 0
    for code, count in totals.items():
        if code in areas:
            placed[areas[code]] += count
        else:
            lost += count
    return placed, lost


def codes_by_place(areas: Mapping[str, Place]) -> dict[Place, frozenset[str]]:
    """The LSOA codes that lie in each place."""
    found: dict[Place, set[str]] = defaultdict(set)
    for code, place in areas.items():
        found[place].add(code)
    return {place: frozenset(codes) for place, codes in found.items()}


def in_words(months: Sequence[date]) -> str:
    """Months in a sentence: "July 2019 and August 2019"; a long stretch by its ends."""
    names = [f"{month:%B %Y}" for month in months]
    if len(months) > MOST_NAMED and Period(months[0], month_after(months[-1], 1)).months == tuple(months):
        return f"{names[0]} to {names[-1]}"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

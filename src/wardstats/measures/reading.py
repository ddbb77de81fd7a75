"""Reading: the partnership's slice of the evidence, taken out of the kept files once and asked many times.

A reader filters every kept file to the district's areas while it is read and adds the rows up to the *counts relation*:
area, month, crime type, count. What measures compute are expressions over that.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from statistics import median
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from wardstats.engines import Engine
from wardstats.engines.duckdb import DuckDB
from wardstats.measures.breaks import SeriesBreak
from wardstats.measures.gathering import CODES, COUNTED, UNIT_PREFIX, Gathered, counts
from wardstats.measures.nation import Nation
from wardstats.measures.question import UnableToCompute
from wardstats.tables import Evidence

RELATION = ["area_code", "month", "crime_type", "count"]


@dataclass(frozen=True)
class Place:
    """An area that rows can be counted in."""

    code: str
    name: str
    grade: str | None = None


@dataclass(frozen=True)
class Population:
    """Residents of every area at one date, from one source."""

    source: str
    reference_date: date
    by_area: Mapping[str, int]


class Reader:
    """One district's evidence, read once.

    Parameters
    ----------
    evidence
        The kept files. Among them an ``area_lookup`` that places the district's areas, of both versions of their codes.
        Or what was :func:`~wardstats.measures.gather`\\ ed from them for every district.
    district
        ONS code of the district; may be left out where the lookup knows only one.
    threads
        How many cores the reading may use.
    engine
        What runs the expressions; DuckDB unless another is given. Every engine gives the same figures.

    Raises
    ------
    UnableToCompute
        If the evidence has no areas for the district or no rows in them, or if two kept files count the same month.
    """

    def __init__(
        self,
        evidence: Evidence | Gathered,
        district: str | None = None,
        *,
        threads: int = 2,
        engine: Engine | None = None,
    ) -> None:
        self._gathered = evidence if isinstance(evidence, Gathered) else None
        self.evidence = evidence.evidence if isinstance(evidence, Gathered) else evidence
        self._engine = engine or DuckDB(threads=threads)
        self.nation = Nation(self.evidence, self._engine)
        self.district = district or self._only_district()
        self._places = self._read("area_lookup", "district_code", {self.district})
        if not self._places:
            raise UnableToCompute(f"No area lookup that is kept knows the district {self.district}.")
        self._relation = self._engine.hold(self._slice())

    @property
    def counts(self) -> ibis.Table:
        """The counts relation: ``area_code``, ``month``, ``crime_type``, ``count``."""
        return self._relation

    @cached_property
    def months(self) -> tuple[date, ...]:
        """The months that were submitted, in order; a month within them that is missing was not, and is not nought."""
        rows = self.ask(self.counts.select("month").distinct().order_by("month"))
        return tuple(row["month"] for row in rows)

    @cached_property
    def breaks(self) -> tuple[SeriesBreak, ...]:
        """The breaks of the district's series that the register knows."""
        return self.nation.breaks_of(self.district)

    @cached_property
    def codes(self) -> frozenset[str]:
        """The codes of the district's LSOAs, of all versions."""
        return frozenset(row["lsoa_code"] for row in self._places)

    def codes_of_version(self, version: int) -> frozenset[str]:
        """The codes of the district's LSOAs of one version; of all where the lookup does not know that version."""
        return self._codes_by_version.get(version, self.codes)

    @cached_property
    def _codes_by_version(self) -> dict[int, frozenset[str]]:
        found: dict[int, set[str]] = defaultdict(set)
        for row in self._places:
            found[row["lsoa_version"]].add(row["lsoa_code"])
        return {version: frozenset(codes) for version, codes in found.items()}

    @cached_property
    def name(self) -> str:
        """The district's name, as its LSOAs carry it."""
        names = Counter(str(row["lsoa_name"]).rpartition(" ")[0] for row in self._places)
        return names.most_common(1)[0][0]

    def ask(self, expression: ibis.Table) -> list[dict[str, Any]]:
        """The rows of an expression over the counts relation."""
        rows: list[dict[str, Any]] = self._engine.fetch(expression).to_pylist()
        return rows

    def in_two_files(self) -> tuple[tuple[str, str, date, int], ...]:
        """How many identifiers of a month are in the files of two units, the two named in their order."""
        found: list[tuple[str, str, date, int]] = []
        for kept in self.evidence.of("street_crime"):
            table = self._engine.read(kept.path)
            inside = table.filter(table.lsoa_code.isin(sorted(self.codes)), table.crime_id.notnull())
            units = inside.mutate(unit=inside.source_file.re_replace(UNIT_PREFIX, ""))
            held = units.group_by(["crime_id", "month"]).agg(first=units.unit.min(), last=units.unit.max())
            pairs = held.filter(held["first"] != held["last"]).group_by(["first", "last", "month"]).agg(rows=_.count())
            found += [(row["first"], row["last"], row["month"], int(row["rows"])) for row in self.ask(pairs)]
        return tuple(sorted(found))

    def digests(self, *tables: str) -> frozenset[str]:
        """The digests of the kept files of these tables."""
        return frozenset(kept.sha256 for table in tables for kept in self.evidence.of(table))

    @cached_property
    def count_tables(self) -> tuple[str, ...]:
        """The tables that rows are counted from."""
        return tuple(table for table in ("area_month_counts", "street_crime") if self.evidence.of(table))

    @cached_property
    def members(self) -> tuple[dict[str, Any], ...]:
        """Which LSOAs belong to which area of which set."""
        return tuple(self._read("area_members", "lsoa_code", self.codes))

    def basis(self, level: str) -> str:
        """How it is known which small areas lie in the areas of a level, in words that are printed beside figures."""
        if level.startswith("ward"):
            return "best fit: a small area is counted whole in the ward where most of it lies (ONS, best-fit look-up)"
        return "; ".join(sorted({row["basis"] for row in self.members if row["set_code"] == level}))

    def areas(self, level: str, *, at: date | None = None) -> dict[str, Place]:
        """The area of a level that each LSOA code lies in; codes that cannot be placed are left out.

        Parameters
        ----------
        at
            The day whose areas of a set are wanted; those of today, which have not ceased to be, when None.

        Raises
        ------
        UnableToCompute
            If no kept file knows the level.
        """
        if level.startswith("ward"):
            found = self._wards(f"20{level.removeprefix('ward')}")
        elif level.startswith("lsoa"):
            found = self._lsoas(int(f"20{level.removeprefix('lsoa')}"))
        else:
            found = {
                row["lsoa_code"]: Place(row["area_code"], row["area_name"], row["grade"])
                for row in self.members
                if row["set_code"] == level and _is_valid(row, at)
            }
        if not found:
            raise UnableToCompute(f"No kept file places areas at the level “{level}”.")
        return found

    def codes_of(self, area_code: str, *, at: date | None = None) -> tuple[Place, frozenset[str]]:
        """An area by its code, and the LSOA codes that lie in it: a ward, an LSOA, an area of a set, or a whole set.

        Raises
        ------
        UnableToCompute
            If no kept file knows the area.
        """
        if area_code == self.district:
            return Place(self.district, self.name), self.codes
        levels = [f"ward{row['ward_version'][2:]}" for row in self._places] + ["lsoa21", "lsoa11"]
        for level in dict.fromkeys(levels + [row["set_code"] for row in self.members]):
            placed = self._placed(level, at)
            inside = {code: place for code, place in placed.items() if area_code in (place.code, level)}
            if inside:
                place = next(iter(inside.values()))
                whole = Place(level, level.replace("-", " ").title())
                return (place if place.code == area_code else whole), frozenset(inside)
        raise UnableToCompute(f"No kept file knows an area {area_code} in {self.name}.")

    def _placed(self, level: str, at: date | None) -> dict[str, Place]:
        try:
            return self.areas(level, at=at)
        except UnableToCompute:  # a set none of whose areas was there then
            return {}

    @cached_property
    def population(self) -> Population:
        """The latest residents that are known for every current area of the district.

        Raises
        ------
        UnableToCompute
            If there are none.
        """
        current = {row["lsoa_code"] for row in self._places if row["lsoa_version"] == 2021} or self.codes
        by_source: dict[tuple[date, str], dict[str, int]] = defaultdict(dict)
        for row in self._read("population", "area_code", self.codes):
            by_source[row["reference_date"], row["source"]][row["area_code"]] = row["population"]
        for (reference_date, source), found in sorted(by_source.items(), reverse=True):
            if current <= found.keys():
                return Population(source, reference_date, {code: found[code] for code in current})
        raise UnableToCompute(f"No population that is kept covers every area of {self.name}: no rate can be given.")

    def residents(self, codes: frozenset[str]) -> int:
        """How many live in the areas of these codes."""
        return sum(self.population.by_area.get(code, 0) for code in codes)

    def _only_district(self) -> str:
        lookups = [self._engine.read(kept.path) for kept in self.evidence.of("area_lookup")]
        known = {row["district_code"] for each in lookups for row in self.ask(each.select("district_code").distinct())}
        if len(known) != 1:
            raise UnableToCompute(f"Which district? The area lookups that are kept know {len(known)}.")
        return str(known.pop())

    def _read(self, table: str, column: str, values: Collection[str]) -> list[dict[str, Any]]:
        """The rows of a small table that have one of these values in a column."""
        kept = [self._engine.read(kept.path) for kept in self.evidence.of(table)]
        return [row for each in kept for row in self.ask(each.filter(each[column].isin(sorted(values))))]

    def _wards(self, version: str) -> dict[str, Place]:
        rows = [row for row in self._places if row["ward_version"] == version and row["ward_code"]]
        ordered = sorted(rows, key=lambda row: row["lsoa_version"])
        return {row["lsoa_code"]: Place(row["ward_code"], row["ward_name"]) for row in ordered}

    def _lsoas(self, version: int) -> dict[str, Place]:
        names = {row["lsoa_code"]: row["lsoa_name"] for row in self._places if row["lsoa_version"] == version}
        placed = {code: Place(code, name) for code, name in names.items()}
        for row in self._places:
            successors = (row["successors"] or "").split(";")
            if row["lsoa_code"] not in placed and len(successors) == 1 and successors[0] in names:
                placed[row["lsoa_code"]] = placed[successors[0]]
        return placed

    def _slice(self) -> pa.Table:
        files, street = (pa.concat_tables([COUNTED.empty_table(), *self._counted(table)]) for table in CODES)
        files, rows = _once(files), _submitted(street)
        covered = pa.array(files["month"].unique(), type=pa.date32())
        rows = rows.filter(pa.compute.invert(pa.compute.is_in(rows["month"], value_set=covered)))
        both = pa.concat_tables([files, rows])
        if not both.num_rows:
            raise UnableToCompute(f"No rows are kept for any area of {self.name}.")
        return (
            both.group_by(["area_code", "month", "crime_type"]).aggregate([("count", "sum")]).rename_columns(RELATION)
        )

    def _counted(self, table: str) -> list[pa.Table]:
        """The district's counts from each kept file of a table."""
        if self._gathered:
            path = self._gathered.of(table, self.district)
            found = [self._engine.read(path).select(COUNTED.names)] if path else []
        else:
            found = [counts(self._engine, kept, codes=self.codes) for kept in self.evidence.of(table)]
        return [self._engine.fetch(each).cast(COUNTED) for each in found]


def _submitted(rows: pa.Table) -> pa.Table:
    """Without the months that the district's own force never submitted: its neighbours' few rows are not a total.

    A month without the usual force's file still counts when others bring at least half of what is usual, as after a
    change of the force's name.
    """
    totals = Counter[date]()
    by_unit: dict[str, dict[date, int]] = defaultdict(dict)
    for row in rows.group_by(["unit", "month"]).aggregate([("count", "sum")]).to_pylist():
        totals[row["month"]] += row["count_sum"]
        by_unit[row["unit"]][row["month"]] = row["count_sum"]
    if not by_unit:
        return rows
    principal = max(by_unit.values(), key=lambda months: sum(months.values()))
    enough = median(principal.values()) / 2
    months = [month for month, total in sorted(totals.items()) if month in principal or total >= enough]
    return rows.filter(pa.compute.is_in(rows["month"], value_set=pa.array(months, type=pa.date32())))


def _once(rows: pa.Table) -> pa.Table:
    units: dict[date, set[str]] = defaultdict(set)
    for row in rows.group_by(["month", "unit"]).aggregate([]).to_pylist():
        units[row["month"]].add(row["unit"])
    for month, names in sorted(units.items()):
        if len(names) > 1:
            raise UnableToCompute(
                f"{' and '.join(sorted(names))} both count {month:%B %Y}; withdraw one, or rows would count twice."
            )
    return rows


def _is_valid(row: dict[str, Any], at: date | None) -> bool:
    """Whether a membership holds on a day; or still does, when no day is given."""
    if at is None:
        return row["until"] is None
    return (row["since"] is None or row["since"] <= at) and (row["until"] is None or at < row["until"])

"""Whole districts of England and Wales: what one partnership is compared by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from wardstats.engines import Engine
from wardstats.measures.breaks import SeriesBreak, holes
from wardstats.measures.periods import Period, month_after
from wardstats.measures.question import ANTI_SOCIAL_BEHAVIOUR, UnableToCompute
from wardstats.tables import Evidence

EVERYWHERE = "nation"
FORCE = "force"
NATIONWIDE = "districts of England and Wales"
COLUMNS = ("area_code", "month", "crime_type", "count")


@dataclass(frozen=True)
class District:
    """A local authority district, and the police force area it lies in."""

    code: str
    name: str
    force_code: str
    force_name: str


@dataclass(frozen=True)
class Peers:
    """The districts that one is compared with, itself among them, and what they are called."""

    name: str
    districts: tuple[District, ...]


class Nation:
    """The kept tables of whole districts, read when they are first asked for."""

    def __init__(self, evidence: Evidence, engine: Engine) -> None:
        self._evidence, self._engine = evidence, engine

    def _rows(self, table: str) -> list[dict[str, Any]]:
        kept = self._evidence.of(table)
        return [row for one in kept for row in self._engine.fetch(self._engine.read(one.path)).to_pylist()]

    @cached_property
    def districts(self) -> Mapping[str, District]:
        """Every district of the latest look-up that is kept, by code; none where no look-up is kept."""
        rows = self._rows("partnership_lookup")
        latest = max((row["edition"] for row in rows), default="")
        return {
            row["district_code"]: District(
                row["district_code"], row["district_name"], row["force_code"], row["force_name"]
            )
            for row in rows
            if row["edition"] == latest
        }

    @cached_property
    def breaks(self) -> tuple[SeriesBreak, ...]:
        """The register of breaks, every area's, in the order of their beginnings."""
        found = (SeriesBreak.of(row) for row in self._rows("series_breaks"))
        return tuple(sorted(found, key=lambda one: (one.since, one.code)))

    def breaks_of(self, district: str) -> tuple[SeriesBreak, ...]:
        """The breaks of a district's series: its own, its force's, and those of everywhere."""
        force = self.districts[district].force_code if district in self.districts else None
        return tuple(one for one in self.breaks if one.area_code in (None, district, force))

    def peers(self, group: str, district: str, period: Period) -> Peers:
        """The districts of a group, as its membership was at the end of the period.

        Raises
        ------
        UnableToCompute
            If no look-up knows the district, or it is no member of the group then.
        """
        if district not in self.districts:
            raise UnableToCompute(
                "No look-up of districts and police forces is kept, so there is nobody to compare with."
            )
        if group == EVERYWHERE:
            return Peers(NATIONWIDE, self._named(self.districts))
        wanted = self.districts[district].force_code if group == FORCE else group
        last = month_after(period.until, -1)
        rows = [
            row
            for row in self._rows("peer_groups")
            if row["group_code"] == wanted and row["since"] <= last and (row["until"] is None or last < row["until"])
        ]
        codes = {row["district_code"] for row in rows} & self.districts.keys()
        if district not in codes:
            raise UnableToCompute(
                f"{self.districts[district].name} is no member of the group “{group}” in {last:%B %Y}. Choose another."
            )
        return Peers(str(rows[0]["group_name"]), self._named(codes))

    def groups_of(self, district: str) -> Mapping[str, str]:
        """The groups that a district can be compared with, code and name; none where no counts of others are kept."""
        if not self.has_counts or district not in self.districts:
            return {}
        force = self.districts[district].force_code
        named = {
            row["group_code"]: row["group_name"]
            for row in self._rows("peer_groups")
            if row["district_code"] == district and row["group_code"] != force
        }
        return {FORCE: f"districts of {self.districts[district].force_name}", **named, EVERYWHERE: NATIONWIDE}

    def _named(self, codes: Any) -> tuple[District, ...]:
        return tuple(sorted((self.districts[code] for code in codes), key=lambda one: one.name))

    def spoilt(self, district: District, period: Period, crime_type: str | None) -> tuple[SeriesBreak, ...]:
        """The breaks for which a district's count of a period is no true count."""
        found = self.breaks_of(district.code)
        return tuple(one for one in found if holes((one,), period, crime_type))

    def counts(self, period: Period, crime_type: str | None) -> Mapping[str, int]:
        """Crimes of every district in a period; incidents of anti-social behaviour are not among them."""
        table = self._counts
        rows = table.filter(
            table.month >= period.since, table.month < period.until, table.crime_type != ANTI_SOCIAL_BEHAVIOUR
        )
        rows = rows if crime_type is None else rows.filter(rows.crime_type == crime_type)
        found = self._engine.fetch(rows.group_by("area_code").agg(count=_["count"].sum())).to_pylist()
        return Counter({row["area_code"]: int(row["count"]) for row in found})

    @property
    def has_counts(self) -> bool:
        """Whether counts of other districts are kept at all."""
        return bool(self._evidence.of("district_month_counts"))

    @cached_property
    def monthly(self) -> Mapping[str, Mapping[date, int]]:
        """Crimes of every district by month."""
        rows = self._counts.filter(self._counts.crime_type != ANTI_SOCIAL_BEHAVIOUR)
        found: dict[str, dict[date, int]] = defaultdict(dict)
        grouped = rows.group_by(["area_code", "month"]).agg(count=_["count"].sum())
        for row in self._engine.fetch(grouped).to_pylist():
            found[row["area_code"]][row["month"]] = int(row["count"])
        return found

    @cached_property
    def months(self) -> frozenset[Any]:
        """The months for which districts are counted."""
        rows = self._engine.fetch(self._counts.select("month").distinct()).to_pylist()
        return frozenset(row["month"] for row in rows)

    @cached_property
    def _counts(self) -> ibis.Table:
        kept = self._evidence.of("district_month_counts")
        if not kept:
            raise UnableToCompute("No counts of other districts are kept, so there is nothing to compare with.")
        parts = [self._engine.fetch(self._engine.read(one.path).select(*COLUMNS)) for one in kept]
        rows = pa.concat_tables(parts)
        return self._engine.hold(rows.filter(pa.compute.is_valid(rows["area_code"])))

    @cached_property
    def residents(self) -> Mapping[str, tuple[int, str]]:
        """The latest residents of every district, each with source and date in words."""
        latest: dict[str, tuple[Any, int, str]] = defaultdict(lambda: (None, 0, ""))
        for row in self._rows("district_population"):
            known, when = latest[row["area_code"]], row["reference_date"]
            if known[0] is None or known[0] < when:
                said = f"{row['source']}, {when.day} {when:%B %Y}"
                latest[row["area_code"]] = (when, row["population"], said)
        return {code: (population, said) for code, (_when, population, said) in latest.items()}

"""The register of breaks as it stands: it is evidence itself, so that a figure's lineage says which register it consulted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any

import pyarrow.parquet as parquet

from wardstats.tables import BreakKind
from wardwell.access.actor import Actor
from wardwell.evidence.models import Snapshot
from wardwell.evidence.store import Store

TABLE = "series_breaks"


@dataclass(frozen=True, slots=True)
class BreakView:
    """One break: where, of which type, what kind, from which month until before which, and how it is known."""

    code: str
    area_code: str
    area_name: str
    crime_type: str
    kind: BreakKind
    since: date
    until: date | None
    sentence: str
    source: str


def breaks(actor: Actor) -> tuple[BreakView, ...]:
    """The breaks of the register of the partnership worked for, latest first."""
    found = [_view(row) for row in break_rows(actor)]
    return tuple(sorted(found, key=lambda one: (-one.since.toordinal(), one.area_name)))


def break_rows(actor: Actor) -> list[dict[str, Any]]:
    """The register's rows as they are kept; none where none is kept yet. Raises UnableToReadKept for an altered file."""
    return _kept(actor, TABLE)


def areas_of_series(actor: Actor) -> tuple[tuple[str, str], ...]:
    """The areas whose series may break, code and name: police force areas, then districts; none where no look-up is kept."""
    rows = _kept(actor, "partnership_lookup")
    forces = {row["force_code"]: f"Police force area: {row['force_name']}" for row in rows}
    districts = {row["district_code"]: row["district_name"] for row in rows}
    return (*sorted(forces.items(), key=itemgetter(1)), *sorted(districts.items(), key=itemgetter(1)))


def _kept(actor: Actor, table: str) -> list[dict[str, Any]]:
    rows = Snapshot.objects.visible_to(actor).filter(partnership_id=actor.here, dataset__table=table)
    latest = rows.filter(parts__superseded_by__isnull=True).order_by("-taken_at", "-id").first()
    if latest is None:
        return []
    found: list[dict[str, Any]] = parquet.read_table(Store.of(actor.here).checked(latest.sha256)).to_pylist()
    return found


def _view(row: dict[str, Any]) -> BreakView:
    texts: dict[str, Any] = {name: row[name] or "" for name in ("area_code", "area_name", "crime_type")}
    return BreakView(**{**row, **texts, "kind": BreakKind(row["kind"])})

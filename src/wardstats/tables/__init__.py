"""Tables are contracts: columns, types, grain, key and known faults of what is kept and counted.

Readers in :mod:`wardstats.sources` deliver exactly these or raise with the row at fault; measures read only these.
"""

from wardstats.tables.agencies import PARTNER_COUNTS, SURVEY_ANSWERS
from wardstats.tables.contracts import (
    ALL,
    AREA_LOOKUP,
    AREA_MEMBERS,
    AREA_MONTH_COUNTS,
    POPULATION,
    STREET_CRIME,
)
from wardstats.tables.national import (
    DISTRICT_MONTH_COUNTS,
    DISTRICT_POPULATION,
    PARTNERSHIP_LOOKUP,
    PEER_GROUPS,
    SERIES_BREAKS,
    BreakKind,
)
from wardstats.tables.published import DEPRIVATION, POLICE_OUTCOMES, RECORDED_CRIME, STOP_AND_SEARCH
from wardstats.tables.snapshot import Evidence, Snapshot
from wardstats.tables.table import Column, ColumnType, Table, UnableToAccept, check

__all__ = [
    "ALL",
    "AREA_LOOKUP",
    "AREA_MEMBERS",
    "AREA_MONTH_COUNTS",
    "DEPRIVATION",
    "DISTRICT_MONTH_COUNTS",
    "DISTRICT_POPULATION",
    "PARTNERSHIP_LOOKUP",
    "PARTNER_COUNTS",
    "PEER_GROUPS",
    "POLICE_OUTCOMES",
    "POPULATION",
    "RECORDED_CRIME",
    "SERIES_BREAKS",
    "STOP_AND_SEARCH",
    "STREET_CRIME",
    "SURVEY_ANSWERS",
    "BreakKind",
    "Column",
    "ColumnType",
    "Evidence",
    "Snapshot",
    "Table",
    "UnableToAccept",
    "check",
]

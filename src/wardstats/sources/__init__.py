"""Sources: readers of what others publish, each delivering exactly one table or refusing with the row at fault.

:func:`read` reads street files of data.police.uk and files of counts into a staging folder; the other readers are of
ONS's small tables of populations and areas.
"""

from wardstats.sources.accounts import UnableToReconcile
from wardstats.sources.area_sets import BEST_FIT, EXACT, area_set, msoas, read_placed
from wardstats.sources.deprivation import read_deprivation
from wardstats.sources.districts import (
    peer_groups,
    read_breaks,
    read_district_counts,
    read_district_population,
    read_partnerships,
)
from wardstats.sources.keeping import read
from wardstats.sources.kinds import READ, is_health, layout_of
from wardstats.sources.layouts import Field, FieldKind, Layout
from wardstats.sources.lookups import Wards, area_lookup, read_changes, read_wards
from wardstats.sources.population import read_population
from wardstats.sources.prescribed import Category, PrescribedSet, definitions_of, prescribed_sets
from wardstats.sources.reading import FileRead, Limits, Note, PassedOver, Progress, Reading, Reason, Reconciled
from wardstats.sources.refusal import UnableToRead

__all__ = [
    "BEST_FIT",
    "EXACT",
    "READ",
    "Category",
    "Field",
    "FieldKind",
    "FileRead",
    "Layout",
    "Limits",
    "Note",
    "PassedOver",
    "PrescribedSet",
    "Progress",
    "Reading",
    "Reason",
    "Reconciled",
    "UnableToRead",
    "UnableToReconcile",
    "Wards",
    "area_lookup",
    "area_set",
    "definitions_of",
    "is_health",
    "layout_of",
    "msoas",
    "peer_groups",
    "prescribed_sets",
    "read",
    "read_breaks",
    "read_changes",
    "read_deprivation",
    "read_district_counts",
    "read_district_population",
    "read_partnerships",
    "read_placed",
    "read_population",
    "read_wards",
]

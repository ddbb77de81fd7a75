"""Sources: readers of what others publish, each delivering exactly one table or refusing with the row at fault.

:func:`evidence_from` makes evidence of what was downloaded, in one step. :func:`read` reads street files of data.police.uk
and files of counts into a staging folder; the other readers are of ONS's small tables of populations and areas.
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
from wardstats.sources.evidence import evidence_from
from wardstats.sources.keeping import read
from wardstats.sources.kinds import READ, is_health, layout_of
from wardstats.sources.layouts import Field, FieldKind, Layout
from wardstats.sources.lookups import Wards, area_lookup, read_changes, read_wards
from wardstats.sources.mapping import WRITINGS, ColumnMapping, MappedField, UnableToMap, check_mapping, suggested
from wardstats.sources.normalising import Preview, map_rows, preview
from wardstats.sources.personal import LOOKED_FOR, refuse_personal
from wardstats.sources.population import read_population
from wardstats.sources.reading import FileRead, Limits, Note, PassedOver, Progress, Reading, Reason, Reconciled
from wardstats.sources.refusal import UnableToRead
from wardstats.sources.templates import template_csv, template_xlsx
from wardstats.tables.prescribed import Category, PrescribedSet, definitions_of, prescribed_sets

__all__ = [
    "BEST_FIT",
    "EXACT",
    "LOOKED_FOR",
    "READ",
    "WRITINGS",
    "Category",
    "ColumnMapping",
    "Field",
    "FieldKind",
    "FileRead",
    "Layout",
    "Limits",
    "MappedField",
    "Note",
    "PassedOver",
    "PrescribedSet",
    "Preview",
    "Progress",
    "Reading",
    "Reason",
    "Reconciled",
    "UnableToMap",
    "UnableToRead",
    "UnableToReconcile",
    "Wards",
    "area_lookup",
    "area_set",
    "check_mapping",
    "definitions_of",
    "evidence_from",
    "is_health",
    "layout_of",
    "map_rows",
    "msoas",
    "peer_groups",
    "prescribed_sets",
    "preview",
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
    "refuse_personal",
    "suggested",
    "template_csv",
    "template_xlsx",
]

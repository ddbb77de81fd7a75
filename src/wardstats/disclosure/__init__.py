"""Disclosure: nothing is printed unless it went through here."""

from wardstats.disclosure.audit import Range, feasible_ranges
from wardstats.disclosure.crosstables import (
    Contribution,
    RoundedTable,
    SuppressedTable,
    audit_table,
    is_dominated,
    round_counts,
    suppress_counts,
    suppress_sums,
)
from wardstats.disclosure.described import Caveat, Cell, Chosen, DescribedTable, ResultColumn, Sum, Value
from wardstats.disclosure.differencing import Revealed, difference_reveals, recoverable
from wardstats.disclosure.disclosed import SUPPRESSED, Disclosed, Suppressed, UnableToDisclose, disclose, read_disclosed
from wardstats.disclosure.rules import DisclosureRule
from wardstats.disclosure.scopes import Box, Covers, Scope, covers_from_json, covers_to_json
from wardstats.disclosure.union import Leak, audit_union, not_related
from wardstats.disclosure.workbook import workbook

__all__ = [
    "SUPPRESSED",
    "Box",
    "Caveat",
    "Cell",
    "Chosen",
    "Contribution",
    "Covers",
    "DescribedTable",
    "Disclosed",
    "DisclosureRule",
    "Leak",
    "Range",
    "ResultColumn",
    "Revealed",
    "RoundedTable",
    "Scope",
    "Sum",
    "Suppressed",
    "SuppressedTable",
    "UnableToDisclose",
    "Value",
    "audit_table",
    "audit_union",
    "covers_from_json",
    "covers_to_json",
    "difference_reveals",
    "disclose",
    "feasible_ranges",
    "is_dominated",
    "not_related",
    "read_disclosed",
    "recoverable",
    "round_counts",
    "suppress_counts",
    "suppress_sums",
    "workbook",
]

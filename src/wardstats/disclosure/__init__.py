"""Disclosure: nothing is printed unless it went through here."""

from wardstats.disclosure.audit import Range, feasible_ranges
from wardstats.disclosure.described import Caveat, Cell, DescribedTable, ResultColumn, Sum, Value
from wardstats.disclosure.differencing import Revealed, difference_reveals, recoverable
from wardstats.disclosure.disclosed import SUPPRESSED, Disclosed, Suppressed, UnableToDisclose, disclose, read_disclosed
from wardstats.disclosure.rules import DisclosureRule

__all__ = [
    "SUPPRESSED",
    "Caveat",
    "Cell",
    "DescribedTable",
    "Disclosed",
    "DisclosureRule",
    "Range",
    "ResultColumn",
    "Revealed",
    "Sum",
    "Suppressed",
    "UnableToDisclose",
    "Value",
    "difference_reveals",
    "disclose",
    "feasible_ranges",
    "read_disclosed",
    "recoverable",
]

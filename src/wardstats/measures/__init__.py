"""Measures: what is counted, from which evidence, and how it may be read.

Importing a family's module enters its measures into the list.
"""

from wardstats.disclosure import Caveat, Cell, ResultColumn, Sum
from wardstats.measures import (
    changes,
    comparisons,
    counts,
    crime_rates,
    crime_types,
    harms,
    quotients,
    rankings,
    series,
    types_by_month,
)
from wardstats.measures.gathering import Gathered, gather
from wardstats.measures.measure import Direction, Measure
from wardstats.measures.quality import Fault, Finding, findings
from wardstats.measures.question import ANTI_SOCIAL_BEHAVIOUR, UnableToCompute
from wardstats.measures.reading import Reader
from wardstats.measures.registry import all_measures, compute, measure
from wardstats.measures.result import Lineage, Result
from wardstats.measures.standard import StandardFigure, standard_figures
from wardstats.measures.wording import asked_in_words
from wardstats.version import LIBRARY_VERSION

FAMILIES = (counts, crime_rates, changes, series, crime_types, rankings, quotients, comparisons, harms, types_by_month)

__all__ = [
    "ANTI_SOCIAL_BEHAVIOUR",
    "FAMILIES",
    "LIBRARY_VERSION",
    "Caveat",
    "Cell",
    "Direction",
    "Fault",
    "Finding",
    "Gathered",
    "Lineage",
    "Measure",
    "Reader",
    "Result",
    "ResultColumn",
    "StandardFigure",
    "Sum",
    "UnableToCompute",
    "all_measures",
    "asked_in_words",
    "compute",
    "findings",
    "gather",
    "measure",
    "standard_figures",
]

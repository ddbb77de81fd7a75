"""The statistics of community safety, as a library: evidence in, figures out that know where they came from.

The public names are here. Everything behind them is free to change.

A figure is computed from kept files, disclosed, and only then printed or drawn::

    reader = Reader(evidence, "E08000031")
    result = compute("crime-change", reader, **{"from": "2024-11", "until": "2025-11"})
    disclosed = disclose(result)
    disclosed.fact("percent")            # "−11.7%"
    vega_lite(disclosed)                 # the specification of its chart
"""

from wardstats.charts import description, png, svg, vega_lite
from wardstats.disclosure import (
    Caveat,
    Cell,
    Disclosed,
    DisclosureRule,
    Leak,
    ResultColumn,
    Suppressed,
    UnableToDisclose,
    audit_union,
    difference_reveals,
    disclose,
    not_related,
    read_disclosed,
    recoverable,
    workbook,
)
from wardstats.measures import (
    LIBRARY_VERSION,
    Direction,
    Fault,
    Finding,
    Lineage,
    Measure,
    Reader,
    Result,
    StandardFigure,
    UnableToCompute,
    all_measures,
    asked_in_words,
    compute,
    findings,
    measure,
    standard_figures,
)
from wardstats.tables import Evidence, Snapshot

__version__ = LIBRARY_VERSION

__all__ = [
    "Caveat",
    "Cell",
    "Direction",
    "Disclosed",
    "DisclosureRule",
    "Evidence",
    "Fault",
    "Finding",
    "Leak",
    "Lineage",
    "Measure",
    "Reader",
    "Result",
    "ResultColumn",
    "Snapshot",
    "StandardFigure",
    "Suppressed",
    "UnableToCompute",
    "UnableToDisclose",
    "all_measures",
    "asked_in_words",
    "audit_union",
    "compute",
    "description",
    "difference_reveals",
    "disclose",
    "findings",
    "measure",
    "not_related",
    "png",
    "read_disclosed",
    "recoverable",
    "standard_figures",
    "svg",
    "vega_lite",
    "workbook",
]

"""The public names, as type checkers see them; `__init__.py` loads each on first use."""

from .charts import (
    Chart as Chart,
    chart as chart,
    description as description,
    png as png,
    svg as svg,
    vega_lite as vega_lite,
)
from .disclosure import (
    Caveat as Caveat,
    Cell as Cell,
    Disclosed as Disclosed,
    DisclosureRule as DisclosureRule,
    Leak as Leak,
    ResultColumn as ResultColumn,
    Suppressed as Suppressed,
    UnableToDisclose as UnableToDisclose,
    audit_union as audit_union,
    difference_reveals as difference_reveals,
    disclose as disclose,
    not_related as not_related,
    read_disclosed as read_disclosed,
    recoverable as recoverable,
    workbook as workbook,
)
from .measures import (
    Direction as Direction,
    Fault as Fault,
    Finding as Finding,
    Gathered as Gathered,
    Lineage as Lineage,
    Measure as Measure,
    Reader as Reader,
    Result as Result,
    StandardFigure as StandardFigure,
    UnableToCompute as UnableToCompute,
    all_measures as all_measures,
    asked_in_words as asked_in_words,
    compute as compute,
    findings as findings,
    gather as gather,
    measure as measure,
    standard_figures as standard_figures,
)
from .sources import (
    evidence_from as evidence_from,
)
from .methods import (
    all_harm_weights as all_harm_weights,
)
from .tables import (
    Evidence as Evidence,
    Snapshot as Snapshot,
)

__all__: list[str]
__version__: str

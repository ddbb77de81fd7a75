"""The list of measures, and the one way to compute one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from wardstats.disclosure import Caveat, Cell, Covers, ResultColumn, Sum, Value
from wardstats.measures.asking import Asked, in_words
from wardstats.measures.measure import Measure
from wardstats.measures.question import UnableToCompute, question
from wardstats.measures.reading import Reader
from wardstats.measures.result import Lineage, Result
from wardstats.tables import Evidence
from wardstats.version import LIBRARY_VERSION


@dataclass(frozen=True)
class Answer:
    """What a measure's own module works out; everything else about a result is the same for all."""

    title: str
    columns: tuple[ResultColumn, ...]
    rows: tuple[Mapping[str, Value], ...]
    facts: Mapping[str, Cell]
    caveats: tuple[Caveat, ...]
    chart: str = "none"
    sums: tuple[Sum, ...] = ()
    ordered_by: str | None = None
    covers: Covers = field(default_factory=dict)


Computation = Callable[[Asked], Answer]
_MEASURES: dict[str, tuple[Measure, Computation]] = {}


def declares(declared: Measure) -> Callable[[Computation], Computation]:
    """Enter a measure into the list, with the function that computes it."""

    def enter(computation: Computation) -> Computation:
        if declared.code in _MEASURES:
            raise ValueError(f"two measures are called {declared.code}")
        _MEASURES[declared.code] = (declared, computation)
        return computation

    return enter


def measure(code: str) -> Measure:
    """The measure of this code.

    Raises
    ------
    UnableToCompute
        If there is none.
    """
    return _known(code)[0]


def all_measures() -> tuple[Measure, ...]:
    """Every measure, in the order of their codes."""
    return tuple(_MEASURES[code][0] for code in sorted(_MEASURES))


def compute(code: str, evidence: Evidence | Reader, **parameters: Value) -> Result:
    """Compute a measure from evidence.

    Parameters
    ----------
    code
        Of the measure.
    evidence
        The kept files; or a :class:`Reader` that has read one district's slice of them already, to ask many questions.
    parameters
        ``district``, ``from`` and ``until`` (months, the end exclusive) and what else the measure takes.

    Raises
    ------
    UnableToCompute
        With a sentence that says what is missing or out of place.
    """
    declared, computation = _known(code)
    district = parameters.get("district")
    reader = evidence if isinstance(evidence, Reader) else Reader(evidence, None if district is None else str(district))
    if district not in (None, reader.district):
        raise UnableToCompute(f"This reader holds {reader.name}, not {district}.")
    months = reader.months
    asked = Asked(
        reader,
        question(declared, parameters, district=reader.district, first=months[0], last=months[-1]),
        {*reader.count_tables, "area_lookup", "series_breaks"},
    )
    _refuse_other_codes(asked, declared)
    answer = computation(asked)
    lineage = Lineage(
        snapshots=tuple(sorted(reader.digests(*asked.tables))),
        measure=declared.code,
        version=declared.version,
        parameters=asked.question.to_json(declared),
        library=LIBRARY_VERSION,
    )
    return Result(
        measure=declared,
        title=answer.title,
        columns=answer.columns,
        rows=answer.rows,
        facts=answer.facts,
        caveats=answer.caveats,
        chart=answer.chart,
        lineage=lineage,
        sums=answer.sums,
        ordered_by=answer.ordered_by,
        covers=answer.covers,
    )


def _refuse_other_codes(asked: Asked, declared: Measure) -> None:
    """A series has gaps where the area has no code; a total over such months would be too small without saying so."""
    if asked.question.area_code is None or declared.period == "monthly":
        return
    compared = (asked.question.compared,) if "compare_from" in declared.parameters else ()
    for period in (asked.question.period, *compared):
        months = asked.without_code(period)
        if months:
            raise UnableToCompute(
                f"{asked.place.name} cannot be counted in {period}: small areas were redrawn in June 2023, and no row of "
                f"{in_words(months)} carries its code."
            )


def _known(code: str) -> tuple[Measure, Computation]:
    if code not in _MEASURES:
        raise UnableToCompute(f"There is no measure “{code}”; there are {', '.join(sorted(_MEASURES))}.")
    return _MEASURES[code]

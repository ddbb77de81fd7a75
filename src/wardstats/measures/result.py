"""What a measure hands back: a table that knows what it counts, where it came from and what must be said with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from math import isfinite
from typing import Any

from wardstats.disclosure import (
    Caveat,
    Cell,
    Chosen,
    Covers,
    DisclosureRule,
    ResultColumn,
    Sum,
    Value,
    covers_from_json,
    covers_to_json,
    disclose,
)
from wardstats.measures.measure import Direction, Measure

SIGNIFICANT_DIGITS = 10


@dataclass(frozen=True)
class Lineage:
    """Enough to compute the same number again, and to know that it is the same.

    Attributes
    ----------
    snapshots
        The digests of every kept file that was read, sorted.
    measure, version
        The measure's code and version.
    parameters
        All of them, defaults filled in.
    library
        The version of this library.
    """

    snapshots: tuple[str, ...]
    measure: str
    version: int
    parameters: Mapping[str, Value]
    library: str

    def to_json(self) -> dict[str, Any]:
        """Plain JSON."""
        return asdict(self) | {"snapshots": list(self.snapshots), "parameters": dict(self.parameters)}

    @classmethod
    def from_json(cls, payload: Mapping[str, Any]) -> Lineage:
        """The lineage that :meth:`to_json` wrote."""
        return cls(**{**payload, "snapshots": tuple(payload["snapshots"])})


@dataclass(frozen=True)
class Result:
    """A measure computed once. It is not for print: :func:`wardstats.disclosure.disclose` makes of it what is.

    Attributes
    ----------
    columns, rows
        The table, in plain JSON values; numbers are rounded to ten significant digits, so that the same evidence gives
        an equal result on any engine.
    facts
        Names of the single values a sentence would use, as places in the table, so that they are suppressed with it.
    caveats
        What must be said wherever the figure stands.
    chart
        The kind of picture that suits it: ``line``, ``control``, ``bars``, ``ranked``, ``interval``, ``multiples`` or
        ``none``.
    sums
        Which cells add up to which others.
    ordered_by
        The column whose values set the order of the rows, if they do.
    covers
        What each count covers: which small areas, months and kind of event.
    """

    measure: Measure
    title: str
    columns: tuple[ResultColumn, ...]
    rows: tuple[Mapping[str, Value], ...]
    facts: Mapping[str, Cell]
    caveats: tuple[Caveat, ...]
    chart: str
    lineage: Lineage
    sums: tuple[Sum, ...] = ()
    ordered_by: str | None = None
    covers: Covers = field(default_factory=dict)

    def __post_init__(self) -> None:
        rounded = tuple({name: _rounded(value) for name, value in row.items()} for row in self.rows)
        object.__setattr__(self, "rows", rounded)
        object.__setattr__(self, "facts", dict(self.facts))

    def value(self, fact: str) -> Value:
        """The bare value of a fact: for checks and further computing, not for print."""
        cell = self.facts[fact]
        return self.rows[cell.row][cell.column]

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # A notebook keeps what it shows, so it is shown what may be printed and nothing else.
        return disclose(self)._repr_mimebundle_()

    def provenance(self) -> Mapping[str, Any]:
        """Measure and lineage as plain JSON, to travel with what is printed."""
        return {
            "measure": {
                "code": self.measure.code,
                "name": self.measure.name,
                "numerator": self.measure.numerator,
                "denominator": self.measure.denominator,
                "unit": self.measure.unit,
                "direction": self.measure.direction.value,
                "source": self.measure.source,
                "meaning": self.measure.meaning,
            },
            "lineage": self.lineage.to_json(),
        }

    def to_json(self) -> dict[str, Any]:
        """Plain JSON from which :meth:`from_json` makes an equal result."""
        return {
            "measure": asdict(self.measure) | {"direction": self.measure.direction.value},
            "title": self.title,
            "columns": [asdict(column) for column in self.columns],
            "rows": [dict(row) for row in self.rows],
            "facts": {name: asdict(cell) for name, cell in self.facts.items()},
            "caveats": [asdict(caveat) for caveat in self.caveats],
            "chart": self.chart,
            "lineage": self.lineage.to_json(),
            "sums": [asdict(each) for each in self.sums],
            "ordered_by": self.ordered_by,
            "covers": covers_to_json(self.covers),
        }

    @classmethod
    def from_json(cls, payload: Mapping[str, Any]) -> Result:
        """The result that :meth:`to_json` wrote."""
        return cls(
            measure=_measure(payload["measure"]),
            title=payload["title"],
            columns=tuple(_column(each) for each in payload["columns"]),
            rows=tuple(payload["rows"]),
            facts={name: _fact(cell) for name, cell in payload["facts"].items()},
            caveats=tuple(Caveat(**each) for each in payload["caveats"]),
            chart=payload["chart"],
            lineage=Lineage.from_json(payload["lineage"]),
            sums=tuple(_sum(each) for each in payload["sums"]),
            ordered_by=payload["ordered_by"],
            covers=covers_from_json(payload.get("covers")),
        )


def _rounded(value: Value) -> Value:
    if not isinstance(value, float):
        return value
    return float(f"{value:.{SIGNIFICANT_DIGITS}g}") if isfinite(value) else None


def _fact(payload: Mapping[str, Any]) -> Cell:
    return Chosen(**payload) if "by" in payload else Cell(**payload)


def _measure(payload: Mapping[str, Any]) -> Measure:
    fields = dict(payload)
    fields["direction"] = Direction(fields["direction"])
    fields["rule"] = DisclosureRule(**fields["rule"])
    fields["cautions"] = tuple(fields["cautions"])
    fields["parameters"] = tuple(fields["parameters"])
    return Measure(**fields)


def _column(payload: Mapping[str, Any]) -> ResultColumn:
    also_on = tuple(Cell(**cell) for cell in payload["also_on"])
    return ResultColumn(**{**payload, "built_on": tuple(payload["built_on"]), "also_on": also_on})


def _sum(payload: Mapping[str, Any]) -> Sum:
    return Sum(Cell(**payload["total"]), tuple(Cell(**part) for part in payload["parts"]))

"""Estimates and cited figures as tables, so that they go through the same disclosure as what is computed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from wardstats.disclosure import Caveat, Cell, ResultColumn, Sum, Value
from wardwell.assessment.rules.formulas import names_in, worked_out, written


class UnableToCite(ValueError):
    """Why something cannot be cited, in a sentence for the screen."""


_PLAIN_NUMBER = re.compile(r"-?\d{1,20}(?:\.\d{1,20})?(?:e-?\d{1,2})?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Input:
    """A named number that an estimate starts from, and where it is from: a source, or a number of a figure.

    `value` is None while the number it comes from is not shown; then the estimate is not shown either.
    """

    name: str
    meaning: str
    value: str | None
    unit: str = ""
    source: str = ""
    figure: str = ""
    fact: str = ""

    @property
    def number(self) -> Fraction | None:
        """The value as a number; None where it is not shown. Raises ValueError when it is no number.

        >>> Input("people", "residents", "249,500").number
        Fraction(249500, 1)
        """
        if self.value is None:
            return None
        plain = self.value.replace(",", "").replace("−", "-").removesuffix("%").strip()
        # Fraction would write out the nine hundred million noughts of 1e900000000.
        if not _PLAIN_NUMBER.fullmatch(plain):
            raise ValueError(f"“{self.value[:40]}” is no number of up to twenty digits.")
        return Fraction(plain)

    @property
    def comes_from(self) -> str:
        return f"figure “{self.figure}”, {self.fact}" if self.figure else self.source


def estimated(formula: str, inputs: tuple[Input, ...]) -> Fraction | None:
    """The value of an estimate; None while one of its inputs is not shown. Raises UnableToWorkOut."""
    numbers = {one.name: one.number for one in inputs}
    if any(numbers.get(name, Fraction(0)) is None for name in names_in(formula)):
        return None
    return worked_out(formula, {name: number for name, number in numbers.items() if number is not None})


def rounded(value: Fraction, decimals: int) -> str:
    """A number as printed.

    >>> rounded(Fraction(37421, 2), 0), rounded(Fraction(1, 3), 2)
    ('18,710', '0.33')
    """
    return f"{round(float(value), decimals):,.{decimals}f}"


@dataclass(frozen=True)
class SourcedTable:
    """A small table of texts that describes itself to `wardstats.disclosure.disclose`."""

    title: str
    columns: tuple[ResultColumn, ...]
    rows: tuple[Mapping[str, Value], ...]
    facts: Mapping[str, Cell]
    caveats: tuple[Caveat, ...]
    origin: Mapping[str, Any]
    chart: str = "none"
    sums: tuple[Sum, ...] = ()
    ordered_by: str | None = field(default=None)

    def provenance(self) -> Mapping[str, object]:
        return self.origin


_COLUMNS = (
    ResultColumn("name", "What", "text"),
    ResultColumn("value", "Value", "text"),
    ResultColumn("unit", "Unit", "text"),
    ResultColumn("source", "Where it is from", "text"),
)


def estimate_table(
    *, title: str, statement: str, formula: str, inputs: tuple[Input, ...], value: str | None, unit: str
) -> SourcedTable:
    """An estimate: its inputs, each with its source, then the formula and what comes out."""
    rows: list[Mapping[str, Value]] = [
        {"name": f"{one.name}: {one.meaning}", "value": one.value, "unit": one.unit, "source": one.comes_from}
        for one in inputs
    ]
    rows.append({"name": statement, "value": value, "unit": unit, "source": written(formula)})
    facts = {"value": Cell(len(rows) - 1, "value"), **{one.name: Cell(at, "value") for at, one in enumerate(inputs)}}
    caveat = Caveat("estimate", f"This is an estimate: {written(formula)}. It is not a count.")
    origin = {"kind": "estimate", "formula": formula, "inputs": [_input_to_json(one) for one in inputs]}
    return SourcedTable(title, _COLUMNS, tuple(rows), facts, (caveat,), origin)


def cited_table(
    *, title: str, statement: str, value: str, unit: str, source: str, source_on: date, excerpt_sha256: str
) -> SourcedTable:
    """A cited figure: the value as its source prints it."""
    row = {
        "name": statement,
        "value": value,
        "unit": unit,
        "source": f"{source}, {source_on:%d %B %Y}".replace(" 0", " "),
    }
    caveat = Caveat("cited", "This figure is cited from its source and was not computed here.")
    origin = {"kind": "cited", "source": source, "source_on": source_on.isoformat(), "excerpt_sha256": excerpt_sha256}
    return SourcedTable(title, _COLUMNS, (row,), {"value": Cell(0, "value")}, (caveat,), origin)


def check_citation(*, value: str, source: str, excerpt: str) -> None:
    """A value is cited only in the words of its source: the excerpt kept must contain it. Raises UnableToCite.

    >>> check_citation(value="249,500", source="ONS", excerpt="There were 249,500 residents.")
    >>> check_citation(value="250,000", source="ONS", excerpt="There were 249,500 residents.")
    Traceback (most recent call last):
    wardwell.assessment.rules.sourced.UnableToCite: The source’s words do not contain “250,000”. Cite it as it is printed.
    """
    for name, text in (("the value", value), ("the source", source), ("the words around it in the source", excerpt)):
        if not text.strip():
            raise UnableToCite(f"Give {name}.")
    if not _stands_in(value.strip(), excerpt):
        raise UnableToCite(f"The source’s words do not contain “{value.strip()}”. Cite it as it is printed.")


def _stands_in(value: str, excerpt: str) -> bool:
    """Whether a value stands in an excerpt as a whole: “49” does not stand in “249,500”."""
    at = excerpt.find(value)
    while at >= 0:
        before, after = excerpt[at - 1 : at], excerpt[at + len(value) : at + len(value) + 2]
        longer = before.isdigit() or (before in {",", "."} and excerpt[at - 2 : at - 1].isdigit())
        if not longer and not after[:1].isdigit() and not (after[:1] in {",", "."} and after[1:].isdigit()):
            return True
        at = excerpt.find(value, at + 1)
    return False


def _input_to_json(one: Input) -> dict[str, str | None]:
    return {
        "name": one.name,
        "meaning": one.meaning,
        "value": one.value,
        "unit": one.unit,
        "source": one.source,
        "figure": one.figure,
        "fact": one.fact,
    }


def input_from_json(row: Mapping[str, Any]) -> Input:
    """Read back an input as the database keeps it."""
    return Input(**row)


def inputs_to_json(inputs: tuple[Input, ...]) -> list[dict[str, str | None]]:
    """Inputs as the database keeps them."""
    return [_input_to_json(one) for one in inputs]

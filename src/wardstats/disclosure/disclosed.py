"""The only road from a result to print: a `Disclosed` table, which only :func:`disclose` can make."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Protocol, runtime_checkable

from wardstats.disclosure.audit import feasible_ranges
from wardstats.disclosure.described import Caveat, Cell, Chosen, DescribedTable, ResultColumn, Sum, Value
from wardstats.disclosure.formatting import DOES_NOT_APPLY, NOT_AVAILABLE, formula_safe, printed
from wardstats.disclosure.pages import table_with_notes
from wardstats.disclosure.rules import DisclosureRule, hidden_cells, safe
from wardstats.disclosure.scopes import Covers, covers_from_json, covers_to_json

_MADE_HERE = object()


@runtime_checkable
class SaysWhatItCovers(Protocol):
    """A table that says what each of its counts covers, so that it can be audited beside others."""

    @property
    def covers(self) -> Covers: ...


class UnableToDisclose(Exception):
    """A table may not be printed, and why."""


@dataclass(frozen=True)
class Suppressed:
    """A value that is known and not printed, because it could point at someone. It prints as ``[c]``, confidential."""

    def __str__(self) -> str:
        return "[c]"

    def __repr__(self) -> str:
        return "[c]"


SUPPRESSED = Suppressed()
Shown = Value | Suppressed


@dataclass(frozen=True)
class Disclosed:
    """A table that may be printed: small counts, what would reveal them and what is derived from them are gone.

    The hidden values are not in here at all. Charts, tables, files and sentences are made from this type and no other.

    Attributes
    ----------
    rows
        As in the result, in an order that does not betray a hidden value.
    facts
        Names of single values, and where they stand.
    sums
        What adds up to what, kept so that the table can be audited as the public sees it.
    provenance
        Measure, version, parameters and data the numbers came from, as plain JSON.
    covers
        What each count covers, where the table says so: for the audit of many tables side by side.
    """

    title: str
    chart: str
    columns: tuple[ResultColumn, ...]
    rows: tuple[Mapping[str, Shown], ...]
    facts: Mapping[str, Cell]
    sums: tuple[Sum, ...]
    caveats: tuple[Caveat, ...]
    rule: DisclosureRule
    provenance: Mapping[str, Any]
    _token: object = field(repr=False, compare=False)
    covers: Covers = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self._token is not _MADE_HERE:
            raise UnableToDisclose("only disclose() makes a Disclosed table")

    def __reduce__(self) -> str | tuple[Any, ...]:
        raise UnableToDisclose("a Disclosed table is not pickled: keep to_json() and read it with read_disclosed()")

    def column(self, name: str) -> ResultColumn:
        """The column of this name; KeyError if there is none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    def value(self, name: str) -> Shown:
        """The value of a fact, or the mark that it is suppressed."""
        cell = self.facts[name]
        return self.rows[cell.row][cell.column]

    def fact(self, name: str) -> str:
        """A single named value as it is printed in a sentence: "5,321", "October 2025", "-12.3%", "[c]"."""
        return self.text(self.facts[name])

    def text(self, cell: Cell) -> str:
        """A cell as it is printed."""
        value, column = self.rows[cell.row][cell.column], self.column(cell.column)
        if cell.row in self._totals and (value is None or _is_of_parts_only(column)):
            return DOES_NOT_APPLY
        return str(value) if isinstance(value, Suppressed) else printed(value, column)

    @cached_property
    def _totals(self) -> frozenset[int]:
        """The rows that are totals of others."""
        return frozenset(each.total.row for each in self.sums)

    @property
    def is_suppressed(self) -> bool:
        """Whether anything is hidden."""
        return any(isinstance(value, Suppressed) for row in self.rows for value in row.values())

    @property
    def notes(self) -> tuple[str, ...]:
        """What the reader must be told under the table: symbols used, then the caveats."""
        symbols = []
        if self.is_suppressed:
            symbols.append(f"[c]: not shown because a count below {self.rule.threshold} could be worked out from it.")
        if any(value is None for at, row in enumerate(self.rows) if at not in self._totals for value in row.values()):
            symbols.append(f"{NOT_AVAILABLE}: not available. It is not nought.")
        return (*symbols, *(caveat.sentence for caveat in self.caveats))

    @property
    def header(self) -> tuple[str, ...]:
        """The labels of the columns, with their units."""
        return tuple(f"{column.label} ({column.unit})" if column.unit else column.label for column in self.columns)

    def as_text_rows(self) -> tuple[tuple[str, ...], ...]:
        """Every row as printed strings, in the order of the columns."""
        return tuple(tuple(self.text(Cell(at, column.name)) for column in self.columns) for at in range(len(self.rows)))

    def to_csv(self) -> str:
        """The table as a comma-separated file for machines: plain numbers, ``[c]`` and ``[x]``, no formula can run.

        :meth:`metadata` describes it, after "CSV on the Web" (W3C 2015).
        """
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(column.name for column in self.columns)
        for row in self.rows:
            writer.writerow(formula_safe(self._plain(row[column.name], column)) for column in self.columns)
        return out.getvalue()

    def to_html(self) -> str:
        """The table as HTML, its title above and its notes below."""
        return table_with_notes(self.title, self.header, self.as_text_rows(), self.notes)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return {"text/html": self.to_html(), "text/plain": f"{self.title}\n{self.to_csv()}"}

    def metadata(self) -> dict[str, Any]:
        """What stands beside :meth:`to_csv`: title, columns, units, notes and where the numbers came from."""
        return {
            "@context": "http://www.w3.org/ns/csvw",
            "dc:title": self.title,
            "dc:description": " ".join(self.notes),
            "null": [str(SUPPRESSED), NOT_AVAILABLE],
            "tableSchema": {"columns": [_csvw_column(column) for column in self.columns]},
            "provenance": dict(self.provenance),
        }

    def to_json(self) -> dict[str, Any]:
        """Plain JSON, from which :func:`read_disclosed` makes an equal table after auditing it again."""
        return {
            "title": self.title,
            "chart": self.chart,
            "columns": [_column_to_json(column) for column in self.columns],
            "rows": [{name: _value_to_json(value) for name, value in row.items()} for row in self.rows],
            "facts": {name: [cell.row, cell.column] for name, cell in self.facts.items()},
            "sums": [_sum_to_json(each) for each in self.sums],
            "caveats": [[caveat.code, caveat.sentence] for caveat in self.caveats],
            "rule": {"threshold": self.rule.threshold, "show_zero": self.rule.show_zero},
            "provenance": dict(self.provenance),
            "covers": covers_to_json(self.covers),
        }

    @staticmethod
    def _plain(value: Shown, column: ResultColumn) -> str:
        if value is None:
            return NOT_AVAILABLE
        if isinstance(value, float) and column.kind != "text":
            return f"{value:.{max(column.decimals, 0)}f}"
        return str(value)


def disclose(result: DescribedTable, rule: DisclosureRule | None = None) -> Disclosed:
    """Take out of a result what may not be printed.

    Counts the rule hides go first; then as many more as it takes that none of them can be worked out, audited by linear
    programme over everything declared to add up; then every value built on a hidden count. Rows with hidden values move to
    the end, and a fact that was found by comparing hidden values is hidden with them.

    Parameters
    ----------
    result
        Any table that describes itself: the results of measures do.
    rule
        Below five, noughts shown, when not given.
    """
    rule = rule or DisclosureRule()
    counts = count_cells(result.columns, result.rows)
    hidden = _with_derived(result.columns, result.rows, hidden_cells(counts, result.sums, rule))
    order = _safe_order(result, hidden)
    rows = tuple(
        {name: SUPPRESSED if Cell(at, name) in hidden else value for name, value in result.rows[at].items()}
        for at in order
    )
    moved = {old: new for new, old in enumerate(order)}

    def there(cell: Cell) -> Cell:
        return Cell(moved[cell.row], cell.column)

    return Disclosed(
        title=result.title,
        chart=result.chart,
        columns=tuple(_moved_column(column, moved) for column in result.columns),
        rows=rows,
        facts={name: there(_unchosen(cell, result, hidden)) for name, cell in result.facts.items()},
        sums=tuple(Sum(there(each.total), tuple(there(part) for part in each.parts)) for each in result.sums),
        caveats=result.caveats,
        rule=rule,
        provenance=dict(result.provenance()),
        covers={there(cell): scope for cell, scope in _covered(result).items()},
        _token=_MADE_HERE,
    )


def _covered(result: DescribedTable) -> Covers:
    return result.covers if isinstance(result, SaysWhatItCovers) else {}


def count_cells(columns: Sequence[ResultColumn], rows: Sequence[Mapping[str, Any]]) -> dict[Cell, float | None]:
    """Every count of a table by its place; what is suppressed already is left out."""
    names = [column.name for column in columns if column.kind == "count"]
    return {
        Cell(at, name): row[name]
        for at, row in enumerate(rows)
        for name in names
        if not isinstance(row[name], Suppressed)
    }


def suppressed_counts(columns: Sequence[ResultColumn], rows: Sequence[Mapping[str, Any]]) -> set[Cell]:
    """The places of the counts that are suppressed."""
    names = [column.name for column in columns if column.kind == "count"]
    return {Cell(at, name) for at, row in enumerate(rows) for name in names if isinstance(row[name], Suppressed)}


def _with_derived(
    columns: Sequence[ResultColumn], rows: Sequence[Mapping[str, Any]], hidden: frozenset[Cell]
) -> frozenset[Cell]:
    """What is hidden, and every value built on it.

    A value that there is not hides too: a percentage that cannot be given because the count before it was nought would say
    so. Only a column without any value stays as it is.
    """
    derived = set(hidden)
    for column in columns:
        if all(row[column.name] is None for row in rows):
            continue
        everywhere = any(cell in hidden for cell in column.also_on)
        for at in range(len(rows)):
            if everywhere or any(Cell(at, source) in hidden for source in column.built_on):
                derived.add(Cell(at, column.name))
    return frozenset(derived)


def _unchosen(cell: Cell, result: DescribedTable, hidden: frozenset[Cell]) -> Cell:
    """The cell of a fact; the first hidden one of the column instead of one whose choice would betray a hidden value.

    Among counts a printed one may be named as the highest or the lowest: small counts are hidden because they are small.
    Among values derived from them it may not.
    """
    if not isinstance(cell, Chosen):
        return cell
    gaps = sorted(each for each in hidden if each.column == cell.by)
    is_count = any(column.name == cell.by and column.kind == "count" for column in result.columns)
    betrays = gaps and (not is_count or Cell(cell.row, cell.by) in hidden)
    return gaps[0] if betrays else Cell(cell.row, cell.column)


def _safe_order(result: DescribedTable, hidden: frozenset[Cell]) -> list[int]:
    """Rows with hidden values after the others, by name; totals stay last."""
    if result.ordered_by is None:
        return list(range(len(result.rows)))
    label, totals = result.columns[0].name, {each.total.row for each in result.sums}

    def place(at: int) -> tuple[bool, bool, str]:
        is_hidden = at not in totals and Cell(at, str(result.ordered_by)) in hidden
        return at in totals, is_hidden, str(result.rows[at][label]) if is_hidden else ""

    return sorted(range(len(result.rows)), key=place)


def _moved_column(column: ResultColumn, moved: Mapping[int, int]) -> ResultColumn:
    also_on = tuple(Cell(moved[cell.row], cell.column) for cell in column.also_on)
    return ResultColumn(column.name, column.label, column.kind, column.unit, column.decimals, column.built_on, also_on)


def _is_of_parts_only(column: ResultColumn) -> bool:
    """Whether a value comes of comparing the rows, as a place among them does: a total has none, hidden or not."""
    return bool(column.also_on) and not column.built_on and column.kind == "number"


def _csvw_column(column: ResultColumn) -> dict[str, Any]:
    datatype = {"count": "integer", "text": "string", "month": "gYearMonth", "flag": "boolean"}.get(
        column.kind, "decimal"
    )
    described = {"name": column.name, "titles": column.label, "datatype": datatype}
    return described | ({"dc:description": column.unit} if column.unit else {})


def _column_to_json(column: ResultColumn) -> dict[str, Any]:
    return {
        "name": column.name,
        "label": column.label,
        "kind": column.kind,
        "unit": column.unit,
        "decimals": column.decimals,
        "built_on": list(column.built_on),
        "also_on": [[cell.row, cell.column] for cell in column.also_on],
    }


def _sum_to_json(each: Sum) -> dict[str, Any]:
    total, parts = each.total, each.parts
    return {"total": [total.row, total.column], "parts": [[part.row, part.column] for part in parts]}


def _value_to_json(value: Shown) -> Any:
    return {"suppressed": True} if isinstance(value, Suppressed) else value


def read_disclosed(payload: Mapping[str, Any]) -> Disclosed:
    """A table kept as JSON, audited again before it may be printed again.

    Raises
    ------
    UnableToDisclose
        If it prints a count that its own rule hides, or from which one can be worked out: it was not made by
        :func:`disclose`.
    """
    rule = DisclosureRule(**payload["rule"])
    columns = tuple(
        ResultColumn(
            **{**each, "built_on": tuple(each["built_on"]), "also_on": tuple(Cell(*at) for at in each["also_on"])}
        )
        for each in payload["columns"]
    )
    rows = tuple(
        {name: SUPPRESSED if isinstance(value, dict) else value for name, value in row.items()}
        for row in payload["rows"]
    )
    counts = count_cells(columns, rows)
    if any(count is not None and rule.must_hide(count) for count in counts.values()):
        raise UnableToDisclose(f"{payload['title']}: a count below {rule.threshold} stands open")
    sums = tuple(Sum(Cell(*each["total"]), tuple(Cell(*at) for at in each["parts"])) for each in payload["sums"])
    hidden = frozenset(suppressed_counts(columns, rows))
    ranges = feasible_ranges(counts, hidden, sums)
    derived = _with_derived(columns, rows, hidden)
    if not all(isinstance(rows[cell.row][cell.column], Suppressed) for cell in derived):
        raise UnableToDisclose(f"{payload['title']}: a value built on a hidden count stands open")
    if not all(safe(found, rule) for found in ranges.values()):
        raise UnableToDisclose(f"{payload['title']}: a hidden count can be worked out from what is printed")
    return Disclosed(
        title=payload["title"],
        chart=payload["chart"],
        columns=columns,
        rows=rows,
        facts={name: Cell(*at) for name, at in payload["facts"].items()},
        sums=sums,
        caveats=tuple(Caveat(*each) for each in payload["caveats"]),
        rule=rule,
        provenance=payload["provenance"],
        covers=covers_from_json(payload.get("covers")),
        _token=_MADE_HERE,
    )

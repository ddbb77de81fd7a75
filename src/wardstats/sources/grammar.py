"""What the files of one kind look like: headings, rules for a row, and how a row of text becomes a row of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import ibis
import ibis.expr.types as ir

from wardstats.engines.duckdb import Backend
from wardstats.sources.refusal import UnableToRead
from wardstats.tables import Table

Headings = tuple[str, ...]
MONTH = r"\d{4}-(0[1-9]|1[0-2])"
REPEATED_HEADINGS = "repeated-headings"
WRONG_NUMBER_OF_FIELDS = "wrong-number-of-fields"


@dataclass(frozen=True)
class Rule:
    """A reason to quarantine a row: a code, a sentence for its supplier, and the expression that finds such rows."""

    code: str
    sentence: str
    breaks: Callable[[ir.Table], ir.BooleanValue]


@dataclass(frozen=True)
class Accounted:
    """How the rows of one kind are accounted for: by the month and the type that they state.

    Parameters
    ----------
    month_headings, type_headings
        Under which of these a line of text says its month (or a day that begins with it) and its type.
    month, type
        The columns of the table that say the same of an accepted row.
    stated_month
        How a row of text says its month where that is not simply the beginning of a cell.
    months_apart
        How far apart editions are, for saying which are missing; nought where nothing can be said.
    """

    month_headings: tuple[str, ...] = ("Month",)
    type_headings: tuple[str, ...] = ("Crime type",)
    month: str = "month"
    type: str = "crime_type"
    stated_month: Callable[[ir.Table], ir.StringValue] | None = None
    months_apart: int = 1

    def month_of(self, text: ir.Table) -> ir.StringValue:
        """The month that a row of text states, as ``YYYY-MM``, legible or not."""
        return self.stated_month(text) if self.stated_month else text[_first(self.month_headings, text.columns)].left(7)

    def type_of(self, text: ir.Table) -> ir.StringValue:
        """The type that a row of text states."""
        return text[_first(self.type_headings, text.columns)]

    def in_line(self, fields: Mapping[str, str]) -> tuple[str | None, str | None]:
        """Month and type as far as a line tells them whose fields could not be told apart."""
        month = fields.get(_first(self.month_headings, fields), "")[:7]
        return month or None, fields.get(_first(self.type_headings, fields)) or None


def _first(names: Sequence[str], present: Collection[str]) -> str:
    return next((name for name in names if name in present), names[0])


def refuse_nothing(_backend: Backend, _rows: ir.Table) -> None:
    """Where rows of a kind, each acceptable, are acceptable together too."""


@dataclass(frozen=True)
class Grammar:
    """How to read the files of one kind.

    ``rows`` and every rule are given a table of text with the file's own headings and two more columns:
    ``source_file``, its stem, and ``file_month``, the ``YYYY-MM`` that its name begins with, or null. The first rule
    that a row breaks is the reason given. ``optional`` headings may be left out of a file; ``refuse`` raises
    :class:`UnableToRead` where accepted rows contradict each other.
    """

    table: Table
    headings: tuple[Headings, ...]
    unfit: Callable[[str], str | None]
    rules: tuple[Rule, ...]
    rows: Callable[[ir.Table], ir.Table]
    accounted: Accounted = field(default_factory=Accounted)
    optional: frozenset[str] = frozenset()
    refuse: Callable[[Backend, ir.Table], None] = refuse_nothing

    @property
    def sentences(self) -> Mapping[str, str]:
        """Every reason with its sentence, those found before the fields are known included."""
        fields = {
            WRONG_NUMBER_OF_FIELDS: "The row has more or fewer fields than there are headings, or a stray quotation mark."
        }
        return fields | {rule.code: rule.sentence for rule in self.rules}

    def reason(self, text: ir.Table) -> ir.StringValue:
        """The code of the first rule that a row breaks, or null."""
        found = ibis.cases(*[(broken(rule, text), ibis.literal(rule.code)) for rule in self.rules])
        return found.name("reason")

    def is_acceptable(self, text: ir.Table) -> ir.BooleanValue:
        """Whether a row breaks no rule, and no cell of it might be taken for a formula."""
        acceptable = ibis.literal(True)
        for rule in self.rules:
            acceptable &= ~broken(rule, text)
        return acceptable

    def headings_of(self, file: str, line: str) -> Headings:
        """The headings of a file, if they are those of this kind.

        Raises
        ------
        UnableToRead
            Naming the headings that are repeated, missing or unknown.
        """
        try:
            found = tuple(cell.strip() for cell in next(csv.reader(io.StringIO(line), strict=True), []))
        except csv.Error:
            found = (line.strip(),)
        if any(set(known) - self.optional <= set(found) <= set(known) for known in self.headings) and _differ(found):
            return found
        raise self._wrong_headings(file, found)

    def _wrong_headings(self, file: str, found: Headings) -> UnableToRead:
        nearest = min(self.headings, key=lambda known: len(set(known) ^ set(found)))
        repeated = [name for name in dict.fromkeys(found) if found.count(name) > 1]
        missing = [name for name in nearest if name not in found and name not in self.optional]
        unknown = [name for name in found if name not in nearest]
        faults = [
            f"{what} {_quoted(names)}"
            for what, names in (
                ("there is twice", repeated),
                ("there is no", missing),
                ("there is an unknown", unknown),
            )
            if names
        ]
        return UnableToRead(
            file,
            row=1,
            column=(repeated or missing or unknown)[0][:60],
            found=" and ".join(faults),
            expected="the headings " + _quoted(nearest),
            what_to_do="Send the file as it was downloaded, with its first line",
        )


def _differ(found: Headings) -> bool:
    return len(set(found)) == len(found)


def broken(rule: Rule, text: ir.Table) -> ir.BooleanValue:
    """Where a rule is broken; a comparison with an empty cell breaks nothing."""
    return rule.breaks(text).fill_null(False)


def begins_with_hyphen(text: ir.Table, columns: Sequence[str]) -> ir.BooleanValue:
    """Rows in which a cell that should be words begins like a formula."""
    found = ibis.literal(False)
    for column in columns:
        found |= text[column].startswith("-").fill_null(False)
    return found


def _quoted(names: Sequence[str]) -> str:
    shown = [f"“{name[:60]}”" for name in names[:12]]
    return ", ".join(shown) + (f" and {len(names) - 12} more" if len(names) > 12 else "")

"""What the files of one kind look like: headings, rules for a row, and how a row of text becomes a row of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from wardstats.sources.refusal import UnableToRead
from wardstats.tables import Table

Headings = tuple[str, ...]
MONTH_COLUMN = "Month"
TYPE_COLUMN = "Crime type"
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
class Grammar:
    """How to read the files of one kind.

    ``rows`` and every rule are given a table of text with the file's own headings and two more columns:
    ``source_file``, its stem, and ``file_month``, the ``YYYY-MM`` that its name begins with, or null. The first rule
    that a row breaks is the reason given.
    """

    table: Table
    headings: tuple[Headings, ...]
    unfit: Callable[[str], str | None]
    rules: tuple[Rule, ...]
    rows: Callable[[ir.Table], ir.Table]

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
        if any(set(found) == set(known) and len(found) == len(known) for known in self.headings):
            return found
        raise self._wrong_headings(file, found)

    def _wrong_headings(self, file: str, found: Headings) -> UnableToRead:
        nearest = min(self.headings, key=lambda known: len(set(known) ^ set(found)))
        repeated = [name for name in dict.fromkeys(found) if found.count(name) > 1]
        missing = [name for name in nearest if name not in found]
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

"""The form of a mapping: for each field of a layout, which column it comes from, and how what stands there is to be read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as fields_of
from typing import Any, ClassVar, Self

from wardstats import sources
from wardstats.sources import ColumnMapping, FieldKind, Layout, MappedField, Preview
from wardwell.web.components import Answers, Choice, Form, Hidden, LongText, Option, Text
from wardwell.web.components.fields import Field
from wardwell.web.components.form import Control, FilledForm

BETWEEN = " = "


@dataclass(frozen=True, kw_only=True)
class ChoiceLeftOpen(Choice):
    """A choice that need not be made here: what is missing is told by the mapping as a whole."""

    def read(self, raw: Any) -> Any:
        return super().read(raw) if raw else None


@dataclass(frozen=True, kw_only=True)
class TextLeftOpen(Text):
    """Words that need not be given here."""

    def read(self, raw: Any) -> Any:
        return super().read(raw) if raw else None


@dataclass(frozen=True, kw_only=True)
class PairsLeftOpen(LongText):
    """Pairs of words that need not be given here."""

    def read(self, raw: Any) -> Any:
        return super().read(raw) if raw else None


@dataclass(frozen=True, kw_only=True)
class FieldGroup:
    """The questions about one field of the layout."""

    id: str
    legend: str
    hint: str
    controls: Sequence[Control]


@dataclass(frozen=True, kw_only=True)
class MappingForm(FilledForm):
    """The form as it is shown: one group for each field of the layout."""

    template: ClassVar[str] = "evidence/mapping_form.html"

    asked: Layout

    @classmethod
    def grouped(cls, filled: FilledForm, layout: Layout) -> Self:
        """A form ready to be shown, by fields."""
        return cls(**{one.name: getattr(filled, one.name) for one in fields_of(filled)}, asked=layout)

    @property
    def unseen(self) -> tuple[Control, ...]:
        """What travels with the form."""
        return tuple(control for control in self.controls if isinstance(control.field, Hidden))

    @property
    def groups(self) -> tuple[FieldGroup, ...]:
        return tuple(self._group(index, one) for index, one in enumerate(self.asked.fields))

    def _group(self, index: int, one: sources.Field) -> FieldGroup:
        needed = "" if one.is_required else " (optional)"
        own = [control for control in self.controls if control.field.name.endswith(f"-{index}")]
        return FieldGroup(id=f"field-{index}", legend=one.heading + needed, hint=one.meaning, controls=own)


def form_of(layout: Layout, head: Preview) -> Form:
    """A form for the fields of a layout and the columns of a file."""
    columns = [
        Option("", "None of them"),
        *(Option(column, column) for column in dict.fromkeys(head.columns) if column),
    ]
    fields: list[Field] = [Hidden(name="head"), Hidden(name="sheet", is_required=False), Hidden(name="heading_row")]
    for index, one in enumerate(layout.fields):
        fields += _fields(index, one, columns)
    return Form(
        name="mapping",
        fields=fields,
        submit="Save, and read the next file so",
        second="Show the first rows as they would be read",
    )


def initial_of(layout: Layout, head: Preview, mapping: ColumnMapping) -> dict[str, Any]:
    """What the form begins with: the mapping that there is, or a guess by the names of columns."""
    content = {"columns": head.columns, "rows": head.rows}
    initial: dict[str, Any] = {
        "head": json.dumps(content),
        "sheet": mapping.sheet,
        "heading_row": str(mapping.heading_row),
    }
    by_heading = {one.heading: one for one in mapping.fields}
    for index, one in enumerate(layout.fields):
        mapped = by_heading.get(one.heading)
        if mapped is not None:
            initial[f"column-{index}"] = mapped.column if mapped.column in head.columns else ""
            initial[f"constant-{index}"] = mapped.constant
            initial[f"writing-{index}"] = mapped.writing
            initial[f"words-{index}"] = "\n".join(BETWEEN.join(pair) for pair in mapped.translations.items())
    return initial


def mapping_of(layout: Layout, answers: Answers) -> ColumnMapping:
    """The mapping that was chosen. Raises UnableToMap for words that are not written as theirs = ours."""
    fields = []
    for index, one in enumerate(layout.fields):
        column, constant = answers[f"column-{index}"] or "", answers[f"constant-{index}"] or ""
        if column or constant:
            words = answers.values.get(f"words-{index}") or ""
            writing = answers.values.get(f"writing-{index}") or ""
            fields.append(MappedField(one.heading, column, constant, _translations(one.heading, words), writing))
    row = str(answers["heading_row"])
    return ColumnMapping(tuple(fields), answers["sheet"] or "", int(row) if row.isdecimal() else 1)


def _fields(index: int, one: sources.Field, columns: Sequence[Option]) -> list[Field]:
    allowed = f"One of: {', '.join(one.allowed)}" if one.allowed else ""
    asked: list[Field] = [
        ChoiceLeftOpen(name=f"column-{index}", label="Column", options=columns, is_folded=True),
        TextLeftOpen(name=f"constant-{index}", label="Or the same in every row", hint=allowed),
    ]
    if one.kind == FieldKind.DAY:
        options = [Option("", "As 2026-01-31, or dates of a spreadsheet")]
        options += [Option(writing, writing) for writing in sources.WRITINGS[1:]]
        label = "How 31 January 2026 is written there"
        asked.append(ChoiceLeftOpen(name=f"writing-{index}", label=label, options=options, is_folded=True))
    if one.kind == FieldKind.WORDS:
        hint = "One pair a line, as: ASB noise = Noise"
        asked.append(PairsLeftOpen(name=f"words-{index}", label="Their words and ours", hint=hint, rows=2))
    return asked


def _translations(heading: str, words: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for line in filter(None, (line.strip() for line in words.splitlines())):
        theirs, between, ours = line.partition("=")
        if not between or not theirs.strip() or not ours.strip():
            raise sources.UnableToMap(f"{heading}: write “{line[:60]}” as their word = our word.")
        found[" ".join(theirs.split())] = " ".join(ours.split())
    return found

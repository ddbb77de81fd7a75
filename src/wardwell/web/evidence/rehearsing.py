"""What would come of a file: shown beneath the form that it is still in, and kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import ClassVar

from wardwell.evidence.queries import ReconciliationLine, Rehearsal
from wardwell.evidence.rules import counted, period_said
from wardwell.web.components import Bullets, Caution, Column, Component, Fact, Facts, Paragraph, Table, printed
from wardwell.web.evidence.progress import Refused
from wardwell.web.evidence.tables import BY_TYPE

NOT_KEPT = (
    "This was a rehearsal: nothing of the file was kept, and it is no evidence. Send the file when you are content."
)
REASONS = Table[tuple[str, int]](
    caption="Rows that would be put aside",
    columns=(
        Column(name="reason", label="Why", value=lambda row: row[0]),
        Column(name="rows", label="Rows", kind="number", value=lambda row: row[1]),
    ),
)


@dataclass(frozen=True)
class Tried:
    """The part of the page where the outcome of a rehearsal is shown; empty before one."""

    template: ClassVar[str] = "evidence/rehearsal.html"

    contents: Sequence[Component] = ()


NOT_TRIED = Tried()


def faults_of(problems: Iterable[str]) -> Tried:
    """Why nothing could be rehearsed."""
    return Tried([Caution(problem) for problem in problems])


def outcome_of(found: Rehearsal) -> Tried:
    """What sending the file would come to."""
    if found.refusal:
        told = Refused(found.refusal, heading="This file would be refused, and nothing of it would be kept")
        return Tried([told, Paragraph.of("This was a rehearsal: nothing of the file was kept.")])
    if not found.is_new:
        nothing = f"Nothing in this file is new to {found.dataset_name}: every row of it is kept already."
        return Tried([Paragraph.of(nothing, style="lead"), Paragraph.of(NOT_KEPT)])
    return Tried(
        [
            Paragraph.of(_in_a_sentence(found), style="lead"),
            Paragraph.of(NOT_KEPT),
            _numbers(found),
            *([REASONS.of(found.reasons)] if found.reasons else []),
            BY_TYPE.of(found.by_type, foot=_total(found)),
            Paragraph.of(_superseded(found)),
            *([Bullets.of(*found.notes)] if found.notes else []),
        ]
    )


def _in_a_sentence(found: Rehearsal) -> str:
    kept = counted(found.accepted, "row")
    return f"Sent in, {kept} of {period_said(found.months)} would be kept in {found.dataset_name}."


def _numbers(found: Rehearsal) -> Facts:
    return Facts(
        [
            Fact(label="Rows in", value=printed(found.rows_in, "number"), note="Rows in = accepted + put aside"),
            Fact(label="Would be accepted", value=printed(found.accepted, "number")),
            Fact(label="Would be put aside", value=printed(found.quarantined, "number"), note="Kept, with the reason"),
        ]
    )


def _total(found: Rehearsal) -> ReconciliationLine:
    return ReconciliationLine("", None, "All rows", found.rows_in, found.accepted, found.quarantined)


def _superseded(found: Rehearsal) -> str:
    if not found.supersedes:
        return "It would supersede nothing."
    told = [
        f"“{edition}” in {counted(parts, 'file and period', 'files and periods')}"
        for edition, parts in found.supersedes
    ]
    return f"It would supersede {'; '.join(told)}. What is superseded stays kept and can be read."

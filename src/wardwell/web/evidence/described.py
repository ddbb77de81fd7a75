"""A dataset in plain words: where it comes from and by what right, what is expected of it, what its rows hold."""

from __future__ import annotations

from collections.abc import Mapping

from wardwell.evidence.periods import DueRule, Sensitivity
from wardwell.evidence.queries import DatasetView, FieldView
from wardwell.evidence.rules import Cadence, counted
from wardwell.web.components import (
    Bullets,
    Column,
    Component,
    Details,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    Table,
    printed,
)

SENSITIVITIES: Mapping[Sensitivity, str] = {
    Sensitivity.OPEN: "Published for everybody; it names nobody",
    Sensitivity.DEPERSONALISED: "For the partnership; nobody can be told from it by itself",
    Sensitivity.PERSONAL: "It can tell of people who could be recognised",
}
EVERY: Mapping[Cadence, str] = {Cadence.MONTHLY: "month", Cadence.QUARTERLY: "quarter", Cadence.YEARLY: "year"}

FIELDS = Table[FieldView](
    caption="What each column means",
    is_caption_hidden=True,
    columns=(
        Column(name="name", label="Column", kind="code"),
        Column(name="meaning", label="What a value means"),
        Column(name="type", label="Type"),
        Column(name="may_be_empty", label="May be empty", kind="flag"),
    ),
)


def description_of(view: DatasetView) -> list[Panel]:
    """All that is said of a dataset: its terms, its known faults, and what its rows hold."""
    faults: Component = Bullets.of(*view.known_faults) if view.known_faults else Paragraph.of("None are known.")
    title = f"The {counted(len(view.fields), 'column')} of the table"
    return [
        Panel(heading="Where it comes from, and on what terms", name="terms", contents=[_terms(view)]),
        Panel(heading="Known faults", contents=[faults]),
        Panel(
            heading="What its rows hold",
            name="fields",
            contents=[Paragraph.of(view.row_is), Details(title, [FIELDS.of(view.fields)])],
        ),
    ]


def due_in_words(view: DatasetView) -> str:
    """When a dataset is expected, as people say it."""
    if view.cadence == Cadence.ONCE:
        return "Once; no further edition is expected"
    every = EVERY[view.cadence]
    if view.due_rule == DueRule.END_OF_NEXT:
        return f"Every {every}, by the end of the next {every}"
    return f"Every {every}, within {counted(view.due_days_after, 'day')} after its end"


def _terms(view: DatasetView) -> Summary:
    return Summary(
        [
            SummaryRow(
                key="Supplied by", value=view.supplier or "Nobody in particular: published, and downloaded here"
            ),
            SummaryRow(key="Published by", value=view.publisher),
            SummaryRow(key="Source", value=view.source),
            SummaryRow(key="Legal basis", value=view.gateway),
            SummaryRow(key="Licence", value=view.licence),
            SummaryRow(key="Expected", value=due_in_words(view)),
            SummaryRow(key="Expected since", value=_since(view)),
            SummaryRow(
                key="Tells of people", value=f"{view.sensitivity.capitalize()}. {SENSITIVITIES[view.sensitivity]}"
            ),
            SummaryRow(key="Kept", value=view.retention),
            SummaryRow(key="Looked after by", value=view.owner or "Nobody yet"),
            SummaryRow(key="One file is", value=view.unit_of_files),
            SummaryRow(key="One area is", value=view.grain),
            SummaryRow(key="Used for measures", value=view.used_for_measures, kind="flag"),
            *([SummaryRow(key="Synthetic", value="Yes: invented for this demonstration")] if view.is_synthetic else []),
            SummaryRow(key="Note", value=view.note),
            SummaryRow(key="Last described", value=_last(view)),
        ]
    )


def _since(view: DatasetView) -> str:
    if view.expected_from is None:
        return "Not expected of anybody by periods"
    until = f", until {printed(view.expected_until, 'date')}" if view.expected_until else ""
    return f"{printed(view.expected_from, 'date')}{until}"


def _last(view: DatasetView) -> str:
    if view.described_at is None:
        return ""
    return f"{printed(view.described_at, 'moment')}, by {view.described_by}"

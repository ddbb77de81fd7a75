"""Figures as they may be printed, with where each comes from and whether the evidence has moved on since."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from wardstats.charts import description
from wardstats.disclosure import Disclosed, DisclosureRule, audit_union, disclose
from wardstats.measures import Result
from wardstats.tables import Evidence
from wardwell.access.actor import Actor
from wardwell.assessment import copies
from wardwell.assessment.models import Figure, Finding
from wardwell.assessment.rules.cells import with_cells_as_facts
from wardwell.assessment.rules.formulas import written
from wardwell.assessment.rules.kept_evidence import KeptFile, as_it_stood, digest, kept
from wardwell.assessment.rules.sourced import (
    Input,
    SourcedTable,
    cited_table,
    estimate_table,
    estimated,
    input_from_json,
    rounded,
)
from wardwell.assessment.rules.text import as_numbered
from wardwell.evidence.queries import evidence, evidence_of


@dataclass(frozen=True, slots=True)
class LineageView:
    """Where a computed figure comes from: enough to compute it again."""

    measure: str
    measure_version: int
    parameters: Mapping[str, Any]
    library: str
    files: tuple[KeptFile, ...]
    computed_at: datetime


@dataclass(frozen=True, slots=True)
class FigureView:
    """A figure ready to be shown: `disclosed` is the only road to its numbers.

    `is_behind_evidence` says that the evidence it was made from has changed since; `drift_reason` is why it stays as it is.
    """

    id: UUID
    slug: str
    number: int
    kind: str
    title: str
    version: int
    disclosed: Disclosed
    description: str
    made_by: str
    lineage: LineageView | None
    statement: str
    formula: str
    inputs: tuple[Input, ...]
    source: str
    source_on: date | None
    excerpt: str
    excerpt_sha256: str
    copy_name: str
    copy_sha256: str
    is_behind_evidence: bool
    is_drift_acknowledged: bool
    drift_reason: str

    @property
    def facts(self) -> tuple[tuple[str, str], ...]:
        """The numbers a text can print, by name, as they would be printed."""
        return tuple((name, self.disclosed.fact(name)) for name in self.disclosed.facts)


def rule() -> DisclosureRule:
    """The rule of disclosure of this installation."""
    return DisclosureRule(threshold=settings.SMALL_NUMBER_THRESHOLD)


def disclosed_result(result: Result) -> Disclosed:
    """A result as it may be printed, every cell of its table a number that a text can cite (`rules.cells`)."""
    return disclose(with_cells_as_facts(result), rule())


def figures_of(actor: Actor, *, assessment_id: UUID, texts: Sequence[str] | None = None) -> tuple[FigureView, ...]:
    """The figures of an assessment in the order of their numbers, estimates worked out from what the others show.

    Numbers follow the texts of the findings, as they will in print; whoever has read those hands them over.
    """
    rows = list(Figure.objects.visible_to(actor).filter(assessment_id=assessment_id).select_related("made_by"))
    current = evidence(actor) if any(row.kind == Figure.Kind.COMPUTED for row in rows) else Evidence(())
    shown = {row.slug: _disclosed(row) for row in rows if row.kind != Figure.Kind.ESTIMATE}
    if texts is None:
        found = Finding.objects.visible_to(actor).filter(assessment_id=assessment_id, removed_at=None)
        texts = list(found.values_list("text", flat=True))
    numbers = _numbers(texts, rows)
    views = (_view(row, numbers[row.slug], shown, current) for row in rows)
    return tuple(sorted(views, key=lambda one: one.number))


def _numbers(texts: Sequence[str], rows: Sequence[Figure]) -> Mapping[str, int]:
    inputs = {row.slug: [one["figure"] for one in row.inputs if one.get("figure")] for row in rows}
    order = as_numbered(texts, [row.slug for row in rows], inputs)
    return {slug: number for number, slug in enumerate(order, start=1)}


def figure(actor: Actor, *, assessment_id: UUID, slug: str) -> FigureView | None:
    """One figure of an assessment, if the actor may see it."""
    return next((one for one in figures_of(actor, assessment_id=assessment_id) if one.slug == slug), None)


def given_away(actor: Actor, *, assessment_id: UUID) -> tuple[str, ...]:
    """What the figures of an assessment, printed side by side, would give away of small counts, each in a sentence.

    Takes a second or more, so it is asked once, at sign-off, and not for every page.
    """
    return tuple(
        leak.sentence for leak in audit_union([one.disclosed for one in figures_of(actor, assessment_id=assessment_id)])
    )


def result_of(actor: Actor, *, figure_id: UUID) -> Result | None:
    """The stored result of a computed figure, before disclosure: to be computed again and compared, never to be printed."""
    row = Figure.objects.visible_to(actor).filter(id=figure_id, kind=Figure.Kind.COMPUTED).first()
    return Result.from_json(row.result) if row else None


def evidence_behind(actor: Actor, *, figure_id: UUID) -> Evidence:
    """The kept files a figure was computed from, checked, with the parts that were current then. Raises UnableToReadKept."""
    row = Figure.objects.visible_to(actor).get(id=figure_id)
    files = tuple(KeptFile.from_json(one) for one in row.evidence)
    return as_it_stood(evidence_of(actor, [file.sha256 for file in files]), files)


def cited_copy(actor: Actor, *, figure_id: UUID) -> bytes | None:
    """The kept copy of a cited figure's source, its digest checked; None where only an excerpt is kept. Raises UnableToReadCopy."""
    row = Figure.objects.visible_to(actor).filter(id=figure_id).first()
    if row is None or not row.copy_sha256:
        return None
    return copies.read(partnership_id=row.partnership_id, sha256=row.copy_sha256)


def shown_inputs(inputs: tuple[Input, ...], shown: Mapping[str, Disclosed]) -> tuple[Input, ...]:
    """Inputs with what the figures show now: nothing where a number is suppressed or no longer there."""
    return tuple(_shown_input(one, shown) if one.figure else one for one in inputs)


def _shown_input(one: Input, shown: Mapping[str, Disclosed]) -> Input:
    table = shown.get(one.figure)
    value = table.value(one.fact) if table is not None and one.fact in table.facts else None
    text = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
    return Input(one.name, one.meaning, text, one.unit, one.source, one.figure, one.fact)


def estimate_value(formula: str, inputs: tuple[Input, ...], decimals: int) -> str | None:
    """An estimate as printed; None while one of its inputs is not shown."""
    value = estimated(formula, inputs)
    return None if value is None else rounded(value, decimals)


def current_mark(actor: Actor, row: Figure) -> str:
    """What an acknowledged drift is about: the evidence as it stands now, or an estimate's value as it would be now."""
    if row.kind != Figure.Kind.ESTIMATE:
        return _digest_now(row, evidence(actor))
    shown = {one.slug: one.disclosed for one in figures_of(actor, assessment_id=row.assessment_id)}
    inputs = shown_inputs(tuple(input_from_json(one) for one in row.inputs), shown)
    return estimate_value(row.formula, inputs, row.decimals) or ""


def _disclosed(row: Figure) -> Disclosed:
    if row.kind == Figure.Kind.COMPUTED:
        return disclosed_result(Result.from_json(row.result))
    return disclose(_cited(row), rule())


def _cited(row: Figure) -> SourcedTable:
    assert row.source_on is not None  # noqa: S101  # the database says so too (figure_can_be_checked)
    return cited_table(
        title=row.title,
        statement=row.statement,
        value=row.value,
        unit=row.unit,
        source=row.source,
        source_on=row.source_on,
        excerpt_sha256=row.excerpt_sha256,
    )


def _view(row: Figure, number: int, shown: Mapping[str, Disclosed], current: Evidence) -> FigureView:
    inputs = shown_inputs(tuple(input_from_json(one) for one in row.inputs), shown)
    is_estimate = row.kind == Figure.Kind.ESTIMATE
    value = estimate_value(row.formula, inputs, row.decimals) if is_estimate else None
    table = _estimate(row, inputs, value) if is_estimate else shown[row.slug]
    now = (value or "") if is_estimate else _digest_now(row, current)
    behind = now != (row.value if is_estimate else row.evidence_digest)
    return FigureView(
        id=row.id,
        slug=row.slug,
        number=number,
        kind=row.kind,
        title=row.title,
        version=row.version,
        disclosed=table,
        description=_description(row, table),
        made_by=row.made_by.name,
        lineage=_lineage(row),
        statement=row.statement,
        formula=written(row.formula) if is_estimate else "",
        inputs=inputs,
        source=row.source,
        source_on=row.source_on,
        excerpt=row.excerpt,
        excerpt_sha256=row.excerpt_sha256,
        copy_name=row.copy_name,
        copy_sha256=row.copy_sha256,
        is_behind_evidence=behind,
        is_drift_acknowledged=behind and bool(row.drift_reason) and row.drift_digest == now,
        drift_reason=row.drift_reason,
    )


def _estimate(row: Figure, inputs: tuple[Input, ...], value: str | None) -> Disclosed:
    return disclose(
        estimate_table(
            title=row.title,
            statement=row.statement,
            formula=row.formula,
            inputs=inputs,
            value=value,
            unit=row.unit,
        ),
        rule(),
    )


def _digest_now(row: Figure, current: Evidence) -> str:
    if row.kind != Figure.Kind.COMPUTED:
        return ""
    return digest(kept(current, tables={one["table"] for one in row.evidence}))


def _description(row: Figure, table: Disclosed) -> str:
    if row.kind == Figure.Kind.COMPUTED:
        return description(table)
    return f"{row.statement}: {table.fact('value')} {row.unit}".strip() + "."


def _lineage(row: Figure) -> LineageView | None:
    if row.kind != Figure.Kind.COMPUTED:
        return None
    files = tuple(KeptFile.from_json(one) for one in row.evidence)
    library = row.result["lineage"]["library"]
    return LineageView(row.measure, row.measure_version or 0, row.parameters, library, files, row.computed_at)

"""Figures: computed from evidence, estimated by a formula, cited from a source; and what is done when the evidence moves on."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.access.queries import partnership
from wardwell.assessment import copies
from wardwell.assessment.models import Assessment, Figure, Finding
from wardwell.assessment.operations.computing import computed, fill_in, read_evidence, renew
from wardwell.assessment.operations.opening import UnableToAssess, figure_in_draft, opened_draft
from wardwell.assessment.queries.figures import current_mark, estimate_value, figures_of, shown_inputs
from wardwell.assessment.rules.formulas import UnableToWorkOut
from wardwell.assessment.rules.lifecycle import can_remove_figure
from wardwell.assessment.rules.sourced import Input, UnableToCite, check_citation, inputs_to_json
from wardwell.assessment.rules.text import SLUG, figures_named
from wardwell.audit.gate import Done, operation

KIND = "assessment.Figure"


@operation(verb="add", kind=KIND)
def add_figure(
    *,
    actor: Actor,
    at: datetime,
    assessment_id: UUID,
    slug: str,
    measure: str,
    parameters: Mapping[str, Any],
    title: str = "",
) -> Done[UUID]:
    """Compute a measure from the evidence as it stands and add it as a figure. Raises UnableToAssess."""
    row = _new_figure(actor, at, assessment_id=assessment_id, slug=slug)
    district = district_of(actor)
    current, reader = read_evidence(actor, district=district)
    result = computed(measure, reader, {"district": district, **parameters})
    fill_in(row, result, current, actor=actor, at=at)
    row.title = title.strip() or result.title
    row.save(force_insert=True)
    return Done(row.assessment_id, f"computed the figure “{row.title}”", row.id)


@operation(verb="change", kind=KIND)
def recompute_figure(*, actor: Actor, at: datetime, assessment_id: UUID, slug: str) -> Done[bool]:
    """Compute a figure again: a measure from the evidence as it stands, an estimate from its inputs. Returns whether it changed.

    Raises UnableToAssess: not a draft, a cited figure, or evidence that no longer allows it.
    """
    row = figure_in_draft(actor, assessment_id=assessment_id, slug=slug)
    if row.kind == Figure.Kind.CITED:
        raise UnableToAssess("A cited figure is what its source says: it is never computed.")
    changed = _work_out_again(actor, at, row) if row.kind == Figure.Kind.ESTIMATE else _compute_again(actor, at, row)
    outcome = "it has changed" if changed else "it is the same"
    return Done(assessment_id, f"computed the figure “{row.title}” again: {outcome}", changed)


@operation(verb="change", kind=KIND)
def acknowledge_drift(*, actor: Actor, at: datetime, assessment_id: UUID, slug: str, reason: str) -> Done[UUID]:
    """Leave a figure as it is though the evidence behind it has changed, and say why. Holds until it changes again.

    Raises UnableToAssess: without a reason, or when the evidence has not changed.
    """
    row = figure_in_draft(actor, assessment_id=assessment_id, slug=slug)
    if not reason.strip():
        raise UnableToAssess("Say why the figure stays as it is.")
    view = next(one for one in figures_of(actor, assessment_id=assessment_id) if one.slug == slug)
    if not view.is_behind_evidence:
        raise UnableToAssess(f"The figure “{slug}” is up to date with its evidence.")
    row.drift_digest, row.drift_reason = current_mark(actor, row), reason.strip()
    row.save(update_fields=["drift_digest", "drift_reason"])
    says = f"left the figure “{row.title}” as it is though its evidence has changed: {row.drift_reason}"
    return Done(assessment_id, says, row.id)


@operation(verb="add", kind=KIND)
def estimate(
    *,
    actor: Actor,
    at: datetime,
    assessment_id: UUID,
    slug: str,
    title: str,
    statement: str,
    formula: str,
    inputs: tuple[Input, ...],
    unit: str = "",
    decimals: int = 0,
) -> Done[UUID]:
    """Add an estimate: a formula over named inputs, each with a source or from a number of another figure.

    Raises UnableToAssess: a formula that cannot be worked out, an input without a source, a number that is not shown.
    """
    row = _new_figure(actor, at, assessment_id=assessment_id, slug=slug)
    shown = {one.slug: one.disclosed for one in figures_of(actor, assessment_id=assessment_id)}
    given = shown_inputs(inputs, shown)
    _check_inputs(given)
    row.kind, row.title, row.statement = Figure.Kind.ESTIMATE, title.strip(), statement.strip()
    row.formula, row.inputs, row.unit, row.decimals = formula.strip(), inputs_to_json(inputs), unit.strip(), decimals
    row.value = _estimate(formula, given, decimals) or ""
    if not row.title or not row.statement:
        raise UnableToAssess("Say what is estimated: a title and a statement.")
    row.save(force_insert=True)
    return Done(row.assessment_id, f"estimated “{row.title}”: {row.value} {row.unit}".strip(), row.id)


@operation(verb="add", kind=KIND)
def cite(
    *,
    actor: Actor,
    at: datetime,
    assessment_id: UUID,
    slug: str,
    title: str,
    statement: str,
    value: str,
    unit: str,
    source: str,
    source_on: date,
    excerpt: str,
    copy_name: str = "",
    copy_content: bytes | None = None,
) -> Done[UUID]:
    """Cite a value as its source prints it, with the words around it kept and, if given, a copy of the source.

    Raises UnableToAssess: when the words kept do not contain the value, or something is missing.
    """
    row = _new_figure(actor, at, assessment_id=assessment_id, slug=slug)
    try:
        check_citation(value=value, source=source, excerpt=excerpt)
        copy = b"" if copy_content is None else copy_content
        row.copy_sha256 = (
            copies.keep(partnership_id=row.partnership_id, content=copy) if copy_content is not None else ""
        )
    except (UnableToCite, copies.UnableToKeepCopy) as problem:
        raise UnableToAssess(str(problem)) from problem
    if not title.strip() or not statement.strip():
        raise UnableToAssess("Say what is cited: a title and a statement.")
    row.kind, row.title, row.statement = Figure.Kind.CITED, title.strip(), statement.strip()
    row.value, row.unit, row.source, row.source_on = value.strip(), unit.strip(), source.strip(), source_on
    row.excerpt, row.excerpt_sha256 = excerpt, hashlib.sha256(excerpt.encode()).hexdigest()
    row.copy_name = copy_name if copy_content is not None else ""
    row.save(force_insert=True)
    return Done(row.assessment_id, f"cited “{row.title}”: {row.value} {row.unit} ({row.source})", row.id)


@operation(verb="remove", kind=KIND)
def remove_figure(*, actor: Actor, at: datetime, assessment_id: UUID, slug: str) -> Done[UUID]:
    """Take a figure out that no finding and no estimate names. Raises UnableToAssess."""
    row = figure_in_draft(actor, assessment_id=assessment_id, slug=slug)
    findings = Finding.objects.visible_to(actor).filter(assessment_id=assessment_id, removed_at__isnull=True)
    named_in = [one.heading for one in findings if slug in figures_named(one.text)]
    estimates = Figure.objects.visible_to(actor).filter(assessment_id=assessment_id, kind=Figure.Kind.ESTIMATE)
    named_in += [one.title for one in estimates if any(given["figure"] == slug for given in one.inputs)]
    decision = can_remove_figure(slug, named_in)
    if not decision.allowed:
        raise UnableToAssess(decision.because)
    Figure.objects.visible_to(actor).filter(id=row.id).delete()
    return Done(assessment_id, f"removed the figure “{row.title}”", row.id)


def district_of(actor: Actor) -> str:
    """The district whose evidence the partnership reads. Raises UnableToAssess for somebody who works for none."""
    here = partnership(actor)
    if here is None:
        raise UnableToAssess("You work for no partnership at this moment.")
    return here.lad_code


def _new_figure(actor: Actor, at: datetime, *, assessment_id: UUID, slug: str) -> Figure:
    assessment: Assessment = opened_draft(actor, assessment_id=assessment_id)
    if not re.fullmatch(SLUG, slug):
        raise UnableToAssess("A figure's short name has small letters, digits and hyphens only, such as crime-by-type.")
    rows = Figure.objects.visible_to(actor).filter(assessment_id=assessment.id)
    if rows.filter(slug=slug).exists():
        raise UnableToAssess(f"There is a figure “{slug}” already.")
    last = rows.order_by("-position").values_list("position", flat=True).first() or 0
    return Figure(
        partnership_id=assessment.partnership_id,
        assessment=assessment,
        slug=slug,
        position=last + 1,
        made_by_id=actor.self_id,
        computed_at=at,
    )


def _compute_again(actor: Actor, at: datetime, row: Figure) -> bool:
    current, reader = read_evidence(actor, district=str(row.parameters["district"]))
    return renew(row, computed(row.measure, reader, row.parameters), current, actor=actor, at=at)


def _work_out_again(actor: Actor, at: datetime, row: Figure) -> bool:
    view = next(one for one in figures_of(actor, assessment_id=row.assessment_id) if one.slug == row.slug)
    _check_inputs(view.inputs)
    before, row.value = row.value, _estimate(row.formula, view.inputs, row.decimals) or ""
    row.drift_digest = row.drift_reason = ""
    row.computed_at, row.made_by_id = at, actor.self_id
    row.version += 1
    row.save()
    return before != row.value


def _check_inputs(inputs: tuple[Input, ...]) -> None:
    for one in inputs:
        if one.figure and one.value is None:
            raise UnableToAssess(
                f"“{one.fact}” of the figure “{one.figure}” is not shown, so nothing is estimated from it."
            )
        if not one.figure and not one.source.strip():
            raise UnableToAssess(f"Say where “{one.name}” is from.")


def _estimate(formula: str, inputs: tuple[Input, ...], decimals: int) -> str | None:
    try:
        return estimate_value(formula, inputs, decimals)
    except UnableToWorkOut as problem:
        raise UnableToAssess(str(problem)) from problem
    except ValueError as problem:
        raise UnableToAssess("Every input is a number, such as 249,500 or 0.25.") from problem

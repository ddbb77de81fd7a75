"""Computing a figure from the evidence as it stands, and writing down everything it takes to compute it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from wardstats.measures import Reader, Result, UnableToCompute, compute
from wardstats.tables import Evidence
from wardwell.access.actor import Actor
from wardwell.assessment.models import Figure
from wardwell.assessment.operations.opening import UnableToAssess
from wardwell.assessment.rules.kept_evidence import digest, kept, tables_read
from wardwell.evidence.queries import evidence


def read_evidence(actor: Actor, *, district: str) -> tuple[Evidence, Reader]:
    """The evidence as it stands, and a reader of the partnership's slice of it. Raises UnableToAssess when there is none."""
    current = evidence(actor)
    try:
        return current, Reader(current, district)
    except UnableToCompute as problem:
        raise UnableToAssess(f"The evidence does not allow any figure yet: {problem}") from problem


def computed(code: str, reader: Reader, parameters: Mapping[str, Any]) -> Result:
    """A measure computed. Raises UnableToAssess with the measure's own sentence."""
    try:
        return compute(code, reader, **parameters)
    except UnableToCompute as problem:
        raise UnableToAssess(str(problem)) from problem


def fill_in(figure: Figure, result: Result, current: Evidence, *, actor: Actor, at: datetime) -> None:
    """Put a result and its lineage into a figure; an acknowledged drift is done with."""
    files = kept(current, tables=tables_read(current, result.lineage.snapshots))
    figure.kind = Figure.Kind.COMPUTED
    figure.measure, figure.measure_version = result.lineage.measure, result.lineage.version
    figure.parameters = dict(result.lineage.parameters)
    figure.result = result.to_json()
    figure.evidence = [file.to_json() for file in files]
    figure.evidence_digest = digest(files)
    figure.drift_digest = figure.drift_reason = ""
    figure.computed_at, figure.made_by_id = at, actor.self_id


def renew(figure: Figure, result: Result, current: Evidence, *, actor: Actor, at: datetime) -> bool:
    """Put a new result into a computed figure. Returns whether any of its numbers, words or caveats changed."""
    changed = replace(Result.from_json(figure.result), lineage=result.lineage, covers=result.covers) != result
    fill_in(figure, result, current, actor=actor, at=at)
    figure.version += 1
    figure.save()
    return changed

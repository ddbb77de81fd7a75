"""Where a number comes from: the kept files, the measure, every parameter, and what stands over it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardstats.disclosure import Disclosed, read_disclosed
from wardstats.measures import UnableToCompute, measure
from wardwell.access.actor import Actor
from wardwell.publication.models import ReleasedFigure
from wardwell.publication.queries.releases import row_of


@dataclass(frozen=True, slots=True)
class OriginFile:
    """A kept file that a figure was counted from, as it was described at publication. `period_until` is exclusive."""

    sha256: str
    dataset: str
    source: str
    licence: str
    edition: str
    period_from: date | None
    period_until: date | None
    rows: int
    quarantined: int


@dataclass(frozen=True, slots=True)
class FigureOrigin:
    """A released figure and where its numbers come from. `formula` is an estimate's, `excerpt` a cited figure's."""

    reference: str
    number: int
    slug: str
    title: str
    kind: str
    disclosed: Disclosed
    measure: str
    measure_name: str
    measure_meaning: str
    measure_version: int | None
    parameters: Mapping[str, Any]
    library: str
    files: tuple[OriginFile, ...]
    formula: str
    inputs: tuple[Mapping[str, Any], ...]
    excerpt: str
    copy_name: str

    @property
    def counts(self) -> tuple[tuple[str, str], ...]:
        """Every number of the figure by name, as it is printed."""
        return tuple((name, self.disclosed.fact(name)) for name in self.disclosed.facts)


def figure_origin(actor: Actor, reference: str, slug: str) -> FigureOrigin | None:
    """Where the numbers of a released figure come from, if the actor may see the release.

    Raises UnableToDisclose when the frozen figure was altered so that it would give a small count away.
    """
    release = row_of(actor, reference)
    rows = ReleasedFigure.objects.visible_to(actor).filter(release_id=release.id, slug=slug) if release else None
    row = rows.first() if rows is not None else None
    if release is None or row is None:
        return None
    disclosed = read_disclosed(row.disclosed)
    named, meaning = _measure(row.measure)
    return FigureOrigin(
        reference=release.reference,
        number=row.position,
        slug=row.slug,
        title=row.title,
        kind=row.kind,
        disclosed=disclosed,
        measure=row.measure,
        measure_name=named,
        measure_meaning=meaning,
        measure_version=row.measure_version,
        parameters=row.parameters,
        library=release.library,
        files=tuple(_file(one) for one in row.files),
        formula=str(disclosed.provenance.get("formula", "")),
        inputs=tuple(disclosed.provenance.get("inputs", ())),
        excerpt=row.excerpt,
        copy_name=row.copy_name,
    )


def _measure(code: str) -> tuple[str, str]:
    """A measure's name and meaning; its code alone if this version of the library has it no more."""
    try:
        declared = measure(code)
    except UnableToCompute:
        return code, ""
    return declared.name, declared.meaning


def _file(one: Mapping[str, Any]) -> OriginFile:
    return OriginFile(
        sha256=one["sha256"],
        dataset=one["dataset"],
        source=one["source"],
        licence=one["licence"],
        edition=one["edition"],
        period_from=date.fromisoformat(one["period_from"]) if one["period_from"] else None,
        period_until=date.fromisoformat(one["period_until"]) if one["period_until"] else None,
        rows=one["rows"],
        quarantined=one["quarantined"],
    )

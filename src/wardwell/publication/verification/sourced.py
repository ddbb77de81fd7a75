"""Estimates worked out again, and cited figures compared with what was kept of their source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping

from wardstats.disclosure import Disclosed
from wardwell.access.actor import Actor
from wardwell.assessment.copies import UnableToReadCopy
from wardwell.assessment.queries import cited_copy
from wardwell.assessment.rules.formulas import UnableToWorkOut
from wardwell.assessment.rules.sourced import (
    Input,
    UnableToCite,
    check_citation,
    estimated,
    input_from_json,
    rounded,
)
from wardwell.publication.models import ReleasedFigure
from wardwell.publication.verification.verdicts import Verdict, fails, holds

WORKED_OUT, CITED = "worked out again", "compared with its source"


def estimate_verdict(row: ReleasedFigure, published: Disclosed, others: Mapping[str, Disclosed]) -> Verdict:
    """Whether an estimate's formula over its inputs gives the value that was published."""
    inputs = tuple(input_from_json(one) for one in published.provenance["inputs"])
    for one in inputs:
        if one.figure and one.value != _shown(one, others):
            said = f"starts from {one.name} = {one.value}, which figure “{one.figure}” does not show"
            return fails(row.slug, WORKED_OUT, f"Estimate “{row.title}” {said}.")
    printed = published.fact("value")
    try:
        value = estimated(str(published.provenance["formula"]), inputs)
    except (UnableToWorkOut, ValueError) as problem:
        return fails(row.slug, WORKED_OUT, f"Estimate “{row.title}” cannot be worked out again: {problem}")
    again = None if value is None else rounded(value, len(printed.partition(".")[2]))
    if again != published.value("value"):
        return fails(
            row.slug, WORKED_OUT, f"Estimate “{row.title}”: {printed} was published and {again or 'nothing'} comes out."
        )
    return holds(row.slug, WORKED_OUT, f"Estimate “{row.title}” comes out again: {printed}.")


def citation_verdicts(actor: Actor, row: ReleasedFigure, published: Disclosed) -> Iterator[Verdict]:
    """Whether the kept words of the source are unaltered and contain the value, and whether the kept copy is unaltered."""
    value = published.fact("value")
    if hashlib.sha256(row.excerpt.encode()).hexdigest() != row.excerpt_sha256:
        yield fails(row.slug, CITED, f"The kept words behind “{row.title}” were altered.")
    try:
        check_citation(value=value, source="its source", excerpt=row.excerpt)
    except UnableToCite:
        yield fails(
            row.slug, CITED, f"Cited figure “{row.title}”: {value} does not stand in the kept words of its source."
        )
        return
    if row.excerpt_sha256 != published.provenance["excerpt_sha256"]:
        yield fails(row.slug, CITED, f"The kept words behind “{row.title}” are not those that were cited.")
        return
    if row.copy_sha256:
        yield _copy_verdict(actor, row, value)
    else:
        yield holds(row.slug, CITED, f"Cited figure “{row.title}”: {value} stands in the kept words of its source.")


def _copy_verdict(actor: Actor, row: ReleasedFigure, value: str) -> Verdict:
    try:
        copy = cited_copy(actor, figure_id=row.figure_id)
    except UnableToReadCopy as problem:
        return fails(row.slug, CITED, f"Cited figure “{row.title}” cannot be compared with its source. {problem}")
    if copy is None or hashlib.sha256(copy).hexdigest() != row.copy_sha256:
        return fails(row.slug, CITED, f"The kept copy behind “{row.title}” is not the one that was published with it.")
    if _is_text(copy) and row.excerpt.strip() not in copy.decode("utf-8"):
        return fails(row.slug, CITED, f"The kept copy behind “{row.title}” does not contain the words that were cited.")
    return holds(
        row.slug, CITED, f"Cited figure “{row.title}”: {value} stands in its source, kept as “{row.copy_name}”."
    )


def _is_text(content: bytes) -> bool:
    """Whether the words of a copy can be read as they are; a PDF's cannot, and its digest must do."""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return not content.startswith(b"%PDF")


def _shown(one: Input, others: Mapping[str, Disclosed]) -> str | None:
    table = others.get(one.figure)
    value = table.value(one.fact) if table is not None and one.fact in table.facts else None
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else None

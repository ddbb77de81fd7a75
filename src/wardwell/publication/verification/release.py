"""A whole release verified: its figures, what was printed of them, its files, its seal and its place in the audit trail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from wardstats.disclosure import UnableToDisclose, read_disclosed
from wardwell.access.actor import Actor
from wardwell.audit.queries import events, head, sealed_hash
from wardwell.publication.documents.outputs import PAGE
from wardwell.publication.models import Output, Release, ReleasedFigure
from wardwell.publication.rules import seal_of
from wardwell.publication.store import path_of
from wardwell.publication.verification.counting import Recount
from wardwell.publication.verification.printed import Published, page_verdicts, stored_verdicts, table_verdict
from wardwell.publication.verification.sourced import citation_verdicts, estimate_verdict
from wardwell.publication.verification.verdicts import Verdict, Verification, fails, holds, not_checked

DISCLOSED, SEAL, TRAIL = "disclosure", "seal", "audit trail"
FROZEN_FIELDS = (
    "slug",
    "kind",
    "title",
    "measure",
    "measure_version",
    "parameters",
    "evidence",
    "disclosed",
    "cited_facts",
    "excerpt",
    "excerpt_sha256",
    "copy_sha256",
)


class NoSuchRelease(LookupError):
    """The actor sees no release of that name."""


def frozen(row: ReleasedFigure) -> dict[str, Any]:
    """What of a figure the seal of its release covers."""
    return {name: getattr(row, name) for name in FROZEN_FIELDS}


def verification_of(actor: Actor, *, release_id: UUID) -> Verification:
    """Count every number of a release again and compare. Needs the kept evidence, and so somebody who may see it.

    Raises NoSuchRelease.
    """
    release = Release.objects.visible_to(actor).filter(id=release_id, partnership_id=actor.here).first()
    if release is None:
        raise NoSuchRelease("This partnership has no such release.")
    rows = list(ReleasedFigure.objects.visible_to(actor).filter(release_id=release.id))
    outputs = list(Output.objects.visible_to(actor).filter(release_id=release.id))
    refused, figures = _read(rows)
    count, printed = page_verdicts(_text(outputs), figures)
    verdicts = (
        *refused,
        *_figure_verdicts(actor, figures),
        *printed,
        *(table_verdict(_content(outputs, f"data/{slug}.csv"), one) for slug, one in figures.items()),
        *stored_verdicts(outputs, release.manifest),
        _seal_verdict(release, rows),
        *_trail_verdicts(actor, release),
    )
    return Verification(release.reference, actor.at, len(rows), count, verdicts)


def _read(rows: list[ReleasedFigure]) -> tuple[list[Verdict], dict[str, Published]]:
    """The frozen tables, audited again; one that would give a small count away is not read any further."""
    refused, figures = [], {}
    for row in rows:
        try:
            figures[row.slug] = Published(row, read_disclosed(row.disclosed))
        except UnableToDisclose as problem:
            refused.append(
                fails(row.slug, DISCLOSED, f"Figure “{row.title}” would give away what is hidden: {problem}.")
            )
        except (KeyError, TypeError, ValueError, IndexError):
            refused.append(fails(row.slug, DISCLOSED, f"Figure “{row.title}” as it was frozen cannot be read."))
    return refused, figures


def _figure_verdicts(actor: Actor, figures: Mapping[str, Published]) -> Iterator[Verdict]:
    recount = Recount(actor)
    tables = {slug: one.disclosed for slug, one in figures.items()}
    for one in figures.values():
        if one.row.kind == "computed":
            yield from recount.verdicts(one.row, one.disclosed)
        elif one.row.kind == "estimate":
            yield estimate_verdict(one.row, one.disclosed, tables)
        else:
            yield from citation_verdicts(actor, one.row, one.disclosed)


def _content(outputs: list[Output], name: str) -> bytes | None:
    path = next((path_of(one.path) for one in outputs if one.name == name), None)
    return path.read_bytes() if path is not None and path.is_file() else None


def _text(outputs: list[Output]) -> str:
    return (_content(outputs, PAGE) or b"").decode("utf-8", errors="replace")


def _seal_verdict(release: Release, rows: list[ReleasedFigure]) -> Verdict:
    if seal_of(release.manifest, {row.slug: frozen(row) for row in rows}) == release.seal:
        return holds("", SEAL, "The seal over files and figures is unbroken.")
    return fails("", SEAL, "The seal is broken: the list of files or a frozen figure was altered after publication.")


def _trail_verdicts(actor: Actor, release: Release) -> Iterator[Verdict]:
    """Whether the audit trail still holds the event it ended with at publication, and the release's seal."""
    length, _ = head(partnership_id=release.partnership_id)
    if length < release.audit_length:
        yield fails(
            "", TRAIL, f"The audit trail had {release.audit_length:,} events at publication and has {length:,} now."
        )
    elif release.audit_length:
        yield _head_verdict(actor, release)
    yield from _publication_verdicts(actor, release)


def _head_verdict(actor: Actor, release: Release) -> Verdict:
    found = sealed_hash(actor, sequence=release.audit_length)
    if found is None:
        return not_checked(
            "", TRAIL, "The audit trail's end at publication can be checked by those who may read all of it."
        )
    if found != release.audit_head:
        return fails("", TRAIL, f"Event {release.audit_length:,} of the audit trail is not the one it ended with then.")
    return holds("", TRAIL, f"The audit trail still holds event {release.audit_length:,}, with which it ended then.")


def _publication_verdicts(actor: Actor, release: Release) -> Iterator[Verdict]:
    """The publication's own event quotes the seal. While it is being published there is none yet."""
    own = events(actor, kind="publication.Release", subject=str(release.id), changes_only=True)
    said = [event for event in own.events if event.verb == "publish"]
    if not said:
        return
    if release.seal in said[0].sentence:
        yield holds("", TRAIL, "The audit trail quotes the same seal.")
    else:
        yield fails("", TRAIL, "The seal is not the one that the audit trail quotes for this publication.")

"""What may go out, what may be taken back, and how what went out is sealed. Pure: no database, no clock, no files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from wardstats.disclosure import Disclosed, Revealed, audit_union, difference_reveals
from wardwell.access.policy import Decision

NOT_SIGNED_OFF = "Only a signed-off assessment is published. This one is {state}."
AUTHOR_MAY_NOT = "You are its author. What goes out to the public is checked by somebody else."
ALREADY_OUT = "It is published already, as {reference}. Withdraw that first, or revise the assessment."
HOW_LONG = 10
PERIOD_PARAMETERS = frozenset({"from", "until", "compare_from", "compare_until"})
WORDS_OF_KIND = {"strategic assessment": "SA"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """An assessment that somebody wants to publish. `out_as` is the reference under which it is out already, if it is."""

    state: str
    author_id: UUID
    out_as: str = ""


def can_publish(candidate: Candidate, *, by: UUID, reason: str | None = None) -> Decision:
    """May it go out, by this worker? Without a reason given yet, whether it could once there is one.

    >>> anil, maya = UUID(int=1), UUID(int=2)
    >>> can_publish(Candidate("signed off", anil), by=maya, reason="Read it against the figures.").allowed
    True
    >>> can_publish(Candidate("signed off", anil), by=anil).because
    'You are its author. What goes out to the public is checked by somebody else.'
    >>> can_publish(Candidate("in review", anil), by=maya).because
    'Only a signed-off assessment is published. This one is in review.'
    """
    if candidate.state != "signed off":
        return Decision(False, NOT_SIGNED_OFF.format(state=candidate.state))
    if candidate.out_as:
        return Decision(False, ALREADY_OUT.format(reference=candidate.out_as))
    if candidate.author_id == by:
        return Decision(False, AUTHOR_MAY_NOT)
    if reason is not None and len(reason.strip()) < HOW_LONG:
        return Decision(False, "Say what you checked before it goes out.")
    return Decision(True, "It is signed off, and you are not its author.")


def can_withdraw(state: str, *, reason: str | None = None) -> Decision:
    """May a release be withdrawn?

    >>> can_withdraw("withdrawn").because
    'It is withdrawn already.'
    >>> can_withdraw("published", reason=" ").because
    'Say why it is withdrawn: readers are told the reason.'
    """
    if state == "withdrawn":
        return Decision(False, "It is withdrawn already.")
    if reason is not None and not reason.strip():
        return Decision(False, "Say why it is withdrawn: readers are told the reason.")
    return Decision(True, "It is published.")


def reference_of(*, partnership_code: str, kind: str, year: int, number: int) -> str:
    """How a release is quoted.

    >>> reference_of(partnership_code="swp", kind="strategic assessment", year=2025, number=1)
    'SWP-SA-2025-1'
    """
    return f"{partnership_code}-{WORDS_OF_KIND.get(kind, 'R')}-{year}-{number}".upper()


# -- What two releases give away together ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that an earlier release and this one give away together."""

    slug: str
    reference: str
    row: tuple[str, ...]
    column: str
    because: str

    @property
    def is_small_change(self) -> bool:
        """Whether a printed count changed by a few: published with a reason. Anything else gives a hidden count away."""
        return self.because.startswith("the two releases differ by")

    @property
    def sentence(self) -> str:
        where = ", ".join(self.row)
        return f"Figure “{self.slug}”, {where}, {self.column}: beside release {self.reference}, {self.because}."


def differences(earlier: Iterable[tuple[str, Disclosed]], figures: Mapping[str, Disclosed]) -> tuple[Difference, ...]:
    """What readers who keep the earlier releases (each figure with its release's reference) could read out of these figures.

    Only figures that answer the same question are compared: the same measure asked with the same parameters, periods aside
    where the rows are months.
    """
    return tuple(
        _difference(slug, reference, found)
        for reference, old in earlier
        for slug, new in figures.items()
        if question_of(old) is not None and question_of(old) == question_of(new)
        for found in difference_reveals(old, new)
    )


def given_away(earlier: Iterable[tuple[str, Disclosed]], figures: Mapping[str, Disclosed]) -> str:
    """What the figures, side by side and beside everything that is out already, give away, in a sentence; empty when nothing.

    A hidden month is a year less eleven printed months: each figure may be safe alone and the release not. What earlier
    releases give away without these figures is not held against them.
    """
    out = [(f"Release {reference}, “{one.title}”", one) for reference, one in earlier]
    named = [*out, *((f"Figure “{slug}”", one) for slug, one in figures.items())]
    leaks = audit_union([one for _, one in named])
    known = {(leak.figure, leak.cell) for leak in audit_union([one for _, one in out])} if leaks else set()
    fresh = [leak for leak in leaks if (leak.figure, leak.cell) not in known]
    own_first = sorted(fresh, key=lambda leak: leak.figure < len(out))
    return "".join(f"{named[leak.figure][0]}: {leak.sentence}" for leak in own_first[:1])


def question_of(disclosed: Disclosed) -> str | None:
    """What a figure answers, so that two figures can be compared; None for what was not computed."""
    lineage = disclosed.provenance.get("lineage")
    if lineage is None:
        return None
    by_month = any(column.kind == "month" for column in disclosed.columns)
    left_out = PERIOD_PARAMETERS if by_month else frozenset()
    asked = {name: value for name, value in lineage["parameters"].items() if name not in left_out}
    return canonical([lineage["measure"], asked])


def why_not_beside(found: Sequence[Difference], *, revision_reason: str) -> str:
    """Why these differences stop a release; empty when nothing does."""
    hidden = [one for one in found if not one.is_small_change]
    if hidden:
        return f"{hidden[0].sentence} It stays hidden: raise the threshold or leave the figure out."
    if found and not revision_reason.strip():
        return (
            f"{found[0].sentence} If the figures were revised at their source, say so as the reason for the revision."
        )
    return ""


def _difference(slug: str, reference: str, found: Revealed) -> Difference:
    return Difference(slug, reference, found.row, found.column, found.because)


# -- The seal -------------------------------------------------------------------------------------------------------------


def canonical(content: Any) -> str:
    """JSON in one fixed form, for digests and comparisons."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def seal_of(manifest: Mapping[str, str], figures: Mapping[str, Mapping[str, Any]]) -> str:
    """One digest over the outputs' digests and the frozen figures: whoever changes any of them changes it.

    >>> seal_of({"document.html": "ab"}, {}) == seal_of({"document.html": "ac"}, {})
    False
    """
    return hashlib.sha256(canonical([dict(manifest), {k: dict(v) for k, v in figures.items()}]).encode()).hexdigest()

"""The life of an assessment: draft, in review, signed off, superseded; and what stands in the way of each move."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from wardwell.access.policy import Decision
from wardwell.assessment.rules.text import Problem, TypedNumber


class State(StrEnum):
    """Where an assessment stands."""

    DRAFT = "draft"
    IN_REVIEW = "in review"
    SIGNED_OFF = "signed off"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Move:
    """A step from one state to the next: its name, who takes it, and whether a reason is minuted."""

    name: str
    before: State
    after: State
    by: str
    needs_reason: bool


SUBMIT = Move("submit for review", State.DRAFT, State.IN_REVIEW, "an analyst or the manager", False)
RETURN = Move("return to draft", State.IN_REVIEW, State.DRAFT, "the manager or the Board", True)
SIGN_OFF = Move("sign off", State.IN_REVIEW, State.SIGNED_OFF, "the Board, by somebody who did not write it", True)
SUPERSEDE = Move("supersede", State.SIGNED_OFF, State.SUPERSEDED, "the sign-off of the edition that follows", False)
MOVES = (SUBMIT, RETURN, SIGN_OFF, SUPERSEDE)

NOT_YOURS = "Somebody else signs off than who wrote or submitted the assessment."
WITHOUT_REASON = "Say why: the reason is minuted with the decision."


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Something that must be put right before sign-off: what it is about, and a sentence for the screen."""

    kind: str  # "checklist item" | "text" | "typed number" | "figure"
    about: str
    sentence: str


@dataclass(frozen=True, slots=True)
class ItemStanding:
    """A head of the checklist: does anything stand under it, or has somebody said why not?"""

    name: str
    findings: int
    absence_reason: str


@dataclass(frozen=True, slots=True)
class FindingStanding:
    """A finding: what does not hold in its text, and the numbers in it that nobody has explained."""

    heading: str
    problems: tuple[Problem, ...]
    unexplained: tuple[TypedNumber, ...]


@dataclass(frozen=True, slots=True)
class FigureStanding:
    """A figure: is it computed from the evidence as it stands, or has somebody said why not?"""

    slug: str
    is_behind_evidence: bool
    is_acknowledged: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """All that decides about an assessment's next step, gathered by `queries`."""

    state: State
    contributors: frozenset[UUID]
    items: tuple[ItemStanding, ...]
    findings: tuple[FindingStanding, ...]
    figures: tuple[FigureStanding, ...]


def obstacles(standing: Standing) -> tuple[Obstacle, ...]:
    """Everything that must be put right before sign-off, in the order in which a reader meets it."""
    return (
        *(_empty(item) for item in standing.items if not item.findings and not item.absence_reason.strip()),
        *(_broken(finding, problem) for finding in standing.findings for problem in finding.problems),
        *(_typed(finding, number) for finding in standing.findings for number in finding.unexplained),
        *(_behind(one) for one in standing.figures if one.is_behind_evidence and not one.is_acknowledged),
    )


def _empty(item: ItemStanding) -> Obstacle:
    return Obstacle("checklist item", item.name, f"“{item.name}” has no finding and no reason why not.")


def _broken(finding: FindingStanding, problem: Problem) -> Obstacle:
    return Obstacle("text", finding.heading, f"In “{finding.heading}”: {problem.sentence}")


def _typed(finding: FindingStanding, number: TypedNumber) -> Obstacle:
    sentence = (
        f"In “{finding.heading}”: “{number.number}” was typed by hand. Cite a figure, or say why it stands there."
    )
    return Obstacle("typed number", finding.heading, sentence)


def _behind(figure: FigureStanding) -> Obstacle:
    sentence = f"The evidence behind the figure “{figure.slug}” has changed. Compute it again, or say why it stays."
    return Obstacle("figure", figure.slug, sentence)


def can_change(state: State) -> Decision:
    """Only a draft can be changed.

    >>> can_change(State.DRAFT).allowed, can_change(State.SIGNED_OFF).because
    (True, 'This assessment is signed off: only a draft can be changed.')
    """
    if state == State.DRAFT:
        return Decision(True, "It is a draft.", "can change")
    return Decision(False, f"This assessment is {state}: only a draft can be changed.", "can change")


def can_submit(standing: Standing) -> Decision:
    """A draft with at least one finding, whose text names only figures that are there, can be submitted for review.

    What is still missing does not stop it: reviewers may want to see it. It stops the sign-off.
    """
    if standing.state != SUBMIT.before:
        return _wrong_state(SUBMIT, standing.state)
    if not standing.findings:
        return Decision(False, "There is nothing to review yet: write a finding first.", SUBMIT.name)
    for finding in standing.findings:
        for problem in finding.problems:
            return Decision(False, _broken(finding, problem).sentence, SUBMIT.name)
    return Decision(True, "It is a draft with findings.", SUBMIT.name)


def can_return_to_draft(state: State, *, reason: str | None = None) -> Decision:
    """What is in review goes back to its author with a reason; `reason=None` asks before one is given.

    >>> can_return_to_draft(State.IN_REVIEW).allowed, can_return_to_draft(State.IN_REVIEW, reason=" ").allowed
    (True, False)
    """
    if state != RETURN.before:
        return _wrong_state(RETURN, state)
    if reason is not None and not reason.strip():
        return Decision(False, "Say what is to be put right.", RETURN.name)
    return Decision(True, "It is in review.", RETURN.name)


def can_sign_off(standing: Standing, *, by: UUID, reason: str | None = None) -> Decision:
    """Signed off by somebody who did not write or submit it, with a reason, once nothing stands in the way.

    `reason=None` asks before one is given. The first obstacle is the sentence; `obstacles` lists them all.
    """
    if standing.state != SIGN_OFF.before:
        return _wrong_state(SIGN_OFF, standing.state)
    if by in standing.contributors:
        return Decision(False, NOT_YOURS, SIGN_OFF.name)
    found = obstacles(standing)
    if found:
        more = f" (and {len(found) - 1} more)" if len(found) > 1 else ""
        return Decision(False, found[0].sentence + more, SIGN_OFF.name)
    if reason is not None and not reason.strip():
        return Decision(False, WITHOUT_REASON, SIGN_OFF.name)
    return Decision(
        True, "Every head is answered, every number has its source, and somebody else wrote it.", SIGN_OFF.name
    )


def can_revise(state: State) -> Decision:
    """A signed assessment is never changed: a new edition follows it.

    >>> [can_revise(state).allowed for state in State]
    [False, False, True, False]
    """
    if state == State.SIGNED_OFF:
        return Decision(True, "It is signed off, so a new edition can follow it.", "can revise")
    return Decision(
        False, f"This assessment is {state}: a new edition follows the one that is signed off.", "can revise"
    )


def can_remove_figure(slug: str, named_in: Collection[str]) -> Decision:
    """A figure can go once no finding names it.

    >>> can_remove_figure("crime", ["Levels"]).because
    'The figure “crime” is named in “Levels”: take it out of the text first.'
    """
    if named_in:
        where = "”, “".join(sorted(named_in))
        return Decision(
            False, f"The figure “{slug}” is named in “{where}”: take it out of the text first.", "can remove"
        )
    return Decision(True, "No finding names it.", "can remove")


def _wrong_state(move: Move, state: State) -> Decision:
    return Decision(False, f"To {move.name} it must be {move.before}; it is {state}.", move.name)

"""Draft a strategic assessment from the evidence: the standard figures, and the sentences that they allow.

Safe to run twice: an assessment of the same period is named and left as it is; --again computes its figures again.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date, datetime
from uuid import UUID

from wardwell.access.actor import Actor
from wardwell.access.database import acting_as
from wardwell.assessment import operations
from wardwell.assessment.rules.periods import month_named
from wardwell.audit.gate import NotAllowed
from wardwell.jobs.asking import actor_from, add_actor

DONE, LEFT_AS_IT_IS, REFUSED = 0, 0, 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which year, in whose name."""
    add_actor(parser)
    parser.add_argument(
        "--until", metavar="YYYY-MM", required=True, type=_month, help="the month after the last one assessed"
    )
    parser.add_argument(
        "--as-at", metavar="YYYY-MM-DD", type=date.fromisoformat, help="date at which the law is read; today"
    )
    parser.add_argument("--title", default="", help="another title than the usual one")
    parser.add_argument("--again", action="store_true", help="compute the figures of the draft there is again")


def run(options: argparse.Namespace) -> int:
    """Draft, or compute again. 0 when done or when there was one already, 2 with a sentence when it was refused."""
    actor = actor_from(options)
    try:
        with acting_as(actor):
            return _drafted(actor, options)
    except operations.UnableToDraft as present:
        return _present(actor, present, again=options.again)
    except (operations.UnableToAssess, NotAllowed) as refusal:
        return _refused(refusal)


def _drafted(actor: Actor, options: argparse.Namespace) -> int:
    drafted = operations.draft(
        actor=actor, at=actor.at, period_until=options.until, as_at=options.as_at, title=options.title
    )
    print(
        f"Drafted with {drafted.figures} figures and {drafted.findings} findings: /assessments/{drafted.assessment_id}"
    )
    for slug, why in drafted.left_out:
        print(f"Left out {slug}: {why}")
    return DONE


def _present(actor: Actor, present: operations.UnableToDraft, *, again: bool) -> int:
    if not again:
        print(f"{present} Nothing was changed: /assessments/{present.existing_id}")
        return LEFT_AS_IT_IS
    try:
        return _computed_again(actor, actor.at, present.existing_id)
    except (operations.UnableToAssess, NotAllowed) as refusal:
        return _refused(refusal)


def _computed_again(actor: Actor, at: datetime, assessment_id: UUID) -> int:
    with acting_as(actor):
        again = operations.compute_again(actor=actor, at=at, assessment_id=assessment_id)
    print(f"Computed again: {len(again.changed)} figures changed, {len(again.unchanged)} are the same.")
    for slug in again.changed:
        print(f"Changed: {slug}")
    for heading in again.left_alone:
        print(f"Left as somebody edited it: “{heading}”. Read it again beside its figures.")
    return DONE


def _refused(refusal: Exception) -> int:
    print(f"wardwell: {refusal}", file=sys.stderr)
    return REFUSED


def _month(text: str) -> date:
    try:
        return month_named(text)
    except ValueError as fault:
        raise argparse.ArgumentTypeError(f"“{text}” is no month such as 2025-11") from fault

"""Publish a signed-off assessment: page, PDF, Word file and data, frozen and open to everybody.

Exit code 0: published; 2: refused, with the reason.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from uuid import UUID

from django.utils import timezone

from wardwell.access.database import acting_as
from wardwell.audit.gate import NotAllowed
from wardwell.jobs.asking import actor_from, add_actor
from wardwell.publication import operations, queries

REFUSED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which assessment, what was checked, the date on it, and in whose name."""
    parser.add_argument("--assessment", required=True, type=UUID, metavar="KEY", help="key of the assessment")
    parser.add_argument("--reason", required=True, help="what you checked before it goes out")
    parser.add_argument("--on", type=date.fromisoformat, metavar="DATE", help="date printed on it; today if left out")
    parser.add_argument(
        "--revised", default="", metavar="REASON", help="why counts that an earlier release printed changed by a few"
    )
    add_actor(parser)


def run(options: argparse.Namespace) -> int:
    """Publish, and say where the files are."""
    actor = actor_from(options)
    try:
        out = operations.publish(
            actor=actor,
            at=actor.at,
            assessment_id=options.assessment,
            released_on=options.on or timezone.localdate(),
            reason=options.reason,
            revision_reason=options.revised,
        )
    except (operations.UnableToPublish, NotAllowed) as fault:
        print(f"wardwell: {fault}", file=sys.stderr)
        return REFUSED
    print(f"Published {out.reference}: {out.figures} figures in {out.files} files.")
    with acting_as(actor):
        view = queries.release(actor, out.reference)
    for one in view.outputs if view else ():
        print(f"{one.sha256}  {one.name}")
    return 0

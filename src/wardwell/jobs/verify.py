"""Verify releases: count every number again from the kept files and compare it with what was published.

Exit code 0: everything holds; 1: something does not; 2: nothing could be verified.
"""

from __future__ import annotations

import argparse
import json
import sys

from wardwell.access.actor import Actor
from wardwell.access.database import acting_as
from wardwell.audit.gate import NotAllowed
from wardwell.jobs.asking import actor_from, add_actor
from wardwell.publication import operations, queries

DIFFERS, NOTHING = 1, 2
ALL = "all"
MARKS = {"holds": "✓", "fails": "✗", "not checked": "–"}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which release, how it is told, and in whose name."""
    parser.add_argument("reference", metavar="REFERENCE", help="such as SWP-SA-2025-1; or “all”")
    parser.add_argument("--json", action="store_true", help="tell it as JSON")
    add_actor(parser)


def run(options: argparse.Namespace) -> int:
    """Verify one release or all of them; 1 if anything does not hold."""
    actor = actor_from(options)
    with acting_as(actor):
        chosen = [one for one in queries.releases(actor) if options.reference in (ALL, one.reference)]
    if not chosen:
        print(f"wardwell: this partnership has no release {options.reference}.", file=sys.stderr)
        return NOTHING
    try:
        found = [operations.verify(actor=actor, at=actor.at, reference=one.reference) for one in chosen]
    except NotAllowed as fault:
        print(f"wardwell: {fault}", file=sys.stderr)
        return NOTHING
    if options.json:
        print(json.dumps([one.to_json() for one in found], ensure_ascii=False, indent=2))
    else:
        for one in found:
            _tell(actor, one)
    return 0 if all(one.holds for one in found) else DIFFERS


def _tell(actor: Actor, found: queries.Verification) -> None:
    print(f"{found.reference}, verified on {found.at:%-d %B %Y} by {actor.name}")
    for verdict in found.verdicts:
        print(f"  {MARKS[verdict.outcome]} {verdict.sentence}")
    print(f"{'Everything holds' if found.holds else 'NOT AS PUBLISHED'}: {found.says}\n")

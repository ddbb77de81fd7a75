"""Sweep the evidence folders: remove what killed imports left, and see to the submissions they were reading."""

from __future__ import annotations

import argparse
import sys

from django.utils import timezone

from wardwell.audit.gate import NotAllowed
from wardwell.evidence import operations
from wardwell.jobs.asking import actor_from, add_actor


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """In whose name, and for which partnership."""
    add_actor(parser)


def run(options: argparse.Namespace) -> int:
    """Sweep; 2 while an import is running."""
    actor = actor_from(options)
    try:
        swept = operations.sweep(actor=actor, at=timezone.now())
    except (operations.UnableToSweep, NotAllowed) as fault:
        print(f"wardwell: {fault}", file=sys.stderr)
        return 2
    for place in swept.removed:
        print(f"removed {place}")
    print(
        f"{len(swept.removed)} orphan files removed, {swept.handed_on} submissions handed on again, "
        f"{swept.closed} closed as interrupted."
    )
    return 0

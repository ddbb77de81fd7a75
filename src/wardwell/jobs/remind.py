"""Remind suppliers of what is due within fourteen days, and chase what is late; to be run once a day."""

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
    """Remind; 2 for somebody who may not. Run again on the same day, it tells nobody anything twice."""
    try:
        reminded = operations.remind(actor=actor_from(options), at=timezone.now())
    except NotAllowed as fault:
        print(f"wardwell: {fault}", file=sys.stderr)
        return 2
    print(f"{reminded.reminders} reminders, {reminded.chasers} chasers, {reminded.letters} sent by e-mail.")
    return 0

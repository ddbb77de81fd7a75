"""Import data files into a dataset: read, check, keep; or refuse whole, with file, row, column and what to do.

A file may be a plain CSV, gzip, a zip, or a folder of months as data.police.uk gives them. Exit code 0: accepted, or nothing
in it is new; 2: refused.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

from django.utils import timezone

from wardwell.access.actor import Actor
from wardwell.access.database import acting_as
from wardwell.audit.gate import NotAllowed
from wardwell.evidence import operations, queries
from wardwell.evidence.rules import State
from wardwell.jobs.asking import actor_from, add_actor

REFUSED = 2


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Which files, into which dataset, as which edition, in whose name."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="CSV, .csv.gz, .zip or a folder of months")
    parser.add_argument("--dataset", required=True, metavar="CODE", help="the dataset they belong to")
    parser.add_argument("--edition", default="", help="which publication this is, such as “downloaded 3 November 2025”")
    add_actor(parser)


def run(options: argparse.Namespace) -> int:
    """Import each file; the highest exit code of them all."""
    actor = actor_from(options)
    return max(_import(actor, file, options.dataset, options.edition) for file in options.files)


def _import(actor: Actor, file: Path, dataset: str, edition: str) -> int:
    at = timezone.now()
    actor = actor.moved_to(at)
    try:
        key = operations.receive_in_place(actor=actor, at=at, dataset_code=dataset, path=file, edition=edition)
        outcome = operations.take_in(actor=actor, at=at, submission_id=key, tell=_tell)
    except (operations.UnableToReceive, operations.UnableToTakeIn, NotAllowed) as fault:
        print(f"wardwell: {fault}", file=sys.stderr)
        return REFUSED
    _tell("", 0, 0)
    if outcome.state == State.REFUSED:
        print(f"Refused. {outcome.says} Nothing of it was kept.", file=sys.stderr)
        return REFUSED
    print(outcome.says)
    if outcome.snapshot_id is not None:
        with acting_as(actor):
            whole = queries.snapshot(actor, outcome.snapshot_id)
        if whole is not None:
            _account(whole)
    return 0


def _account(whole: queries.SnapshotWhole) -> None:
    months: dict[date | None, list[int]] = defaultdict(lambda: [0, 0, 0])
    for line in whole.reconciliation:
        for column, number in enumerate((line.rows_in, line.accepted, line.quarantined)):
            months[line.month][column] += number
    print(f"\n{'month':<16}{'rows in':>12}{'accepted':>12}{'quarantined':>13}")
    for month in sorted(months, key=lambda one: one or date.max):
        rows_in, accepted, quarantined = months[month]
        print(f"{f'{month:%B %Y}' if month else 'no month':<16}{rows_in:>12,}{accepted:>12,}{quarantined:>13,}")
    kept = whole.snapshot
    print(f"{'all':<16}{kept.rows_in:>12,}{kept.rows:>12,}{kept.quarantined:>13,}\n")
    for note in kept.notes:
        print(f"- {note}")
    print(f"Snapshot {kept.sha256}")


def _tell(words: str, done: int, total: int) -> None:
    if sys.stderr.isatty():
        share = f"{100 * done // total:>3}% " if total else ""
        print(f"\r\033[K{share}{words[:70]}", end="", file=sys.stderr, flush=True)

"""Check that no event of the audit trail was altered, removed or inserted behind it: `wardwell audit verify`."""

from __future__ import annotations

import argparse

from wardwell.audit.queries import counted, verify


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The one thing it can do."""
    parser.add_argument("what", choices=["verify"], help="recompute every seal")


def run(options: argparse.Namespace) -> int:
    """Verify; 0 when every chain holds, 1 when one does not. Runs as migrator, who sees every event."""
    faults = verify()
    for fault in faults:
        print(f"Partnership {fault.partnership}, event {fault.sequence}: {fault.what}.")
    if not faults:
        print(f"The audit trail holds: {counted():,} events, none altered, removed or inserted.")
    return 1 if faults else 0

"""What each address of the matrix is about: a function that gives the parts of its path, made in the world if need be.

A new address about one thing gets a function here; addresses without one have no parts. `SENT` is what is posted where an
empty form would not do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests import holding
from tests.world import World
from wardwell.access.queries import grants
from wardwell.evidence import queries as evidence

Parts = dict[str, Any]


def _anils_grant(world: World) -> Parts:
    held = grants(world.actor("maya"))
    return {"grant_id": next(one.id for one in held if one.worker_id == world.workers["anil"])}


def _held(world: World) -> None:
    """Safer Wolverhampton holds its evidence, from now on."""
    anil = world.actor("anil")
    if not evidence.datasets(anil):
        holding.keep_evidence(anil, at=anil.at)


def _dataset(world: World) -> Parts:
    _held(world)
    return {"code": "counts"}


def _submission(world: World) -> Parts:
    _held(world)
    return {"submission_id": evidence.submissions(world.actor("anil"))[0].id}


def _snapshot(world: World) -> Parts:
    _held(world)
    return {"snapshot_id": evidence.snapshots(world.actor("anil"), dataset_code="counts").snapshots[0].id}


def _file(world: World) -> Parts:
    _held(world)
    return {"sha256": evidence.snapshots(world.actor("anil"), dataset_code="counts").snapshots[0].sha256}


def _by_month(world: World) -> Parts:
    _held(world)
    return {"name": "by-month"}


OBJECTS: dict[str, Callable[[World], Parts]] = {
    "partnership": lambda world: {"code": "swp"},
    "end_access": _anils_grant,
    "evidence_dataset": _dataset,
    "evidence_submission": _submission,
    "evidence_snapshot": _snapshot,
    "evidence_reconciliation": _snapshot,
    "evidence_quarantine": _snapshot,
    "evidence_rows": _snapshot,
    "evidence_file": _file,
    "explorer_boundaries": lambda world: {"district": "E08000031", "level": "ward25"},
    "explorer_picture": _by_month,
    "explorer_csv": _by_month,
    "explorer_metadata": _by_month,
    "identity_sheet": lambda world: {"colour": "12394a"},
}

SENT: dict[str, dict[str, str]] = {
    "work_for": {"partnership": "swp"},
}

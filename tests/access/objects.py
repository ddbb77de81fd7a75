"""What each address of the matrix is about: a function that gives the parts of its path, made in the world if need be.

A new address about one thing gets a function here; addresses without one have no parts. `SENT` is what is posted where an
empty form would not do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.world import World
from wardwell.access.queries import grants

Parts = dict[str, Any]


def _anils_grant(world: World) -> Parts:
    held = grants(world.actor("maya"))
    return {"grant_id": next(one.id for one in held if one.worker_id == world.workers["anil"])}


OBJECTS: dict[str, Callable[[World], Parts]] = {
    "partnership": lambda world: {"code": "swp"},
    "end_access": _anils_grant,
    "identity_sheet": lambda world: {"colour": "12394a"},
}

SENT: dict[str, dict[str, str]] = {
    "work_for": {"partnership": "swp"},
}

"""Wolverhampton's real counts, held by Safer Wolverhampton."""

from __future__ import annotations

import pytest
from django.test import Client

from tests import holding
from tests.wardwell.web.visiting import visitor
from tests.world import World


@pytest.fixture
def held(world: World) -> World:
    """The world, with everything that the explorer reads."""
    anil = world.actor("anil")
    holding.keep_evidence(anil, at=anil.at)
    return world


@pytest.fixture
def anil(held: World) -> Client:
    """Anil at the explorer."""
    return visitor(held, "anil")

"""What Anil holds before a page of evidence is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from tests import holding
from tests.world import World
from wardwell.access.actor import Actor
from wardwell.evidence import operations

JANUARY = holding.STREET / "2014-01" / "2014-01-west-midlands-street.csv"


@dataclass
class Desk:
    """Anil's desk: files are taken in one after the other, an hour apart."""

    world: World
    hours: int = 0

    @property
    def anil(self) -> Actor:
        return self.world.actor("anil", at=self.world.at + timedelta(hours=self.hours))

    def takes_in(self, path: Path, edition: str, *, code: str = "street") -> operations.Outcome:
        """What becomes of a file."""
        self.hours += 1
        return holding.take_in(self.anil, at=self.anil.at, code=code, path=path, edition=edition)


@pytest.fixture
def desk(world: World) -> Desk:
    """Datasets are declared, and nothing is held."""
    here = Desk(world)
    holding.declare_datasets(here.anil, at=here.anil.at)
    return here


@pytest.fixture
def altered(tmp_path: Path) -> Callable[..., Path]:
    """Makes January 2014 of the West Midlands with one line changed."""

    def make(line: int, change: Callable[[str], str]) -> Path:
        lines = JANUARY.read_text(encoding="utf-8").splitlines()
        lines[line - 1] = change(lines[line - 1])
        path = tmp_path / JANUARY.name
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return path

    return make

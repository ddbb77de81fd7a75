"""Small files for the readers, and the real extracts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from wardstats import sources

DATA = Path(__file__).parent.parent / "data"
Read = Callable[..., sources.Reading]


@pytest.fixture
def data() -> Path:
    """The folder of real extracts."""
    return DATA


@pytest.fixture
def staging(tmp_path: Path) -> Path:
    """A staging folder that is not there yet."""
    return tmp_path / "read-into"


@pytest.fixture
def read(staging: Path) -> Read:
    """Read a supply into the staging folder; street files unless told otherwise."""

    def reading(
        source: Path, *, table: str = "street_crime", into: Path = staging, **options: object
    ) -> sources.Reading:
        return sources.read(source, into=into, table=table, **options)  # type: ignore[arg-type]

    return reading

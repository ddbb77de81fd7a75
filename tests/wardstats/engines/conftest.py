"""One Spark for all tests that ask for it, and none for a run that does not."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="session")
def spark(request: pytest.FixtureRequest) -> Iterator[Any]:
    """A cluster on this machine; its tests are left out, with the reason, where it is not asked for or cannot be."""
    if "engines" not in str(request.config.getoption("-m")):
        pytest.skip("Spark is asked for with `make test-engines`")
    if shutil.which("java") is None:
        pytest.skip("no Java on this machine: nothing was run on Spark")
    module = pytest.importorskip("wardstats.engines.spark", reason="pyspark is not installed: nothing was run on Spark")
    # A run of a minute is over before Java's thorough compiler pays for itself.
    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")
    with module.Spark() as engine:
        yield engine

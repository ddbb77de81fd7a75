"""A reading that is killed leaves its staging folder and nothing else; what is whole is only there when all is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from wardstats import sources
from wardstats.synthetic import write_year

CHILD = """
import sys
from pathlib import Path
from wardstats import sources

sources.read(Path(sys.argv[1]), into=Path(sys.argv[2]), table="street_crime", progress=lambda p: print(p.step, flush=True))
print("done", flush=True)
"""


@pytest.fixture(scope="module")
def supply(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small national year."""
    folder = tmp_path_factory.mktemp("national")
    write_year(folder, seed=3, year=2023, scale=0.01)
    return folder


@pytest.mark.parametrize(
    ("step", "delay"), [("inspecting", 0.0), ("inspecting", 0.2), ("keeping", 0.0), ("keeping", 0.2)]
)
def test_nothing_half_read_is_visible(supply: Path, tmp_path: Path, step: str, delay: float) -> None:
    staging = tmp_path / "parent" / "into"
    before = sorted(path.relative_to(supply) for path in supply.rglob("*"))
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-c", CHILD, str(supply), str(staging)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as child:
        assert child.stdout is not None
        for said in child.stdout:
            if said.strip() == step:
                break
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)

    assert child.returncode == -signal.SIGKILL
    assert not (staging / "rows.parquet").exists()
    assert [path.name for path in (tmp_path / "parent").iterdir()] == ["into"]
    assert sorted(path.relative_to(supply) for path in supply.rglob("*")) == before

    reading = sources.read(supply, into=tmp_path / "parent" / "again", table="street_crime")
    assert reading.rows.exists()

"""The root of the library: every public name, each loaded on its first use only."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import wardstats
from wardstats.measures import LIBRARY_VERSION

HEAVY = {"ibis", "duckdb", "pyarrow", "pandas", "scipy", "statsmodels", "shapely", "vl_convert", "numpy"}
SOURCE = Path(wardstats.__file__).parents[1]


def modules_after(statement: str) -> set[str]:
    """The top-level modules that a fresh Python has loaded after a statement."""
    program = f"import sys; sys.path.insert(0, {str(SOURCE)!r}); {statement}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return {name.partition(".")[0] for name in done.stdout.split()}


class TestRoot:
    def test_importing_loads_nothing_heavy(self) -> None:
        assert not modules_after("import wardstats") & HEAVY

    def test_using_a_name_loads_what_stands_behind_it(self) -> None:
        assert {"ibis", "duckdb"} <= modules_after("import wardstats; wardstats.Reader")

    def test_evidence_can_be_named_without_an_engine(self) -> None:
        assert not modules_after("from wardstats import Evidence, Snapshot") & {"duckdb", "ibis", "scipy", "pandas"}

    def test_every_public_name_is_there(self) -> None:
        assert all(getattr(wardstats, name) is not None for name in wardstats.__all__)
        assert {"Reader", "compute", "disclose", "vega_lite"} <= set(dir(wardstats))

    def test_it_has_the_version_that_results_carry(self) -> None:
        assert wardstats.__version__ == LIBRARY_VERSION

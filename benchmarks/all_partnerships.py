"""The standard figures of every partnership of the country: 318 of them, 36 months, 20 million rows, on two cores.

Writes made-up street files, takes them in as the product does, counts every district's rows in one pass over what was
kept, and computes and discloses every standard figure of every district in two processes. Beside it, in the same run,
DuckDB's own group-by of the same counts, written by hand: what anybody must at least wait for.

Run: python -m benchmarks.all_partnerships [--rows 1000000]
"""

from __future__ import annotations

import argparse
import json
import math
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import duckdb

from benchmarks.country import UNTIL, taken_in, with_areas, write_files
from wardstats import (
    Evidence,
    Gathered,
    Reader,
    StandardFigure,
    UnableToCompute,
    compute,
    disclose,
    gather,
    standard_figures,
)

ROWS, FEWER = 20_000_000, 1_000_000
CORES = 2
FROM_FILES, FROM_KEPT, MEMORY, GROWTH = 120.0, 60.0, 4 << 30, 1.05
STREETLAMP = (
    "streetlamp, by its own record on other files and another machine: 17.8 million rows read in 610 s, panel in 731 s"
)


@dataclass
class Run:
    """How long each part of one run took, in seconds, and what came of it."""

    rows: int
    taking_in: float = 0.0
    gathering: float = 0.0
    figures: float = 0.0
    peer: float = 0.0
    printed: int = 0
    memory: int = 0
    worked: dict[str, float] = field(default_factory=dict)

    @property
    def from_kept(self) -> float:
        """From kept files to figures."""
        return self.gathering + self.figures

    @property
    def from_files(self) -> float:
        """From police files to figures."""
        return self.taking_in + self.from_kept


def main() -> None:
    """Measure a small and the full size, print both, and fail if a goal is missed at full size."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=ROWS, help="about how many rows to make")
    rows = asked.parse_args().rows
    small, large = measured(min(FEWER, rows // 20)), measured(rows)
    for run in (small, large):
        print(
            f"{run.rows:>11,} rows: taking in {run.taking_in:6.1f} s, one pass {run.gathering:5.1f} s, "
            f"{run.printed:,} figures {run.figures:5.1f} s, in all {run.from_files:6.1f} s; group-by by hand {run.peer:5.1f} s"
        )
    work = ", ".join(f"{part.replace('_', ' ')} {seconds:.0f}" for part, seconds in large.worked.items())
    print(f"processor seconds, to tell this work from what else the machine does: {work}")
    print(f"one pass / group-by by hand {large.gathering / large.peer:.2f}")
    print(STREETLAMP)
    if not reached(small, large) and rows >= ROWS:
        raise SystemExit("A goal was missed.")


def reached(small: Run, large: Run) -> bool:
    """Whether every goal was reached, each told in a line."""
    growth = math.log(large.from_files / small.from_files) / math.log(large.rows / small.rows)
    goals = {
        f"from police files to figures {large.from_files:.0f} s, at most {FROM_FILES:.0f}": large.from_files
        <= FROM_FILES,
        f"from kept files to figures {large.from_kept:.0f} s, at most {FROM_KEPT:.0f}": large.from_kept <= FROM_KEPT,
        f"memory {large.memory / 2**30:.1f} GiB, at most {MEMORY / 2**30:.0f}": large.memory <= MEMORY,
        f"time grows with rows to the power {growth:.2f}, at most {GROWTH}": growth <= GROWTH,
    }
    for goal, is_reached in goals.items():
        print(f"{'reached' if is_reached else 'MISSED':8} {goal}")
    return all(goals.values())


def measured(rows: int) -> Run:
    """One run, in a process of its own, so that its memory is its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as alone:
        return alone.submit(run_of, rows).result()


def run_of(rows: int) -> Run:
    """One run from files to figures, and the peer on the same kept files."""
    with tempfile.TemporaryDirectory(prefix="wardstats-country-") as name:
        folder = Path(name)
        run = Run(write_files(folder / "files", rows))
        with timed(run, "taking_in"):
            street = taken_in(folder / "files", folder / "kept")
        evidence = with_areas(street, folder)
        with timed(run, "gathering"):
            gathered = gather(evidence, into=folder / "gathered")
        with timed(run, "figures"):
            run.printed = every_figure(gathered)
        with timed(run, "peer"):
            group_by_hand(evidence)
        own, workers = (
            resource.getrusage(who).ru_maxrss << 10 for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        run.memory = max(own, own // 2 + CORES * workers)
        return run


@contextmanager
def timed(run: Run, part: str) -> Iterator[None]:
    """Note how long a part of a run takes, and how long its processors work."""
    start, worked = time.perf_counter(), processor_seconds()
    yield
    setattr(run, part, time.perf_counter() - start)
    run.worked[part] = processor_seconds() - worked


def processor_seconds() -> float:
    """What this process and those it started, and that have ended, have worked."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def every_figure(gathered: Gathered) -> int:
    """Compute and disclose every standard figure of every district; how many they are."""
    with ProcessPoolExecutor(CORES, mp_context=multiprocessing.get_context("spawn")) as pool:
        return sum(pool.map(partial(figures_of, gathered), gathered.districts, chunksize=8))


def figures_of(gathered: Gathered, district: str) -> int:
    """How many of one district's standard figures could be given; none where a few made-up rows all lie elsewhere."""
    try:
        reader = Reader(gathered, district, threads=1)
    except UnableToCompute:
        return 0
    return sum(is_printed(reader, figure) for figure in standard_figures(district, UNTIL))


def is_printed(reader: Reader, figure: StandardFigure) -> bool:
    """Whether a figure could be given, as it would be printed; where the evidence does not allow it, it is refused."""
    try:
        disclosed = disclose(compute(figure.code, reader, **figure.parameters))
    except UnableToCompute:
        return False
    return bool(json.dumps(disclosed.to_json()))


def group_by_hand(evidence: Evidence) -> int:
    """The counts of the country as one query, as anybody would write it."""
    files = [str(kept.path) for kept in evidence.of("street_crime")]
    connection = duckdb.connect(config={"threads": CORES, "memory_limit": "1GB"})
    query = f"select lsoa_code, month, crime_type, count(*) from read_parquet({files}) where lsoa_code is not null group by all"
    return len(connection.sql(query).to_arrow_table())


if __name__ == "__main__":
    main()

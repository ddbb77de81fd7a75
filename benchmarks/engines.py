"""The same standard figures on DuckDB and on Spark, side by side, and from how many rows Spark would be the faster.

Two sizes of the made-up country. On both engines every row is counted in one pass, then the standard figures of one
district are computed from what was gathered. Time is taken to be a fixed part and a part for each row, which two sizes
give; where Spark takes longer for each row as well, no number of rows makes it win on this machine, and that is said.

Run: python -m benchmarks.engines [--rows 10000000]
"""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks.country import UNTIL, district, taken_in, with_areas, write_files
from wardstats import Evidence, Reader, compute, disclose, gather, standard_figures
from wardstats.engines import Engine
from wardstats.engines.duckdb import DuckDB
from wardstats.engines.spark import Spark, UnableToStart

ROWS, SMALLER = 10_000_000, 8
DISTRICT = district(100)


@dataclass(frozen=True)
class Times:
    """Seconds of one engine: its pass over every row, and one district's figures after it."""

    gathering: float
    figures: float

    @property
    def whole(self) -> float:
        """Both."""
        return self.gathering + self.figures


def main() -> None:
    """Measure both engines at two sizes and say which is for what."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--rows", type=int, default=ROWS, help="about how many rows to make")
    rows = asked.parse_args().rows
    with tempfile.TemporaryDirectory(prefix="wardstats-engines-") as folder:
        sizes = dict(made_of(Path(folder, str(size)), size) for size in (rows // SMALLER, rows))
        began = time.perf_counter()
        try:
            spark = Spark()
        except UnableToStart as fault:
            print(f"Left out, for there is no Spark here: {fault}")
            return
        starting = time.perf_counter() - began
        with spark:
            print(f"Spark on {spark.where}, started in {starting:.1f} s; each time the second of two runs")
            found = {made: beside(evidence, spark, Path(folder)) for made, evidence in sizes.items()}
    told(found, starting)


def made_of(folder: Path, rows: int) -> tuple[int, Evidence]:
    """A country with about so many rows, and how many they are."""
    made = write_files(folder / "files", rows)
    street = taken_in(folder / "files", folder / "kept")
    shutil.rmtree(folder / "files")
    return made, with_areas(street, folder)


def beside(evidence: Evidence, spark: Engine, folder: Path) -> tuple[Times, Times]:
    """Both engines on the same kept files; the first run of each warms it and does not count."""
    engines: dict[str, Callable[[], Engine]] = {"duckdb": DuckDB, "spark": lambda: spark}
    times = []
    for engine in engines.values():
        runs = [timed(evidence, engine(), folder / "gathered") for _ in range(2)]
        times.append(runs[-1])
    return times[0], times[1]


def timed(evidence: Evidence, engine: Engine, into: Path) -> Times:
    """One run of one engine."""
    start = time.perf_counter()
    gathered = gather(evidence, into=into, engine=engine)
    counted = time.perf_counter()
    reader = Reader(gathered, DISTRICT, engine=engine)
    for figure in standard_figures(DISTRICT, UNTIL):
        json.dumps(disclose(compute(figure.code, reader, **figure.parameters)).to_json())
    done = time.perf_counter()
    shutil.rmtree(into)
    return Times(counted - start, done - counted)


def told(found: dict[int, tuple[Times, Times]], starting: float) -> None:
    """The table, and the sentence that follows from it."""
    print(f"{'rows':>12} | one pass: DuckDB  Spark  ratio | one district: DuckDB  Spark  ratio")
    for rows, (ours, theirs) in found.items():
        print(
            f"{rows:>12,} | {ours.gathering:>16.2f}{theirs.gathering:>7.2f}{theirs.gathering / ours.gathering:>7.1f}"
            f" | {ours.figures:>20.2f}{theirs.figures:>7.2f}{theirs.figures / ours.figures:>7.1f}"
        )
    (fewer, few), (more, many) = sorted(found.items())
    slopes = [(many[at].gathering - few[at].gathering) / (more - fewer) for at in (0, 1)]
    fixed = [many[at].gathering - slopes[at] * more + many[at].figures for at in (0, 1)]
    if min(slopes) <= 0:
        print(
            "Nothing can be extrapolated: the time did not grow from the smaller size to the larger, so what else the machine "
            f"does, or the engine's fixed part, hides the rows. At {more:,} rows Spark took "
            f"{many[1].whole / many[0].whole:.0f} times as long. Run it on a quiet machine, or with more --rows."
        )
        return
    print(f"DuckDB: {fixed[0]:.1f} s and {slopes[0] * 1e6:.2f} s for each million rows")
    print(f"Spark:  {fixed[1] + starting:.1f} s with its start and {slopes[1] * 1e6:.2f} s for each million rows")
    print(verdict(slopes, fixed, starting))


def verdict(slopes: list[float], fixed: list[float], starting: float) -> str:
    """From how many rows Spark would win, in a sentence, by extrapolation."""
    if slopes[1] < slopes[0]:
        rows = max(0.0, (fixed[1] + starting - fixed[0]) / (slopes[0] - slopes[1]))
        return f"By extrapolation Spark wins on this machine from about {rows / 1e6:,.0f} million rows."
    times = slopes[1] / slopes[0]
    return (
        f"Spark never wins on this machine: it takes {times:.1f} times as long for each row too. A cluster would need more than "
        f"{times:.1f} times this machine's two cores to break even, if it shared the work out without loss; below that, and "
        "for as long as the rows fit on one disk, DuckDB is the one to use."
    )


if __name__ == "__main__":
    main()

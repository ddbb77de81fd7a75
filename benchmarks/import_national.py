"""Goal (a): a year of national street files read, checked, accounted for and kept, against DuckDB's own COPY.

Both read the same made-up files, with the same number of threads, each in a process of its own whose peak memory the
operating system reports. The least of several runs counts, taken in turns so that a busy machine slows both::

    python benchmarks/import_national.py               # 6.6 million rows, 1.6 GB: some minutes
    python benchmarks/import_national.py --scale 0.1   # a quick look; small sizes flatter nobody
"""

from __future__ import annotations

import argparse
import math
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import duckdb

from wardstats import sources
from wardstats.synthetic import Written, write_year

THREADS = 2
MOST_TIMES_SLOWER, MOST_MEMORY = 2.0, 2 << 30
LINEAR = 1.1


@dataclass(frozen=True)
class Run:
    """How long one run took, how long its processors worked, and the most memory that its process held."""

    seconds: float
    worked: float
    memory: int


def ours(files: Path, into: Path, expected: int) -> None:
    """Read the folder as the product does, and see that no row was lost."""
    reading = sources.read(files, into=into / "ours", table="street_crime", limits=sources.Limits(threads=THREADS))
    if reading.accepted != expected or reading.rows_in != reading.accepted + reading.quarantined:
        raise SystemExit(f"{reading.accepted:,} rows accepted, {expected:,} expected")


def theirs(files: Path, into: Path, expected: int) -> None:
    """DuckDB's COPY of the same files as anybody would write it, told only to go on past lines that it cannot read.

    It finds out headings, types and line ends for itself. Told everything beforehand it is faster by a third; given
    the headings alone it silently left out more than half of these rows, whose files differ in their line ends: so the
    rows of the peer are counted too.
    """
    connection = duckdb.connect(config={"threads": THREADS})
    connection.execute("set enable_progress_bar = false")
    copy = f"copy (select * from read_csv('{files}/*/*.csv', ignore_errors=true)) to '{into}/theirs.parquet'"
    connection.execute(f"{copy} (format parquet, compression zstd)")
    [(kept,)] = connection.execute(f"select count(*) from '{into}/theirs.parquet'").fetchall()
    if abs(kept - expected) > 100:
        raise SystemExit(f"COPY kept {kept:,} rows, {expected:,} expected")


def measured(work: Callable[[Path, Path, int], None], files: Path, expected: int) -> Run:
    """Run work in a new process and report on it."""
    context = multiprocessing.get_context("spawn")
    receiver, sender = context.Pipe(duplex=False)
    with tempfile.TemporaryDirectory(dir=files.parent) as into:
        process = context.Process(target=_report, args=(sender, work, files, Path(into), expected))
        process.start()
        sender.close()
        try:
            return Run(*receiver.recv())
        except EOFError:
            raise SystemExit(f"{work.__name__} failed on {files}") from None
        finally:
            process.join()


def _report(
    sender: Connection, work: Callable[[Path, Path, int], None], files: Path, into: Path, expected: int
) -> None:
    start = time.perf_counter()
    work(files, into, expected)
    seconds = time.perf_counter() - start
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    memory = sum(usage.ru_maxrss for usage in used) * (1 if sys.platform == "darwin" else 1024)
    sender.send((seconds, sum(usage.ru_utime + usage.ru_stime for usage in used), memory))


def best(runs: list[Run]) -> Run:
    """The least time, and the most memory, of several runs."""
    return Run(min(run.seconds for run in runs), min(run.worked for run in runs), max(run.memory for run in runs))


def compared(files: Path, written: Written, repeats: int) -> tuple[Run, Run]:
    """Ours and theirs on the same files, in turns."""
    pairs = [
        (measured(ours, files, written.good_rows), measured(theirs, files, written.good_rows)) for _ in range(repeats)
    ]
    return best([pair[0] for pair in pairs]), best([pair[1] for pair in pairs])


def main() -> None:
    """Write the data, measure, print the table, and fail if a goal is missed at full size."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--scale", type=float, default=1.0, help="share of a real year's rows (default 1)")
    parser.add_argument("--repeats", type=int, default=3, help="runs of each, in turns (default 3)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wardstats-import-") as folder:
        sizes = {name: arguments.scale * share for name, share in (("an eighth", 1 / 8), ("all", 1.0))}
        written = {
            name: write_year(Path(folder, name), seed=1, year=2023, scale=scale) for name, scale in sizes.items()
        }
        results = {name: compared(Path(folder, name), made, arguments.repeats) for name, made in written.items()}
    reached = report(written, results)
    if arguments.scale >= 1 and not reached:
        raise SystemExit("A goal was missed.")


def report(written: dict[str, Written], results: dict[str, tuple[Run, Run]]) -> bool:
    """Print what was measured, and say whether every goal was reached."""
    print(f"Import of a made-up national year, {THREADS} threads\n")
    beside = f"{'COPY':>7}{'ratio':>6}"
    print(
        f"{'':12}{'rows':>11}{'files':>6}{'MB':>7} |{'seconds':>8}{beside} |{'work':>7}{beside} |{'MB':>6}{'COPY':>6}"
    )
    for name, (mine, peer) in results.items():
        made = written[name]
        print(
            f"{name:12}{made.good_rows + made.bad_rows:>11,}{made.files:>6}{made.bytes // 10**6:>7,}"
            f" |{mine.seconds:>8.2f}{peer.seconds:>7.2f}{mine.seconds / peer.seconds:>6.2f}"
            f" |{mine.worked:>7.2f}{peer.worked:>7.2f}{mine.worked / peer.worked:>6.2f}"
            f" |{mine.memory >> 20:>6,}{peer.memory >> 20:>6,}"
        )
    print("\nWork is processor time: it tells both apart also on a machine that is busy with something else.")
    (small, _), (large, peer) = results["an eighth"], results["all"]
    ratio = large.seconds / peer.seconds
    growth = math.log(large.seconds / small.seconds) / math.log(
        written["all"].good_rows / written["an eighth"].good_rows
    )
    goals = {
        f"times DuckDB's COPY {ratio:.2f}, at most {MOST_TIMES_SLOWER}": ratio <= MOST_TIMES_SLOWER,
        f"peak memory {large.memory / 2**30:.2f} GiB, at most {MOST_MEMORY / 2**30:.0f}": large.memory <= MOST_MEMORY,
        f"growth: time goes with rows to the power {growth:.2f}, at most 1 ({LINEAR} with noise)": growth <= LINEAR,
    }
    for goal, reached in goals.items():
        print(f"{'reached' if reached else 'MISSED':8} {goal}")
    return all(goals.values())


if __name__ == "__main__":
    main()

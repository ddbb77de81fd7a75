"""How long a fresh Python takes to import the library, beside its bare start and beside all that stands behind it.

Run: python -m benchmarks.importing
"""

from __future__ import annotations

import subprocess
import sys
import time

MOST_SECONDS = 0.3
RUNS = 5
EVERYTHING = "from wardstats import charts, measures, methods, sources"


def main() -> None:
    """Print the least time of each, and fail if the goal is missed."""
    bare = least("pass")
    light = least("import wardstats") - bare
    heavy = least(EVERYTHING) - bare
    print(f"python itself                 {bare:6.3f} s")
    print(f"import wardstats              {light:6.3f} s   (goal: at most {MOST_SECONDS} s)")
    print(f"all that stands behind it     {heavy:6.3f} s")
    if light > MOST_SECONDS:
        raise SystemExit("MISSED: importing the library takes too long")


def least(statement: str) -> float:
    """The shortest of a few fresh starts, in seconds."""
    taken = []
    for _ in range(RUNS):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", statement], check=True)
        taken.append(time.perf_counter() - start)
    return min(taken)


if __name__ == "__main__":
    main()

"""How long the server takes for the pages that are opened most, on the data of this installation.

Run after `make demo` has loaded its data (or in any installation that has a worker of that e-mail address)::

    python benchmarks/pages.py --as anil@wardwell.example

Each page is asked thirty times by Django's test client, signed in; the first few are not counted. The explorer is asked twice
over: the same question again, and a new question each time, which is the slower way because nothing of it has been answered
before. Every time is also told as a multiple of the floor: a page that costs nothing but the middleware, measured in the same
run. Processor time is this process's own, so it tells a slow page from a busy machine.
"""

from __future__ import annotations

import argparse
import itertools
import re
import statistics
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import django
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

REQUESTS = 30
WARM_UP = 3
TARGET_MILLISECONDS = 150
FLOOR = "/accessibility"


@dataclass(frozen=True)
class Timing:
    """What one page cost."""

    name: str
    milliseconds: list[float]
    processor: list[float]
    queries: int

    @property
    def median(self) -> float:
        return statistics.median(self.milliseconds)

    @property
    def high(self) -> float:
        return statistics.quantiles(self.milliseconds, n=20)[-1]


def main() -> int:
    """Measure, print a table; 1 when the explorer misses its target."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--as", dest="email", default="anil@wardwell.example", help="e-mail address of the worker")
    options = parser.parse_args()
    call_command("collectstatic", interactive=False, verbosity=0)
    client = signed_in(options.email)
    timings = [measured(client, name, addresses) for name, addresses in pages(client)]
    show(timings)
    explorer = [timing for timing in timings if timing.name.startswith("explorer, ")]
    return 0 if all(timing.median < TARGET_MILLISECONDS for timing in explorer) else 1


def signed_in(email: str) -> Client:
    """A client signed in as the worker with this address."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(get_user_model().objects.get(email=email))
    return client


def pages(client: Client) -> Iterator[tuple[str, Iterator[str]]]:
    """Each page's name with its addresses, one for each request."""
    yield "floor: accessibility statement", itertools.repeat(FLOOR)
    yield "home", itertools.repeat("/home")
    yield "evidence", itertools.repeat("/evidence")
    yield "explorer, the same question again", itertools.repeat("/explorer")
    yield "explorer, a new question each time", new_questions(client)
    yield "assessments", itertools.repeat("/assessments")
    yield "assessment, to be read", itertools.repeat(first_assessment(client))


def first_assessment(client: Client) -> str:
    """The address of the first assessment in the list."""
    listed = re.search(r'href="(/assessments/[0-9a-f-]{36})"', client.get("/assessments").content.decode())
    if listed is None:
        raise SystemExit("There is no assessment to read: run `make demo SERVE=no` first.")
    return listed[1]


def new_questions(client: Client) -> Iterator[str]:
    """Addresses of the explorer that nobody asked for before: one for each ward and each of three periods."""
    form = client.get("/explorer").content.decode()
    wards = sorted(set(re.findall(r'value="(E05\d{6})"', form)))
    for (first, last), ward in itertools.product(
        (("2024-10", "2025-09"), ("2024-09", "2025-08"), ("2024-08", "2025-07")), wards
    ):
        yield f"/explorer?area={ward}&from={first}&to={last}"


def measured(client: Client, name: str, addresses: Iterator[str]) -> Timing:
    """Ask for each address in turn; how long each took, and how many queries the last one needed."""
    times, processor = [], []
    for _ in range(WARM_UP + REQUESTS):
        address = next(addresses)
        with CaptureQueriesContext(connection) as captured:
            began, worked = time.perf_counter(), time.process_time()
            response = client.get(address)
            times.append(1000 * (time.perf_counter() - began))
            processor.append(1000 * (time.process_time() - worked))
        if response.status_code != 200:
            raise SystemExit(f"{address} answered {response.status_code}")
    return Timing(name, times[WARM_UP:], processor[WARM_UP:], len(captured))


def show(timings: list[Timing]) -> None:
    """The table."""
    floor = timings[0].median
    print(f"{'page':<38}{'median ms':>11}{'95% ms':>9}{'x floor':>9}{'processor':>11}{'queries':>9}")
    for timing in timings:
        times = f"{timing.median:>11.1f}{timing.high:>9.1f}{timing.median / floor:>9.1f}"
        print(f"{timing.name:<38}{times}{statistics.median(timing.processor):>11.1f}{timing.queries:>9}")
    print(f"{REQUESTS} requests each after {WARM_UP}. Target: explorer below {TARGET_MILLISECONDS} ms median.")


if __name__ == "__main__":
    django.setup()
    sys.exit(main())

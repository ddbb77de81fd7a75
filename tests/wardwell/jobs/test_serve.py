"""Serving, and being told to stop: at once, or when the site is up; nothing is left behind."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection

pytestmark = pytest.mark.django_db(databases=["default", "outside"], transaction=True)


@pytest.fixture
def port() -> int:
    """A port that nobody uses."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def serving(port: int, tmp_path: Path, transactional_db: None) -> Iterator[subprocess.Popen[bytes]]:
    """`wardwell serve` as a process of its own, on the test's database."""
    environment = {
        **os.environ,
        "WARDWELL_DATA": str(tmp_path),
        "WARDWELL_DATABASE_HOST": connection.settings_dict["HOST"],
        "WARDWELL_DATABASE_NAME": connection.settings_dict["NAME"],
    }
    command = [sys.executable, "-m", "wardwell.config.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        yield process
        process.terminate()


def answers(port: int) -> bool:
    """Whether anything listens there."""
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.suppress(OSError), contextlib.closing(asked):
        asked.request("GET", "/accounts/login/", headers={"Host": "localhost"})
        return asked.getresponse().status == 200
    return False


def children(of: int) -> list[int]:
    """The processes that a process has started and that are still there."""
    listed = subprocess.run(["ps", "-o", "pid=", "--ppid", str(of)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in listed.stdout.split()]


def wait_until(what: Callable[[], bool], *, seconds: int = 60) -> None:
    """Poll a condition until it holds."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "waited too long"
        time.sleep(0.2)


def ends(serving: subprocess.Popen[bytes], port: int, told: signal.Signals) -> None:
    """It goes when told to, and so does what it started."""
    started = children(serving.pid)
    serving.send_signal(told)
    assert serving.wait(60) == 0
    assert not answers(port)
    assert not [pid for pid in started if Path(f"/proc/{pid}").exists()]


def test_can_be_stopped_while_it_starts(serving: subprocess.Popen[bytes], port: int) -> None:
    wait_until(lambda: len(children(serving.pid)) == 2)
    ends(serving, port, signal.SIGTERM)


def test_serves_until_stopped_and_its_port_is_busy_so_long(serving: subprocess.Popen[bytes], port: int) -> None:
    wait_until(lambda: answers(port))
    again = [sys.executable, "-m", "wardwell.config.cli", "serve", "--port", str(port)]
    second = subprocess.run(again, capture_output=True, text=True, timeout=60, check=False)
    assert (second.returncode, f"port {port} is busy" in second.stderr) == (2, True)
    ends(serving, port, signal.SIGINT)

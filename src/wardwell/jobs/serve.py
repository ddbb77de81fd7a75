"""Serve the site, and run the jobs that it hands on, until stopped."""

from __future__ import annotations

import argparse
import os
import signal
import socket
import subprocess
import sys

from django.conf import settings
from django.core.management import call_command


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="loopback only, unless a proxy in front speaks HTTPS")


def run(options: argparse.Namespace) -> int:
    """Serve; 2 when the port is busy, otherwise the server's own exit code."""
    if not _is_free(options.host, options.port):
        print(
            f"wardwell: port {options.port} is busy: stop what uses it, or choose another with PORT=… (make demo PORT=8001)."
        )
        return 2
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    environment = {**os.environ, "WARDWELL_POOL": "yes"}
    jobs = subprocess.Popen(
        [sys.executable, "-m", "wardwell.config.cli", "manage", "procrastinate", "worker", "--concurrency=1"]
    )
    server = subprocess.Popen(_granian(options.host, options.port), env=environment)
    signal.signal(signal.SIGTERM, lambda *_: server.terminate())
    try:
        return server.wait()
    except KeyboardInterrupt:
        server.terminate()
        return 0
    finally:
        server.wait()
        jobs.terminate()
        jobs.wait()


def _granian(host: str, port: int) -> list[str]:
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", "--host", host, "--port", str(port), "--workers", "1",
        "--blocking-threads", str(settings.WORKER_THREADS), "--no-ws", "--log-level", "warning", "wardwell.config.wsgi:application",
    ]  # fmt: skip


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError:
            return False
    return True

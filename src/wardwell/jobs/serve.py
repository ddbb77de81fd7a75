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

PATIENCE_SECONDS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to listen."""
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--host", default="127.0.0.1", help="loopback only, unless a proxy in front speaks HTTPS")


def run(options: argparse.Namespace) -> int:
    """Serve; 2 when the port is busy, otherwise the server's own exit code."""
    if not _is_free(options.host, options.port):
        print(
            f"wardwell: port {options.port} is busy: stop what uses it, or choose another with PORT=… (make demo PORT=8001).",
            file=sys.stderr,
        )
        return 2
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    environment = {**os.environ, "WARDWELL_POOL": "yes"}
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    # In sessions of their own, so that Ctrl-C reaches this process alone, which then ends them in order.
    worker = [sys.executable, "-m", "wardwell.config.cli", "manage", "procrastinate", "worker", "--concurrency=1"]
    jobs = subprocess.Popen(worker, start_new_session=True)
    server = subprocess.Popen(_granian(options.host, options.port), env=environment, start_new_session=True)
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
    finally:
        _end(server)
        _end(jobs)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Let a process finish what it is at; end it and its children when it takes longer than anything should."""
    process.terminate()
    try:
        process.wait(PATIENCE_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


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

"""Make this checkout ready to run, from nothing: `make demo` and `make test` begin here.

Standard library only, for nothing is installed yet. Each step says what it does and how long it took; a step whose inputs have
not changed since it last succeeded is passed over, so that a second run takes no time. A missing tool, a full disk: one
sentence, and exit code 2.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes.util
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
VENV = HOME / ".venv"
BENCH = HOME / "var" / "bench-venv"
STAMPS = HOME / "var" / "stamps"
LOG = HOME / "var" / "setup.log"
LOCKS = {"demo": "requirements.txt", "engines": "requirements-engines.txt"}
LIBRARIES = {
    "pango-1.0": "libpango-1.0-0",
    "pangoft2-1.0": "libpangoft2-1.0-0",
    "harfbuzz-subset": "libharfbuzz-subset0",
}
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
DISK_NEEDED = 3_000_000_000


class CannotGoOn(Exception):
    """What is missing and what to do, in one sentence."""


class Steps:
    """The steps of the preparation, numbered as they go."""

    def __init__(self, total: int) -> None:
        self.number, self.total = 0, total

    def take(self, what: str, stamp: str, inputs: Iterable[Path], do: Callable[[], None]) -> None:
        """Do one step, unless it was done before with the same inputs."""
        self.number += 1
        digest = _digest(inputs)
        kept = STAMPS / stamp
        if digest and kept.exists() and kept.read_text() == digest:
            return
        print(f"[{self.number}/{self.total}] {what} ... ", end="", flush=True)
        began = time.monotonic()
        do()
        STAMPS.mkdir(parents=True, exist_ok=True)
        kept.write_text(digest)
        print(f"done ({time.monotonic() - began:.0f} s)", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--for", dest="purpose", choices=["demo", "test", "check", "engines", "bench"], default="demo")
    purpose = parser.parse_args().purpose
    try:
        prepare(purpose)
    except CannotGoOn as fault:
        print(f"\nwardwell: {fault}", file=sys.stderr)
        return 2
    except OSError as fault:
        where = fault.filename or "writing"
        print(
            f"\nwardwell: {fault.strerror or fault}: {where}. Free some space or check rights, then run it again.",
            file=sys.stderr,
        )
        return 2
    return 0


def prepare(purpose: str) -> None:
    """All steps for a purpose; checking and testing need the development packages too, tests also a browser.

    Measuring needs a second environment as well, with the packages that ours are measured against: some of them hold
    others back to old versions, which must not reach the product.
    """
    check_tools()
    lock = HOME / LOCKS.get(purpose, "requirements-dev.txt")
    steps = Steps(7 if purpose == "bench" else 5)
    steps.take("A virtual environment", "venv", [Path(__file__)], lambda: make_venv(VENV))
    project, front_end = HOME / "pyproject.toml", HOME / "package-lock.json"
    steps.take(
        "Python packages, locked (about a minute)",
        f"packages-{lock.stem}",
        [lock, project],
        lambda: install_packages(VENV, lock),
    )
    steps.take("Front-end packages, locked", "npm", [front_end], lambda: run("npm", "ci", "--no-audit", "--no-fund"))
    assets = HOME / "src" / "wardwell" / "web" / "assets"
    sources = [path for path in assets.rglob("*") if path.is_file() and "built" not in path.relative_to(assets).parts]
    steps.take("Styles and scripts", "assets", [front_end, *sources], lambda: run("npm", "run", "build"))
    steps.take("Libraries for making PDF", "libraries", [], lambda: None) if libraries_present() else steps.take(
        "Libraries for making PDF, from the system's packages", "libraries", [], install_libraries
    )
    if purpose == "bench":
        peers = HOME / "requirements-bench.txt"
        steps.take("An environment for measuring", "bench-venv", [Path(__file__)], lambda: make_venv(BENCH))
        steps.take(
            "The packages to measure against, locked (some minutes)",
            f"packages-{peers.stem}",
            [peers, project],
            lambda: install_packages(BENCH, peers),
        )
    if purpose == "test" and not find_chromium():
        install_chromium()


def check_tools() -> None:
    """Node, npm and room on the disk; Python's own version was looked at by the Makefile."""
    for tool, what in (("node", "Node.js 20 or newer"), ("npm", "npm, which comes with Node.js")):
        if not shutil.which(tool):
            raise CannotGoOn(f"{what} is needed and `{tool}` is not on the PATH: install it, then run this again.")
    version = subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if int(version.removeprefix("v").split(".")[0]) < 20:
        raise CannotGoOn(f"Node.js 20 or newer is needed; this is {version}.")
    if not VENV.exists() and shutil.disk_usage(HOME).free < DISK_NEEDED:
        free = shutil.disk_usage(HOME).free / 1e9
        raise CannotGoOn(f"About 3 GB of room is needed in {HOME}; {free:.1f} GB are free.")


def make_venv(folder: Path) -> None:
    """An environment, with pip."""
    if not (folder / "bin" / "python").exists():
        done = subprocess.run([sys.executable, "-m", "venv", str(folder)], capture_output=True, text=True, check=False)
        if done.returncode:
            shutil.rmtree(folder, ignore_errors=True)
            raise CannotGoOn(
                "Python cannot make a virtual environment: install python3-venv (Debian), then run this again."
            )


def install_packages(folder: Path, lock: Path) -> None:
    """The locked packages, each held to its hash, and this project itself."""
    install = (str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet")
    run(*install, "--require-hashes", "-r", str(lock))
    run(*install, "--no-deps", "--no-build-isolation", "--editable", str(HOME))


def libraries_present() -> bool:
    """Whether the libraries that WeasyPrint draws with are there."""
    return all(ctypes.util.find_library(name) for name in LIBRARIES)


def install_libraries() -> None:
    """Install what is missing by the system's package manager, where we may."""
    if not debian("install", *LIBRARIES.values(), "fontconfig") or not libraries_present():
        names = ", ".join(LIBRARIES.values())
        raise CannotGoOn(
            f"Making PDF needs {names}: install them (Debian: sudo apt-get install …), then run this again."
        )


def find_chromium() -> str | None:
    """The path of a Chromium, if the machine has one."""
    return next((path for name in CHROMIUMS if (path := shutil.which(name))), None)


def install_chromium() -> None:
    """Install a Chromium where we may; where we may not, the tests say what they left out."""
    print("Chromium, for the browser tests ... ", end="", flush=True)
    found = debian("install", "chromium") and find_chromium()
    print("done" if found else "none to be had here: the tests say which they leave out", flush=True)


def debian(verb: str, *packages: str) -> bool:
    """Whether Debian's package manager is here, may be used, and did it."""
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return False
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    command = ["apt-get", verb, "-y", "--no-install-recommends", *packages]
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a") as log:
        subprocess.run(["apt-get", "update"], stdout=log, stderr=log, env=quiet, check=False)
        return subprocess.run(command, stdout=log, stderr=log, env=quiet, check=False).returncode == 0


def run(*command: str) -> None:
    """Run a command; what it prints goes into the log, whose end is shown if it fails."""
    LOG.parent.mkdir(parents=True, exist_ok=True)
    with LOG.open("a") as log:
        log.write(f"\n$ {' '.join(command)}\n")
        log.flush()
        done = subprocess.run(command, cwd=HOME, stdout=log, stderr=log, check=False)
    if done.returncode:
        tail = "\n".join(LOG.read_text(errors="replace").splitlines()[-15:])
        raise CannotGoOn(f"`{' '.join(command[:4])}` failed. The end of {LOG.relative_to(HOME)}:\n{tail}")


def _digest(inputs: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in sorted(inputs):
        with contextlib.suppress(FileNotFoundError):
            digest.update(path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())

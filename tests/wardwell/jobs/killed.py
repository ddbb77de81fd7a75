"""The `wardwell` command, killed at a named point of an import: run as `python -m tests.wardwell.jobs.killed POINT …`."""

from __future__ import annotations

import os
import pkgutil
import signal
import sys
from collections.abc import Callable
from typing import Any
from unittest import mock

from wardwell.config import cli

POINTS = {
    "while the files are inspected": "wardwell.evidence.operations.taking_in._Teller.hear",
    "after the rows were read": "wardwell.evidence.operations.taking_in.parts_of",
    "after the snapshot was renamed into place": "wardwell.evidence.store.Store.keep",
    "after the snapshot's row was written": "wardwell.evidence.entering._enter_parts",
    "before the transaction ends": "wardwell.audit.gate._write",
}


def then_die(work: Callable[..., Any]) -> Callable[..., Any]:
    """Do the work, then die without a word."""

    def worked(*args: Any, **kwargs: Any) -> Any:
        work(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)

    return worked


def main(point: str, words: list[str]) -> int:
    """Run the command; it dies at the point, after the submission was received."""
    from wardwell.evidence.operations import taking_in  # after the settings are there

    target = POINTS[point]

    def dying(*args: Any, **kwargs: Any) -> Any:
        with mock.patch(target, autospec=True, side_effect=then_die(_named(target))):
            return take_in(*args, **kwargs)

    take_in = taking_in.take_in
    with mock.patch("wardwell.evidence.operations.take_in", dying):
        return cli.main(words)


def _named(target: str) -> Callable[..., Any]:
    found: Any = pkgutil.resolve_name(target)
    return found  # type: ignore[no-any-return]


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardwell.config.settings")
    import django

    django.setup()
    sys.exit(main(sys.argv[1], sys.argv[2:]))

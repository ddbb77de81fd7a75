"""The `wardwell` command, killed at a named point of a publication: `python -m tests.wardwell.jobs.killed_publication POINT …`."""

from __future__ import annotations

import os
import pkgutil
import sys
from unittest import mock

from tests.wardwell.jobs.killed import then_die
from wardwell.config import cli

POINTS = {
    "after the first file was written": "wardwell.publication.store._write",
    "after the folder was renamed into place": "wardwell.publication.store.ReleaseStore.keep",
    "after the rows were written": "wardwell.publication.operations.publishing._enter",
}
SMALL = {"document.html": b"<main></main>", "data/crimes.csv": b"count\r\n"}
"""What stands in for the documents, so that it dies sooner."""


def main(point: str, words: list[str]) -> int:
    """Run the command; it dies at the point."""
    target = POINTS[point]
    made = mock.patch("wardwell.publication.documents.outputs.make", return_value=SMALL)
    with made, mock.patch(target, autospec=True, side_effect=then_die(pkgutil.resolve_name(target))):
        return cli.main(words)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardwell.config.settings")
    import django

    django.setup()
    sys.exit(main(sys.argv[1], sys.argv[2:]))

"""The `wardwell` command: the product's own verbs, each a door in `wardwell.jobs`."""

from __future__ import annotations

import argparse
import importlib
import inspect
import os
import sys
from collections.abc import Sequence

import django
from django.core.management import execute_from_command_line

from wardwell.config.environment import SettingFault
from wardwell.config.postgres import UnableToStartPostgres, ensure_running
from wardwell.config.verbs import VERBS


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit code. `wardwell manage …` passes on to Django."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wardwell.config.settings")
    if words[:1] == ["manage"]:
        return _manage(words[1:])
    name = words[0] if words and words[0] in VERBS else None
    if name:
        os.environ.setdefault("WARDWELL_DATABASE_ROLE", VERBS[name].role)
    try:
        _prepare(needs_database=name is not None and "-h" not in words and "--help" not in words)
    except (SettingFault, UnableToStartPostgres) as fault:
        print(f"wardwell: {fault}", file=sys.stderr)
        return 2
    return _run(words, name)


def _run(words: list[str], name: str | None) -> int:
    parser = argparse.ArgumentParser(
        prog="wardwell", description="The working system of a Community Safety Partnership."
    )
    verbs = parser.add_subparsers(dest="verb", metavar="VERB", required=True)
    for verb, how in VERBS.items():
        module = importlib.import_module(how.module) if name in (verb, None) else None
        meaning = (inspect.getdoc(module) or "").splitlines()[0] if module else ""
        sub = verbs.add_parser(verb, help=meaning, description=inspect.getdoc(module) if module else None)
        if module:
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    options = parser.parse_args(words)
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        return 130


def _prepare(*, needs_database: bool) -> None:
    # The settings name the embedded server's socket folder, so the server is started before they are read.
    from django.conf import settings  # noqa: PLC0415  # reading the settings is what may fail, in one sentence

    for folder in (settings.SNAPSHOTS, settings.RELEASES, settings.SPOOL, settings.STAGING):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if needs_database and not settings.DATABASE_HOST:
        host = ensure_running(settings.DATA)
        for one in settings.DATABASES.values():
            one["HOST"] = host
    django.setup()


def _manage(words: list[str]) -> int:
    _prepare(needs_database=True)
    execute_from_command_line(["wardwell manage", *words])
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Bring the database up to date: tables, rights, row security."""

from __future__ import annotations

import argparse

from django.core.management import call_command
from django.db import connection

from wardwell.access.database import render


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """No options: the same every time."""


def run(options: argparse.Namespace) -> int:
    """Migrate. Runs as migrator."""
    migrate()
    print("The database is up to date.")
    return 0


def migrate() -> None:
    """Bring the database of this process up to date; the process must run as migrator."""
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    render()


def role() -> str:
    """The PostgreSQL role that this process is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])

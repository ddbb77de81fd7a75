"""Bringing a database up to date: migrate, make the cache table, render rights and row security. As migrator, in that order."""

from __future__ import annotations

from django.core.management import call_command
from django.db import connections

from wardwell.access.database import render


def migrate(*, verbosity: int = 0) -> None:
    """Bring the database of this process up to date. The process must run as migrator."""
    call_command("migrate", interactive=False, verbosity=verbosity)
    call_command("createcachetable", verbosity=0)
    render()


def role() -> str:
    """The PostgreSQL role that this process is."""
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])

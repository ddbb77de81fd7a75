"""Who may work on evidence at the same time, settled by PostgreSQL: a lock is gone the moment its process is."""

from __future__ import annotations

from uuid import UUID

from django.db import connection


def is_mine(key: UUID) -> bool:
    """Take something for this transaction alone, unless another transaction has it."""
    return _try("pg_try_advisory_xact_lock", key)


def is_shared(key: UUID) -> bool:
    """Take something for this transaction together with others, unless another has it alone."""
    return _try("pg_try_advisory_xact_lock_shared", key)


def wait_for(key: UUID) -> None:
    """Take something for this transaction alone, waiting for whoever has it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(key)])


def _try(function: str, key: UUID) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_number(key)])  # one of two names above
        return bool(cursor.fetchone()[0])


def _number(key: UUID) -> int:
    # PostgreSQL's lock keys are signed 64-bit; the low half of a key made by us is random.
    return int.from_bytes(key.bytes[8:], "big", signed=True)

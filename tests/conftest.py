"""Tests run on PostgreSQL, as the application's role, which owns nothing and may not pass row security."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase

from tests.world import World, build_world, find_world
from wardwell.config.postgres import ensure_running
from wardwell.jobs.migrate import migrate

BROWSER = Path(__file__).parent / "browser"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whoever uses the database uses it with both of its connections, which are one within a test.

    Where several processes share the tests out, a file stays whole, and all that needs a browser stays together.
    """
    for item in items:
        item.add_marker(pytest.mark.xdist_group("browser" if BROWSER in item.path.parents else str(item.path)))
        asked = item.get_closest_marker("django_db")
        if asked or "db" in getattr(item, "fixturenames", ()):
            given = {**(asked.kwargs if asked else {}), "databases": ["default", "outside"]}
            item.add_marker(pytest.mark.django_db(**given), append=False)


def _as_role(role: str) -> None:
    for alias in connections:
        connections[alias].close()
        connections[alias].settings_dict["USER"] = role


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Let the embedded server run, unless the environment names another."""
    if not settings.DATABASE_HOST:
        host = ensure_running(settings.DATA)
        for alias in connections:
            connections[alias].settings_dict["HOST"] = host


@pytest.fixture(scope="session")
def django_db_setup(django_db_modify_db_settings: None, django_db_blocker: Any) -> Iterator[None]:
    """Make the test database as migrator, then go on as app."""
    with django_db_blocker.unblock():
        _as_role("migrator")
        default = connections["default"]
        if worker := os.environ.get("PYTEST_XDIST_WORKER"):
            default.settings_dict["TEST"]["NAME"] = f"test_{default.settings_dict['NAME']}_{worker}"
        default.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        connections["outside"].creation.set_as_test_mirror(default.settings_dict)
        # Within a test nothing is committed, so a second connection would wait for the first for ever.
        connections["outside"] = default
        migrate()
        build_world()
        _as_role("app")
    yield
    with django_db_blocker.unblock():
        _as_role("migrator")
        _drop(str(default.settings_dict["NAME"]))


def _drop(database: str) -> None:
    """Drop the test database, also while a process that a test has started is still letting go of it."""
    connections["default"].close()
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


@pytest.fixture(autouse=True, scope="session")
def _flush_as_migrator() -> None:
    """A transactional test ends with TRUNCATE, which app may not."""
    plain = TransactionTestCase._fixture_teardown

    def teardown(self: TransactionTestCase) -> None:
        _as_role("migrator")
        plain(self)
        build_world()
        _as_role("app")

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, settings: Any) -> None:
    """Snapshots, releases and uploads of a test lie in the test's own folder."""
    for name in ("SNAPSHOTS", "RELEASES", "SPOOL", "STAGING"):
        folder = tmp_path / name.lower()
        folder.mkdir()
        setattr(settings, name, folder)
    settings.FILE_UPLOAD_TEMP_DIR = str(tmp_path / "spool")
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


@pytest.fixture
def world(db: None) -> World:
    """Two partnerships, walled off from one another, and the cast."""
    return find_world()


@pytest.fixture
def as_migrator(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The test's connection belongs to the tables' owner, who can make any world at all.

    The test opens its own transaction, goes over to the application's role with SET LOCAL ROLE to look at that world, and
    rolls it back.
    """
    with django_db_blocker.unblock():
        _as_role("migrator")
        yield
        _as_role("app")

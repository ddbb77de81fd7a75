"""The browser bench: a real Chromium before a real server, which runs as the application's role on a database of its own.

The database is a copy of the tests' one, made once, so that what is done here is seen by no other test. Each of the cast signs
in by the form once; afterwards their cookies are used again. A page that breaks the Content Security Policy, or whose scripts
fail, fails its test.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.db import connections
from django.test.testcases import LiveServerThread
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from psycopg import sql

from tests.browser.bench import Visit, sign_in
from tests.personas import CAST

HERE = Path(__file__).parent
CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
WIDTHS = {"desk": {"width": 1280, "height": 900}, "phone": {"width": 375, "height": 740}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser, and leave it out where there is none."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.browser)
            if CHROMIUM is None:
                item.add_marker(pytest.mark.skip(reason="no Chromium on the PATH: tests/browser left out"))


@pytest.fixture(scope="session")
def _own_database(django_db_setup: None, django_db_blocker: Any) -> Iterator[str]:
    """A copy of the tests' database; dropped at the end."""
    default = connections["default"]
    tested, name = default.settings_dict["NAME"], default.settings_dict["NAME"] + "_browser"
    default.close()
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    with psycopg.connect(**_administration(), autocommit=True) as administration:
        administration.execute(drop)
        administration.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(tested))
        )
        yield name
        administration.execute(drop)


def _administration() -> dict[str, Any]:
    """How to reach the server as the tests' owner, outside any database of the product."""
    where = connections["default"].settings_dict
    return {
        "host": where["HOST"],
        "port": where["PORT"],
        "user": "migrator",
        "password": where["PASSWORD"],
        "dbname": "postgres",
    }


@pytest.fixture(scope="session")
def _house(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the site keeps its files: as long as its database lasts."""
    return tmp_path_factory.mktemp("house")


@pytest.fixture(autouse=True)
def _own_folders(_house: Path, settings: Any) -> None:
    """In place of a folder for each test: what one test has kept, a later one may be shown."""
    for name in ("SNAPSHOTS", "RELEASES", "SPOOL", "STAGING"):
        folder = _house / name.lower()
        folder.mkdir(exist_ok=True)
        setattr(settings, name, folder)
    settings.FILE_UPLOAD_TEMP_DIR = str(_house / "spool")
    settings.STATIC_ROOT = _house
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    settings.STORAGES = {**settings.STORAGES, "staticfiles": plain}


@pytest.fixture(scope="session")
def _chromium() -> Iterator[Browser]:
    # Playwright runs a loop of its own in this thread, at which Django's guard against asynchronous use would take fright.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def address(_own_database: str, django_db_blocker: Any) -> Iterator[str]:
    """The address of the site, served for the length of a test; on localhost, where passkeys work."""
    settings = [connections.settings[alias] for alias in connections]
    tested = [one["NAME"] for one in settings]
    with django_db_blocker.unblock():
        connections.close_all()
        for one in settings:
            one["NAME"] = _own_database
        server = LiveServerThread("localhost", StaticFilesHandler)
        server.daemon = True
        server.start()
        server.is_ready.wait()
        if server.error:
            raise server.error
        yield f"http://localhost:{server.port}"
        server.terminate()
        connections.close_all()
        for one, name in zip(settings, tested, strict=True):
            one["NAME"] = name


@pytest.fixture(scope="session")
def _cookies() -> dict[str, Any]:
    """What each of the cast carries after signing in."""
    return {}


@pytest.fixture
def browsing(address: str, _chromium: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Opens browsers of their own, at one of the `WIDTHS`, and closes them after the test."""
    opened: list[BrowserContext] = []

    def open_one(width: str = "desk", cookies: Any = None) -> BrowserContext:
        context = _chromium.new_context(base_url=address, viewport=WIDTHS[width], storage_state=cookies, locale="en-GB")
        opened.append(context)
        return context

    yield open_one
    for context in opened:
        context.close()


@pytest.fixture
def visit(browsing: Callable[..., BrowserContext], _cookies: dict[str, Any]) -> Iterator[Callable[..., Visit]]:
    """One of the cast (or `public`) before a browser; afterwards every visit must have gone without a violation or an error."""
    visits: list[Visit] = []

    def begin(who: str = "public", *, width: str = "desk") -> Visit:
        if who != "public" and who not in _cookies:
            door = browsing()
            sign_in(door.new_page(), CAST[who].email)
            _cookies[who] = door.storage_state()
        page: Page = browsing(width, _cookies.get(who)).new_page()
        visits.append(Visit(page))
        return visits[-1]

    yield begin
    assert [fault for one in visits for fault in one.faults] == []

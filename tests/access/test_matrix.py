"""The access matrix: every address of the site, for every one of the cast, gives what `matrix.csv` says, and no other.

An address without a row fails. A page of the application that shows something and leaves no reading in the audit trail fails.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access.objects import OBJECTS, SENT
from tests.personas import CAST
from tests.world import World
from wardwell.access.queries import actor_for
from wardwell.audit.queries import events

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

NOT_OURS = ("accounts/",)
"""Signing in and one's own account, by django-allauth: what it shows is about whoever asks."""


@dataclass(frozen=True)
class Row:
    """One line of the matrix: an address, how it is asked, whether that is written down, and what everybody gets."""

    address: str
    method: str
    leaves_a_reading: bool
    statuses: dict[str, int]

    def __str__(self) -> str:
        return f"{self.method} {self.address}"


def _matrix() -> list[Row]:
    with (Path(__file__).parent / "matrix.csv").open(encoding="utf-8", newline="") as file:
        return [
            Row(
                line.pop("address"),
                line.pop("method"),
                line.pop("reading") == "yes",
                {who: int(status) for who, status in line.items()},
            )
            for line in csv.DictReader(file)
        ]


MATRIX = _matrix()


def _patterns(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        path = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _patterns(one, path)
        elif not path.startswith(NOT_OURS):
            yield path, one


def test_has_a_row_for_every_address_and_every_one_of_the_cast() -> None:
    named = {str(pattern.name) for _, pattern in _patterns(get_resolver())}
    assert named == {row.address for row in MATRIX}
    assert all(set(row.statuses) == {"public", *CAST} for row in MATRIX)


def test_every_page_has_a_door() -> None:
    without = [path for path, pattern in _patterns(get_resolver()) if not hasattr(pattern.callback, "door")]
    assert without == []


@pytest.mark.parametrize("row", MATRIX, ids=str)
def test_gives_everybody_what_the_matrix_says(row: Row, world: World) -> None:
    path = reverse(row.address, kwargs=OBJECTS[row.address](world) if row.address in OBJECTS else None)
    given = {who: _ask(world, row, who, path) for who in row.statuses}
    assert given == row.statuses


def _ask(world: World, row: Row, who: str, path: str) -> int:
    client = Client()
    if who != "public":
        client.force_login(get_user_model().objects.get(pk=world.workers[who]))
    response: Any = client.post(path, SENT.get(row.address, {})) if row.method == "post" else client.get(path)
    if who != "public" and response.status_code == 200 and row.leaves_a_reading:
        _has_left_a_reading(world, who, response)
    return int(response.status_code)


def _has_left_a_reading(world: World, who: str, response: Any) -> None:
    request = response.wsgi_request
    assert request.readings, f"{request.path} shows something and leaves no reading"
    actor = actor_for(worker_id=world.workers[who], at=request.actor.at)
    found = events(actor, by=world.workers[who])
    assert found.events, f"{request.path}: the reading is not in the audit trail"

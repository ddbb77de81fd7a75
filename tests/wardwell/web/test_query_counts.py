"""How many questions each page asks the database: pinned here, so that a page that begins to ask once a row is noticed.

The number is the most that a page may ask, signing in and the audit trail included.
"""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests import holding, writing
from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World
from wardwell.evidence import operations as evidence

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

MOST = (
    # who, page, questions
    ("maya", "/home", 42),
    ("tess", "/home", 41),
    ("maya", "/people", 22),
    ("maya", "/people/why?kind=access.Grant", 23),
    ("dora", "/audit", 23),
    ("anil", "/evidence", 24),
    ("anil", "/evidence/submissions", 23),
    ("sam", "/evidence", 24),
    ("sam", "/home", 44),
    ("anil", "/explorer", 24),
    ("public", "/partnerships/", 5),
    ("public", "/partnerships/swp", 18),
)


@pytest.mark.parametrize(("who", "path", "most"), MOST, ids=[f"{who} {path}" for who, path, _ in MOST])
def test_asks_no_more_than(who: str, path: str, most: int, world: World) -> None:
    client = visitor(world, who)
    page_of(client, path)
    with CaptureQueriesContext(connection) as asked:
        page_of(client, path)
    assert len(asked) <= most, "\n".join(one["sql"][:150] for one in asked)


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/evidence", 24),
        ("/evidence/datasets/counts", 28),
        ("/explorer", 24),
        ("/explorer/saved", 22),
        ("/explorer/wards", 24),
        ("/explorer/wards/E05014839", 24),
    ],
)
def test_asks_no_more_however_much_is_held(path: str, most: int, world: World) -> None:
    anil = world.actor("anil")
    holding.keep_evidence(anil, at=anil.at)
    test_asks_no_more_than("anil", path, most, world)


EXPECTED = (
    # who, page, questions
    ("anil", "/evidence/calendar", 25),
    ("anil", "/evidence/timeliness", 27),
    ("maya", "/evidence/datasets/counts/periods/2025-11", 26),
    ("anil", "/evidence/datasets/counts", 32),
    ("sam", "/evidence", 30),
    ("sam", "/home", 49),
)


@pytest.mark.parametrize(("who", "path", "most"), EXPECTED, ids=[f"{who} {path}" for who, path, _ in EXPECTED])
def test_asks_no_more_however_much_is_expected(who: str, path: str, most: int, world: World) -> None:
    anil = world.actor("anil")
    holding.keep_evidence(anil, at=anil.at)
    holding.expect_counts(anil, at=anil.at, first=date(2019, 1, 1))
    maya = world.actor("maya")
    evidence.remind(actor=maya, at=maya.at)
    test_asks_no_more_than(who, path, most, world)


OF_ONE = (
    # who, page about one thing, questions
    ("anil", "/assessments", 22),
    ("anil", "/assessments/{draft}", 27),
    ("anil", "/assessments/{draft}/edit", 27),
    ("anil", "/assessments/{draft}/items/reasons/findings/new", 27),
    ("anil", "/assessments/{draft}/figures/census-residents", 27),
    ("anil", "/assessments/{draft}/figures/add", 28),
    ("maya", "/releases", 25),
    ("maya", "/releases/{release}", 26),
    ("public", "/partnerships/swp/documents", 6),
    ("public", "/partnerships/swp/documents/{release}", 12),
    ("public", "/partnerships/swp/documents/{release}/figures/census-residents", 12),
)


@pytest.mark.parametrize(("who", "path", "most"), OF_ONE, ids=[f"{who} {path}" for who, path, _ in OF_ONE])
def test_asks_no_more_than_about_one_thing(who: str, path: str, most: int, world: World) -> None:
    client = visitor(world, who)
    here = path.format(draft=writing.draft_by_hand(world), release=writing.release_by_hand(world))
    page_of(client, here)
    with CaptureQueriesContext(connection) as asked:
        page_of(client, here)
    assert len(asked) <= most, "\n".join(one["sql"][:150] for one in asked)

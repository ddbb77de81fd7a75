"""A ward for its councillor: in words first, with its place as chance leaves it open, and never a small number."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World
from wardwell.web.explorer import ward_words

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

BILSTON_SOUTH = "/explorer/wards/E05014839"


@pytest.fixture
def beth(held: World) -> Client:
    """Beth of the Board, who is a councillor."""
    return visitor(held, "beth")


def words_of(page: str) -> str:
    """The words of a page, without its tables' small print and its marks."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", page)))


class TestAWard:
    def test_begins_in_plain_words(self, beth: Client) -> None:
        said = words_of(page_of(beth, BILSTON_SOUTH))
        assert "In Bilston South, 2,410 crimes were published from November 2024 to October 2025; that is " in said
        assert "147.0 for every 1,000 residents (" in said
        assert re.search(r"A year before there were [\d,]+|than a year before, when there were [\d,]+", said)
        assert "Most were violence and sexual offences (951)" in said
        assert re.search(
            r"Of the 20 wards it has the \w+ highest rate\. Allowing for chance, its place lies between", said
        )
        assert "incidents of anti-social behaviour were published. They are not crimes" in said

    def test_shows_no_small_number_and_says_why(self, beth: Client) -> None:
        page = page_of(beth, BILSTON_SOUTH)
        said = words_of(page)
        assert (
            "are not shown: a number from 1 to 4, or one that would reveal it, could let somebody be recognised."
            in said
        )
        assert "bicycle theft" in said
        cells = re.findall(r"<td[^>]*>\s*([^<]*?)\s*</td>", page)
        assert "[c]" in cells
        assert not {"1", "2", "3", "4"} & set(cells)

    def test_leads_to_the_explorer_and_back_to_the_list(self, beth: Client) -> None:
        page = html.unescape(page_of(beth, BILSTON_SOUTH))
        assert 'href="/explorer?area=E05014839&' in page
        assert 'href="/explorer/wards"' in page

    def test_is_not_there_when_there_is_no_such_ward(self, beth: Client) -> None:
        assert [beth.get(f"/explorer/wards/{code}").status_code for code in ("E05000000", "P1", "all")] == [404] * 3

    def test_is_shown_to_nobody_of_the_neighbour(self, held: World) -> None:
        assert visitor(held, "rhona").get(BILSTON_SOUTH).status_code == 404


class TestTheList:
    def test_names_every_ward_with_its_places(self, beth: Client) -> None:
        page = page_of(beth, "/explorer/wards")
        assert len(set(re.findall(r'href="/explorer/wards/(E\d+)"', page))) == 20
        assert "2nd to 4th" in page

    def test_is_found_from_home_and_from_the_explorer(self, beth: Client) -> None:
        assert all('href="/explorer/wards"' in page_of(beth, path) for path in ("/home", "/explorer"))

    def test_says_when_there_is_no_evidence(self, world: World) -> None:
        assert "There is no evidence to explore yet" in page_of(visitor(world, "beth"), "/explorer/wards")


def test_places_are_told_as_one_says_them() -> None:
    assert [ward_words.ordinal(number) for number in (1, 2, 3, 4, 11, 21)] == [
        "1st",
        "2nd",
        "3rd",
        "4th",
        "11th",
        "21st",
    ]

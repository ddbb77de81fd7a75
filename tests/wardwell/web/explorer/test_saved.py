"""Saved questions on the screen: saved from the explorer, listed, opened, renamed, removed, restored, made into a figure."""

from __future__ import annotations

import html
import re

import pytest
from django.test import Client

from tests import writing
from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World
from wardwell.assessment import queries

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

ASKED = "type=Burglary&from=2025-01&to=2025-06"


def text_of(client: Client, path: str) -> str:
    """A page with its entities as the signs they stand for."""
    return html.unescape(page_of(client, path))


@pytest.fixture
def saved(anil: Client, held: World) -> str:
    """The address of a question that Anil has saved."""
    assert anil.post(f"/explorer/saved/new?{ASKED}", {"name": "Burglary in spring"})["Location"] == "/explorer/saved"
    (one,) = queries.saved_questions(held.actor("anil"))
    return f"/explorer/saved/{one.id}"


class TestSaving:
    def test_begins_at_the_question_on_view(self, anil: Client) -> None:
        page = text_of(anil, f"/explorer?{ASKED}")
        (address,) = re.findall(r'href="(/explorer/saved/new\?[^"]+)"', page)
        assert "Burglary in Wolverhampton, January 2025 to June 2025." in text_of(anil, address)

    def test_needs_a_name(self, anil: Client) -> None:
        page = anil.post(f"/explorer/saved/new?{ASKED}", {"name": ""}).content.decode()
        assert "Enter the name" in page

    def test_says_when_a_name_is_taken(self, anil: Client, saved: str) -> None:
        page = html.unescape(anil.post("/explorer/saved/new", {"name": "Burglary in spring"}).content.decode())
        assert "There is a saved question “Burglary in spring” already." in page

    def test_is_not_offered_to_whoever_only_reads(self, held: World, anil: Client) -> None:
        assert "Save this question" not in text_of(visitor(held, "beth"), "/explorer")
        assert "saved questions" not in text_of(visitor(held, "sam"), "/explorer")


class TestTheList:
    def test_opens_the_question_again(self, anil: Client, saved: str) -> None:
        page = text_of(anil, "/explorer/saved")
        assert "burglary in Wolverhampton, January 2025 to June 2025" in page
        (address,) = re.findall(r'href="(/explorer\?[^"]+)">Burglary in spring<', page)
        assert "Burglary in Wolverhampton, January 2025 to June 2025" in text_of(anil, address)

    def test_says_what_it_is_for_while_it_is_empty(self, anil: Client) -> None:
        assert "No question has been saved yet" in text_of(anil, "/explorer/saved")

    def test_lets_a_question_be_renamed(self, anil: Client, saved: str) -> None:
        anil.post(saved, {"name": "Spring burglary"})
        assert "Spring burglary" in text_of(anil, "/explorer/saved")

    def test_lets_a_question_be_removed_and_restored(self, anil: Client, saved: str) -> None:
        assert anil.post(f"{saved}/remove")["Location"] == "/explorer/saved"
        assert "Removed the question “Burglary in spring”. It can be restored." in text_of(anil, "/explorer/saved")
        assert "Restore it" in text_of(anil, saved)
        anil.post(f"{saved}/restore")
        assert "Open it" in text_of(anil, saved)
        assert anil.post(f"{saved}/restore").status_code == 409

    def test_shows_the_board_everything_and_lets_it_change_nothing(self, held: World, saved: str) -> None:
        beth = visitor(held, "beth")
        assert "Burglary in spring" in text_of(beth, "/explorer/saved")
        assert "Rename it" not in text_of(beth, saved)
        assert beth.post(f"{saved}/remove").status_code == 403


class TestAFigureOfIt:
    def test_is_computed_with_its_measure_and_its_parameters(self, anil: Client, held: World, saved: str) -> None:
        draft = f"/assessments/{writing.draft_by_hand(held)}/figures"
        page = text_of(anil, f"{draft}/add")
        assert "Or a saved question" in page
        chosen = f"{draft}/saved?saved={saved.rpartition('/')[2]}"
        assert "Burglary in spring: burglary in Wolverhampton" in text_of(anil, chosen)
        done = anil.post(chosen, {"answer": "by-month", "slug": "spring-burglary", "title": ""})
        assert done["Location"] == f"{draft}/spring-burglary"
        figure = text_of(anil, f"{draft}/spring-burglary")
        assert "Crimes by month, version 2" in figure
        assert "January 2025 to June 2025" in figure
        assert "Burglary" in figure

    def test_offers_the_answers_that_the_question_has(self, anil: Client, held: World, saved: str) -> None:
        draft = f"/assessments/{writing.draft_by_hand(held)}/figures"
        page = text_of(anil, f"{draft}/saved?saved={saved.rpartition('/')[2]}")
        assert 'value="by-month"' in page
        assert 'value="by-type"' not in page

    def test_is_not_made_of_what_is_not_there(self, anil: Client, held: World, saved: str) -> None:
        draft = f"/assessments/{writing.draft_by_hand(held)}/figures"
        anil.post(f"{saved}/remove")
        assert anil.get(f"{draft}/saved?saved={saved.rpartition('/')[2]}").status_code == 404
        assert anil.get(f"{draft}/saved?saved=nothing").status_code == 404
        assert "Or a saved question" not in text_of(anil, f"{draft}/add")

"""Writing: findings are written, previewed, moved, removed and put back; gaps and typed numbers are explained."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from tests.wardwell.assessment.conftest import Desk
from tests.wardwell.web.visiting import page_of, visitor

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

WHY = {"item": "reasons", "heading": "What the agencies say", "version": "0"}


@pytest.fixture
def anil(drafted: Desk) -> Client:
    """Anil before the pages."""
    return visitor(drafted.world, "anil")


def edited(drafted: Desk, client: Client) -> str:
    """The editor's page."""
    return page_of(client, f"/assessments/{drafted.id}/edit")


class TestAFinding:
    def test_is_written_under_its_head(self, drafted: Desk, anil: Client) -> None:
        path = f"/assessments/{drafted.id}/items/reasons/findings/new"
        response = anil.post(path, {**WHY, "text": "There were {{ crimes.count }} crimes."})
        assert response["Location"].endswith("/edit#reasons")
        assert "There were 26,627 crimes." in edited(drafted, anil)

    def test_is_previewed_without_being_saved(self, drafted: Desk, anil: Client) -> None:
        path = f"/assessments/{drafted.id}/items/reasons/findings/new"
        text = "There were {{ crimes.count }}, 12% more than {{ crimes.before }}.\n\n{{ figure crime-by-type }}"
        page = anil.post(path, {**WHY, "text": text, "then": "preview"}).content.decode()
        assert "There were 26,627, 12% more" in page
        assert "The figure “crimes” has no number “before”" in page
        assert "“12%” is typed by hand" in page
        assert "Figure 3 goes here" in page
        assert "What the agencies say" not in edited(drafted, anil)

    def test_can_take_any_number_of_any_figure(self, drafted: Desk, anil: Client) -> None:
        page = page_of(anil, f"/assessments/{drafted.id}/items/reasons/findings/new")
        assert re.search(r"<dt>26,627</dt><dd><code [^>]*>\{\{ crimes\.count \}\}</code>", page)
        assert "{{ figure crime-by-type }}" in page
        assert "{{ crime-by-type.shoplifting_count }}" in page

    def test_tells_what_is_missing(self, drafted: Desk, anil: Client) -> None:
        sent = {**WHY, "heading": "", "text": ""}
        page = anil.post(f"/assessments/{drafted.id}/items/reasons/findings/new", sent).content.decode()
        assert "<title>Error: Add a finding" in page
        assert 'href="#finding-heading">Enter the heading' in page

    def test_loses_nothing_when_two_people_write_at_once(self, drafted: Desk, anil: Client) -> None:
        finding = drafted.finding("How much crime")
        path = f"/assessments/{drafted.id}/findings/{finding.id}"
        sent = {"item": "levels-and-patterns", "heading": finding.heading, "version": str(finding.version)}
        visitor(drafted.world, "maya").post(path, {**sent, "text": "Maya’s words: {{ crimes.count }}."})
        response = anil.post(path, {**sent, "text": "Anil’s words."})
        page = response.content.decode()
        assert response.status_code == 409
        assert "Maya Okafor saved this finding while you were writing" in page
        assert "Maya’s words: {{ crimes.count }}." in page
        assert "Anil’s words.</textarea>" in page
        version = re.search(r'name="version" value="(\d+)"', page)
        assert version is not None
        again = anil.post(path, {**sent, "version": version[1], "text": "Both: {{ crimes.count }}."})
        assert again.status_code == 302
        assert "Both: 26,627." in edited(drafted, anil)

    def test_is_moved_removed_and_put_back(self, drafted: Desk, anil: Client) -> None:
        finding = drafted.finding("How much crime")
        path = f"/assessments/{drafted.id}/findings/{finding.id}"
        assert anil.post(f"{path}/move/down").status_code == 302
        page = edited(drafted, anil)
        assert page.index("Crime month by month</h3>") < page.index("How much crime</h3>")
        anil.post(f"{path}/remove")
        assert "Removed: How much crime" in edited(drafted, anil)
        assert anil.post(f"{path}/remove").status_code == 409
        anil.post(f"{path}/restore")
        assert "Removed: How much crime" not in edited(drafted, anil)
        assert anil.post(f"{path}/move/sideways").status_code == 404

    def test_has_its_typed_numbers_explained(self, drafted: Desk, anil: Client) -> None:
        key = drafted.writes("About 140 shops were broken into.")
        path = f"/assessments/{drafted.id}/findings/{key}/number"
        assert "Explain “140”" in edited(drafted, anil)
        page = page_of(anil, f"{path}?number=140")
        assert "About 140 shops were broken into." in page
        sent = {"number": "140", "sentence": "About 140 shops were broken into.", "reason": "Minutes of May 2025."}
        assert anil.post(path, sent).status_code == 302
        assert "Explain “140”" not in edited(drafted, anil)
        assert "Minutes of May 2025." in page_of(anil, f"/assessments/{drafted.id}")


class TestAGap:
    def test_is_explained_and_taken_back(self, drafted: Desk, anil: Client) -> None:
        path = f"/assessments/{drafted.id}/items/last-plan/absence"
        assert "If it is so, you could say" in page_of(anil, path)
        anil.post(path, {"reason": "The Board has it in December."})
        assert "The Board has it in December." in edited(drafted, anil)
        anil.post(path, {"reason": ""})
        assert "Nothing stands here, and nobody has said why" in edited(drafted, anil)


class TestFigures:
    def test_are_computed_from_the_evidence(self, drafted: Desk, anil: Client) -> None:
        path = f"/assessments/{drafted.id}/figures/add?measure=crime-count"
        sent = {"slug": "shoplifting", "from": "2024-11", "until": "2025-11", "crime_type": "Shoplifting"}
        response = anil.post(path, sent)
        assert response["Location"].endswith("/figures/shoplifting")
        assert "3,210" in page_of(anil, response["Location"])

    def test_say_why_they_cannot_be_computed(self, drafted: Desk, anil: Client) -> None:
        sent = {"slug": "no-month", "from": "2025-13", "until": "2025-11"}
        page = anil.post(f"/assessments/{drafted.id}/figures/add?measure=crime-count", sent).content.decode()
        assert "There is a problem" in page
        assert 'value="2025-13"' in page

    def test_of_harm_name_their_weights(self, drafted: Desk, anil: Client) -> None:
        path = f"/assessments/{drafted.id}/figures/add?measure=crime-harm"
        sent = {"slug": "harm", "from": "2024-11", "until": "2025-11", "weights": ""}
        assert "Select the harm weights" in anil.post(path, sent).content.decode()
        response = anil.post(path, {**sent, "weights": "cchi-2020-median"})
        page = page_of(anil, response["Location"])
        assert "by the Cambridge Crime Harm Index 2020, median of each category" in page
        assert "not under an open licence" in page

    def test_are_cited_only_in_the_words_of_their_source(self, drafted: Desk, anil: Client) -> None:
        sent = {
            "slug": "visits", "title": "Visits", "statement": "Visits to the centre", "value": "1,200",
            "source": "City council, annual report, page 3", "source_on-day": "1", "source_on-month": "4",
            "source_on-year": "2025", "excerpt": "There were 1,300 visits.",
        }  # fmt: skip
        path = f"/assessments/{drafted.id}/figures/cite"
        assert "do not contain “1,200”" in anil.post(path, sent).content.decode()
        assert anil.post(path, {**sent, "excerpt": "There were 1,200 visits."}).status_code == 302
        page = page_of(anil, f"/assessments/{drafted.id}/figures/visits")
        assert "There were 1,200 visits." in page

    def test_are_estimated_by_a_formula_that_is_printed(self, drafted: Desk, anil: Client) -> None:
        sent = {
            "slug": "a-day", "title": "Crimes a day", "statement": "Crimes on an average day", "decimals": "1",
            "inputs": "crimes = {{ crimes.count }}; crimes\ndays = 365; days; The calendar", "formula": "crimes / days",
        }  # fmt: skip
        path = f"/assessments/{drafted.id}/figures/estimate"
        assert "is not understood" in anil.post(path, {**sent, "inputs": "crimes: 3"}).content.decode()
        assert anil.post(path, sent).status_code == 302
        assert "crimes ÷ days = 73.0" in page_of(anil, f"/assessments/{drafted.id}/figures/a-day")

    def test_say_that_the_evidence_has_moved_on(self, drafted: Desk, anil: Client) -> None:
        drafted.newer_evidence()
        path = f"/assessments/{drafted.id}/figures/crimes"
        assert "The evidence has changed since" in page_of(anil, path)
        assert anil.post(f"{path}/leave", {"reason": "Nothing in it has changed."}).status_code == 302
        assert "the figure stays as it is" in page_of(anil, path)

    def test_are_not_removed_while_a_finding_names_them(self, drafted: Desk, anil: Client) -> None:
        response: Any = anil.post(f"/assessments/{drafted.id}/figures/crimes/remove")
        assert response.status_code == 409
        assert "take it out of the text first" in response.content.decode()


class TestReview:
    def test_goes_from_the_analyst_to_the_board_and_back(self, drafted: Desk, anil: Client) -> None:
        beth = visitor(drafted.world, "beth")
        path = f"/assessments/{drafted.id}"
        drafted.explains_what_is_empty()
        assert anil.post(f"{path}/submit").status_code == 302
        assert anil.get(f"{path}/edit").status_code == 409
        assert beth.post(f"{path}/return", {"reason": "Say more about where."}).status_code == 302
        page = page_of(anil, path)
        assert "Beth Hargreaves returned it to draft" in page
        assert "Say more about where." in page

    def test_is_signed_off_only_with_everything_that_is_minuted(self, drafted: Desk, anil: Client) -> None:
        beth = visitor(drafted.world, "beth")
        path = f"/assessments/{drafted.id}"
        drafted.explains_what_is_empty()
        anil.post(f"{path}/submit")
        sent = {"reason": "It holds.", "present": "Nine", "interests": "None", "equality": "Considered", "sure": "yes"}
        for missing in sent:
            response = beth.post(f"{path}/sign-off", {name: value for name, value in sent.items() if name != missing})
            assert response.status_code == 200, missing
        assert beth.post(f"{path}/sign-off", sent).status_code == 302
        page = page_of(beth, path)
        assert "Decisions" in page
        assert "Considered" in page
        assert "Publish" in page_of(visitor(drafted.world, "maya"), path)

    def test_ends_in_a_new_edition(self, drafted: Desk, anil: Client) -> None:
        drafted.explains_what_is_empty()
        drafted.submits()
        drafted.signs_off()
        response = anil.post(f"/assessments/{drafted.id}/revise")
        assert "Edition 2" in page_of(anil, response["Location"])
        assert anil.post(f"/assessments/{drafted.id}/revise").status_code == 409


def test_what_is_shown_of_a_draft_is_written_down(drafted: Desk, anil: Client) -> None:
    edited(drafted, anil)
    page = page_of(visitor(drafted.world, "dora"), "/audit")
    assert "to edit it" in page


def test_no_draft_is_offered_before_the_evidence_holds_a_year(desk: Desk) -> None:
    page = page_of(visitor(desk.world, "anil"), "/assessments/new")
    assert "The evidence holds no year of crime yet" in page
    assert "Draft it" not in page

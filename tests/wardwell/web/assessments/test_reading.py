"""Reading an assessment: the list, the reader, a figure and where its numbers come from."""

from __future__ import annotations

import re

import pytest

from tests.wardwell.assessment.conftest import Desk
from tests.wardwell.web.visiting import page_of, visitor

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


class TestList:
    def test_shows_the_draft_with_its_state(self, drafted: Desk) -> None:
        page = page_of(visitor(drafted.world, "beth"), "/assessments")
        assert "November 2024 to October 2025" in page
        assert "Draft" in page

    def test_is_not_there_for_those_without_a_part_in_it(self, drafted: Desk) -> None:
        for who in ("sam", "dora", "ravi", "nora"):
            assert visitor(drafted.world, who).get("/assessments").status_code == 404


class TestReader:
    def test_prints_every_number_as_a_link_to_its_figure(self, drafted: Desk) -> None:
        page = page_of(visitor(drafted.world, "beth"), f"/assessments/{drafted.id}")
        links = re.findall(r'href="#figure-([a-z-]+)"', page)
        assert {"crimes", "crime-change", "crime-by-type"} <= set(links)
        shown = re.findall(r'<figure class="wardwell-figure" id="figure-([a-z-]+)"', page)
        assert sorted(shown) == sorted(set(shown))
        assert set(links) <= set(shown)

    def test_shows_the_checklist_with_what_is_empty(self, drafted: Desk) -> None:
        page = page_of(visitor(drafted.world, "anil"), f"/assessments/{drafted.id}")
        assert "How far the last plan was carried out" in page
        assert "has no finding and no reason why not" in page
        assert "{{" not in page

    def test_is_not_there_for_strangers(self, drafted: Desk) -> None:
        for who in ("rhona", "sam", "nora", "public"):
            assert visitor(drafted.world, who).get(f"/assessments/{drafted.id}").status_code == 404


class TestFigure:
    def test_says_where_its_numbers_come_from(self, drafted: Desk) -> None:
        page = page_of(visitor(drafted.world, "beth"), f"/assessments/{drafted.id}/figures/crime-by-type")
        assert drafted.evidence.snapshots[0].sha256 in page
        assert "OGL v3" in page
        assert "version 1" in page

    def test_has_a_picture_that_a_browser_may_keep_and_numbers_to_take_away(self, drafted: Desk) -> None:
        beth = visitor(drafted.world, "beth")
        picture = beth.get(f"/assessments/{drafted.id}/figures/crime-by-type/picture.svg")
        assert picture["Content-Type"] == "image/svg+xml"
        assert "private" in picture["Cache-Control"]
        numbers = beth.get(f"/assessments/{drafted.id}/figures/crime-by-type/numbers.csv")
        assert numbers["Content-Disposition"] == 'attachment; filename="crime-by-type.csv"'
        assert b"Shoplifting" in numbers.content

"""The state of supply, and a dataset's own page."""

from __future__ import annotations

import pytest

from tests import holding
from tests.wardwell.web.evidence.conftest import Desk
from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


class TestSupply:
    def test_says_what_to_do_where_there_is_nothing_yet(self, world: World) -> None:
        page = page_of(visitor(world, "anil"), "/evidence")
        assert "There is no evidence yet" in page
        assert "wardwell import" in page

    def test_shows_months_held_missing_and_late(self, desk: Desk) -> None:
        desk.takes_in(holding.STREET, "as published")
        page = page_of(visitor(desk.world, "anil"), "/evidence")
        assert "10 months held, January 2014 to November 2014; 1,842 rows." in page
        assert ">missing</span>" in page
        assert "held in part, without staffordshire-street" in page or "held in part, without btp-street" in page
        assert "The next edition was expected by" in page

    def test_offers_sending_to_whoever_may_and_tells_the_others_why_not(self, desk: Desk) -> None:
        assert 'href="/evidence/send"' in page_of(visitor(desk.world, "sam"), "/evidence")
        page = page_of(visitor(desk.world, "maya"), "/evidence")
        assert 'href="/evidence/send"' not in page
        assert "Only these may import here: analyst" in page

    def test_is_not_there_for_whoever_sees_no_evidence(self, desk: Desk) -> None:
        assert visitor(desk.world, "dora").get("/evidence").status_code == 404
        assert 'href="/evidence"' not in page_of(visitor(desk.world, "dora"), "/home")

    def test_does_not_reach_over_the_wall(self, desk: Desk) -> None:
        assert "Street-level crime" not in page_of(visitor(desk.world, "rhona"), "/evidence")


class TestDataset:
    def test_shows_its_terms_and_every_edition(self, desk: Desk) -> None:
        desk.takes_in(holding.STREET / "2014-01", "first download")
        page = page_of(visitor(desk.world, "sam"), "/evidence/datasets/street")
        assert "data.police.uk, street-level crime" in page
        assert "Open Government Licence v3.0" in page
        assert "first download" in page

    def test_is_not_there_for_a_stranger(self, desk: Desk) -> None:
        assert visitor(desk.world, "rhona").get("/evidence/datasets/street").status_code == 404
        assert visitor(desk.world, "anil").get("/evidence/datasets/nothing").status_code == 404

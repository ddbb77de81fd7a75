"""What everybody may read about a partnership, as at any date."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


class TestTheList:
    def test_is_where_the_bare_address_leads(self) -> None:
        assert Client().get("/").headers["Location"] == "/partnerships/"

    def test_names_both_without_signing_in(self, world: World) -> None:
        page = page_of(Client(), "/partnerships/")
        assert "Safer Wolverhampton Partnership" in page
        assert "Safer Rotherham Partnership" in page


class TestThePage:
    def test_says_who_it_is(self, world: World) -> None:
        page = page_of(Client(), "/partnerships/srp")
        assert "E22000236" in page
        assert "No Board on record" in page
        assert "Staff sign in" in page

    def test_is_not_there_for_a_partnership_that_is_not(self) -> None:
        assert Client().get("/partnerships/atlantis").status_code == 404

    def test_says_what_is_no_date_and_shows_today(self, world: World) -> None:
        assert "is not a date" in page_of(Client(), "/partnerships/swp?as-at=yesterday")

    def test_leads_a_worker_back_to_work(self, world: World) -> None:
        assert "Back to work" in page_of(visitor(world, "maya"), "/partnerships/swp")


class TestTheBoard:
    def test_held_the_probation_seat_by_the_trust_until_june_2014(self, world: World) -> None:
        before = page_of(Client(), "/partnerships/swp?as-at=2014-05-01")
        after = page_of(Client(), "/partnerships/swp?as-at=2014-07-01")
        assert "Staffordshire and West Midlands Probation Trust" in before
        assert "National Probation Service; Staffordshire and West Midlands Community Rehabilitation Company" in after

    def test_has_eight_statutory_seats_of_seventeen(self, world: World) -> None:
        page = page_of(Client(), "/partnerships/swp?as-at=2014-05-01")
        assert "8 of 17 filled (47%)" in page
        assert "illustrative" in page

    def test_bore_its_second_name_from_july_2013(self, world: World) -> None:
        assert "LPCB" in page_of(Client(), "/partnerships/swp?as-at=2014-05-01")
        assert "LPCB" not in page_of(Client(), "/partnerships/swp?as-at=2013-01-01")

"""The front page: what waits for whom, and the way between two partnerships."""

from __future__ import annotations

import pytest

from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


class TestHome:
    def test_greets_anil_and_says_what_his_part_is(self, world: World) -> None:
        page = page_of(visitor(world, "anil"), "/home")
        assert ", Anil</h1>" in page
        assert "Brings in the agencies" in page
        assert "The golden thread" in page

    def test_tells_ravi_that_his_staff_session_is_open(self, world: World) -> None:
        ravi = visitor(world, "ravi")
        assert "staff session is open" not in page_of(ravi, "/home")
        ravi.post("/people/staff-session", {"reason": "Nora starts today", "hours": "2"})
        page = page_of(ravi, "/home")
        assert "Your staff session is open" in page
        assert "Nora starts today" in page

    def test_tells_maya_about_it_too(self, world: World) -> None:
        visitor(world, "ravi").post("/people/staff-session", {"reason": "Nora starts today", "hours": "2"})
        assert "A staff session of Ravi Mistry is open" in page_of(visitor(world, "maya"), "/home")

    def test_sends_nobody_to_sign_in_and_back(self) -> None:
        from django.test import Client

        assert Client().get("/home").headers["Location"] == "/accounts/login/?next=/home"

    def test_tells_nora_that_she_has_no_access(self, world: World) -> None:
        assert "You have no access to any partnership" in page_of(visitor(world, "nora"), "/home")


class TestTwoPartnerships:
    def test_lets_tess_go_over_to_the_other(self, world: World) -> None:
        tess = visitor(world, "tess")
        before = page_of(tess, "/home")
        assert "You work for two partnerships" in before
        tess.post("/home/partnership", {"partnership": "swp"})
        assert "Holds a seat on the Board" in page_of(tess, "/home")
        tess.post("/home/partnership", {"partnership": "srp"})
        assert "Brings in the agencies" in page_of(tess, "/home")

    def test_lets_anil_go_nowhere_else(self, world: World) -> None:
        assert visitor(world, "anil").post("/home/partnership", {"partnership": "srp"}).status_code == 404

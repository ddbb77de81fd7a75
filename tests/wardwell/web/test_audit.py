"""The audit trail on screen: who sees whose acts, what can be looked for, and taking it away."""

from __future__ import annotations

import pytest

from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


@pytest.fixture
def looked(world: World) -> None:
    """Anil looked at his access; Ravi opened a staff session."""
    page_of(visitor(world, "anil"), "/people")
    visitor(world, "ravi").post("/people/staff-session", {"reason": "Nora starts today", "hours": "1"})


@pytest.mark.usefixtures("looked")
class TestTrail:
    def test_shows_dora_what_everybody_did(self, world: World) -> None:
        page = page_of(visitor(world, "dora"), "/audit")
        assert "Anil Sandhu looked at who has access" in page
        assert "Nora starts today" in page
        assert "What everybody in this partnership saw" in page

    def test_shows_sam_only_himself(self, world: World) -> None:
        sam = visitor(world, "sam")
        page_of(sam, "/home")
        page = page_of(sam, "/audit")
        assert "Sam Whitlock looked at the home page" in page
        assert "Anil Sandhu" not in page
        assert "What you yourself saw" in page

    def test_leaves_out_what_was_only_looked_at(self, world: World) -> None:
        page = page_of(visitor(world, "dora"), "/audit?only=changes")
        assert "opened a staff session" in page
        assert "looked at who has access" not in page

    def test_finds_words_and_kinds(self, world: World) -> None:
        dora = visitor(world, "dora")
        assert "1 event, newest first" in page_of(dora, "/audit?words=Nora+starts&only=changes")
        assert "Nothing found" in page_of(dora, "/audit?kind=meetings.Seat&words=zzz")

    def test_shows_dora_her_own_acts_when_she_asks(self, world: World) -> None:
        dora = visitor(world, "dora")
        page_of(dora, "/home")
        page = page_of(dora, "/audit?only=mine")
        assert "Dora Lindqvist looked at the home page" in page
        assert "Anil Sandhu" not in page

    def test_can_be_taken_away_as_it_is_on_screen(self, world: World) -> None:
        response = visitor(world, "dora").get("/audit.csv?only=changes")
        text = response.content.decode("utf-8-sig")
        assert response["Content-Type"].startswith("text/csv")
        assert text.startswith("When,What happened,Kind of act,About,Allowed because,Number")
        assert "opened a staff session" in text
        assert "looked at" not in text

    @pytest.mark.parametrize("page", ["0", "-1", "x", "99999999999", "²"])
    def test_takes_any_page_number(self, world: World, page: str) -> None:
        page_of(visitor(world, "dora"), f"/audit?page={page}")

    def test_writes_down_that_it_was_read(self, world: World) -> None:
        dora = visitor(world, "dora")
        page_of(dora, "/audit?words=Nora")
        assert "looked at the audit trail for “Nora”" in page_of(dora, "/audit?only=mine")

"""People and access: who sees whose access, how it is given and ended, and why somebody may see something."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World
from wardwell.access.queries import grants
from wardwell.audit.queries import events

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

NEW = {
    "name": "Nora Fielding",
    "email": "nora@wardwell.example",
    "job_title": "trainee",
    "role": "analyst",
    "reason": "Covers for Anil in August.",
}


@pytest.fixture
def ravi(world: World) -> Client:
    """Ravi, with a staff session open for an hour."""
    client = visitor(world, "ravi")
    answer = client.post("/people/staff-session", {"reason": "Nora starts today", "hours": "1"}, follow=True)
    assert "Your staff session is open" in answer.content.decode()
    return client


class TestWhoHasAccess:
    def test_shows_maya_everybody_with_role_reason_and_dates(self, world: World) -> None:
        page = page_of(visitor(world, "maya"), "/people")
        assert all(name in page for name in ("Anil Sandhu", "Sam Whitlock", "Dora Lindqvist"))
        assert "invented for tests" in page
        assert "Invented" in page
        assert "Access that has ended (1)" in page

    def test_shows_anil_his_own_and_to_whom_the_rest_is_shown(self, world: World) -> None:
        page = page_of(visitor(world, "anil"), "/people")
        assert "Sam Whitlock" not in page
        assert "Who else has access is shown to: partnership manager, data protection officer" in page

    def test_does_not_reach_over_the_wall(self, world: World) -> None:
        assert "Rhona" not in page_of(visitor(world, "maya"), "/people")

    def test_tells_ravi_why_he_cannot_give_access_yet(self, world: World) -> None:
        page = page_of(visitor(world, "ravi"), "/people")
        assert "What you cannot do here, and why" in page
        assert 'href="/people/staff-session"' in page
        assert 'href="/people/give"' not in page


class TestGiving:
    def test_begins_with_a_staff_session_that_has_a_reason_and_an_end(self, world: World) -> None:
        client = visitor(world, "ravi")
        page = client.post("/people/staff-session", {}).content.decode()
        assert "Enter what the staff session is for" in page
        assert "Select how long you need" in page

    def test_lets_nora_in(self, world: World, ravi: Client) -> None:
        page = ravi.post("/people/give", NEW, follow=True).content.decode()
        assert "Nora Fielding has access as analyst" in page
        assert "Safer Wolverhampton Partnership" in page_of(visitor(world, "nora"), "/home")

    def test_says_what_is_missing_beside_each_question(self, ravi: Client) -> None:
        page = ravi.post("/people/give", {}).content.decode()
        assert "There is a problem" in page
        assert all(words in page for words in ("Enter the name", "Enter the e-mail address", "Enter why they need it"))

    def test_refuses_an_end_in_the_past_above_the_form(self, ravi: Client) -> None:
        until = {"until-day": "1", "until-month": "5", "until-year": "2014"}
        assert "must end later than now" in ravi.post("/people/give", {**NEW, **until}).content.decode()

    def test_lets_somebody_new_set_a_password(self, world: World, ravi: Client) -> None:
        ravi.post("/people/give", {**NEW, "email": "yusuf@wardwell.example", "name": "Yusuf Bell"})
        Client().post("/accounts/password/reset/", {"email": "yusuf@wardwell.example"})
        assert [message.to for message in mail.outbox] == [["yusuf@wardwell.example"]]

    def test_is_refused_to_anil_with_the_policys_sentence(self, world: World) -> None:
        answer = visitor(world, "anil").post("/people/give", NEW)
        assert answer.status_code == 403
        assert "administrator in a staff session" in answer.content.decode()


class TestEnding:
    def test_asks_for_a_reason_and_for_certainty(self, world: World, ravi: Client) -> None:
        page = ravi.post(f"/people/{self._anil(world)}/end", {}).content.decode()
        assert "Enter why it ends" in page
        assert "Confirm that you know that it ends at once" in page

    def test_shuts_the_door_at_once_and_is_written_down(self, world: World, ravi: Client) -> None:
        anil = visitor(world, "anil")
        sent = {"reason": "changed jobs", "sure": "yes"}
        page = ravi.post(f"/people/{self._anil(world)}/end", sent, follow=True).content.decode()
        assert "The access of Anil Sandhu as analyst has ended." in page
        assert "You have no access to any partnership" in page_of(anil, "/home")
        trail = events(world.actor("dora"), changes_only=True)
        assert trail.events[0].sentence == "Ravi Mistry ended the role of analyst of Anil Sandhu: changed jobs"

    def test_says_that_it_is_over_when_it_is(self, world: World, ravi: Client) -> None:
        leon = next(one for one in grants(world.actor("maya")) if one.worker_id == world.workers["leon"])
        assert "This access ended" in page_of(ravi, f"/people/{leon.id}/end")

    def test_is_how_a_staff_session_is_closed_early(self, world: World, ravi: Client) -> None:
        assert "End the staff session" in page_of(ravi, "/people")

    @staticmethod
    def _anil(world: World) -> object:
        return next(one.id for one in grants(world.actor("maya")) if one.worker_id == world.workers["anil"])


class TestWhy:
    def test_says_which_rule_reaches_anil_and_which_law_is_behind_it(self, world: World) -> None:
        page = page_of(visitor(world, "anil"), "/people/why?kind=evidence.Snapshot")
        assert "because you are analyst" in page
        assert "Crime and Disorder Act 1998" in page

    def test_names_who_else_can_to_whoever_may_know(self, world: World) -> None:
        page = page_of(visitor(world, "dora"), "/people/why?kind=access.Grant")
        assert "Maya Okafor" in page

    def test_counts_them_for_everybody_else(self, world: World) -> None:
        page = page_of(visitor(world, "anil"), "/people/why?kind=evidence.Snapshot")
        assert "Maya Okafor" not in page
        assert "whose names are not shown" in page or "Their names are not shown" in page

    def test_says_that_no_rule_reaches_nora(self, world: World) -> None:
        page = page_of(visitor(world, "nora"), "/people/why?kind=evidence.Snapshot")
        assert "You cannot see this: no rule reaches you." in page

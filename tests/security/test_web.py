"""What a browser in the wrong hands gets: nothing, in the same words, and no copy of what was somebody else's."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.access.objects import OBJECTS, SENT
from tests.access.test_matrix import MATRIX, Row
from tests.world import PASSWORD, World
from wardwell.access.policy import Role
from wardwell.access.protection import time_ordered_key
from wardwell.access.queries import grants

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

LOGIN = "/accounts/login/"
POSTS = [row for row in MATRIX if row.method == "post"]
SHUT = ("/accounts/signup/", "/accounts/email/", "/accounts/3rdparty/signup/")


def visitor(world: World, who: str, **how: Any) -> Client:
    client = Client(**how)
    if who != "public":
        client.force_login(get_user_model().objects.get(pk=world.workers[who]))
    return client


def sign_in(client: Client, who: str, password: str = PASSWORD, **more: str) -> Any:
    return client.post(LOGIN, {"login": f"{who}@wardwell.example", "password": password, **more})


class TestEveryForm:
    @pytest.mark.parametrize("row", POSTS, ids=str)
    def test_takes_nothing_without_the_mark_against_forged_requests(self, row: Row, world: World) -> None:
        path = reverse(row.address, kwargs=OBJECTS[row.address](world) if row.address in OBJECTS else None)
        client = visitor(world, "maya", enforce_csrf_checks=True)
        assert client.post(path, SENT.get(row.address, {})).status_code == 403

    @pytest.mark.parametrize("row", [row for row in POSTS if f"get {row.address}" not in map(str, MATRIX)], ids=str)
    def test_that_has_no_page_of_its_own_answers_to_nothing_but_post(self, row: Row, world: World) -> None:
        path = reverse(row.address, kwargs=OBJECTS[row.address](world) if row.address in OBJECTS else None)
        client = visitor(world, "maya")
        assert {client.generic(method, path).status_code for method in ("GET", "PUT", "DELETE", "PATCH")} == {405}


class TestAResponse:
    @pytest.mark.parametrize(
        "path", ["/home", "/people", "/audit", "/audit.csv", "/evidence", "/assessments", "/nosuch"]
    )
    def test_to_somebody_signed_in_is_kept_by_nobody(self, world: World, path: str) -> None:
        kept = visitor(world, "maya").get(path).headers["Cache-Control"]
        assert "no-store" in kept
        assert "private" in kept

    @pytest.mark.parametrize("path", ["/identity/12394a.css", "/partnerships/swp", "/partnerships/swp/documents"])
    def test_that_sets_a_cookie_is_left_to_no_shared_cache(self, world: World, path: str) -> None:
        response = visitor(world, "maya").get(path)
        assert response.cookies
        assert "public" not in response.headers["Cache-Control"]
        assert "Cookie" in response.headers["Vary"]

    def test_to_the_public_sets_no_cookie_and_may_be_kept(self, world: World) -> None:
        response = Client().get("/identity/12394a.css")
        assert not response.cookies
        assert "public" in response.headers["Cache-Control"]

    @pytest.mark.parametrize("path", ["/", "/nosuch", "/home", LOGIN, "/static/nosuch.css", "/partnerships/swp"])
    def test_has_the_strict_headers_whatever_it_is(self, world: World, path: str) -> None:
        headers = Client().get(path).headers
        assert "default-src 'none'" in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"

    def test_tells_a_stranger_nothing_that_is_not_told_of_what_is_not_there(self, world: World) -> None:
        theirs = reverse("evidence_snapshot", kwargs=OBJECTS["evidence_snapshot"](world))
        nothing = reverse("evidence_snapshot", kwargs={"snapshot_id": time_ordered_key()})
        rhona = visitor(world, "rhona")
        one, other = rhona.get(theirs), rhona.get(nothing)
        assert (one.status_code, _without_marks(one)) == (404, _without_marks(other))

    @pytest.mark.parametrize(
        "path", ["/audit?words=%00", "/partnerships/swp/documents/SWP-1/files/%00", "/evidence/files/%00"]
    )
    def test_to_an_address_with_the_sign_nul_is_no_fault_of_ours(self, world: World, path: str) -> None:
        assert visitor(world, "maya").get(path).status_code in (400, 404)

    def test_to_a_form_with_the_sign_nul_is_no_fault_of_ours(self, world: World) -> None:
        sent = {"reason": "one\x00two", "hours": "1"}
        assert visitor(world, "ravi").post("/people/staff-session", sent).status_code == 302

    def test_to_another_host_is_refused(self, world: World) -> None:
        assert Client().get("/", headers={"host": "evil.example"}).status_code == 400


class TestSigningIn:
    @pytest.mark.parametrize("path", SHUT)
    @pytest.mark.parametrize("who", ["public", "maya"])
    def test_has_no_page_on_which_people_enter_or_rename_themselves(self, world: World, path: str, who: str) -> None:
        client = visitor(world, who)
        assert client.get(path).status_code == 404
        assert client.post(path, {"email": "x@evil.example", "action_add": ""}).status_code == 404

    @pytest.mark.parametrize(
        "away", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", r"/\evil.example"]
    )
    def test_leads_nowhere_else(self, world: World, away: str) -> None:
        response = sign_in(Client(), "maya", next=away)
        assert (response.status_code, response.headers["Location"]) == (302, "/home")

    def test_gives_a_new_session_and_signing_out_ends_it(self, world: World) -> None:
        client = Client()
        client.cookies["session"] = "a" * 32
        sign_in(client, "maya")
        key = client.cookies["session"].value
        assert key != "a" * 32
        assert client.get("/accounts/logout/").status_code == 200
        assert client.get("/home").status_code == 200
        client.post("/accounts/logout/")
        other = Client()
        other.cookies["session"] = key
        assert other.get("/home").status_code == 302

    def test_says_the_same_for_an_address_that_nobody_has(self, world: World) -> None:
        known, unknown = sign_in(Client(), "maya", "wrong"), sign_in(Client(), "nosuch", "wrong")
        assert _errors(known) == _errors(unknown) != []

    def test_asks_the_same_to_set_a_password_anew(self, world: World) -> None:
        known, unknown = (
            Client().post("/accounts/password/reset/", {"email": f"{who}@wardwell.example"})
            for who in ("maya", "nosuch")
        )
        assert (known.status_code, known.headers["Location"]) == (unknown.status_code, unknown.headers["Location"])

    def test_goes_over_to_no_partnership_that_is_not_ones_own(self, world: World) -> None:
        client = visitor(world, "anil")
        assert client.post("/home/partnership", {"partnership": "srp"}).status_code == 404
        session = client.session
        session["partnership"] = "srp"
        session.save()
        assert client.get("/home").wsgi_request.actor.partnership_id == world.partnerships["swp"]


class TestAnUpload:
    def test_of_somebody_not_signed_in_is_not_even_written(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        written: list[str] = []
        monkeypatch.setattr(
            "django.core.files.uploadhandler.TemporaryFileUploadHandler.new_file", lambda *_: written.append("a file")
        )
        Client().post(LOGIN, {"file": SimpleUploadedFile("a.csv", b"x" * 1000)})
        assert written == []

    def test_that_says_it_is_too_large_is_not_read(self, world: World, settings: Any) -> None:
        settings.MAX_UPLOAD_BYTES = 1000
        file = SimpleUploadedFile("a.csv", b"x" * 1_100_000)
        assert visitor(world, "anil").post("/evidence/send", {"file": file}).status_code == 400


def _without_marks(response: Any) -> str:
    return re.sub(r'(name="csrfmiddlewaretoken" value=|X-CSRFToken)[^>]*', "", response.content.decode())


def _errors(response: Any) -> list[str]:
    return re.findall(r"error[^>]*>([^<]+\w[^<]*)<", response.content.decode())


class TestAFaultOfOurs:
    def test_undoes_the_change_and_says_nothing_of_itself(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        def fails(*_: object, **__: object) -> None:
            raise RuntimeError("secret words")

        monkeypatch.setattr("wardwell.web.people.changes.redirect", fails)
        ravi = visitor(world, "ravi", raise_request_exception=False)
        response = ravi.post("/people/staff-session", {"reason": "to look", "hours": "1"})
        assert response.status_code == 500
        assert "secret words" not in response.content.decode()
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
        assert "no-store" in response.headers["Cache-Control"]
        assert Role.STAFF_SESSION not in {one.role for one in grants(world.actor("ravi"))}

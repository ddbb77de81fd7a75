"""Maya publishes what Beth signed off, has it counted again, and withdraws it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.wardwell.publication.desk import Desk
from tests.wardwell.web.visiting import page_of, visitor

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

SENT = {
    "released_on-day": "20",
    "released_on-month": "1",
    "released_on-year": "2026",
    "reason": "Read every finding against its figure.",
    "sure": "yes",
}


class TestPublishing:
    def test_is_offered_where_something_is_signed_off(self, signed_off: Desk) -> None:
        page = page_of(visitor(signed_off.world, "maya"), "/releases")
        assert "Signed off, not published yet" in page
        assert f"/releases/publish/{signed_off.assessment_id}" in page

    def test_says_what_will_be_frozen_and_what_is_hidden(self, signed_off: Desk) -> None:
        page = page_of(visitor(signed_off.world, "maya"), f"/releases/publish/{signed_off.assessment_id}")
        assert "Counts from 1 to 4" in page
        assert "No figure shows more" in page
        assert "Complete; the figures hold." in page

    def test_is_not_for_the_analyst_nor_for_strangers(self, signed_off: Desk) -> None:
        path = f"/releases/publish/{signed_off.assessment_id}"
        given = {who: visitor(signed_off.world, who).post(path, SENT).status_code for who in ("anil", "beth", "rhona")}
        assert given == {"anil": 403, "beth": 403, "rhona": 404}

    def test_asks_again_for_what_is_missing(self, signed_off: Desk) -> None:
        sent = {**SENT, "reason": "", "sure": ""}
        response = visitor(signed_off.world, "maya").post(f"/releases/publish/{signed_off.assessment_id}", sent)
        assert "Enter what you checked before it goes out" in response.content.decode()
        assert "Confirm that it goes out to everybody now" in response.content.decode()

    def test_makes_a_release_that_everybody_can_read(self, signed_off: Desk) -> None:
        maya = visitor(signed_off.world, "maya")
        response = maya.post(f"/releases/publish/{signed_off.assessment_id}", SENT)
        assert response.status_code == 302
        page = page_of(maya, response["Location"])
        assert "Published as SWP-SA-2026-1. Everybody can read it now." in page
        assert page_of(visitor(signed_off.world, "public"), "/partnerships/swp/documents/SWP-SA-2026-1")


class TestRelease:
    def test_lists_its_files_with_their_digests(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        page = page_of(visitor(desk.world, "beth"), f"/releases/{reference}")
        assert "The document as tagged PDF" in page
        view = desk.seen(reference)
        assert view is not None
        assert all(digest in page for digest in view.manifest.values())

    def test_is_not_there_next_door(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        for who in ("rhona", "nora", "public"):
            assert visitor(desk.world, who).get(f"/releases/{reference}").status_code == 404

    def test_is_counted_again_figure_by_figure(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        response = visitor(desk.world, "maya").post(f"/releases/{reference}/verify")
        page = response.content.decode()
        assert "It holds: every number came out again" in page
        assert "crime-by-type" in page
        assert "everything holds" in page

    def test_says_what_does_not_hold(self, published: tuple[Desk, str], settings: object) -> None:
        desk, reference = published
        path = next(Path(settings.RELEASES).rglob("crimes.csv"))  # type: ignore[attr-defined]
        path.chmod(0o644)
        path.write_bytes(path.read_bytes().replace(b"26627", b"26626"))
        page = visitor(desk.world, "maya").post(f"/releases/{reference}/verify").content.decode()
        assert "It does not hold" in page
        assert "Does not hold" in page
        assert "crimes.csv" in page

    def test_is_withdrawn_with_a_reason_that_readers_see(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        maya = visitor(desk.world, "maya")
        assert maya.post(f"/releases/{reference}/withdraw", {"reason": "", "sure": "yes"}).status_code == 200
        sent = {"reason": "The look-up of wards was an old one.", "sure": "yes"}
        assert maya.post(f"/releases/{reference}/withdraw", sent).status_code == 302
        assert "Withdrawn" in page_of(maya, f"/releases/{reference}")
        page = page_of(visitor(desk.world, "public"), f"/partnerships/swp/documents/{reference}")
        assert "The look-up of wards was an old one." in page

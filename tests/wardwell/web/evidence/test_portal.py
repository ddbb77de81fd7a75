"""Sam's portal: what is due of the police, what to send, what became of it; and nothing at all of the fire service's."""

from __future__ import annotations

import pytest

from tests import holding
from tests.wardwell.web.evidence.conftest import JANUARY, Desk
from tests.wardwell.web.evidence.test_expected import expected
from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World
from wardwell.evidence import queries

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

__all__ = ["expected"]


class TestSam:
    def test_sees_what_is_due_what_to_send_and_what_became_of_it(self, expected: Desk) -> None:
        expected.takes_in(JANUARY, "by Anil", code="street")
        page = page_of(visitor(expected.world, "sam"), "/evidence")
        assert "Your agency’s data" in page
        assert "West Midlands Police" in page
        assert "November 2025" in page
        assert "Every month, within 60 days after its end" in page
        assert "What its 13 columns mean" in page
        assert JANUARY.name in page

    def test_finds_nothing_of_another_agency(self, expected: Desk) -> None:
        expected.takes_in(holding.COUNTS, "the fire service’s", code="fires")
        kept = queries.snapshots(expected.anil, dataset_code="fires").snapshots[0]
        sent = next(one for one in queries.submissions(expected.anil) if one.dataset_code == "fires")
        sam = visitor(expected.world, "sam")
        for path in (
            "/evidence/datasets/fires",
            "/evidence/datasets/fires/edit",
            "/evidence/datasets/fires/periods/2025-04",
            "/evidence/datasets/fires/periods/2025-04/chase",
            f"/evidence/submissions/{sent.id}",
            f"/evidence/snapshots/{kept.id}",
            f"/evidence/snapshots/{kept.id}/rows",
            f"/evidence/snapshots/{kept.id}/quarantine",
            f"/evidence/snapshots/{kept.id}/reconciliation.csv",
        ):
            assert sam.get(path).status_code == 404, path
        for path in (
            "/evidence",
            "/evidence/calendar",
            "/evidence/timeliness",
            "/evidence/submissions",
            "/evidence/send",
        ):
            page = page_of(sam, path)
            assert "fires" not in page.lower(), path
            assert "Fire and Rescue" not in page, path

    def test_is_told_at_home_what_is_late(self, expected: Desk) -> None:
        page = page_of(visitor(expected.world, "sam"), "/home")
        assert "Crime counted by small area is late" in page
        assert "November 2025 was due on 30 January 2026" in page

    def test_is_told_what_to_do_while_nothing_is_of_his_agency(self, world: World) -> None:
        assert "No dataset is expected of your agency" in page_of(visitor(world, "sam"), "/evidence")

    def test_has_no_explorer_in_his_menu(self, expected: Desk) -> None:
        assert 'href="/explorer"' not in page_of(visitor(expected.world, "sam"), "/home")
        assert 'href="/explorer"' in page_of(visitor(expected.world, "anil"), "/home")


@pytest.mark.parametrize(("who", "status"), [("rhona", 200), ("nora", 404), ("dora", 404), ("leon", 404)])
def test_others_find_no_portal(expected: Desk, who: str, status: int) -> None:
    answer = visitor(expected.world, who).get("/evidence")
    assert answer.status_code == status
    assert "Your agency’s data" not in answer.content.decode()
    assert "Crime counted by small area" not in answer.content.decode()

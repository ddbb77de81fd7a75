"""The calendar of supply, a period's page, chasing, excusing, describing, and the league."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests import holding
from tests.wardwell.web.evidence.conftest import Desk
from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World
from wardwell.agencies.register import key_of
from wardwell.evidence import operations, queries
from wardwell.evidence.operations import Description
from wardwell.evidence.rules import Cadence, UnitOfFiles

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

NOVEMBER = "/evidence/datasets/counts/periods/2025-11"
DESCRIBED = {
    "publisher": "Home Office", "gateway": "Open licence", "sensitivity": "open", "retention": "For good", "owner": "",
    "known_faults": "One\r\nTwo", "note": "", "expected_from-day": "1", "expected_from-month": "9",
    "expected_from-year": "2025", "due_rule": "by the end of the next period", "due_days_after": "60",
    "is_sparse": "no",
}  # fmt: skip


@pytest.fixture
def expected(desk: Desk) -> Desk:
    """The police's counts from September 2025 on, and the fire service's quarters from January 2025 on."""
    holding.expect_counts(desk.anil, at=desk.anil.at)
    operations.add_dataset(
        actor=desk.anil, at=desk.anil.at, code="fires", name="Deliberate fires", table="area_month_counts",
        source="the fire service", licence="section 17A", cadence=Cadence.QUARTERLY, unit_of_files=UnitOfFiles.WHOLE,
        used_for_measures=False, supplier_id=key_of("west-midlands-fire"),
        description=Description(expected_from=date(2025, 1, 1)),
    )  # fmt: skip
    desk.takes_in(holding.COUNTS, "as published", code="counts")
    return desk


class TestTheCalendar:
    def test_says_that_nothing_is_expected_yet(self, world: World) -> None:
        assert "Nothing is expected yet" in page_of(visitor(world, "beth"), "/evidence/calendar")
        assert "Nothing is expected yet" in page_of(visitor(world, "beth"), "/evidence/timeliness")

    def test_says_every_state_in_words_and_explains_its_signs(self, expected: Desk) -> None:
        page = page_of(visitor(expected.world, "beth"), "/evidence/calendar?until=2025-12")
        assert "<caption>West Midlands Police</caption>" in page
        assert "<caption>West Midlands Fire and Rescue Authority</caption>" in page
        assert "September 2025: in late by 46 days, due 30 November 2025" in page
        assert 'colspan="3"><a href="/evidence/datasets/fires/periods/2025-04">' in page
        assert "January 2025: nothing expected" in page
        assert 'aria-label="What the signs mean"' in page

    def test_goes_back_a_year_and_forgives_a_wrong_address(self, expected: Desk) -> None:
        client = visitor(expected.world, "maya")
        assert "January 2024 to December 2024" in page_of(client, "/evidence/calendar?until=2024-12")
        for wrong in ("9999-99", "x", "2100-01", "0001-01"):
            assert "The year before" in page_of(client, f"/evidence/calendar?until={wrong}")

    def test_lists_what_is_still_to_come(self, expected: Desk) -> None:
        page = page_of(visitor(expected.world, "anil"), "/evidence/calendar")
        assert f'href="{NOVEMBER}">November 2025</a>' in page


def test_maya_is_told_at_home_how_much_is_late_and_of_whom(expected: Desk) -> None:
    page = page_of(visitor(expected.world, "maya"), "/home")
    assert " late, of 2 agencies</a>" in page
    assert "of Deliberate fires, West Midlands Fire and Rescue Authority." in page


class TestAPeriod:
    def test_says_where_it_stands(self, expected: Desk) -> None:
        page = page_of(visitor(expected.world, "anil"), NOVEMBER)
        assert "30 January 2026" in page
        assert "0 of 1" in page
        assert "Only these may chase here: partnership manager" in page

    def test_is_chased_by_maya_and_read_by_sam(self, expected: Desk) -> None:
        maya = visitor(expected.world, "maya")
        assert maya.post(f"{NOVEMBER}/chase", {"words": "Please <b>ring</b>."}).status_code == 302
        assert "Please &lt;b&gt;ring&lt;/b&gt;." in page_of(maya, NOVEMBER)
        sam = visitor(expected.world, "sam")
        assert "Please &lt;b&gt;ring&lt;/b&gt;." in page_of(sam, NOVEMBER)
        assert "You were told: Please &lt;b&gt;ring&lt;/b&gt;." in page_of(sam, "/home")

    def test_is_excused_with_a_reason(self, expected: Desk) -> None:
        maya = visitor(expected.world, "maya")
        assert "Enter why it is excused" in maya.post(f"{NOVEMBER}/excuse", {}).content.decode()
        assert maya.post(f"{NOVEMBER}/excuse", {"reason": "A strike."}).status_code == 302
        page = page_of(maya, NOVEMBER)
        assert "A strike. (Maya Okafor" in page
        assert "It is excused already." in page
        assert "It is excused already." in maya.post(f"{NOVEMBER}/excuse", {"reason": "Again."}).content.decode()

    @pytest.mark.parametrize("month", ["2025-08", "2025-13", "nonsense"])
    def test_is_not_there_where_nothing_is_expected(self, expected: Desk, month: str) -> None:
        path = f"/evidence/datasets/counts/periods/{month}"
        assert visitor(expected.world, "maya").get(path).status_code == 404


class TestTheDescription:
    def test_is_changed_by_maya_and_shown_with_her_name(self, expected: Desk) -> None:
        maya = visitor(expected.world, "maya")
        given = {**DESCRIBED, "owner": str(expected.world.workers["anil"])}
        assert maya.post("/evidence/datasets/counts/edit", given).status_code == 302
        page = page_of(maya, "/evidence/datasets/counts")
        for words in (
            "Every month, by the end of the next month",
            "Home Office",
            "Open licence",
            "<li>Two</li>",
            "Anil Sandhu",
            "by Maya Okafor",
            "The 6 columns of the table",
        ):
            assert words in page, words

    def test_says_what_is_wrong(self, expected: Desk) -> None:
        maya = visitor(expected.world, "maya")
        page = maya.post("/evidence/datasets/counts/edit", {**DESCRIBED, "expected_from-day": "2"}).content.decode()
        assert "The first period begins on the first day of a month." in page

    @pytest.mark.parametrize(("who", "status"), [("sam", 403), ("beth", 403), ("rhona", 404), ("nora", 404)])
    def test_is_not_for_others(self, expected: Desk, who: str, status: int) -> None:
        answer: Any = visitor(expected.world, who).post("/evidence/datasets/counts/edit", DESCRIBED)
        assert answer.status_code == status


class TestTheLeague:
    def test_ranks_with_the_counts_beside_every_share(self, expected: Desk) -> None:
        page = page_of(visitor(expected.world, "maya"), "/evidence/timeliness")
        assert "West Midlands Fire and Rescue Authority" in page
        found = {one.supplier: one for one in queries.standings(expected.anil)}
        fire = found["West Midlands Fire and Rescue Authority"]
        # As at 15 January 2026 three of its quarters were due.
        assert (fire.record.due, fire.record.out, fire.place) == (3, 3, None)

    def test_shows_sam_only_his_own_and_no_place(self, expected: Desk) -> None:
        page = page_of(visitor(expected.world, "sam"), "/evidence/timeliness")
        assert "West Midlands Police" in page
        assert "Fire" not in page
        assert ">Place<" not in page

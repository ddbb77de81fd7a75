"""Sam's portal before a browser: what is due, a file sent in, in on time; and Maya's calendar of everybody."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import transaction
from playwright.sync_api import expect

from tests import holding
from tests.browser.bench import Visit
from tests.browser.holding import hold_evidence, work_the_queue
from tests.world import find_world
from wardwell.evidence import operations, queries
from wardwell.evidence.operations import Description

MARCH = holding.STREET / "2014-03" / "2014-03-staffordshire-street.csv"
WIDTHS = pytest.mark.parametrize("width", ["desk", "phone"])


@pytest.fixture(autouse=True)
def _expected(address: str) -> None:
    """The police's street files are expected from January 2014 on, with all the time in the world."""
    hold_evidence()
    with transaction.atomic():
        world = find_world()
        anil = world.actor("anil")
        if not queries.calendar(anil, dataset_code="street"):
            first = date(2014, 1, 1)
            operations.describe_dataset(
                actor=anil, at=anil.at, code="street",
                description=Description(expected_from=first, expected_until=first.replace(month=4), due_days_after=9000),
            )  # fmt: skip
            holding.expect_counts(anil, at=anil.at)


@WIDTHS
def test_sam_sends_what_is_due_and_sees_it_in_on_time(width: str, visit: Callable[..., Visit]) -> None:
    here = visit("sam", width=width).to("/evidence")
    expect(here.page.get_by_role("heading", level=1)).to_have_text("Your agency’s data")
    here.picture(f"evidence-portal-{width}")
    assert here.barriers() == []
    assert here.sideways() == 0
    here.page.get_by_role("button", name="Send a file").click()
    here.page.get_by_role("radio", name="Street-level crime").check()
    here.page.get_by_label("File", exact=True).set_input_files(MARCH)
    here.page.get_by_role("button", name="Send the file").click()
    here.page.wait_for_url("**/evidence/submissions/**")
    work_the_queue()
    here.to("/evidence/datasets/street/periods/2014-03")
    expect(here.page.locator("main")).to_contain_text("In on time")
    assert here.barriers() == []
    assert here.sideways() == 0


@WIDTHS
@pytest.mark.parametrize("path", ["calendar", "timeliness", "datasets/counts", "datasets/counts/edit"])
def test_shows_no_barrier(path: str, width: str, visit: Callable[..., Visit]) -> None:
    here = visit("maya", width=width).to(f"/evidence/{path}")
    here.picture(f"evidence-{path.replace('/', '-')}-{width}")
    assert here.barriers() == []
    assert here.sideways() == 0


def test_maya_chases_and_excuses(visit: Callable[..., Visit]) -> None:
    here = visit("maya").to("/evidence/datasets/counts/periods/2025-12")
    here.page.get_by_role("button", name="Chase").click()
    here.page.get_by_label("What you want to tell them").fill("Your December is wanted for the assessment.")
    assert here.barriers() == []
    here.page.get_by_role("button", name="Send").click()
    expect(here.page.get_by_role("table")).to_contain_text("Your December is wanted for the assessment.")
    here.picture("evidence-period-desk")
    here.page.get_by_role("button", name="Excuse").click()
    here.page.get_by_label("Why it is excused").fill("The force’s system was replaced.")
    here.page.get_by_role("button", name="Excuse this period").click()
    expect(here.page.locator("main")).to_contain_text("The force’s system was replaced. (Maya Okafor")
    assert here.barriers() == []

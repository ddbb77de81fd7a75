"""A file of the police, sent in by the browser and followed to what was kept of it, or to why it was refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests import holding
from tests.browser.bench import Visit
from tests.browser.holding import hold_evidence, work_the_queue

JANUARY = holding.STREET / "2014-01" / "2014-01-staffordshire-street.csv"


@pytest.fixture(autouse=True)
def _held(address: str) -> None:
    hold_evidence()


def send(here: Visit, file: Path) -> None:
    """Send a file in by the form, as people do."""
    here.to("/evidence").page.get_by_role("button", name="Send a file").click()
    here.page.get_by_role("radio", name="Street-level crime").check()
    here.page.get_by_label("File", exact=True).set_input_files(file)
    here.page.get_by_label("Edition").fill("sent by Sam")
    here.page.get_by_role("button", name="Send the file").click()
    here.page.wait_for_url("**/evidence/submissions/**")


class TestAFile:
    def test_is_followed_to_its_snapshot(self, visit: Callable[..., Visit]) -> None:
        here = visit("sam")
        send(here, JANUARY)
        expect(here.page.locator("#progress")).to_contain_text("It waits to be read.")
        assert here.barriers() == []
        work_the_queue()
        # The page renews itself: nobody presses anything.
        expect(here.page.locator("#progress")).to_contain_text("Imported 6 rows of January 2014", timeout=15_000)
        here.page.get_by_role("link", name="See what was kept").click()
        expect(here.page.get_by_role("heading", level=1)).to_have_text("sent by Sam")
        expect(here.page.locator("main")).to_contain_text("Rows in = accepted + put aside")
        here.picture("evidence-snapshot")
        assert here.barriers() == []

    def test_that_is_hostile_is_refused_with_the_sentence(self, visit: Callable[..., Visit], tmp_path: Path) -> None:
        hostile = tmp_path / JANUARY.name
        text = JANUARY.read_text(encoding="utf-8").replace("On or near", "=cmd|'/c calc'!A1 <img src=x>", 1)
        hostile.write_text(text, encoding="utf-8")
        here = visit("anil", width="phone")
        send(here, hostile)
        work_the_queue()
        refusal = here.page.locator(".wardwell-refusal")
        expect(refusal).to_contain_text("This file was refused, and nothing of it was kept", timeout=15_000)
        expect(refusal).to_contain_text("column “Location”: the cell begins like a formula")
        expect(refusal).to_contain_text("=cmd|'/c calc'!A1 <img src=x>")
        expect(refusal.locator("img")).to_have_count(0)
        here.picture("evidence-refused-phone")
        assert here.barriers() == []
        assert here.sideways() == 0


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_supply_shows_every_month_without_a_barrier(width: str, visit: Callable[..., Visit]) -> None:
    here = visit("anil", width=width).to("/evidence")
    table = here.page.get_by_role("table", name="Months of Crime counted by small area")
    expect(table.get_by_role("row", name="2025")).to_contain_text("held")
    here.picture(f"evidence-supply-{width}")
    assert here.barriers() == []
    assert here.sideways() == 0

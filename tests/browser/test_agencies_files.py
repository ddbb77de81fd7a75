"""A supplier tries a file out, mends it and sends it; a health file with a person in it is refused at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.browser.bench import Visit
from tests.browser.holding import hold_agencies
from tests.wardstats.sources.agency_rows import file_of, headings_of, row_of


@pytest.fixture(autouse=True)
def _held(address: str) -> None:
    hold_agencies()


def choose(here: Visit, dataset: str, file: Path) -> None:
    """Choose a dataset and a file in the form, as people do."""
    here.to("/evidence/send")
    here.page.get_by_role("radio", name=dataset, exact=True).check()
    here.page.get_by_label("File", exact=True).set_input_files(file)


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_a_file_is_tried_out_and_stays_chosen(width: str, visit: Callable[..., Visit], tmp_path: Path) -> None:
    path = file_of(
        tmp_path / "q1.csv", headings_of("partner_counts", "police-incidents"),
        [row_of("police-incidents"), row_of("police-incidents", count="-1")],
    )  # fmt: skip
    here = visit("sam", width=width)
    choose(here, "Counts: incidents", path)
    here.page.get_by_role("button", name="See what would happen").click()
    tried = here.page.locator("#rehearsal")
    expect(tried).to_contain_text("Sent in, 1 row of January 2026 to March 2026 would be kept", timeout=15_000)
    expect(tried).to_contain_text("nothing of the file was kept, and it is no evidence")
    expect(tried).to_contain_text("The count is less than nought.")
    assert here.page.get_by_label("File", exact=True).evaluate("input => input.files.length") == 1
    here.picture(f"evidence-rehearsal-{width}")
    assert here.barriers() == []
    assert here.sideways() == 0


def test_a_health_file_with_a_person_in_it_is_refused_at_once(visit: Callable[..., Visit], tmp_path: Path) -> None:
    rows = [row_of("health"), row_of("health", category="Assault at WV1 1AA")]
    path = file_of(tmp_path / "q1.csv", headings_of("partner_counts", "health"), rows)
    here = visit("anil", width="phone")
    choose(here, "Counts: admissions", path)
    here.page.get_by_role("button", name="Send the file").click()
    here.page.wait_for_url("**/evidence/submissions/**")
    refusal = here.page.locator(".wardwell-refusal")
    expect(refusal).to_contain_text("This file was refused, and nothing of it was kept")
    expect(refusal).to_contain_text("row 3, column “E (Category)”: there is a full postcode")
    expect(here.page.locator("body")).not_to_contain_text("1AA")
    here.picture("evidence-health-refused-phone")
    assert here.barriers() == []
    assert here.sideways() == 0

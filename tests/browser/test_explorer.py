"""The explorer in a browser: by keyboard, as pictures, as a map; and just as well without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from tests.browser.bench import Visit
from tests.browser.holding import hold_evidence


@pytest.fixture(autouse=True)
def _held(address: str) -> None:
    hold_evidence()


def drawn(here: Visit) -> None:
    """Wait until the map stands and every picture has come."""
    expect(here.page.locator("[data-map-state=idle]")).to_have_count(1, timeout=20_000)
    for _ in range(100):
        widths = here.ask("[...document.querySelectorAll('main picture img')].map(image => image.naturalWidth)")
        if widths and all(widths):
            return
        here.page.wait_for_timeout(100)
    pytest.fail(f"After ten seconds the pictures are as wide as this: {widths}")


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_draws_pictures_and_a_map_without_a_barrier(width: str, visit: Callable[..., Visit]) -> None:
    here = visit("anil", width=width).to("/explorer")
    drawn(here)
    here.picture(f"explorer-{width}")
    assert here.barriers() == []
    assert here.sideways() == 0


def test_answers_a_new_question_by_keyboard_alone(visit: Callable[..., Visit]) -> None:
    here = visit("anil").to("/explorer")
    drawn(here)
    kind = here.page.get_by_label("Type", exact=True)
    kind.focus()
    here.page.keyboard.type("Burglary")
    here.page.keyboard.press("Tab")
    here.page.wait_for_url(re.compile("type=Burglary"))
    expect(here.page.locator("#results-heading")).to_contain_text("Burglary in Wolverhampton")
    drawn(here)
    assert here.barriers() == []


def test_says_in_place_what_there_is_when_a_question_cannot_be_answered(visit: Callable[..., Visit]) -> None:
    here = visit("anil").to("/explorer")
    here.page.get_by_label("From", exact=True).select_option("2025-10")
    here.page.wait_for_url(re.compile("from=2025-10"))
    here.page.get_by_label("To, including").select_option("2024-01")
    expect(here.page.locator("#results")).to_contain_text("The period must begin before it ends.")


def test_finds_an_area_on_the_map_from_the_list(visit: Callable[..., Visit]) -> None:
    here = visit("anil").to("/explorer")
    drawn(here)
    here.page.get_by_label("Find an area on the map").select_option(label="Bilston North")
    expect(here.page.locator("[data-map-reading]")).to_contain_text(re.compile(r"Bilston North: \d+\.\d per 1,000"))


def test_works_without_scripts(visit: Callable[..., Visit]) -> None:
    with_scripts = visit("anil")
    browser = with_scripts.page.context.browser
    assert browser is not None
    state, base = with_scripts.page.context.storage_state(), with_scripts.to("/explorer").page.url
    context = browser.new_context(java_script_enabled=False, storage_state=state)
    page = context.new_page()
    page.goto(base)
    page.get_by_label("Type", exact=True).select_option("Burglary")
    page.get_by_role("button", name="Show", exact=True).click()
    expect(page.locator("#results-heading")).to_contain_text("Burglary in Wolverhampton")
    expect(page.get_by_role("table", name=re.compile("Burglary.* by ward"))).to_be_visible()
    context.close()

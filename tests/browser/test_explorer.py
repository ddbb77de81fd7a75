"""The explorer in a browser: by keyboard, as pictures, as a map; and just as well without scripts."""

from __future__ import annotations

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.db import transaction
from playwright.sync_api import expect

from tests import writing
from tests.browser.bench import Visit
from tests.browser.holding import hold_evidence
from tests.world import find_world


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


def draft() -> UUID:
    """Anil's draft, kept."""
    with transaction.atomic():
        return writing.draft_by_hand(find_world())


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_shows_a_councillor_a_ward(width: str, visit: Callable[..., Visit]) -> None:
    here = visit("beth", width=width).to("/home")
    here.page.get_by_role("link", name="A page for each ward").click()
    expect(here.page.get_by_role("heading", level=1)).to_have_text("Wards")
    assert here.barriers() == []
    here.page.get_by_role("link", name="Bilston South").click()
    expect(here.page.locator("#ward-words")).to_contain_text("In Bilston South, 2,410 crimes were published")
    drawn(here)
    here.picture(f"ward-{width}")
    assert here.barriers() == []
    assert here.sideways() == 0
    expect(here.page.locator("#ward-not-shown")).to_contain_text("could let somebody be recognised")


def test_prints_a_ward_on_one_page(visit: Callable[..., Visit]) -> None:
    here = visit("beth").to("/explorer/wards/E05014839")
    drawn(here)
    here.page.emulate_media(media="print")
    printed = here.page.pdf(format="A4", print_background=True, margin=dict.fromkeys(("top", "bottom"), "12mm"))
    assert len(re.findall(rb"/Type\s*/Page\b", printed)) == 1


def test_takes_a_question_into_an_assessment(visit: Callable[..., Visit]) -> None:
    here = visit("anil").to("/explorer?type=Burglary")
    drawn(here)
    here.page.get_by_label("By", exact=True).select_option("count")
    here.page.wait_for_url(re.compile("by=count"))
    here.page.get_by_role("link", name="Save this question").click()
    here.page.get_by_label("Name", exact=True).fill("Burglary by ward")
    assert here.barriers() == []
    here.page.get_by_role("button", name="Save the question").click()
    expect(here.page.get_by_role("link", name="Burglary by ward", exact=True)).to_be_visible()
    assert here.barriers() == []
    here.to(f"/assessments/{draft()}/figures/add")
    assert here.barriers() == []
    here.page.get_by_label("Or a saved question").select_option(label="Burglary by ward")
    here.page.get_by_role("button", name="Use it").click()
    here.page.get_by_label("Which of its answers").select_option(label="By area")
    here.page.get_by_label("Short name").fill("burglary-by-ward")
    assert here.barriers() == []
    here.page.get_by_role("button", name="Compute it").click()
    expect(here.page.get_by_role("heading", level=1)).to_contain_text("Burglary by ward in Wolverhampton")
    assert here.barriers() == []

"""Without a mouse, on a phone, and on paper."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.bench import Visit


class TestKeyboard:
    def test_first_reaches_the_way_past_the_menu(self, visit: Callable[..., Visit]) -> None:
        here = visit("maya").to("/people")
        here.page.keyboard.press("Tab")
        assert here.focused() == "Skip to main content"
        here.page.keyboard.press("Enter")
        assert here.focused().startswith("People and access")

    def test_goes_through_the_header_in_the_order_of_the_page(self, visit: Callable[..., Visit]) -> None:
        here = visit("maya").to("/home")
        reached = []
        for _ in range(5):
            here.page.keyboard.press("Tab")
            reached.append(here.focused())
        assert reached[1] == "Safer Wolverhampton Partnership"
        assert reached[2].endswith("Maya Okafor")
        assert reached[3:] == ["Sign out", "Home"]

    def test_opens_the_menu_on_a_phone(self, visit: Callable[..., Visit]) -> None:
        here = visit("maya", width="phone").to("/home")
        audit = here.page.get_by_role("link", name="Audit", exact=True)
        expect(audit).to_be_hidden()
        here.page.get_by_role("button", name="Menu").press("Enter")
        expect(audit).to_be_visible()
        audit.press("Enter")
        expect(here.page.get_by_role("heading", level=1)).to_have_text("Audit trail")


class TestFilter:
    def test_replaces_the_results_in_place_and_keeps_the_address(self, visit: Callable[..., Visit]) -> None:
        here = visit("dora").to("/audit")
        here.page.get_by_label("Show", exact=False).first.select_option("changes")
        here.page.wait_for_url("**only=changes**")
        expect(here.page.locator("#results")).not_to_contain_text("looked at")

    def test_shows_the_board_as_at_another_date(self, visit: Callable[..., Visit]) -> None:
        here = visit().to("/partnerships/swp")
        here.page.get_by_label("As it was on").fill("2014-05-01")
        here.page.get_by_role("button", name="Show").click()
        expect(here.page.locator("#results")).to_contain_text("Staffordshire and West Midlands Probation Trust")


class TestPaper:
    def test_leaves_out_what_cannot_be_pressed(self, visit: Callable[..., Visit]) -> None:
        here = visit("maya").to("/people")
        here.page.emulate_media(media="print")
        expect(here.page.get_by_role("navigation", name="Menu")).to_be_hidden()
        expect(here.page.get_by_role("heading", level=1)).to_be_visible()
        assert here.sideways() == 0

"""Signing in, with a password, a code from an app, and a passkey; and what a wrong password is told."""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
import time
from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.bench import Visit, sign_in
from tests.personas import CAST
from tests.world import PASSWORD


def code_of(secret: str) -> str:
    """The six digits that an authenticator app shows now (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30), hashlib.sha1).digest()
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place : place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def go(page: Page, path: str) -> None:
    """Go to a page of one's account, which asks for the password once more."""
    page.goto(path)
    if "reauthenticate" in page.url:
        page.locator("input[name=password]").fill(PASSWORD)
        page.locator("main button[type=submit]").first.click()
        page.wait_for_url(f"**{path}")


def with_authenticator(page: Page) -> None:
    """Give the browser a passkey device that always says yes."""
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable", {})
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": options})


class TestPassword:
    def test_leads_home(self, browsing: Callable[..., BrowserContext]) -> None:
        page = browsing().new_page()
        sign_in(page, CAST["anil"].email)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Anil")

    def test_leads_back_to_where_one_wanted_to_go(self, browsing: Callable[..., BrowserContext]) -> None:
        page = browsing().new_page()
        page.goto("/audit")
        page.locator("input[name=login]").fill(CAST["dora"].email)
        page.locator("input[name=password]").fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Audit trail")

    def test_that_is_wrong_tells_nothing_but_that(self, visit: Callable[..., Visit]) -> None:
        here = visit()
        sign_in(here.page, CAST["anil"].email, "quite wrong indeed")
        expect(here.page.locator("body")).to_contain_text("There is a problem")
        assert here.barriers() == []

    def test_can_be_left_again(self, browsing: Callable[..., BrowserContext]) -> None:
        page = browsing("phone").new_page()
        sign_in(page, CAST["sam"].email)
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_load_state()
        page.goto("/home")
        expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


class TestSecondFactor:
    def test_by_an_app_is_set_up_and_asked_for(self, browsing: Callable[..., BrowserContext]) -> None:
        page = browsing().new_page()
        sign_in(page, CAST["leon"].email)
        go(page, "/accounts/2fa/totp/activate/")
        secret = page.locator("#authenticator_secret").input_value()
        page.locator("input[name=code]").fill(code_of(secret))
        page.locator("input[name=code]").press("Enter")
        page.wait_for_url(lambda address: "activate" not in address)
        again = browsing().new_page()
        sign_in(again, CAST["leon"].email)
        again.locator("input[name=code]").fill(code_of(secret))
        again.locator("input[name=code]").press("Enter")
        expect(again.get_by_role("heading", level=1)).to_contain_text("Leon")


class TestPasskey:
    def test_is_registered_and_signs_in_without_a_password(self, visit: Callable[..., Visit]) -> None:
        here = visit()
        page = here.page
        with_authenticator(page)
        sign_in(page, CAST["rhona"].email)
        go(page, "/accounts/2fa/webauthn/add/")
        page.locator("input[name=name]").fill("Work laptop")
        page.locator("input[name=passwordless]").check()
        page.locator("#mfa_webauthn_add").click()
        page.wait_for_url("**/recovery-codes/**", wait_until="load")
        page.goto("/home")
        page.get_by_role("button", name="Sign out").click()
        page.wait_for_load_state()
        page.goto("/accounts/login/")
        page.get_by_role("button", name="Sign in with a passkey").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("Rhona")

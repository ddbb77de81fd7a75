"""Take the pictures of README and the tutorial from a running demonstration: `make pictures`, while `make demo` serves.

Real pages of real data in a real browser; nothing is drawn by hand.
"""

from __future__ import annotations

import os
import sys
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

HOME = Path(__file__).resolve().parents[1]
IMAGES = HOME / "docs" / "images"
SITE = os.environ.get("SITE", "http://localhost:8000")
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
WIDTH, HEIGHT = 1280, 900


def main() -> int:
    password = (Path(os.environ.get("WARDWELL_DATA", HOME / "var")) / "demonstration-password").read_text(
        encoding="utf-8"
    )
    IMAGES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        visitor = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
        reference = _published(visitor)
        _take(visitor, "/partnerships/swp", "partnership", height=1000)
        _take(visitor, f"/partnerships/swp/documents/{reference}", "published", height=1500)
        _take(visitor, f"/partnerships/swp/documents/{reference}/figures/crime-change", "figure-origin", height=1500)
        anil = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, locale="en-GB")
        _sign_in(anil, "anil@wardwell.example", password)
        _take(anil, "/home", "home", height=900)
        _take(anil, "/evidence", "evidence", height=1300)
        _take(anil, "/explorer", "explorer", height=1600)
        anil.locator("[data-map-state=idle]").wait_for()
        _keep(anil.locator(".wardwell-figure[data-map]").screenshot(), "map")
        _take(anil, "/assessments", "assessments", height=600)
        anil.goto(SITE + "/assessments")
        anil.locator("main table a").first.click()
        _shoot(anil, "assessment", height=1400)
        _take(anil, f"/releases/{reference}", "release", height=1300)
        phone = browser.new_page(viewport={"width": 375, "height": 800}, locale="en-GB")
        _sign_in(phone, "beth@wardwell.example", password)
        _take(phone, "/home", "home-phone", height=1100)
        browser.close()
    return 0


def _published(page: Page) -> str:
    page.goto(SITE + "/partnerships/swp/documents")
    href = page.locator("main a[href*='/documents/']").first.get_attribute("href")
    return str(href).rsplit("/", 1)[-1]


def _sign_in(page: Page, email: str, password: str) -> None:
    page.goto(SITE + "/accounts/login/")
    page.locator("input[name=login]").fill(email)
    page.locator("input[name=password]").fill(password)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/home")


def _take(page: Page, path: str, name: str, *, height: int) -> None:
    page.goto(SITE + path)
    _shoot(page, name, height=height)


def _shoot(page: Page, name: str, *, height: int) -> None:
    page.wait_for_load_state("networkidle")
    width = page.viewport_size["width"] if page.viewport_size else WIDTH
    _keep(page.screenshot(clip={"x": 0, "y": 0, "width": width, "height": height}, full_page=True), name)


def _keep(picture: bytes, name: str) -> None:
    """Keep a picture in 128 colours: a third of the bytes, and nobody sees the difference."""
    with Image.open(BytesIO(picture)) as whole:
        few = whole.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    few.save(IMAGES / f"{name}.png", optimize=True)
    print(f"docs/images/{name}.png")


if __name__ == "__main__":
    sys.exit(main())

"""A visit to the site in a real browser, and what is looked at on every page.

Nothing is evaluated through Playwright's own scripts, which the Content Security Policy rightly stops; the browser's debugger is
asked instead, and the policy stays in force.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import CDPSession, ConsoleMessage, Error, Page

from tests.world import PASSWORD

ROOT = Path(__file__).parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "docs" / "images"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@dataclass
class Visit:
    """One page of a browser, listened to: what it reports against the policy, and what its scripts throw."""

    page: Page
    faults: list[str] = field(default_factory=list)
    _debugger: CDPSession | None = None

    def __post_init__(self) -> None:
        self.page.on("console", self._hear)
        self.page.on("pageerror", self._note)

    def to(self, path: str) -> Visit:
        """Go to an address of the site, which must answer."""
        response = self.page.goto(path)
        assert response is not None
        assert response.status < 400, (path, response.status)
        return self

    def ask(self, expression: str) -> Any:
        """The value of a JavaScript expression in the page, promises awaited."""
        self._debugger = self._debugger or self.page.context.new_cdp_session(self.page)
        asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
        answer = self._debugger.send("Runtime.evaluate", asked)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def barriers(self) -> list[str]:
        """What axe finds wrong, one line each; to be empty. Of a page that has come whole: half a table has empty cells."""
        self.page.wait_for_load_state()
        self.ask(AXE.read_text(encoding="utf-8") + ";true")
        found = json.loads(self.ask(f"axe.run(document, {json.dumps(RULES)}).then(r => JSON.stringify(r.violations))"))
        return [f"{one['id']}: {one['help']}: {node['html'][:160]}" for one in found for node in one["nodes"]]

    def sideways(self) -> int:
        """By how many pixels the page is wider than its window; to be 0."""
        return int(self.ask("document.documentElement.scrollWidth - document.documentElement.clientWidth"))

    def focused(self) -> str:
        """What the keyboard is at: the words of the element, or its name."""
        return str(self.ask("(document.activeElement.innerText || document.activeElement.id || '').trim()"))

    def picture(self, name: str) -> None:
        """Keep a picture for the documentation, if that is what this run is for."""
        if os.environ.get("SCREENSHOTS") == "yes":
            PICTURES.mkdir(parents=True, exist_ok=True)
            self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type == "error" and "status of 4" not in message.text:
            self.faults.append(f"{self.page.url}: {message.text}")

    def _note(self, error: Error) -> None:
        self.faults.append(f"{self.page.url}: {error.message}")


def sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Sign in by the form, as people do."""
    page.goto("/accounts/login/")
    page.get_by_label("Email", exact=False).first.fill(email)
    page.locator("input[name=password]").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_load_state()

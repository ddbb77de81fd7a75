"""The shell: a colour that can always be read, and pages for what goes wrong."""

from __future__ import annotations

import pytest
from django.template.loader import render_to_string

from wardwell.web.shell.identity import READABLE, contrast, sheet


def _colours(css: str) -> dict[str, tuple[int, int, int]]:
    pairs = (part.split(":") for part in css.removeprefix(":root{").removesuffix("}").split(";"))
    return {name: (int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16)) for name, value in pairs}


@pytest.mark.parametrize("colour", ["12394a", "f0a202", "ffffff", "000000", "808080", "00a3e0", "ff0000"])
class TestSheet:
    def test_writes_on_the_colour_what_can_be_read(self, colour: str) -> None:
        colours = _colours(sheet(colour))
        assert contrast(colours["--partnership-colour"], colours["--partnership-ink"]) >= READABLE

    def test_makes_the_colour_readable_as_text(self, colour: str) -> None:
        assert contrast(_colours(sheet(colour))["--partnership-text"], (255, 255, 255)) >= READABLE


@pytest.mark.parametrize(
    ("template", "words"),
    [("400.html", "problem with the request"), ("403.html", "cannot do this"), ("404.html", "Page not found")],
)
def test_says_what_went_wrong_without_saying_why(template: str, words: str) -> None:
    assert words in render_to_string(template, {"shell": {"identity": {"name": "Wardwell", "colour": "12394a"}}})


def test_says_that_the_service_failed_without_knowing_anything() -> None:
    assert "problem with the service" in render_to_string("500.html")

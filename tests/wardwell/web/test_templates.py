"""What no template may hold, because the pages' security policy would not let it work."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template import engines

from wardwell.web.templating import TEMPLATE_FOLDERS

TEMPLATES = sorted(template for folder in TEMPLATE_FOLDERS for template in folder.rglob("*.html"))

FORBIDDEN = {
    "a script within the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")", re.I),
    "a style within the page": re.compile(r"<style|\sstyle\s*=", re.I),
    "a handler in an attribute": re.compile(r"<[^>{%]*\son\w+\s*=", re.I),
    "htmx's own handlers, which need eval": re.compile(r"hx-on|\"js:|hx-vars|hx-trigger=\"[^\"]*\[", re.I),
    "something from elsewhere": re.compile(r"<(?:script|img|link|iframe)[^>]*(?:src|href)=\"(?:https?:)?//", re.I),
}


def _name(path: Path) -> str:
    return "/".join(path.parts[-3:])


@pytest.mark.parametrize("path", TEMPLATES, ids=_name)
class TestTemplate:
    @pytest.mark.parametrize("what", FORBIDDEN)
    def test_holds_nothing_forbidden(self, path: Path, what: str) -> None:
        assert not FORBIDDEN[what].search(path.read_text()), f"{_name(path)} holds {what}"

    def test_is_well_formed(self, path: Path) -> None:
        folder = next(folder for folder in TEMPLATE_FOLDERS if path.is_relative_to(folder))
        engines["django"].get_template(str(path.relative_to(folder)))


@pytest.mark.parametrize(
    ("what", "sample"),
    [
        ("a script within the page", "<script>alert(1)</script>"),
        ("a style within the page", '<p style="color: red">'),
        ("a handler in an attribute", '<a href="/" onclick="go()">'),
        ("htmx's own handlers, which need eval", '<div hx-on:click="go()">'),
        ("something from elsewhere", '<img src="https://example.org/a.png">'),
    ],
)
def test_each_pattern_finds_its_fault(what: str, sample: str) -> None:
    assert FORBIDDEN[what].search(sample)

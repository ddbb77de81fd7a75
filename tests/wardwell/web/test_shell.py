"""The shell: a colour that can always be read, and pages for what goes wrong."""

from __future__ import annotations

import pytest
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import Client, RequestFactory

from tests.world import find_world
from wardwell.web.shell.identity import READABLE, contrast, sheet
from wardwell.web.shell.navigation import SECTIONS
from wardwell.web.shell.pages import identity_sheet


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


@pytest.mark.django_db(databases=["default", "outside"])
class TestHeader:
    def test_shows_the_partnership_worked_for_and_the_way_to_every_section(self) -> None:
        world = find_world()
        client = Client()
        client.force_login(get_user_model().objects.get(pk=world.workers["maya"]))
        html = client.get("/accessibility").content.decode()
        assert "Safer Wolverhampton Partnership" in html
        assert 'href="/identity/12436d.css"' in html
        assert all(f'href="{section.href}"' in html for section in SECTIONS)

    def test_shows_the_public_no_way_in_but_the_door(self) -> None:
        html = Client().get("/accessibility").content.decode()
        assert "Sign in" in html
        assert "Sign out" not in html
        assert "/audit" not in html


def test_colours_may_be_kept_for_ever_because_their_address_says_them() -> None:
    response = identity_sheet(RequestFactory().get("/"), "12394a")
    assert "immutable" in response["Cache-Control"]
    assert response["Content-Type"] == "text/css"

"""One of the cast as a visitor of the site, without a browser."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.test import Client

from tests.world import World


def visitor(world: World, who: str) -> Client:
    """A client signed in as one of the cast, or as nobody for `public`."""
    client = Client()
    if who != "public":
        client.force_login(get_user_model().objects.get(pk=world.workers[who]))
    return client


def page_of(client: Client, path: str) -> str:
    """The page at an address, which must be there."""
    response = client.get(path)
    assert response.status_code == 200, (path, response.status_code)
    return response.content.decode()

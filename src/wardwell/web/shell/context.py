"""What every template knows besides its own view."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from wardwell.access import queries
from wardwell.access.actor import Actor
from wardwell.web.shell.identity import Identity
from wardwell.web.shell.navigation import Section, sections_for

PRODUCT = Identity(name="Wardwell")


@dataclass(frozen=True, kw_only=True)
class Shell:
    """The shell of one response."""

    identity: Identity
    sections: tuple[Section, ...]
    person: str
    is_demonstration: bool


def shell(request: HttpRequest) -> dict[str, Any]:
    """A context processor: the shell for whoever asks."""
    actor: Actor | None = getattr(request, "actor", None)
    is_signed_in = actor is not None and not actor.is_public
    return {
        "shell": Shell(
            identity=_identity(request, actor),
            sections=sections_for(actor.roles) if actor and is_signed_in else (),
            person=actor.name if actor and is_signed_in else "",
            is_demonstration=settings.DEMONSTRATION,
        )
    }


def _identity(request: HttpRequest, actor: Actor | None) -> Identity:
    """That of the partnership shown, else of the one worked for, else the product's own."""
    shown: Identity | None = getattr(request, "identity", None)
    if shown is not None or actor is None or actor.partnership_id is None:
        return shown or PRODUCT
    partnership = queries.partnership(actor)
    return identity_of(partnership) if partnership else PRODUCT


def identity_of(partnership: queries.PartnershipView) -> Identity:
    """A partnership's name and colour as a site shows them."""
    colour = partnership.colour.removeprefix("#").lower() or PRODUCT.colour
    return Identity(name=partnership.name, colour=colour, home=f"/partnerships/{partnership.code}")

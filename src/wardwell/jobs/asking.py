"""Who is asking, on the command line."""

from __future__ import annotations

import argparse
import os

from django.utils import timezone

from wardwell.access.actor import Actor
from wardwell.access.queries import WorkerUnknown, actor_named


class NobodyAsking(SystemExit):
    """Ends a command that does not say, or wrongly says, who asks."""


def add_actor(parser: argparse.ArgumentParser) -> None:
    """Give a command the options that say who asks."""
    parser.add_argument(
        "--as", dest="email", metavar="EMAIL", default=os.environ.get("WARDWELL_AS", ""),
        help="the worker in whose name this is done (or set WARDWELL_AS)",
    )  # fmt: skip
    parser.add_argument("--partnership", metavar="CODE", help="the partnership worked for, if the worker has several")


def actor_from(options: argparse.Namespace) -> Actor:
    """The actor that the options name, as at now. Raises NobodyAsking with a sentence."""
    if not options.email:
        raise NobodyAsking(
            "wardwell: say in whose name: --as EMAIL. Everything that is done or seen has somebody who did it."
        )
    try:
        actor = actor_named(email=options.email, at=timezone.now(), partnership_code=options.partnership)
    except WorkerUnknown as fault:
        raise NobodyAsking(f"wardwell: {fault}") from fault
    if actor.partnership_id is None:
        raise NobodyAsking(f"wardwell: {actor.name} has no access to any partnership at this moment.")
    return actor

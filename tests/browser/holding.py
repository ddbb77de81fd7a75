"""The evidence of the bench, and the queue's work done on the spot."""

from __future__ import annotations

import json

from django.db import connection, transaction

from tests import holding
from tests.world import World, find_world
from wardwell.evidence import queries
from wardwell.jobs.importing import take_in_submission


def hold_evidence() -> World:
    """Safer Wolverhampton holds its evidence from now on; done once, kept for every later test of the bench."""
    with transaction.atomic():
        world = find_world()
        anil = world.actor("anil")
        if not queries.datasets(anil):
            holding.keep_evidence(anil, at=anil.at)
    return world


def hold_agencies() -> None:
    """Agencies are expected to send in their quarterly sets as well."""
    world = hold_evidence()
    with transaction.atomic():
        anil = world.actor("anil")
        present = {one.code for one in queries.datasets(anil)}
        for code, prescribed in (("incidents", "police-incidents"), ("admissions", "health")):
            if code not in present:
                holding.declare_agency(anil, code=code, prescribed=prescribed)


def work_the_queue() -> None:
    """Take in what was sent in last, as the worker of the queue does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args::text FROM procrastinate_jobs WHERE task_name = %s ORDER BY id DESC LIMIT 1",
            [take_in_submission.name],
        )
        (arguments,) = cursor.fetchone()
    take_in_submission(**json.loads(arguments))

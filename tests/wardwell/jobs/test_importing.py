"""The job that takes submissions in, run by a real worker."""

from __future__ import annotations

import pytest
from django.db import transaction
from procrastinate.contrib.django import app

from tests.wardwell.evidence.conftest import Desk, declare_datasets
from tests.wardwell.evidence.test_sending import BTP, sends
from tests.world import find_world
from wardwell.access.database import acting_as
from wardwell.evidence import queries
from wardwell.evidence.rules import State
from wardwell.jobs.importing import QUEUE

pytestmark = pytest.mark.django_db(databases=["default", "outside"], transaction=True)


class TestAWorker:
    def test_takes_in_what_was_sent(self) -> None:
        with transaction.atomic():
            desk = Desk(find_world(), "anil")
            declare_datasets(desk.actor, at=desk.at)
            key = sends(desk, BTP)
            anil = desk.actor
        with app.replace_connector(app.connector.get_worker_connector()) as running:
            running.run_worker(queues=[QUEUE], wait=False, install_signal_handlers=False, listen_notify=False)
        with acting_as(anil):
            view = queries.submission(anil, key)
        assert view is not None
        assert view.state == State.ACCEPTED

"""A file sent in by the browser, followed to its snapshot or to its refusal."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from tests.wardwell.web.evidence.conftest import JANUARY, Desk
from tests.wardwell.web.visiting import page_of, visitor
from tests.world import World
from wardwell.jobs.importing import take_in_submission

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


def send(client: Client, path: Path, **more: str) -> Any:
    """The answer to a file sent in by the form."""
    file = SimpleUploadedFile(path.name, path.read_bytes(), content_type="text/csv")
    return client.post("/evidence/send", {"dataset": "street", "file": file, **more})


def run_the_job(capture: Any) -> None:
    """What waits is taken in, as the worker of the queue does."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT args::text FROM procrastinate_jobs WHERE task_name = %s ORDER BY id DESC LIMIT 1",
            [take_in_submission.name],
        )
        (arguments,) = cursor.fetchone()
    with capture(execute=True):
        take_in_submission(**json.loads(arguments))


class TestTheForm:
    def test_says_the_limits_before(self, desk: Desk) -> None:
        page = page_of(visitor(desk.world, "sam"), "/evidence/send")
        assert "The largest file that can be sent here is 2.0 GB" in page
        assert 'enctype="multipart/form-data"' in page

    def test_chooses_the_dataset_that_one_came_from(self, desk: Desk) -> None:
        page = page_of(visitor(desk.world, "anil"), "/evidence/send?dataset=counts")
        assert 'value="counts" checked' in page

    def test_asks_for_what_is_missing(self, desk: Desk) -> None:
        page = visitor(desk.world, "anil").post("/evidence/send", {}).content.decode()
        assert "Select which dataset the file belongs to" in page
        assert "Choose a file" in page

    def test_refuses_what_is_too_large_in_a_sentence(self, desk: Desk, settings: Any) -> None:
        settings.MAX_UPLOAD_BYTES = 1000
        page = send(visitor(desk.world, "anil"), JANUARY).content.decode()
        assert "is larger than the 1,000 bytes that may be sent this way" in page

    def test_is_refused_to_whoever_only_reads(self, desk: Desk) -> None:
        answer = visitor(desk.world, "maya").get("/evidence/send")
        assert answer.status_code == 403
        assert "Only these may import here" in answer.content.decode()

    def test_says_so_where_there_is_nothing_to_send_to(self, world: World) -> None:
        assert "There is no dataset to send files to" in page_of(visitor(world, "anil"), "/evidence/send")


class TestASubmission:
    def test_shows_how_far_it_is_and_renews_itself(self, desk: Desk) -> None:
        answer = send(visitor(desk.world, "sam"), JANUARY)
        page = page_of(visitor(desk.world, "sam"), answer.url)
        assert "It waits to be read." in page
        assert f'hx-get="{answer.url}"' in page
        assert f'<a class="govuk-link" href="{answer.url}">Refresh</a>' in page

    def test_leads_to_its_snapshot(self, desk: Desk, django_capture_on_commit_callbacks: Any) -> None:
        client = visitor(desk.world, "sam")
        answer = send(client, JANUARY, edition="sent by Sam")
        run_the_job(django_capture_on_commit_callbacks)
        page = page_of(client, answer.url)
        assert "Imported 1,663 rows of January 2014 into Street-level crime from 1 file, 0 quarantined." in page
        assert "hx-get" not in page
        assert "/evidence/snapshots/" in page

    def test_tells_where_a_hostile_file_is_at_fault(
        self, desk: Desk, altered: Callable[..., Path], django_capture_on_commit_callbacks: Any
    ) -> None:
        client = visitor(desk.world, "anil")
        hostile = altered(8, lambda line: line.replace("On or near", "=HYPERLINK(A1) <script>", 1))
        answer = send(client, hostile)
        run_the_job(django_capture_on_commit_callbacks)
        page = page_of(client, answer.url)
        assert "This file was refused, and nothing of it was kept" in page
        assert "row 8, column “Location”: the cell begins like a formula" in page
        assert "&lt;script&gt;" in page
        assert "=HYPERLINK(A1) <script>" not in page
        assert "Send the mended file" in page

    def test_says_that_nothing_is_new_when_sent_again(self, desk: Desk) -> None:
        desk.takes_in(JANUARY, "first")
        desk.takes_in(JANUARY, "again")
        page = page_of(visitor(desk.world, "anil"), "/evidence/submissions")
        assert "Nothing new" in page
        assert "every file in it is already kept" in page

    def test_is_not_there_for_a_stranger(self, desk: Desk) -> None:
        path = send(visitor(desk.world, "anil"), JANUARY).url
        assert [visitor(desk.world, who).get(path).status_code for who in ("rhona", "nora", "public")] == [404] * 3

"""Pages for agencies' files: the template, the rehearsal, the refusal, and the saved mapping."""

from __future__ import annotations

import io
import re
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests.holding import declare_agency
from tests.wardstats.sources.agency_rows import file_of, headings_of, row_of
from tests.wardstats.sources.test_mapped import ROWS, THEIRS, workbook
from tests.wardwell.evidence.test_refusing import leftovers
from tests.wardwell.web.evidence.conftest import Desk
from tests.wardwell.web.visiting import page_of, visitor
from wardwell.evidence import queries

pytestmark = pytest.mark.django_db(databases=["default", "outside"])
FIRE = "/evidence/datasets/fire"


@pytest.fixture
def agencies(desk: Desk) -> Desk:
    """Datasets of agencies are declared as well."""
    for code, prescribed in (("fire", "fire"), ("health", "health"), ("council", "")):
        declare_agency(desk.anil, code=code, prescribed=prescribed)
    return desk


def upload(path: Path, name: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name or path.name, path.read_bytes())


def try_out(client: Client, path: Path, dataset: str) -> str:
    """The page after a file was tried out."""
    answer = client.post("/evidence/send", {"dataset": dataset, "file": upload(path), "second": "yes"})
    assert answer.status_code == 200
    return unescape(answer.content.decode())


class TestTheTemplate:
    def test_is_taken_away_as_csv_and_as_a_workbook(self, agencies: Desk) -> None:
        client = visitor(agencies.world, "sam")
        text = client.get(f"{FIRE}/template.csv").content.decode("utf-8-sig")
        assert text.splitlines()[0].split(",") == list(headings_of("partner_counts", "fire"))
        assert "EXAMPLE Deliberate primary fire" in text
        book = load_workbook(io.BytesIO(client.get(f"{FIRE}/template.xlsx").content))
        assert book.sheetnames == ["Data", "What is allowed"]
        assert "Hoax call" in [cell.value for cell in book["What is allowed"]["E"]]

    @pytest.mark.parametrize("who", ["rhona", "nora", "public"])
    def test_is_not_there_for_a_stranger(self, agencies: Desk, who: str) -> None:
        client = visitor(agencies.world, who)
        assert [client.get(f"{FIRE}/{page}").status_code for page in ("template.csv", "template.xlsx", "mapping")] == [
            404
        ] * 3

    def test_is_not_there_for_what_others_publish(self, agencies: Desk) -> None:
        client = visitor(agencies.world, "anil")
        assert client.get("/evidence/datasets/street/template.csv").status_code == 404

    def test_is_offered_where_files_are_sent(self, agencies: Desk) -> None:
        page = page_of(visitor(agencies.world, "sam"), "/evidence/send?dataset=health")
        assert "/evidence/datasets/health/template.xlsx" in page
        assert "is refused whole. Nothing of it is stored" in page
        assert "/evidence/datasets/fire/template.xlsx" not in page


class TestARehearsal:
    def test_shows_what_would_happen_and_keeps_nothing(self, agencies: Desk, tmp_path: Path) -> None:
        path = file_of(
            tmp_path / "q1.csv", headings_of("partner_counts", "fire"), [row_of("fire"), row_of("fire", count="-1")]
        )
        page = try_out(visitor(agencies.world, "sam"), path, "fire")
        assert "Sent in, 1 row of January 2026 to March 2026 would be kept in Counts: fire." in page
        assert "nothing of the file was kept, and it is no evidence" in page
        assert "The count is less than nought." in page
        assert "It would supersede nothing." in page
        assert queries.submissions(agencies.anil) == ()
        assert leftovers() == []

    def test_shows_a_refusal_as_one_that_would_come(self, agencies: Desk, tmp_path: Path) -> None:
        path = file_of(tmp_path / "q1.csv", ["Month", "Fires"], [["2026-01", "2"]])
        page = try_out(visitor(agencies.world, "sam"), path, "fire")
        assert "This file would be refused, and nothing of it would be kept" in page
        assert "there is no “Period from”" in page

    def test_says_what_is_missing_in_its_own_place(self, agencies: Desk) -> None:
        page = visitor(agencies.world, "sam").post("/evidence/send", {"second": "yes"}).content.decode()
        place = page[page.index('id="rehearsal"') :]
        assert "Choose a file" in place

    @pytest.mark.parametrize(("who", "status"), [("maya", 403), ("beth", 403), ("nora", 404), ("dora", 404)])
    def test_is_for_whoever_may_send(self, agencies: Desk, who: str, status: int, tmp_path: Path) -> None:
        path = file_of(tmp_path / "q1.csv", ["x"], [["y"]])
        sent = {"dataset": "fire", "file": upload(path), "second": "yes"}
        assert visitor(agencies.world, who).post("/evidence/send", sent).status_code == status

    def test_of_another_partnership_finds_no_such_dataset(self, agencies: Desk, tmp_path: Path) -> None:
        path = file_of(tmp_path / "q1.csv", headings_of("partner_counts", "fire"), [row_of("fire")])
        client = visitor(agencies.world, "rhona")
        page = client.post(
            "/evidence/send", {"dataset": "fire", "file": upload(path), "second": "yes"}
        ).content.decode()
        assert "would be kept" not in page


class TestAHealthFileWithAPersonInIt:
    def test_is_refused_at_once_without_a_word_of_it(self, agencies: Desk, tmp_path: Path) -> None:
        rows = [row_of("health"), row_of("health", category="Assault on Sarah", sub_category="NHS 943 476 5919")]
        path = file_of(tmp_path / "q1.csv", headings_of("partner_counts", "health"), rows)
        client = visitor(agencies.world, "anil")
        answer = client.post("/evidence/send", {"dataset": "health", "file": upload(path)})
        page = unescape(page_of(client, answer.url))
        assert "This file was refused, and nothing of it was kept" in page
        assert "there is an NHS number" in page
        assert "F (Sub-category)" in page
        assert "943" not in page
        assert leftovers() == []


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page) or re.search(
        rf'value="([^"]*)"[^>]*name="{name}"', page
    )
    assert found, name
    return unescape(found[1])


class TestAMapping:
    def choices(self, page: str, **more: str) -> dict[str, str]:
        """The council's export, column by column."""
        headings = headings_of("partner_counts")
        chosen = {
            "head": hidden(page, "head"),
            "sheet": hidden(page, "sheet"),
            "heading_row": hidden(page, "heading_row"),
        }
        for index in range(len(headings)):
            chosen |= {f"column-{index}": "", f"constant-{index}": "", f"writing-{index}": "", f"words-{index}": ""}
        for heading, column in (
            ("Area", "Ward"),
            ("Category", "Type of incident"),
            ("Date", "Incident date"),
            ("Count", "No."),
        ):
            chosen[f"column-{headings.index(heading)}"] = column
        for heading, words in (("Period from", "2026-01-01"), ("Period to", "2026-03-31"), ("Kind of area", "ward")):
            chosen[f"constant-{headings.index(heading)}"] = words
        chosen[f"writing-{headings.index('Date')}"] = "31/01/2026"
        chosen[f"words-{headings.index('Category')}"] = "ASB noise = Noise\nFly-tipping = Dumped rubbish"
        return chosen | more

    def looked_at(self, client: Client, tmp_path: Path) -> str:
        path = workbook(tmp_path / "export.xlsx", [THEIRS, *ROWS], above=1)
        sent = {"file": upload(path), "sheet": "", "heading_row": "2"}
        return client.post("/evidence/datasets/council/mapping", sent).content.decode()

    def test_is_chosen_looked_at_saved_and_used(self, agencies: Desk, tmp_path: Path) -> None:
        client = visitor(agencies.world, "anil")
        page = self.looked_at(client, tmp_path)
        assert "ASB noise" in page
        path = "/evidence/datasets/council/mapping"
        seen = client.post(path, self.choices(page, second="yes")).content.decode()
        assert "As they would be read" in seen
        assert "2026-01-31" in seen
        assert "Dumped rubbish" in seen
        assert queries.mappings(agencies.anil, "council") == ()
        answer = client.post(path, self.choices(page))
        assert answer.status_code == 302
        saved = page_of(client, path)
        assert "By version 1: headings in row 2." in saved
        assert "Anil Sandhu" in saved
        export = workbook(tmp_path / "next.xlsx", [THEIRS, *ROWS], above=1)
        assert "Sent in, 2 rows" in try_out(visitor(agencies.world, "sam"), export, "council")

    def test_says_what_it_lacks(self, agencies: Desk, tmp_path: Path) -> None:
        client = visitor(agencies.world, "anil")
        page = self.looked_at(client, tmp_path)
        answer: Any = client.post("/evidence/datasets/council/mapping", self.choices(page, **{"constant-0": ""}))
        assert "“Period from” is asked for: choose a column for it" in unescape(answer.content.decode())

    def test_can_be_taken_back(self, agencies: Desk, tmp_path: Path) -> None:
        client = visitor(agencies.world, "anil")
        page = self.looked_at(client, tmp_path)
        path = "/evidence/datasets/council/mapping"
        client.post(path, self.choices(page))
        client.post(path, {"clear": "yes"})
        assert "By the headings of the template." in page_of(client, path)

    @pytest.mark.parametrize(
        ("who", "status"), [("sam", 403), ("maya", 403), ("beth", 403), ("nora", 404), ("rhona", 404)]
    )
    def test_is_an_analysts_work(self, agencies: Desk, who: str, status: int) -> None:
        assert visitor(agencies.world, who).get("/evidence/datasets/council/mapping").status_code == status

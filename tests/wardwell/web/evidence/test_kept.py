"""What was kept of a file: how it adds up, what was put aside, and that an older edition can still be read."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.wardwell.web.evidence.conftest import JANUARY, Desk
from tests.wardwell.web.visiting import page_of, visitor
from wardwell.evidence import queries
from wardwell.evidence.store import Store

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


@pytest.fixture
def two_editions(desk: Desk, altered: Callable[..., Path]) -> Desk:
    """January twice: as first published, and again with one row of another month and one cut short."""
    desk.takes_in(JANUARY, "first download")
    other_month = altered(6, lambda line: line.replace("2014-01", "2014-02", 1))
    lines = other_month.read_text(encoding="utf-8").splitlines()
    lines[9] = lines[9].rsplit(",", 3)[0]
    other_month.write_text("\n".join(lines) + "\n", encoding="utf-8")
    desk.takes_in(other_month, "second download")
    return desk


def path_of(desk: Desk, edition: str) -> str:
    """The address of an edition."""
    found = queries.snapshots(desk.anil, dataset_code="street").snapshots
    return next(f"/evidence/snapshots/{one.id}" for one in found if one.edition == edition)


class TestSnapshot:
    def test_adds_up_and_says_where_it_is_from(self, two_editions: Desk) -> None:
        page = page_of(visitor(two_editions.world, "anil"), path_of(two_editions, "second download"))
        assert "Rows in = accepted + put aside, in every file, month and type" in page
        assert all(words in page for words in ("1,663", "1,661", "Open Government Licence v3.0", "Anil Sandhu"))
        assert "identical to another" in page

    def test_leads_to_the_edition_that_it_supersedes_and_back(self, two_editions: Desk) -> None:
        client = visitor(two_editions.world, "anil")
        newer, older = path_of(two_editions, "second download"), path_of(two_editions, "first download")
        assert f'href="{older}">first download</a>' in page_of(client, newer)
        page = page_of(client, older)
        assert f'href="{newer}">second download</a>' in page
        assert "Superseded" in page

    def test_is_found_by_the_digest_that_a_figure_names(self, two_editions: Desk) -> None:
        client = visitor(two_editions.world, "anil")
        kept = queries.snapshots(two_editions.anil, dataset_code="street").snapshots[0]
        assert client.get(f"/evidence/files/{kept.sha256}")["Location"] == f"/evidence/snapshots/{kept.id}"
        assert client.get(f"/evidence/files/{'0' * 64}").status_code == 404

    def test_gives_its_reconciliation_as_csv(self, two_editions: Desk) -> None:
        path = path_of(two_editions, "second download") + "/reconciliation.csv"
        content = visitor(two_editions.world, "sam").get(path).content.decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(content)))
        assert sum(int(row["Rows in"]) for row in rows) == 1663
        assert all(int(row["Rows in"]) == int(row["Accepted"]) + int(row["Put aside"]) for row in rows)


class TestQuarantine:
    def test_shows_each_row_as_it_stands_with_the_reason(self, two_editions: Desk) -> None:
        page = page_of(visitor(two_editions.world, "anil"), path_of(two_editions, "second download") + "/quarantine")
        assert "2 rows put aside" in page
        assert "The month is not the one in the name of the file." in page
        assert "2014-02,West Midlands Police" in page

    def test_can_be_narrowed_to_one_reason(self, two_editions: Desk) -> None:
        path = path_of(two_editions, "second download") + "/quarantine"
        found = queries.snapshots(two_editions.anil, dataset_code="street").snapshots[0]
        whole = queries.quarantine(two_editions.anil, found.id)
        assert whole is not None
        assert [number for _, number in whole.reasons] == [1, 1]
        page = page_of(visitor(two_editions.world, "anil"), f"{path}?reason={whole.reasons[0][0]}")
        assert "1 row put aside" in page

    def test_says_so_when_nothing_was(self, two_editions: Desk) -> None:
        page = page_of(visitor(two_editions.world, "anil"), path_of(two_editions, "first download") + "/quarantine")
        assert "Not one row was put aside" in page


class TestRows:
    def test_of_an_older_edition_can_be_read_page_by_page(self, two_editions: Desk) -> None:
        path = path_of(two_editions, "first download") + "/rows"
        page = page_of(visitor(two_editions.world, "anil"), path)
        assert "1,663 rows kept" in page
        assert f'href="{path}?page=2"' in page
        assert page_of(visitor(two_editions.world, "anil"), f"{path}?page=34") != page

    def test_says_so_when_a_kept_file_was_altered(self, two_editions: Desk) -> None:
        kept = queries.snapshots(two_editions.anil, dataset_code="street").snapshots[0]
        file = Store.of(two_editions.anil.here).path_of(kept.sha256)
        file.write_bytes(file.read_bytes() + b"x")
        page = page_of(visitor(two_editions.world, "anil"), f"/evidence/snapshots/{kept.id}/rows")
        assert "was altered after it was kept" in page


def test_nobody_else_sees_any_of_it(two_editions: Desk) -> None:
    path = path_of(two_editions, "second download")
    for more in ("", "/reconciliation.csv", "/quarantine", "/rows"):
        given = [visitor(two_editions.world, who).get(path + more).status_code for who in ("rhona", "dora", "public")]
        assert given == [404, 404, 404], more

"""A resident reads what was published, follows a number to its source, and takes the files away."""

from __future__ import annotations

import re

import pytest

from tests.wardwell.publication.desk import Desk
from tests.wardwell.web.visiting import page_of, visitor

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

HERE = "/partnerships/swp/documents"


class TestList:
    def test_stands_on_the_partnerships_own_page(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        assert f"{HERE}/{reference}" in page_of(visitor(desk.world, "public"), "/partnerships/swp")

    def test_shows_what_is_published_by_this_partnership(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        public = visitor(desk.world, "public")
        assert reference in page_of(public, HERE)
        assert reference not in page_of(public, "/partnerships/srp/documents")

    def test_says_so_when_there_is_nothing(self, published: tuple[Desk, str]) -> None:
        desk, _ = published
        assert "Nothing is published yet" in page_of(visitor(desk.world, "public"), "/partnerships/srp/documents")


class TestDocument:
    def test_is_read_without_signing_in(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        response = visitor(desk.world, "public").get(f"{HERE}/{reference}")
        page = response.content.decode()
        assert page.count("<main") == 1
        assert page.count("<h1") == 1
        assert "public" in response["Cache-Control"]
        assert " style=" not in page

    def test_is_kept_by_nobody_for_somebody_signed_in(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        response = visitor(desk.world, "maya").get(f"{HERE}/{reference}")
        assert "no-store" in response["Cache-Control"]

    def test_leads_from_every_number_to_where_it_comes_from(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        public = visitor(desk.world, "public")
        page = page_of(public, f"{HERE}/{reference}")
        links = set(re.findall(rf'<a href="({HERE}/{reference}/figures/[a-z-]+)"><data', page))
        assert len(links) > 5
        for link in links:
            page_of(public, link)

    def test_is_not_there_under_another_partnership_nor_before_it_is_published(
        self, published: tuple[Desk, str]
    ) -> None:
        desk, reference = published
        for who in ("public", "rhona", "maya"):
            assert visitor(desk.world, who).get(f"/partnerships/srp/documents/{reference}").status_code == 404
            assert visitor(desk.world, who).get(f"{HERE}/SWP-SA-2026-9").status_code == 404


class TestFigure:
    def test_says_from_which_files_and_how(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        page = page_of(visitor(desk.world, "public"), f"{HERE}/{reference}/figures/crime-by-type")
        assert "counts, published" in page
        assert "Open Government Licence v3.0" in page
        assert re.search(r"[0-9a-f]{64}", page)
        assert f"wardwell verify {reference}" in page

    def test_shows_no_small_number(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        page = page_of(visitor(desk.world, "public"), f"{HERE}/{reference}/figures/alder-by-type")
        assert "[c]" in page

    @pytest.mark.parametrize("slug", ["crimes-a-day", "census-residents"])
    def test_says_how_it_was_estimated_or_who_is_cited(self, published: tuple[Desk, str], slug: str) -> None:
        desk, reference = published
        page = page_of(visitor(desk.world, "public"), f"{HERE}/{reference}/figures/{slug}")
        assert "crimes ÷ days" in page or "There were 263,700 usual residents" in page

    def test_is_not_there_when_there_is_none(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        assert visitor(desk.world, "public").get(f"{HERE}/{reference}/figures/nothing").status_code == 404


class TestFiles:
    @pytest.mark.parametrize(
        ("name", "media_type", "disposition"),
        [
            ("document.pdf", "application/pdf", "inline"),
            ("document.zip", "application/zip", "attachment"),
            ("document.html", "text/html; charset=utf-8", "attachment"),
            ("data/crimes.csv", "text/csv; charset=utf-8", "attachment"),
        ],
    )
    def test_are_sent_as_they_were_sealed(
        self, published: tuple[Desk, str], name: str, media_type: str, disposition: str
    ) -> None:
        desk, reference = published
        response = visitor(desk.world, "public").get(f"{HERE}/{reference}/files/{name}")
        assert (response["Content-Type"], response["X-Content-Type-Options"]) == (media_type, "nosniff")
        assert response["Content-Disposition"].startswith(disposition)
        assert "sandbox" in response["Content-Security-Policy"]
        assert response.content == desk.bytes_of(reference)[name]

    def test_are_not_sent_twice_to_whoever_has_them(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        public = visitor(desk.world, "public")
        path = f"{HERE}/{reference}/files/data/crimes.csv"
        first = public.get(path)
        assert public.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304

    def test_are_no_way_out_of_their_folder(self, published: tuple[Desk, str]) -> None:
        desk, reference = published
        for name in ("../../x", "document.exe", "%2e%2e/secret"):
            assert visitor(desk.world, "public").get(f"{HERE}/{reference}/files/{name}").status_code == 404

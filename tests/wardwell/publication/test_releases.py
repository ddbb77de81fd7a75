"""A release: everybody sees it with its files and origins, nobody changes it, and it can be withdrawn and superseded."""

from __future__ import annotations

import pytest
from django.db import connection

from tests.wardstats.measures.conftest import real_counts
from tests.wardwell.publication.desk import CHECKED, EXCERPT, SMALL_AREA, Desk
from tests.wardwell.publication.documents import reading
from wardwell.assessment import queries as assessments
from wardwell.audit.gate import NotAllowed
from wardwell.audit.queries import events
from wardwell.publication import operations, queries
from wardwell.publication.operations.publishing import UnableToPublish

Published = tuple[Desk, str]


def small_counts() -> dict[str, int]:
    """The small counts of crime that stand behind the figure of one neighbourhood in one month, by type."""
    return {
        row["crime_type"]: row["count"]
        for row in real_counts()
        if row["area_code"] == SMALL_AREA
        and f"{row['month']:%Y-%m}" == "2025-10"
        and row["crime_type"] != "Anti-social behaviour"
        and 0 < row["count"] < 5
    }


class TestOnceItIsPublished:
    def test_everybody_sees_it_and_its_files(self, published: Published) -> None:
        desk, reference = published
        assert reference == "SWP-SA-2026-1"
        (summary,) = queries.published(desk.actor("public"), "swp")
        assert (summary.reference, summary.is_withdrawn) == (reference, False)
        view = desk.seen(reference)
        assert view is not None
        assert {one.name for one in view.outputs} >= {
            "document.html",
            "document.pdf",
            "document.docx",
            "document.zip",
            "data/crimes.csv",
        }
        assert {one.name: one.sha256 for one in view.outputs} == view.manifest
        assert (view.published_by, view.checked_reason, view.assessment_id, view.steps) == ("", "", None, ())

    def test_the_partnership_sees_who_let_it_out_and_why(self, published: Published) -> None:
        desk, reference = published
        view = desk.seen(reference, "anil")
        assert view is not None
        assert (view.published_by, view.checked_reason) == ("Maya Okafor", CHECKED)
        assert not view.step("withdraw").allowed
        assert view.step("verify").allowed

    def test_its_page_is_cut_out_of_the_sealed_file_and_has_nothing_inline(self, published: Published) -> None:
        desk, reference = published
        body = queries.body_html(desk.actor("public"), reference)
        assert body is not None
        assert body.startswith('<main class="document"')
        assert body.encode() in desk.bytes_of(reference)["document.html"]
        assert "<style" not in body
        assert "<script" not in body
        assert " style=" not in body

    def test_its_figures_have_the_numbers_that_the_draft_showed(self, published: Published) -> None:
        desk, reference = published
        draft = assessments.assessment(desk.actor("anil"), assessment_id=desk.assessment_id)
        release = desk.seen(reference)
        assert draft is not None
        assert release is not None
        out = {one.slug: one.number for one in release.figures}
        assert out == {one.slug: one.number for one in draft.figures if one.slug in out}
        assert sorted(out.values()) == list(range(1, len(out) + 1))

    def test_it_says_where_each_number_comes_from(self, published: Published) -> None:
        desk, reference = published
        origin = queries.figure_origin(desk.actor("public"), reference, "crimes")
        assert origin is not None
        counts = next(one for one in origin.files if one.dataset == "Counts")
        assert (counts.edition, counts.licence, counts.rows) == ("first", "Open Government Licence v3.0", 25_872)
        assert (origin.measure, origin.measure_version) == ("crime-count", 1)
        assert origin.parameters["until"] == "2025-11"
        assert dict(origin.counts)["count"] == origin.disclosed.fact("count")
        cited = queries.figure_origin(desk.actor("public"), reference, "census-residents")
        assert cited is not None
        assert (cited.excerpt, cited.copy_name) == (EXCERPT, "first-results.txt")
        estimate = queries.figure_origin(desk.actor("public"), reference, "crimes-a-day")
        assert estimate is not None
        assert estimate.formula == "crimes / days"

    def test_the_audit_trail_quotes_what_was_checked_and_the_seal(self, published: Published) -> None:
        desk, reference = published
        view = desk.seen(reference)
        said = events(desk.actor("maya"), words=f"published {reference}").events
        assert view is not None
        assert CHECKED in said[0].sentence
        assert view.seal in said[0].sentence

    def test_it_cannot_be_published_a_second_time(self, published: Published) -> None:
        with pytest.raises(UnableToPublish, match="published already, as SWP-SA-2026-1"):
            published[0].publishes()

    def test_no_small_count_is_in_any_output(self, published: Published) -> None:
        desk, reference = published
        made, small = desk.bytes_of(reference), small_counts()
        assert len(small) >= 2
        editions = {
            "document.html": reading.tables_of_page(made["document.html"]),
            "document.pdf": reading.tables_of_pdf(made["document.pdf"]),
            "document.docx": reading.tables_of_word(made["document.docx"]),
            "data": [reading.rows_of_csv(made["data/alder-by-type.csv"])],
            "zip": [reading.rows_of_csv(reading.part(made["document.zip"], "data/alder-by-type.csv"))],
        }
        for edition, tables in editions.items():
            (table,) = (one for one in tables if one[-1][:2] == ["All crime", "25"])
            shown = {row[0]: row[1:] for row in table}
            assert {kind for kind in small if set(shown[kind]) != {"[c]"}} == set(), edition
        for kind, count in small.items():
            for name, content in made.items():
                assert f"{kind},{count},".encode() not in content, name
                assert f'"{kind}","count":{count},'.encode() not in content, name

    def test_its_rows_are_not_the_publics_to_change(self, published: Published) -> None:
        desk, _ = published
        for who in ("public", "rhona", "beth"):
            desk.actor(who)
            with connection.cursor() as cursor:
                cursor.execute("UPDATE publication_release SET title = 'Mine'")
                assert cursor.rowcount == 0


class TestWithdrawing:
    def test_leaves_the_page_with_a_notice_and_the_files_marked(self, published: Published) -> None:
        desk, reference = published
        before = desk.bytes_of(reference)
        operations.withdraw(
            actor=desk.actor("maya"), at=desk.at, reference=reference, reason="The wards were of the wrong year."
        )
        view = desk.seen(reference)
        assert view is not None
        assert [(one.kind, one.text) for one in view.notices] == [("withdrawn", "The wards were of the wrong year.")]
        assert all(one.download_name.startswith("withdrawn-swp-sa-2026-1") for one in view.outputs)
        assert desk.bytes_of(reference) == before
        assert [one.is_withdrawn for one in queries.published(desk.actor("public"), "swp")] == [True]

    def test_asks_for_a_reason_and_for_the_manager(self, published: Published) -> None:
        desk, reference = published
        with pytest.raises(operations.UnableToWithdraw, match="Say why"):
            operations.withdraw(actor=desk.actor("maya"), at=desk.at, reference=reference, reason=" ")
        with pytest.raises(NotAllowed):
            operations.withdraw(actor=desk.actor("anil"), at=desk.at, reference=reference, reason="Because.")

    def test_is_done_once(self, published: Published) -> None:
        desk, reference = published
        operations.withdraw(actor=desk.actor("maya"), at=desk.at, reference=reference, reason="Wrong wards.")
        with pytest.raises(operations.UnableToWithdraw, match="withdrawn already"):
            operations.withdraw(actor=desk.actor("maya"), at=desk.at, reference=reference, reason="Wrong wards.")


class TestACorrectedEdition:
    def test_is_refused_where_the_two_would_give_a_small_group_away(self, published: Published) -> None:
        desk, _ = published
        rows = real_counts()
        burglary = next(row for row in rows if row["crime_type"] == "Burglary" and f"{row['month']:%Y-%m}" == "2025-10")
        burglary["count"] += 2
        desk.keeps_newer_counts(rows)
        desk.revised_and_signed_off()
        with pytest.raises(UnableToPublish, match="beside release SWP-SA-2026-1, the two releases differ by 2"):
            desk.publishes()

    def test_supersedes_the_release_before(self, published: Published) -> None:
        desk, reference = published
        desk.revised_and_signed_off()
        out = desk.publishes()
        view, older = desk.seen(out.reference), desk.seen(reference)
        assert view is not None
        assert older is not None
        assert (out.reference, view.supersedes, older.superseded_by) == ("SWP-SA-2026-2", reference, out.reference)
        assert [one.kind for one in older.notices] == ["superseded"]

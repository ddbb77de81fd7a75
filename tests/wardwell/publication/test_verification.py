"""Every number of a release is counted again, and whatever is tampered with is found and named."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from tests.wardwell.publication.desk import Desk, below
from wardwell.assessment import copies
from wardwell.audit.queries import events
from wardwell.publication import operations, queries
from wardwell.publication.queries import Verification

Published = tuple[Desk, str]


def verified(published: Published, who: str = "maya") -> Verification:
    """The release verified by somebody."""
    desk, reference = published
    return operations.verify(actor=desk.actor(who), at=desk.at, reference=reference)


def faults(published: Published) -> list[str]:
    """What verification finds, in its own words."""
    return [one.sentence for one in verified(published).faults]


def output(published: Published, name: str) -> Path:
    """A stored output."""
    found = queries.output(published[0].actor("public"), published[1], name)
    assert found is not None
    return found.path


def altered(path: Path, before: bytes, after: bytes) -> None:
    """A stored file with something in it exchanged, once."""
    content = path.read_bytes()
    assert before in content
    path.write_bytes(content.replace(before, after, 1))


def run_sql(statement: str, *values: Any) -> None:
    """What somebody with the database in their hands does."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        assert cursor.rowcount == 1


class TestARelease:
    def test_holds_figure_by_figure(self, published: Published) -> None:
        found = verified(published)
        assert found.holds, found.says
        assert found.figures == 16
        checks = {(one.about, one.check) for one in found.verdicts}
        assert {
            ("crime-rate", "kept files"),
            ("crime-rate", "computed again"),
            ("crime-rate", "printed numbers"),
            ("crimes-a-day", "worked out again"),
            ("census-residents", "compared with its source"),
            ("document.pdf", "as published"),
            ("", "seal"),
            ("", "audit trail"),
        } <= checks

    def test_says_so_on_its_page_and_in_the_audit_trail(self, published: Published) -> None:
        desk, reference = published
        verified(published)
        at = desk.at
        view = desk.seen(reference)
        assert view is not None
        assert (view.summary.verified_at, view.summary.verified_faults) == (at, 0)
        said = events(desk.actor("maya"), words=f"verified {reference}").events[0].sentence
        assert said.startswith(f"Maya Okafor verified {reference}: 16 figures and ")
        assert said.endswith("printed numbers came out again")

    def test_can_be_verified_by_the_analyst_but_for_the_trail_that_he_may_not_read(self, published: Published) -> None:
        found = verified(published, "anil")
        assert found.holds
        assert [one.check for one in found.verdicts if one.outcome == "not checked"] == ["audit trail"]


class TestTampering:
    def test_with_a_byte_of_a_kept_file_is_found(self, published: Published) -> None:
        kept = max(Path(settings.SNAPSHOTS).rglob("*.parquet"), key=lambda path: path.stat().st_size)
        content = bytearray(kept.read_bytes())
        content[len(content) // 2] ^= 1
        kept.write_bytes(bytes(content))
        assert any("was altered after it was kept" in one and kept.stem in one for one in faults(published))

    def test_with_a_kept_file_that_is_gone_is_found(self, published: Published) -> None:
        kept = max(Path(settings.SNAPSHOTS).rglob("*.parquet"), key=lambda path: path.stat().st_size)
        kept.unlink()
        assert any("missing" in one and "Figure “Crime" in one for one in faults(published))

    def test_with_a_number_on_the_page_is_found_and_named(self, published: Published) -> None:
        page = output(published, "document.html")
        number = page.read_text().split('data-figure="crime-by-type" data-row="0" data-column="count"')[1]
        shown = number.split(">")[1].split("<")[0]
        place = f'data-figure="crime-by-type" data-row="0" data-column="count"{number.split(">")[0]}>'
        altered(page, f"{place}{shown}<".encode(), f"{place}9,{shown[-3:]}<".encode())
        found = faults(published)
        assert any("misprints figure" in one and f"the figure is {shown}" in one for one in found)
        assert any("The file document.html was altered" in one for one in found)

    def test_with_a_number_in_a_sentence_is_found(self, published: Published) -> None:
        page = output(published, "document.html")
        fact = page.read_text().split('data-figure="crime-rate" data-fact="rate">')[1].split("<")[0]
        altered(page, f'data-fact="rate">{fact}<'.encode(), b'data-fact="rate">1.0<')
        assert any("it prints 1.0" in one for one in faults(published))

    def test_with_a_number_of_a_figure_that_was_never_released_is_found(self, published: Published) -> None:
        altered(
            output(published, "document.html"),
            b"</main>",
            b'<data data-figure="made-up" data-fact="n" value="1">1</data></main>',
        )
        assert any("“made-up” that was not released" in one for one in faults(published))

    def test_with_a_figure_taken_off_the_page_is_found(self, published: Published) -> None:
        page = output(published, "document.html")
        page.write_text(page.read_text().replace('data-figure="crime-by-month"', ""))
        assert any("lacks something of figure" in one for one in faults(published))

    def test_with_a_sentence_taken_off_the_page_is_found(self, published: Published) -> None:
        page = output(published, "document.html")
        page.write_text(page.read_text().replace('data-figure="census-residents" data-fact="value"', "", 1))
        assert any("the number value, printed 0 times and not 1" in one for one in faults(published))

    def test_with_a_data_file_is_found_by_its_line(self, published: Published) -> None:
        altered(output(published, "data/crime-by-type.csv"), b"\r\n", b"\r\nMade up,1\r\n")
        assert any("is not its table: line 2 differs" in one for one in faults(published))

    @pytest.mark.parametrize("name", ["document.pdf", "document.docx", "document.zip", "data/crimes.csv-metadata.json"])
    def test_with_any_output_is_found(self, published: Published, name: str) -> None:
        path = output(published, name)
        path.write_bytes(path.read_bytes() + b" ")
        assert any(f"The file {name} was altered" in one for one in faults(published))

    def test_with_an_output_that_is_gone_is_found(self, published: Published) -> None:
        output(published, "document.pdf").unlink()
        assert "The file document.pdf is missing." in faults(published)

    def test_with_a_frozen_figure_is_found_and_named(self, published: Published) -> None:
        run_sql(
            "UPDATE publication_releasedfigure SET disclosed = jsonb_set(disclosed, '{rows,0,count}', '99999')"
            " WHERE slug = 'crimes'"
        )
        found = faults(published)
        assert any("does not come out again" in one and "99,999 was published" in one for one in found)
        assert any("The seal is broken" in one for one in found)

    def test_with_a_frozen_figure_so_that_it_shows_a_small_count_is_found(self, published: Published) -> None:
        run_sql(
            "UPDATE publication_releasedfigure SET disclosed = jsonb_set(disclosed, '{rows,0,count}', '2')"
            " WHERE slug = 'crimes'"
        )
        assert any("would give away what is hidden" in one for one in faults(published))

    def test_with_a_figures_parameters_is_found(self, published: Published) -> None:
        run_sql(
            "UPDATE publication_releasedfigure SET parameters = jsonb_set(parameters, '{from}', '\"2025-01\"')"
            " WHERE slug = 'crimes'"
        )
        assert any("does not come out again" in one for one in faults(published))

    def test_with_a_measure_of_another_version_is_found(self, published: Published) -> None:
        run_sql("UPDATE publication_releasedfigure SET measure_version = 9 WHERE slug = 'crimes'")
        assert any("is version 1 now and was version 9 then" in one for one in faults(published))

    def test_with_the_manifest_and_its_seal_is_found_in_the_audit_trail(self, published: Published) -> None:
        run_sql("UPDATE publication_release SET seal = %s", "0" * 64)
        found = faults(published)
        assert any("not the one that the audit trail quotes" in one for one in found)

    def test_with_the_audit_trails_place_is_found(self, published: Published) -> None:
        run_sql("UPDATE publication_release SET audit_head = %s", "0" * 64)
        assert any("is not the one it ended with then" in one for one in faults(published))

    def test_with_an_audit_trail_cut_short_is_found(self, published: Published) -> None:
        run_sql("UPDATE publication_release SET audit_length = 100000")
        assert any("The audit trail had 100,000 events at publication" in one for one in faults(published))

    def test_with_an_estimates_value_is_found(self, published: Published) -> None:
        run_sql(
            "UPDATE publication_releasedfigure SET disclosed = jsonb_set(disclosed, '{rows,1,value}', '\"366\"')"
            " WHERE slug = 'crimes-a-day'"
        )
        run_sql(
            "UPDATE publication_releasedfigure SET"
            " disclosed = jsonb_set(disclosed, '{provenance,inputs,1,value}', '\"366\"') WHERE slug = 'crimes-a-day'"
        )
        assert any("Estimate “Crimes a day”" in one and "comes out" in one for one in faults(published))

    def test_with_the_kept_copy_of_a_source_is_found(self, published: Published) -> None:
        desk, _ = published
        folder = Path(settings.SNAPSHOTS) / "cited"
        kept = next(path for path in folder.rglob("*") if path.is_file())
        kept.write_bytes(kept.read_bytes().replace(b"263,700", b"263,800"))
        assert any("was altered after it was kept" in one for one in faults(published))
        with pytest.raises(copies.UnableToReadCopy):
            copies.read(partnership_id=desk.world.partnerships["swp"], sha256=kept.name)

    def test_with_the_kept_words_of_a_source_is_found(self, published: Published) -> None:
        run_sql("UPDATE publication_releasedfigure SET excerpt = 'Nobody knows.' WHERE slug = 'census-residents'")
        found = faults(published)
        assert any("were altered" in one for one in found)
        assert any("does not stand in the kept words" in one for one in found)


class TestTheWordsOfAVerdict:
    def test_name_no_file_of_this_machine(self, published: Published) -> None:
        below(Path(settings.RELEASES), "document.pdf").unlink()
        assert not any(str(settings.DATA) in one.sentence for one in verified(published).verdicts)

"""Every form of a document says the same, holds the same back, and comes out the same again."""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import replace
from hashlib import sha256

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wardwell.publication.documents.examples import (
    HELD_BACK,
    Parts,
    counted,
    document,
    figures,
    robbery,
    typeface,
)
from tests.wardwell.publication.documents.reading import (
    part,
    rows_of_csv,
    tables_of_page,
    tables_of_pdf,
    tables_of_word,
    words_of,
)
from wardstats.disclosure import Cell
from wardwell.publication.documents import data, pages
from wardwell.publication.documents.embedded import numbers
from wardwell.publication.documents.outputs import BUNDLE, PAGE, PDF, WORD, make, manifest
from wardwell.publication.documents.view import machine_value

RELEASED = (2025, 11, 3, 0, 0, 0)


class TestBytes:
    def test_are_the_same_on_every_run(self, made: dict[str, bytes]) -> None:
        assert manifest(make(document(), typeface())) == manifest(made)

    def test_of_the_bundle_are_those_of_the_parts(self, made: dict[str, bytes]) -> None:
        with zipfile.ZipFile(io.BytesIO(made[BUNDLE])) as bundle:
            held = {name: bundle.read(name) for name in bundle.namelist()}
        assert held == {name: content for name, content in made.items() if name != BUNDLE}

    def test_are_dated_to_the_release(self, made: dict[str, bytes]) -> None:
        for name in (BUNDLE, WORD):
            with zipfile.ZipFile(io.BytesIO(made[name])) as archive:
                assert {entry.date_time for entry in archive.infolist()} == {RELEASED}

    def test_are_listed_with_their_hashes(self, made: dict[str, bytes]) -> None:
        assert manifest(made)[PDF]["sha256"] == sha256(made[PDF]).hexdigest()


class TestNumbers:
    def test_are_the_same_in_page_pdf_and_word_file(self, made: dict[str, bytes]) -> None:
        page = tables_of_page(made[PAGE])
        assert len(page) == 2
        assert tables_of_pdf(made[PDF])[:2] == page
        assert tables_of_word(made[WORD])[:2] == page

    def test_of_the_data_file_are_those_of_the_page(self, made: dict[str, bytes]) -> None:
        for figure, table in zip(figures(), tables_of_page(made[PAGE]), strict=True):
            rows = rows_of_csv(made[f"data/{figure.slug}.csv"])[1:]
            assert [row[1:] for row in rows] == [[machine_value(text) for text in row[1:]] for row in table[1:]]

    def test_in_sentences_are_those_of_the_figures(self, made: dict[str, bytes]) -> None:
        tables = {figure.slug: figure.disclosed for figure in figures()}
        facts = [number for number in numbers(made[PAGE].decode()) if number.fact]
        assert len(facts) == 8
        assert all(number.text == tables[number.figure].fact(number.fact) for number in facts)

    def test_can_be_read_back_by_their_place_in_the_table(self, made: dict[str, bytes]) -> None:
        tables = {figure.slug: figure.disclosed for figure in figures()}
        cells = [number for number in numbers(made[PAGE].decode()) if number.column]
        assert len(cells) == 4 * 5 + 5 * 2
        assert all(number.text == tables[number.figure].text(Cell(number.row, number.column)) for number in cells)

    def test_give_machines_a_plain_value(self, made: dict[str, bytes]) -> None:
        latest = next(number for number in numbers(made[PAGE].decode()) if number.fact == "latest")
        assert (latest.text, latest.value) == ("1,208", "1208")

    @settings(max_examples=15, deadline=None)
    @given(st.lists(st.integers(5, 10**7), min_size=1, max_size=12))
    def test_survive_the_way_through_a_page(self, counts: list[int]) -> None:
        page = pages.body(document(Parts(figures=(figures()[0], replace(figures()[1], disclosed=counted(counts))))))
        read = {n.row: n.value for n in numbers(page) if n.figure == "robbery-by-area" and n.column == "count"}
        assert read == dict(enumerate(map(str, counts)))


class TestSuppression:
    def test_marks_the_same_cells_everywhere(self, made: dict[str, bytes]) -> None:
        marks = [[text for row in table for text in row].count("[c]") for table in tables_of_page(made[PAGE])]
        assert marks == [0, 2]
        assert [row[1] for row in rows_of_csv(made["data/robbery-by-area.csv"])].count("[c]") == 2
        assert "Brookfield had [c] robberies." in words_of(made[PAGE])

    def test_explains_the_mark_once(self, made: dict[str, bytes]) -> None:
        assert words_of(made[PAGE]).count("[c]: not shown") == 1
        assert words_of(part(made[WORD], "word/document.xml")).count("[c]: not shown") == 1

    def test_leaves_no_byte_that_depends_on_what_is_held_back(self, made: dict[str, bytes]) -> None:
        """Two worlds that differ only in the hidden counts are published as the same bytes, in every format."""
        other = replace(figures()[1], disclosed=robbery(HELD_BACK + 1))
        assert manifest(make(document(Parts(figures=(figures()[0], other))), typeface())) == manifest(made)


class TestData:
    def test_is_described_after_csvw(self) -> None:
        described = json.loads(data.metadata(document(), figures()[0]))
        assert described["@context"] == "http://www.w3.org/ns/csvw"
        assert described["url"] == "burglary-by-month.csv"
        columns = [column["name"] for column in described["tableSchema"]["columns"]]
        assert columns == rows_of_csv(data.csv(figures()[0]))[0]
        assert described["dc:issued"]["@value"] == "2025-11-03"
        assert described["wardwell:computation"]["measure"] == "crimes-by-month"

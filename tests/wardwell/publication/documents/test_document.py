"""What may not become a document, and why."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.wardwell.publication.documents.examples import Parts, document, figures, sections
from wardwell.publication.documents.document import (
    Fact,
    FigureHere,
    Mention,
    Paragraph,
    Section,
    UnableToMakeDocument,
    Words,
    prose,
)


class TestProse:
    def test_tells_words_facts_and_terms_apart(self) -> None:
        assert prose("In a [Priority Area], {burglary.latest}.") == (
            Words("In a "),
            Mention("Priority Area"),
            Words(", "),
            Fact("burglary", "latest"),
            Words("."),
        )

    def test_leaves_other_braces_alone(self) -> None:
        assert prose("{not a fact} [c]")[0] == Words("{not a fact} ")


class TestDocument:
    def test_numbers_figures_in_the_order_of_the_text(self) -> None:
        assert document(Parts(figures=tuple(reversed(figures())))).number_of("burglary-by-month") == 1

    @pytest.mark.parametrize(
        ("extra", "because"),
        [
            (Section("Deep", (), level=5), "skips a level"),
            (Section("More", (Paragraph(prose("{burglary-by-month.unheard_of}")),)), "no fact"),
            (Section("More", (Paragraph(prose("{no-such-figure.latest}")),)), "does not have"),
            (Section("More", (Paragraph(prose("a [Gold Command]")),)), "does not explain"),
            (Section("More", (FigureHere("no-such-figure"),)), "does not have"),
            (Section("More", (FigureHere("robbery-by-area"),)), "exactly once"),
        ],
    )
    def test_refuses_a_section_that(self, extra: Section, because: str) -> None:
        with pytest.raises(UnableToMakeDocument, match=because):
            document(Parts(sections=(*sections(), extra)))

    def test_refuses_a_figure_that_stands_nowhere(self) -> None:
        with pytest.raises(UnableToMakeDocument, match="exactly once"):
            document(Parts(sections=sections()[:2]))

    def test_refuses_an_untitled_document(self) -> None:
        with pytest.raises(UnableToMakeDocument, match="no title"):
            document(Parts(title=" "))


class TestFigure:
    def test_refuses_one_without_a_description(self) -> None:
        with pytest.raises(UnableToMakeDocument, match="no description"):
            replace(figures()[0], description=" ")

    def test_refuses_a_computed_one_without_an_origin(self) -> None:
        with pytest.raises(UnableToMakeDocument, match="from what"):
            replace(figures()[0], origin=None)

    def test_refuses_half_a_picture(self) -> None:
        with pytest.raises(UnableToMakeDocument, match="SVG"):
            replace(figures()[0], png=b"")

    def test_refuses_a_name_that_no_file_could_have(self) -> None:
        with pytest.raises(UnableToMakeDocument, match="cannot name"):
            replace(figures()[0], slug="../figure")

"""A disclosed table becomes a figure with its picture, its words and its origin."""

from __future__ import annotations

import pytest

from tests.wardwell.publication.documents.examples import DIGEST, origin, robbery
from wardwell.publication.documents.document import UnableToMakeDocument
from wardwell.publication.documents.drawing import drawn

SOURCES = {DIGEST: origin().sources[0]}


class TestDrawn:
    def test_is_a_picture_in_both_formats_with_words(self) -> None:
        figure = drawn(robbery(), slug="robbery", sources=SOURCES, font="sans-serif")
        assert figure.svg.startswith("<svg")
        assert figure.png.startswith(b"\x89PNG")
        assert "Ashmoor & Dale 61" in figure.description
        assert figure.title == "Robbery by area"

    def test_names_the_sources_it_was_counted_from(self) -> None:
        figure = drawn(robbery(), slug="robbery", sources=SOURCES, font="sans-serif")
        assert figure.origin
        assert [source.name for source in figure.origin.sources] == ["Street-level crime, data.police.uk"]

    def test_refuses_a_source_that_nobody_names(self) -> None:
        with pytest.raises(UnableToMakeDocument, match="not named"):
            drawn(robbery(), slug="robbery", sources={}, font="sans-serif")

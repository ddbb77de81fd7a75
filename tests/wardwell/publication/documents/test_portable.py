"""The PDF: its properties, long tables, running headers, and what the renderer may read."""

from __future__ import annotations

import io
from dataclasses import replace

import pikepdf
import pytest

from tests.wardwell.publication.documents.examples import Parts, counted, document, figures, typeface
from tests.wardwell.publication.documents.reading import tables_of_pdf, text_of_pdf
from wardwell.publication.documents import portable, structure
from wardwell.publication.documents.outputs import PDF


class TestPortable:
    def test_carries_title_and_language(self, made: dict[str, bytes]) -> None:
        with pikepdf.open(io.BytesIO(made[PDF])) as pdf, pdf.open_metadata() as metadata:
            assert metadata["dc:title"] == "Strategic assessment 2025 – Exampleshire Community Safety Partnership"
            assert pdf.Root.Lang == "en-GB"

    def test_repeats_the_header_of_a_long_table(self) -> None:
        long = replace(figures()[1], disclosed=counted(range(100, 190)))
        made = portable.pdf(document(Parts(figures=(figures()[0], long))), typeface())
        pieces = [piece for piece in tables_of_pdf(made) if piece[0] == ["Area", "Robberies"]]
        assert len(pieces) >= 3
        assert [row for piece in pieces for row in piece[1:]] == [[f"Area {at}", str(100 + at)] for at in range(90)]
        assert structure.check(made) == ()

    def test_keeps_running_headers_out_of_what_is_read_aloud(self, made: dict[str, bytes]) -> None:
        words = text_of_pdf(made[PDF])
        assert "Burglary fell from" in words
        assert "Page 1 of" not in words

    @pytest.mark.parametrize("url", ["file:///etc/hostname", "https://example.org/picture.png"])
    def test_reads_nothing_from_outside_the_document_but_its_fonts(self, url: str) -> None:
        with pytest.raises(portable.UnableToFetch):
            portable.OnlyFonts(typeface()).fetch(url)

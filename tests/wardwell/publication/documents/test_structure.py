"""The check of a tagged PDF finds what is wrong: a good document, spoiled in one way at a time."""

from __future__ import annotations

import io
from collections.abc import Callable

import pikepdf
import pytest

from wardwell.publication.documents.outputs import PDF
from wardwell.publication.documents.structure import check
from wardwell.publication.documents.tree import Element, elements

Spoil = Callable[[pikepdf.Pdf], None]


def of_kind(pdf: pikepdf.Pdf, kind: str) -> Element:
    return next(element for element in elements(pdf) if element.kind == kind)


def unmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo.Marked = False


def forget_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/Lang"]


def hide_title(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/ViewerPreferences"]


def remove_title(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["dc:title"]


def remove_identifier(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata(set_pikepdf_as_editor=False) as metadata:
        del metadata["pdfuaid:part"]


def remove_tree(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def remove_words(pdf: pikepdf.Pdf) -> None:
    del of_kind(pdf, "Figure").object["/Alt"]


def skip_heading(pdf: pikepdf.Pdf) -> None:
    of_kind(pdf, "H3").object.S = pikepdf.Name.H5


def begin_at_second_level(pdf: pikepdf.Pdf) -> None:
    of_kind(pdf, "H1").object.S = pikepdf.Name.P


def title_twice(pdf: pikepdf.Pdf) -> None:
    of_kind(pdf, "H2").object.S = pikepdf.Name.H1


def empty_heading(pdf: pikepdf.Pdf) -> None:
    of_kind(pdf, "H2").object.K = pikepdf.Array()


def headers_as_data(pdf: pikepdf.Pdf) -> None:
    for cell in of_kind(pdf, "Table").descendants():
        if cell.kind == "TH":
            cell.object.S = pikepdf.Name.TD


def forget_headers_of_a_cell(pdf: pikepdf.Pdf) -> None:
    del of_kind(pdf, "TD").object.A["/Headers"]


def name_headers_that_are_not_there(pdf: pikepdf.Pdf) -> None:
    of_kind(pdf, "TD").object.A.Headers = pikepdf.Array([pikepdf.String("nobody")])


def put_paragraph_in_list(pdf: pikepdf.Pdf) -> None:
    of_kind(pdf, "LI").object.S = pikepdf.Name.P


def take_body_from_item(pdf: pikepdf.Pdf) -> None:
    of_kind(pdf, "LBody").object.S = pikepdf.Name.P


def cut_link(pdf: pikepdf.Pdf) -> None:
    link = of_kind(pdf, "Link")
    link.object.K = pikepdf.Array([kid for kid in link.object.K if isinstance(kid, int)])


def empty_link(pdf: pikepdf.Pdf) -> None:
    link = of_kind(pdf, "Link")
    for annotation in link.annotations():
        annotation.Contents = pikepdf.String("")
    link.object.K = pikepdf.Array([kid for kid in link.object.K if isinstance(kid, pikepdf.Dictionary)])


def untag_link(pdf: pikepdf.Pdf) -> None:
    del of_kind(pdf, "Link").annotations()[0]["/StructParent"]


def drop_paragraph_from_tree(pdf: pikepdf.Pdf) -> None:
    of_kind(pdf, "P").object.K = pikepdf.Array()


def draw_outside_tree(pdf: pikepdf.Pdf) -> None:
    page = pdf.pages[0]
    drawn = page.Contents.read_bytes() + b"\n0 0 10 10 re f\n"
    page.obj["/Contents"] = pdf.make_stream(drawn)


def take_font_out(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].resources.Font.values()))
    descriptor = font.DescendantFonts[0].FontDescriptor
    for key in ("/FontFile", "/FontFile2", "/FontFile3"):
        if key in descriptor:
            del descriptor[key]


class TestCheck:
    def test_finds_nothing_in_a_good_document(self, made: dict[str, bytes]) -> None:
        assert check(made[PDF]) == ()

    @pytest.mark.parametrize(
        ("spoil", "code"),
        [
            (unmark, "not-marked"),
            (forget_language, "no-language"),
            (hide_title, "title-not-shown"),
            (remove_title, "no-title"),
            (remove_identifier, "no-identifier"),
            (remove_tree, "untagged"),
            (remove_words, "figure-without-words"),
            (skip_heading, "heading-order"),
            (begin_at_second_level, "heading-order"),
            (title_twice, "second-title"),
            (empty_heading, "empty-heading"),
            (headers_as_data, "table-without-headers"),
            (forget_headers_of_a_cell, "cell-without-header"),
            (name_headers_that_are_not_there, "cell-without-header"),
            (put_paragraph_in_list, "list-structure"),
            (take_body_from_item, "list-structure"),
            (cut_link, "link-without-target"),
            (empty_link, "link-without-words"),
            (untag_link, "link-outside-tree"),
            (drop_paragraph_from_tree, "content-outside-tree"),
            (draw_outside_tree, "content-outside-tree"),
            (take_font_out, "font-not-embedded"),
        ],
    )
    def test_finds(self, made: dict[str, bytes], spoil: Spoil, code: str) -> None:
        with pikepdf.open(io.BytesIO(made[PDF])) as pdf:
            spoil(pdf)
            spoiled = io.BytesIO()
            pdf.save(spoiled)
        assert code in {fault.code for fault in check(spoiled.getvalue())}

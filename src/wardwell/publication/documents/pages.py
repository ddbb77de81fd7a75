"""The document as a web page: for the site, for a reader to keep, and as the source of the PDF and of the Word file.

One template makes all four editions; they differ only in where the pictures are and in which style sheet goes with them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from wardwell.publication.documents.document import Document
from wardwell.publication.documents.view import vector_pictures, view

HERE = Path(__file__).resolve().parent
STYLE_FOLDER = HERE / "styles"
"""`document.css` for the site to link to; it needs no font file and styles only what is inside `.document`."""

Edition = Literal["screen", "print", "word"]
_ENGINE = Engine(dirs=[str(HERE / "templates")], autoescape=True)


@dataclass(frozen=True, slots=True)
class Typeface:
    """The family that documents are set in, with its files if it is bundled rather than the machine's own."""

    family: str = "Arial"
    regular: Path | None = None
    bold: Path | None = None

    def rules(self) -> str:
        """The `@font-face` rules for the files there are."""
        faces = [(self.regular, 400), (self.bold, 700)]
        return "".join(
            f'@font-face {{ font-family: "{self.family}"; font-weight: {weight}; src: url("{path.resolve().as_uri()}"); }}\n'
            for path, weight in faces
            if path
        )

    @property
    def files(self) -> tuple[Path, ...]:
        """The font files that a renderer may read."""
        return tuple(path for path in (self.regular, self.bold) if path)


def body(document: Document) -> SafeString:
    """The `<main>` of a page of the site: nothing inline, so it stands under the strict content security policy."""
    return _render("documents/body.html", document, "screen", vector_pictures(document))


def standalone(document: Document) -> str:
    """A page that a reader can keep: one file, complete, printable, with nothing to fetch from anywhere."""
    styles = _style("document") + _style("page")
    return _render("documents/document.html", document, "screen", vector_pictures(document), styles)


def for_print(document: Document, typeface: Typeface) -> str:
    """The page from which the PDF is made."""
    family = f':root {{ --document-font: "{typeface.family}"; }}\n'
    styles = typeface.rules() + _style("document") + _style("print") + family
    return _render("documents/document.html", document, "print", vector_pictures(document), styles)


def for_word(document: Document, pictures: Mapping[str, str]) -> str:
    """The page from which the Word file is made; `pictures` are the addresses of PNG files by figure."""
    return _render("documents/body.html", document, "word", pictures)


def _render(
    template: str, document: Document, edition: Edition, pictures: Mapping[str, str], styles: str = ""
) -> SafeString:
    arranged = view(document, pictures, is_paper=edition != "screen")
    context = Context({"view": arranged, "edition": edition, "styles": mark_safe(styles)})  # noqa: S308 - our own files
    return _ENGINE.get_template(template).render(context)


def _style(name: str) -> str:
    return (STYLE_FOLDER / f"{name}.css").read_text(encoding="utf-8")

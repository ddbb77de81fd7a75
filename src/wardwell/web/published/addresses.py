"""Public addresses of documents, their files and their figures, and how a file is described to a reader."""

from __future__ import annotations

from django.urls import reverse

FILES = {
    "document.html": "The web page, to keep",
    "document.pdf": "The document as tagged PDF",
    "document.docx": "The document as Word file",
    "document.zip": "Everything in one",
}
SIZES = ((1_000_000, "MB"), (1_000, "kB"))


def document_href(code: str, reference: str) -> str:
    """The page of a published document."""
    return reverse("published_document", kwargs={"code": code, "reference": reference})


def figure_href(code: str, reference: str, slug: str) -> str:
    """The page that says where a published number comes from."""
    return reverse("published_figure", kwargs={"code": code, "reference": reference, "slug": slug})


def file_href(code: str, reference: str, name: str) -> str:
    """A published file."""
    return reverse("published_file", kwargs={"code": code, "reference": reference, "name": name})


def what_it_is(name: str) -> str:
    """A file in words.

    >>> what_it_is("document.pdf"), what_it_is("data/crimes.csv"), what_it_is("data/crimes.csv-metadata.json")
    ('The document as tagged PDF', 'Numbers of the figure “crimes”', 'Description of the numbers of “crimes”')
    """
    if name in FILES:
        return FILES[name]
    figure, _, rest = name.removeprefix("data/").partition(".csv")
    return f"Description of the numbers of “{figure}”" if rest else f"Numbers of the figure “{figure}”"


def kind_of_file(name: str) -> str:
    """The kind of a file as people say it.

    >>> kind_of_file("document.pdf"), kind_of_file("data/crimes.csv")
    ('PDF', 'CSV')
    """
    ending = name.rsplit(".", 1)[-1]
    return {"docx": "Word", "html": "web page"}.get(ending, ending.upper())


def size_in_words(size: int) -> str:
    """The size of a file.

    >>> size_in_words(512), size_in_words(81_920), size_in_words(2_340_000)
    ('512 bytes', '82 kB', '2.3 MB')
    """
    for unit, word in SIZES:
        if size >= unit:
            return f"{size / unit:.1f} {word}" if word == "MB" else f"{size / unit:.0f} {word}"
    return f"{size} bytes"

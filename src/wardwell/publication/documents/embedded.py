"""Reading a published page back: every number with the place in the figure that it claims to come from."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import html as markup


@dataclass(frozen=True, slots=True)
class Embedded:
    """A number as printed, and its address: a fact of a figure, or a row and a column of its table.

    `value` is what the page gives to machines, `text` what it shows to people.
    """

    figure: str
    text: str
    value: str
    fact: str = ""
    row: int = -1
    column: str = ""


def numbers(page: str) -> tuple[Embedded, ...]:
    """Everything on the page that came out of a figure, in the order of the page."""
    found = markup.document_fromstring(page).xpath("//*[@data-figure]")
    return tuple(_embedded(element) for element in found)


def _embedded(element: markup.HtmlElement) -> Embedded:
    text = str(element.text_content())
    figure = element.get("data-figure", "")
    if "data-fact" in element.attrib:
        return Embedded(figure, text, element.get("value", ""), fact=element.get("data-fact", ""))
    return Embedded(
        figure,
        text,
        element.get("data-value", ""),
        row=int(element.get("data-row", "-1")),
        column=element.get("data-column", ""),
    )

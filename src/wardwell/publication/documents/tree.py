"""The structure tree of a PDF, and what its pages draw, in the terms that a check needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pikepdf

PageKey = tuple[int, int]
DRAWING = frozenset(
    {"Tj", "TJ", "'", '"', "Do", "f", "F", "f*", "B", "B*", "b", "b*", "S", "s", "sh", "EI", "INLINE IMAGE"}
)


@dataclass(frozen=True, slots=True)
class Element:
    """An element of the structure tree: its standard kind and the object behind it."""

    kind: str
    object: pikepdf.Object
    kinds: dict[str, str]

    def text(self, key: str) -> str:
        """A text of the element, empty if it has none."""
        return str(self.object.get(key, "")).strip()

    def attribute(self, key: str) -> pikepdf.Object | None:
        """The first attribute of that name among the element's attribute objects."""
        held = self.object.get("/A", pikepdf.Array())
        for attributes in held if isinstance(held, pikepdf.Array) else [held]:
            if isinstance(attributes, pikepdf.Dictionary) and key in attributes:
                return attributes[key]
        return None

    def kids(self) -> list[pikepdf.Object | int]:
        """Children of all sorts: elements, references to annotations, numbers of marked content."""
        held = self.object.get("/K", pikepdf.Array())
        return list(held) if isinstance(held, pikepdf.Array) else [held]

    def children(self) -> Iterator[Element]:
        """The elements directly below."""
        for kid in self.kids():
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield _element(kid, self.kinds)

    def descendants(self) -> Iterator[Element]:
        """Every element below, in reading order."""
        for child in self.children():
            yield child
            yield from child.descendants()

    def numbers(self) -> Iterator[tuple[PageKey, int]]:
        """The pieces of page content that this element itself holds, each by its page and its number there."""
        for kid in self.kids():
            place = self._place(kid)
            if place is not None:
                yield place

    def _place(self, kid: pikepdf.Object | int) -> tuple[PageKey, int] | None:
        own = self.object.get("/Pg")
        if isinstance(kid, pikepdf.Dictionary):
            if kid.get("/Type") != "/MCR":
                return None
            page = kid.get("/Pg", own)
            return (page.objgen, int(kid["/MCID"])) if page is not None else None
        return (own.objgen, int(kid)) if isinstance(kid, int) and own is not None else None

    def has_content(self) -> bool:
        """Whether the element or any below it holds a piece of a page."""
        return any(True for element in (self, *self.descendants()) for _ in element.numbers())

    def annotations(self) -> list[pikepdf.Object]:
        """The annotations, such as links, that the element stands for."""
        return [
            kid["/Obj"] for kid in self.kids() if isinstance(kid, pikepdf.Dictionary) and kid.get("/Type") == "/OBJR"
        ]


def elements(document: pikepdf.Pdf) -> Iterator[Element]:
    """Every element of the document's structure tree, in reading order; empty if it has no tree."""
    root = document.Root.get("/StructTreeRoot")
    if root is None:
        return
    roles = root.get("/RoleMap", pikepdf.Dictionary())
    kinds = {str(name).lstrip("/"): str(kind).lstrip("/") for name, kind in roles.items()}
    yield from Element("", root, kinds).descendants()


def _element(held: pikepdf.Object, kinds: dict[str, str]) -> Element:
    name = str(held["/S"]).lstrip("/")
    return Element(kinds.get(name, name), held, kinds)


def marked_number(instruction: pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage) -> int | None:
    """The number under which an instruction begins a piece of content for the structure tree, if it does."""
    if str(instruction.operator) != "BDC":
        return None
    properties = instruction.operands[1]
    return int(properties["/MCID"]) if isinstance(properties, pikepdf.Dictionary) and "/MCID" in properties else None


Instructions = Sequence[pikepdf.ContentStreamInstruction | pikepdf.ContentStreamInlineImage]


def marked_numbers(content: Instructions) -> set[int]:
    """The numbers of all pieces that a page's content marks for the structure tree."""
    numbers = (marked_number(instruction) for instruction in content)
    return {number for number in numbers if number is not None}


def unmarked_content(content: Instructions) -> bool:
    """Whether the page draws anything outside every mark: neither in the tree nor declared to be an artifact."""
    depth = 0
    for instruction in content:
        operator = str(instruction.operator)
        if operator in ("BMC", "BDC"):
            depth += 1
        elif operator == "EMC":
            depth -= 1
        elif depth == 0 and operator in DRAWING:
            return True
    return False

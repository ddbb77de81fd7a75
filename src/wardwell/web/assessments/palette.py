"""The numbers of figures, ready to be put into a text: copied as they stand or, where scripts run, at one press."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from wardwell.assessment.queries import FigureView
from wardwell.assessment.rules.cells import named


@dataclass(frozen=True)
class Token:
    """What is typed to print a number (or to place a figure), and what it prints at present."""

    text: str
    prints: str


@dataclass(frozen=True, kw_only=True)
class FigureNumbers:
    """The numbers of one figure: those that the measure names, and every cell of its table."""

    number: int
    title: str
    place: Token
    own: Sequence[Token]
    cells: Sequence[Token]


@dataclass(frozen=True, kw_only=True)
class Palette:
    """Figures with their numbers. `into` is the id of the text that they are put into; without one they are only read."""

    template: ClassVar[str] = "assessments/palette.html"

    figures: Sequence[FigureNumbers]
    into: str = ""


def palette(figures: Sequence[FigureView], *, into: str) -> Palette:
    """Every number that a text can cite."""
    return Palette(figures=[_numbers(figure) for figure in figures], into=into)


def numbers_of(figure: FigureView) -> Palette:
    """The numbers of one figure, to read."""
    return Palette(figures=[_numbers(figure)])


def _numbers(figure: FigureView) -> FigureNumbers:
    cells = _names_of_cells(figure)
    tokens = [(name, Token(f"{{{{ {figure.slug}.{name} }}}}", text)) for name, text in figure.facts]
    return FigureNumbers(
        number=figure.number,
        title=figure.title,
        place=Token(f"{{{{ figure {figure.slug} }}}}", "the whole figure, on a line of its own"),
        own=[token for name, token in tokens if name not in cells],
        cells=[token for name, token in tokens if name in cells],
    )


def _names_of_cells(figure: FigureView) -> frozenset[str]:
    columns = figure.disclosed.columns
    label = next((column.name for column in columns if column.kind in ("text", "month")), None)
    if label is None or len(figure.disclosed.rows) < 2:
        return frozenset()
    labels = [named(str(row[label])) for row in figure.disclosed.rows]
    return frozenset(f"{text}_{column.name}" for text in labels for column in columns)

"""Findings as a reader sees them: every number a link to its figure, every figure where the text places it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from wardwell.assessment.queries import AssessmentView, FigureView
from wardwell.assessment.rules.text import Fact, Part, Place, parse
from wardwell.web.assessments.exhibits import exhibit
from wardwell.web.components import Component, Link, Paragraph
from wardwell.web.components.results import NUMBERS

_SPACE = re.compile(r"\s+")


class Reading:
    """One reading of an assessment from top to bottom: a figure is shown where it is first placed, and then referred to.

    Without figures, their places are named and numbers stand by themselves: a link would lead away from what is written.
    """

    def __init__(self, view: AssessmentView, *, shows_figures: bool = True) -> None:
        self.view = view
        self.figures = {figure.slug: figure for figure in view.figures}
        self.shows_figures = shows_figures
        self.placed: set[str] = set()

    def of(self, text: str) -> list[Component]:
        """The paragraphs and figures of a text. What is not understood stays as it was typed."""
        return [component for paragraph in parse(text) for component in self._paragraph(paragraph.parts)]

    @property
    def unplaced(self) -> tuple[FigureView, ...]:
        """The figures that no text so far has placed."""
        return tuple(figure for figure in self.view.figures if figure.slug not in self.placed)

    def _paragraph(self, parts: Iterable[Part]) -> Iterable[Component]:
        words: list[str | Link] = []
        for part in parts:
            if isinstance(part, Place) and part.slug in self.figures and part.slug not in self.placed:
                yield from _flushed(words)
                words = []
                self.placed.add(part.slug)
                yield self._here(self.figures[part.slug])
            else:
                words.append(self._inline(part))
        yield from _flushed(words)

    def _here(self, figure: FigureView) -> Component:
        if self.shows_figures:
            return exhibit(self.view, figure)
        return Paragraph.of(f"Figure {figure.number} goes here: {figure.title}.", style="small")

    def _inline(self, part: Part) -> str | Link:
        if isinstance(part, Fact):
            return self._fact(part)
        if isinstance(part, Place):
            figure = self.figures.get(part.slug)
            if figure is None:
                return f"{{{{ figure {part.slug} }}}}"
            return self._referred(f"figure {figure.number}", figure)
        return _SPACE.sub(" ", part.text)

    def _fact(self, part: Fact) -> str | Link:
        figure = self.figures.get(part.slug)
        if figure is None or part.name not in figure.disclosed.facts:
            return f"{{{{ {part.slug}.{part.name} }}}}"
        text = figure.disclosed.fact(part.name)
        kind = figure.disclosed.column(figure.disclosed.facts[part.name].column).kind
        is_number = kind in NUMBERS or figure.kind != "computed"
        return self._referred(text, figure, hidden=f"(figure {figure.number})") if is_number else text

    def _referred(self, text: str, figure: FigureView, *, hidden: str = "") -> str | Link:
        return Link(text=text, hidden=hidden, href=f"#figure-{figure.slug}") if self.shows_figures else text


def _flushed(words: list[str | Link]) -> Iterable[Component]:
    if any(isinstance(one, Link) or one.strip() for one in words):
        yield Paragraph.of(*words)

"""Figures of an assessment as the kit shows them: picture, words, table, caveats and where the numbers come from."""

from __future__ import annotations

from typing import Literal

from wardstats.disclosure import Disclosed
from wardwell.assessment.queries import AssessmentView, FigureView
from wardwell.web.assessments.found import address
from wardwell.web.components import Chart, Link
from wardwell.web.components.results import table_of

KINDS = {
    "computed": "Computed from the evidence.",
    "estimate": "An estimate, not a count.",
    "cited": "Cited from its source, not computed here.",
}


def exhibit(view: AssessmentView, figure: FigureView, *, level: Literal[2, 3] = 3) -> Chart:
    """A figure for the page of its assessment."""
    parts = {"slug": figure.slug}
    picture = f"{address('assessment_figure_picture', view, **parts)}?version={figure.version}"
    drawn = has_picture(figure.disclosed)
    title = f"Figure {figure.number}: {figure.title}"
    which = f"(figure {figure.number})"
    numbers = address("assessment_figure_numbers", view, **parts)
    return Chart(
        title=title,
        name=figure.slug,
        picture=picture if drawn else "",
        narrow_picture=f"{picture}&narrow=yes" if drawn else "",
        description=figure.description,
        table=table_of(figure.disclosed, caption=title),
        note=f"Estimate: {figure.formula}." if figure.formula else KINDS[figure.kind],
        caveats=figure.disclosed.notes,
        source=Link(
            text="Where these numbers come from", hidden=which, href=address("assessment_figure", view, **parts)
        ),
        downloads=(Link(text="Numbers as CSV", hidden=which, href=numbers),),
        level=level,
    )


def has_picture(disclosed: Disclosed) -> bool:
    """Whether there is something to draw."""
    return disclosed.chart != "none" and bool(disclosed.rows)

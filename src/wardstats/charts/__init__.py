"""Charts: disclosed tables as Vega-Lite specifications, as pictures, and as the sentence that stands in for them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from wardstats.charts.appearance import FONT, WIDE, Spec
from wardstats.charts.drawing import pictures, png, register_fonts, svg
from wardstats.charts.lettering import UnableToLetter
from wardstats.charts.multiples import multiples_chart
from wardstats.charts.over_time import control_chart, line_chart
from wardstats.charts.shown import Chart, UnableToSave
from wardstats.charts.side_by_side import bar_chart, interval_chart, ranked_chart
from wardstats.charts.standing_alone import standing_alone
from wardstats.charts.words import description
from wardstats.disclosure import Disclosed

__all__ = [
    "FONT",
    "KINDS",
    "Chart",
    "Spec",
    "UnableToDraw",
    "UnableToLetter",
    "UnableToSave",
    "chart",
    "description",
    "pictures",
    "png",
    "register_fonts",
    "svg",
    "vega_lite",
]

KINDS: dict[str, Callable[..., Spec]] = {
    "line": line_chart,
    "control": control_chart,
    "bars": bar_chart,
    "ranked": ranked_chart,
    "interval": interval_chart,
    "multiples": multiples_chart,
}


class UnableToDraw(Exception):
    """What was handed over has no picture, and why."""


def vega_lite(
    disclosed: Disclosed, *, font: str = FONT, width: int = WIDE, with_notes: bool = False, one_scale: bool = False
) -> Spec:
    """The Vega-Lite specification of a table's chart.

    Parameters
    ----------
    disclosed
        Only a disclosed table can be drawn: a hidden value is not in the picture's data either.
    font
        The name of a font known to whoever draws it.
    width
        In pixels. Below 480, names stand above their bars and labels inside the plot.
    with_notes
        Whether title, caveats and source are drawn into the picture, for one that is sent on by itself.
    one_scale
        Whether small multiples share one scale, so that their heights can be compared; other charts are not changed.

    Raises
    ------
    UnableToDraw
        If the table is not disclosed, has nothing to show, or is a single number that needs no picture.
    """
    if not isinstance(disclosed, Disclosed):
        raise UnableToDraw("only a disclosed table is drawn: disclose() it first")
    if disclosed.chart not in KINDS or not disclosed.rows:
        raise UnableToDraw(f"{disclosed.title}: a figure without a chart")
    drawn = KINDS[disclosed.chart]
    if disclosed.chart == "multiples":
        drawn = partial(drawn, one_scale=one_scale)
    if with_notes:
        return standing_alone(disclosed, drawn, font=font, width=width)
    return drawn(disclosed, font=font, width=width)


def chart(disclosed: Disclosed, *, font: str = FONT, width: int = WIDE) -> Chart:
    """A table's chart, as a notebook shows it and :meth:`Chart.save` writes it.

    The parameters, and what is raised, are those of :func:`vega_lite`.
    """
    return Chart(vega_lite(disclosed, font=font, width=width), description(disclosed))

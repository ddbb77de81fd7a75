"""How every chart looks: one font, few colours that stay apart in grey and for colour-blind readers, no clutter."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

FONT = "Source Sans 3"
BLUE, TURQUOISE, PLUM, ORANGE, GREY, LILAC = "#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D", "#A285D1"
INK, QUIET, FAINT = "#0B0C0C", "#505A5F", "#D5D8DA"
WIDE, NARROW_BELOW = 640, 480
LETTERS_NARROW = 30
ROW, ROW_OF_MANY, ROW_WITH_NAME_ABOVE = 30, 24, 46
FEW = 15

Spec = dict[str, Any]


def is_narrow(width: int) -> bool:
    """Whether names must stand above their bars, and labels inside the plot, to fit."""
    return width < NARROW_BELOW


def framed(layers: list[Spec], *, heading: str, notes: list[str], font: str, width: int, height: int | Spec) -> Spec:
    """Layers as one chart: heading at the left where the eye starts, what it needs to be read below."""
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": width - 2 * 8,
        "height": height,
        "autosize": {"type": "fit-x" if isinstance(height, dict) else "fit", "contains": "padding"},
        "padding": 8,
        "background": "#FFFFFF",
        "title": _title(heading, notes, is_narrow(width)),
        "layer": layers,
        "config": _config(font),
    }


def faceted(
    rows: list[Spec],
    *,
    by: str,
    order: list[str],
    columns: int,
    spacing: Spec,
    spec: Spec,
    scale: str,
    heading: str,
    notes: list[str],
    font: str,
    width: int,
) -> Spec:
    """One small chart for each value of a field, in rows of so many, under one heading; lines of their names end with ``|``.

    Axes stand at every chart: a last row that is not full would leave charts above it without one.
    """
    label = {"title": None, "labelExpr": "split(datum.label, '|')", "labelAnchor": "start", "labelPadding": 4}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "padding": 8,
        "background": "#FFFFFF",
        "title": _title(heading, notes, is_narrow(width)) | {"frame": "group"},
        "data": {"values": rows},
        "facet": {
            "field": by,
            "type": "nominal",
            "sort": order,
            "header": label
            | {
                "labelFontSize": 13 if is_narrow(width) else 14,
                "labelFontWeight": "bold",
                "labelColor": INK,
                "labelLimit": width,
            },
        },
        "columns": columns,
        "bounds": "flush",
        "spacing": spacing,
        "spec": spec,
        "resolve": {"axis": {"x": "independent", "y": "independent"}, "scale": {"x": "shared", "y": scale}},
        "config": _config(font),
    }


def _title(heading: str, notes: list[str], narrow: bool) -> Spec:
    return {
        "text": wrap(heading, LETTERS_NARROW) if narrow else heading,
        "subtitle": [line for note in notes for line in (wrap(note, LETTERS_NARROW + 8) if narrow else [note])],
        "anchor": "start",
        "frame": "group" if narrow else "bounds",
        "fontSize": 16,
        "fontWeight": "bold",
        "subtitleFontSize": 14,
        "subtitleColor": QUIET,
        "subtitlePadding": 4,
        "offset": 12,
    }


def _config(font: str) -> Spec:
    return {
        # Quoted, because a family whose name holds a number is no CSS identifier and would silently draw no text.
        "font": f"'{font}', sans-serif",
        "view": {"stroke": None},
        "axis": {
            "labelColor": INK,
            "labelFontSize": 14,
            "labelPadding": 6,
            "labelLimit": 340,
            "titleFontSize": 14,
            "titleFontWeight": "normal",
            "titleColor": QUIET,
            "domainColor": QUIET,
            "tickColor": QUIET,
            "gridColor": FAINT,
        },
        "text": {"fontSize": 14, "color": INK},
        "title": {"color": INK},
    }


def on_white(layer: Spec) -> list[Spec]:
    """A layer of text, with the same text broad and white behind it, so that lines do not strike it through."""
    halo = layer | {"mark": layer["mark"] | {"color": "#FFFFFF", "stroke": "#FFFFFF", "strokeWidth": 5}}
    return [halo, layer]

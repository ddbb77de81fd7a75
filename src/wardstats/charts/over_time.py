"""Series in time: a line, and a control chart with its limits."""

from __future__ import annotations

from typing import Any

from wardstats.charts.appearance import BLUE, INK, ORANGE, QUIET, Spec, framed, is_narrow, on_white
from wardstats.charts.figures import chart_rows
from wardstats.disclosure import Disclosed

ORDINARY = "within ordinary variation"
LIMIT_LINES = (("upper", "Upper limit", [6, 4]), ("centre", "Average", [1, 0]), ("lower", "Lower limit", [6, 4]))
HEIGHT = 360
DIAMOND = "◆ unlike the twelve months that the limits come from"
NO_NOUGHT = "The scale does not start at nought."


def line_chart(disclosed: Disclosed, *, font: str, width: int) -> Spec:
    """A line by month; a month without a value is a gap, never nought."""
    return _framed(disclosed, _line(_rows(disclosed), is_narrow(width)), font=font, width=width)


def control_chart(disclosed: Disclosed, *, font: str, width: int) -> Spec:
    """The line between its process limits; months unlike the ordinary variation are diamonds as well as orange."""
    rows, narrow = _rows(disclosed), is_narrow(width)
    layers = _limits(rows, narrow) + _line(rows, narrow) + [_special(rows, narrow)]
    return _framed(disclosed, layers, font=font, width=width)


def _rows(disclosed: Disclosed) -> list[dict[str, Any]]:
    return [row | {"date": f"{row['month']}-01"} for row in chart_rows(disclosed)]


def _framed(disclosed: Disclosed, layers: list[Spec], *, font: str, width: int) -> Spec:
    notes = [NO_NOUGHT] if disclosed.chart == "line" else [DIAMOND, NO_NOUGHT]
    if is_narrow(width) and "average" in disclosed.facts and disclosed.chart == "control":
        average, lower, upper = (disclosed.fact(name) for name in ("average", "lower_limit", "upper_limit"))
        notes.append(f"Line: average {average}. Dashed: limits {lower} and {upper}.")
    if disclosed.is_suppressed:
        notes.append("A gap: not shown, [c], or not submitted.")
    heading = disclosed.column("count").label
    unit = disclosed.column("value").unit
    return framed(
        layers,
        heading=f"{heading} {unit or 'a month'}",
        notes=notes,
        font=font,
        width=width,
        height=HEIGHT,
    )


def _x(rows: list[dict[str, Any]], narrow: bool) -> Spec:
    every = max(1, -(-len(rows) // (3 if narrow else 5)))
    ticks = [row["date"] for row in rows][::every]
    axis = {"format": "%b %Y", "values": ticks, "grid": False, "title": None, "labelOverlap": True, "labelExpr": LABEL}
    return {"field": "date", "type": "temporal", "axis": axis, "scale": {"type": "utc", "nice": False}}


LABEL = "[utcFormat(datum.value, '%b'), utcFormat(datum.value, '%Y')]"


def _y(field: str) -> Spec:
    axis = {"tickCount": 4, "title": None, "domain": False, "ticks": False, "format": ",~f"}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": {"zero": False, "nice": True}}


def _line(rows: list[dict[str, Any]], narrow: bool) -> list[Spec]:
    encoding = {"x": _x(rows, narrow), "y": _y("value")}
    known = [row for row in rows if row["value"] is not None]
    last = known[-1:]
    above = len(known) < 2 or known[-1]["value"] > known[-2]["value"] or known[-1] == min(known, key=_value)
    return [
        {"data": {"values": rows}, "mark": {"type": "line", "color": BLUE, "strokeWidth": 2.5}, "encoding": encoding},
        {
            "data": {"values": known},
            "mark": {"type": "point", "filled": True, "size": 36, "color": BLUE, "opacity": 1},
            "encoding": encoding,
        },
        *on_white(
            {
                "data": {"values": last},
                "mark": {
                    "type": "text",
                    "align": "right",
                    "dy": -16 if above else 18,
                    "fontWeight": "bold",
                    "color": BLUE,
                },
                "encoding": encoding | {"text": {"field": "value_text"}},
            }
        ),
    ]


def _value(row: dict[str, Any]) -> float:
    return float(row["value"])


def _special(rows: list[dict[str, Any]], narrow: bool) -> Spec:
    special = [row for row in rows if row["value"] is not None and row["special"] not in (None, ORDINARY)]
    mark = {"type": "point", "shape": "diamond", "filled": True, "size": 130, "color": ORANGE, "stroke": INK}
    return {
        "data": {"values": special},
        "mark": mark | {"strokeWidth": 1, "opacity": 1},
        "encoding": {"x": _x(rows, narrow), "y": _y("value")},
    }


def _limits(rows: list[dict[str, Any]], narrow: bool) -> list[Spec]:
    known = [row for row in rows if row["centre"] is not None]
    if not known:
        return []
    layers: list[Spec] = []
    for field, label, dash in LIMIT_LINES:
        end = [known[-1] | {"said": f"{label} {known[-1][f'{field}_text']}"}]
        layers.append(
            {
                "data": {"values": known},
                "mark": {"type": "line", "color": QUIET, "strokeWidth": 1.5, "strokeDash": dash},
                # Limits that restart at a break are lines of their own: nothing joins them.
                "encoding": {"x": _x(rows, narrow), "y": _y(field), "detail": {"field": "centre"}},
            }
        )
        if narrow:
            continue
        words = {
            "data": {"values": end},
            "mark": {"type": "text", "color": QUIET, "align": "left", "dx": 8},
            "encoding": {"x": _x(rows, narrow), "y": _y(field), "text": {"field": "said"}},
        }
        layers += on_white(words)
    return layers

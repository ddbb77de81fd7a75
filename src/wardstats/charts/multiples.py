"""Small multiples: the same months again and again, once for each type, small enough to be seen at one glance."""

from __future__ import annotations

from textwrap import wrap
from typing import Any

from wardstats.charts.appearance import BLUE, QUIET, Spec, faceted, is_narrow
from wardstats.charts.figures import chart_rows, part_rows, total_rows
from wardstats.disclosure import Disclosed

LEAST, LEFT, RIGHT, BETWEEN = 200, 57, 20, 50
HEIGHT, HEIGHT_NARROW, BELOW, LINE = 110, 84, 64, 17
LETTER, LETTER_NARROW = 8.8, 8.0
SMALL = 5
"""Every scale reaches at least so far up: a chart of noughts alone has one too, and no tick is a part of a crime."""
LABEL = "[utcFormat(datum.value, '%b'), utcFormat(datum.value, '%Y')]"
OWN = "Each chart has its own scale, from nought: compare courses, not heights."
ONE = "All charts have one scale, from nought."
GAP = "A gap: not shown, [c], or not counted."


def multiples_chart(disclosed: Disclosed, *, font: str, width: int, one_scale: bool = False) -> Spec:
    """A small line for each type by month, most numerous first; a month without a value is a gap, never nought.

    Types whose total is hidden come last, by name: their place says nothing of it.
    """
    narrow = is_narrow(width)
    columns = 2 if narrow else max(2, min(4, width // (LEAST + LEFT)))
    inner = (width - 2 * 8 - LEFT - RIGHT - (columns - 1) * BETWEEN) // columns
    kinds = ordered(disclosed)
    letters = int((inner + RIGHT) / (LETTER_NARROW if narrow else LETTER))
    headings = {row["crime_type"]: wrap(f"{row['crime_type']}, {row['count_text']}", letters) for row in kinds}
    rows = [
        row | {"date": f"{row['month']}-01", "heading": "|".join(headings[row["crime_type"]])}
        for row in part_rows(disclosed)
        if row["month"] is not None
    ]
    is_gap = any(row["count"] is None for row in rows)
    return faceted(
        rows,
        by="heading",
        order=["|".join(lines) for lines in headings.values()],
        columns=columns,
        spacing={"column": BETWEEN, "row": BELOW + LINE * max(map(len, headings.values()))},
        spec={
            "width": inner,
            "height": HEIGHT_NARROW if narrow else HEIGHT,
            "layer": [*_line(rows), *_empty(rows, inner)],
        },
        scale="shared" if one_scale else "independent",
        heading="Crimes a month by type",
        notes=[ONE if one_scale else OWN, *([GAP] if is_gap else [])],
        font=font,
        width=width,
    )


def ordered(disclosed: Disclosed) -> list[dict[str, Any]]:
    """The totals of the types as they are printed: most numerous first, hidden ones last by name."""
    every = {row["crime_type"] for row in part_rows(disclosed)}
    rows = chart_rows(disclosed)
    found = [rows[at] for at in sorted(total_rows(disclosed))]
    kinds = [row for row in found if row["month"] is None and row["crime_type"] in every]
    return sorted(kinds, key=lambda row: (row["count"] is None, -(row["count"] or 0), row["crime_type"]))


def _line(rows: list[dict[str, Any]]) -> list[Spec]:
    months = sorted({row["date"] for row in rows})
    ticks = list(dict.fromkeys((months[0], months[-1])))
    x_axis = {
        "values": ticks,
        "grid": False,
        "title": None,
        "labelExpr": LABEL,
        "labelFlush": True,
        "labelFontSize": 13,
    }
    y_axis = {
        "tickCount": 2,
        "grid": True,
        "title": None,
        "domain": False,
        "ticks": False,
        "format": ",~f",
        "labelFontSize": 13,
    }
    x = {"field": "date", "type": "temporal", "axis": x_axis, "scale": {"type": "utc", "nice": False}}
    y = {"type": "quantitative", "axis": y_axis, "scale": {"zero": True, "nice": 2}}
    encoding = {"x": x, "y": y | {"field": "count"}}
    room = {"mark": {"type": "point", "opacity": 0}, "encoding": {"x": x, "y": y | {"datum": SMALL}}}
    # Points as well, because a month between two gaps makes no line.
    point = {"type": "point", "filled": True, "size": 12, "color": BLUE, "opacity": 1}
    return [
        room,
        {"mark": {"type": "line", "color": BLUE, "strokeWidth": 2}, "encoding": encoding},
        {"mark": point, "encoding": encoding, "transform": [{"filter": "datum.count !== null"}]},
    ]


def _empty(rows: list[dict[str, Any]], inner: int) -> list[Spec]:
    """Said in the middle of a chart without any value, so that it does not look like a fault."""
    known = {row["heading"] for row in rows if row["count"] is not None}
    empty = list(dict.fromkeys(row["heading"] for row in rows if row["heading"] not in known))
    if not empty:
        return []
    return [
        {
            "mark": {"type": "text", "color": QUIET, "text": "Not shown"},
            "encoding": {"x": {"value": inner / 2}},
            "transform": [
                {"filter": {"field": "heading", "oneOf": empty}},
                {"aggregate": [{"op": "count", "as": "months"}], "groupby": ["heading"]},
            ],
        }
    ]

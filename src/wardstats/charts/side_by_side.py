"""Areas or types beside one another: bars of counts, dots with their intervals, changes with theirs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wardstats.charts.appearance import (
    BLUE,
    FEW,
    GREY,
    ORANGE,
    QUIET,
    ROW,
    ROW_OF_MANY,
    ROW_WITH_NAME_ABOVE,
    TURQUOISE,
    Spec,
    framed,
    is_narrow,
    on_white,
)
from wardstats.charts.figures import chart_rows, label_column, part_rows, total_rows, value_column
from wardstats.disclosure import Disclosed

MOST_ROWS = 25
LETTER, MARGIN = 7.5, 24
INTERVAL = "The bar is the 95% interval."
VERDICTS = {
    "higher": (ORANGE, "triangle-up"),
    "lower": (TURQUOISE, "triangle-down"),
    "not significantly different": (GREY, "circle"),
}


def bar_chart(disclosed: Disclosed, *, font: str, width: int) -> Spec:
    """One bar for each row with its count at the end; a hidden count has no bar and says ``[c]``."""
    narrow, label = is_narrow(width), label_column(disclosed)
    rows = part_rows(disclosed)
    shown = [row | {"said": _said(row), "from": 0} for row in rows[:MOST_ROWS]]
    x = _x("count", _domain(shown, "count", room=_room_for(shown, label, width)), axis=None)
    y = _y(label, shown, narrow)
    offset = {"yOffset": 8} if narrow else {}
    layers = [
        {
            "mark": {"type": "bar", "color": BLUE, "height": {"band": 0.36 if narrow else 0.68}, **offset},
            "encoding": {"x": x, "y": y},
        },
        {
            "mark": {"type": "text", "align": "left", "dx": 6, **offset},
            "encoding": {"x": x | {"field": "end"}, "y": y, "text": {"field": "said"}},
        },
    ]
    for row in shown:
        row["end"] = row["count"] or 0
    heading = disclosed.column("count").label + (" and share of the total" if "share" in rows[0] else "")
    return _framed(disclosed, shown, rows, layers, heading=heading, font=font, width=width)


def ranked_chart(disclosed: Disclosed, *, font: str, width: int) -> Spec:
    """A dot for each area with its interval, and a line for what it is held against."""
    narrow, label, value = is_narrow(width), label_column(disclosed), value_column(disclosed)
    rows = [row for row in part_rows(disclosed) if row.get("lower") is not None or row[f"{value}_text"] == "[c]"]
    shown = _with_own(disclosed, rows, label)
    reference, said = _reference(disclosed, value)
    domain = _domain(shown, "upper", value, room=1.1, least=reference)
    own = [row for row in shown if row[label] == _own(disclosed)]
    others = [row for row in shown if row not in own]
    layers = _dots(others, label, value, domain, narrow, colour=BLUE, shape="circle", every=shown)
    if own:
        layers += _dots(own, label, value, domain, narrow, colour=ORANGE, shape="diamond", every=shown)
    layers += _hidden(shown, label, value, domain, narrow)
    heading = disclosed.column(value).label
    unit = disclosed.column(value).unit
    notes = [said, INTERVAL] if said else [INTERVAL]
    if reference is not None:
        layers.insert(0, _rule(reference, domain))
    return _framed(
        disclosed, shown, rows, layers, heading=f"{heading} {unit}".strip(),
        notes=notes, font=font, width=width,
    )  # fmt: skip


def _own(disclosed: Disclosed) -> str | None:
    """The one row that the table is about, where it is held against others."""
    return disclosed.fact("area") if "area" in disclosed.facts else None


def _with_own(disclosed: Disclosed, rows: Sequence[dict[str, Any]], label: str) -> list[dict[str, Any]]:
    """As many rows as a picture holds; the one that it is about in place of the last, should it stand further down."""
    shown = list(rows[:MOST_ROWS])
    further = [row for row in rows[MOST_ROWS:] if row[label] == _own(disclosed)]
    return [*shown[: MOST_ROWS - len(further)], *further]


def interval_chart(disclosed: Disclosed, *, font: str, width: int) -> Spec:
    """A change for each row with its interval around no change; the shape says what may be said of it."""
    narrow, label = is_narrow(width), label_column(disclosed)
    rows = chart_rows(disclosed)
    shown = rows[:MOST_ROWS]
    domain = _change_domain(shown)
    layers = [_rule(0, domain)]
    for verdict, (colour, shape) in VERDICTS.items():
        of = [row for row in shown if row["verdict"] == verdict]
        layers += _dots(of, label, "percent", domain, narrow, colour=colour, shape=shape, every=shown)
    layers += _hidden(shown, label, "percent", domain, narrow)
    notes = ["▲ higher   ▼ lower   ● not significantly different", INTERVAL]
    heading = "Change in per cent"
    return _framed(disclosed, shown, rows, layers, heading=heading, notes=notes, font=font, width=width)


def _room_for(shown: Sequence[dict[str, Any]], label: str, width: int) -> float:
    """How much longer than the longest bar the plot must be, so that what is said at its end stays inside."""
    beside = 0 if is_narrow(width) else max(len(str(row[label])) for row in shown)
    plot = max(width - LETTER * beside - MARGIN, width / 3)
    said = LETTER * max(len(row["said"]) for row in shown) + MARGIN
    return float(plot / max(plot - said, plot / 3))


def _said(row: dict[str, Any]) -> str:
    share = row.get("share_text")
    return row["count_text"] if share is None or row["count"] is None else f"{row['count_text']}  ({share})"


def _framed(
    disclosed: Disclosed,
    shown: Sequence[dict[str, Any]],
    rows: Sequence[dict[str, Any]],
    layers: list[Spec],
    *,
    heading: str,
    font: str,
    width: int,
    notes: Sequence[str] = (),
) -> Spec:
    said = list(notes)
    if len(rows) > len(shown):
        said.append(f"The first {len(shown)} of {len(rows)}; all are in the table.")
    if any("[c]" in row.values() for row in shown):
        said.append("[c] is not shown: a small count.")
    if is_narrow(width):
        layers += _names_above(label_column(disclosed), shown)
    for layer in layers:
        layer.setdefault("data", {"values": list(shown)})
    step = ROW_WITH_NAME_ABOVE if is_narrow(width) else ROW if len(shown) <= FEW else ROW_OF_MANY
    return framed(layers, heading=heading, notes=said, font=font, width=width, height={"step": step})


def _y(label: str, shown: Sequence[dict[str, Any]], narrow: bool) -> Spec:
    """Names beside the rows, or above them where there is no room beside."""
    axis: Spec = {"title": None, "domain": False, "ticks": False, "labelLimit": 340}
    if narrow:
        axis |= {"labels": False}
    return {"field": label, "type": "nominal", "sort": [row[label] for row in shown], "axis": axis}


def _names_above(label: str, shown: Sequence[dict[str, Any]]) -> list[Spec]:
    encoding = {"x": {"value": 0}, "y": _y(label, shown, True), "text": {"field": label}}
    return on_white({"mark": {"type": "text", "align": "left", "yOffset": -13}, "encoding": encoding})


def _x(field: str, domain: Sequence[float], *, axis: Spec | None) -> Spec:
    scale = {"domain": list(domain), "nice": False, "clamp": True}
    return {"field": field, "type": "quantitative", "axis": axis, "scale": scale}


def _value_axis() -> Spec:
    return {"title": None, "tickCount": 4, "grid": True, "domain": False, "ticks": False, "format": ",~f"}


def _domain(rows: Sequence[dict[str, Any]], *fields: str, room: float, least: float | None = None) -> list[float]:
    known = [row[field] for row in rows for field in fields if row.get(field) is not None]
    return [0, room * max([*known, least or 0, 1e-9])]


def _change_domain(rows: Sequence[dict[str, Any]]) -> list[float]:
    """Room for every change, and for the intervals as far as they do not crowd out the changes."""
    changes = [abs(row["percent"]) for row in rows if row["percent"] is not None] or [10.0]
    most = 1.5 * max(changes) + 10
    lower = [row["lower"] for row in rows if row["lower"] is not None] or [-most]
    upper = [row["upper"] for row in rows if row["upper"] is not None] or [most]
    left, right = max(min(lower), -100.0, -most), min(max(upper), most)
    return [min(left, 0.0) - 5, max(right, 0.0) + 0.3 * most]


def _rule(at: float, domain: Sequence[float]) -> Spec:
    return {
        "data": {"values": [{"at": at}]},
        "mark": {"type": "rule", "color": QUIET, "strokeWidth": 1.5, "strokeDash": [6, 4]},
        "encoding": {"x": _x("at", domain, axis=_value_axis())},
    }


def _reference(disclosed: Disclosed, value: str) -> tuple[float | None, str]:
    if value == "quotient":
        return 1.0, "Dashed line: 1, the same share as of residents."
    rows = chart_rows(disclosed)
    for at in sorted(total_rows(disclosed)):
        if rows[at][value] is not None:
            return float(
                rows[at][value]
            ), f"Dashed line: {rows[at][label_column(disclosed)]}, {rows[at][f'{value}_text']}."
    return None, ""


def _dots(
    rows: Sequence[dict[str, Any]],
    label: str,
    value: str,
    domain: Sequence[float],
    narrow: bool,
    *,
    colour: str,
    shape: str,
    every: Sequence[dict[str, Any]] | None = None,
) -> list[Spec]:
    known = [row for row in rows if row[value] is not None]
    y = _y(label, every or rows, narrow)
    offset = {"yOffset": 8} if narrow else {}
    x = _x("lower", domain, axis=_value_axis())
    layers: list[Spec] = [
        {
            "data": {"values": known},
            "mark": {"type": "rule", "color": colour, "strokeWidth": 3, "opacity": 0.55, **offset},
            "encoding": {"x": x, "x2": {"field": "upper"}, "y": y},
        },
        {
            "data": {"values": known},
            "mark": {
                "type": "point",
                "filled": True,
                "opacity": 1,
                "size": 90,
                "color": colour,
                "shape": shape,
                **offset,
            },
            "encoding": {"x": x | {"field": value}, "y": y},
        },
        *on_white(
            {
                "data": {"values": known},
                "mark": {"type": "text", "align": "left", "dx": 8, **offset},
                "encoding": {"x": x | {"field": "upper"}, "y": y, "text": {"field": f"{value}_text"}},
            }
        ),
    ]
    return layers if every is not None else layers + _hidden(rows, label, value, domain, narrow)


def _hidden(
    rows: Sequence[dict[str, Any]], label: str, value: str, domain: Sequence[float], narrow: bool
) -> list[Spec]:
    hidden = [row | {"at": max(domain[0], 0)} for row in rows if row[value] is None]
    mark = {"type": "text", "align": "left", "dx": 6, "color": QUIET} | ({"yOffset": 8} if narrow else {})
    encoding = {
        "x": _x("at", domain, axis=_value_axis()),
        "y": _y(label, rows, narrow),
        "text": {"field": f"{value}_text"},
    }
    return [{"data": {"values": hidden}, "mark": mark, "encoding": encoding}] if hidden else []

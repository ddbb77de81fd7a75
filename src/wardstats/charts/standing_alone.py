"""A chart that goes out of the house: its title above, and below it all that must be known to read it."""

from __future__ import annotations

from collections.abc import Callable
from textwrap import wrap

from wardstats.charts.appearance import INK, QUIET, Spec
from wardstats.disclosure import Disclosed

LETTER_WIDTH = 6.4
LINE = 19
OF_A_WHOLE = ("$schema", "autosize", "padding", "background", "config")


def standing_alone(disclosed: Disclosed, chart: Callable[..., Spec], *, font: str, width: int) -> Spec:
    """The chart of a table with its title, its caveats, and where its numbers come from, in one picture.

    A picture is sent on without the page it stood on; so nothing that is said on the page may be missing in it.
    """
    spec = chart(disclosed, font=font, width=width)
    letters = int(width / LETTER_WIDTH)
    lines = [line for note in (*disclosed.notes, _origin(disclosed)) for line in wrap(note, letters)]
    inner = {name: value for name, value in spec.items() if name not in OF_A_WHOLE}
    return {name: spec[name] for name in ("$schema", "padding", "background", "config")} | {
        "title": {
            "text": wrap(disclosed.title, int(letters * 0.75)),
            "anchor": "start",
            "frame": "bounds",
            "fontSize": 19,
            "color": INK,
            "offset": 16,
        },
        "vconcat": [inner, _notes(lines, width)],
    }


def _origin(disclosed: Disclosed) -> str:
    provenance = disclosed.provenance
    measure, lineage = provenance["measure"], provenance["lineage"]
    digests = ", ".join(digest[:12] for digest in lineage["snapshots"])
    return (
        f"Source: {measure['source']}. Measure {lineage['measure']}, version {lineage['version']}, computed by wardstats "
        f"{lineage['library']} from the kept files {digests}."
    )


def _notes(lines: list[str], width: int) -> Spec:
    return {
        "width": width - 16,
        "height": LINE * len(lines),
        "view": {"stroke": None},
        "data": {"values": [{"at": at, "line": line} for at, line in enumerate(lines)]},
        "mark": {"type": "text", "align": "left", "baseline": "top", "fontSize": 13, "color": QUIET},
        "encoding": {
            "x": {"value": 0},
            "y": {"field": "at", "type": "ordinal", "axis": None, "sort": None},
            "text": {"field": "line"},
        },
    }

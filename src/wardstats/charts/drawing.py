"""Drawing a specification as a picture, on this machine, without asking any other."""

from __future__ import annotations

from pathlib import Path

import vl_convert

from wardstats.charts.appearance import Spec

VEGA_LITE = "6.4"
NOWHERE: list[str] = []


def register_fonts(folder: Path) -> None:
    """Let the charts use the fonts of a folder, so that pictures are the same on every machine."""
    vl_convert.register_font_directory(str(folder))


def svg(spec: Spec) -> str:
    """The chart as SVG: no style, no script, no address to fetch."""
    picture: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=NOWHERE)
    return picture


def png(spec: Spec, *, scale: float = 2) -> bytes:
    """The chart as PNG; twice the size looks sharp in print."""
    picture: bytes = vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=NOWHERE)
    return picture

"""Drawing a specification as a picture, on this machine, without asking any other."""

from __future__ import annotations

from pathlib import Path

import vl_convert

from wardstats.charts.appearance import Spec
from wardstats.charts.lettering import with_letters

VEGA_LITE = "6.4"
NOWHERE: list[str] = []


# As in vl-convert, fonts are registered once for the process.
_FOLDERS: dict[Path, None] = {}


def register_fonts(folder: Path) -> None:
    """Let the charts use the fonts of a folder, so that pictures are the same on every machine."""
    vl_convert.register_font_directory(str(folder))
    _FOLDERS[folder] = None


def pictures(spec: Spec, *, embed_font: bool = False, scale: float = 2) -> tuple[str, bytes]:
    """The chart as :func:`svg` and as :func:`png`, laid out once: the layout is what takes the time."""
    picture = svg(spec)
    drawn: bytes = vl_convert.svg_to_png(picture, scale=scale)
    return with_letters(picture, _FOLDERS) if embed_font else picture, drawn


def svg(spec: Spec, *, embed_font: bool = False) -> str:
    """The chart as SVG: no script, no address to fetch.

    Parameters
    ----------
    embed_font
        Whether the letters it uses are carried within it (about ten kilobytes), for pictures that readers see through
        ``<img>``. Not for SVG placed within a page: a strict content security policy would refuse its style there, and
        the page has the font already.

    Raises
    ------
    UnableToLetter
        If the font is to be carried and no registered folder has it.
    """
    picture: str = vl_convert.vegalite_to_svg(spec, allowed_base_urls=NOWHERE)
    return with_letters(picture, _FOLDERS) if embed_font else picture


def png(spec: Spec, *, scale: float = 2) -> bytes:
    """The chart as PNG; twice the size looks sharp in print."""
    picture: bytes = vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=NOWHERE)
    return picture

"""Lettering: the letters that a picture uses, carried within it, so that it looks the same wherever it is shown.

An SVG shown through ``<img>`` is a document of its own: it sees no font of the page, and without one it falls to whatever
the reader's machine has, in other widths than those it was laid out for.
"""

from __future__ import annotations

import io
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from html import unescape
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

REGULAR, BOLD = 400, 700
FAMILY = re.compile(r"font-family=\"(?:'|&apos;)?([^'\",&]+)")
TEXT = re.compile(r"<text([^>]*)>(.*?)</text>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
OPENING = re.compile(r"<svg[^>]*>")
USUAL = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027), 0x2212)} | set("◆▲▼●")
FAMILY_NAME, WEIGHT_TABLE = 1, "OS/2"
UNUSED = {"GSUB"}
"""Tables that no chart needs; to take them apart in order to cut them down would be most of the work."""


class UnableToLetter(Exception):
    """A picture's font is in none of the folders that were registered."""


def with_letters(picture: str, folders: Iterable[Path]) -> str:
    """The SVG with the letters it uses as ``@font-face``, a few kilobytes for each weight; the same bytes every time.

    Raises
    ------
    UnableToLetter
        If no font file of a folder has the family and weight that the picture uses.
    """
    family = FAMILY.search(picture)
    if family is None:
        return picture
    name, fonts = family.group(1), _fonts(tuple(folders))
    faces = []
    for weight, letters in sorted(_letters(picture).items()):
        if (name, weight) not in fonts:
            raise UnableToLetter(f"no registered folder holds {name} of weight {weight}")
        data = b64encode(_subset(fonts[name, weight], letters)).decode("ascii")
        source = f"url(data:font/woff2;base64,{data}) format('woff2')"
        faces.append(f"@font-face{{font-family:'{name}';font-weight:{weight};src:{source}}}")
    return OPENING.sub(lambda opening: f"{opening.group()}<style>{''.join(faces)}</style>", picture, count=1)


def _letters(picture: str) -> Mapping[int, str]:
    """Which letters are used in which weight."""
    found: dict[int, set[str]] = defaultdict(set)
    for attributes, content in TEXT.findall(picture):
        weight = BOLD if 'font-weight="bold"' in attributes else REGULAR
        found[weight].update(unescape(TAG.sub("", content)))
    return {weight: "".join(sorted(letters)) for weight, letters in found.items()}


@cache
def _fonts(folders: tuple[Path, ...]) -> dict[tuple[str, int], Path]:
    found = {}
    for path in sorted(path for folder in folders for path in folder.iterdir() if path.suffix in (".ttf", ".otf")):
        with TTFont(path, lazy=True) as font:
            found[font["name"].getDebugName(FAMILY_NAME), font[WEIGHT_TABLE].usWeightClass] = path
    return found


@cache
def _subset(path: Path, letters: str) -> bytes:
    usual = set(letters) <= USUAL
    return _kept(_usual(path) if usual else path.read_bytes(), letters, flavor="woff2")


@cache
def _usual(path: Path) -> bytes:
    """The font with the letters of English charts: cutting it down is slow, so it is done once, and charts cut from that."""
    return _kept(path.read_bytes(), "".join(sorted(USUAL)), flavor=None)


def _kept(content: bytes, letters: str, *, flavor: str | None) -> bytes:
    options = Options()
    options.flavor, options.hinting, options.layout_features = flavor, False, ["kern"]
    options.name_IDs, options.recalc_timestamp = [FAMILY_NAME], False
    with TTFont(io.BytesIO(content), recalcTimestamp=False, lazy=True) as font:
        for table in UNUSED & set(font.keys()):
            del font[table]
        subsetter = Subsetter(options)
        subsetter.populate(text=letters)
        subsetter.subset(font)
        font.flavor, out = flavor, io.BytesIO()
        font.save(out)
    return out.getvalue()

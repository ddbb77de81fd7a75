"""How a partnership's site looks: its name and its colour, which is made readable whatever was chosen."""

from __future__ import annotations

from dataclasses import dataclass

READABLE = 4.5
"""Smallest contrast of text with its ground (WCAG 2.2, 1.4.3)."""

Rgb = tuple[int, int, int]
WHITE: Rgb = (255, 255, 255)
BLACK: Rgb = (11, 12, 12)


@dataclass(frozen=True)
class Identity:
    """Whose site this is. `colour` is six hexadecimal digits without the hash; `home` is its public front page."""

    name: str
    colour: str = "12394a"
    home: str = "/"


def contrast(one: Rgb, other: Rgb) -> float:
    """The contrast ratio of two colours (WCAG 2.2), from 1 to 21.

    >>> round(contrast((0, 0, 0), (255, 255, 255)), 1)
    21.0
    """
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def sheet(colour: str) -> str:
    """The style sheet of a partnership's colour: the colour, what is written on it, and the same as text on white.

    >>> print(sheet("f0a202"))
    :root{--partnership-colour:#f0a202;--partnership-ink:#0b0c0c;--partnership-text:#956401}
    """
    ground = _rgb(colour)
    ink = WHITE if contrast(ground, WHITE) >= READABLE else BLACK
    return (
        f":root{{--partnership-colour:{_hex(ground)};--partnership-ink:{_hex(ink)};"
        f"--partnership-text:{_hex(_readable(ground))}}}"
    )


def _readable(colour: Rgb) -> Rgb:
    """The nearest darker shade that can be read on white."""
    shares = (share / 100 for share in range(100, -1, -1))
    shades = (_shade(colour, share) for share in shares)
    return next(shade for shade in shades if contrast(shade, WHITE) >= READABLE + 0.5)


def _shade(colour: Rgb, share: float) -> Rgb:
    red, green, blue = (round(part * share) for part in colour)
    return red, green, blue


def _rgb(text: str) -> Rgb:
    return int(text[0:2], 16), int(text[2:4], 16), int(text[4:6], 16)


def _hex(colour: Rgb) -> str:
    return "#" + "".join(f"{part:02x}" for part in colour)


def _luminance(colour: Rgb) -> float:
    red, green, blue = (_linear(part / 255) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)

"""A chart as a value that a notebook shows and a file keeps: the picture with the sentence that stands in for it."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass
from functools import cached_property
from html import escape
from pathlib import Path
from typing import Any

from wardstats.charts.appearance import Spec
from wardstats.charts.drawing import png, svg


class UnableToSave(ValueError):
    """The name of the file does not say which kind of picture it should be."""


@dataclass(frozen=True)
class Chart:
    """A drawn table.

    Parameters
    ----------
    spec
        Its Vega-Lite specification, which holds nothing but disclosed values.
    words
        What it shows, in a sentence or two: its text alternative.
    """

    spec: Spec
    words: str

    @cached_property
    def picture(self) -> str:
        """The picture, as SVG."""
        return svg(self.spec)

    def save(self, path: Path | str) -> Path:
        """Write the picture; the name's ending says how.

        Raises
        ------
        UnableToSave
            If it ends neither in ``.svg`` nor in ``.png``.
        """
        path = Path(path)
        if path.suffix == ".svg":
            path.write_text(self.picture, encoding="utf-8")
        elif path.suffix == ".png":
            path.write_bytes(png(self.spec))
        else:
            raise UnableToSave(f"{path.name}: a picture's name ends in .svg or .png")
        return path

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        source = b64encode(self.picture.encode()).decode()
        image = f'<img src="data:image/svg+xml;base64,{source}" alt="{escape(self.words)}">'
        return {"text/html": image, "image/svg+xml": self.picture, "text/plain": self.words}

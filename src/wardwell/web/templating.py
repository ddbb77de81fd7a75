"""Where the templates and the static files of the web are, for the settings."""

from __future__ import annotations

from pathlib import Path

WEB = Path(__file__).resolve().parent

TEMPLATE_FOLDERS: tuple[Path, ...] = tuple(sorted(WEB.glob("*/templates")))
"""The template folder of every part of the web; a template's first folder is the name of its part."""

TEMPLATE_TAGS: tuple[str, ...] = ("wardwell.web.components.template_tags",)
"""Tag libraries that every template may use without loading them."""

CONTEXT: tuple[str, ...] = ("wardwell.web.shell.context.shell",)
"""What every template knows besides its own view: the shell around the page."""

STATIC_FOLDER: Path = WEB / "assets" / "built"
"""What `npm run build` made."""

CHART_FONT = "Source Sans 3"
"""The family of the bundled font, used in charts and documents so that they come out the same on every machine."""

CHART_FONT_FOLDER: Path = STATIC_FOLDER / "fonts"

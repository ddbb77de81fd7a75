"""A good row of each layout that agencies fill in, to be spoilt by tests."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from wardstats import sources

GOOD: Mapping[str, Mapping[str, str]] = {
    "police-incidents": {"Category": "Transport", "Sub-category": "Road traffic collision"},
    "police-crimes": {"Category": "Robbery", "Sub-category": "Robbery of personal property"},
    "fire": {"Category": "Deliberate secondary fire"},
    "council": {"Category": "Exclusion from school", "Sub-category": "Permanent"},
    "health": {"Category": "Assault", "Sub-category": "X99.1", "Kind of area": "outward postcode", "Area": "WV10"},
    "ambulance": {"Category": "Stabbing or gunshot", "Kind of area": "outward postcode", "Area": "WV1"},
    "": {"Category": "Calls about street drinking"},
}
_COMMON = {
    "Period from": "2026-01-01",
    "Period to": "2026-03-31",
    "Kind of area": "LSOA",
    "Area": "E01010410",
    "Category": "",
    "Sub-category": "",
    "Date": "2026-02-14",
    "Time": "23:05",
    "Location": "On or near Queen Street",
    "Count": "1",
}
ANSWER = {
    "Survey": "Residents' survey",
    "Asked from": "2026-01-05",
    "Asked to": "2026-02-27",
    "Kind of area": "district",
    "Area": "E08000031",
    "Question": "How safe do you feel after dark?",
    "Answer": "Fairly safe",
    "Base": "812",
    "Weighted count": "301.4",
}


def row_of(prescribed: str, **changes: str) -> list[str]:
    """A good row of a set, with some cells changed; the headings' hyphens and spaces are written as underscores."""
    fields = {**_COMMON, **GOOD[prescribed]}
    named = {heading.replace(" ", "_").replace("-", "_").lower(): heading for heading in fields}
    fields.update({named[name]: value for name, value in changes.items()})
    return list(fields.values())


def file_of(path: Path, headings: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """A CSV file."""
    path.write_text(text_of(headings, rows), encoding="utf-8")
    return path


def text_of(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The text of a CSV file."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([headings, *rows])
    return text.getvalue()


def headings_of(table: str, prescribed: str = "") -> tuple[str, ...]:
    """The headings of a layout."""
    layout = sources.layout_of(table, prescribed)
    assert layout is not None
    return layout.headings

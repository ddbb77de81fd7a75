"""Where a signed-in person can go."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One entry of the service navigation; `name` is what a page gives as its `section`."""

    name: str
    text: str
    href: str


SECTIONS: tuple[Section, ...] = (
    Section("home", "Home", "/home"),
    Section("evidence", "Evidence", "/evidence"),
    Section("explorer", "Explorer", "/explorer"),
    Section("assessments", "Assessments", "/assessments"),
    Section("releases", "Releases", "/releases"),
    Section("people", "People and access", "/people"),
    Section("audit", "Audit", "/audit"),
)

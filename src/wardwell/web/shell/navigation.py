"""Where a signed-in person can go."""

from __future__ import annotations

from dataclasses import dataclass

from wardwell.access.policy import SEE, Role, may


@dataclass(frozen=True)
class Section:
    """One entry of the service navigation; `name` is what a page gives as its `section`, `kind` what one must see for it."""

    name: str
    text: str
    href: str
    kind: str = "access.Partnership"


SECTIONS: tuple[Section, ...] = (
    Section("home", "Home", "/home"),
    Section("evidence", "Evidence", "/evidence", "evidence.Dataset"),
    # Whoever sees one agency's data alone has nothing to compare: the explorer is for those who assess.
    Section("explorer", "Explorer", "/explorer", "assessment.Assessment"),
    Section("assessments", "Assessments", "/assessments", "assessment.Assessment"),
    Section("releases", "Releases", "/releases", "publication.Release"),
    Section("people", "People and access", "/people"),
    Section("audit", "Audit", "/audit"),
)


def sections_for(roles: frozenset[Role]) -> tuple[Section, ...]:
    """The entries that lead somewhere for a worker with these roles."""
    return tuple(section for section in SECTIONS if may(roles=roles, verb=SEE, kind=section.kind).allowed)

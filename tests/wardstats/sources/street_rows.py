"""Lines of street files, made for tests."""

from __future__ import annotations

from wardstats.sources.police_street import HEADINGS

HEADER = ",".join(HEADINGS)
GOOD = {
    "Crime ID": "ab" * 32,
    "Month": "2014-01",
    "Reported by": "West Midlands Police",
    "Falls within": "West Midlands Police",
    "Longitude": "-2.118919",
    "Latitude": "52.618742",
    "Location": "On or near Short Road",
    "LSOA code": "E01010434",
    "LSOA name": "Wolverhampton 001A",
    "Crime type": "Burglary",
    "Last outcome category": "Under investigation",
    "Context": "",
}


def line(**changed: str) -> str:
    """A good row as a line, with some cells changed; ``crime_type`` stands for “Crime type”."""
    row = dict(GOOD)
    for name, value in changed.items():
        heading = next(h for h in HEADINGS if h.lower().replace(" ", "_") == name)
        row[heading] = value
    return ",".join(row.values())


def street_file(*lines: str, end: str = "\n") -> bytes:
    """The bytes of a file with its headings."""
    return end.join([HEADER, *lines, ""]).encode()

"""A made-up assessment of a made-up place, with one figure that must hold a count back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from wardstats.disclosure import Caveat, Cell, Disclosed, ResultColumn, Sum, Value, disclose
from wardwell.publication.documents.document import (
    Document,
    Fact,
    Figure,
    FigureHere,
    KeyFigure,
    Notice,
    Origin,
    Paragraph,
    Points,
    Quote,
    Requirement,
    Section,
    Source,
    Term,
    prose,
)
from wardwell.publication.documents.pages import Typeface

HELD_BACK = 3
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
FONTS = Path(__file__).resolve().parents[4] / "src/wardwell/web/assets/built/fonts"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de"
    "0000000c49444154789c63d8bdf2e40004a602547bffb5ab0000000049454e44ae426082"
)
SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 640 240" width="640" height="240">
<path d="M40 200H620" stroke="#0b0c0c" stroke-width="1"/>
<path d="M40 90L230 70L420 120L610 150" stroke="#12436d" stroke-width="4" fill="none"/>
<text x="40" y="230" font-size="16">April 2025</text><text x="530" y="230" font-size="16">July 2025</text></svg>"""


@dataclass(frozen=True)
class Table:
    """The smallest table that disclosure control takes."""

    title: str
    columns: tuple[ResultColumn, ...]
    rows: tuple[Mapping[str, Value], ...]
    facts: Mapping[str, Cell]
    sums: tuple[Sum, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    chart: str = "line"
    ordered_by: str | None = None

    def provenance(self) -> Mapping[str, object]:
        return {
            "lineage": {"snapshots": [DIGEST], "measure": "crimes", "version": 1, "parameters": {}, "library": "0.1.0"}
        }


def burglary() -> Disclosed:
    """Months of burglary with rates and intervals: nothing small in it."""
    months = [("2025-04", 1492, 2.91, 2.76, 3.06), ("2025-05", 1530, 2.98, 2.83, 3.14)]
    months += [("2025-06", 1377, 2.68, 2.54, 2.83), ("2025-07", 1208, 2.35, 2.22, 2.49)]
    columns = (
        ResultColumn("month", "Month", "month"),
        ResultColumn("count", "Burglaries", "count"),
        ResultColumn("rate", "Rate", "rate", "per 1,000 households", 2, ("count",)),
        ResultColumn("lower", "From", "rate", "95% interval", 2, ("count",)),
        ResultColumn("upper", "To", "rate", "95% interval", 2, ("count",)),
    )
    names = [column.name for column in columns]
    return disclose(
        Table(
            "Burglary by month",
            columns,
            tuple(dict(zip(names, month, strict=True)) for month in months),
            {"first": Cell(0, "count"), "latest": Cell(3, "count"), "latest_rate": Cell(3, "rate")},
            caveats=(Caveat("provisional", "The last month is provisional."),),
        )
    )


def counted(counts: Iterable[int]) -> Disclosed:
    """Robbery by as many areas as there are counts."""
    columns = (ResultColumn("area", "Area", "text"), ResultColumn("count", "Robberies", "count"))
    rows = tuple({"area": f"Area {at}", "count": count} for at, count in enumerate(counts))
    return disclose(Table("Robbery", columns, rows, {"brookfield": Cell(0, "count"), "all": Cell(0, "count")}))


def robbery(held_back: int = HELD_BACK) -> Disclosed:
    """Robbery by area, one with too few to print. What it has more, its smallest neighbour has less."""
    columns = (ResultColumn("area", "Area", "text"), ResultColumn("count", "Robberies", "count"))
    areas: list[tuple[str, int]] = [
        ("Ashmoor & Dale", 61),
        ("Brookfield", held_back),
        ("Castle Hill", 17),
        ("Dunmere", 12 - held_back),
    ]
    areas.append(("All areas", sum(count for _, count in areas)))
    return disclose(
        Table(
            "Robbery by area",
            columns,
            tuple({"area": area, "count": count} for area, count in areas),
            {"brookfield": Cell(1, "count"), "all": Cell(4, "count")},
            (Sum(Cell(4, "count"), tuple(Cell(at, "count") for at in range(4))),),
            chart="bars",
        )
    )


def origin() -> Origin:
    """Where both figures come from."""
    source = Source(
        "Street-level crime, data.police.uk",
        "July 2025",
        "Open Government Licence v3.0",
        DIGEST,
        "Contains public sector information licensed under the Open Government Licence v3.0.",
    )
    return Origin((source,), "crimes-by-month", 1, {"crime_type": "burglary", "months": 4}, "wardstats 0.1.0")


def figures() -> tuple[Figure, ...]:
    """One figure with a picture, one that is a table alone."""
    described = "Line chart. Burglaries rose from April to May 2025 and then fell to 1,208 in July 2025."
    return (
        Figure("burglary-by-month", "Burglary by month", "computed", burglary(), described, origin(), SVG, PNG),
        Figure("robbery-by-area", "Robbery by area", "computed", robbery(), "Robberies in each area.", origin()),
    )


@dataclass(frozen=True)
class Parts:
    """What an example can be made with instead of the usual."""

    sections: tuple[Section, ...] = field(default_factory=lambda: sections())
    figures: tuple[Figure, ...] = field(default_factory=lambda: figures())
    notices: tuple[Notice, ...] = ()
    title: str = "Strategic assessment 2025"


def sections() -> tuple[Section, ...]:
    """Prose with facts from both figures, a list and a quotation."""
    return (
        Section(
            "Burglary",
            (
                Paragraph(
                    prose("Burglary fell from {burglary-by-month.first} in April to {burglary-by-month.latest}.")
                ),
                FigureHere("burglary-by-month"),
            ),
        ),
        Section("Where it happens", (Paragraph(prose("In every [Priority Area] it fell.")),), level=3),
        Section(
            "Robbery",
            (
                Paragraph(prose("Brookfield had {robbery-by-area.brookfield} robberies.")),
                Points((prose("Patrols after dark."), prose("Work with <bus> companies & schools."))),
                Quote(prose("People tell us they feel safer."), "Neighbourhood forum, Dunmere"),
                FigureHere("robbery-by-area"),
            ),
        ),
    )


def document(parts: Parts | None = None) -> Document:
    """The example, complete."""
    parts = parts or Parts()
    return Document(
        title=parts.title,
        subtitle="Crime and disorder in Exampleshire",
        partnership="Exampleshire Community Safety Partnership",
        reference="SA-2025-1",
        released_on=date(2025, 11, 3),
        prepared_by="Partnership analyst",
        sections=parts.sections,
        figures=parts.figures,
        summary=(prose("Burglary is falling; in July it stood at {burglary-by-month.latest}."),),
        key_figures=(
            KeyFigure(
                Fact("burglary-by-month", "latest"),
                "burglaries in July 2025",
                prose("April: {burglary-by-month.first}"),
            ),
            KeyFigure(Fact("burglary-by-month", "latest_rate"), "per 1,000 households"),
            KeyFigure(Fact("robbery-by-area", "all"), "robberies in all areas"),
        ),
        glossary=(Term("Priority Area", "A neighbourhood that the partnership works in first."),),
        checklist=(Requirement("Levels and patterns of crime", "SI 2007/1830, regulation 6", "Burglary; Robbery"),),
        notices=parts.notices,
        verification="Ask the partnership to run the verification of release SA-2025-1 on the kept files.",
    )


def typeface() -> Typeface:
    """The bundled font where the front end has been built, else the machine's own."""
    regular, bold = FONTS / "SourceSans3-Regular.ttf", FONTS / "SourceSans3-Bold.ttf"
    return Typeface("Source Sans 3", regular, bold) if regular.exists() else Typeface("sans-serif")

"""Where a published number comes from: its figure, its kept files, its measure, and how anybody can check it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wardstats import asked_in_words
from wardwell.assessment.rules.periods import said
from wardwell.publication.queries import FigureOrigin, OriginFile, ReleaseView
from wardwell.web.components import (
    Bullets,
    Column,
    Component,
    Inset,
    Link,
    Notice,
    Page,
    Panel,
    Paragraph,
    Summary,
    SummaryRow,
    Table,
    printed,
)
from wardwell.web.components.results import table_of
from wardwell.web.published.addresses import document_href, file_href

KINDS = {
    "computed": "Counted from published data.",
    "estimate": "An estimate, not a count.",
    "cited": "Cited from its source, not computed here.",
}

FILES = Table[OriginFile](
    caption="Kept files that the numbers were counted from",
    columns=(
        Column(name="source", label="Source"),
        Column(name="edition", label="Edition"),
        Column(name="licence", label="Licence"),
        Column(name="period", label="Period", value=lambda row: _period(row)),
        Column(name="rows", label="Rows kept", kind="number"),
        Column(name="quarantined", label="Put aside", kind="number"),
        Column(name="sha256", label="SHA-256 of the file", kind="code"),
    ),
)


def origin_page(
    code: str, one: ReleaseView, origin: FigureOrigin, *, breadcrumbs: Sequence[Link], notices: Sequence[Notice]
) -> Page:
    """The page about one figure of a published document."""
    table = table_of(origin.disclosed, caption=f"Figure {origin.number}: {origin.title}")
    back = Link(text="Read it in the document", href=f"{document_href(code, origin.reference)}#figure-{origin.slug}")
    return Page(
        title=origin.title,
        section="",
        caption=f"Figure {origin.number} of {origin.reference}",
        breadcrumbs=breadcrumbs,
        notices=notices,
        panels=[
            Panel(
                heading="The numbers",
                contents=[Paragraph.of(KINDS[origin.kind], " ", back, "."), table, *_notes(origin)],
            ),
            Panel(heading="Where they come from", contents=list(_origin(origin))),
            Panel(heading="Check it yourself", contents=[_check(code, one, origin)]),
        ],
    )


def _notes(origin: FigureOrigin) -> Iterator[Component]:
    if origin.disclosed.notes:
        yield Paragraph.of("Read with care:")
        yield Bullets.of(*origin.disclosed.notes)


def _origin(origin: FigureOrigin) -> Iterator[Component]:
    if origin.kind == "computed":
        yield from _computed(origin)
    elif origin.formula:
        yield Paragraph.of("It was estimated with this formula:")
        yield Inset(f"{origin.formula} = {origin.disclosed.fact('value')}")
        yield Paragraph.of("What it starts from, and where each number is from, stands in the table above.")
    else:
        yield Paragraph.of("It was not computed here. These are the words of its source:")
        yield Inset(origin.excerpt)


def _computed(origin: FigureOrigin) -> Iterator[Component]:
    if origin.measure_meaning:
        yield Paragraph.of(origin.measure_meaning)
    yield Summary(
        [
            SummaryRow(key="Measure", value=f"{origin.measure_name}, version {origin.measure_version}"),
            *(SummaryRow(key=name, value=value) for name, value in asked_in_words(origin.parameters)),
            SummaryRow(key="Computed with", value=f"wardstats {origin.library}"),
        ]
    )
    yield FILES.of(origin.files)


def _check(code: str, one: ReleaseView, origin: FigureOrigin) -> Bullets:
    numbers = file_href(code, origin.reference, f"data/{origin.slug}.csv")
    described = file_href(code, origin.reference, f"data/{origin.slug}.csv-metadata.json")
    counted = one.summary.verified_at
    steps: list[Paragraph] = [
        Paragraph.of(
            "Take the ",
            Link(text="numbers as CSV", href=numbers),
            " and their ",
            Link(text="description", href=described),
            ".",
        ),
    ]
    if origin.files:
        steps.append(
            Paragraph.of(
                "Take the same edition from its source under its licence, count it as the measure says, and compare. "
                "Small counts are not printed, here or anywhere."
            )
        )
    steps.append(
        Paragraph.of(f"Ask the partnership to run “wardwell verify {origin.reference}”: every number is counted again.")
    )
    if counted:
        found = one.summary.verified_faults or 0
        outcome = "everything came out again" if not found else f"{found} things did not hold"
        steps.append(Paragraph.of(f"That was last done on {printed(counted, 'moment')}: {outcome}."))
    return Bullets(items=tuple(steps), numbered=True)


def _period(row: OriginFile) -> str:
    return said(row.period_from, row.period_until) if row.period_from and row.period_until else ""

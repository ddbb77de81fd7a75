"""Disclosed tables of the library as parts of a page: only what may be printed can come this way."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import pairwise

from wardstats import Cell, Disclosed, ResultColumn, Suppressed, asked_in_words, description
from wardwell.web.components.chart import Chart
from wardwell.web.components.links import Link
from wardwell.web.components.map import Area, Map, MapClass, MapClassName
from wardwell.web.components.notice import Empty
from wardwell.web.components.summary import Summary, SummaryRow
from wardwell.web.components.table import Column, FilledTable, Table
from wardwell.web.components.words import Kind

NUMBERS = frozenset({"count", "rate", "ratio", "number", "percent"})
CLASS_NAMES: tuple[MapClassName, ...] = ("1", "2", "3", "4", "5")
BOUNDARIES = (
    "Boundaries: Office for National Statistics, Open Government Licence v3.0. Contains OS data © Crown copyright."
)


def table_of(
    disclosed: Disclosed,
    *,
    leave_out: Collection[str] = (),
    downloads: Sequence[Link] = (),
    caption: str = "",
) -> FilledTable:
    """The disclosed table; rows that are totals of others stand at its foot when they are last."""
    columns = tuple(_column(disclosed, column) for column in disclosed.columns if column.name not in leave_out)
    table = Table[int](caption=caption or disclosed.title, columns=columns, is_caption_hidden=True)
    last = len(disclosed.rows) - 1
    has_foot = any(each.total.row == last for each in disclosed.sums)
    rows = range(last) if has_foot else range(last + 1)
    return table.of(rows, foot=last if has_foot else None, downloads=downloads)


def chart_of(
    disclosed: Disclosed,
    *,
    picture: str,
    narrow_picture: str,
    table: FilledTable,
    source: Link | None = None,
    downloads: Sequence[Link] = (),
) -> Chart:
    """The chart of a disclosed table, with its words, its caveats and itself as a table."""
    return Chart(
        title=disclosed.title,
        picture=picture,
        narrow_picture=narrow_picture,
        description=description(disclosed),
        table=table,
        caveats=disclosed.notes,
        downloads=downloads,
        source=source,
    )


def map_of(
    disclosed: Disclosed,
    *,
    value: str,
    boundaries: str,
    table: FilledTable,
    key: str = "area",
    code: str = "area_code",
    source: Link | None = None,
    downloads: Sequence[Link] = (),
    attribution: str = BOUNDARIES,
) -> Map:
    """A map of the rows that are areas, in five classes of as many areas each, made of what is printed and nothing else."""
    totals = {each.total.row for each in disclosed.sums}
    rows = [at for at, row in enumerate(disclosed.rows) if at not in totals and row[code] is not None]
    classes = _classes(disclosed, rows, value)
    areas = [
        Area(
            code=str(disclosed.rows[at][code]),
            name=str(disclosed.rows[at][key]),
            class_name=_class_of(disclosed, at, value, classes),
            text=_said(disclosed, at, value),
        )
        for at in rows
    ]
    return Map(
        title=disclosed.title,
        boundaries=boundaries,
        key="code",
        areas=areas,
        classes=_legend(disclosed, value, classes, {area.class_name for area in areas}),
        table=table,
        attribution=attribution,
        caveats=disclosed.notes,
        downloads=downloads,
        source=source,
    )


def lineage_of(disclosed: Disclosed) -> Summary:
    """How a table was computed: the measure and its version, every parameter, and the library."""
    provenance = disclosed.provenance
    measure, lineage = provenance["measure"], provenance["lineage"]
    return Summary(
        [
            SummaryRow(key="Measure", value=f"{measure['name']} ({lineage['measure']}, version {lineage['version']})"),
            SummaryRow(key="Meaning", value=measure["meaning"]),
            SummaryRow(key="Counted", value=measure["numerator"]),
            SummaryRow(key="Against", value=measure["denominator"] or "Nothing: it is a count"),
            *(SummaryRow(key=name, value=value) for name, value in asked_in_words(lineage["parameters"])),
            SummaryRow(key="Computed by", value=f"wardstats {lineage['library']}"),
            SummaryRow(
                key="Not shown", value=f"Counts from 1 to {disclosed.rule.threshold - 1}, and what would reveal them"
            ),
        ]
    )


def _column(disclosed: Disclosed, column: ResultColumn) -> Column[int]:
    kind: Kind = "number" if column.kind in NUMBERS else "text"
    label = f"{column.label} {column.unit}".strip()

    def text(at: int) -> str:
        return disclosed.text(Cell(at, column.name))

    return Column(name=column.name, label=label, kind=kind, value=text)


@dataclass(frozen=True)
class _Class:
    """One class of a map: its place in the legend, and the lowest and the highest value in it."""

    name: MapClassName
    lowest: float
    highest: float


def _classes(disclosed: Disclosed, rows: Sequence[int], value: str) -> tuple[_Class, ...]:
    """Nought by itself, then as many areas in each class as equal values allow; light to dark, however many there are."""
    values = sorted(number for at in rows if (number := _number(disclosed, at, value)) is not None)
    above = [number for number in values if number]
    most = len(CLASS_NAMES) - (len(above) < len(values))
    starts = sorted({above[len(above) * each // most] for each in range(most)}) if above else []
    limits = [
        (start, max(number for number in above if number < after)) for start, after in pairwise([*starts, float("inf")])
    ]
    limits = [(0.0, 0.0), *limits] if len(above) < len(values) else limits
    steps = max(1, len(limits) - 1)
    return tuple(
        _Class(CLASS_NAMES[round(at * (len(CLASS_NAMES) - 1) / steps)], *each) for at, each in enumerate(limits)
    )


def _class_of(disclosed: Disclosed, at: int, value: str, classes: Sequence[_Class]) -> MapClassName:
    number = _number(disclosed, at, value)
    if number is None:
        return "suppressed" if isinstance(disclosed.rows[at][value], Suppressed) else "none"
    return next(one.name for one in classes if one.lowest <= number <= one.highest)


def _legend(
    disclosed: Disclosed, value: str, classes: Sequence[_Class], present: Collection[MapClassName]
) -> list[MapClass]:
    column = disclosed.column(value)
    legend = [MapClass(one.name, _range(column, one.lowest, one.highest)) for one in classes]
    if "suppressed" in present:
        legend.append(MapClass("suppressed", "Not shown: the number is small, or would reveal a small one"))
    if "none" in present:
        legend.append(MapClass("none", "No value"))
    return legend


def _range(column: ResultColumn, lowest: float, highest: float) -> str:
    low, high = f"{lowest:,.{column.decimals}f}", f"{highest:,.{column.decimals}f}"
    return low if low == high else f"{low} to {high}"


def _said(disclosed: Disclosed, at: int, value: str) -> str:
    column = disclosed.column(value)
    return f"{disclosed.text(Cell(at, value))} {column.unit}".strip()


def _number(disclosed: Disclosed, at: int, value: str) -> float | None:
    found = disclosed.rows[at][value]
    return float(found) if isinstance(found, int | float) else None


def nothing_to_show(because: str) -> Empty:
    """Said in place of a table that cannot be computed; the library's sentence says why."""
    return Empty(heading="This cannot be shown", text=because)

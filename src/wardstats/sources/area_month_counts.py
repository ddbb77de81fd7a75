"""Files of counts: how many rows the police published for an area, a month and a crime type."""

from __future__ import annotations

import ibis.expr.types as ir

from wardstats.engines.duckdb import Backend
from wardstats.sources.grammar import MONTH, REPEATED_HEADINGS, Grammar, Rule, begins_with_hyphen
from wardstats.sources.layouts import Field, FieldKind, Layout
from wardstats.sources.refusal import UnableToRead
from wardstats.tables import AREA_MONTH_COUNTS

LSOAS = ("Month", "LSOA code", "LSOA name", "Crime type", "Count")
LSOAS_WITH_DISTRICTS = ("Month", "LAD code", "LAD name", "LSOA code", "LSOA name", "Crime type", "Count")
DISTRICTS = ("Month", "LAD code", "LAD name", "Crime type", "Count")
AREA_CODE = r"[EWSN]\d{8}"
LAYOUT = Layout(
    name="Counts by area, month and type",
    fields=(
        Field("Month", FieldKind.WORDS, True, "Year and month, as 2026-01.", "2026-01"),
        Field("LSOA code", FieldKind.WORDS, True, "Empty for what has no place.", "E01010410"),
        Field("LSOA name", FieldKind.WORDS, True, "Its name.", "Wolverhampton 001A"),
        Field("Crime type", FieldKind.WORDS, True, "A category of data.police.uk.", "Burglary"),
        Field("Count", FieldKind.WHOLE, True, "How many rows were published.", "3"),
    ),
)


def unfit(name: str) -> str | None:
    """Why a file is not one of counts, by its name; ``None`` if it may be one."""
    stem = name.rsplit("/", 1)[-1].lower().removesuffix(".gz").removesuffix(".csv")
    if stem.endswith(("-street", "-outcomes", "-stop-and-search")):
        return "it holds single crimes, outcomes or searches, not counts"
    return None


def _area(text: ir.Table) -> str:
    """The finest area that a file names."""
    return "LSOA" if "LSOA code" in text.columns else "LAD"


def rows(text: ir.Table) -> ir.Table:
    """Rows of text as rows of the table of counts."""
    area = _area(text)
    return text.select(
        area_code=text[f"{area} code"],
        area_name=text[f"{area} name"],
        month=(text["Month"] + "-01").try_cast("date"),
        crime_type=text["Crime type"],
        count=text["Count"].try_cast("int64"),
        source_file=text["source_file"],
    )


RULES = (
    Rule(REPEATED_HEADINGS, "The row repeats the headings.", lambda t: t["Count"] == "Count"),
    Rule(
        "month-unreadable",
        "The month is not written as year and month, such as 2014-01.",
        lambda t: t["Month"].isnull() | ~t["Month"].re_search(f"^{MONTH}$"),
    ),
    Rule("no-crime-type", "The row has no crime type.", lambda t: t["Crime type"].isnull()),
    Rule(
        "area-code-malformed",
        "The area's code is not written like one, such as E01010410.",
        lambda t: ~t[f"{_area(t)} code"].re_search(f"^{AREA_CODE}$"),
    ),
    Rule(
        "count-negative",
        "The count is less than nought.",
        lambda t: t["Count"].re_search(r"^-\d+$"),
    ),
    Rule(
        "count-unreadable",
        "The count is not a whole number.",
        lambda t: t["Count"].isnull() | ~t["Count"].re_search(r"^\d{1,12}$"),
    ),
    Rule(
        "begins-with-hyphen",
        "A cell of words begins with a hyphen.",
        lambda t: begins_with_hyphen(t, (f"{_area(t)} name", "Crime type")),
    ),
)


def refuse_repeated_combinations(backend: Backend, counts: ir.Table) -> None:
    """Refuse counts of which two are of the same area, month and type, since nothing tells which one is right."""
    grouped = counts.group_by(*AREA_MONTH_COUNTS.key).aggregate(rows=counts.count())
    first = backend.to_pyarrow(
        grouped.filter(grouped["rows"] > 1).order_by(*AREA_MONTH_COUNTS.key).limit(1)
    ).to_pylist()
    for line in first:
        raise UnableToRead(
            line["source_file"],
            column="Count",
            found=f"{line['area_code'] or 'no area'}, {line['month']:%Y-%m}, {line['crime_type']} has {line['rows']} rows",
            expected="one row for each area, month and type",
            what_to_do="Find out which row is right, or whether they should be added up, and send the file again",
        )


COUNT_FILES = Grammar(
    table=AREA_MONTH_COUNTS,
    headings=(LSOAS, LSOAS_WITH_DISTRICTS, DISTRICTS),
    unfit=unfit,
    rules=RULES,
    rows=rows,
    refuse=refuse_repeated_combinations,
)

"""The Home Office's open data of recorded crime, by force or by partnership, financial year, quarter and offence."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from wardstats.engines.duckdb import Backend
from wardstats.sources.cells import cell, later
from wardstats.sources.grammar import REPEATED_HEADINGS, Accounted, Grammar, Rule, begins_with_hyphen
from wardstats.sources.layouts import Field, FieldKind, Layout
from wardstats.sources.refusal import UnableToRead
from wardstats.tables import RECORDED_CRIME

YEAR, QUARTER = ("Financial Year", "FY"), "Financial Quarter"
AREA = ("Force Name", "Force", "CSP Name")
GROUP, COUNT = ("Offence Group", "Group"), ("Number of Offences", "n")
WORDS = ("Force Name", "Force", "CSP Name", "Offence Description", "Offence Group", "Group", "Offence Subgroup")

LAYOUT = Layout(
    name="Recorded crime by partnership",
    fields=(
        Field("Financial Year", FieldKind.WORDS, True, "As 2024/25.", "2024/25"),
        Field(QUARTER, FieldKind.WHOLE, False, "1 for April to June, up to 4.", "1", ("1", "2", "3", "4")),
        Field("CSP Name", FieldKind.WORDS, True, "The partnership as the Home Office names it.", "Wolverhampton"),
        Field("Offence Description", FieldKind.WORDS, True, "The offence.", "Robbery of business property"),
        Field("Offence Group", FieldKind.WORDS, True, "Its group.", "Robbery"),
        Field("Offence Subgroup", FieldKind.WORDS, True, "Its group within that.", "Robbery of business property"),
        Field("Offence Code", FieldKind.WORDS, True, "The Home Office's code.", "34A"),
        Field("Number of Offences", FieldKind.WHOLE, True, "May be less than nought: a revision.", "12"),
    ),
)
BY_FORCE = tuple("Force Name" if heading == "CSP Name" else heading for heading in LAYOUT.headings)
LONG = ("FY", QUARTER, "Force", "Offence Description", "Group", "Offence Subgroup", "Offence Code", "n")


def unfit(_name: str) -> str | None:
    """Any name will do."""
    return None


def _first_year(text: ir.Table) -> ir.IntegerValue:
    return cell(text, *YEAR).left(4).try_cast("int64")


def _is_no_year(text: ir.Table) -> ir.BooleanValue:
    written = cell(text, *YEAR)
    ends = written.right(2).try_cast("int64")
    return written.isnull() | ~written.re_search(r"^(19|20)\d\d/\d\d$") | (ends != (_first_year(text) + 1) % 100)


def _is_no_quarter(text: ir.Table) -> ir.BooleanValue:
    written = cell(text, QUARTER)
    return (written.isnull() if QUARTER in text.columns else ibis.literal(False)) | ~written.re_search("^[1-4]$")


def _starts(text: ir.Table) -> ir.DateValue:
    april = (_first_year(text).cast("string") + "-04-01").try_cast("date")
    quarter = cell(text, QUARTER).try_cast("int64").coalesce(1)
    return ibis.cases(*[(quarter == number, later(april, months=3 * (number - 1))) for number in (1, 2, 3, 4)])


def _months(text: ir.Table) -> int:
    return 3 if QUARTER in text.columns else 12


def _stated_month(text: ir.Table) -> ir.StringValue:
    readable = ~_is_no_year(text).fill_null(True) & ~_is_no_quarter(text).fill_null(False)
    return readable.ifelse(_starts(text).strftime("%Y-%m"), ibis.null("string"))


def rows(text: ir.Table) -> ir.Table:
    """Rows of text as rows of the table of recorded crime."""
    kind = "community safety partnership" if "CSP Name" in text.columns else "force"
    return text.select(
        period_from=_starts(text),
        period_until=later(_starts(text), months=_months(text)),
        area_kind=ibis.literal(kind),
        area_name=cell(text, *AREA),
        offence_group=cell(text, *GROUP),
        offence_subgroup=text["Offence Subgroup"],
        offence=text["Offence Description"],
        offence_code=text["Offence Code"],
        count=cell(text, *COUNT).try_cast("int64"),
        source_file=text["source_file"],
    )


def _lacks_offence(text: ir.Table) -> ir.BooleanValue:
    return text["Offence Description"].isnull() | text["Offence Code"].isnull() | cell(text, *GROUP).isnull()


RULES = (
    Rule(REPEATED_HEADINGS, "The row repeats the headings.", lambda t: t["Offence Code"] == "Offence Code"),
    Rule("year-unreadable", "The financial year is not written as 2024/25.", _is_no_year),
    Rule("quarter-unreadable", "The quarter is not 1, 2, 3 or 4.", _is_no_quarter),
    Rule("no-area", "The row names no force or partnership.", lambda t: cell(t, *AREA).isnull()),
    Rule("no-offence", "The row lacks the offence, its code or its group.", _lacks_offence),
    Rule(
        "count-unreadable",
        "The number of offences is not a whole number.",
        lambda t: cell(t, *COUNT).isnull() | ~cell(t, *COUNT).re_search(r"^-?\d{1,9}$"),
    ),
    Rule(
        "begins-with-hyphen",
        "A cell of words begins with a hyphen.",
        lambda t: begins_with_hyphen(t, [word for word in WORDS if word in t.columns]),
    ),
)


def refuse_repeated_offences(backend: Backend, crime: ir.Table) -> None:
    """Refuse a file in which a quarter, area and offence has two rows; without quarters, rows add up. Raises UnableToRead."""
    quarterly = crime.filter(crime["period_until"].delta(crime["period_from"], unit="day") < 100)
    grouped = quarterly.group_by(*RECORDED_CRIME.key).aggregate(
        rows=quarterly.count(), source_file=quarterly["source_file"].min()
    )
    found = grouped.filter(grouped["rows"] > 1).order_by(*RECORDED_CRIME.key).limit(1)
    for line in backend.to_pyarrow(found).to_pylist():
        raise UnableToRead(
            line["source_file"],
            column="Offence Code",
            found=f"{line['area_name']}, {line['offence_code']} has {line['rows']} rows in the quarter from {line['period_from']}",
            expected="one row for each quarter, area and offence",
            what_to_do="Find out which row is right and send the file again",
        )


RECORDED_CRIME_FILES = Grammar(
    table=RECORDED_CRIME,
    headings=(LAYOUT.headings, BY_FORCE, LONG),
    unfit=unfit,
    rules=RULES,
    rows=rows,
    accounted=Accounted(
        month_headings=YEAR,
        type_headings=GROUP,
        month="period_from",
        type="offence_group",
        stated_month=_stated_month,
        months_apart=3,
    ),
    optional=frozenset({QUARTER}),
    refuse=refuse_repeated_offences,
)

"""Stop-and-search files of data.police.uk: one line a search, one file a force and month."""

from __future__ import annotations

import re

import ibis.expr.types as ir

from wardstats.sources.grammar import MONTH, REPEATED_HEADINGS, Accounted, Grammar, Rule, begins_with_hyphen
from wardstats.sources.police_street import COORDINATE_RULES
from wardstats.tables import STOP_AND_SEARCH

HEADINGS = (
    "Type", "Date", "Part of a policing operation", "Policing operation", "Latitude", "Longitude", "Gender", "Age range",
    "Self-defined ethnicity", "Officer-defined ethnicity", "Legislation", "Object of search", "Outcome",
    "Outcome linked to object of search", "Removal of more than just outer clothing",
)  # fmt: skip
WORDS = tuple(heading for heading in HEADINGS if heading not in ("Date", "Latitude", "Longitude"))
MOMENT = r"^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?([+-]\d\d:?\d\d|Z)?$"


def unfit(name: str) -> str | None:
    """Why a file of a download is not one of searches, by its name; ``None`` if it is one."""
    stem = name.rsplit("/", 1)[-1].lower().removesuffix(".gz").removesuffix(".csv")
    if stem.endswith("-street"):
        return "it holds street-level crimes, which are another table"
    if stem.endswith("-outcomes"):
        return "it holds outcomes, which are another table"
    if not re.fullmatch(MONTH + r"-.+-stop-and-search", stem):
        return "its name is not that of a file of searches, such as 2020-01-leicestershire-stop-and-search.csv"
    return None


def _is_no_day(text: ir.Table) -> ir.BooleanValue:
    day = text["Date"].left(10).try_cast("date")
    return text["Date"].isnull() | ~text["Date"].re_search(MOMENT) | day.isnull()


def rows(text: ir.Table) -> ir.Table:
    """Rows of text as rows of the table of searches."""
    words = {
        "part_of_operation": "Part of a policing operation",
        "operation": "Policing operation",
        "gender": "Gender",
        "age_range": "Age range",
        "self_defined_ethnicity": "Self-defined ethnicity",
        "officer_defined_ethnicity": "Officer-defined ethnicity",
        "legislation": "Legislation",
        "object_of_search": "Object of search",
        "outcome": "Outcome",
        "outcome_linked": "Outcome linked to object of search",
        "outer_clothing_removed": "Removal of more than just outer clothing",
    }
    values = {
        "type": text["Type"],
        "month": (text["Date"].left(7) + "-01").try_cast("date"),
        "searched_on": text["Date"].left(10).try_cast("date"),
        "time_of_day": text["Date"].substr(11, 5),
        "longitude": text["Longitude"].try_cast("float64"),
        "latitude": text["Latitude"].try_cast("float64"),
        **{name: text[heading] for name, heading in words.items()},
        "source_file": text["source_file"],
    }
    return text.select(**{column.name: values[column.name] for column in STOP_AND_SEARCH.columns})


STOP_FILES = Grammar(
    table=STOP_AND_SEARCH,
    headings=(HEADINGS,),
    unfit=unfit,
    rules=(
        Rule(REPEATED_HEADINGS, "The row repeats the headings.", lambda t: t["Date"] == "Date"),
        Rule("date-unreadable", "The date is not written as day and time, such as 2020-01-03T02:49:00.", _is_no_day),
        Rule(
            "month-of-another-file",
            "The search was not in the month in the name of the file.",
            lambda t: t["Date"].left(7) != t["file_month"],
        ),
        Rule(
            "no-type", "The row does not say whether a person or a vehicle was searched.", lambda t: t["Type"].isnull()
        ),
        *COORDINATE_RULES,
        Rule("begins-with-hyphen", "A cell of words begins with a hyphen.", lambda t: begins_with_hyphen(t, WORDS)),
    ),
    rows=rows,
    accounted=Accounted(month_headings=("Date",), type_headings=("Type",), type="type"),
)

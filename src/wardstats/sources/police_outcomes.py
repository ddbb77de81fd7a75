"""Outcome files of data.police.uk: one line an outcome, one file a force and month."""

from __future__ import annotations

import re

import ibis.expr.types as ir

from wardstats.sources.grammar import MONTH, REPEATED_HEADINGS, Accounted, Grammar, Rule, begins_with_hyphen
from wardstats.sources.police_street import PLACE_RULES
from wardstats.tables import POLICE_OUTCOMES

HEADINGS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Outcome type",
)  # fmt: skip
WORDS = ("Crime ID", "Reported by", "Falls within", "Location", "LSOA name", "Outcome type")


def unfit(name: str) -> str | None:
    """Why a file of a download is not one of outcomes, by its name; ``None`` if it is one."""
    stem = name.rsplit("/", 1)[-1].lower().removesuffix(".gz").removesuffix(".csv")
    if stem.endswith("-street"):
        return "it holds street-level crimes, which are another table"
    if stem.endswith("-stop-and-search"):
        return "it holds stops and searches, which are another table"
    if not re.fullmatch(MONTH + r"-.+-outcomes", stem):
        return "its name is not that of a file of outcomes, such as 2016-01-city-of-london-outcomes.csv"
    return None


def rows(text: ir.Table) -> ir.Table:
    """Rows of text as rows of the table of outcomes."""
    return text.select(
        crime_id=text["Crime ID"],
        month=(text["Month"] + "-01").try_cast("date"),
        reported_by=text["Reported by"].fill_null(""),
        falls_within=text["Falls within"].fill_null(""),
        longitude=text["Longitude"].try_cast("float64"),
        latitude=text["Latitude"].try_cast("float64"),
        location=text["Location"].fill_null(""),
        lsoa_code=text["LSOA code"],
        lsoa_name=text["LSOA name"],
        outcome_type=text["Outcome type"],
        source_file=text["source_file"],
    )


OUTCOME_FILES = Grammar(
    table=POLICE_OUTCOMES,
    headings=(HEADINGS,),
    unfit=unfit,
    rules=(
        Rule(REPEATED_HEADINGS, "The row repeats the headings.", lambda t: t["Outcome type"] == "Outcome type"),
        Rule(
            "month-unreadable",
            "The month is not written as year and month, such as 2014-01.",
            lambda t: t["Month"].isnull() | ~t["Month"].re_search(f"^{MONTH}$"),
        ),
        Rule(
            "month-of-another-file",
            "The month is not the one in the name of the file.",
            lambda t: t["Month"] != t["file_month"],
        ),
        Rule("no-outcome-type", "The row does not say what came of the crime.", lambda t: t["Outcome type"].isnull()),
        *PLACE_RULES,
        Rule("begins-with-hyphen", "A cell of words begins with a hyphen.", lambda t: begins_with_hyphen(t, WORDS)),
    ),
    rows=rows,
    accounted=Accounted(type_headings=("Outcome type",), type="outcome_type"),
)

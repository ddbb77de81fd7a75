"""Street-level files of data.police.uk: one line a crime or incident, one file a force and month."""

from __future__ import annotations

import re

import ibis
import ibis.expr.types as ir

from wardstats.sources.grammar import MONTH, REPEATED_HEADINGS, Grammar, Rule, begins_with_hyphen
from wardstats.tables import STREET_CRIME

HEADINGS = (
    "Crime ID", "Month", "Reported by", "Falls within", "Longitude", "Latitude", "Location", "LSOA code", "LSOA name",
    "Crime type", "Last outcome category", "Context",
)  # fmt: skip
WORDS = (
    "Crime ID",
    "Reported by",
    "Falls within",
    "Location",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)
AREA_CODE = r"[EWS]01\d{6}|N2[01]\d{6}|95[A-Z]{2}\d{2}[SW]\d"
BRITISH_ISLES = {"Longitude": (-9.5, 2.5), "Latitude": (49.0, 61.5)}


def unfit(name: str) -> str | None:
    """Why a file of a download is not a street file, by its name; ``None`` if it is one."""
    stem = name.rsplit("/", 1)[-1].lower().removesuffix(".gz").removesuffix(".csv")
    if stem.endswith("-outcomes"):
        return "it holds outcomes, which are another table"
    if stem.endswith("-stop-and-search"):
        return "it holds stops and searches, which are another table"
    if not re.fullmatch(MONTH + r"-.+-street", stem):
        return "its name is not that of a street file, such as 2014-01-west-midlands-street.csv"
    return None


def _outside_british_isles(text: ir.Table) -> ir.BooleanValue:
    outside = ibis.literal(False)
    for column, (least, most) in BRITISH_ISLES.items():
        outside |= (~text[column].try_cast("float64").between(least, most)).fill_null(False)
    return outside


def _not_a_number(text: ir.Table) -> ir.BooleanValue:
    wrong = ibis.literal(False)
    for column in BRITISH_ISLES:
        wrong |= text[column].notnull() & text[column].try_cast("float64").isnull()
    return wrong


def rows(text: ir.Table) -> ir.Table:
    """Rows of text as rows of the street-crime table."""
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
        crime_type=text["Crime type"],
        last_outcome_category=text["Last outcome category"],
        context=text["Context"],
        source_file=text["source_file"],
    )


COORDINATE_RULES = (
    Rule("coordinates-unreadable", "Longitude or latitude is not a number.", _not_a_number),
    Rule(
        "coordinates-incomplete",
        "The row has only one of longitude and latitude.",
        lambda t: t["Longitude"].isnull() != t["Latitude"].isnull(),
    ),
    Rule("coordinates-outside", "The point is not in the British Isles.", _outside_british_isles),
)

PLACE_RULES = (
    *COORDINATE_RULES,
    Rule(
        "area-code-malformed",
        "The LSOA code is not written like one, such as E01010410.",
        lambda t: ~t["LSOA code"].re_search(f"^({AREA_CODE})$"),
    ),
)

RULES = (
    Rule(REPEATED_HEADINGS, "The row repeats the headings.", lambda t: t["Crime type"] == "Crime type"),
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
    Rule("no-crime-type", "The row has no crime type.", lambda t: t["Crime type"].isnull()),
    *PLACE_RULES,
    Rule("begins-with-hyphen", "A cell of words begins with a hyphen.", lambda t: begins_with_hyphen(t, WORDS)),
)

STREET_FILES = Grammar(
    table=STREET_CRIME,
    headings=(HEADINGS,),
    unfit=unfit,
    rules=RULES,
    rows=rows,
)

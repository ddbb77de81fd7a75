"""Rules and conversions for cells that several kinds of file share: days, times, numbers, areas."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from wardstats.sources.layouts import EXAMPLE

DAY = r"^\d{4}-\d\d-\d\d$"
TIME = r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$"
WHOLE = r"^\d{1,12}$"
OUTWARD_POSTCODE = r"[A-Z]{1,2}[0-9][A-Z0-9]?"
AREA_KINDS = {
    "LSOA": r"[EW]01\d{6}",
    "ward": r"[EW]05\d{6}",
    "district": r"E0[6-9]\d{6}|W06\d{6}",
    "outward postcode": OUTWARD_POSTCODE,
}


def cell(text: ir.Table, *headings: str) -> ir.StringValue:
    """The first of these columns that a file has; empty cells where it has none."""
    found = next((heading for heading in headings if heading in text.columns), None)
    return text[found] if found else ibis.null("string")


def is_blank(text: ir.Table, heading: str) -> ir.BooleanValue:
    """Rows that leave a field empty."""
    return cell(text, heading).isnull()


def day(text: ir.Table, heading: str) -> ir.DateValue:
    """A field as a day; null where it is none."""
    return cell(text, heading).try_cast("date")


def is_no_day(text: ir.Table, heading: str) -> ir.BooleanValue:
    """Rows in which a day is filled in and is none."""
    written = cell(text, heading)
    return written.notnull() & (~written.re_search(DAY) | day(text, heading).isnull())


def after(until: ir.DateValue) -> ir.DateValue:
    """The day after a day."""
    return later(until, days=1)


def later(begins: ir.DateValue, *, days: int = 0, months: int = 0) -> ir.DateValue:
    """The day so much later; DuckDB makes a moment of it, ibis holds that for a day, so it is cast by way of a moment."""
    moved = begins + ibis.interval(months=months) if months else begins + ibis.interval(days=days)
    return moved.cast("timestamp").cast("date")


def is_example(text: ir.Table, *headings: str) -> ir.BooleanValue:
    """The example row of a template, left in."""
    found = ibis.literal(False)
    for heading in headings:
        found |= cell(text, heading).startswith(EXAMPLE).fill_null(False)
    return found


def is_unknown_kind(text: ir.Table) -> ir.BooleanValue:
    """Rows that do not say what kind of area they are about."""
    return is_blank(text, "Kind of area") | ~cell(text, "Kind of area").isin(list(AREA_KINDS))


def is_malformed_area(text: ir.Table) -> ir.BooleanValue:
    """Rows whose area is not written as one of its kind."""
    kind, area = cell(text, "Kind of area"), cell(text, "Area")
    wrong = ibis.literal(False)
    for name, pattern in AREA_KINDS.items():
        wrong |= ((kind == name) & ~area.re_search(f"^({pattern})$")).fill_null(False)
    return wrong

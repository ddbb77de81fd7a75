"""Files of an agency's depersonalised counts or events, in the layout of the template, free or of a prescribed set."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from wardstats.sources.cells import (
    AREA_KINDS,
    TIME,
    WHOLE,
    after,
    cell,
    day,
    is_blank,
    is_example,
    is_malformed_area,
    is_no_day,
    is_unknown_kind,
    later,
)
from wardstats.sources.grammar import REPEATED_HEADINGS, Accounted, Grammar, Rule, begins_with_hyphen
from wardstats.sources.layouts import EXAMPLE, Field, FieldKind, Layout
from wardstats.tables import PARTNER_COUNTS
from wardstats.tables.prescribed import Category, PrescribedSet

WORDS = ("Kind of area", "Area", "Category", "Sub-category", "Location")
ICD = r"^[A-Z]\d\d(\.\d{1,2})?$"
Breaks = Callable[[ir.Table], ir.BooleanValue]


def layout_of(definitions: Sequence[PrescribedSet] = ()) -> Layout:
    """The fields of a file; of a prescribed set, with what its latest definition asks for and allows."""
    latest = definitions[-1] if definitions else None
    kinds = latest.area_kinds if latest else tuple(AREA_KINDS)
    categories = tuple(category.name for category in latest.categories) if latest else ()
    first = latest.categories[0] if latest and latest.categories else Category("Calls to disorder")
    needed = frozenset(latest.requires if latest else ())
    example_area = "WV1" if "outward postcode" in kinds[:1] else "E01010410"
    return Layout(
        name=latest.name if latest else "Counts of an agency",
        fields=(
            _field("Period from", FieldKind.DAY, "First day of the period.", "2026-01-01"),
            _field("Period to", FieldKind.DAY, "Last day of the period, itself included.", "2026-03-31"),
            _field("Kind of area", FieldKind.WORDS, "What kind of area the next field names.", kinds[0], kinds),
            _field(
                "Area",
                FieldKind.WORDS,
                "Its ONS code, or an outward postcode; empty where it is not known.",
                example_area,
            ),
            _field("Category", FieldKind.WORDS, "What is counted.", f"{EXAMPLE} {first.name}", categories),
            _field(
                "Sub-category",
                FieldKind.WORDS,
                _sub_categories(latest),
                _example_of(first),
                needed=needed,
                optional=True,
            ),
            _field("Date", FieldKind.DAY, "The day of an event.", "2026-02-14", needed=needed, optional=True),
            _field("Time", FieldKind.TIME, "The time of an event.", "23:05", needed=needed, optional=True),
            _field(
                "Location",
                FieldKind.WORDS,
                "The street or place of an event; never somebody's address.",
                "On or near Queen Street",
                needed=needed,
                optional=True,
            ),
            _field("Count", FieldKind.WHOLE, "How many; 1 where a row is one event.", "1"),
        ),
    )


def _field(
    heading: str,
    kind: FieldKind,
    meaning: str,
    example: str,
    allowed: tuple[str, ...] = (),
    *,
    needed: frozenset[str] = frozenset(),
    optional: bool = False,
) -> Field:
    return Field(heading, kind, not optional or heading in needed, meaning, example, allowed)


def _sub_categories(definition: PrescribedSet | None) -> str:
    stated = [one for one in definition.categories if one.icd or one.sub_categories] if definition else []
    if not stated:
        return "A finer category, in the agency's own words."
    return "A finer category: " + "; ".join(f"of {one.name}, {one.in_words}" for one in stated) + "."


def _example_of(category: Category) -> str:
    return category.icd[0] if category.icd else next(iter(category.sub_categories), "Street drinking")


def unfit(_name: str) -> str | None:
    """Any name will do: agencies name their files as they like."""
    return None


def rows(text: ir.Table) -> ir.Table:
    """Rows of text as rows of the table of agencies' counts."""
    return text.select(
        period_from=day(text, "Period from"),
        period_until=after(day(text, "Period to")),
        area_kind=cell(text, "Kind of area"),
        area_code=cell(text, "Area"),
        category=cell(text, "Category"),
        sub_category=cell(text, "Sub-category"),
        occurred_on=day(text, "Date"),
        time_of_day=cell(text, "Time").left(5),
        location=cell(text, "Location"),
        count=cell(text, "Count").try_cast("int64"),
        source_file=text["source_file"],
    )


RULES = (
    Rule(REPEATED_HEADINGS, "The row repeats the headings.", lambda t: cell(t, "Category") == "Category"),
    Rule("example-row", "The row is the example of the template.", lambda t: is_example(t, "Category")),
    Rule(
        "period-unreadable",
        "The period's first or last day is not written as a day, such as 2026-01-31.",
        lambda t: (
            is_blank(t, "Period from")
            | is_blank(t, "Period to")
            | is_no_day(t, "Period from")
            | is_no_day(t, "Period to")
        ),
    ),
    Rule(
        "period-ends-before",
        "The period ends before it begins.",
        lambda t: day(t, "Period to") < day(t, "Period from"),
    ),
    Rule("no-category", "The row has no category.", lambda t: is_blank(t, "Category")),
    Rule("area-kind-unknown", "The kind of area is none of " + ", ".join(AREA_KINDS) + ".", is_unknown_kind),
    Rule("area-malformed", "The area is not written as one of its kind, such as E01010410 or WV1.", is_malformed_area),
    Rule("date-unreadable", "The date is not written as a day, such as 2026-01-31.", lambda t: is_no_day(t, "Date")),
    Rule(
        "date-outside-period",
        "The date is not in the row's period.",
        lambda t: ~day(t, "Date").between(day(t, "Period from"), day(t, "Period to")),
    ),
    Rule("time-unreadable", "The time is not written as 23:05.", lambda t: ~cell(t, "Time").re_search(TIME)),
    Rule("count-negative", "The count is less than nought.", lambda t: cell(t, "Count").re_search(r"^-\d+$")),
    Rule(
        "count-unreadable",
        "The count is not a whole number.",
        lambda t: is_blank(t, "Count") | ~cell(t, "Count").re_search(WHOLE),
    ),
    Rule(
        "begins-with-hyphen",
        "A cell of words begins with a hyphen.",
        lambda t: begins_with_hyphen(t, [word for word in WORDS if word in t.columns]),
    ),
)


def grammar_of(definitions: Sequence[PrescribedSet] = ()) -> Grammar:
    """How to read files of counts, free or of one prescribed set by the definition in force when a row's period began."""
    layout = layout_of(definitions)
    return Grammar(
        table=PARTNER_COUNTS,
        headings=(layout.headings,),
        unfit=unfit,
        rules=RULES + (_rules_of(definitions) if definitions else ()),
        rows=rows,
        accounted=Accounted(
            month_headings=("Period from",),
            type_headings=("Category",),
            month="period_from",
            type="category",
            months_apart=3 if definitions else 0,
        ),
        optional=layout.optional,
    )


def _rules_of(definitions: Sequence[PrescribedSet]) -> tuple[Rule, ...]:
    return (
        Rule(
            "no-definition-in-force",
            f"The set was not prescribed for that period; it is since {definitions[0].active_from:%-d %B %Y}.",
            lambda t: ~_any(t, definitions, lambda _: ibis.literal(True)),
        ),
        Rule(
            "period-not-a-quarter",
            "The period is not a quarter that begins in January, April, July or October.",
            _is_no_quarter,
        ),
        Rule(
            "area-kind-not-in-set",
            f"The kind of area is not the set's: {' or '.join(definitions[-1].area_kinds)}.",
            lambda t: ~_any(t, definitions, lambda one: cell(t, "Kind of area").isin(list(one.area_kinds))),
        ),
        Rule(
            "category-not-in-set",
            "The category is none of the set's; the template lists them.",
            lambda t: ~_any(t, definitions, lambda one: _is_category(t, one)),
        ),
        Rule(
            "sub-category-not-in-set",
            "The sub-category is none of its category's; the template lists them.",
            lambda t: ~_any(t, definitions, lambda one: _is_sub_category(t, one)),
        ),
        Rule(
            "field-left-empty",
            f"The row leaves a field empty that the set asks for: {', '.join(definitions[-1].requires) or 'none'}.",
            lambda t: ~_any(t, definitions, lambda one: _is_filled_in(t, one)),
        ),
    )


def _any(
    text: ir.Table, definitions: Sequence[PrescribedSet], holds: Callable[[PrescribedSet], ir.BooleanValue]
) -> ir.BooleanValue:
    """Rows for which something holds of the definition in force."""
    found = ibis.literal(False)
    begins = day(text, "Period from")
    for one in definitions:
        in_force = begins.between(one.active_from, date.max) & (
            ibis.literal(True) if one.active_until is None else begins < one.active_until
        )
        found |= (in_force & holds(one)).fill_null(False)
    return found


def _is_no_quarter(text: ir.Table) -> ir.BooleanValue:
    begins, until = day(text, "Period from"), after(day(text, "Period to"))
    starts = (begins.day() == 1) & begins.month().isin([1, 4, 7, 10])
    return ~(starts & (until == later(begins, months=3)))


def _is_category(text: ir.Table, definition: PrescribedSet) -> ir.BooleanValue:
    if not definition.categories:
        return ibis.literal(True)
    return cell(text, "Category").isin([category.name for category in definition.categories])


def _is_sub_category(text: ir.Table, definition: PrescribedSet) -> ir.BooleanValue:
    fits = ibis.literal(True)
    written = cell(text, "Sub-category")
    for category in definition.categories:
        wrong = written.notnull() & (cell(text, "Category") == category.name)
        if category.icd:
            first, last = category.icd
            fits &= ~(wrong & ~(written.re_search(ICD) & written.left(3).between(first, last))).fill_null(False)
        elif category.sub_categories:
            fits &= ~(wrong & ~written.isin(list(category.sub_categories))).fill_null(False)
    return fits


def _is_filled_in(text: ir.Table, definition: PrescribedSet) -> ir.BooleanValue:
    filled = ibis.literal(True)
    for heading in definition.requires:
        filled &= ~is_blank(text, heading)
    return filled

"""Files of answers to a survey of perceptions: how many gave each answer, of how many asked."""

from __future__ import annotations

import ibis.expr.types as ir

from wardstats.engines.duckdb import Backend
from wardstats.sources.cells import (
    AREA_KINDS,
    WHOLE,
    after,
    day,
    is_blank,
    is_example,
    is_malformed_area,
    is_no_day,
    is_unknown_kind,
)
from wardstats.sources.grammar import REPEATED_HEADINGS, Accounted, Grammar, Rule, begins_with_hyphen
from wardstats.sources.layouts import EXAMPLE, Field, FieldKind, Layout
from wardstats.sources.partner_counts import unfit
from wardstats.sources.refusal import UnableToRead
from wardstats.tables import SURVEY_ANSWERS

NUMBER = r"^\d{1,9}(\.\d{1,9})?$"
LAYOUT = Layout(
    name="Answers to a survey",
    fields=(
        Field("Survey", FieldKind.WORDS, True, "The survey's name.", "Residents' survey 2026"),
        Field("Asked from", FieldKind.DAY, True, "First day on which people were asked.", "2026-01-05"),
        Field("Asked to", FieldKind.DAY, True, "Last day, itself included.", "2026-02-27"),
        Field("Kind of area", FieldKind.WORDS, True, "What kind of area it is.", "district", tuple(AREA_KINDS)),
        Field("Area", FieldKind.WORDS, True, "Its ONS code; empty where answers are of all areas.", "E08000031"),
        Field("Question", FieldKind.WORDS, True, "As it was put.", f"{EXAMPLE} How safe do you feel after dark?"),
        Field("Answer", FieldKind.WORDS, True, "As it was offered.", "Fairly safe"),
        Field("Base", FieldKind.WHOLE, True, "People who answered the question, unweighted.", "812"),
        Field("Weighted count", FieldKind.NUMBER, True, "Those who gave this answer, weighted.", "301.4"),
    ),
)


def rows(text: ir.Table) -> ir.Table:
    """Rows of text as rows of the table of answers."""
    return text.select(
        survey=text["Survey"],
        period_from=day(text, "Asked from"),
        period_until=after(day(text, "Asked to")),
        area_kind=text["Kind of area"],
        area_code=text["Area"],
        question=text["Question"],
        answer=text["Answer"],
        base=text["Base"].try_cast("int64"),
        weighted_count=text["Weighted count"].try_cast("float64"),
        source_file=text["source_file"],
    )


def _no_words(text: ir.Table) -> ir.BooleanValue:
    return is_blank(text, "Survey") | is_blank(text, "Question") | is_blank(text, "Answer")


RULES = (
    Rule(REPEATED_HEADINGS, "The row repeats the headings.", lambda t: t["Question"] == "Question"),
    Rule("example-row", "The row is the example of the template.", lambda t: is_example(t, "Question")),
    Rule(
        "period-unreadable",
        "The first or last day of asking is not written as a day, such as 2026-01-31.",
        lambda t: (
            is_blank(t, "Asked from") | is_blank(t, "Asked to") | is_no_day(t, "Asked from") | is_no_day(t, "Asked to")
        ),
    ),
    Rule("period-ends-before", "Asking ends before it begins.", lambda t: day(t, "Asked to") < day(t, "Asked from")),
    Rule("no-question-or-answer", "The row lacks the survey, the question or the answer.", _no_words),
    Rule("area-kind-unknown", "The kind of area is none of " + ", ".join(AREA_KINDS) + ".", is_unknown_kind),
    Rule("area-malformed", "The area is not written as one of its kind, such as E05015382.", is_malformed_area),
    Rule(
        "base-unreadable",
        "The base is not a whole number above nought.",
        lambda t: is_blank(t, "Base") | ~t["Base"].re_search(WHOLE) | (t["Base"].try_cast("int64") == 0),
    ),
    Rule(
        "weighted-count-unreadable",
        "The weighted count is not a number of nought or more.",
        lambda t: is_blank(t, "Weighted count") | ~t["Weighted count"].re_search(NUMBER),
    ),
    Rule(
        "begins-with-hyphen",
        "A cell of words begins with a hyphen.",
        lambda t: begins_with_hyphen(t, ("Survey", "Question", "Answer")),
    ),
)


def refuse_repeated_answers(backend: Backend, answers: ir.Table) -> None:
    """Refuse a file that tells of one answer twice. Raises UnableToRead."""
    grouped = answers.group_by(*SURVEY_ANSWERS.key).aggregate(
        rows=answers.count(), source_file=answers["source_file"].min()
    )
    found = grouped.filter(grouped["rows"] > 1).order_by(*SURVEY_ANSWERS.key).limit(1)
    for line in backend.to_pyarrow(found).to_pylist():
        raise UnableToRead(
            line["source_file"],
            column="Answer",
            found=f"“{line['answer']}” to “{line['question']}” in {line['area_code'] or 'all areas'} has {line['rows']} rows",
            expected="one row for each survey, area, question and answer",
            what_to_do="Find out which row is right and send the file again",
        )


SURVEY_FILES = Grammar(
    table=SURVEY_ANSWERS,
    headings=(LAYOUT.headings,),
    unfit=unfit,
    rules=RULES,
    rows=rows,
    accounted=Accounted(
        month_headings=("Asked from",),
        type_headings=("Question",),
        month="period_from",
        type="question",
        months_apart=0,
    ),
    refuse=refuse_repeated_answers,
)

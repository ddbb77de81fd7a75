"""Tables of what agencies give to a partnership: counts without people in them, and answers to surveys."""

from __future__ import annotations

from wardstats.tables.table import Column, ColumnType, Table

TEXT, DATE, WHOLE, REAL = ColumnType.TEXT, ColumnType.DATE, ColumnType.WHOLE, ColumnType.REAL

PARTNER_COUNTS = Table(
    name="partner_counts",
    columns=(
        Column("period_from", DATE, False, "First day of the period that the row is about."),
        Column("period_until", DATE, False, "First day after the period."),
        Column("area_kind", TEXT, False, "What kind of area: LSOA, ward, outward postcode or district."),
        Column("area_code", TEXT, True, "The area's code, or its outward postcode; none where the place is not known."),
        Column("category", TEXT, False, "What is counted, by the words of the set or of the agency."),
        Column("sub_category", TEXT, True, "A finer category, such as a code of ICD-10 for an admission to hospital."),
        Column("occurred_on", DATE, True, "The day, where rows are single events."),
        Column("time_of_day", TEXT, True, "The time of an event, HH:MM."),
        Column("location", TEXT, True, "The place of an event in words, such as a street; never somebody's address."),
        Column("count", WHOLE, False, "How many; 1 where a row is one event."),
        Column("source_file", TEXT, False, "Stem of the file."),
    ),
    key=(),
    grain="One row is a number of events of one category in one area and period, or one event with its day and time.",
    known_faults=(
        "Agencies count by rules of their own: two agencies' counts are not to be added up.",
        "A combination that is absent may be none, or may not have been given.",
    ),
)

SURVEY_ANSWERS = Table(
    name="survey_answers",
    columns=(
        Column("survey", TEXT, False, "The survey's name."),
        Column("period_from", DATE, False, "First day on which people were asked."),
        Column("period_until", DATE, False, "First day after the last."),
        Column("area_kind", TEXT, False, "What kind of area: LSOA, ward, outward postcode or district."),
        Column("area_code", TEXT, True, "The area's code; none where the answers are of all areas asked."),
        Column("question", TEXT, False, "The question as it was put."),
        Column("answer", TEXT, False, "The answer as it was offered."),
        Column("base", WHOLE, False, "People who answered this question there, unweighted."),
        Column("weighted_count", REAL, False, "Those who gave this answer, weighted to stand for all residents asked."),
        Column("source_file", TEXT, False, "Stem of the file."),
    ),
    key=("survey", "period_from", "area_kind", "area_code", "question", "answer"),
    grain="One row is one answer to one question in one area and one wave.",
    known_faults=("A share without its base and margin says nothing: small bases make large changes by chance.",),
)

AGENCIES = (PARTNER_COUNTS, SURVEY_ANSWERS)

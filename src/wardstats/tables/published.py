"""Tables of what the police, the Home Office and the ministry for communities publish beside street-level crime."""

from __future__ import annotations

from wardstats.tables.table import Column, ColumnType, Table

TEXT, DATE, WHOLE, REAL = ColumnType.TEXT, ColumnType.DATE, ColumnType.WHOLE, ColumnType.REAL

POLICE_OUTCOMES = Table(
    name="police_outcomes",
    columns=(
        Column(
            "crime_id", TEXT, True, "The police's 64-digit identifier of the crime, the same as in the street file."
        ),
        Column("month", DATE, False, "First day of the month in which the outcome was recorded, not the crime."),
        Column("reported_by", TEXT, False, "The force that published the row."),
        Column("falls_within", TEXT, False, "The force said to be responsible; at present the same force."),
        Column("longitude", REAL, True, "Degrees east (WGS 84) of the anonymous map point of the crime."),
        Column("latitude", REAL, True, "Degrees north (WGS 84) of the anonymous map point of the crime."),
        Column("location", TEXT, False, "“On or near” a street or place; “No Location” where none is published."),
        Column("lsoa_code", TEXT, True, "LSOA of the map point, in the version of that month."),
        Column("lsoa_name", TEXT, True, "Its name."),
        Column("outcome_type", TEXT, False, "What came of the crime, in the police's words."),
        Column("source_file", TEXT, False, "Stem of the file, for example 2016-01-city-of-london-outcomes."),
    ),
    key=(),
    grain="One row is one published outcome. A crime may have several, in different months.",
    known_faults=(
        "The month is that of the outcome, so outcomes and crimes of one month are not the same cases.",
        "Outcomes in court are published late, and some never.",
    ),
)

STOP_AND_SEARCH = Table(
    name="stop_and_search",
    columns=(
        Column("type", TEXT, False, "“Person search”, “Vehicle search” or “Person and Vehicle search”."),
        Column("month", DATE, False, "First day of the month of the search."),
        Column("searched_on", DATE, False, "The day of the search."),
        Column("time_of_day", TEXT, False, "The time as published, HH:MM; which clock is not said."),
        Column("part_of_operation", TEXT, True, "“True” or “False” as published; often left out."),
        Column("operation", TEXT, True, "The policing operation's name, hardly ever published."),
        Column("longitude", REAL, True, "Degrees east (WGS 84) of the anonymous map point; some forces publish none."),
        Column("latitude", REAL, True, "Degrees north (WGS 84) of the anonymous map point."),
        Column("gender", TEXT, True, "As recorded by the officer; none for a search of a vehicle alone."),
        Column("age_range", TEXT, True, "In the police's bands, such as 18-24."),
        Column("self_defined_ethnicity", TEXT, True, "In the words of the person searched, by census categories."),
        Column("officer_defined_ethnicity", TEXT, True, "As the officer saw it, in broad groups."),
        Column("legislation", TEXT, True, "The power used."),
        Column("object_of_search", TEXT, True, "What was looked for."),
        Column("outcome", TEXT, True, "What came of it."),
        Column("outcome_linked", TEXT, True, "Whether the outcome has to do with what was looked for, as published."),
        Column(
            "outer_clothing_removed", TEXT, True, "“True” where more than outer clothing was removed, as published."
        ),
        Column("source_file", TEXT, False, "Stem of the file; its name alone tells the force."),
    ),
    key=(),
    grain="One row is one published search. Identical rows are separate searches and are kept.",
    known_faults=(
        "The file does not name its force, and often not the place.",
        "Comparing with residents says little: who is there to be searched is not who lives there.",
    ),
)

RECORDED_CRIME = Table(
    name="recorded_crime",
    columns=(
        Column(
            "period_from", DATE, False, "First day of the quarter, or of the financial year where no quarter is given."
        ),
        Column("period_until", DATE, False, "First day after it."),
        Column("area_kind", TEXT, False, "“force” or “community safety partnership”."),
        Column("area_name", TEXT, False, "The force or partnership as the Home Office names it."),
        Column("offence_group", TEXT, False, "The widest grouping, such as theft offences."),
        Column("offence_subgroup", TEXT, True, "The grouping within it."),
        Column("offence", TEXT, False, "The offence's description."),
        Column("offence_code", TEXT, False, "The Home Office's offence code, such as 22A."),
        Column("count", WHOLE, False, "Offences recorded. Less than nought where earlier quarters were revised down."),
        Column("source_file", TEXT, False, "Stem of the file."),
    ),
    key=("period_from", "period_until", "area_kind", "area_name", "offence_code", "offence"),
    grain="One row is one quarter, area and offence. Without quarters, the rows of a year are to be added up.",
    known_faults=(
        "Negative counts are revisions of earlier quarters and belong in every sum.",
        "Not to be added to street-level rows: they are the same crimes, counted by other rules.",
        "Fraud is recorded by Action Fraud since 2011 to 2013 and not by forces.",
    ),
)

DEPRIVATION = Table(
    name="deprivation",
    columns=(
        Column("area_code", TEXT, False, "LSOA of the version that the edition uses."),
        Column("edition", WHOLE, False, "2010, 2015, 2019 or 2025."),
        Column("lsoa_version", WHOLE, False, "2001 for 2010; 2011 for 2015 and 2019; 2021 for 2025."),
        Column("domain", TEXT, False, "“IMD” for the whole index, or one of its domains, such as “Crime”."),
        Column("rank", WHOLE, True, "Place among all LSOAs of England, 1 the most deprived."),
        Column("decile", WHOLE, True, "1 to 10, 1 the most deprived tenth."),
        Column("score", REAL, True, "The publisher's score; not comparable between editions."),
        Column("source", TEXT, False, "Publication."),
    ),
    key=("area_code", "edition", "domain"),
    grain="One row is one LSOA, edition and domain.",
    known_faults=(
        "Editions differ in areas, indicators and weights: a change of rank is not a change of place.",
        "Deprived people live in areas that are not, and the other way round.",
    ),
)

PUBLISHED = (POLICE_OUTCOMES, STOP_AND_SEARCH, RECORDED_CRIME, DEPRIVATION)

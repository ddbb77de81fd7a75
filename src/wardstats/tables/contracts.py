"""The tables: every reader delivers exactly one of these, and every measure reads nothing else."""

from __future__ import annotations

from collections.abc import Mapping

from wardstats.tables.agencies import AGENCIES
from wardstats.tables.national import NATIONAL
from wardstats.tables.published import PUBLISHED
from wardstats.tables.table import Column, ColumnType, Table

TEXT, DATE, WHOLE, REAL = ColumnType.TEXT, ColumnType.DATE, ColumnType.WHOLE, ColumnType.REAL

STREET_CRIME = Table(
    name="street_crime",
    columns=(
        Column(
            "crime_id",
            TEXT,
            True,
            "The police's 64-digit identifier; none for anti-social behaviour and for "
            "British Transport Police. Not unique: one crime may be published by two forces.",
        ),
        Column(
            "month",
            DATE,
            False,
            "First day of the month in which it happened or was reported; no finer date is published.",
        ),
        Column("reported_by", TEXT, False, "The force that published the row."),
        Column("falls_within", TEXT, False, "The force said to be responsible; at present the same force."),
        Column("longitude", REAL, True, "Degrees east (WGS 84) of the anonymous map point the place was snapped to."),
        Column("latitude", REAL, True, "Degrees north (WGS 84) of the anonymous map point the place was snapped to."),
        Column("location", TEXT, False, "“On or near” a street or place; “No Location” where none is published."),
        Column(
            "lsoa_code", TEXT, True, "Lower layer Super Output Area of the map point, in the version of that month."
        ),
        Column("lsoa_name", TEXT, True, "Its name; begins with the district's name of that version."),
        Column(
            "crime_type",
            TEXT,
            False,
            "One of the police's street-level categories. “Anti-social behaviour” counts "
            "incidents and is never part of a crime total.",
        ),
        Column("last_outcome_category", TEXT, True, "The latest outcome known on the day of the download."),
        Column("context", TEXT, True, "Free text; hardly ever used by the police."),
        Column("source_file", TEXT, False, "Stem of the file, for example 2014-01-west-midlands-street."),
    ),
    key=(),
    grain="One row is one published row. Identical rows are separate events and are kept.",
    known_faults=(
        "Places are snapped to a list of anonymous map points, so a row near a boundary may be on its other side.",
        "A district's rows are in several forces' files: its own, its neighbours' and British Transport Police's.",
        "LSOA codes are of 2011 in files up to May 2023 and of 2021 from June 2023.",
        "Downloads of different dates revise the latest months.",
    ),
)

AREA_MONTH_COUNTS = Table(
    name="area_month_counts",
    columns=(
        Column("area_code", TEXT, True, "ONS code of the area; none for rows published without a place."),
        Column("area_name", TEXT, True, "Its name in the source."),
        Column("month", DATE, False, "First day of the month."),
        Column("crime_type", TEXT, False, "One of the police's street-level categories."),
        Column("count", WHOLE, False, "Number of published rows. A combination that is absent has none."),
        Column("source_file", TEXT, False, "Stem of the file."),
    ),
    key=("area_code", "month", "crime_type", "source_file"),
    grain="One row is one area, month and crime type with at least one published row.",
    known_faults=("Noughts are absent, so an area without rows cannot be told from an area that was not published.",),
)

POPULATION = Table(
    name="population",
    columns=(
        Column("area_code", TEXT, False, "ONS code of the area."),
        Column("population", WHOLE, False, "Usual residents. Not who is there by day or by night."),
        Column("reference_date", DATE, False, "The day to which the number refers."),
        Column("source", TEXT, False, "Publication and table."),
    ),
    key=("area_code", "reference_date", "source"),
    grain="One row is one area at one date from one source.",
)

AREA_LOOKUP = Table(
    name="area_lookup",
    columns=(
        Column("lsoa_code", TEXT, False, "Lower layer Super Output Area."),
        Column("lsoa_name", TEXT, False, "Its name in that version."),
        Column("lsoa_version", WHOLE, False, "2011 or 2021: an unchanged area has a row for each."),
        Column("district_code", TEXT, False, "Local authority district."),
        Column(
            "ward_code",
            TEXT,
            True,
            "Ward it is best fitted to; none where successors of a 2011 area lie in different wards.",
        ),
        Column("ward_name", TEXT, True, "The ward's name."),
        Column("ward_version", TEXT, False, "Year of the ward boundaries, for example 2025."),
        Column("change", TEXT, True, "ONS change code from 2011 to 2021: U unchanged, S split, M merged, X irregular."),
        Column(
            "successors",
            TEXT,
            True,
            "The 2021 codes that a 2011 area became, joined by semicolons; none for a 2021 area.",
        ),
    ),
    key=("lsoa_code", "lsoa_version", "ward_version"),
    grain="One row is one LSOA of one version, placed in one set of wards.",
    known_faults=("Wards are fitted to whole LSOAs by ONS; a ward boundary may cut through one.",),
)

AREA_MEMBERS = Table(
    name="area_members",
    columns=(
        Column("set_code", TEXT, False, "The set of areas, for example priority-areas."),
        Column("area_code", TEXT, False, "The area within the set."),
        Column("area_name", TEXT, False, "Its name."),
        Column("grade", TEXT, True, "A grade that the partnership gave it, if any."),
        Column("lsoa_code", TEXT, False, "An LSOA, of either version, counted as part of it."),
        Column("basis", TEXT, False, "Where the membership comes from, for example illustrative."),
        Column("since", DATE, True, "First day of the membership; none where it is not known or does not matter."),
        Column("until", DATE, True, "First day after it; none while it lasts."),
    ),
    key=("set_code", "area_code", "lsoa_code", "since"),
    grain="One row is one LSOA in one area of one set for one stretch of time.",
)

LOCAL = (STREET_CRIME, AREA_MONTH_COUNTS, POPULATION, AREA_LOOKUP, AREA_MEMBERS)
ALL: Mapping[str, Table] = {table.name: table for table in (*LOCAL, *NATIONAL, *PUBLISHED, *AGENCIES)}

"""The tables of whole districts: what one partnership is compared by, and what is known to be wrong with each series."""

from __future__ import annotations

from enum import Enum

from wardstats.tables.table import Column, ColumnType, Table

TEXT, DATE, WHOLE = ColumnType.TEXT, ColumnType.DATE, ColumnType.WHOLE

DISTRICT_MONTH_COUNTS = Table(
    name="district_month_counts",
    columns=(
        Column("area_code", TEXT, True, "ONS code of the local authority district; none for rows without a place."),
        Column("area_name", TEXT, True, "Its name in the source."),
        Column("month", DATE, False, "First day of the month."),
        Column("crime_type", TEXT, False, "One of the police's street-level categories."),
        Column("count", WHOLE, False, "Number of published rows. A combination that is absent has none."),
        Column("source_file", TEXT, False, "Stem of the file."),
    ),
    key=("area_code", "month", "crime_type", "source_file"),
    grain="One row is one district, month and crime type with at least one published row.",
    known_faults=(
        "A force that sent nothing leaves its districts with the few rows of its neighbours and of British Transport Police.",
    ),
)

DISTRICT_POPULATION = Table(
    name="district_population",
    columns=(
        Column("area_code", TEXT, False, "ONS code of the district."),
        Column("population", WHOLE, False, "Usual residents. Not who is there by day or by night."),
        Column("reference_date", DATE, False, "The day to which the number refers."),
        Column("source", TEXT, False, "Publication and table."),
    ),
    key=("area_code", "reference_date", "source"),
    grain="One row is one district at one date from one source.",
)


class BreakKind(Enum):
    """What broke a series.

    A hole: the rows of some months are not all there, or not true. Or a step: from a month on they mean another thing.
    """

    ABSENT = "absent"
    PARTIAL = "partial"
    DOUBLED = "doubled"
    RECORDING = "recording"
    DEFINITION = "definition"
    BOUNDARY = "boundary"
    SUPPLIER = "supplier"

    @property
    def is_hole(self) -> bool:
        """Whether the counts of its months are no true counts; otherwise they are, but of something else than before."""
        return self in (BreakKind.ABSENT, BreakKind.PARTIAL, BreakKind.DOUBLED)


PARTNERSHIP_LOOKUP = Table(
    name="partnership_lookup",
    columns=(
        Column("district_code", TEXT, False, "Local authority district."),
        Column("district_name", TEXT, False, "Its name."),
        Column("partnership_code", TEXT, False, "Community Safety Partnership, coded by ONS (E22…, W22…)."),
        Column("partnership_name", TEXT, False, "Its name."),
        Column("force_code", TEXT, False, "Police force area."),
        Column("force_name", TEXT, False, "Its name."),
        Column("edition", TEXT, False, "Year of the lookup, for example 2024."),
    ),
    key=("district_code", "partnership_code", "edition"),
    grain="One row is one district within one partnership: a partnership may have several, and a district too.",
)

PEER_GROUPS = Table(
    name="peer_groups",
    columns=(
        Column("group_code", TEXT, False, "The group, for example metropolitan-districts."),
        Column("group_name", TEXT, False, "Its name, as it follows “compared with the”."),
        Column("district_code", TEXT, False, "A member."),
        Column("since", DATE, False, "First month of the membership."),
        Column("until", DATE, True, "First month after it; none while it lasts."),
        Column("basis", TEXT, False, "Who made the group, and of what."),
    ),
    key=("group_code", "district_code", "since"),
    grain="One row is one district's membership of one group for one stretch of time.",
)

SERIES_BREAKS = Table(
    name="series_breaks",
    columns=(
        Column("code", TEXT, False, "Names the break."),
        Column("area_code", TEXT, True, "The district or police force area it is about; none for everywhere."),
        Column("area_name", TEXT, True, "Its name."),
        Column("crime_type", TEXT, True, "The only type it is about; none for all."),
        Column("kind", TEXT, False, "What happened, one of the kinds that measures know."),
        Column("since", DATE, False, "First month concerned."),
        Column(
            "until",
            DATE,
            True,
            "First month no longer concerned; none for a step that lasts, or a hole not yet mended.",
        ),
        Column("sentence", TEXT, False, "What is said beside a figure."),
        Column("source", TEXT, False, "How it is known."),
    ),
    key=("code",),
    grain="One row is one break of one series.",
)

NATIONAL = (DISTRICT_MONTH_COUNTS, DISTRICT_POPULATION, PARTNERSHIP_LOOKUP, PEER_GROUPS, SERIES_BREAKS)

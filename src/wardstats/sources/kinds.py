"""Which grammar reads the files of which table, and which layout its suppliers are given."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from wardstats.sources import area_month_counts, partner_counts, recorded_crime, survey_answers
from wardstats.sources.area_month_counts import COUNT_FILES
from wardstats.sources.grammar import Grammar
from wardstats.sources.layouts import Layout
from wardstats.sources.police_outcomes import OUTCOME_FILES
from wardstats.sources.police_stops import STOP_FILES
from wardstats.sources.police_street import STREET_FILES
from wardstats.sources.recorded_crime import RECORDED_CRIME_FILES
from wardstats.sources.survey_answers import SURVEY_FILES
from wardstats.tables import PARTNER_COUNTS
from wardstats.tables.prescribed import definitions_of

PUBLISHED: Mapping[str, Grammar] = {
    grammar.table.name: grammar
    for grammar in (STREET_FILES, COUNT_FILES, OUTCOME_FILES, STOP_FILES, RECORDED_CRIME_FILES, SURVEY_FILES)
}
READ = (*PUBLISHED, PARTNER_COUNTS.name)
"""Tables whose files are read row by row, with rows set aside; the others are reference data, read whole."""

_LAYOUTS: Mapping[str, Callable[[], Layout]] = {
    "area_month_counts": lambda: area_month_counts.LAYOUT,
    "recorded_crime": lambda: recorded_crime.LAYOUT,
    "survey_answers": lambda: survey_answers.LAYOUT,
}


def grammar_of(table: str, prescribed: str = "") -> Grammar:
    """How the files of a table are read, and of a prescribed set if one is named. Raises KeyError for an unknown one."""
    if table == PARTNER_COUNTS.name:
        return partner_counts.grammar_of(definitions_of(prescribed) if prescribed else ())
    return PUBLISHED[table]


def layout_of(table: str, prescribed: str = "") -> Layout | None:
    """What a supplier is asked to fill in; ``None`` for files that are sent as somebody else publishes them.

    Examples
    --------
    >>> layout_of("partner_counts", "fire").field("Date").is_required
    True
    >>> layout_of("street_crime") is None
    True
    """
    if table == PARTNER_COUNTS.name:
        return partner_counts.layout_of(definitions_of(prescribed) if prescribed else ())
    found = _LAYOUTS.get(table)
    return found() if found else None


def is_health(prescribed: str) -> bool:
    """Whether files of a set are refused whole at the first sign of a person."""
    return bool(prescribed) and any(one.is_health for one in definitions_of(prescribed))

"""The figures a yearly strategic assessment starts with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from wardstats.disclosure import Value
from wardstats.measures.periods import Period, month_after, month_of

YEAR = 12
SERIES_MONTHS = 36


@dataclass(frozen=True)
class StandardFigure:
    """One figure of the yearly set: a name for its place in the assessment, the measure and what it is asked."""

    slug: str
    code: str
    parameters: Mapping[str, Value]


def standard_figures(
    district: str, until: str, *, first: str | None = None, set_code: str | None = "priority-areas"
) -> tuple[StandardFigure, ...]:
    """The figures every yearly assessment starts with: how much, of what, where, and how it changed.

    Parameters
    ----------
    district
        ONS code of the district.
    until
        The month after the last one assessed, such as ``2025-11``. The assessed year is the twelve months before it.
    first
        The first month kept; the monthly series begin with it, and at most three years back.
    set_code
        The set of areas whose quotient is given; None for a district without one.

    Examples
    --------
    >>> [figure.slug for figure in standard_figures("E08000031", "2025-11")][:3]
    ['crimes', 'crime-rate', 'crime-change']
    """
    end = month_of(until)
    year = Period(month_after(end, -YEAR), end)
    start = month_after(end, -SERIES_MONTHS)
    start = start if first is None else max(start, month_of(first))
    place = {"district": district}
    assessed = place | _asked(year)
    compared = assessed | {"compare_from": _month(year.preceding.since), "compare_until": _month(year.since)}
    series = place | _asked(Period(start, end))
    wards = assessed | {"level": "ward25"}
    figures = [
        StandardFigure("crimes", "crime-count", assessed),
        StandardFigure("crime-rate", "crime-rate", assessed),
        StandardFigure("crime-change", "crime-change", compared),
        StandardFigure("crime-by-month", "crime-monthly", series),
        StandardFigure("crime-by-type", "crime-by-type", assessed),
        StandardFigure("change-by-type", "type-change", compared),
        StandardFigure("wards-by-count", "areas-ranked", wards | {"by": "count"}),
        StandardFigure("wards-by-rate", "areas-ranked", wards | {"by": "rate"}),
        StandardFigure("violence-by-month", "crime-monthly", series | {"crime_type": "Violence and sexual offences"}),
        StandardFigure("burglary-by-month", "crime-monthly", series | {"crime_type": "Burglary"}),
        StandardFigure("asb-incidents", "asb-incidents", assessed),
        StandardFigure("asb-by-month", "asb-monthly", series),
    ]
    if set_code is not None:
        figures.append(StandardFigure("priority-areas", "priority-area-quotient", assessed | {"set_code": set_code}))
    return tuple(figures)


def _asked(period: Period) -> dict[str, Value]:
    return {"from": _month(period.since), "until": _month(period.until)}


def _month(month: date) -> str:
    return f"{month:%Y-%m}"

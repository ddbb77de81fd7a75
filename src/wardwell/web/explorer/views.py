"""The views of one question: by month, by area, by type; each is one measure asked in one way."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.conf import settings

from wardstats import Disclosed, DisclosureRule
from wardwell.web.explorer.asking import Asked
from wardwell.web.explorer.holdings import Holding

Parameters = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class View:
    """One way to look at a question. `asks` gives the measure and what it is asked, or nothing where it has no answer."""

    name: str
    label: str
    asks: Callable[[Asked], tuple[str, Parameters] | None]

    def answer(self, held: Holding, asked: Asked) -> Disclosed | None:
        """The disclosed table; None where the view does not suit the question. Raises UnableToCompute."""
        question = self.asks(asked)
        return held.answer(*question, rule()) if question else None


def rule() -> DisclosureRule:
    """The partnership's rule on small numbers; the same on screen as in print."""
    return DisclosureRule(threshold=settings.SMALL_NUMBER_THRESHOLD)


def _place(asked: Asked) -> dict[str, str | None]:
    return {**asked.period, "area_code": asked.area or None}


def _crimes(asked: Asked) -> dict[str, str | None]:
    return {**_place(asked), "crime_type": asked.crime_type or None}


def _total(asked: Asked) -> tuple[str, Parameters]:
    return ("asb-incidents", _place(asked)) if asked.is_about_incidents else ("crime-count", _crimes(asked))


def _rate(asked: Asked) -> tuple[str, Parameters] | None:
    return None if asked.is_about_incidents else ("crime-rate", _crimes(asked))


def _change(asked: Asked) -> tuple[str, Parameters] | None:
    return None if asked.is_about_incidents else ("crime-change", {**_crimes(asked), **asked.year_before})


def _by_month(asked: Asked) -> tuple[str, Parameters]:
    return ("asb-monthly", _place(asked)) if asked.is_about_incidents else ("crime-monthly", _crimes(asked))


def _by_area(asked: Asked) -> tuple[str, Parameters] | None:
    if asked.is_about_incidents:
        return None
    asks = {**asked.period, "level": asked.level, "by": asked.by, "crime_type": asked.crime_type or None}
    return "areas-ranked", asks


def _by_type(asked: Asked) -> tuple[str, Parameters] | None:
    return None if asked.crime_type else ("crime-by-type", _place(asked))


def _types(asked: Asked) -> tuple[str, Parameters] | None:
    return None if asked.crime_type else ("types-by-month", _place(asked))


def _compared(asked: Asked) -> tuple[str, Parameters] | None:
    if asked.is_about_incidents or asked.area:
        return None
    return "districts-compared", {**asked.period, "crime_type": asked.crime_type or None, "peers": asked.peers}


TOTAL = View("total", "How many", _total)
RATE = View("rate", "For every 1,000 residents", _rate)
CHANGE = View("change", "Change on a year before", _change)
BY_MONTH = View("by-month", "By month", _by_month)
BY_AREA = View("by-area", "By area", _by_area)
BY_TYPE = View("by-type", "By type", _by_type)
TYPES_BY_MONTH = View("types-by-month", "Each type by month", _types)
COMPARED = View("compared", "Compared with other districts", _compared)
VIEWS = {view.name: view for view in (TOTAL, RATE, CHANGE, BY_MONTH, BY_AREA, BY_TYPE, COMPARED, TYPES_BY_MONTH)}

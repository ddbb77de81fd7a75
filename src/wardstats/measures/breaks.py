"""The register of breaks: where a published series has holes, or goes on meaning something else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from wardstats.measures.periods import Period
from wardstats.tables import BreakKind

LASTING = date(9999, 1, 1)


@dataclass(frozen=True)
class SeriesBreak:
    """One break: of which area's series, of which type (None for every type), from which month until before which.

    ``until`` is far ahead where no end is known.
    """

    code: str
    area_code: str | None
    crime_type: str | None
    kind: BreakKind
    since: date
    until: date
    sentence: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> SeriesBreak:
        """A row of the table of breaks."""
        names = ("code", "area_code", "crime_type", "since", "sentence")
        return cls(**{name: row[name] for name in names}, kind=BreakKind(row["kind"]), until=row["until"] or LASTING)

    def concerns(self, crime_type: str | None) -> bool:
        """Whether counts of a type (None for all crime) hold rows that it is about."""
        return None in (self.crime_type, crime_type) or self.crime_type == crime_type

    def spoils(self, month: date) -> bool:
        """Whether the count of a month is no true count."""
        return self.kind.is_hole and self.since <= month < self.until

    def touches(self, period: Period) -> bool:
        """Whether a figure over the period must say so: a hole within it, or a step after its beginning.

        >>> step = SeriesBreak("ics", None, None, BreakKind.SUPPLIER, date(2024, 4, 1), LASTING, "The force changed its system.")
        >>> step.touches(Period(date(2024, 1, 1), date(2024, 7, 1))), step.touches(Period(date(2024, 4, 1), date(2024, 7, 1)))
        (True, False)
        """
        if self.kind.is_hole:
            return self.since < period.until and period.since < self.until
        return period.since < self.since < period.until

    def divides(self, earlier: Period, later: Period) -> bool:
        """Whether two periods lie on both sides of a step, so that a difference between them may be the step."""
        return not self.kind.is_hole and earlier.since < self.since < later.until


def holes(breaks: Iterable[SeriesBreak], period: Period, crime_type: str | None) -> tuple[date, ...]:
    """The months of a period whose counts are no true counts."""
    concerned = [one for one in breaks if one.concerns(crime_type)]
    return tuple(month for month in period.months if any(one.spoils(month) for one in concerned))

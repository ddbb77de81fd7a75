"""Days at risk: how long somebody could have reoffended, with custody left out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Stay:
    """Days in custody from the first, ``begins``, to the day of release, ``ends``, which is a day at liberty.

    ``ends`` is None while nobody knows when it will end.

    Raises
    ------
    ValueError
        If the stay ends before it begins.
    """

    begins: date
    ends: date | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < self.begins:
            raise ValueError(f"a stay in custody ends before it begins: {self.begins} to {self.ends}")

    def holds(self, day: date) -> bool:
        """Whether this is a day in custody."""
        return self.begins <= day and (self.ends is None or day < self.ends)


def days_at_risk(begins: date, ends: date, *, custody: Iterable[Stay] = ()) -> int:
    """Days from ``begins`` up to but without ``ends`` that were not spent in custody.

    Stays may overlap (a sentence that begins during a remand): no day is taken off twice.

    Raises
    ------
    ValueError
        If the period ends before it begins.

    When not to use this
    --------------------
    Not for time under supervision, of which custody may be part. A day of temporary release counts as custody.

    Examples
    --------
    A year with two months in custody, the second stay inside the first:

    >>> stays = [Stay(date(2026, 3, 1), date(2026, 5, 1)), Stay(date(2026, 4, 1), date(2026, 4, 20))]
    >>> days_at_risk(date(2026, 1, 1), date(2027, 1, 1), custody=stays)
    304
    """
    if ends < begins:
        raise ValueError(f"a period ends before it begins: {begins} to {ends}")
    free, days = begins, 0
    for stay in sorted(custody, key=lambda stay: stay.begins):
        days += max(0, (min(stay.begins, ends) - free).days)
        free = max(free, ends if stay.ends is None else min(stay.ends, ends))
    return days + (ends - free).days

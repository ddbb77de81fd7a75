"""The balance of a board: how many of its filled seats are statutory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

STATUTORY_SHARE_BELOW = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class SeatMix:
    """Statutory seats among the filled seats of a board (duties.md GOV-3; the strategy: under 50% since July 2013)."""

    statutory: int
    filled: int
    vacant: int

    @property
    def share(self) -> Fraction | None:
        """Statutory over filled; None while no seat is filled."""
        return Fraction(self.statutory, self.filled) if self.filled else None

    @property
    def alert(self) -> bool:
        """Whether the share has reached a half.

        >>> SeatMix(statutory=8, filled=17, vacant=0).alert, SeatMix(statutory=8, filled=16, vacant=1).alert
        (False, True)
        """
        return self.share is not None and self.share >= STATUTORY_SHARE_BELOW


def seat_mix(seats: Iterable[tuple[bool, bool]]) -> SeatMix:
    """The mix of seats given as (is statutory, is filled).

    >>> seat_mix([(True, True)] * 8 + [(False, True)] * 9)
    SeatMix(statutory=8, filled=17, vacant=0)
    >>> seat_mix([(True, True), (False, False)])
    SeatMix(statutory=1, filled=1, vacant=1)
    """
    rows = list(seats)
    filled = [statutory for statutory, is_filled in rows if is_filled]
    return SeatMix(statutory=sum(filled), filled=len(filled), vacant=len(rows) - len(filled))

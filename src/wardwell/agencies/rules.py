"""Which agencies there are as at a date, and which of them the law makes responsible."""

from __future__ import annotations

from datetime import date


def is_active(*, active_from: date | None, active_until: date | None, as_at: date) -> bool:
    """Whether something dated holds at a date; an unknown end is open, the end itself is exclusive.

    >>> from datetime import date
    >>> is_active(active_from=date(2010, 4, 1), active_until=date(2014, 6, 1), as_at=date(2014, 5, 31))
    True
    >>> is_active(active_from=date(2010, 4, 1), active_until=date(2014, 6, 1), as_at=date(2014, 6, 1))
    False
    >>> is_active(active_from=None, active_until=None, as_at=date(1066, 10, 14))
    True
    """
    return (active_from is None or active_from <= as_at) and (active_until is None or as_at < active_until)

"""Share quotient: how an area's share of the crime stands to its share of the people (a location quotient)."""

from __future__ import annotations

from dataclasses import dataclass

from wardstats.methods.changes import change
from wardstats.methods.intervals import Interval
from wardstats.methods.proportions import Proportion, proportion


@dataclass(frozen=True)
class ShareQuotient:
    """Both shares with their counts, their quotient, and the rate ratio against the rest of the area.

    ``rate_ratio`` is None when the rest has no events or no people. The two answer different questions: the quotient
    compares with the whole, of which the area itself is a part; the rate ratio compares with everywhere else.
    """

    events: Proportion
    people: Proportion
    quotient: float
    interval: Interval
    rate_ratio: float | None
    rate_ratio_interval: Interval | None


def share_quotient(
    events: int, all_events: int, people: int, all_people: int, *, confidence: float = 0.95
) -> ShareQuotient:
    """The share of events divided by the share of people, Wilson's interval on the first.

    Raises
    ------
    ValueError
        If a part is larger than its whole, or nobody lives in the area.

    When not to use this
    --------------------
    Not to say that residents of the area are at more risk: where many who are exposed live elsewhere (a city centre)
    the quotient measures the crowd. Not as a test: areas drawn around crime have a high quotient because they were.

    References
    ----------
    Brantingham PL, Brantingham PJ (1998). Mapping crime for analytic purposes: location quotients, counts and rates.

    Examples
    --------
    Thirty per cent of the crime with sixteen per cent of the people:

    >>> found = share_quotient(300, 1000, 160, 1000)
    >>> round(found.quotient, 1), round(found.rate_ratio, 2)
    (1.9, 2.25)
    """
    if people <= 0:
        raise ValueError("no quotient where nobody lives")
    of_events = proportion(events, all_events, confidence=confidence)
    of_people = proportion(people, all_people, confidence=confidence)
    quotient = of_events.value / of_people.value
    ratio = ratio_interval = None
    if people < all_people and events < all_events:
        against_rest = change(
            all_events - events,
            events,
            exposure_before=all_people - people,
            exposure_after=people,
            confidence=confidence,
        )
        ratio, ratio_interval = against_rest.ratio, against_rest.interval
    return ShareQuotient(
        of_events, of_people, quotient, of_events.interval.scaled(1 / of_people.value), ratio, ratio_interval
    )

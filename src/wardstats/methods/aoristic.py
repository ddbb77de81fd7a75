"""Time of day of events whose time is known only between a start and an end: aoristic weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wardstats.methods.counts import Numbers

HOURS, DAYS = 24, 7
HOUR, WEEK = 3_600, 7 * 24 * 3_600
FIRST_MONDAY = np.datetime64("1970-01-05", "s")
FINE_ENOUGH = ("h", "m", "s", "ms", "us", "ns")
EVENTS_AT_ONCE = 20_000

Seconds = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class AoristicWeights:
    """For each event, in the order given, the share of its window in each hour of the week. Its arrays cannot be written to.

    Parameters
    ----------
    week
        Shape (events, 168), each row with a sum of one: Monday from midnight to one o'clock first.
    evenly
        The events whose window was a week or longer: they are spread evenly over the week, and say nothing of when.
    """

    week: Numbers
    evenly: NDArray[np.bool_]

    @property
    def hours(self) -> Numbers:
        """The share in each hour of the day, shape (events, 24)."""
        return np.asarray(self.week.reshape(-1, DAYS, HOURS).sum(axis=1), dtype=np.float64)

    @property
    def days(self) -> Numbers:
        """The share on each day of the week, shape (events, 7), Monday first."""
        return np.asarray(self.week.reshape(-1, DAYS, HOURS).sum(axis=2), dtype=np.float64)

    @property
    def total(self) -> Numbers:
        """The events expected in each hour of the week, shape (7, 24): what a map of days by hours is drawn from."""
        return np.asarray(self.week.sum(axis=0).reshape(DAYS, HOURS), dtype=np.float64)


def aoristic_weights(starts: ArrayLike, ends: ArrayLike) -> AoristicWeights:
    """How likely each hour of the week is, for events known to have happened between a start and an end.

    Every moment of the window is as likely as any other, to the second: from 10:55 to 11:55 a twelfth falls to the tenth hour
    and eleven twelfths to the eleventh. The window takes in its start and not its end; where both are the same
    the event belongs to that hour. From a week on, whole weeks and the rest alike are spread evenly.

    Clocks: starts and ends are what the clock on the wall showed. A window across a change of the clocks is weighed as if
    every hour had sixty minutes, so that the night in spring gets a share for an hour that there was not. A window
    whose end is before its start because the clocks went back in between is refused like any other; give its end as an hour
    later.

    Parameters
    ----------
    starts, ends
        One of each for each event, shape (events,), as numpy dates with a time of day (``datetime64``, hours or finer).

    Raises
    ------
    ValueError
        If there are no events, or not an end for each start; if one is missing, or has no time of day; if an end is before
        its start.

    When not to use this
    --------------------
    Not for how sure one may be: the weights are no counts, and events with long windows smooth away the peak; show how
    many were spread evenly. Not where midnight, or a start and end exactly a day apart, was recorded for "not known". Not with
    the middle or the end of the window in place of weights: both make peaks that are not there.

    References
    ----------
    Ratcliffe JH, McCullagh MJ (1998). Aoristic crime analysis. International Journal of Geographical Information Science
    12, 751-764.
    Ratcliffe JH (2002). Aoristic signatures and the spatio-temporal analysis of high volume crime patterns. Journal of
    Quantitative Criminology 18, 23-43.
    Ashby MPJ, Bowers KJ (2013). A comparison of methods for temporal analysis of aoristic crime. Crime Science 2, 1.

    Examples
    --------
    A house left at eight and found broken into at four: an eighth for each hour.

    >>> starts = np.array(["2024-03-04T08:00", "2024-03-05T10:55"], dtype="datetime64[m]")
    >>> ends = np.array(["2024-03-04T16:00", "2024-03-05T11:55"], dtype="datetime64[m]")
    >>> found = aoristic_weights(starts, ends)
    >>> found.hours[0, 7:17].tolist()
    [0.0, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.125, 0.0]
    >>> found.hours[1, 10:12].round(4).tolist(), found.days.sum(axis=0).tolist()
    ([0.0833, 0.9167], [1.0, 1.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    """
    first, last = _seconds(starts, "start"), _seconds(ends, "end")
    if first.shape != last.shape:
        raise ValueError(f"{len(first)} starts and {len(last)} ends")
    if not len(first):
        raise ValueError("there are no events")
    if (last < first).any():
        raise ValueError(f"event {int(np.argmax(last < first))} ends before it starts")
    week = np.concatenate(
        [
            _weights(first[at : at + EVENTS_AT_ONCE], last[at : at + EVENTS_AT_ONCE])
            for at in range(0, len(first), EVENTS_AT_ONCE)
        ]
    )
    evenly = last - first >= WEEK
    for each in (week, evenly):
        each.setflags(write=False)
    return AoristicWeights(week, evenly)


def _seconds(times: ArrayLike, which: str) -> Seconds:
    """Seconds since the midnight before a Monday."""
    known = np.asarray(times)
    if known.dtype.kind != "M" or np.datetime_data(known.dtype)[0] not in FINE_ENOUGH:
        raise ValueError(f"a {which} is a numpy date with a time of day, not {known.dtype}")
    if known.ndim != 1:
        raise ValueError(f"one {which} for each event, not of shape {known.shape}")
    if np.isnat(known).any():
        raise ValueError(f"event {int(np.argmax(np.isnat(known)))} has no {which}")
    return (known.astype("datetime64[s]") - FIRST_MONDAY).astype(np.int64)


def _weights(first: Seconds, last: Seconds) -> Numbers:
    length = (last - first)[:, np.newaxis]
    begins = (first % WEEK)[:, np.newaxis]
    # A window of less than a week ends before the second week does.
    hours = np.arange(2 * DAYS * HOURS) * HOUR
    overlap = np.minimum(begins + length, hours + HOUR) - np.maximum(begins, hours)
    within = np.maximum(overlap, 0).reshape(len(first), 2, DAYS * HOURS).sum(axis=1)
    at_once = (begins // HOUR == np.arange(DAYS * HOURS)).astype(np.float64)
    shares = np.where(length > 0, within / np.maximum(length, 1), at_once)
    return np.where(length >= WEEK, 1 / (DAYS * HOURS), shares)

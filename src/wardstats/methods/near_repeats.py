"""Near repeats: whether events that are close in space are also closer in time than chance would have it (Knox test)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.spatial import cKDTree

MOST_PAIRS = 20_000_000
LONGEST_SPAN = 2**31 - 2
PAIRS_MEASURED_AT_ONCE = 1_000_000
# A sum of 255 yes-or-no answers still fits a byte: the additions stay eight times narrower than whole numbers would be.
PAIRS_ADDED, ADDITIONS, PERMUTATIONS_AT_ONCE = 255, 4, 128

Days = NDArray[np.int64]
Counts = NDArray[np.int64]
Narrow = NDArray[np.int16] | NDArray[np.int32]


@dataclass(frozen=True)
class NearRepeatBand:
    """Pairs of events this far apart in space and in time, beside what permuted dates gave.

    Both ranges are half-open: the lower end is included, the upper end is not. ``expected`` is the mean over the
    permutations and ``ratio`` the Knox ratio, observed over expected: None when no permutation had such a pair.
    ``p_value`` is one-sided, the chance of as many pairs or more: (1 + permutations with as many) / (1 + permutations).
    """

    distance: tuple[float, float]
    days: tuple[int, int]
    observed: int
    expected: float
    ratio: float | None
    p_value: float


@dataclass(frozen=True)
class NearRepeats:
    """How many events and permutations, and the bands: a row for each distance, in it one band for each span of days.

    The first row is the same place, whose pairs are repeats; only the rows after it are near repeats.
    """

    events: int
    permutations: int
    bands: tuple[tuple[NearRepeatBand, ...], ...]

    @property
    def repeats(self) -> tuple[NearRepeatBand, ...]:
        """Pairs at the same place, one band for each span of days."""
        return self.bands[0]

    @property
    def near(self) -> tuple[tuple[NearRepeatBand, ...], ...]:
        """Pairs near each other and not at the same place, nearest first."""
        return self.bands[1:]


def knox_test(
    places: ArrayLike,
    dates: ArrayLike,
    *,
    distance_ends: Sequence[float],
    day_ends: Sequence[int],
    generator: np.random.Generator,
    same_place: float = 1.0,
    permutations: int = 999,
) -> NearRepeats:
    """Knox's test in bands of distance and of days, by permuting the dates of the events over their places.

    The places stay and the dates are dealt out anew, whole dates to whole events, so that clusters in space alone and
    seasons alone make no finding. Every band is half-open: with ends of 100 and 200 metres a pair exactly 100 metres apart
    belongs to 100-200, with ends of 7 and 14 days a pair exactly 7 days apart to 7-14. A distance counts as exactly on an
    end when no more than the rounding of the coordinates separates them. Each pair of events is counted once.

    With all events on one day, or all at one place, every permutation is like the data: p is 1, and so is every ratio
    there is.

    Parameters
    ----------
    places
        Eastings and northings, one row an event, shape (n, 2), in metres (or whatever the distances are in); never degrees.
    dates
        When each happened, shape (n,): whole day numbers, or numpy dates, whose time of day is not looked at.
    distance_ends
        Where the bands of near repeats end, ascending: (100, 200) makes ``same_place``-100 and 100-200.
    day_ends
        Where the bands of days end, ascending whole numbers; the first begins at 0, the same day.
    generator
        Where chance comes from. The same seed gives the same result, in whatever order the events are listed.
    same_place
        Events closer than this are at the same place; they never count as near.
    permutations
        How often the dates are dealt out. The smallest p that can be found is 1 / (1 + permutations).

    Raises
    ------
    ValueError
        If there are fewer than two events, or not one date for each; if a coordinate or a date is missing, infinite or not
        a whole day; if the ends do not ascend from above nought; if the same place is finer than the coordinates can tell;
        if there is no permutation; if there are more than twenty million pairs within the longest distance.

    When not to use this
    --------------------
    Not on published street-level data, which give the month alone and move events to shared map points: it needs the
    recorded place and day. Not with the middle of a long window as the date, which is biased: draw a day from each window,
    and repeat over draws. Not over a period in which places came and went (a new estate, a closed car park): that too is
    interaction of space and time. One incident recorded as several crimes makes same-day repeats: count it once. Many
    bands are many tests: at 5% one in twenty stands out by chance, so say in advance which bands matter.

    References
    ----------
    Knox EG (1964). The detection of space-time interactions. Applied Statistics 13, 25-29.
    Mantel N (1967). The detection of disease clustering and a generalized regression approach. Cancer Research 27, 209-220.
    Johnson SD, Bernasco W, Bowers KJ, et al. (2007). Space-time patterns of risk: a cross national assessment of
    residential burglary victimization. Journal of Quantitative Criminology 23, 201-219.

    Examples
    --------
    Twelve streets a kilometre apart, each visited twice within three days and 60 metres:

    >>> places = [(1000 * street + step, 0) for street in range(12) for step in (0, 60)]
    >>> dates = [30 * street + later for street in range(12) for later in (0, 3)]
    >>> found = knox_test(
    ...     places, dates, distance_ends=(100, 200), day_ends=(7, 14), generator=np.random.default_rng(1)
    ... )
    >>> closest = found.near[0][0]
    >>> closest.distance, closest.days, closest.observed, closest.p_value
    ((1.0, 100.0), (0, 7), 12, 0.001)
    >>> [band.observed for band in found.repeats]
    [0, 0]
    """
    at, days = _events(places, dates)
    distances, spans = _distance_edges(at, same_place, distance_ends), _day_edges(day_ends)
    if permutations < 1:
        raise ValueError(f"no test without permutations: {permutations}")
    # Sorted, so that neighbours lie near each other in memory and the order in which events were listed has no effect.
    order = np.lexsort((days, at[:, 1], at[:, 0], at[:, 0] // distances[-1]))
    at, days = at[order], days[order]
    rows = _close_pairs(at, distances)
    observed = _tally(rows, days[:, np.newaxis], spans)[..., 0]
    permuted = np.concatenate([_tally(rows, dealt, spans) for dealt in _dealt(days, permutations, generator)], axis=-1)
    return NearRepeats(len(at), permutations, _bands(distances, spans, observed, permuted))


def _events(places: ArrayLike, dates: ArrayLike) -> tuple[NDArray[np.float64], Days]:
    at = np.asarray(places, dtype=np.float64)
    if at.ndim != 2 or at.shape[1] != 2:
        raise ValueError(f"places are rows of two coordinates, not of shape {at.shape}")
    if not np.isfinite(at).all():
        raise ValueError("a place has a missing or infinite coordinate")
    days = _whole_days(np.asarray(dates))
    if days.shape != (len(at),):
        raise ValueError(f"{len(at)} places with dates of shape {days.shape}")
    if len(at) < 2:
        raise ValueError(f"no pairs among {len(at)} events")
    first, last = int(days.min()), int(days.max())
    if last - first > LONGEST_SPAN:
        raise ValueError(f"the dates are {last - first} days apart, which no day numbers are")
    return at, days - first


def _whole_days(dates: NDArray[np.generic]) -> Days:
    if dates.dtype.kind == "M":
        if np.isnat(dates).any():
            raise ValueError("an event has no date")
        return dates.astype("datetime64[D]").astype(np.int64)
    if dates.dtype.kind == "f":
        whole = np.asarray(dates, dtype=np.float64)
        # NaN fails both comparisons.
        if not ((np.abs(whole) <= LONGEST_SPAN) & (whole == np.floor(whole))).all():
            raise ValueError("a date is missing or not a whole number of days")
        return whole.astype(np.int64)
    if dates.dtype.kind not in "iu":
        raise ValueError(f"dates are day numbers or numpy dates, not {dates.dtype}")
    if dates.size and max(-int(dates.min()), int(dates.max())) > LONGEST_SPAN:
        raise ValueError("a date is no day number: it is too large")
    return dates.astype(np.int64)


def _distance_edges(at: NDArray[np.float64], same_place: float, ends: Sequence[float]) -> NDArray[np.float64]:
    edges = np.array([0.0, same_place, *ends], dtype=np.float64)
    if len(ends) == 0 or not np.isfinite(edges).all() or not (np.diff(edges) > 0).all():
        raise ValueError(f"distances do not ascend from above nought: same place {same_place}, then {list(ends)}")
    if same_place <= _rounding(at):
        raise ValueError(f"the coordinates are too large to tell places {same_place} apart")
    return edges


def _day_edges(ends: Sequence[int]) -> tuple[int, ...]:
    edges = np.array([0, *ends], dtype=np.float64)
    whole = np.isfinite(edges).all() and (edges == np.floor(edges)).all()
    if len(ends) == 0 or not whole or not (np.diff(edges) > 0).all():
        raise ValueError(f"day bands do not end at ascending whole numbers above nought: {list(ends)}")
    return tuple(int(edge) for edge in edges)


def _rounding(at: NDArray[np.float64]) -> float:
    """By how much a distance between these places may be off because coordinates are binary fractions."""
    return 8 * float(np.finfo(np.float64).eps) * float(np.abs(at).max())


def _close_pairs(at: NDArray[np.float64], edges: NDArray[np.float64]) -> list[NDArray[np.intp]]:
    """For each band of distance the pairs in it, shape (2, pairs): found once, since permuting dates moves no place."""
    tree = cKDTree(at)
    count = (int(tree.count_neighbors(tree, edges[-1])) - len(at)) // 2
    if count > MOST_PAIRS:
        raise ValueError(f"{count:,} pairs within {edges[-1]:g}: shorten the distances or take fewer events")
    pairs = tree.query_pairs(edges[-1], output_type="ndarray")
    reached = edges - _rounding(at)
    band = np.empty(len(pairs), dtype=np.intp)
    for start in range(0, len(pairs), PAIRS_MEASURED_AT_ONCE):
        part = slice(start, start + PAIRS_MEASURED_AT_ONCE)
        apart = at[pairs[part, 0]] - at[pairs[part, 1]]
        band[part] = np.searchsorted(reached, np.hypot(apart[:, 0], apart[:, 1]), side="right") - 1
    return [np.ascontiguousarray(pairs[band == row].T) for row in range(len(edges) - 1)]


def _dealt(days: Days, permutations: int, generator: np.random.Generator) -> Iterator[Days]:
    """The dates dealt out anew, one column a permutation, so many columns at a time."""
    hand = np.sort(days)
    for start in range(0, permutations, PERMUTATIONS_AT_ONCE):
        columns = min(PERMUTATIONS_AT_ONCE, permutations - start)
        yield generator.permuted(np.broadcast_to(hand, (columns, len(hand))), axis=1).T


def _tally(rows: list[NDArray[np.intp]], days: Days, edges: tuple[int, ...]) -> Counts:
    """Pairs in each band of distance and of days, for each column of dates: shape (distances, spans, columns)."""
    span = int(days.max())
    narrow: Narrow = (
        days.astype(np.int16, order="C") if span < np.iinfo(np.int16).max else days.astype(np.int32, order="C")
    )
    # No two dates are further apart than the whole span, and the narrow numbers need hold no longer end than that.
    ends = [min(end, span + 1) for end in edges[1:]]
    within = np.stack([_within(pairs, narrow, ends) for pairs in rows])
    return np.diff(within, axis=1, prepend=0)


def _within(pairs: NDArray[np.intp], days: Narrow, ends: list[int]) -> Counts:
    """Pairs less than each of the ends apart in time, for each column of dates."""
    columns, at_once = days.shape[1], PAIRS_ADDED * ADDITIONS
    found = np.zeros((len(ends), columns), dtype=np.int64)
    gap = np.empty((at_once, columns), dtype=days.dtype)
    other, close = np.empty_like(gap), np.empty(gap.shape, dtype=np.bool_)
    bytes_of_close = close.view(np.uint8).reshape(ADDITIONS, PAIRS_ADDED, columns)
    for start in range(0, pairs.shape[1], at_once):
        one, two = pairs[:, start : start + at_once]
        filled = len(one)
        # Positions come from the tree and are in range: "clip" only spares numpy a second buffer.
        np.take(days, one, axis=0, out=gap[:filled], mode="clip")
        np.take(days, two, axis=0, out=other[:filled], mode="clip")
        np.subtract(gap[:filled], other[:filled], out=gap[:filled])
        np.abs(gap[:filled], out=gap[:filled])
        gap[filled:] = np.iinfo(gap.dtype).max
        for row, end in enumerate(ends):
            np.less(gap, end, out=close)
            found[row] += bytes_of_close.sum(axis=1, dtype=np.uint8).sum(axis=0, dtype=np.int64)
    return found


def _bands(
    distances: NDArray[np.float64], spans: tuple[int, ...], observed: Counts, permuted: Counts
) -> tuple[tuple[NearRepeatBand, ...], ...]:
    expected = permuted.mean(axis=-1)
    as_many = (permuted >= observed[..., np.newaxis]).sum(axis=-1)
    return tuple(
        tuple(
            NearRepeatBand(
                distance=(float(distances[row]), float(distances[row + 1])),
                days=(spans[column], spans[column + 1]),
                observed=int(observed[row, column]),
                expected=float(expected[row, column]),
                ratio=float(observed[row, column] / expected[row, column]) if expected[row, column] > 0 else None,
                p_value=float((1 + as_many[row, column]) / (1 + permuted.shape[-1])),
            )
            for column in range(len(spans) - 1)
        )
        for row in range(len(distances) - 1)
    )

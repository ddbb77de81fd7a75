"""Aoristic weights by Ratcliffe's published examples, by hand, and by counting minutes one by one."""

from __future__ import annotations

from datetime import datetime, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import AoristicWeights, aoristic_weights
from wardstats.methods.aoristic import EVENTS_AT_ONCE

MOMENTS = st.integers(-5_000_000, 40_000_000).map(lambda minute: np.datetime64(minute, "m").item())
MINUTES = st.integers(1, 7 * 24 * 60 - 1)


def weights(*windows: tuple[str, str]) -> AoristicWeights:
    starts, ends = zip(*windows, strict=True)
    return aoristic_weights(np.array(starts, dtype="datetime64[s]"), np.array(ends, dtype="datetime64[s]"))


class TestPublishedExamples:
    def test_a_house_left_at_eight_and_found_at_four(self) -> None:
        """Ratcliffe, jratcliffe.net, "Aoristic analysis": 0.125 for each hour between 8 am and 4 pm."""
        hours = weights(("2024-03-04T08:00", "2024-03-04T16:00")).hours[0]
        assert hours.tolist() == [0] * 8 + [0.125] * 8 + [0] * 8

    def test_from_five_to_eleven_to_five_to_twelve(self) -> None:
        """Ratcliffe, R package aoristic 1.0, README: not a half each, most of it is in the eleventh hour."""
        hours = weights(("2024-03-04T10:55", "2024-03-04T11:55")).hours[0]
        assert hours[10:12] == pytest.approx([5 / 60, 55 / 60])


class TestByHand:
    def test_over_midnight_from_sunday_to_monday(self) -> None:
        found = weights(("2024-03-10T22:00", "2024-03-11T02:00"))
        assert found.days[0].tolist() == [0.5, 0, 0, 0, 0, 0, 0.5]
        assert np.flatnonzero(found.week[0]).tolist() == [0, 1, 166, 167]

    def test_a_moment_belongs_to_its_hour(self) -> None:
        found = weights(("2024-03-05T13:59:59", "2024-03-05T13:59:59"), ("2024-03-05T14:00", "2024-03-05T14:00"))
        assert found.week.argmax(axis=1).tolist() == [24 + 13, 24 + 14]
        assert found.week.max(axis=1).tolist() == [1, 1]

    def test_the_end_itself_is_not_in_the_window(self) -> None:
        assert weights(("2024-03-05T13:00", "2024-03-05T14:00")).hours[0, 13] == 1

    def test_a_week_or_more_is_spread_evenly(self) -> None:
        found = weights(
            ("2024-03-05T13:00", "2024-03-12T12:59"),
            ("2024-03-05T13:00", "2024-03-12T13:00"),
            ("2024-03-05T13:00", "2024-03-15T13:00"),
        )
        assert found.evenly.tolist() == [False, True, True]
        assert found.week[1:].tolist() == [[1 / 168] * 168] * 2
        assert found.week[0, 24 + 12] < 1 / 168

    def test_the_total_is_of_days_by_hours(self) -> None:
        found = weights(("2024-03-04T08:00", "2024-03-04T10:00"), ("2024-03-04T09:00", "2024-03-04T10:00"))
        assert found.total.shape == (7, 24)
        assert found.total[0, 8:10].tolist() == [0.5, 1.5]

    def test_the_clocks_are_not_looked_at(self) -> None:
        """31 March 2024, one hour on the clock did not exist; it still has its share."""
        assert weights(("2024-03-31T00:00", "2024-03-31T04:00")).hours[0, :4].tolist() == [0.25] * 4


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(MOMENTS, MINUTES), min_size=1, max_size=4))
def test_is_what_counting_minutes_gives(windows: list[tuple[datetime, int]]) -> None:
    starts = np.array([start for start, _ in windows], dtype="datetime64[m]")
    ends = np.array([start + timedelta(minutes=minutes) for start, minutes in windows], dtype="datetime64[m]")
    found = aoristic_weights(starts, ends)
    for row, (start, minutes) in enumerate(windows):
        counted = np.zeros((7, 24))
        for minute in range(minutes):
            at = start + timedelta(minutes=minute)
            counted[at.weekday(), at.hour] += 1
        assert found.week[row] == pytest.approx(counted.ravel() / minutes)


@settings(max_examples=50, deadline=None)
@given(MOMENTS, st.integers(0, 30 * 24 * 60))
def test_every_event_counts_once(start: datetime, minutes: int) -> None:
    at = np.array([start], dtype="datetime64[m]")
    found = aoristic_weights(at, at + np.timedelta64(minutes, "m"))
    assert found.week.sum() == pytest.approx(1)
    assert found.week.min() >= 0
    later = aoristic_weights(at + np.timedelta64(7, "D"), at + np.timedelta64(7, "D") + np.timedelta64(minutes, "m"))
    assert later.week.tolist() == found.week.tolist()


def test_many_events_are_weighed_in_parts() -> None:
    starts = np.datetime64("2024-01-01T00:00") + np.arange(EVENTS_AT_ONCE + 5) * np.timedelta64(37, "m")
    found = aoristic_weights(starts, starts + np.timedelta64(95, "m"))
    assert found.week.sum(axis=1) == pytest.approx(1)
    assert (
        found.week[-1].tolist() == aoristic_weights(starts[-1:], starts[-1:] + np.timedelta64(95, "m")).week[0].tolist()
    )


def test_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        weights(("2024-03-04T08:00", "2024-03-04T16:00")).week[0, 0] = 1


def times(*values: str | None, unit: str = "s") -> np.ndarray:
    return np.array(["NaT" if value is None else value for value in values], dtype=f"datetime64[{unit}]")


@pytest.mark.parametrize(
    ("starts", "ends", "said"),
    [
        (times("2024-03-04T08:00", "2024-03-04T08:01"), times("2024-03-04T09:00", "2024-03-04T08:00"), "event 1 ends"),
        (times("2024-03-04T08:00"), times(None), "event 0 has no end"),
        (times(None), times("2024-03-04T08:00"), "event 0 has no start"),
        (times("2024-03-04T08:00"), times(), "1 starts and 0 ends"),
        (times(), times(), "no events"),
        (times("2024-03-04", unit="D"), times("2024-03-05", unit="D"), "time of day"),
        ([1.0], [2.0], "time of day"),
        (["2024-03-04T08:00"], ["2024-03-04T09:00"], "time of day"),
        (times("2024-03-04T08:00").reshape(1, 1), times("2024-03-04T09:00"), "shape"),
    ],
)
def test_refuses(starts: np.ndarray, ends: np.ndarray, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        aoristic_weights(starts, ends)

"""The rules by which a point is special, where its limits are its own."""

from __future__ import annotations

import pytest

from wardstats.methods import PointLimits, SpecialCause
from wardstats.methods.special_causes import broken_rules


def within(reach: float) -> PointLimits:
    """Limits that far either side of 10."""
    return PointLimits(10, 10 - reach, 10 + reach, 10 - reach * 2 / 3, 10 + reach * 2 / 3)


def test_holds_each_point_against_its_own_limits() -> None:
    found = broken_rules([14, 14, 14, 6], [within(5), within(3), within(4), within(3)])
    assert [SpecialCause.OUTSIDE in causes for causes in found] == [False, True, False, True]


def test_marks_two_of_three_close_to_their_own_limits() -> None:
    """14 is beyond two thirds of 5 and of 4.5, but not of 9."""
    near, far = within(5), within(9)
    assert [SpecialCause.NEAR_LIMIT in causes for causes in broken_rules([14, 11, 14], [near, near, near])] == [
        True,
        False,
        True,
    ]
    assert not any(broken_rules([14, 11, 14], [near, near, far]))
    assert not any(broken_rules([14, 9, 14], [near, near, near]))
    assert not any(broken_rules([14, None, 14], [near, near, near]))


def test_marks_runs_below_as_runs_above() -> None:
    for value in (9, 11):
        found = broken_rules([value] * 7, [within(5)] * 7)
        assert all(causes == (SpecialCause.RUN,) for causes in found)
        assert not any(broken_rules([value] * 6, [within(5)] * 6))


def test_names_several_causes_in_their_order() -> None:
    found = broken_rules([11, 12, 13, 14, 15, 16, 17], [within(5)] * 7)
    assert found[-1] == (SpecialCause.OUTSIDE, SpecialCause.RUN, SpecialCause.TREND, SpecialCause.NEAR_LIMIT)


def test_says_nothing_of_nothing() -> None:
    assert broken_rules([], []) == ()
    assert broken_rules([None], [within(5)]) == ((),)


def test_refuses_limits_of_other_points() -> None:
    with pytest.raises(ValueError, match="2 values with limits at 1 points"):
        broken_rules([1, 2], [within(5)])

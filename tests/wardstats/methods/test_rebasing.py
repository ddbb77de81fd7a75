"""Limits that restart at recorded breaks, and targets held against limits."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import (
    Assurance,
    ChartLimits,
    PointLimits,
    Rebase,
    SpecialCause,
    assurance,
    chart_of_counts,
    control_chart,
    rebased,
)

CHANGED = "recording standards changed"


class TestRebased:
    def test_gives_each_stretch_the_chart_that_it_has_alone(self) -> None:
        values: list[float | None] = [10, 12, 11, 13] * 4 + [30, 33, 29, 31] * 4
        parts = rebased(32, [Rebase(16, CHANGED)], lambda part: control_chart(values[part]))
        assert [(part.start, part.stop, part.reason) for part in parts] == [(0, 16, None), (16, 32, CHANGED)]
        assert [part.chart for part in parts] == [control_chart(values[:16]), control_chart(values[16:])]

    def test_lets_no_run_span_a_break(self) -> None:
        """Four above the average before the break and four after it: a run without the break, none with it."""
        values: list[float | None] = [10, 12] * 6 + [12] * 4 + [12] * 4 + [10, 14] * 6
        whole = control_chart(values, baseline=12)
        assert any(SpecialCause.RUN in causes for causes in whole.causes)
        parts = rebased(28, [Rebase(16, CHANGED)], lambda part: control_chart(values[part], baseline=12))
        assert not any(SpecialCause.RUN in causes for part in parts for causes in part.chart.causes)

    def test_gives_no_limits_to_a_stretch_that_is_too_short(self) -> None:
        parts = rebased(20, [Rebase(15, CHANGED)], lambda part: chart_of_counts(([7] * 20)[part]))
        assert [part.chart.limits is None for part in parts] == [False, True]

    def test_is_one_stretch_without_breaks(self) -> None:
        [part] = rebased(12, [], lambda part: chart_of_counts(([7] * 12)[part]))
        assert (part.start, part.stop, part.reason) == (0, 12, None)

    @settings(max_examples=40, deadline=None)
    @given(st.sets(st.integers(1, 59), max_size=5))
    def test_covers_every_value_once(self, breaks: set[int]) -> None:
        parts = rebased(60, [Rebase(at, CHANGED) for at in sorted(breaks)], lambda part: list(range(60))[part])
        assert [value for part in parts for value in part.chart] == list(range(60))
        assert len(parts) == len(breaks) + 1

    @pytest.mark.parametrize("breaks", [[0], [12], [-3], [13], [6, 6], [8, 4]])
    def test_refuses_breaks_that_are_none(self, breaks: list[int]) -> None:
        with pytest.raises(ValueError, match="breaks lie between two of 12 values"):
            rebased(12, [Rebase(at, CHANGED) for at in breaks], lambda part: part)

    def test_refuses_a_series_without_values(self) -> None:
        with pytest.raises(ValueError, match="of 0 values"):
            rebased(0, [], lambda part: part)

    @pytest.mark.parametrize("reason", ["", "  "])
    def test_refuses_a_break_without_a_reason(self, reason: str) -> None:
        with pytest.raises(ValueError, match="for a reason"):
            Rebase(3, reason)


class TestAssurance:
    @pytest.mark.parametrize(
        ("lower", "upper", "rising", "falling"),
        [
            (1, 3, Assurance.CONSISTENTLY_MISSED, Assurance.CONSISTENTLY_HIT),
            (5, 7, Assurance.CONSISTENTLY_HIT, Assurance.CONSISTENTLY_MISSED),
            (1, 5, Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
            (4, 7, Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
            (1, 4, Assurance.HIT_AND_MISS, Assurance.HIT_AND_MISS),
        ],
    )
    def test_says_what_the_nhs_package_tests_for(
        self, lower: float, upper: float, rising: Assurance, falling: Assurance
    ) -> None:
        """R NHSRplotthedots, test-ptd_calculate_assurance_type.R: target 4, improvement by increase and by decrease."""
        limits = ChartLimits((lower + upper) / 2, lower, upper, 1.0, 20)
        assert assurance(limits, 4, higher_is_better=True) is rising
        assert assurance(limits, 4, higher_is_better=False) is falling

    def test_takes_the_limits_of_a_point(self) -> None:
        assert assurance(PointLimits(6, 5, 7, 5.5, 6.5), 8, higher_is_better=False) is Assurance.CONSISTENTLY_HIT

    def test_knows_nothing_without_limits(self) -> None:
        assert assurance(None, 4, higher_is_better=True) is Assurance.NOT_KNOWN

    @pytest.mark.parametrize("target", [float("nan"), float("inf")])
    def test_refuses_a_target_that_is_no_number(self, target: float) -> None:
        with pytest.raises(ValueError, match="a target is a number"):
            assurance(None, target, higher_is_better=True)

"""Displacement: the paper's printed example, ptools' own expectations, statsmodels, and what must always hold."""

from __future__ import annotations

from math import exp, inf, nan, sqrt

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given
from hypothesis import strategies as st

from wardstats.methods import (
    BeforeAfter,
    Design,
    Dispersion,
    Displacement,
    displacement_difference,
    displacement_quotient,
    relative_effect,
)

TREATED, CONTROL = BeforeAfter(207, 110), BeforeAfter(308, 318)
AROUND, AROUND_CONTROL = BeforeAfter(178, 157), BeforeAfter(150, 140)
COUNTS = st.integers(1, 500)
PAIRS = st.builds(BeforeAfter, COUNTS, COUNTS)


class TestDifference:
    def test_gives_the_papers_example(self) -> None:
        """Wheeler and Ratcliffe 2018: -118, standard error the root of 1568, z -2.98, 95% from -196 to -40."""
        found = displacement_difference(TREATED, CONTROL, AROUND, AROUND_CONTROL)
        assert found.total.value == -118
        assert found.total.standard_error == pytest.approx(sqrt(1568))
        assert (round(found.z, 2), round(found.p_value, 4)) == (-2.98, 0.0029)
        assert (round(found.total.interval.lower), round(found.total.interval.upper)) == (-196, -40)
        assert (found.local.value, found.displaced.value if found.displaced else None) == (-107, -11)

    def test_gives_what_ptools_tests_for_with_periods_of_unlike_length(self) -> None:
        """R ptools 2.0.0, test-wdd.R: wdd(c(100,50), c(80,20), time_weights=c(2,1)) is -20 with the root of 115."""
        found = displacement_difference(BeforeAfter(80, 20), BeforeAfter(100, 50), lengths=(2, 1))
        assert found.total.value == pytest.approx(-20)
        assert found.total.standard_error == pytest.approx(sqrt(115))
        assert found.displaced is None
        assert found.local == found.total

    def test_gives_what_ptools_tests_for_with_areas_of_unlike_size(self) -> None:
        """R ptools 2.0.0, test-wdd.R: area_weights=c(0.9,1.2,1.6,1.5), alpha=0.05."""
        found = displacement_difference(
            BeforeAfter(207, 110, 1.2),
            BeforeAfter(308, 318, 0.9),
            BeforeAfter(178, 157, 1.5),
            BeforeAfter(150, 140, 1.6),
        )
        limits = found.total.interval
        given_by_ptools = (-99.69444444, 35.4280755, -2.813995483, -169.1321965, -30.25669241)
        assert (found.total.value, found.total.standard_error, found.z, limits.lower, limits.upper) == pytest.approx(
            given_by_ptools, rel=1e-8
        )

    def test_is_widened_by_a_dispersion_and_never_narrowed(self) -> None:
        plain = displacement_difference(TREATED, CONTROL)
        wide = displacement_difference(TREATED, CONTROL, dispersion=Dispersion(4.0, 11))
        narrow = displacement_difference(TREATED, CONTROL, dispersion=Dispersion(0.5, 11))
        assert wide.local.standard_error == pytest.approx(2 * plain.local.standard_error)
        assert wide.total.interval.upper > 0 > plain.total.interval.upper
        assert wide.p_value > plain.p_value
        assert narrow.total == plain.total

    def test_carries_its_design_and_its_counts(self) -> None:
        found = displacement_difference(TREATED, CONTROL, design=Design.RANDOMISED)
        assert (found.maryland_level, found.areas) == (5, (TREATED, CONTROL))

    @given(PAIRS, PAIRS, PAIRS, PAIRS, st.floats(0.1, 10))
    def test_scales_with_length_and_changes_sign_with_the_roles(
        self, treated: BeforeAfter, control: BeforeAfter, near: BeforeAfter, far: BeforeAfter, length: float
    ) -> None:
        once = displacement_difference(treated, control, near, far)
        scaled = displacement_difference(treated, control, near, far, lengths=(length, length))
        turned = displacement_difference(control, treated, far, near)
        assert scaled.total.value * length == pytest.approx(once.total.value)
        assert scaled.z == pytest.approx(once.z)
        assert turned.total.value == -once.total.value
        assert turned.p_value == pytest.approx(once.p_value)

    def test_refuses_what_cannot_be_compared(self) -> None:
        with pytest.raises(ValueError, match="give both or neither"):
            displacement_difference(TREATED, CONTROL, AROUND)
        with pytest.raises(ValueError, match="no events in any of the areas"):
            displacement_difference(BeforeAfter(0, 0), BeforeAfter(0, 0))
        with pytest.raises(ValueError, match="length of a period is a positive number"):
            displacement_difference(TREATED, CONTROL, lengths=(0, 1))
        with pytest.raises(ValueError, match="between 0 and 1"):
            displacement_difference(TREATED, CONTROL, confidence=95)

    @pytest.mark.parametrize("count", [-1, nan, inf, 1.5])
    def test_refuses_what_is_no_count(self, count: float) -> None:
        with pytest.raises(ValueError, match="not a count of events"):
            BeforeAfter(3, count)  # type: ignore[arg-type]  # what is refused is what the type forbids

    @pytest.mark.parametrize("size", [0, -1, nan, inf])
    def test_refuses_an_area_without_size(self, size: float) -> None:
        with pytest.raises(ValueError, match="size is a positive number"):
            BeforeAfter(3, 4, size)


class TestQuotient:
    def test_gives_the_papers_example_by_the_published_formulas(self) -> None:
        """Guerette 2009, appendix B, worked by hand on Wheeler and Ratcliffe's counts."""
        found = displacement_quotient(TREATED, CONTROL, AROUND)
        assert found.success == pytest.approx(110 / 318 - 207 / 308)
        assert found.buffer == pytest.approx(157 / 318 - 178 / 308)
        assert found.value == pytest.approx(0.258186, abs=1e-6)
        assert found.total_net_effect == pytest.approx(207 * 318 / 308 - 110 + 178 * 318 / 308 - 157)

    @pytest.mark.parametrize(
        ("around", "reading"),
        [
            ((100, 30), Displacement.MORE_DIFFUSED),
            ((100, 70), Displacement.DIFFUSED),
            ((100, 100), Displacement.NEITHER),
            ((100, 130), Displacement.DISPLACED),
            ((100, 170), Displacement.MORE_DISPLACED),
        ],
    )
    def test_says_what_it_says(self, around: tuple[int, int], reading: Displacement) -> None:
        found = displacement_quotient(BeforeAfter(100, 50), BeforeAfter(100, 100), BeforeAfter(*around))
        assert found.reading is reading

    def test_is_not_read_without_success(self) -> None:
        found = displacement_quotient(BeforeAfter(100, 120), BeforeAfter(100, 100), BeforeAfter(100, 80))
        assert (found.value, found.reading) == (None, Displacement.NOT_READ)

    def test_refuses_a_comparison_without_events(self) -> None:
        with pytest.raises(ValueError, match="no events in one of the periods"):
            displacement_quotient(TREATED, BeforeAfter(10, 0), AROUND)


class TestRelativeEffect:
    def test_is_the_poisson_model_of_statsmodels(self) -> None:
        """statsmodels 0.15, GLM(Poisson) with treated, after and their product; each count in two parts, which changes nothing."""
        counts = np.array([[100, 107], [60, 50], [150, 158], [170, 148]])
        design = np.array([[1, 1, 0, 0], [1, 1, 1, 1], [1, 0, 0, 0], [1, 0, 1, 0]])
        model = sm.GLM(counts.ravel(), np.repeat(design, 2, axis=0), family=sm.families.Poisson()).fit()
        lower, upper = model.conf_int()[3]
        found = relative_effect(TREATED, CONTROL)
        assert found.value == pytest.approx(exp(-model.params[3]))
        assert (found.interval.lower, found.interval.upper) == pytest.approx((exp(-upper), exp(-lower)), rel=1e-6)

    @given(PAIRS, PAIRS)
    def test_turns_round_with_the_roles(self, treated: BeforeAfter, control: BeforeAfter) -> None:
        found, turned = relative_effect(treated, control), relative_effect(control, treated)
        assert found.value * turned.value == pytest.approx(1)
        assert found.interval.lower * turned.interval.upper == pytest.approx(1)
        assert found.interval.contains(found.value)
        assert found.percent_limits[0] <= found.percent <= found.percent_limits[1]

    def test_is_widened_by_a_dispersion(self) -> None:
        plain, wide = relative_effect(TREATED, CONTROL), relative_effect(TREATED, CONTROL, dispersion=Dispersion(3, 10))
        assert wide.interval.lower < plain.interval.lower
        assert wide.interval.method == "quasi-Poisson"

    def test_refuses_a_ratio_with_nothing(self) -> None:
        with pytest.raises(ValueError, match="a count is nought"):
            relative_effect(BeforeAfter(10, 0), CONTROL)

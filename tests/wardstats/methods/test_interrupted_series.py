"""Interrupted series: the published tutorial's data and results, statsmodels' errors, and what must always hold."""

from __future__ import annotations

from math import exp, inf, nan

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import Design, interrupted_time_series

# Acute coronary episodes in Sicily by month, January 2002 to November 2006, and the standardised population; the ban on smoking
# came in after 36 months. Published with Lopez Bernal, Cummins and Gasparrini 2017.
EPISODES = [
    *(728, 659, 791, 734, 757, 726, 760, 740, 720, 814, 795, 858),
    *(887, 766, 851, 769, 781, 756, 766, 752, 765, 831, 879, 928),
    *(914, 808, 937, 840, 916, 828, 845, 818, 860, 839, 887, 886),
    *(831, 796, 833, 820, 877, 758, 767, 738, 781, 843, 850, 908),
    *(1021, 859, 976, 888, 962, 838, 810, 876, 843, 936, 912),
]
PEOPLE = [
    *(
        379875.3,
        376495.5,
        377040.8,
        377116.4,
        377383.4,
        374113.1,
        379513.3,
        376295.5,
        374653.2,
        378485.6,
        375955.5,
        378349.7,
    ),
    *(
        376762.4,
        379032.3,
        379360.4,
        376162.0,
        377972.4,
        381830.7,
        379888.6,
        380872.2,
        380966.9,
        381240.4,
        382104.9,
        381802.7,
    ),
    *(
        381656.3,
        383680.0,
        383504.2,
        386462.9,
        383783.1,
        380836.8,
        383483.0,
        380906.2,
        382926.8,
        384052.4,
        384449.6,
        383428.4,
    ),
    *(
        388153.2,
        388373.2,
        386470.1,
        386033.2,
        383686.4,
        385509.3,
        385901.9,
        386516.6,
        388436.5,
        383255.2,
        390148.7,
        385874.9,
    ),
    *(391613.6, 391750.4, 394005.6, 391364.9, 391664.6, 389022.3, 391878.5, 388575.3, 392989.0, 390018.8, 390712.3),
]


def series(seed: int, *, periods: int = 60, before: int = 36, step: float = 1.0) -> np.ndarray:
    months = np.arange(periods)
    mean = 60 * 1.002**months * (1 + 0.2 * np.sin(2 * np.pi * months / 12)) * np.where(months >= before, step, 1.0)
    return np.random.default_rng(seed).poisson(mean)


class TestTutorial:
    def test_gives_the_published_effect_allowing_for_the_season(self) -> None:
        """Lopez Bernal 2017: relative risk 0.885 (95% 0.839 to 0.933); its limits take the normal quantile, ours Student's."""
        found = interrupted_time_series(EPISODES, before=36, exposures=PEOPLE, slope=False, lags=0)
        error = np.log(found.step.interval.upper / found.step.value) / 2.006647
        assert round(found.step.value, 3) == 0.885
        assert round(found.step.value * exp(-1.959964 * error), 3) == 0.839
        assert round(found.step.value * exp(1.959964 * error), 3) == 0.933
        assert found.dispersion == pytest.approx(2.26218264050014, rel=1e-6)
        assert found.trend.value**12 == pytest.approx(1.0668075968810862, rel=1e-6)

    def test_gives_statsmodels_change_of_slope(self) -> None:
        """statsmodels 0.15, GLM(Poisson): the tutorial's model 4, whose slope starts a month earlier than ours."""
        found = interrupted_time_series(EPISODES, before=36, exposures=PEOPLE, lags=0)
        assert found.slope is not None
        assert found.slope.value == pytest.approx(exp(0.001482228), rel=1e-6)
        assert found.step.value == pytest.approx(exp(-0.131859171 + 0.001482228), rel=1e-6)

    def test_gives_statsmodels_errors_under_autocorrelation(self) -> None:
        """statsmodels 0.15, GLM(Poisson).fit(cov_type="HAC", maxlags=3, use_correction=True), without the season."""
        months = np.arange(59)
        terms = np.column_stack([np.ones(59), months, months >= 36])
        model = sm.GLM(EPISODES, terms, family=sm.families.Poisson(), offset=np.log(PEOPLE))
        theirs = model.fit(cov_type="HAC", cov_kwds={"maxlags": 3, "use_correction": True})
        found = interrupted_time_series(EPISODES, before=36, exposures=PEOPLE, slope=False, harmonics=0)
        assert found.lags == 3
        error = np.log(found.step.interval.upper / found.step.value) / 2.003241
        assert error == pytest.approx(theirs.bse[2], rel=1e-5)
        assert found.autocorrelation > 0.2

    def test_never_lets_autocorrelation_narrow_an_interval(self) -> None:
        plain = interrupted_time_series(EPISODES, before=36, exposures=PEOPLE, lags=0)
        found = interrupted_time_series(EPISODES, before=36, exposures=PEOPLE)
        assert found.autocorrelation < 0
        assert (found.step, found.lags) == (plain.step, 0)


def test_line_is_where_it_would_have_gone() -> None:
    found = interrupted_time_series(EPISODES, before=36, exposures=PEOPLE, slope=False)
    assert found.counterfactual[:36] == pytest.approx(found.fitted[:36])
    assert found.counterfactual[36:] * found.step.value == pytest.approx(found.fitted[36:])
    assert (found.lower <= found.counterfactual).all()
    assert (found.counterfactual <= found.upper).all()
    assert found.averted == pytest.approx(found.counterfactual[36:].sum() - sum(EPISODES[36:]))
    assert found.overall == found.step or found.overall.value == pytest.approx(found.step.value)
    assert found.overall.interval.upper == pytest.approx(found.step.interval.upper)
    with pytest.raises(ValueError, match="read-only"):
        found.counterfactual[0] = 1


def test_finds_a_break_that_was_put_in() -> None:
    found = interrupted_time_series(series(1, step=0.6), before=36)
    assert found.step.interval.contains(0.6)
    assert found.step.p_value < 0.001
    assert found.overall.percent_limits[0] < found.overall.percent < found.overall.percent_limits[1] < -20
    assert (found.maryland_level, found.design) == (2, Design.INTERRUPTED_SERIES)


def test_seldom_finds_one_that_is_not_there() -> None:
    found = [interrupted_time_series(series(seed), before=36).step.p_value for seed in range(40)]
    assert sum(p < 0.05 for p in found) <= 5


@settings(deadline=None, max_examples=8)
@given(st.integers(0, 2**32 - 1), st.floats(0.01, 1000))
def test_does_not_mind_the_unit_of_exposure(seed: int, unit: float) -> None:
    counts = series(seed)
    once = interrupted_time_series(counts, before=36, exposures=np.ones(60))
    other = interrupted_time_series(counts, before=36, exposures=np.full(60, unit))
    assert other.step.value == pytest.approx(once.step.value, rel=1e-6)
    assert other.averted == pytest.approx(once.averted, rel=1e-4, abs=1e-3)
    assert other.step.interval.lower == pytest.approx(once.step.interval.lower, rel=1e-6)


@pytest.mark.parametrize("wrong", [-1, nan, inf, 0.5])
def test_refuses_what_is_no_count(wrong: float) -> None:
    with pytest.raises(ValueError, match="counts: a "):
        interrupted_time_series([*EPISODES[:-1], wrong], before=36)


def test_refuses_what_cannot_be_estimated() -> None:
    with pytest.raises(ValueError, match="8 periods or more on either side of the date, not 55 of 59"):
        interrupted_time_series(EPISODES, before=55)
    with pytest.raises(ValueError, match="one whole season before"):
        interrupted_time_series(EPISODES, before=10)
    with pytest.raises(ValueError, match="no events after the date"):
        interrupted_time_series([3] * 24 + [0] * 12, before=24)
    with pytest.raises(ValueError, match="no events before the date"):
        interrupted_time_series([0] * 24 + [3] * 12, before=24)
    with pytest.raises(ValueError, match="59 and 58 values"):
        interrupted_time_series(EPISODES, before=36, exposures=PEOPLE[1:])
    with pytest.raises(ValueError, match="a value is nought"):
        interrupted_time_series(EPISODES, before=36, exposures=[0, *PEOPLE[1:]])
    with pytest.raises(ValueError, match="lags are periods"):
        interrupted_time_series(EPISODES, before=36, lags=-1)
    with pytest.raises(ValueError, match="6 pairs of sine and cosine need a season of more periods"):
        interrupted_time_series(EPISODES, before=36, harmonics=6)
    with pytest.raises(ValueError, match="between 0 and 1"):
        interrupted_time_series(EPISODES, before=36, confidence=95)

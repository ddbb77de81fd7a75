"""Difference in differences: the two-by-two answer, statsmodels' formula interface, the lead check, and every refusal."""

from __future__ import annotations

from math import inf, log, nan

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import BeforeAfter, Design, UnableToCompare, poisson_differences, relative_effect

STARTS = [8] * 8 + [None] * 12


def panel(seed: int, *, ratio: float = 1.0, drift: float = 1.0) -> np.ndarray:
    """Twenty areas over sixteen periods, the first eight treated from the ninth on; each moves more than chance."""
    draw = np.random.default_rng(seed)
    level = draw.uniform(20, 80, (20, 1)) * draw.gamma(20, 1 / 20, (20, 16))
    level[:8, 8:] *= ratio
    level[:8] *= drift ** np.arange(16)
    return draw.poisson(level * np.linspace(1, 1.3, 16))


def test_is_the_ratio_of_ratios_where_sums_say_all() -> None:
    """With two-way effects in a balanced panel the estimate is that of the summed two by two, as a Poisson score says."""
    rows = panel(1, ratio=0.7)
    found = poisson_differences(rows, STARTS)
    cells = [BeforeAfter(int(part[:, :8].sum()), int(part[:, 8:].sum())) for part in (rows[:8], rows[8:])]
    assert found.effect.value == pytest.approx(1 / relative_effect(*cells).value, rel=1e-6)


def test_gives_the_formula_of_statsmodels() -> None:
    """statsmodels 0.15: glm("n ~ treated + C(area) + C(period)", Poisson), cov_type="cluster", by area; and with residents."""
    rows = panel(2, ratio=0.8)
    area, period = (part.ravel() for part in np.indices(rows.shape))
    people = 1000.0 + 50 * area + 3 * period
    treated = ((area < 8) & (period >= 8)).astype(float)
    data = pd.DataFrame({"n": rows.ravel(), "area": area, "period": period, "treated": treated})
    model = smf.glm("n ~ treated + C(area) + C(period)", data, family=sm.families.Poisson(), offset=np.log(people))
    theirs = model.fit(cov_type="cluster", cov_kwds={"groups": area})
    found = poisson_differences(rows, STARTS, exposures=people.reshape(rows.shape))
    assert log(found.effect.value) == pytest.approx(theirs.params["treated"], rel=1e-6)
    error = log(found.effect.interval.upper / found.effect.value) / 2.093024
    assert error == pytest.approx(theirs.bse["treated"], rel=1e-5)


def test_finds_an_effect_and_carries_what_it_rests_on() -> None:
    rows = np.vstack([np.zeros((1, 16)), panel(3, ratio=0.6)])
    rows[:, 2] = 0
    found = poisson_differences(rows, [8, *STARTS])
    assert found.effect.interval.contains(0.6)
    assert found.effect.p_value < 0.001
    assert (found.treated, found.untreated, found.left_out) == (8, 12, (0,))
    assert found.events == rows.sum()
    assert (found.maryland_level, found.design) == (3, Design.SEVERAL_AREAS)


def test_looks_for_a_common_course_before_the_start() -> None:
    alike, apart = (poisson_differences(panel(4, drift=drift), STARTS).lead for drift in (1.0, 1.12))
    assert alike.periods == 3
    assert alike.effect.interval.contains(1)
    assert apart.effect.p_value < 0.01
    assert apart.effect.value > 1.2
    assert 5 < alike.detectable < 60


def test_seldom_finds_an_effect_that_is_not_there() -> None:
    found = [poisson_differences(panel(seed), STARTS).effect.p_value for seed in range(10)]
    assert sum(p < 0.05 for p in found) <= 2


@settings(deadline=None, max_examples=3)
@given(st.integers(0, 2**32 - 1), st.floats(0.1, 1000))
def test_does_not_mind_the_order_or_the_unit(seed: int, unit: float) -> None:
    rows = panel(seed, ratio=0.8)
    order = np.random.default_rng(seed).permutation(20)
    once = poisson_differences(rows, STARTS)
    other = poisson_differences(rows[order], [STARTS[area] for area in order], exposures=np.full(rows.shape, unit))
    assert other.effect.value == pytest.approx(once.effect.value, rel=1e-6)
    assert other.effect.interval.lower == pytest.approx(once.effect.interval.lower, rel=1e-5)


def test_refuses_what_the_areas_cannot_bear() -> None:
    rows = panel(5)
    with pytest.raises(UnableToCompare, match=r"began in 2 different periods \(6, 8\)"):
        poisson_differences(rows, [6] * 3 + [8] * 5 + [None] * 12)
    with pytest.raises(UnableToCompare, match="4 areas with the intervention and 16 without"):
        poisson_differences(rows, [8] * 4 + [None] * 16)
    with pytest.raises(UnableToCompare, match="9 areas with the intervention and 9 without"):
        poisson_differences(rows[:18], [8] * 9 + [None] * 9)
    with pytest.raises(UnableToCompare, match="no area had the intervention"):
        poisson_differences(rows, [None] * 20)
    with pytest.raises(UnableToCompare, match="not 1 of 16"):
        poisson_differences(rows, [1] * 8 + [None] * 12)
    with pytest.raises(UnableToCompare, match="can be looked at"):
        poisson_differences(rows, STARTS, leads=0)
    rows[:8, 8:] = 0
    with pytest.raises(UnableToCompare, match="no events from the start in the areas with the intervention"):
        poisson_differences(rows, STARTS)


@pytest.mark.parametrize("wrong", [-1, nan, inf, 0.5])
def test_refuses_what_is_no_count(wrong: float) -> None:
    rows = panel(6).astype(float)
    rows[3, 3] = wrong
    with pytest.raises(ValueError, match="counts: a "):
        poisson_differences(rows, STARTS)


def test_refuses_what_does_not_fit_together() -> None:
    rows = panel(6)
    with pytest.raises(ValueError, match="20 for 19 areas"):
        poisson_differences(rows[1:], STARTS)
    with pytest.raises(ValueError, match="not rows of equal length"):
        poisson_differences([[1, 2], [3]], [1, None])
    with pytest.raises(ValueError, match="not over the same areas"):
        poisson_differences(rows, STARTS, exposures=np.ones((20, 15)))
    with pytest.raises(ValueError, match="exposures: a value is nought"):
        poisson_differences(rows, STARTS, exposures=np.zeros((20, 16)))
    with pytest.raises(ValueError, match="between 0 and 1"):
        poisson_differences(rows, STARTS, confidence=95)

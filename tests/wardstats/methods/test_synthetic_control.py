"""Synthetic control: pysyncon's weights on the same problem, the conditions of the optimum, and the placebo test."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import nnls

from wardstats.methods import Design, UnableToMatch, synthetic_comparison
from wardstats.methods.synthetic_control import nearest_mixture

SEEDS = st.integers(0, 2**32 - 1)
PYSYNCON = [0.0630022, 0.1616206, 0.3458786, 0.22448, 0.2050185]


def city(seed: int, *, donors: int = 24, periods: int = 36) -> tuple[np.ndarray, np.ndarray]:
    """Areas that share two trends and a season, in counts; the first is to be treated."""
    draw = np.random.default_rng(seed)
    months = np.arange(periods)
    trends = np.stack([1 + 0.005 * months, 1 + 0.2 * np.sin(2 * np.pi * months / 12)])
    level = draw.dirichlet([2, 2], donors + 1) * draw.uniform(150, 250, (donors + 1, 1))
    level[0] = [100, 100]
    counts = draw.poisson(level @ trends).astype(float)
    return counts[0], counts[1:]


def test_gives_the_weights_of_pysyncon() -> None:
    """pysyncon 1.7.0, Synth().fit(X0, X1, Z0, Z1, custom_V=variance of each row): outcomes alone, its scaling undone.

    Months 1 to 12 of ``city(3, donors=5, periods=15)``; SLSQP stops at six digits of its loss.
    """
    treated, donors = city(3, donors=5, periods=15)
    found = synthetic_comparison(treated, donors, before=12)
    assert found.weights == pytest.approx(PYSYNCON, abs=2e-5)


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(2, 30), st.integers(1, 30))
def test_is_the_optimum(seed: int, donors: int, periods: int) -> None:
    """Karush, Kuhn and Tucker: no donor would lower the squared gap, and those with weight lie on the edge."""
    draw = np.random.default_rng(seed)
    points, target = draw.normal(size=(donors, periods)), draw.normal(size=periods)
    weights = nearest_mixture(target, points)
    assert (weights >= 0).all()
    assert weights.sum() == pytest.approx(1)
    slope = points @ (weights @ points - target)
    assert slope[weights > 0] == pytest.approx(slope.min(), abs=1e-7)


@settings(deadline=None, max_examples=15)
@given(SEEDS)
def test_is_no_worse_than_scipy(seed: int) -> None:
    """scipy's nnls with the sum of the weights as a heavy further row."""
    draw = np.random.default_rng(seed)
    points, target = draw.normal(size=(8, 12)), draw.normal(size=12)
    theirs, _ = nnls(np.vstack([points.T, np.full(8, 1e4)]), np.append(target, 1e4))
    assert nearest_mixture(target, points) == pytest.approx(theirs, abs=1e-5)


@settings(deadline=None, max_examples=15)
@given(SEEDS, st.floats(0.01, 100))
def test_scales_and_does_not_mind_the_order(seed: int, factor: float) -> None:
    treated, donors = city(seed, donors=6, periods=18)
    order = np.random.default_rng(seed).permutation(6)
    plain = synthetic_comparison(treated, donors, before=14)
    other = synthetic_comparison(treated * factor, donors[order] * factor, before=14)
    assert other.weights == pytest.approx(plain.weights[order], abs=1e-6)
    assert other.effect == pytest.approx(factor * plain.effect, rel=1e-5)
    assert other.p_value == plain.p_value


def test_finds_an_effect_that_was_put_in_and_none_that_was_not() -> None:
    treated, donors = city(1)
    unchanged = synthetic_comparison(treated, donors, before=24)
    treated[24:] -= 60
    found = synthetic_comparison(treated, donors, before=24)
    assert found.p_value == 1 / 25
    assert found.effect == pytest.approx(unchanged.effect - 60)
    assert found.percent == pytest.approx(-30, abs=5)
    assert found.interval is not None
    assert found.interval.contains(-60)
    assert not found.interval.contains(0)
    assert unchanged.p_value > 0.05
    assert (found.maryland_level, found.design) == (3, Design.SYNTHETIC_CONTROL)


def test_interval_holds_the_effects_that_the_test_allows() -> None:
    treated, donors = city(5)
    plain = synthetic_comparison(treated, donors, before=24, confidence=0.9)
    assert plain.interval is not None
    for effect, allowed in [
        (plain.interval.lower - 0.01, False),
        (plain.interval.lower + 0.01, True),
        (plain.interval.upper - 0.01, True),
        (plain.interval.upper + 0.01, False),
    ]:
        moved = treated.copy()
        moved[24:] -= effect
        assert (synthetic_comparison(moved + 0, donors, before=24).p_value > 0.1) is allowed


def test_has_no_limits_with_too_few_donors() -> None:
    treated, donors = city(2, donors=8)
    found = synthetic_comparison(treated, donors, before=24)
    assert found.interval is not None
    assert (found.interval.lower, found.interval.upper) == (-inf, inf)
    assert found.p_value >= 1 / 9
    assert len(found.placebos) == 8


def test_gives_no_interval_where_no_steady_effect_is_possible() -> None:
    treated, donors = city(1)
    treated[24:] += np.linspace(-100, 2000, 12)
    assert synthetic_comparison(treated, donors, before=24).interval is None


def test_a_perfect_match_that_stays_perfect_is_no_effect() -> None:
    rows = np.array([[10.0, 12] * 8, [30, 24] * 8, [50, 60] * 8])
    found = synthetic_comparison(rows[:2].mean(axis=0), rows, before=12)
    assert (found.ratio, found.p_value) == (0.0, 1.0)


def test_names_the_placebos_and_cannot_be_written_to() -> None:
    treated, donors = city(2, donors=3)
    found = synthetic_comparison(treated, donors, before=24, names=["Aston", "Erdington", "Newtown"])
    assert [placebo.name for placebo in found.placebos] == ["Aston", "Erdington", "Newtown"]
    with pytest.raises(ValueError, match="read-only"):
        found.weights[0] = 1


def test_refuses_a_poor_match() -> None:
    treated, donors = city(1)
    with pytest.raises(UnableToMatch, match=r"misses the treated area by \d+% of its mean, more than the 25% allowed"):
        synthetic_comparison(5 * treated, donors, before=24)
    with pytest.raises(UnableToMatch, match="no events before"):
        synthetic_comparison(0 * treated, donors, before=24)


@pytest.mark.parametrize("wrong", [-1.0, nan, inf])
def test_refuses_what_is_no_outcome(wrong: float) -> None:
    treated, donors = city(1)
    donors[2, 3] = wrong
    with pytest.raises(ValueError, match="outcomes of donor 3: a value is"):
        synthetic_comparison(treated, donors, before=24)


def test_refuses_what_does_not_fit_together() -> None:
    treated, donors = city(1)
    with pytest.raises(ValueError, match="two donors or more, not 1"):
        synthetic_comparison(treated, donors[:1], before=24)
    with pytest.raises(ValueError, match="not over the same periods"):
        synthetic_comparison(treated[1:], donors, before=24)
    with pytest.raises(ValueError, match="12 periods or more before and one or more after, not 36 of 36"):
        synthetic_comparison(treated, donors, before=36)
    with pytest.raises(ValueError, match="1 for 24 donors"):
        synthetic_comparison(treated, donors, before=24, names=["Aston"])
    with pytest.raises(ValueError, match="not rows of outcomes"):
        synthetic_comparison(treated, 3, before=24)
    with pytest.raises(ValueError, match="between 0 and 1"):
        synthetic_comparison(treated, donors, before=24, confidence=95)

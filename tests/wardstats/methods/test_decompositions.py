"""STL: the parts make the whole again, and an extraordinary month stays out of trend and season."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from statsmodels.tsa.seasonal import STL

from wardstats.methods import decomposed
from wardstats.methods.monthly_counts import months_of_year, standard_days

FIRST = date(2016, 1, 1)
MONTHS = 84


def made() -> np.ndarray:
    season = 1 - 0.3 * np.cos(2 * np.pi * months_of_year(FIRST, MONTHS) / 12)
    return np.random.default_rng(1).poisson(200 * season * standard_days(FIRST, MONTHS))


@pytest.mark.parametrize("robust", [True, False])
def test_is_what_statsmodels_makes_of_months_of_equal_length(robust: bool) -> None:
    counts = made()
    found = decomposed(counts, first=FIRST, robust=robust)
    theirs = STL(counts / standard_days(FIRST, MONTHS), period=12, seasonal=7, robust=robust).fit()
    assert found.season.tolist() == theirs.seasonal.tolist()
    assert found.trend + found.season + found.remainder == pytest.approx(counts / standard_days(FIRST, MONTHS))


def test_keeps_an_extraordinary_month_out_of_trend_and_season() -> None:
    counts = made()
    usual = decomposed(counts, first=FIRST)
    counts[40] += 500
    found = decomposed(counts, first=FIRST)
    assert found.remainder[40] > 450
    assert found.trend == pytest.approx(usual.trend, rel=0.05)


@pytest.mark.parametrize(
    ("counts", "first", "said"),
    [
        ([5] * 47, FIRST, "at least 48"),
        ([], FIRST, "no places"),
        ([5, np.nan] * 30, FIRST, "missing"),
        ([5, -1] * 30, FIRST, "negative"),
        ([5, 0.5] * 30, FIRST, "whole"),
        ([5] * 60, date(2016, 1, 2), "first day"),
    ],
)
def test_refuses(counts: list[float], first: date, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        decomposed(counts, first=first)

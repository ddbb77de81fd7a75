"""Season against statsmodels' regression, against made seasons, and against what shall not matter."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import deseasonalised, month_effects, season_tests
from wardstats.methods.monthly_counts import months_of_year, standard_days
from wardstats.methods.seasonality import exposures

FIRST = date(2012, 4, 1)
MONTHS = 120


def made(
    *, series: int = 4, months: int = MONTHS, mean: float = 30, strength: float = 0.3, seed: int = 1
) -> np.ndarray:
    """Counts twice as dispersed as chance, highest in July."""
    chance = np.random.default_rng(seed)
    season = 1 - strength * np.cos(2 * np.pi * (months_of_year(FIRST, months) - 0) / 12)
    expected = mean * season * standard_days(FIRST, months)
    return chance.negative_binomial(expected, 0.5, size=(series, months)).astype(float)


def columns() -> np.ndarray:
    """Levels before and after April 2020, trend, two pairs of waves: by hand."""
    at = np.arange(MONTHS)
    angle = 2 * np.pi * months_of_year(FIRST, MONTHS) / 12
    waves = (np.cos(angle), np.sin(angle), np.cos(2 * angle), np.sin(2 * angle))
    return np.column_stack([at < 96, at >= 96, at - 59.5, *waves]).astype(float)


class TestSeasonTests:
    def test_gives_what_statsmodels_gives_series_by_series(self) -> None:
        """Poisson GLM with offset, scale by Pearson's statistic; one series sparse, one with months not known."""
        counts = made()
        counts[1, [5, 17, 80]] = np.nan
        counts[2] = np.random.default_rng(2).poisson(0.4, MONTHS)
        found = season_tests(counts, first=FIRST, breaks=[date(2020, 4, 1)])
        x, offset = columns(), np.log(standard_days(FIRST, MONTHS))
        for row, series in enumerate(counts):
            known = ~np.isnan(series)
            full, plain = (
                sm.GLM(series[known], x[known][:, :kept], family=sm.families.Poisson(), offset=offset[known]).fit(
                    scale="X2", tol=1e-12
                )
                for kept in (7, 3)
            )
            assert found.f[row] == pytest.approx((plain.deviance - full.deviance) / 4 / full.scale, rel=1e-6)
            assert found.dispersion[row] == pytest.approx(full.scale, rel=1e-6)
            assert found.trend[row] == pytest.approx(np.exp(12 * full.params[2]), rel=1e-6)
            assert found.degrees_of_freedom[row] == full.df_resid

    def test_finds_a_season_where_there_is_one_and_rarely_elsewhere(self) -> None:
        there = season_tests(made(series=50), first=FIRST)
        absent = season_tests(made(series=1000, strength=0), first=FIRST)
        assert (there.p < 0.001).all()
        assert 0.03 < (absent.p < 0.05).mean() < 0.07

    def test_is_not_deceived_by_the_lengths_of_months(self) -> None:
        """A hundred a day, exactly: February is short, not low."""
        days = np.rint(100 * 30.4375 * standard_days(FIRST, MONTHS))
        assert season_tests([days], first=FIRST).p[0] == pytest.approx(1.0)

    def test_takes_a_level_of_its_own_between_breaks(self) -> None:
        """Three halved winters would be a season, were they not told to be levels of their own."""
        counts = made(series=1, strength=0, mean=300)
        counts[0, 96:111] = np.rint(counts[0, 96:111] / 3)
        breaks = [date(2020, 4, 1), date(2021, 7, 1)]
        assert season_tests(counts, first=FIRST, breaks=breaks).dispersion[0] < 3
        assert season_tests(counts, first=FIRST).dispersion[0] > 10

    @pytest.mark.parametrize(
        ("counts", "said"),
        [
            ([[1, -1] * 30], "negative or infinite"),
            ([[1, np.inf] * 30], "negative or infinite"),
            ([[1.5] * 60], "whole"),
            ([[]], "rows of numbers"),
            ([1] * 60, "rows of numbers"),
            ([[1] * 60, [1] * 59], "rows of numbers"),
            ([["many"] * 60], "rows of numbers"),
            ([[9] * 47], "47 months are known, at least 48"),
            ([[9] * 60, [9] * 40 + [np.nan] * 20], "series 1: 40 months"),
            ([[0] * 60], "0 events, at least 30"),
            ([[0] * 59 + [40]], "in too few of its months"),
        ],
    )
    def test_refuses(self, counts: list[list[float]], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            season_tests(counts, first=FIRST)

    @pytest.mark.parametrize(
        ("first", "breaks", "said"),
        [
            (date(2012, 4, 2), [], "first day"),
            (FIRST, [date(2020, 4, 2)], "first day"),
            (FIRST, [FIRST], "after the first month"),
            (FIRST, [date(2022, 4, 1)], "not after the last"),
        ],
    )
    def test_refuses_what_is_no_month_of_the_series(self, first: date, breaks: list[date], said: str) -> None:
        with pytest.raises(ValueError, match=said):
            season_tests(made(), first=first, breaks=breaks)

    def test_refuses_a_level_without_events(self) -> None:
        counts = made()
        counts[2, 96:] = 0
        with pytest.raises(ValueError, match="series 2 has no events between two breaks"):
            season_tests(counts, first=FIRST, breaks=[date(2020, 4, 1)])

    def test_refuses_more_levels_than_months_can_tell_apart(self) -> None:
        breaks = [date(2012 + month // 12, 1 + month % 12, 1) for month in range(4, 119)]
        with pytest.raises(ValueError, match="series 0: too few months"):
            season_tests(made(), first=FIRST, breaks=breaks)

    def test_refuses_what_is_known_of_four_months_of_the_year_alone(self) -> None:
        counts = np.full((1, 150), np.nan)
        counts[0, (np.arange(150) % 12) < 4] = 7
        with pytest.raises(ValueError, match="too few months"):
            season_tests(counts, first=FIRST)

    @settings(max_examples=50, deadline=None)
    @given(st.permutations(range(49)), st.lists(st.integers(0, 12), min_size=20, max_size=60))
    def test_answers_however_the_events_are_heaped(self, order: list[int], heaps: list[int]) -> None:
        """Thirteen months of forty-nine have all the events."""
        counts = np.bincount([order[heap] for heap in [*range(13), *heaps]], minlength=49).astype(float)
        found = season_tests([counts], first=FIRST)
        for each in (found.f, found.p, found.dispersion, found.trend, found.effects.factors):
            assert np.isfinite(each).all()
        assert 0 <= found.p[0] <= 1


class TestMonthEffects:
    def test_recovers_a_made_season_held_back_a_little(self) -> None:
        """1 - 0.3 cos over ten years: three months of no season in 60 of wave take away a twentieth."""
        chance = np.full(12, 1.0) - 0.3 * np.cos(2 * np.pi * np.arange(12) / 12)
        found = month_effects(made(series=1, mean=1e6), first=FIRST).factors[0]
        assert found == pytest.approx(chance, abs=0.03)
        assert (abs(found - 1)[[0, 6]] < abs(chance - 1)[[0, 6]]).all()

    def test_holds_a_short_season_back_more(self) -> None:
        long, short = (
            np.ptp(month_effects(made(series=1, mean=1e6, months=months), first=FIRST).factors) for months in (120, 18)
        )
        assert short < 0.9 * long

    @settings(max_examples=25, deadline=None)
    @given(factor=st.integers(2, 1000), seed=st.integers(0, 1000))
    def test_does_not_depend_on_how_large_the_series_is(self, factor: int, seed: int) -> None:
        counts = made(series=2, months=36, seed=seed)
        one, many = (month_effects(each, first=FIRST).factors for each in (counts, factor * counts))
        assert many == pytest.approx(one, rel=1e-5)
        assert one.mean(axis=1) == pytest.approx(1)

    @settings(max_examples=25, deadline=None)
    @given(order=st.permutations(range(4)))
    def test_looks_at_each_series_by_itself(self, order: list[int]) -> None:
        counts = made(months=24)
        together = month_effects(counts, first=FIRST).factors
        assert month_effects(counts[order], first=FIRST).factors == pytest.approx(together[order], rel=1e-5)

    def test_does_not_miss_months_never_submitted(self) -> None:
        counts = made(series=1, mean=1e5)
        with_gaps = counts.copy()
        with_gaps[0, ::7] = np.nan
        found = month_effects(with_gaps, first=FIRST)
        assert found.factors == pytest.approx(month_effects(counts, first=FIRST).factors, abs=0.01)
        assert found.months.tolist() == [102]

    def test_refuses_less_than_a_year(self) -> None:
        with pytest.raises(ValueError, match="at least 12"):
            month_effects([[9] * 11], first=FIRST)

    def test_cannot_be_written_to(self) -> None:
        with pytest.raises(ValueError, match="read-only"):
            month_effects([[9] * 12], first=FIRST).factors[0, 0] = 1


class TestDeseasonalised:
    def test_undoes_season_and_length(self) -> None:
        effects = month_effects(made(series=1), first=FIRST).factors
        whole = np.rint(1000 * exposures(effects, series=1, first=FIRST, months=MONTHS))
        assert deseasonalised(whole, effects, first=FIRST) == pytest.approx(1000, rel=1e-3)

    def test_keeps_gaps(self) -> None:
        assert np.isnan(deseasonalised([[3, None, 2]], [1] * 12, first=FIRST)).tolist() == [[False, True, False]]

    @pytest.mark.parametrize("effects", [[0] * 12, [-1] * 12, [np.nan] * 12, [1] * 11, [[1] * 12] * 3])
    def test_refuses_what_is_no_year_of_effects(self, effects: list[float]) -> None:
        with pytest.raises(ValueError, match="effect"):
            deseasonalised([[1, 2], [3, 4]], effects, first=FIRST)

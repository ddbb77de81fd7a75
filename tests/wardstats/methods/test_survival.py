"""Survival: the remissions of Freireich's patients, which every textbook prints, and another package."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight, survdiff

from wardstats.methods import Spell, Stay, first_event, kaplan_meier, log_rank

TREATED = [6, 6, 6, 6, 7, 9, 10, 10, 11, 13, 16, 17, 19, 20, 22, 23, 25, 32, 32, 34, 35]
RELAPSED = [True] * 3 + [False, True, False, True] + [False] * 2 + [True] * 2 + [False] * 3 + [True] * 2 + [False] * 5
PLACEBO = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23]
"""Weeks of remission of leukaemia, Freireich and others 1963 (Cox 1972, table 1)."""

SOME_SPELLS = st.lists(st.tuples(st.integers(0, 12), st.booleans()), min_size=1, max_size=30)


class TestKaplanMeier:
    def test_gives_the_curve_of_the_textbooks(self) -> None:
        """Collett, Modelling survival data, and R's survfit: survival and standard error at the seven relapse times."""
        curve = kaplan_meier(TREATED, RELAPSED)
        assert [step.time for step in curve.steps] == [6, 7, 10, 13, 16, 22, 23]
        assert [step.at_risk for step in curve.steps] == [21, 17, 15, 12, 11, 7, 6]
        survival = [step.survival for step in curve.steps]
        assert survival == pytest.approx([0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448], abs=5e-4)
        assert (curve.people, curve.events, curve.median, curve.longest) == (21, 9, 23, 35)

    def test_gives_the_medians_of_the_textbooks(self) -> None:
        """Eight weeks on placebo, 23 on 6-mercaptopurine."""
        assert kaplan_meier(PLACEBO, [True] * 21).median == 8

    def test_has_a_log_log_interval_that_stays_within_bounds(self) -> None:
        """R's survfit(conf.type = "log-log") for the treated: at 6 weeks 0.620 to 0.952, at 23 weeks 0.188 to 0.680."""
        curve = kaplan_meier(TREATED, RELAPSED)
        first, last = curve.steps[0].interval, curve.steps[-1].interval
        assert (first.lower, first.upper) == pytest.approx((0.620, 0.952), abs=5e-4)
        assert (last.lower, last.upper) == pytest.approx((0.188, 0.680), abs=5e-4)

    @given(SOME_SPELLS)
    @settings(deadline=None, max_examples=60)
    def test_agrees_with_statsmodels(self, spells: list[tuple[int, bool]]) -> None:
        times, happened = [time for time, _ in spells], [ended for _, ended in spells]
        if not any(happened):
            return
        other = SurvfuncRight(np.array(times), np.array(happened, dtype=int))
        curve = kaplan_meier(times, happened)
        assert [step.time for step in curve.steps] == other.surv_times.tolist()
        assert [step.survival for step in curve.steps] == pytest.approx(other.surv_prob.tolist(), abs=1e-12)
        assert [step.at_risk for step in curve.steps] == other.n_risk.tolist()

    @given(SOME_SPELLS, st.randoms())
    @settings(deadline=None, max_examples=40)
    def test_falls_within_its_interval_and_does_not_mind_the_order(
        self, spells: list[tuple[int, bool]], random: Random
    ) -> None:
        curve = kaplan_meier(*zip(*spells, strict=True))
        random.shuffle(spells)
        assert kaplan_meier(*zip(*spells, strict=True)) == curve
        before = 1.0
        for step in curve.steps:
            assert 0 <= step.interval.lower <= step.survival <= step.interval.upper <= 1
            assert step.survival < before
            before = step.survival

    def test_is_one_before_the_first_event_and_none_beyond_the_longest_follow_up(self) -> None:
        curve = kaplan_meier(TREATED, RELAPSED)
        assert (curve.at(0), curve.at(5.9), curve.at(6)) == (1.0, 1.0, pytest.approx(18 / 21))
        assert curve.at(35) == curve.steps[-1].survival
        for time in (-1, 35.1, float("nan")):
            with pytest.raises(ValueError, match="nobody was followed for"):
                curve.at(time)

    def test_has_no_steps_where_it_happened_to_nobody(self) -> None:
        curve = kaplan_meier([3, 4], [False, False])
        assert (curve.steps, curve.median, curve.at(4)) == ((), None, 1.0)

    def test_has_an_interval_where_nobody_is_left(self) -> None:
        curve = kaplan_meier([1, 2], [True, True])
        assert (curve.steps[1].survival, curve.steps[1].interval.lower) == (0.0, 0.0)
        assert curve.steps[1].interval.upper == curve.steps[0].interval.upper

    @pytest.mark.parametrize(
        ("times", "happened", "reason"),
        [
            ([], [], "nobody was followed"),
            ([1, 2], [True], "2 times and 1 outcomes"),
            ([1, -2], [True, True], "negative"),
            ([1, float("nan")], [True, True], "missing or infinite"),
            ([1, float("inf")], [True, True], "missing or infinite"),
        ],
    )
    def test_refuses(self, times: list[float], happened: list[bool], reason: str) -> None:
        with pytest.raises(ValueError, match=reason):
            kaplan_meier(times, happened)


class TestLogRank:
    def test_gives_the_test_of_the_textbooks(self) -> None:
        """R's survdiff: chi-squared 16.8 (16.793), 9 relapses where 19.25 were expected, 21 where 10.75 were."""
        found = log_rank({"treated": (TREATED, RELAPSED), "placebo": (PLACEBO, [True] * 21)})
        assert found.statistic == pytest.approx(16.793, abs=5e-4)
        assert (found.groups["treated"].observed, found.groups["placebo"].observed) == (9, 21)
        assert found.groups["treated"].expected == pytest.approx(19.25, abs=5e-3)
        assert found.groups["placebo"].expected == pytest.approx(10.75, abs=5e-3)
        assert found.p == pytest.approx(4.17e-5, abs=5e-8)

    @given(st.lists(SOME_SPELLS, min_size=2, max_size=4))
    @settings(deadline=None, max_examples=40)
    def test_agrees_with_statsmodels(self, groups: list[list[tuple[int, bool]]]) -> None:
        # One long censored spell in each group keeps it at risk throughout, where statsmodels has an answer.
        padded = [[*group, (13, False), (1, True)] for group in groups]
        found = log_rank({str(at): tuple(zip(*group, strict=True)) for at, group in enumerate(padded)})
        times, happened = zip(*(spell for group in padded for spell in group), strict=True)
        labels = [at for at, group in enumerate(padded) for _ in group]
        statistic, p = survdiff(np.array(times), np.array(happened, dtype=int), np.array(labels))
        assert found.statistic == pytest.approx(statistic, rel=1e-8, abs=1e-9)
        assert found.p == pytest.approx(p, rel=1e-8)
        assert sum(group.expected for group in found.groups.values()) == pytest.approx(sum(happened))

    def test_finds_nothing_between_groups_that_are_alike(self) -> None:
        found = log_rank({"one": (TREATED, RELAPSED), "other": (TREATED, RELAPSED)})
        assert found.statistic == pytest.approx(0.0, abs=1e-12)
        assert found.p == pytest.approx(1.0)

    def test_refuses_one_group_and_groups_that_are_never_compared(self) -> None:
        with pytest.raises(ValueError, match="compared with nothing"):
            log_rank({"one": ([1], [True])})
        with pytest.raises(ValueError, match="nobody at risk"):
            log_rank({"one": ([1, 2], [False, False]), "other": ([3, 4], [True, True])})
        with pytest.raises(ValueError, match="nobody at risk"):
            log_rank({"one": ([1], [False]), "other": ([3], [False])})


class TestFirstEvent:
    begins, ends = date(2025, 1, 1), date(2025, 7, 1)

    def test_leaves_custody_out(self) -> None:
        stays = [Stay(self.begins, date(2025, 1, 11)), Stay(date(2025, 6, 1))]
        event = date(2025, 3, 1)
        assert first_event(self.begins, self.ends, events=[event], custody=stays) == Spell(49, True)
        assert first_event(self.begins, self.ends, custody=stays) == Spell(141, False)

    def test_takes_the_first_event_and_none_after_the_end(self) -> None:
        days = [self.begins + timedelta(days=days) for days in (200, 30, 20)]
        assert first_event(self.begins, self.ends, events=days) == Spell(20, True)
        assert first_event(self.begins, self.ends, events=[self.ends]) == Spell(181, False)

    def test_refuses_events_before_and_time_that_runs_backwards(self) -> None:
        with pytest.raises(ValueError, match="before following began"):
            first_event(self.begins, self.ends, events=[date(2024, 12, 31)])
        with pytest.raises(ValueError, match="ends before it begins"):
            first_event(self.ends, self.begins)

"""MARAC rates: a year of three areas worked by hand, in which quarters are missing in every way."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import MaracArea, MaracProxy, MaracQuarter, marac_rate

BEFORE, FIRST, SECOND, THIRD, FOURTH = (
    date(2019, 7, 1),
    date(2019, 10, 1),
    date(2020, 1, 1),
    date(2020, 4, 1),
    date(2020, 7, 1),
)
ONE_MISSING = MaracArea(
    "one missing",
    40_000,
    (MaracQuarter(FIRST, 40, 12), MaracQuarter(SECOND, 42, 13), MaracQuarter(FOURTH, 38, 10)),
)
TWO_IN_A_ROW = MaracArea("two in a row", 60_000, (MaracQuarter(FIRST, 70, 20), MaracQuarter(FOURTH, 75, 25)))
TWO_APART = MaracArea(
    "two apart",
    55_000,
    (MaracQuarter(BEFORE, 50, 15), MaracQuarter(SECOND, 52, 14), MaracQuarter(FOURTH, 49, 16)),
)


class TestMaracRate:
    def test_gives_the_year_worked_by_hand(self) -> None:
        """40 + 42 + 42 + 38 = 162 and 50 + 52 + 52 + 49 = 203 are 365 of 95,000; 48 + 59 = 107 repeats are 29.3%."""
        found = marac_rate([ONE_MISSING, TWO_IN_A_ROW, TWO_APART], year_begins=FIRST)
        assert found.rate is not None
        assert found.repeats is not None
        assert (found.rate.count, found.rate.population) == (365, 95_000)
        assert found.rate.value == pytest.approx(38.421, abs=5e-4)
        assert (found.repeats.count, found.repeats.total) == (107, 365)
        assert (found.areas, found.left_out) == (("one missing", "two apart"), ("two in a row",))
        assert found.proxies == (
            MaracProxy("one missing", THIRD),
            MaracProxy("two apart", FIRST),
            MaracProxy("two apart", THIRD),
        )

    def test_has_intervals(self) -> None:
        """Byar on 365: 328.51 to 404.44, over 95,000; Wilson on 107 of 365: 0.2489 to 0.3419."""
        found = marac_rate([ONE_MISSING, TWO_APART], year_begins=FIRST)
        assert found.rate is not None
        assert found.repeats is not None
        assert (found.rate.interval.lower, found.rate.interval.upper) == pytest.approx((34.580, 42.573), abs=2e-3)
        assert (found.repeats.interval.lower, found.repeats.interval.upper) == pytest.approx((0.2489, 0.3419), abs=2e-4)

    def test_leaves_an_area_out_of_both_sides(self) -> None:
        with_it = marac_rate([ONE_MISSING, TWO_IN_A_ROW], year_begins=FIRST)
        assert with_it.rate == marac_rate([ONE_MISSING], year_begins=FIRST).rate

    def test_leaves_an_area_out_whose_first_quarter_has_none_before_it(self) -> None:
        sent = tuple(MaracQuarter(day, 10, 1) for day in (SECOND, THIRD, FOURTH))
        found = marac_rate([MaracArea("late", 1_000, sent)], year_begins=FIRST)
        assert (found.rate, found.repeats, found.areas, found.left_out) == (None, None, (), ("late",))

    def test_takes_no_cases_for_a_return(self) -> None:
        none = tuple(MaracQuarter(day, 0, 0) for day in (FIRST, SECOND, THIRD, FOURTH))
        found = marac_rate([MaracArea("quiet", 1_000, none)], year_begins=FIRST)
        assert found.rate is not None
        assert (found.rate.value, found.repeats, found.proxies) == (0.0, None, ())

    @given(st.integers(1, 100), st.randoms())
    @settings(deadline=None, max_examples=20)
    def test_does_not_mind_the_order_nor_the_size_of_areas_alike(self, factor: int, random: Random) -> None:
        areas = [ONE_MISSING, TWO_IN_A_ROW, TWO_APART]
        random.shuffle(areas)
        found = marac_rate(areas, year_begins=FIRST)
        larger = marac_rate([_times(area, factor) for area in areas], year_begins=FIRST)
        assert found.rate is not None
        assert larger.rate is not None
        assert found.rate.count == 365
        assert larger.rate.value == pytest.approx(found.rate.value)


def _times(area: MaracArea, factor: int) -> MaracArea:
    quarters = tuple(MaracQuarter(q.begins, factor * q.cases, factor * q.repeats) for q in area.quarters)
    return MaracArea(area.name, factor * area.females, quarters)


class TestRefusals:
    def test_of_no_areas_and_of_names_twice(self) -> None:
        with pytest.raises(ValueError, match="no areas"):
            marac_rate([], year_begins=FIRST)
        with pytest.raises(ValueError, match="same name"):
            marac_rate([ONE_MISSING, ONE_MISSING], year_begins=FIRST)

    @pytest.mark.parametrize("day", [date(2019, 11, 1), date(2019, 10, 2)])
    def test_of_days_on_which_no_quarter_begins(self, day: date) -> None:
        with pytest.raises(ValueError, match="no quarter begins"):
            marac_rate([ONE_MISSING], year_begins=day)
        with pytest.raises(ValueError, match="no quarter begins"):
            MaracQuarter(day, 1, 0)

    @pytest.mark.parametrize(("cases", "repeats"), [(1, 2), (-1, -1), (3, -1)])
    def test_of_repeats_that_are_not_part_of_the_cases(self, cases: int, repeats: int) -> None:
        with pytest.raises(ValueError, match="not part of"):
            MaracQuarter(FIRST, cases, repeats)

    def test_of_nobody_and_of_quarters_twice(self) -> None:
        with pytest.raises(ValueError, match="no rate without females"):
            MaracArea("empty", 0, ())
        with pytest.raises(ValueError, match="sent twice"):
            MaracArea("twice", 10, (MaracQuarter(FIRST, 1, 0), MaracQuarter(FIRST, 2, 0)))

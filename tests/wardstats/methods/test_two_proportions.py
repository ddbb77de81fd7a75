"""Two proportions: against Newcombe's and Koopman's printed tables, and another package where it is right."""

from __future__ import annotations

from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.proportion import confint_proportions_2indep

from wardstats.methods import Interval, compare_proportions, miettinen_nurminen

Counts = tuple[int, int, int, int]


@st.composite
def _counts(draw: st.DrawFn) -> Counts:
    total, reference_total = draw(st.integers(1, 200)), draw(st.integers(1, 200))
    return draw(st.integers(0, total)), total, draw(st.integers(0, reference_total)), reference_total


def _rounded(interval: Interval, digits: int = 4) -> tuple[float, float]:
    return round(interval.lower, digits) + 0.0, round(interval.upper, digits) + 0.0


class TestDifference:
    @pytest.mark.parametrize(
        ("counts", "newcombe", "miettinen"),
        [
            ((56, 70, 48, 80), (0.0524, 0.3339), (0.0528, 0.3382)),
            ((9, 10, 3, 10), (0.1705, 0.8090), (0.1700, 0.8406)),
            ((6, 7, 2, 7), (0.0582, 0.8062), (0.0342, 0.8534)),
            ((5, 56, 0, 29), (-0.0381, 0.1926), (-0.0326, 0.1933)),
            ((0, 10, 0, 20), (-0.1611, 0.2775), (-0.1658, 0.2844)),
            ((0, 10, 0, 10), (-0.2775, 0.2775), (-0.2879, 0.2879)),
            ((10, 10, 0, 20), (0.6791, 1.0), (0.7156, 1.0)),
            ((10, 10, 0, 10), (0.6075, 1.0), (0.6636, 1.0)),
        ],
    )
    def test_gives_newcombes_table(
        self, counts: Counts, newcombe: tuple[float, float], miettinen: tuple[float, float]
    ) -> None:
        """Newcombe 1998, table II: his eight examples by methods 10 and 6.

        The last of method 6 can be worked by hand: (1 - d) / (1 + d) is 1.959964 squared over 19.
        """
        assert _rounded(compare_proportions(*counts).difference_interval) == newcombe
        assert _rounded(miettinen_nurminen(*counts)[0]) == miettinen

    @given(_counts())
    @settings(deadline=None, max_examples=60)
    def test_is_the_other_way_round_when_the_groups_are(self, counts: Counts) -> None:
        count, total, reference_count, reference_total = counts
        for one, other in zip(
            (compare_proportions(*counts).difference_interval, miettinen_nurminen(*counts)[0]),
            (
                compare_proportions(reference_count, reference_total, count, total).difference_interval,
                miettinen_nurminen(reference_count, reference_total, count, total)[0],
            ),
            strict=True,
        ):
            assert one.lower == pytest.approx(-other.upper, abs=1e-7)
            assert -1 - 1e-9 <= one.lower <= one.upper <= 1 + 1e-9


class TestRatio:
    def test_gives_koopmans_example(self) -> None:
        """Koopman 1984: 36 of 40 against 16 of 80, 2.94 to 7.15."""
        found = compare_proportions(36, 40, 16, 80)
        assert found.ratio == pytest.approx(4.5)
        assert _rounded(found.ratio_interval, 2) == (2.94, 7.15)

    @pytest.mark.parametrize("counts", [(56, 70, 48, 80), (9, 10, 3, 10), (0, 10, 3, 20), (1, 100, 5, 1000)])
    def test_agrees_with_statsmodels(self, counts: Counts) -> None:
        """Where all of a group have the event, statsmodels 0.14 gives the estimate as a limit; those are left out."""
        koopman = confint_proportions_2indep(*counts, compare="ratio", method="score", correction=False)
        miettinen = confint_proportions_2indep(*counts, compare="ratio", method="score", correction=True)
        found = compare_proportions(*counts).ratio_interval
        other = miettinen_nurminen(*counts)[1]
        assert (found.lower, found.upper) == pytest.approx(koopman, rel=1e-6, abs=1e-9)
        assert (other.lower, other.upper) == pytest.approx(miettinen, rel=1e-6, abs=1e-9)

    def test_needs_nothing_added_to_noughts(self) -> None:
        none = compare_proportions(0, 10, 0, 20)
        assert (none.ratio, none.ratio_interval.lower, none.ratio_interval.upper) == (None, 0.0, inf)
        some = compare_proportions(5, 56, 0, 29)
        assert (some.ratio, some.ratio_interval.upper) == (None, inf)
        assert 0 < some.ratio_interval.lower < 1

    def test_has_an_interval_where_everybody_has_the_event(self) -> None:
        interval = compare_proportions(10, 10, 20, 20).ratio_interval
        assert 0.7 < interval.lower < 1 < interval.upper < 1.2

    @given(_counts())
    @settings(deadline=None, max_examples=60)
    def test_holds_its_value_and_is_inverse_when_the_groups_change_places(self, counts: Counts) -> None:
        count, total, reference_count, reference_total = counts
        found = compare_proportions(*counts)
        other = compare_proportions(reference_count, reference_total, count, total).ratio_interval
        if found.ratio is not None:
            assert found.ratio_interval.lower - 1e-9 <= found.ratio <= found.ratio_interval.upper + 1e-9
        if count and reference_count:
            assert found.ratio_interval.lower == pytest.approx(1 / other.upper, rel=1e-6)
        wider = miettinen_nurminen(*counts)[1]
        assert wider.lower <= found.ratio_interval.lower * (1 + 1e-9)
        assert wider.upper >= found.ratio_interval.upper * (1 - 1e-9)


@pytest.mark.parametrize("counts", [(1, 0, 1, 2), (3, 2, 1, 2), (1, 2, -1, 2)])
def test_refuses_what_is_no_proportion(counts: Counts) -> None:
    with pytest.raises(ValueError, match="not a proportion"):
        compare_proportions(*counts)
    with pytest.raises(ValueError, match="not a proportion"):
        miettinen_nurminen(*counts)

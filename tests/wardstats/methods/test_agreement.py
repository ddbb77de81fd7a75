"""Agreement between coders: against the authors' tables, other packages, and what must hold of any coefficient."""

from __future__ import annotations

from math import nan

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from statsmodels.stats.inter_rater import cohens_kappa as statsmodels_kappa
from statsmodels.stats.inter_rater import fleiss_kappa as statsmodels_fleiss

from wardstats.methods import Agreement, Scale, Weighting, cohen_kappa, fleiss_kappa, krippendorff_alpha

# Fleiss 1971, table 1: thirty patients, six psychiatrists, five diagnoses; each row as the diagnoses given.
FLEISS_1971 = [
    "444444", "222555", "233335", "555555", "222444", "113333", "333355", "113334", "114444", "555555",
    "144444", "124444", "222333", "144444", "224445", "333335", "111455", "111112", "224444", "133555",
    "555555", "244444", "224555", "114444", "144445", "222224", "111155", "224444", "133333", "555555",
]  # fmt: skip
# Krippendorff 2011, example C: four observers, twelve units, five values, some missing.
KRIPPENDORFF_2011 = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."]
COUNTS = st.lists(st.lists(st.integers(0, 2), min_size=3, max_size=3), min_size=3, max_size=15)


def _generator() -> np.random.Generator:
    return np.random.default_rng(1)


def _alpha(codes: list[list[object]], **asked: object) -> Agreement:
    return krippendorff_alpha(codes, generator=_generator(), resamples=100, **asked)  # type: ignore[arg-type]  # a test


def _krippendorff() -> list[list[object]]:
    return [[None if each == "." else int(each) for each in row] for row in KRIPPENDORFF_2011]


class TestCohensKappa:
    def test_gives_the_textbook_example(self) -> None:
        """Wikipedia, "Cohen's kappa", simple example: 20, 5, 10, 15 of 50 grant proposals; kappa 0.4."""
        found = cohen_kappa([*"Y" * 25, *"N" * 25], [*"Y" * 20, *"N" * 5, *"Y" * 10, *"N" * 15])
        assert (found.value, found.observed, found.expected) == pytest.approx((0.4, 0.3, 0.5))

    @settings(max_examples=40, deadline=None)
    @given(
        st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=8, max_size=60), st.sampled_from(Weighting)
    )
    def test_agrees_with_statsmodels(self, codes: list[tuple[int, int]], weighting: Weighting) -> None:
        codes = [*codes, (0, 1), (2, 3)]
        found = cohen_kappa(*zip(*codes, strict=True), weighting=weighting, categories=range(4))
        table = np.zeros((4, 4))
        np.add.at(table, tuple(np.transpose(codes)), 1)
        names = {Weighting.NONE: None, Weighting.LINEAR: "linear", Weighting.QUADRATIC: "quadratic"}
        peer = statsmodels_kappa(table, wt=names[weighting])
        assert found.value == pytest.approx(peer.kappa, abs=1e-12)
        low, high = max(peer.kappa_low, -1), min(peer.kappa_upp, 1)
        assert (found.interval.lower, found.interval.upper) == pytest.approx((low, high), abs=1e-9)

    @pytest.mark.parametrize(
        ("first", "second", "message"),
        [
            ("ab", "abc", "2 and 3 items"),
            ("a", "a", "needs two"),
            ("", "", "needs two"),
            ("aa", "aa", "only one category"),
            (["a", None], ["a", "b"], "leave the item out"),
            ([1.0, nan], [1.0, 2.0], "None says"),
        ],
    )
    def test_refuses_codes_it_cannot_compare(self, first: list[object], second: list[object], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            cohen_kappa(list(first), list(second))

    def test_refuses_categories_that_do_not_hold_the_codes(self) -> None:
        with pytest.raises(ValueError, match=r"not among the categories: \['c'\]"):
            cohen_kappa("abc", "abb", categories="ab")
        with pytest.raises(ValueError, match="named twice"):
            cohen_kappa("abc", "abb", categories="aabc")


class TestFleissKappa:
    def test_gives_fleiss_own_table(self) -> None:
        """Fleiss 1971: 0.430; R irr 0.84.1, kappam.fleiss(diagnoses): 0.4302445."""
        counts = [[row.count(each) for each in "12345"] for row in FLEISS_1971]
        found = fleiss_kappa(counts, generator=_generator())
        assert found.value == pytest.approx(0.4302445, abs=1e-7)
        assert (found.items, found.coders) == (30, 6)
        assert 0.25 < found.interval.lower < 0.43 < found.interval.upper < 0.6

    def test_gives_wikipedias_example(self) -> None:
        """Wikipedia, "Fleiss' kappa": ten subjects, fourteen raters, 0.210."""
        counts = [
            [0, 0, 0, 0, 14], [0, 2, 6, 4, 2], [0, 0, 3, 5, 6], [0, 3, 9, 2, 0], [2, 2, 8, 1, 1],
            [7, 7, 0, 0, 0], [3, 2, 6, 3, 0], [2, 5, 3, 2, 2], [6, 5, 2, 1, 0], [0, 2, 2, 3, 7],
        ]  # fmt: skip
        found = fleiss_kappa(counts, generator=_generator())
        rounded = [round(each, 3) for each in (found.value, 1 - found.observed, 1 - found.expected)]
        assert rounded == [0.21, 0.378, 0.213]

    @settings(max_examples=30, deadline=None)
    @given(COUNTS)
    def test_agrees_with_statsmodels_in_any_order(self, codes: list[list[int]]) -> None:
        codes = [*codes, [0, 0, 1], [1, 2, 2]]
        counts = np.array([[row.count(each) for each in range(3)] for row in codes])
        found = fleiss_kappa(counts, generator=_generator(), resamples=100)
        assert found.value == pytest.approx(statsmodels_fleiss(counts), abs=1e-12)
        again = fleiss_kappa(counts[::-1, [2, 0, 1]], generator=_generator(), resamples=100)
        assert again.value == pytest.approx(found.value, abs=1e-12)

    @pytest.mark.parametrize(
        ("counts", "message"),
        [
            ([], "not a table"),
            ([1, 2], "not a table"),
            ([[1, 1]], "needs two"),
            ([[1, 1], [1, 2]], "same number"),
            ([[1, 0], [0, 1]], "same number"),
            ([[2, 0], [nan, 1]], "whole number"),
            ([[3, -1], [1, 1]], "whole number"),
            ([[0.5, 1.5], [1, 1]], "whole number"),
            ([[2, 0], [2, 0]], "only one category"),
            ("xy", "not a table"),
        ],
    )
    def test_refuses_tables_that_are_none(self, counts: list[list[float]], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            fleiss_kappa(counts, generator=_generator())


class TestKrippendorffsAlpha:
    @pytest.mark.parametrize(
        ("scale", "published", "to_the_end"),
        [
            (Scale.NOMINAL, 0.743, 0.743421052631579),
            (Scale.ORDINAL, 0.815, 0.8153875037548814),
            (Scale.INTERVAL, 0.849, 0.8491071428571428),
            (Scale.RATIO, 0.797, 0.7974027747116121),
        ],
    )
    def test_gives_krippendorffs_example(self, scale: Scale, published: float, to_the_end: float) -> None:
        """Krippendorff 2011, example C; krippendorff 0.9.0, alpha(reliability_data=..., level_of_measurement=...)."""
        found = _alpha(_krippendorff(), scale=scale)
        assert round(found.value, 3) == published
        assert found.value == pytest.approx(to_the_end, abs=1e-12)
        assert (found.items, found.coders) == (11, 4)
        assert found.interval.contains(found.value)

    def test_gives_the_same_interval_from_the_same_chance(self) -> None:
        one, two = (krippendorff_alpha(_krippendorff(), generator=_generator()).interval for _ in range(2))
        assert one == two
        assert 0.3 < one.lower < 0.743 < one.upper <= 1

    @settings(max_examples=30, deadline=None)
    @given(COUNTS, st.sampled_from([Scale.NOMINAL, Scale.ORDINAL, Scale.INTERVAL, Scale.RATIO]))
    def test_knows_no_order_of_items_or_coders(self, items: list[list[int]], scale: Scale) -> None:
        codes = [list(row) for row in zip(*items, [0, 1, 0], strict=True)]
        assume(len({each for row in codes for each in row}) > 1)
        found = _alpha(codes, scale=scale)
        again = _alpha([row[::-1] for row in codes[::-1]], scale=scale)
        assert again.value == pytest.approx(found.value, abs=1e-12)
        assert found.value <= 1
        if scale in (Scale.INTERVAL, Scale.RATIO):
            scaled = _alpha([[7 * each for each in row] for row in codes], scale=scale)
            assert scaled.value == pytest.approx(found.value, abs=1e-9)

    @pytest.mark.parametrize(
        ("codes", "scale", "message"),
        [
            (["ab"], Scale.NOMINAL, "needs two, not 1"),
            (["ab", "a"], Scale.NOMINAL, "2 and 1 items"),
            (["aa", "aa"], Scale.NOMINAL, "only one category"),
            (["ab", [None, None]], Scale.NOMINAL, "needs two that two coders coded, not 0"),
            (["ab", "ab"], Scale.INTERVAL, "interval scale needs numbers"),
            ([[1, -1], [1, 2]], Scale.RATIO, "no negative values"),
            ([[1, float("inf")], [1, 2]], Scale.INTERVAL, "infinite"),
            ([[1, nan], [1, 2]], Scale.INTERVAL, "None says"),
        ],
    )
    def test_refuses_codes_it_cannot_compare(self, codes: list[object], scale: Scale, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            _alpha([list(row) for row in codes], scale=scale)  # type: ignore[call-overload]  # a test

    def test_refuses_an_interval_from_few_draws(self) -> None:
        with pytest.raises(ValueError, match="100 resamples"):
            krippendorff_alpha(_krippendorff(), generator=_generator(), resamples=99)
        with pytest.raises(ValueError, match="share between 0 and 1"):
            krippendorff_alpha(_krippendorff(), generator=_generator(), confidence=95)

"""Quantile groups against the public health package, and against what must hold for any values."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import quantile_groups

VALUES = [float(at * at * 7 % 31) for at in range(23)]
drawn = st.lists(st.integers(-50, 50), min_size=10, max_size=80)


class TestKnownAnswers:
    @pytest.mark.parametrize(
        ("number", "highest_first", "expected"),
        [
            (10, False, [1, 3, 10, 1, 8, 9, 2, 1, 6, 4, 7, 5, 7, 2, 4, 9, 9, 4, 2, 7, 5, 7, 4]),
            (10, True, [10, 7, 1, 10, 2, 2, 9, 9, 4, 6, 3, 5, 4, 8, 7, 1, 1, 7, 8, 4, 5, 3, 6]),
            (5, False, [1, 2, 5, 1, 4, 5, 1, 1, 3, 2, 4, 3, 4, 1, 2, 5, 5, 2, 1, 4, 3, 4, 2]),
            (4, True, [4, 3, 1, 4, 1, 1, 4, 4, 2, 3, 1, 2, 2, 3, 3, 1, 1, 3, 3, 2, 2, 1, 3]),
            (7, True, [7, 5, 1, 7, 2, 1, 6, 7, 3, 4, 2, 4, 3, 6, 5, 1, 1, 5, 6, 3, 4, 2, 4]),
        ],
    )
    def test_gives_the_groups_of_the_public_health_package(
        self, number: int, highest_first: bool, expected: list[int]
    ) -> None:
        """PHStatsMethods 0.1.16, ph_quantile(nquantiles=number, invert=highest_first), with ties among the values."""
        assert quantile_groups(VALUES, number=number, highest_first=highest_first).groups == tuple(expected)

    @pytest.mark.parametrize("places", [10, 23, 99, 100, 1001, 33755])
    def test_is_the_published_formula(self, places: int) -> None:
        """floor((q + 1) - ceil((n + 1 - rank) / (n / q))), 0 taken as 1; without ties the rank is the order."""
        ranks = np.arange(1, places + 1)
        published = np.floor(11 - np.ceil((places + 1 - ranks) / (places / 10)))
        assert quantile_groups(ranks).groups == tuple(np.maximum(published, 1).astype(int).tolist())

    def test_does_not_let_a_rounding_error_move_a_place(self) -> None:
        """The eighth of 28 in twentieths: 21 / (28 / 20) is 15, but a hair more in floating point."""
        groups = quantile_groups(range(28), number=20).groups
        assert groups is not None
        assert groups[7] == 6


class TestWhatMustHold:
    @settings(max_examples=60, deadline=None)
    @given(drawn, st.integers(2, 10))
    def test_is_in_the_order_of_the_values_and_about_even(self, values: list[int], number: int) -> None:
        found = quantile_groups(values, number=number)
        assert found.groups is not None
        by_value = [group for _, group in sorted(zip(values, found.groups, strict=True))]
        assert by_value == sorted(by_value)
        assert sum(found.places) == len(values)
        assert len({(value, group) for value, group in zip(values, found.groups, strict=True)}) == len(set(values))
        if len(set(values)) == len(values):
            assert max(found.places) - min(found.places) <= 1

    @settings(max_examples=40, deadline=None)
    @given(drawn, st.randoms(use_true_random=False))
    def test_does_not_ask_in_which_order_or_unit(self, values: list[int], chance: Random) -> None:
        order = list(range(len(values)))
        chance.shuffle(order)
        plain = quantile_groups(values).groups
        assert plain is not None
        assert quantile_groups([3 * values[at] + 7 for at in order]).groups == tuple(plain[at] for at in order)
        assert quantile_groups([-value for value in values], highest_first=True).groups == plain

    def test_puts_equals_into_the_group_of_the_first(self) -> None:
        assert quantile_groups([5] * 12, number=4).groups == (1,) * 12
        assert quantile_groups([5] * 12, number=4).places == (12, 0, 0, 0)

    def test_gives_none_to_fewer_places_than_groups(self) -> None:
        found = quantile_groups([1, 2, 3], number=4)
        assert found.groups is None
        assert found.places == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("values", "number", "said"),
    [
        ([], 4, "one for each place"),
        ([[1, 2]], 2, "one for each place"),
        ([1, float("nan")], 2, "missing or infinite"),
        ([1, float("inf")], 2, "missing or infinite"),
        ([1, 2], 1, "two groups or more, not 1"),
    ],
)
def test_refuses_what_cannot_be_put_in_groups(values: list[float], number: int, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        quantile_groups(values, number=number)

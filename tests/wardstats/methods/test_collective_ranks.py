"""Collective orders: against published elections, the methods written down otherwise, and what must hold of any order."""

from __future__ import annotations

import time
from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.methods import CollectiveOrder, collective_order

WIKIPEDIA = {
    "ACBED": 5, "ADECB": 5, "BEDAC": 8, "CABED": 3, "CAEBD": 7, "CBADE": 2, "DCEBA": 7, "EBADC": 8,
}  # fmt: skip
TENNESSEE = {
    ("Memphis", "Nashville", "Chattanooga", "Knoxville"): 42,
    ("Nashville", "Chattanooga", "Knoxville", "Memphis"): 26,
    ("Chattanooga", "Knoxville", "Nashville", "Memphis"): 15,
    ("Knoxville", "Chattanooga", "Nashville", "Memphis"): 17,
}

BALLOTS = st.lists(
    st.permutations("ABCDE").flatmap(lambda order: st.integers(0, 5).map(lambda ranked: order[:ranked])),
    min_size=1,
    max_size=12,
)


def _order(ballots: dict[str, int], options: str) -> CollectiveOrder:
    return collective_order([list(each) for each in ballots], list(options), counts=list(ballots.values()))


def _names(found: CollectiveOrder) -> str:
    return "".join(rank.option for rank in found.ranks)


class TestPublishedElections:
    def test_gives_wikipedias_example_of_the_schulze_method(self) -> None:
        """Wikipedia, "Schulze method", example: 45 voters, ranking E > A > C > B > D, no Condorcet winner."""
        found = _order(WIKIPEDIA, "ABCDE")
        assert [rank.schulze for rank in found.ranks] == [1, 2, 3, 4, 5]
        assert _names(found) == "EACBD"
        assert found.pairs == (
            (0, 20, 26, 30, 22),
            (25, 0, 16, 33, 18),
            (19, 29, 0, 17, 24),
            (15, 12, 28, 0, 14),
            (23, 27, 21, 31, 0),
        )
        assert found.condorcet_winner is None

    def test_gives_schulzes_first_example(self) -> None:
        """Schulze 2011, example 1: 21 voters, d > a > c > b."""
        found = _order({"acdb": 8, "badc": 2, "cdba": 4, "dbac": 4, "dcba": 3}, "abcd")
        assert _names(found) == "dacb"

    def test_gives_tennessees_capital_by_every_method_but_first_preferences(self) -> None:
        """Wikipedia, "Ranked pairs" and "Borda count": N > C > K > M; Borda 194, 173, 126, 107 points."""
        found = collective_order(
            list(TENNESSEE),
            ["Memphis", "Nashville", "Chattanooga", "Knoxville"],
            counts=list(TENNESSEE.values()),
        )
        assert [rank.option for rank in found.ranks] == ["Nashville", "Chattanooga", "Knoxville", "Memphis"]
        assert [rank.ranked_pairs for rank in found.ranks] == [1, 2, 3, 4]
        assert [rank.points for rank in found.ranks] == [194, 173, 107, 126]
        assert [rank.borda for rank in found.ranks] == [1, 2, 4, 3]
        assert [rank.first_preferences for rank in found.ranks] == [26, 15, 17, 42]
        assert found.condorcet_winner == "Nashville"

    def test_drops_the_weakest_majority_of_a_circle(self) -> None:
        """Condorcet 1785, in Young 1988: 60 voters, A > B 33 : 27, B > C 42 : 18, C > A 35 : 25, of which A > B is dropped."""
        found = _order({"ABC": 23, "BCA": 17, "BAC": 2, "CAB": 10, "CBA": 8}, "ABC")
        assert [found.preferring(*pair) for pair in ("AB", "BC", "CA")] == [33, 42, 35]
        assert [(rank.option, rank.ranked_pairs) for rank in found.ranks] == [("B", 1), ("C", 2), ("A", 3)]


class TestWhatWasLeftOut:
    def test_counts_as_last_and_level(self) -> None:
        found = collective_order([["a"], ["a", "b"]], ["a", "b", "c"])
        assert [(rank.option, rank.points) for rank in found.ranks] == [("a", 4), ("b", 1.5), ("c", 0.5)]
        assert (found.preferring("b", "c"), found.preferring("c", "b")) == (1, 0)

    def test_has_no_mean_rank(self) -> None:
        found = collective_order([["a"], ["b", "a"], []], ["a", "b", "c"])
        described = {rank.option: (rank.mean_rank, rank.ranked_by, rank.first_preferences) for rank in found.ranks}
        assert described == {"a": (1.5, 2, 1), "b": (1, 1, 1), "c": (None, 0, 0)}
        assert found.ballots == 3

    def test_shares_what_is_level(self) -> None:
        found = collective_order([[("a", "b"), "c"]], ["a", "b", "c"])
        assert [(rank.option, rank.schulze, rank.mean_rank) for rank in found.ranks] == [
            ("a", 1, 1.5), ("b", 1, 1.5), ("c", 3, 3.0)
        ]  # fmt: skip
        assert [rank.first_preferences for rank in found.ranks] == [0.5, 0.5, 0]
        assert found.top(1) == ("a", "b")


class TestEveryOrder:
    @settings(max_examples=60, deadline=None)
    @given(BALLOTS)
    def test_agrees_with_the_methods_written_down_otherwise(self, ballots: list[list[str]]) -> None:
        found = collective_order(ballots, list("ABCDE"))
        assert {rank.option: rank.schulze for rank in found.ranks} == _schulze_by_all_paths(found)
        majorities = [
            (found.preferring(a, b), found.preferring(b, a))
            for a, b in permutations("ABCDE", 2)
            if found.preferring(a, b) > found.preferring(b, a)
        ]
        if len(majorities) == 10 == len(set(majorities)):
            assert {rank.option: rank.ranked_pairs for rank in found.ranks} == _ranked_pairs_one_by_one(found)

    @settings(max_examples=40, deadline=None)
    @given(BALLOTS, st.permutations("ABCDE"), st.integers(1, 4))
    def test_knows_no_names_no_order_and_no_scale(
        self, ballots: list[list[str]], renamed: list[str], times: int
    ) -> None:
        names = dict(zip("ABCDE", renamed, strict=True))
        found = collective_order(ballots, list("ABCDE"))
        other = collective_order([[names[each] for each in ballot] for ballot in ballots[::-1]] * times, list("ABCDE"))
        places = {names[rank.option]: (rank.schulze, rank.ranked_pairs, rank.borda) for rank in found.ranks}
        assert {rank.option: (rank.schulze, rank.ranked_pairs, rank.borda) for rank in other.ranks} == places

    @settings(max_examples=60, deadline=None)
    @given(BALLOTS)
    def test_puts_a_condorcet_winner_first_and_adds_up(self, ballots: list[list[str]]) -> None:
        found = collective_order(ballots, list("ABCDE"))
        if found.condorcet_winner is not None:
            assert found.top(1) == (found.condorcet_winner,)
            assert min(rank.ranked_pairs for rank in found.ranks if rank.option != found.condorcet_winner) == 2
        assert sum(rank.points for rank in found.ranks) == pytest.approx(10 * len(ballots))
        assert sum(rank.first_preferences for rank in found.ranks) == pytest.approx(sum(map(bool, ballots)))

    def test_takes_five_thousand_ballots_of_ten_options(self) -> None:
        chance = np.random.default_rng(1)
        options = [f"option {at}" for at in range(10)]
        ballots = [[options[at] for at in chance.permutation(10)[:6]] for _ in range(5_000)]
        start = time.perf_counter()
        assert collective_order(ballots, options).ballots == 5_000
        assert time.perf_counter() - start < 2


class TestRefusals:
    @pytest.mark.parametrize(
        ("ballots", "options", "message"),
        [
            ([], ["a", "b"], "ballots: there are none"),
            ([["a"]], ["a"], "nothing to order among 1"),
            ([["a"]], ["a", "a"], "named twice"),
            ([["a", "a"]], ["a", "b"], "names 'a' twice"),
            ([["z"]], ["a", "b"], r"no option: \['z'\]"),
            (["ab"], ["a", "b"], "not a word"),
        ],
    )
    def test_refuses_ballots_that_are_none(self, ballots: list[list[str]], options: list[str], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            collective_order(ballots, options)

    @pytest.mark.parametrize(
        ("counts", "message"),
        [([-1], "negative"), ([0.5], "whole"), ([1, 2], "1 and 2 values"), ([0], "all are nought")],
    )
    def test_refuses_counts_that_are_none(self, counts: list[int], message: str) -> None:
        with pytest.raises(ValueError, match=message):
            collective_order([["a"]], ["a", "b"], counts=counts)


def _schulze_by_all_paths(found: CollectiveOrder) -> dict[str, int]:
    """The strongest path by going through every path there is."""

    def best(a: str, b: str) -> int:
        others = [each for each in found.options if each not in (a, b)]
        paths = [(a, *via, b) for length in range(len(others) + 1) for via in permutations(others, length)]
        return max(min(_majority(found, *step) for step in pairwise(path)) for path in paths)

    return {b: 1 + sum(best(a, b) > best(b, a) for a in found.options if a != b) for b in found.options}


def _majority(found: CollectiveOrder, a: str, b: str) -> int:
    return found.preferring(a, b) if found.preferring(a, b) > found.preferring(b, a) else 0


def _ranked_pairs_one_by_one(found: CollectiveOrder) -> dict[str, int]:
    """The one order of all 120 that keeps the list of majorities as Tideman's definition does."""
    pairs = sorted(
        (pair for pair in permutations(found.options, 2) if _majority(found, *pair)),
        key=lambda pair: (-found.preferring(*pair), found.preferring(*pair[::-1])),
    )
    orders = list(permutations(found.options))
    for a, b in pairs:
        kept = [order for order in orders if order.index(a) < order.index(b)]
        orders = kept or orders
    assert len(orders) == 1
    return {option: place for place, option in enumerate(orders[0], start=1)}

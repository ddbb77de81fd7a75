"""Dealing values out over cells, against every deal that there is."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy.sparse import csr_array

from wardstats.methods.permutations import enough_permutations, two_sided_p

VALUES = np.array([0.0, 1, 1, 4, 6, 7])
EQUAL = np.array(
    [
        [1.0, 1, 1, 0, 0, 0],
        [1, 1, 0, 0, 0, 0],
        [0, 1, 1, 1, 0, 0],
        [0, 0, 0, 1, 1, 1],
        [0, 0, 0, 0, 1, 1],
        [1, 1, 1, 1, 1, 1],
    ]
)
UNEQUAL = EQUAL * np.array([1.0, 0.5, 2, 1, 0.25, 1])


def of_all_deals(values: np.ndarray, weights: np.ndarray, own_stays: bool) -> np.ndarray:
    """Twice the smaller tail over all orders of the values; a cell whose own stays sees only orders that leave it."""
    every = np.array(list(permutations(range(len(values)))))
    found = []
    for cell, row in enumerate(weights):
        deals = every[every[:, cell] == cell] if own_stays else every
        sums, observed = values[deals] @ row, row @ values
        tails = np.mean(sums >= observed - 1e-9), np.mean(sums <= observed + 1e-9)
        found.append(min(1.0, 2 * min(tails)))
    return np.array(found)


@pytest.mark.parametrize("table", [EQUAL, UNEQUAL])
def test_gives_the_share_of_all_deals(table: np.ndarray) -> None:
    found = two_sided_p(
        VALUES, csr_array(table), generator=np.random.default_rng(2), permutations=60_000, own_stays=False
    )
    assert found == pytest.approx(of_all_deals(VALUES, table, own_stays=False), abs=0.012)


@pytest.mark.parametrize("table", [EQUAL, UNEQUAL])
def test_gives_the_share_of_all_deals_that_leave_a_cell_its_own(table: np.ndarray) -> None:
    others = table * (1 - np.eye(6))
    found = two_sided_p(
        VALUES, csr_array(others), generator=np.random.default_rng(2), permutations=60_000, own_stays=True
    )
    assert found == pytest.approx(of_all_deals(VALUES, others, own_stays=True), abs=0.012)


def test_counts_the_case_itself_so_that_p_is_never_nought() -> None:
    values = np.zeros(400)
    values[:2] = 1000
    around = csr_array(np.eye(400) + np.eye(400, k=1))
    found = two_sided_p(values, around, generator=np.random.default_rng(2), permutations=999, own_stays=False)
    assert found.min() == 0.002


def test_says_nothing_of_a_cell_without_neighbours() -> None:
    found = two_sided_p(VALUES, csr_array((6, 6)), generator=np.random.default_rng(2), permutations=99, own_stays=True)
    assert found.tolist() == [1] * 6


def test_deals_in_blocks_as_it_does_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """More deals than fit into memory at once come to the same share."""
    monkeypatch.setattr("wardstats.methods.permutations.IN_MEMORY", 5_000)
    found = two_sided_p(
        VALUES, csr_array(EQUAL), generator=np.random.default_rng(2), permutations=30_000, own_stays=False
    )
    assert found == pytest.approx(of_all_deals(VALUES, EQUAL, own_stays=False), abs=0.02)


def test_knows_how_many_let_one_cell_be_called_alone() -> None:
    """Its least p is 2 / (1 + permutations), and Benjamini and Hochberg ask for rate / cells."""
    for cells, rate in ((900, 0.05), (20_000, 0.05), (33_755, 0.01)):
        assert 2 / (1 + enough_permutations(cells, rate)) <= rate / cells < 2 / (enough_permutations(cells, rate) - 1)

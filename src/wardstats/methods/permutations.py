"""Permutations: how often a cell's neighbours would add up to as much if the values were dealt out over the cells at random."""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

Numbers: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]
Weights: TypeAlias = "csr_array[Any, tuple[int, int]]"

ROUNDING = 64 * float(np.finfo(np.float64).eps)
FEWEST_DEALT = 9_999
IN_MEMORY = 4_000_000
FEW = 16


def two_sided_p(
    values: Numbers, weights: Weights, *, generator: np.random.Generator, permutations: int, own_stays: bool
) -> Numbers:
    """For every cell, twice the share of the permutations in which its weighted sum is as high, or as low, as it is.

    The cell's own case counts as one of the permutations, so that p is never nought. What a cell's sum can be depends only on
    its weights, whichever cells they are of; hence the values are dealt out to as many places as a row has weights, and all
    cells with the same weights are held against the same deals.

    Parameters
    ----------
    values
        One for each cell.
    weights
        Square: row i has the weights of the cells that count towards cell i.
    generator
        Where chance comes from.
    permutations
        How often the values are dealt out.
    own_stays
        Whether a cell's own value stays with it, so that its neighbours get those of the others.

    Raises
    ------
    ValueError
        If there is no permutation.

    Examples
    --------
    >>> neighbours = csr_array(np.array([[1.0, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1], [1, 0, 0, 1]]))
    >>> draw = np.random.default_rng(1)
    >>> found = two_sided_p(np.array([0.0, 1, 2, 3]), neighbours, generator=draw, permutations=99_999, own_stays=False)
    >>> found.round(1).tolist()  # 0 + 1 is the least of six sums, 1 + 2 in the middle
    [0.3, 1.0, 0.3, 1.0]
    """
    if permutations < 1:
        raise ValueError(f"no test without permutations: {permutations}")
    tails = _Tails(values, weights, own_stays)
    for deal in _deals(len(values), tails.places, permutations, generator):
        tails.take(deal)
    fewest = np.minimum(tails.at_least, tails.at_most)
    p: Numbers = np.minimum(2 * (1 + fewest) / (1 + permutations), 1.0)
    return p


def enough_permutations(cells: int, rate: float) -> int:
    """How many it takes for one cell alone to be called at a rate of false discoveries among so many cells.

    Examples
    --------
    >>> enough_permutations(900, 0.05), enough_permutations(20, 0.05)
    (35999, 9999)
    """
    return max(FEWEST_DEALT, ceil(2 * cells / rate) - 1)


class _Tails:
    """Counts, deal by deal, how many sums are at least and at most what each cell has."""

    def __init__(self, values: Numbers, weights: Weights, own_stays: bool) -> None:
        self.values, self.own_stays = values, own_stays
        self.observed = weights @ values
        self.slack = ROUNDING * (abs(weights) @ np.abs(values))
        self.alike = _alike(weights)
        self.kind = np.zeros(len(values), dtype=np.int64)
        for kind, (_, cells) in enumerate(self.alike):
            self.kind[cells] = kind
        self.places = max(max(len(row) for row, _ in self.alike) + own_stays, 1)
        self.at_least: Whole = np.zeros(len(values), dtype=np.int64)
        self.at_most: Whole = np.zeros(len(values), dtype=np.int64)

    def take(self, deal: Whole) -> None:
        """Add a deal: rows of different cells, whose values come to the places of a row of weights."""
        dealt = self.values[deal]
        for kind, (row, cells) in enumerate(self.alike):
            sums = dealt[:, : len(row)] @ row
            least, most = self.observed[cells] - self.slack[cells], self.observed[cells] + self.slack[cells]
            self.at_least[cells] += _at_least(sums, least)
            self.at_most[cells] += _at_least(-sums, -most)
            if self.own_stays and len(row):
                self._keep_own(deal, dealt, kind, sums)

    def _keep_own(self, deal: Whole, dealt: Numbers, kind: int, sums: Numbers) -> None:
        """Where a cell was dealt its own value, put the next one dealt in its place."""
        row = self.alike[kind][0]
        deals, places = np.nonzero(self.kind[deal[:, : len(row)]] == kind)
        cells = deal[deals, places]
        before = sums[deals]
        after = before + row[places] * (dealt[deals, len(row)] - self.values[cells])
        least, most = self.observed[cells] - self.slack[cells], self.observed[cells] + self.slack[cells]
        np.add.at(self.at_least, cells, (after >= least).astype(np.int64) - (before >= least))
        np.add.at(self.at_most, cells, (after <= most).astype(np.int64) - (before <= most))


def _alike(weights: Weights) -> list[tuple[Numbers, Whole]]:
    """The different rows of weights, each with the cells that have it."""
    found: dict[bytes, tuple[Numbers, list[int]]] = {}
    for cell, (start, stop) in enumerate(zip(weights.indptr[:-1], weights.indptr[1:], strict=True)):
        row = np.sort(weights.data[start:stop])
        found.setdefault(row.tobytes(), (row, []))[1].append(cell)
    return [(row, np.array(cells, dtype=np.int64)) for row, cells in found.values()]


def _at_least(sums: Numbers, bounds: Numbers) -> Whole:
    """How many of the sums are at least each bound."""
    if len(bounds) < FEW:
        return np.array([np.count_nonzero(sums >= bound) for bound in bounds], dtype=np.int64)
    counted: Whole = len(sums) - np.searchsorted(np.sort(sums), bounds, side="left")
    return counted


def _deals(cells: int, places: int, permutations: int, generator: np.random.Generator) -> Iterator[Whole]:
    """Rows of different cells, in blocks that fit into memory; each shuffle of all cells is cut into as many as it holds."""
    rows = cells // places
    most = max(IN_MEMORY // places, rows)
    left = permutations
    while left:
        wanted = min(left, most)
        shuffles = [generator.permutation(cells)[: rows * places] for _ in range(ceil(wanted / rows))]
        yield np.concatenate(shuffles).reshape(-1, places)[:wanted]
        left -= wanted

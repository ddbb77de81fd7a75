"""Hot spots: where a place and those around it have more, or fewer, than chance would gather there (Getis-Ord Gi*)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array, diags_array, eye_array, kron
from scipy.spatial import cKDTree
from scipy.special import ndtr
from scipy.stats import false_discovery_control

from wardstats.methods.permutations import ROUNDING, enough_permutations, two_sided_p

Numbers: TypeAlias = npt.NDArray[np.float64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Neighbours: TypeAlias = "csr_array[Any, tuple[int, int]]"


@dataclass(frozen=True, eq=False)
class HotSpots:
    """For every cell, in the order given, how far the values in and around it stand out. Its arrays cannot be written to.

    Parameters
    ----------
    z
        Gi* in standard deviations: above nought where high values gather, below where low ones do.
    p
        Two-sided, of one cell looked at by itself: from permutations, or from the normal distribution.
    q
        ``p`` after Benjamini and Hochberg: the least rate of false discoveries at which the cell is still called.
    neighbours
        How many cells count towards each, itself included; 1 is an island.
    false_discovery_rate
        The share of the cells called hot or cold that may be so by chance alone.
    permutations
        How often the values were dealt out for ``p``; None where it is from the normal distribution.
    """

    z: Numbers
    p: Numbers
    q: Numbers
    neighbours: npt.NDArray[np.int64]
    false_discovery_rate: float
    permutations: int | None = None

    @property
    def hot(self) -> Flags:
        """The cells called hot at the rate of false discoveries asked for."""
        return (self.q <= self.false_discovery_rate) & (self.z > 0)

    @property
    def cold(self) -> Flags:
        """The cells called cold at the rate of false discoveries asked for."""
        return (self.q <= self.false_discovery_rate) & (self.z < 0)


def getis_ord(
    values: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    false_discovery_rate: float = 0.05,
    generator: np.random.Generator | None = None,
    permutations: int | None = None,
) -> HotSpots:
    """Where values gather in space: Getis and Ord's Gi* of every cell, with control of false discoveries.

    A cell's weighted sum over itself and its neighbours is held against what the same weights would give if all values
    were dealt out at random. The weights of one cell may be in any unit: multiplied all together they give the same z.

    Parameters
    ----------
    values
        One for each cell: counts, rates or changes of them.
    neighbours
        Square and sparse: row i holds the weights of the cells that count towards cell i, i itself among them. From
        :func:`grid_neighbours`, :func:`neighbours_within`, or any other source.
    false_discovery_rate
        Which share of the cells called hot or cold may be so by chance.
    generator
        Where chance comes from. With one, p is from dealing the values out over the cells; without, from the normal
        distribution, which is good enough only where the counts of a cell and its neighbours are not few.
    permutations
        How often the values are dealt out; as often as it takes for one cell alone to be called when None. With fewer, a lone
        hot spot may go without.

    Returns
    -------
    HotSpots
        A cell to which all cells count alike stands out from nothing: its z is nought. An island is held against all
        others by its own value.

    Raises
    ------
    ValueError
        If there are fewer than two cells, a value is missing or infinite or all are equal; if the neighbours are of
        another number of cells, a weight is negative, missing or infinite, or a cell is not among its own neighbours;
        if the rate is not between nought and one; or if permutations are asked for without a generator, or fewer than one.

    When not to use this
    --------------------
    Not with rare events without a generator: the normal distribution is a poor guide to small p where the counts of a cell and
    its neighbours are few. Dealt out evenly over 900 cells of a grid, 20 events a cell call something on 1 map in 20, as
    asked, but 3 a cell on 1 in 10, 1 on 1 in 6 and 1 in twenty cells nearly always. By permutations it is at most 1 in 20 of
    any of them. Not with counts of places of very different size or population: take rates. Not
    with a distance chosen because its map looked best. A cell is called for its surroundings: a hot one may have no
    event of its own. Police.uk points are moved to the middle of a street, so cells finer than that are fiction. And
    crime gathers almost everywhere: what is hot is worth a look, not a cause found.

    References
    ----------
    Getis A, Ord JK (1992). The analysis of spatial association by use of distance statistics. Geographical Analysis 24.
    Ord JK, Getis A (1995). Local spatial autocorrelation statistics. Geographical Analysis 27, 286-306 (any weights).
    Benjamini Y, Hochberg Y (1995). Controlling the false discovery rate. JRSS B 57, 289-300.
    Caldas de Castro M, Singer BH (2006). Controlling the false discovery rate: a new application to account for multiple
    and dependent tests in local statistics of spatial association. Geographical Analysis 38, 180-208.

    Examples
    --------
    Six places, those within 15 of each other neighbours:

    >>> places = [(10, 10), (20, 10), (40, 10), (15, 20), (30, 20), (30, 30)]
    >>> found = getis_ord([2, 3, 3.2, 5, 8, 7], neighbours_within(places, distance=15))
    >>> [round(float(z), 3) for z in found.z]
    [-1.397, -0.289, 0.651, -0.289, 1.235, 2.024]
    >>> round(float(found.p[5]), 3), round(float(found.q[5]), 3), bool(found.hot.any())
    (0.043, 0.258, False)

    By permutations, where the two highest of six values come together in one deal of fifteen:

    >>> dealt = getis_ord([2, 3, 3.2, 5, 8, 7], neighbours_within(places, distance=15), generator=np.random.default_rng(1))
    >>> round(float(dealt.p[5]), 2), dealt.permutations
    (0.13, 9999)
    """
    if not 0 < false_discovery_rate < 1:
        raise ValueError(f"a rate of false discoveries is a share between 0 and 1, not {false_discovery_rate}")
    known = known_values(values)
    weights = known_weights(neighbours, len(known))
    if not weights.diagonal().all():
        raise ValueError("a cell is not among its own neighbours, as Gi* needs")
    centred, shares = _comparable(known, weights)
    z = _standardised(centred, shares)
    p = np.minimum(2 * ndtr(-np.abs(z)), 1.0)
    dealt = _asked_for(generator, permutations, len(known), false_discovery_rate)
    if generator is not None and dealt is not None:
        p = two_sided_p(centred, shares, generator=generator, permutations=dealt, own_stays=False)
    q = np.asarray(false_discovery_control(p, method="bh"), dtype=np.float64)
    counts = np.diff(weights.indptr).astype(np.int64)
    for each in (z, p, q, counts):
        each.setflags(write=False)
    return HotSpots(z, p, q, counts, false_discovery_rate, dealt)


def _asked_for(generator: np.random.Generator | None, permutations: int | None, cells: int, rate: float) -> int | None:
    if generator is None:
        if permutations is not None:
            raise ValueError(f"{permutations} permutations without a generator to draw them")
        return None
    return enough_permutations(cells, rate) if permutations is None else permutations


def known_values(values: npt.ArrayLike) -> Numbers:
    """One value for each cell, not all of them equal.

    Raises
    ------
    ValueError
        If there are fewer than two cells, a value is missing or infinite, or all are equal.
    """
    known = np.asarray(values, dtype=np.float64)
    if known.ndim != 1:
        raise ValueError(f"values are one for each cell, not an array of {known.ndim} dimensions")
    if len(known) < 2:
        raise ValueError(f"nothing stands out among fewer than two cells: {len(known)}")
    if not np.isfinite(known).all():
        raise ValueError("a value is missing or infinite")
    if known.min() == known.max():
        raise ValueError("nothing stands out where all values are equal")
    return known


def known_weights(neighbours: Neighbours, cells: int) -> Neighbours:
    """The weights of so many cells, each above nought and told once.

    Raises
    ------
    ValueError
        If they are of another number of cells, or one is negative, missing or infinite.
    """
    if neighbours.shape != (cells, cells):
        raise ValueError(f"{cells} values with neighbours of shape {neighbours.shape}")
    weights: Neighbours = csr_array(neighbours.astype(np.float64))
    weights.sum_duplicates()
    if not np.isfinite(weights.data).all() or (weights.data < 0).any():
        raise ValueError("a weight is negative, missing or infinite")
    weights.eliminate_zeros()
    return weights


def _comparable(values: Numbers, weights: Neighbours) -> tuple[Numbers, Neighbours]:
    """Each row by its largest weight, and the values by theirs, so that no unit is too large or too small to square."""
    largest = np.maximum.reduceat(weights.data, weights.indptr[:-1])
    shares = weights.data / np.repeat(largest, np.diff(weights.indptr))
    small = values / np.abs(values).max()
    centred = small - small.mean()
    centred /= np.abs(centred).max()
    return centred, csr_array((shares, weights.indices, weights.indptr), shape=weights.shape)


def _standardised(centred: Numbers, shares: Neighbours) -> Numbers:
    cells, starts = len(centred), shares.indptr[:-1]
    total, squares = np.add.reduceat(shares.data, starts), np.add.reduceat(shares.data * shares.data, starts)
    spread = cells * squares - total * total
    apart = spread > ROUNDING * cells * squares
    deviation = np.sqrt(np.mean(centred * centred) * np.where(apart, spread, 1.0) / (cells - 1))
    return np.where(apart, (shares @ centred) / deviation, 0.0)


def grid_neighbours(
    rows: int, columns: int, *, diagonals: bool = True, inside: npt.ArrayLike | None = None
) -> Neighbours:
    """The neighbours of the cells of a regular grid, each cell among its own, all with the weight one.

    Parameters
    ----------
    rows, columns
        The size of the grid. Its cells are numbered row by row, as ``array.ravel()`` does.
    diagonals
        Whether cells that only share a corner are neighbours (queen and not rook).
    inside
        Which cells take part, a truth value for each in the shape of the grid, such as those within the district; only
        they are numbered then. All when None.

    Raises
    ------
    ValueError
        If the grid has no cell, or ``inside`` is of another shape or leaves none.

    Examples
    --------
    >>> grid_neighbours(3, 3).sum(axis=1).astype(int).tolist()
    [4, 6, 4, 6, 9, 6, 4, 6, 4]
    >>> grid_neighbours(3, 3, diagonals=False).sum(axis=1).astype(int).tolist()
    [3, 4, 3, 4, 5, 4, 3, 4, 3]
    """
    if rows < 1 or columns < 1:
        raise ValueError(f"a grid of {rows} by {columns} has no cell")
    down, across = _steps(rows), _steps(columns)
    reached = kron(down, across) if diagonals else kron(down, eye_array(columns)) + kron(eye_array(rows), across)
    weights: Neighbours = csr_array(reached)
    weights.eliminate_zeros()  # kron keeps noughts where its right side is dense
    weights.data[:] = 1.0
    if inside is None:
        return weights
    kept = np.asarray(inside, dtype=np.bool_)
    if kept.shape != (rows, columns) or not kept.any():
        raise ValueError(f"cells inside are told in the shape ({rows}, {columns}), at least one of them true")
    numbers = np.flatnonzero(kept)
    return csr_array(weights[numbers][:, numbers])


def _steps(cells: int) -> Neighbours:
    """One step or none along a line of cells."""
    return csr_array(diags_array([1.0, 1.0, 1.0], offsets=[-1, 0, 1], shape=(cells, cells)))


def neighbours_within(points: npt.ArrayLike, *, distance: float) -> Neighbours:
    """The neighbours of points: all that lie no further away than a distance, each point among its own, all with weight one.

    Parameters
    ----------
    points
        A row of two coordinates each, in a plane: eastings and northings in metres, never degrees.
    distance
        In the unit of the coordinates. Time and memory go with the number of pairs that it reaches.

    Raises
    ------
    ValueError
        If there is no point, a coordinate is missing or infinite, or the distance is not a positive number.

    Examples
    --------
    >>> neighbours_within([(0, 0), (0, 100), (0, 250)], distance=100).toarray().astype(int).tolist()
    [[1, 1, 0], [1, 1, 0], [0, 0, 1]]
    """
    places = np.asarray(points, dtype=np.float64)
    if places.ndim != 2 or places.shape[1] != 2 or not len(places):
        raise ValueError(f"points are rows of two coordinates, not of shape {places.shape}")
    if not np.isfinite(places).all():
        raise ValueError("a coordinate is missing or infinite")
    if not 0 < distance < np.inf:
        raise ValueError(f"a distance is a positive number, not {distance}")
    pairs = cKDTree(places).query_pairs(distance, output_type="ndarray")
    themselves = np.arange(len(places))
    one = np.concatenate([pairs[:, 0], pairs[:, 1], themselves])
    other = np.concatenate([pairs[:, 1], pairs[:, 0], themselves])
    return csr_array((np.ones(len(one)), (one, other)), shape=(len(places), len(places)))

"""Local Moran: which places resemble their neighbours, high among high or low among low, and which stand out from them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.stats import false_discovery_control

from wardstats.methods.hot_spots import Flags, Neighbours, Numbers, known_values, known_weights
from wardstats.methods.permutations import ROUNDING, enough_permutations, two_sided_p


class Quadrant(IntEnum):
    """A place's value against the average of all, and that of its neighbours."""

    NEITHER = 0
    HIGH_AMONG_HIGH = 1
    LOW_AMONG_HIGH = 2
    LOW_AMONG_LOW = 3
    HIGH_AMONG_LOW = 4


@dataclass(frozen=True, eq=False)
class LocalMoran:
    """For every place, in the order given, how it goes with its neighbours. Its arrays cannot be written to.

    Parameters
    ----------
    i
        Local Moran's I: above nought where a place is like its neighbours, below where it is unlike them.
    quadrants
        A :class:`Quadrant` by number, called or not; ``NEITHER`` for a place or neighbours just at the average, and for an island.
    p
        Two-sided, by permutations, of one place looked at by itself; 1 for an island.
    q
        ``p`` after Benjamini and Hochberg over the places with neighbours: the least rate of false discoveries at which the
        place is still called.
    neighbours
        How many others count towards each; 0 is an island.
    false_discovery_rate
        The share of the places called that may be so by chance alone.
    permutations
        How often the values of the others were dealt out.
    """

    i: Numbers
    quadrants: npt.NDArray[np.int64]
    p: Numbers
    q: Numbers
    neighbours: npt.NDArray[np.int64]
    false_discovery_rate: float
    permutations: int

    @property
    def called(self) -> Flags:
        """The places called at the rate of false discoveries asked for."""
        called: Flags = self.q <= self.false_discovery_rate
        return called

    def among(self, quadrant: Quadrant) -> Flags:
        """The places called that lie in a quadrant."""
        lying: Flags = self.quadrants == quadrant
        return self.called & lying


def local_morans_i(
    values: npt.ArrayLike,
    neighbours: Neighbours,
    *,
    generator: np.random.Generator,
    permutations: int | None = None,
    false_discovery_rate: float = 0.05,
) -> LocalMoran:
    """Local Moran's I of every place, judged by dealing the values of all others out over its neighbours.

    The weights of a place's neighbours are brought to one, its own is left out. I is its deviation from the average times its
    neighbours' mean deviation, over the variance of all (with the divisor n / (n - 1) of the reference).

    Parameters
    ----------
    values
        One for each place: rates rather than counts where places differ in size.
    neighbours
        Square and sparse, from :func:`~wardstats.methods.hot_spots.grid_neighbours`,
        :func:`~wardstats.methods.hot_spots.neighbours_within`, or any other source.
    generator
        Where chance comes from.
    permutations
        How often; as often as it takes for one place alone to be called when None. The smallest p is 2 / (1 + permutations).
    false_discovery_rate
        Which share of the places called may be so by chance.

    Returns
    -------
    LocalMoran
        An island is like nothing: its I is nought, its p and q are 1, and it takes no part in the control of false discoveries.

    Raises
    ------
    ValueError
        If there are fewer than two places, a value is missing or infinite or all are equal; if the neighbours are of another
        number of places, or a weight is negative, missing or infinite; if all places are islands; if the rate is not between nought
        and one, or there is no permutation.

    When not to use this
    --------------------
    Not with counts of places of very different size or population. Not to find where crime is: a place of average crime among
    places of average crime goes with its neighbours and is no finding; for hot spots take Gi*. Another division into areas
    gives another answer: repeat it on one and say so. And as crime gathers almost everywhere, no map is one of chance alone: what
    is called is where to look. (Where 900 cells of a grid are filled by chance, 20 events a cell or 1 in twenty cells, something
    is called on 1 to 3% of maps at the rate of 5%.)

    References
    ----------
    Anselin L (1995). Local indicators of spatial association - LISA. Geographical Analysis 27, 93-115.
    Benjamini Y, Hochberg Y (1995). Controlling the false discovery rate. JRSS B 57, 289-300.
    Caldas de Castro M, Singer BH (2006). Controlling the false discovery rate. Geographical Analysis 38, 180-208.

    Examples
    --------
    Five places high, seven low and one high among those, in a street where each has a neighbour on either side:

    >>> from wardstats.methods.hot_spots import grid_neighbours
    >>> street = [9, 8, 9, 8, 9, 1, 2, 1, 1, 9, 1, 2, 1]
    >>> found = local_morans_i(street, grid_neighbours(1, 13), generator=np.random.default_rng(1))
    >>> found.i.round(2)[[1, 9]].tolist(), [Quadrant(at).name for at in found.quadrants[[1, 9]]]
    ([0.96, -1.07], ['HIGH_AMONG_HIGH', 'HIGH_AMONG_LOW'])
    """
    if not 0 < false_discovery_rate < 1:
        raise ValueError(f"a rate of false discoveries is a share between 0 and 1, not {false_discovery_rate}")
    known = known_values(values)
    shares = _shares(known_weights(neighbours, len(known)))
    counts = np.diff(shares.indptr).astype(np.int64)
    if not counts.any():
        raise ValueError("nothing goes with its neighbours where all places are islands")
    dealt = enough_permutations(len(known), false_discovery_rate) if permutations is None else permutations
    deviations = _deviations(known)
    around = _but_for_rounding(shares @ deviations)
    i = deviations * around * ((len(known) - 1) / len(known))
    p = two_sided_p(deviations, shares, generator=generator, permutations=dealt, own_stays=True)
    p = np.where((deviations == 0) | (counts == 0), 1.0, p)
    q = np.ones(len(known))
    q[counts > 0] = false_discovery_control(p[counts > 0], method="bh")
    quadrants = _quadrants(deviations, around)
    for each in (i, quadrants, p, q, counts):
        each.setflags(write=False)
    return LocalMoran(i, quadrants, p, q, counts, false_discovery_rate, dealt)


def _shares(weights: Neighbours) -> Neighbours:
    """The weights of the others, those of each row brought to one; a row without any stays empty."""
    rows = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    others = rows != weights.indices
    rows, columns, data = rows[others], weights.indices[others], weights.data[others]
    largest = np.zeros(weights.shape[0])
    np.maximum.at(largest, rows, data)
    data = data / largest[rows]
    data /= np.bincount(rows, weights=data, minlength=len(largest))[rows]
    return csr_array((data, (rows, columns)), shape=weights.shape)


def _deviations(values: Numbers) -> Numbers:
    """In standard deviations; by the largest value first, so that no unit is too large or too small to square."""
    small = values / np.abs(values).max()
    centred = small - small.mean()
    centred[np.abs(centred) <= ROUNDING] = 0.0
    centred /= np.abs(centred).max()
    deviations: Numbers = centred / np.sqrt(np.mean(centred * centred))
    return deviations


def _but_for_rounding(around: Numbers) -> Numbers:
    return np.where(np.abs(around) <= ROUNDING * np.abs(around).max(), 0.0, around)


def _quadrants(deviations: Numbers, around: Numbers) -> npt.NDArray[np.int64]:
    high, low = deviations > 0, deviations < 0
    among_high, among_low = around > 0, around < 0
    quadrants = np.select(
        [high & among_high, low & among_high, low & among_low, high & among_low],
        [Quadrant.HIGH_AMONG_HIGH, Quadrant.LOW_AMONG_HIGH, Quadrant.LOW_AMONG_LOW, Quadrant.HIGH_AMONG_LOW],
        default=Quadrant.NEITHER,
    )
    return quadrants.astype(np.int64)

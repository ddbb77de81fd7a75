"""Kernel density: events spread over their surroundings, as the density maps of CrimeStat and of police systems do it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, hypot, pi
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Numbers: TypeAlias = npt.NDArray[np.float64]
Whole: TypeAlias = npt.NDArray[np.int64]

BLOCK = 1 << 16


@dataclass(frozen=True)
class Grid:
    """Square cells in rows from the lower left corner up, in the unit of the events' coordinates.

    Raises
    ------
    ValueError
        If there is no cell, its side is not a positive number or the corner is missing or infinite.

    Examples
    --------
    >>> Grid(left=0, bottom=0, side=100, rows=1, columns=2).centres.tolist()
    [[50.0, 50.0], [150.0, 50.0]]
    """

    left: float
    bottom: float
    side: float
    rows: int
    columns: int

    def __post_init__(self) -> None:
        """Refuse what is no grid."""
        if self.rows < 1 or self.columns < 1:
            raise ValueError(f"a grid of {self.rows} by {self.columns} has no cell")
        if not 0 < self.side < np.inf:
            raise ValueError(f"the side of a cell is a positive number, not {self.side}")
        if not np.isfinite([self.left, self.bottom]).all():
            raise ValueError("the corner of the grid is missing or infinite")

    @property
    def centres(self) -> Numbers:
        """The middle of every cell, row by row."""
        rows, columns = np.divmod(np.arange(self.rows * self.columns), self.columns)
        return np.column_stack([self.left + (columns + 0.5) * self.side, self.bottom + (rows + 0.5) * self.side])


@dataclass(frozen=True, eq=False)
class KernelDensity:
    """How thick events lie at the middle of every cell. Its array cannot be written to.

    Parameters
    ----------
    density
        Events per square unit of the coordinates, in the shape of the grid, its first row at the bottom.
    grid
        The grid asked for.
    bandwidth
        How far an event was spread: a decision of whoever asked, to be printed with the map.
    events
        How many there were, near the grid or not.
    kernel
        How an event was spread, in words fit to print.
    """

    density: Numbers
    grid: Grid
    bandwidth: float
    events: int
    kernel: str = "quartic"


def quartic_density(points: npt.ArrayLike, *, grid: Grid, bandwidth: float) -> KernelDensity:
    """The density of events at the middle of every cell, each event spread as a quartic hill of one fixed width.

    An event at distance d adds 3 / (pi h^2) (1 - d^2 / h^2)^2 within the bandwidth h and nothing beyond it. That is the
    plain sum over all events, not an approximation to it. Events outside the grid count as far as they reach into it;
    near an edge beyond which nothing was recorded the density is therefore too low.

    Parameters
    ----------
    points
        A row of two coordinates for each event, in a plane: eastings and northings in metres, never degrees.
    grid
        Where the density is asked for.
    bandwidth
        In the unit of the coordinates: 150 to 300 m in a town. It is never chosen here, since rules that choose one
        smooth a town into one blob; say it beside the map.

    Raises
    ------
    ValueError
        If a coordinate is missing or infinite, points are not rows of two, the bandwidth is not a positive number, or it
        is so small that an event could fall between the middles of the cells and be lost.

    When not to use this
    --------------------
    Not to say where something is unusual: a density has no test, and it is high where people are many (see the hot
    spots of Getis and Ord). Not with cells or a bandwidth finer than the points: police.uk moves each to the middle of a
    street. Not to compare two maps of other bandwidths; and not with few events, each of which becomes a hill.

    References
    ----------
    Silverman BW (1986). Density estimation for statistics and data analysis, section 4.2.1.
    Levine N (2015). CrimeStat: a spatial statistics program, version 4.02, chapter 10 (quartic kernel).

    Examples
    --------
    One event in the middle of a cell has its top there, 3 / (pi h^2):

    >>> found = quartic_density([(150, 50)], grid=Grid(left=0, bottom=0, side=100, rows=1, columns=3), bandwidth=200)
    >>> [round(float(value) * 1e6, 2) for value in found.density[0]]
    [13.43, 23.87, 13.43]
    """
    places = _known_places(points)
    if not 0 < bandwidth < np.inf:
        raise ValueError(f"a bandwidth is a positive number, not {bandwidth}")
    reach = bandwidth / grid.side
    if 2 * reach * reach <= 1:
        raise ValueError(f"a bandwidth of {bandwidth} loses events between the middles of cells of {grid.side}")
    # Where an event reaches a third of all cells, the other way round costs less (measured).
    added = _step_by_step if 10 * reach * reach <= grid.rows * grid.columns else _cell_by_cell
    sums = np.zeros((grid.rows, grid.columns))
    for start in range(0, len(places), BLOCK):
        sums += added(places[start : start + BLOCK], grid, bandwidth)
    sums *= 3 / (pi * bandwidth * bandwidth)
    sums.setflags(write=False)
    return KernelDensity(sums, grid, bandwidth, len(places))


def _known_places(points: npt.ArrayLike) -> Numbers:
    places = np.asarray(points, dtype=np.float64)
    if not places.size:
        return np.empty((0, 2))
    if places.ndim != 2 or places.shape[1] != 2:
        raise ValueError(f"points are rows of two coordinates, not of shape {places.shape}")
    if not np.isfinite(places).all():
        raise ValueError("a coordinate is missing or infinite")
    return places


def _cell_by_cell(places: Numbers, grid: Grid, bandwidth: float) -> Numbers:
    """The sum of (1 - d^2 / h^2)^2 at every middle, one middle after another with all events."""
    across, up = (places[:, 0] - grid.left) / bandwidth, (places[:, 1] - grid.bottom) / bandwidth
    sums, side = np.zeros((grid.rows, grid.columns)), grid.side / bandwidth
    hill = np.empty_like(across)
    for row in range(grid.rows):
        left = 1 - (up - (row + 0.5) * side) ** 2
        for column in range(grid.columns):
            np.subtract(across, (column + 0.5) * side, out=hill)
            np.multiply(hill, hill, out=hill)
            np.subtract(left, hill, out=hill)
            np.maximum(hill, 0, out=hill)
            np.multiply(hill, hill, out=hill)
            sums[row, column] = hill.sum()
    return sums


def _step_by_step(places: Numbers, grid: Grid, bandwidth: float) -> Numbers:
    """The same sum, of few steps from each event.

    Events are brought into the order of the cells in which they lie. Then one step from cell to cell after another is
    taken with all events at once, and what a cell's events add to the cell that many steps away is one sum.
    """
    reach = bandwidth / grid.side
    steps = ceil(reach - 0.5)
    # In cells, so that the middle of row r and column c lies at (c, r).
    across = (places[:, 0] - grid.left) / grid.side - 0.5
    up = (places[:, 1] - grid.bottom) / grid.side - 0.5
    near = (across > -reach) & (across < grid.columns - 1 + reach) & (up > -reach) & (up < grid.rows - 1 + reach)
    across, up = across[near], up[near]
    column = np.clip(np.rint(across).astype(np.int64), -steps, grid.columns - 1 + steps)
    row = np.clip(np.rint(up).astype(np.int64), -steps, grid.rows - 1 + steps)
    # Twice as many rows and columns around the grid as there are steps: one for events beside it, one for their steps.
    width, height = grid.columns + 4 * steps, grid.rows + 4 * steps
    cell = (row + 2 * steps) * width + column + 2 * steps
    order = np.argsort(cell, kind="stable")
    cells, starts = np.unique(cell[order], return_index=True)
    around = np.zeros(width * height)
    if len(cells):
        _add_steps(around, cells, starts, (across - column)[order] / reach, (up - row)[order] / reach, width, reach)
    return around.reshape(height, width)[2 * steps : 2 * steps + grid.rows, 2 * steps : 2 * steps + grid.columns]


def _add_steps(
    around: Numbers, cells: Whole, starts: Whole, across: Numbers, up: Numbers, width: int, reach: float
) -> None:
    steps = ceil(reach - 0.5)
    ups = {step: (up - step / reach) ** 2 for step in range(-steps, steps + 1)}
    hill = np.empty_like(across)
    for aside in range(-steps, steps + 1):
        left = 1 - (across - aside / reach) ** 2
        for step, squared in ups.items():
            if hypot(max(abs(aside) - 0.5, 0), max(abs(step) - 0.5, 0)) > reach:
                continue
            np.subtract(left, squared, out=hill)
            np.maximum(hill, 0, out=hill)
            np.multiply(hill, hill, out=hill)
            around[cells + (step * width + aside)] += np.add.reduceat(hill, starts)

"""Run charts: whether a series moves about its middle as chance would have it (Anhøj's rules), without any limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import isfinite, log2
from statistics import median

from scipy.stats import binom

from wardstats.methods.special_causes import side

FEWEST_USEFUL = 10
TAIL = 0.05


@dataclass(frozen=True)
class RunsAnalysis:
    """The longest run on one side and how often the series crossed its centre, beside what chance allows.

    ``useful`` is the number of points not on the centre; ``longest_allowed`` and ``crossings_needed`` are the last values
    that chance explains.
    """

    centre: float
    useful: int
    longest_run: int
    longest_allowed: int
    crossings: int
    crossings_needed: int

    @property
    def has_signal(self) -> bool:
        """Whether the series shifted or drifted: a run too long, or too few crossings."""
        return self.longest_run > self.longest_allowed or self.crossings < self.crossings_needed


def runs_analysis(values: Sequence[float | None], *, centre: float | None = None) -> RunsAnalysis | None:
    """Anhøj's two rules: the longest run and the number of crossings of the centre line.

    A run is too long above log2(n) + 3, rounded; crossings are too few below the lower 5% point of chance, n points being
    useful. Points on the centre line and missing ones are left out, and neither break a run nor make a crossing.

    Parameters
    ----------
    values
        In order of time; None where there is none.
    centre
        The line; the median when None.

    Returns
    -------
    RunsAnalysis or None
        None with fewer than ten useful points, below which the rules were never tried.

    Raises
    ------
    ValueError
        If a value or the centre is infinite or not a number.

    When not to use this
    --------------------
    Not beside the limits' own rule of seven in a row: choose one, as each added rule adds false alarms. Not for a seasonal series.
    The signal says that something shifted, not when: look at the chart.

    References
    ----------
    Anhøj J, Olesen AV (2014). Run charts revisited. PLoS ONE 9(11): e113825.
    Anhøj J (2015). Diagnostic value of run chart analysis. PLoS ONE 10(3): e0121349.

    Examples
    --------
    >>> shifted = [3, 5, 4, 2, 6, 4, 3, 5, 2, 4, 8, 9, 8, 10, 9, 8, 11, 9, 10, 8]
    >>> found = runs_analysis(shifted)
    >>> found.longest_run, found.longest_allowed, found.crossings, found.crossings_needed, found.has_signal
    (10, 7, 1, 6, True)
    """
    known = [value for value in values if value is not None]
    if not all(isfinite(value) for value in known) or (centre is not None and not isfinite(centre)):
        raise ValueError("a value is infinite or not a number; one that is missing is None")
    if not known:
        return None
    middle = median(known) if centre is None else centre
    sides = [where for value in known if (where := side(value, middle))]
    if len(sides) < FEWEST_USEFUL:
        return None
    lengths = [len(list(together)) for _, together in groupby(sides)]
    return RunsAnalysis(
        centre=middle,
        useful=len(sides),
        longest_run=max(lengths),
        longest_allowed=round(log2(len(sides))) + 3,
        crossings=len(lengths) - 1,
        crossings_needed=int(binom.ppf(TAIL, len(sides) - 1, 0.5)),
    )

"""Decompositions: a long series drawn as trend, season and what is left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import ArrayLike
from statsmodels.tsa.seasonal import STL

from wardstats.methods.counts import Numbers, whole_counts
from wardstats.methods.monthly_counts import standard_days

LONG = 48


@dataclass(frozen=True, eq=False)
class Decomposition:
    """Trend, season and remainder of each month; together the count of a month of 30.4375 days. None can be written to."""

    trend: Numbers
    season: Numbers
    remainder: Numbers


def decomposed(counts: ArrayLike, *, first: date, robust: bool = True) -> Decomposition:
    """A long series of months in trend, season and remainder (STL, by loess), for pictures.

    The counts are first brought to months of equal length. The season may change slowly over the years; ``robust`` keeps single
    extraordinary months out of trend and season, so that they stand in the remainder.

    Parameters
    ----------
    counts
        One for each month, in order, none missing.
    first
        The first month, by its first day.
    robust
        Whether extraordinary months are given less weight.

    Raises
    ------
    ValueError
        If there are fewer than forty-eight months; if a count is missing, negative or not whole; if the first is not the first
        day of a month.

    When not to use this
    --------------------
    Not as a test and not for forecasts: it finds a season in any series, and the ends of the trend bend with every new
    month. Not across a change of recording, which it draws as a gentle slope: decompose each side by itself.

    References
    ----------
    Cleveland RB, Cleveland WS, McRae JE, Terpenning I (1990). STL: a seasonal-trend decomposition procedure based on
    loess. Journal of Official Statistics 6, 3-73.

    Examples
    --------
    >>> year = [31, 28, 31, 30, 31, 30, 62, 62, 30, 31, 30, 31]
    >>> found = decomposed(year * 4, first=date(2021, 1, 1))
    >>> [round(float(found.season[month] - found.season[0])) for month in (6, 7, 8)]
    [30, 30, 0]
    """
    known = whole_counts(counts, of="counts of months")
    if len(known) < LONG:
        raise ValueError(f"{len(known)} months, at least {LONG} needed")
    found = STL(known / standard_days(first, len(known)), period=12, robust=robust).fit()
    parts = [np.array(part, dtype=np.float64) for part in (found.trend, found.seasonal, found.resid)]
    for part in parts:
        part.setflags(write=False)
    return Decomposition(*parts)

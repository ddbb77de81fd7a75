"""Map accuracy: how much of the next period's crime a predicted map would have caught, beside the simplest map there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from wardstats.methods.counts import Numbers, as_many, sizes, whole_counts
from wardstats.methods.intervals import Interval
from wardstats.methods.proportions import Proportion, proportion

ROUNDING = 1e-9


@dataclass(frozen=True)
class MapScore:
    """What a map that points out its worst cells would have caught.

    ``hit_rate`` is the crime in the flagged cells of all crime; ``pai`` that share divided by the share of the area, so that
    1 is what flagging at random gives; ``pei`` how much of the crime was caught that any map of the same area could have
    caught; ``rri`` how many crimes were predicted there for each that happened, None where none happened.
    """

    flagged: int
    area_share: float
    hit_rate: Proportion
    pai: float
    pai_interval: Interval
    pei: float
    rri: float | None


@dataclass(frozen=True)
class MapAccuracy:
    """The score of a predicted map and, of the same area, that of the counts of the period before."""

    cells: int
    crimes: int
    predicted: MapScore
    benchmark: MapScore


def map_accuracy(
    predicted: Sequence[float] | ArrayLike,
    observed: Sequence[int] | ArrayLike,
    *,
    previous: Sequence[float] | ArrayLike,
    share: float,
    areas: Sequence[float] | ArrayLike | None = None,
) -> MapAccuracy:
    """Hit rate, prediction accuracy (PAI), efficiency (PEI) and recapture (RRI) of a map, scored on the next period.

    Cells are flagged whole, the densest prediction first, for as long as they fit into the share of the area. Cells that the
    map does not tell apart are taken with the worse for the map first, those where less happened: it earns nothing by what it
    did not say. The best possible map, for the efficiency, may take a part of its last cell, so that no map is above 1.

    Parameters
    ----------
    predicted
        What the map says of each cell, from data before the period that it is scored on. Numbers of crimes, if the
        recapture is to be read; for the rest any score does that rises with the crime in the cell.
    observed
        Crimes in each cell in the period predicted.
    previous
        Crimes in each cell in the period before: the map that needs no method, and that every other has to beat.
    share
        The share of the area that can be flagged, because that much can be patrolled: 0.01 to 0.1 in practice.
    areas
        The size of each cell, in any unit; all the same when None. Lengths of streets do as well.

    Raises
    ------
    ValueError
        If there are no cells; the columns differ in length; a value is missing, infinite or negative, a crime not whole, an
        area nought; no crime was observed; or the share is not above 0 and at most 1, or has no room for the first cell.

    When not to use this
    --------------------
    Not on the period that the map was made from, and not on one period alone: scores move from month to month, and a few
    crimes more than the benchmark are chance. PAI is larger the smaller the area flagged, and so is compared only at the
    same share. Where police went because of the map, the crime they recorded there is partly its effect.

    References
    ----------
    Chainey S, Tompson L, Uhlig S (2008). The utility of hotspot mapping for predicting spatial patterns of crime. Security
    Journal 21, 4-28 (PAI).
    Hunt JM (2016). Do crime hot spots move? American University, Washington (PEI).
    Wheeler AP, Steenbeek W (2021). Mapping the risk terrain for crime using machine learning. Journal of Quantitative
    Criminology 37, 445-480 (RRI as predicted by observed; Levine's of 2008 compares two periods instead).

    Examples
    --------
    >>> found = map_accuracy([8, 4, 4, 2, 1, 0], [6, 7, 3, 2, 1, 0], previous=[3, 9, 2, 2, 0, 1], share=1 / 3)
    >>> found.predicted.hit_rate.count, round(found.predicted.pai, 2), round(found.predicted.pei, 2)
    (9, 1.42, 0.69)
    >>> found.benchmark.hit_rate.count, round(found.benchmark.pai, 2), round(found.benchmark.pei, 2)
    (13, 2.05, 1.0)
    """
    crimes = _crimes(observed)
    extent = np.ones(len(crimes)) if areas is None else sizes(areas, of="areas", positive=True)
    as_many(extent, crimes, of="areas and observed")
    if not 0 < share <= 1:
        raise ValueError(f"a share of the area is above 0 and at most 1: {share}")
    return MapAccuracy(
        cells=len(crimes),
        crimes=int(crimes.sum()),
        predicted=_score(sizes(predicted, of="predicted"), crimes, extent, share, of="predicted and observed"),
        benchmark=_score(sizes(previous, of="previous"), crimes, extent, share, of="previous and observed"),
    )


def _crimes(observed: Sequence[int] | ArrayLike) -> Numbers:
    crimes = whole_counts(observed, of="observed")
    if not crimes.any():
        raise ValueError("observed: no crime to score a map on")
    return crimes


def _score(predicted: Numbers, crimes: Numbers, areas: Numbers, share: float, *, of: str) -> MapScore:
    as_many(predicted, crimes, of=of)
    flagged = _flagged(predicted, crimes, areas, share)
    area_share = float(areas[flagged].sum() / areas.sum())
    caught = crimes[flagged].sum()
    hit_rate = proportion(int(caught), int(crimes.sum()))
    return MapScore(
        flagged=len(flagged),
        area_share=area_share,
        hit_rate=hit_rate,
        pai=hit_rate.value / area_share,
        pai_interval=hit_rate.interval.scaled(1 / area_share),
        pei=min(1.0, hit_rate.value / _best_hit_rate(crimes, areas, area_share)),
        rri=float(predicted[flagged].sum() / caught) if caught else None,
    )


def _flagged(predicted: Numbers, crimes: Numbers, areas: Numbers, share: float) -> NDArray[np.intp]:
    # The last key counts first: densest prediction, then least crime for the area, then most area for nothing.
    order = np.lexsort((-areas, crimes / areas, -predicted / areas))
    fitting = int((np.cumsum(areas[order]) <= share * areas.sum() * (1 + ROUNDING)).sum())
    if not fitting:
        raise ValueError(f"the cell that comes first is larger than {share:.1%} of the area")
    return order[:fitting]


def _best_hit_rate(crimes: Numbers, areas: Numbers, area_share: float) -> float:
    order = np.argsort(-crimes / areas, kind="stable")
    extent = np.concatenate(([0.0], np.cumsum(areas[order]))) / areas.sum()
    caught = np.concatenate(([0.0], np.cumsum(crimes[order]))) / crimes.sum()
    return float(np.interp(area_share, extent, caught))

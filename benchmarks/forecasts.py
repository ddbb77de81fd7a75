"""How good and how fast forecasts of many series are, beside statsforecast's AutoTheta, on months kept out of the fit.

Every district and crime type of England and Wales is a series; districts with a month below three tenths of their
median (never submitted, or in part) are left out for both. Both are fitted on the first 18 months and forecast the next 12;
every setting of ours was chosen on other months (the first 12, 14 and 15 against those up to the eighteenth). Errors are
absolute, scaled by the mean change from month to month in the fit (MASE). 95% limits should hold 95% of the months kept
out; of series with a crime or two a month they hold more, as limits in whole numbers must. Time is processor time.

Run, with statsforecast installed (it is no dependency of the project), on counts of districts by month and type as a CSV
file with the columns ``Month, LAD code, Crime type, Count``::

    python -m benchmarks.forecasts --counts districts.csv.gz
    python -m benchmarks.forecasts                            # Wolverhampton's small areas, which the tests carry

``--fit`` and ``--ahead`` choose other months.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib
import time
import warnings
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from wardstats.methods import forecast, month_effects

CARRIED = Path(__file__).parents[1] / "tests/wardstats/data/wolverhampton_lsoa_month_crime-type_2023-05_2025-10.csv.gz"
FASTER, NO_WORSE, COVERED = 20, 1.0, 0.93
SUBMITTED = 0.3

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Counts:
    """Series by month, the row of each series' crime type, and the first month."""

    series: Numbers
    types: NDArray[np.int64]
    first: date


@dataclass(frozen=True)
class Predicted:
    """Expected counts and limits, shape (series, months), and the seconds of processor time they took."""

    mean: Numbers
    lower: Numbers
    upper: Numbers
    seconds: float


def main() -> None:
    """Fit both, compare both with the months kept out, and fail if a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--counts", type=Path, help="CSV file of counts (default: what the tests carry)")
    parser.add_argument("--fit", type=int, default=18, help="months to fit (default 18)")
    parser.add_argument("--ahead", type=int, default=12, help="months to forecast (default 12)")
    arguments = parser.parse_args()
    counts = submitted(arguments.counts) if arguments.counts else read(CARRIED, "LSOA code")[0]
    fit, ahead = arguments.fit, arguments.ahead
    actual = counts.series[:, fit : fit + ahead]
    if actual.shape[1] < ahead:
        raise SystemExit(f"{counts.series.shape[1]} months, {fit + ahead} needed")
    print(
        f"{len(counts.series):,} series, {fit} months fitted, {ahead} ahead, {actual.mean():.1f} crimes a month",
        flush=True,
    )
    mine = min((ours(counts, fit, ahead) for _ in range(3)), key=lambda run: run.seconds)
    error, covered = said("ours", mine, counts.series[:, :fit], actual)
    goals = [goal(f"95% limits hold {covered:.1%}, at least {COVERED:.0%}", covered >= COVERED)]
    peer = theirs(counts, fit, ahead)
    if peer is None:
        print("absent   statsforecast is not installed: nothing to compare with")
    else:
        their_error, _ = said("AutoTheta", peer, counts.series[:, :fit], actual)
        ratio, faster = error / their_error, peer.seconds / mine.seconds
        goals.append(goal(f"times faster than AutoTheta {faster:.0f}, at least {FASTER}", faster >= FASTER))
        goals.append(goal(f"error as a share of AutoTheta's {ratio:.2f}, at most {NO_WORSE:g}", ratio <= NO_WORSE))
    if not all(goals):
        raise SystemExit("A goal was missed.")


def submitted(path: Path) -> Counts:
    """The series of districts whose every month looks submitted."""
    counts, areas = read(path, "LAD code")
    totals = np.zeros((areas.max() + 1, counts.series.shape[1]))
    np.add.at(totals, areas, counts.series)
    whole = (totals >= SUBMITTED * np.median(totals, axis=1, keepdims=True)).all(axis=1)[areas]
    return Counts(counts.series[whole], counts.types[whole], counts.first)


def read(path: Path, area: str) -> tuple[Counts, NDArray[np.int64]]:
    """One series for each area and type that occurs at all, nought where the file has no row; and the area of each."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        rows = [
            ((row[area], row["Crime type"]), row["Month"], int(row["Count"]))
            for row in csv.DictReader(lines)
            if row[area]
        ]
    keys, months = sorted({key for key, _, _ in rows}), sorted({month for _, month, _ in rows})
    at_key = {key: position for position, key in enumerate(keys)}
    at_month = {month: position for position, month in enumerate(months)}
    series = np.zeros((len(keys), len(months)))
    for key, month, count in rows:
        series[at_key[key], at_month[month]] += count
    areas, types = (np.unique([key[part] for key in keys], return_inverse=True)[1] for part in (0, 1))
    return Counts(series, types, date.fromisoformat(f"{months[0]}-01")), areas


def ours(counts: Counts, fit: int, ahead: int) -> Predicted:
    """Season of each type from all areas together, then every series at once."""
    start = time.process_time()
    known = counts.series[:, :fit]
    parents = np.zeros((counts.types.max() + 1, fit))
    np.add.at(parents, counts.types, known)
    effects = month_effects(parents, first=counts.first).factors
    found = forecast(known, effects=effects, parents=counts.types, first=counts.first, ahead=ahead)
    return Predicted(found.mean, found.lower, found.upper, time.process_time() - start)


def theirs(counts: Counts, fit: int, ahead: int) -> Predicted | None:
    """AutoTheta on one process, after a first call that compiles it."""
    try:
        frames, peer = importlib.import_module("pandas"), importlib.import_module("statsforecast")
        theta = importlib.import_module("statsforecast.models").AutoTheta
    except ImportError:
        return None
    number = len(counts.series)
    table = frames.DataFrame(
        {
            "unique_id": np.repeat(np.arange(number), fit),
            "ds": np.tile(np.arange(fit), number),
            "y": counts.series[:, :fit].ravel(),
        }
    )
    forecaster = peer.StatsForecast(models=[theta(season_length=12)], freq=1, n_jobs=1)

    def work(rows: Any) -> Any:
        return forecaster.forecast(df=rows, h=ahead, level=[95])

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        work(table[: 3 * fit])
        start = time.process_time()
        found = work(table)
        seconds = time.process_time() - start
    columns = (found[f"AutoTheta{part}"].to_numpy().reshape(number, ahead) for part in ("", "-lo-95", "-hi-95"))
    return Predicted(*columns, seconds)


def said(name: str, predicted: Predicted, fitted: Numbers, actual: Numbers) -> tuple[float, float]:
    """Print the errors of one, and hand back its mean scaled error and its coverage."""
    missed = np.abs(actual - predicted.mean)
    scale = np.abs(np.diff(fitted, axis=1)).mean(axis=1)
    moves = scale > 0
    error = float((missed.mean(axis=1)[moves] / scale[moves]).mean())
    covered = float(((actual >= predicted.lower) & (actual <= predicted.upper)).mean())
    print(
        f"{name:9} {predicted.seconds:7.2f} s  MASE {error:.3f}  mean absolute error {missed.mean():.2f}"
        f"  95% limits hold {covered:.1%}, {np.mean(predicted.upper - predicted.lower):.1f} wide",
        flush=True,
    )
    return error, covered


def goal(text: str, reached: bool) -> bool:
    """Print whether the goal was reached."""
    print(f"{'reached' if reached else 'MISSED':8} {text}", flush=True)
    return reached


if __name__ == "__main__":
    main()

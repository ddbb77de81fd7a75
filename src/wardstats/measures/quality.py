"""What looks wrong with the evidence: faults found by rules, for somebody to look into. None of them changes a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from statistics import median

from ibis import _
from scipy.stats import theilslopes

from wardstats.measures.breaks import holes
from wardstats.measures.nation import District
from wardstats.measures.periods import Period, month_after
from wardstats.measures.reading import Reader
from wardstats.methods import SpecialCause, Verdict, change, control_chart, paired_dispersion

YEAR = 12
FEWEST_MONTHS = 24
FEWEST_A_MONTH = 10
BLOCK = 2
SUDDEN = 0.6
"""A block of months with less than this part of the same months a year earlier, or more than its inverse, is sudden."""
LEAST_USUAL = 100
HOLE, DOUBLE = 0.5, 1.6
MANY_OF_A_FORCE = 0.5


class Fault(Enum):
    """A rule by which a fault is found, in the words of a heading."""

    MISSING = "month not sent"
    OUTLIER = "unusual month"
    SUDDEN = "sudden change"
    HOLE = "hole or double elsewhere"
    TWICE = "in two files"


@dataclass(frozen=True)
class Finding:
    """One fault: of which area's series, of which type (None for all), in which months, and what was seen.

    ``key`` is the same whenever the same fault is found again, so that nobody is told of it twice.
    """

    fault: Fault
    area_code: str
    area_name: str
    crime_type: str | None
    period: Period
    sentence: str

    @property
    def key(self) -> str:
        """What identifies it: rule, area, type and first month."""
        return " ".join((self.fault.name, self.area_code, self.crime_type or "all", f"{self.period.since:%Y-%m}"))


def findings(reader: Reader) -> tuple[Finding, ...]:
    """Every fault that the rules find in one district's evidence, and in what it is compared by.

    Months that the register of breaks explains already are not found again. Nothing is capped: a long list is a long list.
    """
    series = _series(reader)
    found = [
        *_missing(reader),
        *(one for kind, counts in series.items() for one in _outliers(reader, kind, counts)),
        *(one for kind, counts in series.items() for one in _sudden(reader, kind, counts)),
        *_twice(reader),
        *_of_others(reader),
    ]
    return tuple(sorted(found, key=lambda one: (one.period.since, one.fault.name, one.area_name, one.crime_type or "")))


def _series(reader: Reader) -> dict[str, dict[date, int]]:
    """Monthly counts of each type with enough of them to judge; months explained by the register are left out."""
    rows = reader.ask(reader.counts.group_by(["crime_type", "month"]).agg(count=_["count"].sum()))
    found: dict[str, dict[date, int]] = defaultdict(dict)
    for row in rows:
        if not any(one.spoils(row["month"]) and one.concerns(row["crime_type"]) for one in reader.breaks):
            found[row["crime_type"]][row["month"]] = int(row["count"])
    return {
        kind: counts
        for kind, counts in sorted(found.items())
        if len(counts) >= FEWEST_MONTHS and sum(counts.values()) >= FEWEST_A_MONTH * len(counts)
    }


def _finding(reader: Reader, fault: Fault, kind: str | None, period: Period, sentence: str) -> Finding:
    return Finding(fault, reader.district, reader.name, kind, period, sentence)


def _missing(reader: Reader) -> Iterator[Finding]:
    held = reader.months
    for month in Period(held[0], month_after(held[-1], 1)).months:
        explained = holes(reader.breaks, _alone(month), None)
        if month not in held and not explained:
            sentence = f"Nothing is kept for {month:%B %Y}, though there are months before and after it."
            yield _finding(reader, Fault.MISSING, None, _alone(month), sentence)


def _outliers(reader: Reader, kind: str, counts: Mapping[date, int]) -> Iterator[Finding]:
    """Months outside the limits of an XmR chart about the series' own straight line: a steady fall is no fault."""
    months = sorted(counts)
    at = [12 * month.year + month.month for month in months]
    line = theilslopes([counts[month] for month in months], at)
    level = median(counts.values())
    expected = [line.intercept + line.slope * each for each in at]
    chart = control_chart([level + counts[month] - usual for month, usual in zip(months, expected, strict=True)])
    if chart.limits is None:
        return
    for month, usual, causes in zip(months, expected, chart.causes, strict=True):
        if SpecialCause.OUTSIDE in causes:
            side = "more" if counts[month] > usual else "fewer"
            sentence = (
                f"{month:%B %Y} has {counts[month]:,}, {side} than the ordinary variation of this series leaves then: "
                f"{max(0.0, usual - level + chart.limits.lower):,.1f} to {usual - level + chart.limits.upper:,.1f}."
            )
            yield _finding(reader, Fault.OUTLIER, kind, _alone(month), sentence)


def _sudden(reader: Reader, kind: str, counts: Mapping[date, int]) -> Iterator[Finding]:
    """Blocks of two months far from the same months a year earlier; blocks that follow one another are one change."""
    flagged: list[tuple[date, int, int]] = []
    for month in sorted(counts):
        later = [counts.get(month_after(month, at)) for at in range(BLOCK)]
        before = [counts.get(month_after(month, at - YEAR)) for at in range(BLOCK)]
        after, earlier = [one for one in later if one is not None], [one for one in before if one is not None]
        if len(after) == len(earlier) == BLOCK and _is_sudden(earlier, after):
            flagged.append((month, sum(earlier), sum(after)))
    for run in _runs([month for month, _before, _after in flagged]):
        _month, before_total, after_total = next(one for one in flagged if one[0] == run[0])
        said = Period(run[0], month_after(run[0], BLOCK))
        sentence = (
            f"{said} has {after_total:,}; the same months a year earlier had {before_total:,}. Ask whether "
            "recording changed before anybody explains it otherwise."
        )
        yield _finding(reader, Fault.SUDDEN, kind, Period(run[0], month_after(run[-1], BLOCK)), sentence)


def _is_sudden(before: Sequence[int], after: Sequence[int]) -> bool:
    earlier, later = sum(before), sum(after)
    if max(earlier, later) < LEAST_USUAL or SUDDEN * earlier <= later <= earlier / SUDDEN:
        return False
    enough = min(earlier, later) > 0
    found = change(earlier, later, dispersion=paired_dispersion(before, after) if enough else None)
    return found.verdict is not Verdict.NOT_SIGNIFICANTLY_DIFFERENT


def _twice(reader: Reader) -> Iterator[Finding]:
    """Crimes with one identifier in the files of two forces: they count twice."""
    for unit, other, month, rows in reader.in_two_files():
        sentence = f"{rows:,} identifiers of {month:%B %Y} are both in {unit} and in {other}; each is counted twice, as published."
        yield _finding(reader, Fault.TWICE, None, _alone(month), sentence)


def _of_others(reader: Reader) -> Iterator[Finding]:
    """Districts of the comparison with far fewer or far more crimes in a month than is usual for them."""
    nation = reader.nation
    if not nation.has_counts:
        return
    by_force: dict[str, dict[date, dict[District, float]]] = defaultdict(lambda: defaultdict(dict))
    sizes: dict[str, int] = defaultdict(int)
    for district in nation.districts.values():
        sizes[district.force_code] += 1
        for month, ratio in _unlike(nation.monthly.get(district.code, {})):
            if not nation.spoilt(district, _alone(month), None):
                by_force[district.force_code][month][district] = ratio
    for force, months in by_force.items():
        whole = [month for month, found in months.items() if len(found) >= max(2, MANY_OF_A_FORCE * sizes[force])]
        yield from _of_forces(months, whole)
        yield from _of_districts({month: found for month, found in months.items() if month not in whole})


def _unlike(counts: Mapping[date, int]) -> Iterator[tuple[date, float]]:
    usual = median(counts.values()) if counts else 0
    if usual < LEAST_USUAL:
        return
    for month, count in counts.items():
        if not HOLE <= count / usual <= DOUBLE:
            yield month, count / usual


def _of_forces(months: Mapping[date, Mapping[District, float]], whole: Iterable[date]) -> Iterator[Finding]:
    for run in _runs(sorted(whole)):
        ratios = {district: ratio for month in run for district, ratio in months[month].items()}
        first = next(iter(ratios))
        period = Period(run[0], month_after(run[-1], 1))
        sentence = (
            f"In {period}, {len(ratios)} districts of {first.force_name} have {_said(ratios.values())} of their usual "
            "crimes."
        )
        yield Finding(Fault.HOLE, first.force_code, first.force_name, None, period, sentence)


def _of_districts(months: Mapping[date, Mapping[District, float]]) -> Iterator[Finding]:
    by_district: dict[District, dict[date, float]] = defaultdict(dict)
    for month, found in months.items():
        for district, ratio in found.items():
            by_district[district][month] = ratio
    for district, ratios in by_district.items():
        for run in _runs(sorted(ratios)):
            period = Period(run[0], month_after(run[-1], 1))
            sentence = (
                f"In {period}, {district.name} has {_said([ratios[month] for month in run])} of its usual crimes."
            )
            yield Finding(Fault.HOLE, district.code, district.name, None, period, sentence)


def _said(ratios: Iterable[float]) -> str:
    """Ratios in words.

    >>> _said([0.34, 0.41]), _said([2.37])
    ('34% to 41%', '237%')
    """
    every = list(ratios)
    low, high = f"{min(every):.0%}", f"{max(every):.0%}"
    return low if low == high else f"{low} to {high}"


def _runs(months: Sequence[date]) -> Iterator[list[date]]:
    """Months that follow one another, together.

    >>> [len(run) for run in _runs([date(2024, 1, 1), date(2024, 2, 1), date(2024, 5, 1)])]
    [2, 1]
    """
    run: list[date] = []
    for month in months:
        if run and month != month_after(run[-1], 1):
            yield run
            run = []
        run.append(month)
    if run:
        yield run


def _alone(month: date) -> Period:
    return Period(month, month_after(month, 1))

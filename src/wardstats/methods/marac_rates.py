"""MARAC rates: cases per 10,000 women, and how many are repeats, with the published rule for quarters that were not sent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from wardstats.methods.proportions import Proportion, proportion
from wardstats.methods.rates import Rate, rate
from wardstats.methods.reoffending import months_after

PER = 10_000
QUARTERS = 4
MONTHS_IN_A_QUARTER = 3


@dataclass(frozen=True)
class MaracQuarter:
    """What was sent for one quarter: its first day, all cases discussed, and how many of them were repeats.

    No cases is a return like any other; a quarter that was not sent has none of these.

    Raises
    ------
    ValueError
        If no quarter begins on the day, or the repeats are not part of the cases.
    """

    begins: date
    cases: int
    repeats: int

    def __post_init__(self) -> None:
        _refuse_other_than_quarters(self.begins)
        if not 0 <= self.repeats <= self.cases:
            raise ValueError(f"{self.repeats} repeats are not part of {self.cases} cases")


@dataclass(frozen=True)
class MaracArea:
    """The area of one MARAC: females aged 16 and over who live there, and the quarters that were sent.

    Raises
    ------
    ValueError
        If nobody lives there, or a quarter was sent twice.
    """

    name: str
    females: int
    quarters: tuple[MaracQuarter, ...]

    def __post_init__(self) -> None:
        if self.females <= 0:
            raise ValueError(f"{self.name}: no rate without females of 16 and over: {self.females}")
        if len({quarter.begins for quarter in self.quarters}) < len(self.quarters):
            raise ValueError(f"{self.name}: a quarter was sent twice")


@dataclass(frozen=True)
class MaracProxy:
    """A quarter that was not sent, for which the one before stands in."""

    area: str
    begins: date


@dataclass(frozen=True)
class MaracRate:
    """A year's cases per 10,000 females of 16 and over, the share of repeats, and what stands behind them.

    ``rate`` is None when no area is left, ``repeats`` when there were no cases. ``left_out`` names the areas of which two
    quarters in a row were not sent: neither their cases nor their population count.
    """

    rate: Rate | None
    repeats: Proportion | None
    areas: tuple[str, ...]
    proxies: tuple[MaracProxy, ...]
    left_out: tuple[str, ...]


def marac_rate(areas: Sequence[MaracArea], *, year_begins: date, confidence: float = 0.95) -> MaracRate:
    """Cases, repeats among them and victims of either sex, per 10,000 females of 16 and over in the areas that are counted.

    For a quarter that was not sent the one before stands in. With two in a row the area is left out of both the cases and
    the population, so that the rate is of those who sent; so it is where the quarter before the first is not there either.

    Parameters
    ----------
    areas
        Each with the year's quarters as they were sent, and the quarter before the first for the case that it is needed.
    year_begins
        First day of the first of four quarters.
    confidence
        Two-sided level of the intervals.

    Raises
    ------
    ValueError
        If there are no areas, two have the same name, or no quarter begins on the day.

    When not to use this
    --------------------
    Not as a measure of abuse: it counts what is referred, and a low rate may mean that few are found. Not for individuals;
    somebody may be a case more than once. SafeLives divides by the census of 2011: with another population the rate is not
    comparable with theirs, so name it. Compare years by this rate, never by cases: areas come and go.

    References
    ----------
    SafeLives: Marac cases: five year trend analysis to September 2020 (the rate, the proxy and the removal).

    Examples
    --------
    Three quarters of forty cases each were sent, and one not:

    >>> sent = tuple(MaracQuarter(date(2024, month, 1), 40, 12) for month in (1, 4, 10))
    >>> found = marac_rate([MaracArea("Ward End", 40_000, sent)], year_begins=date(2024, 1, 1))
    >>> found.rate.count, found.rate.value, found.repeats.value, found.proxies[0].begins.isoformat()
    (160, 40.0, 0.3, '2024-07-01')
    """
    _refuse_other_than_quarters(year_begins)
    if not areas:
        raise ValueError("no areas")
    if len({area.name for area in areas}) < len(areas):
        raise ValueError("two areas have the same name")
    years = {area.name: tuple(_year(area, year_begins)) for area in areas}
    counted = [area for area in areas if len(years[area.name]) == QUARTERS]
    cases = sum(quarter.cases for area in counted for quarter in years[area.name])
    repeats = sum(quarter.repeats for area in counted for quarter in years[area.name])
    females = sum(area.females for area in counted)
    return MaracRate(
        rate=rate(cases, females, multiplier=PER, confidence=confidence) if counted else None,
        repeats=proportion(repeats, cases, confidence=confidence) if cases else None,
        areas=tuple(area.name for area in counted),
        proxies=tuple(proxy for area in counted for proxy in _proxies(area, year_begins)),
        left_out=tuple(area.name for area in areas if area not in counted),
    )


def _quarters_of(year_begins: date) -> list[date]:
    return [months_after(year_begins, MONTHS_IN_A_QUARTER * quarter) for quarter in range(QUARTERS)]


def _year(area: MaracArea, year_begins: date) -> Iterator[MaracQuarter]:
    """The quarters of the year, each as it was sent or by its proxy; those that have neither are left out."""
    sent = {quarter.begins: quarter for quarter in area.quarters}
    for begins in _quarters_of(year_begins):
        found = sent.get(begins) or sent.get(months_after(begins, -MONTHS_IN_A_QUARTER))
        if found is not None:
            yield found


def _proxies(area: MaracArea, year_begins: date) -> list[MaracProxy]:
    sent = {quarter.begins for quarter in area.quarters}
    return [MaracProxy(area.name, begins) for begins in _quarters_of(year_begins) if begins not in sent]


def _refuse_other_than_quarters(begins: date) -> None:
    if begins.day != 1 or begins.month % MONTHS_IN_A_QUARTER != 1:
        raise ValueError(f"no quarter begins on {begins}")

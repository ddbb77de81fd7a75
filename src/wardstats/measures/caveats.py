"""What must be said with a figure, as dated data: each caveat has a sentence, a reason to apply and a source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from wardstats.disclosure import Caveat
from wardstats.measures.asking import NEW_CODES, Asked, in_words
from wardstats.measures.periods import Period, month_after

FAR_AHEAD = date(9999, 1, 1)
PROVISIONAL_MONTHS = 2
RECORDING_FELL_TO = 0.75
"""A district shows the change in recording where fewer than this part of the incidents of a year earlier are left."""


@dataclass(frozen=True)
class DatedCaveat:
    """A caveat about the months from ``since`` up to ``until``.

    ``source`` says how we know. ``across`` restricts it to periods with months on both sides of ``since``.
    """

    code: str
    sentence: str
    source: str
    since: date = date.min
    until: date = FAR_AHEAD
    across: bool = False

    def applies_to(self, period: Period) -> bool:
        """Whether a figure over the period must carry it."""
        if self.across:
            return period.since < self.since < period.until
        return period.since < self.until and self.since < period.until

    @property
    def said(self) -> Caveat:
        """The caveat as it travels with a result."""
        return Caveat(self.code, self.sentence)


STREET_ROWS = DatedCaveat(
    "street-rows",
    "Counted from street-level rows published on data.police.uk. They are not police recorded crime and must not be "
    "compared with it; each is placed at a nearby anonymous map point, and identical rows are separate events.",
    "data.police.uk, About the data",
)
INCIDENTS = DatedCaveat(
    "asb-incidents",
    "Anti-social behaviour is counted in incidents reported to the police. They are not crimes and are in no crime total.",
    "data.police.uk, About the data; Home Office counting rules",
)
CODE_CHANGE = DatedCaveat(
    "lsoa-2021",
    "Small areas carry 2011 codes up to May 2023 and 2021 codes from June 2023; areas that were split are bridged only "
    "where all their parts lie in the same place.",
    "ONS, LSOA (2011) to LSOA (2021) best fit lookup; observed in the files",
    since=NEW_CODES,
    across=True,
)
ASB_RECORDING = DatedCaveat(
    "asb-recording-2025",
    "The district's recorded incidents fall abruptly from September 2025. This looks like a change in recording and is not "
    "evidence of an improvement.",
    "observed in the published files for Wolverhampton, May 2023 to October 2025; said of a district only where it is seen",
    since=date(2025, 9, 1),
)
MORE_THAN_CHANCE = DatedCaveat(
    "more-than-chance",
    "The intervals allow for chance alone. Recorded crime varies more than that, so the true uncertainty is wider.",
    "McCullagh and Nelder 1989, section 6.2; seen in every monthly series of the files",
)
RESIDENTS = DatedCaveat(
    "residents",
    "Rates are per resident. Where many who are not residents come to work, shop or go out, as in a city centre, there "
    "can be more events than residents, and the rate says more about the crowd than about the risk of living there.",
    "ONS, Census 2021: usual residents",
)
ILLUSTRATIVE = DatedCaveat(
    "illustrative-areas",
    "The boundaries of these areas are illustrative: no published file gives the official ones, so the figures show how "
    "the measure works and are not the partnership's own.",
    "the partnership's strategy names the areas and publishes no boundary",
)
CITY_CENTRE = DatedCaveat(
    "city-centre",
    "An area that holds the city centre has a high quotient because people from everywhere come there.",
    "Brantingham and Brantingham 1998",
)


def _recording_changed(asked: Asked, *periods: Period) -> bool:
    """Whether a period reaches into the months since recording looks changed, and the district shows it.

    The whole district is asked, whatever area the figure is about: no small count can be read out of the answer.
    """
    since, newest = ASB_RECORDING.since, asked.reader.months[-1]
    if newest < since or not any(map(ASB_RECORDING.applies_to, periods)):
        return False
    until = min(month_after(newest, 1), month_after(since, 12))
    after, before = Period(since, until), Period(month_after(since, -12), month_after(until, -12))
    return asked.incidents_of_district(after) < RECORDING_FELL_TO * asked.incidents_of_district(before)


def limits_from(first: date, last: date) -> tuple[Caveat, ...]:
    """Which months the average and limits of a control chart are those of."""
    sentence = (
        f"Average and limits are those of the first twelve months counted, {first:%B %Y} to {last:%B %Y}; a month is marked "
        "where it, or the run it stands in, is unlike them."
    )
    return (Caveat("limits-from", sentence),)


def provisional(asked: Asked, period: Period) -> tuple[Caveat, ...]:
    """The latest months will still be revised by later downloads."""
    newest = asked.reader.months[-1]
    if period.until <= month_after(newest, 1 - PROVISIONAL_MONTHS):
        return ()
    sentence = (
        f"The latest months, up to {newest:%B %Y}, are provisional: later downloads revise them, "
        "by up to 0.9% where two downloads were compared."
    )
    return (Caveat("provisional", sentence),)


def gaps(asked: Asked, period: Period) -> tuple[Caveat, ...]:
    """Months that were never submitted are not nought."""
    missing = asked.missing(period)
    if not missing:
        return ()
    return (Caveat("missing-months", f"Nothing was submitted for {in_words(missing)}. That is a gap and not nought."),)


def redrawn(asked: Asked, period: Period) -> tuple[Caveat, ...]:
    """Months before an area was made, or after it ceased to be, are not nought."""
    months = asked.without_code(period)
    if not months:
        return ()
    sentence = (
        f"Small areas were redrawn in June 2023: no row of {in_words(months)} carries the code of {asked.place.name}."
    )
    return (Caveat("redrawn", f"{sentence} That is a gap and not nought."),)


def placed_by(asked: Asked, level: str) -> tuple[Caveat, ...]:
    """How small areas were placed in the areas of a level: exactly, by best fit, or by drawing them for illustration."""
    basis = asked.reader.basis(level)
    if not basis:
        return ()
    if basis == "illustrative":
        return (ILLUSTRATIVE.said,)
    return (Caveat("areas-placed", f"Small areas are placed in these areas by {basis}."),)


def unplaced(count: int, level: str) -> tuple[Caveat, ...]:
    """Rows of the district that lie in no known area of the level; how many is said in the table, under disclosure."""
    if not count:
        return ()
    sentence = (
        f"Rows whose small area was split between two {level}s cannot be placed in one; they are counted as not placed and "
        "in the total, and nowhere else."
    )
    return (Caveat("unplaced", sentence),)


def usual(asked: Asked, *periods: Period, incidents: bool = False, small_areas: bool = False) -> tuple[Caveat, ...]:
    """The caveats that every count over these periods carries."""
    found: list[DatedCaveat] = [STREET_ROWS]
    if incidents:
        found += [INCIDENTS, *([ASB_RECORDING] if _recording_changed(asked, *periods) else [])]
    whole = Period(min(period.since for period in periods), max(period.until for period in periods))
    if (small_areas or asked.question.area_code is not None) and CODE_CHANGE.applies_to(whole):
        found.append(CODE_CHANGE)
    told = [caveat.said for caveat in found]
    told += [Caveat(f"break-{one.code}", one.sentence) for one in asked.breaks(*periods)]
    for period in periods:
        told += [*gaps(asked, period), *redrawn(asked, period), *provisional(asked, period)]
    return tuple(dict.fromkeys(told))


def population(asked: Asked) -> tuple[Caveat, ...]:
    """Where the residents were counted, and what they do not stand for."""
    known = asked.reader.population
    when = f"{known.reference_date.day} {known.reference_date:%B %Y}"
    return (Caveat("population", f"Residents: {known.source}, {when}."), RESIDENTS.said)

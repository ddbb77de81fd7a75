"""What is known of a ward, in the words that a councillor would use; a number that is not shown is said not to be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from wardstats import Cell, Disclosed
from wardstats.measures.caveats import ASB_RECORDING

HIDDEN = "[c]"
MOST_NAMED = 3
CHANGES = {
    "higher": "That is higher than a year before, when there were {before}: by more than chance explains.",
    "lower": "That is lower than a year before, when there were {before}: by more than chance explains.",
    "not significantly different": "A year before there were {before}: so small a difference may be chance.",
}
PLACED = (
    "Each crime is published at a nearby point that stands for several streets, so that no home can be found. Crimes whose "
    "small area lies in two wards are in no ward’s number."
)
NOT_REPORTED = (
    "What nobody reported to the police is in no number here. Neither is anything about who did it or whom it hurt."
)


def how_many(name: str, total: Disclosed, rate: Disclosed) -> str:
    """How many crimes, and how many that is for the people who live there."""
    count, period = total.fact("count"), total.fact("period")
    if count == HIDDEN:
        return f"How many crimes were published in {name} from {period} is not shown, because the number is small."
    crimes = "1 crime was" if count == "1" else f"{count} crimes were"
    said = f"In {name}, {crimes} published from {period}"
    if rate.fact("rate") == HIDDEN:
        return f"{said}."
    limits = f"{rate.fact('lower')} to {rate.fact('upper')}, allowing for chance"
    return f"{said}; that is {rate.fact('rate')} for every 1,000 residents ({limits})."


def how_it_changed(change: Disclosed) -> str:
    """Whether that is more or less than a year before, or no more than chance."""
    verdict, before = change.fact("verdict"), change.fact("before")
    if HIDDEN in (verdict, before) or verdict not in CHANGES:
        return "How that compares with a year before is not shown."
    return CHANGES[verdict].format(before=before)


def of_what(types: Disclosed) -> str:
    """The types with the most crimes, of those that are shown."""
    totals = {each.total.row for each in types.sums}
    rows = [at for at, row in enumerate(types.rows) if at not in totals and isinstance(row["count"], int)]
    named = [
        f"{_small(types.text(Cell(at, 'crime_type')))} ({types.text(Cell(at, 'count'))})" for at in rows[:MOST_NAMED]
    ]
    return f"Most were {_listed(named)}." if named else ""


def where_it_stands(code: str, ranked: Disclosed) -> str:
    """Its place among the wards by rate, with the places that chance leaves open."""
    at = next((at for at, row in enumerate(ranked.rows) if row["area_code"] == code), None)
    wards = len(wards_of(ranked))
    if at is None:
        return ""
    rank, best, worst = (ranked.rows[at][name] for name in ("rank", "best", "worst"))
    if not (isinstance(rank, int) and isinstance(best, int) and isinstance(worst, int)):
        return f"Its place among the {wards} wards is not shown, because small numbers could be worked out from it."
    place = "the highest" if rank == 1 else f"the {ordinal(rank)} highest"
    said = f"Of the {wards} wards it has {place} rate."
    if best == worst:
        return f"{said} That place is certain enough."
    return f"{said} Allowing for chance, its place lies between the {ordinal(best)} and the {ordinal(worst)}."


def incidents_apart(incidents: Disclosed) -> str:
    """Anti-social behaviour, which is not crime and is counted apart."""
    count = incidents.fact("count")
    if count == HIDDEN:
        return "How many incidents of anti-social behaviour were published is not shown, because the number is small."
    said = f"Besides, {count} incidents of anti-social behaviour were published. They are not crimes and are counted apart."
    recording = [one.sentence for one in incidents.caveats if one.code == ASB_RECORDING.code]
    return " ".join([said, *recording])


def not_shown(tables: Sequence[Disclosed], types: Disclosed, threshold: int) -> Iterator[str]:
    """What the page does not show, and why."""
    hidden = [_small(str(row["crime_type"])) for row in types.rows if str(row["count"]) == HIDDEN]
    if hidden:
        numbers = "The number of" if len(hidden) == 1 else "The numbers of"
        verb = "is" if len(hidden) == 1 else "are"
        yield f"{numbers} {_listed(hidden)} {verb} not shown: {_because(threshold)}"
    elif any(table.is_suppressed for table in tables):
        yield f"Some numbers are not shown and stand as [c]: {_because(threshold)}"
    else:
        yield "Nothing is left out for being small: none of these numbers could lead to a person."
    yield PLACED
    yield NOT_REPORTED


def wards_of(ranked: Disclosed) -> list[int]:
    """The rows that are wards: not what could not be placed, and not the district."""
    totals = {each.total.row for each in ranked.sums}
    return [at for at, row in enumerate(ranked.rows) if at not in totals and row["area_code"] is not None]


def ordinal(number: int) -> str:
    """A place in an order.

    >>> [ordinal(number) for number in (1, 2, 3, 4, 11, 12, 13, 21, 112)]
    ['1st', '2nd', '3rd', '4th', '11th', '12th', '13th', '21st', '112th']
    """
    if number % 100 in (11, 12, 13):
        return f"{number}th"
    return f"{number}{ {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th') }"


def _because(threshold: int) -> str:
    return (
        f"a number from 1 to {threshold - 1}, or one that would reveal it, could let somebody be recognised. "
        "Neither is it nought."
    )


def _small(name: str) -> str:
    return f"{name[:1].lower()}{name[1:]}"


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"

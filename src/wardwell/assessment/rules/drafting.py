"""The first draft: sentences that the standard figures allow, and no others.

A change is called higher or lower only where its interval says so, and *not significantly different* otherwise. Every number is a
token, so that nothing is typed. What the counts cannot answer (the public's views, the last plan) is left to people.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from wardstats.disclosure import Disclosed, Suppressed
from wardwell.assessment.rules.cells import named

RECORDING_CHANGE = "asb-recording-2025"
PROVISIONAL = "provisional"
LISTED = 4

BEYOND_ORDINARY = "more than chance and the ordinary variation of months would explain"
HIGHER, LOWER, SAME = "higher", "lower", "not significantly different"

Shown = Mapping[str, Disclosed]


@dataclass(frozen=True, slots=True)
class DraftFinding:
    """A finding as drafted: under which head, its heading, its text with tokens."""

    item: str
    heading: str
    text: str


def drafted(shown: Shown) -> tuple[DraftFinding, ...]:
    """The findings that these figures allow, in the order of the checklist. A figure that is not there is passed over."""
    return tuple(
        DraftFinding(item, heading, text)
        for item, heading, needs, write in _FINDINGS
        if shown.keys() >= set(needs) and (text := write(shown))
    )


def _how_much(_shown: Shown) -> str:
    return (
        "The police published {{ crimes.count }} crimes for {{ crimes.area }} in {{ crimes.period }}. That is "
        "{{ crime-rate.rate }} for every 1,000 residents (95% interval from {{ crime-rate.lower }} to "
        "{{ crime-rate.upper }}). People who visit, work or study here are not among the residents.\n\n{{ figure crime-rate }}"
    )


def _by_month(shown: Shown) -> str:
    text = (
        "The most crimes in a month were {{ crime-by-month.highest_count }}, in {{ crime-by-month.highest_month }}; the "
        "fewest were {{ crime-by-month.lowest_count }}, in {{ crime-by-month.lowest_month }}. The first twelve months had "
        "{{ crime-by-month.average }} on average. The latest month, {{ crime-by-month.last_month }}, had "
        "{{ crime-by-month.last_count }}: {{ crime-by-month.last_variation }}."
    )
    if _has_caveat(shown["crime-by-month"], PROVISIONAL):
        text += " The latest months are provisional: later downloads revise them."
    return text + "\n\n{{ figure crime-by-month }}"


def _by_type(shown: Shown) -> str:
    largest = _labels(shown["crime-by-type"], "crime_type", skip={"All crime"})[:LISTED]
    listed = _listed([_counted_type(label) for label in largest])
    return f"Of {{{{ crime-by-type.total }}}} crimes, the largest types are {listed}.\n\n{{{{ figure crime-by-type }}}}"


def _counted_type(label: str) -> str:
    name = named(label)
    return f"{_in_a_sentence(label)} ({{{{ crime-by-type.{name}_count }}}}, {{{{ crime-by-type.{name}_share }}}})"


def _by_ward(shown: Shown) -> str:
    text = (
        "The ward with the most crimes is {{ wards-by-count.highest_area }}, with {{ wards-by-count.highest_count }} of "
        "{{ wards-by-count.total }}." + _rank_range(shown["wards-by-count"], "wards-by-count")
    )
    if "wards-by-rate" in shown:
        text += (
            " For every 1,000 residents it is {{ wards-by-rate.highest_area }}, with {{ wards-by-rate.highest_rate }}. "
            "A rate per resident is high where many people come who do not live there, as in a city centre."
        )
    return (
        text
        + "\n\n{{ figure wards-by-count }}"
        + ("\n\n{{ figure wards-by-rate }}" if "wards-by-rate" in shown else "")
    )


def _rank_range(figure: Disclosed, slug: str) -> str:
    best, worst = figure.value("highest_best"), figure.value("highest_worst")
    if isinstance(best, Suppressed) or isinstance(worst, Suppressed) or best == worst:
        return ""
    return f" Chance alone could put it anywhere from rank {{{{ {slug}.highest_best }}}} to {{{{ {slug}.highest_worst }}}}."


def _priority_areas(_shown: Shown) -> str:
    return (
        "The Priority Areas together have {{ priority-areas.count }} of {{ priority-areas.total }} crimes "
        "({{ priority-areas.share_of_crime }}) and {{ priority-areas.share_of_residents }} of the residents: a quotient of "
        "{{ priority-areas.quotient }} (95% interval from {{ priority-areas.lower }} to {{ priority-areas.upper }}). Their "
        "boundaries here are illustrative, and the city centre raises the quotient because people from everywhere come "
        "there.\n\n{{ figure priority-areas }}"
    )


def _incidents(shown: Shown) -> str:
    text = (
        "The police published {{ asb-incidents.count }} incidents of anti-social behaviour for {{ asb-incidents.period }}. "
        "They are incidents and not crimes, and are in no crime total."
    )
    if "asb-by-month" not in shown:
        return text
    text += " The latest month, {{ asb-by-month.last_month }}, had {{ asb-by-month.last_count }}."
    if _has_caveat(shown["asb-by-month"], RECORDING_CHANGE):
        text += " " + _RECORDING
    return text + "\n\n{{ figure asb-by-month }}"


_RECORDING = (
    "The incidents that the police recorded here fall abruptly from September 2025. That looks like a change in how incidents "
    "are recorded: the months before and after cannot be compared, and the fall says nothing about how much anti-social "
    "behaviour there was."
)


def _change(shown: Shown) -> str:
    verdict = shown["crime-change"].value("verdict")
    counts = (
        "{{ crime-change.after }} crimes were published for the period, and {{ crime-change.before }} for the same months a "
        "year earlier: a change of {{ crime-change.percent }} (95% interval from {{ crime-change.lower }} to "
        "{{ crime-change.upper }}). "
    )
    if verdict in (HIGHER, LOWER):
        verdict_said = f"That is {verdict}, by {BEYOND_ORDINARY}."
    elif verdict == SAME:
        verdict_said = (
            "That is not significantly different: chance and the ordinary variation of months could explain it."
        )
    else:
        verdict_said = "The two cannot be compared."
    return counts + verdict_said + "\n\n{{ figure crime-change }}"


def _change_by_type(shown: Shown) -> str:
    figure = shown["change-by-type"]
    said = []
    for verdict in (HIGHER, LOWER):
        labels = _labels(figure, "crime_type", verdict=verdict, skip={"All crime"})
        listed = _listed([_changed_type(label) for label in labels]) if labels else "no type"
        said.append(f"{verdict.capitalize()}, by {BEYOND_ORDINARY}: {listed}.")
    if labels := _labels(figure, "crime_type", verdict=SAME, skip={"All crime"}):
        said.append(f"Not significantly different: {_listed([_in_a_sentence(label) for label in labels])}.")
    if any(isinstance(row["verdict"], Suppressed) for row in figure.rows):
        said.append("Types with too few crimes to print are left out.")
    said.append("With so many types, some are called higher or lower by chance alone.")
    return " ".join(said) + "\n\n{{ figure change-by-type }}"


def _changed_type(label: str) -> str:
    cell = f"change-by-type.{named(label)}"
    return (
        f"{_in_a_sentence(label)} (from {{{{ {cell}_before }}}} to {{{{ {cell}_after }}}}, {{{{ {cell}_percent }}}}, "
        f"interval from {{{{ {cell}_lower }}}} to {{{{ {cell}_upper }}}})"
    )


def _series(shown: Shown) -> str:
    said = []
    for slug, what in (("violence-by-month", "Violence and sexual offences"), ("burglary-by-month", "Burglary")):
        if slug in shown:
            said.append(
                f"{what}: {{{{ {slug}.last_count }}}} in {{{{ {slug}.last_month }}}}, {{{{ {slug}.last_variation }}}}; the "
                f"first twelve months had {{{{ {slug}.average }}}} on average.\n\n{{{{ figure {slug} }}}}"
            )
    return "\n\n".join(said)


def _recording(shown: Shown) -> str:
    return _RECORDING + " Ask the police what changed." if _has_caveat(shown["asb-by-month"], RECORDING_CHANGE) else ""


def _matters(shown: Shown) -> str:
    largest = _labels(shown["crime-by-type"], "crime_type", skip={"All crime"})[:LISTED]
    said = [f"By number, the counts point to {_listed([_in_a_sentence(label) for label in largest])}."]
    if "change-by-type" in shown and (
        rising := _labels(shown["change-by-type"], "crime_type", verdict=HIGHER, skip={"All crime"})
    ):
        said.append(f"By a rise of {BEYOND_ORDINARY}, to {_listed([_in_a_sentence(one) for one in rising])}.")
    if "wards-by-count" in shown:
        said.append(_first_place(shown["wards-by-count"]))
    said.append(
        "Counts are one ground among several: they say nothing of harm, of what the public thinks, or of what one agency can "
        "do by itself. These are proposals for the Board to weigh, and not yet priorities."
    )
    return " ".join(said)


def _first_place(figure: Disclosed) -> str:
    """The ward with the most crimes, and no more than its interval allows: others may have as many."""
    said = "By place, to {{ wards-by-count.highest_area }}, the ward with the most crimes"
    worst = figure.value("highest_worst")
    if isinstance(worst, Suppressed) or worst is None:
        return f"{said}."
    return f"{said}, " + (
        "which chance does not put in doubt." if worst == 1 else "though chance could put another first."
    )


def _labels(
    figure: Disclosed, column: str, *, verdict: str | None = None, skip: Collection[str] = frozenset()
) -> list[str]:
    return [
        str(row[column])
        for row in figure.rows
        if row[column] not in skip
        and not isinstance(row[column], Suppressed)
        and (verdict is None or row["verdict"] == verdict)
    ]


def _listed(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0]
    comma = "," if len(parts) > 2 or any(" and " in part for part in parts) else ""
    return f"{', '.join(parts[:-1])}{comma} and {parts[-1]}"


def _in_a_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]


def _has_caveat(figure: Disclosed, code: str) -> bool:
    return any(caveat.code == code for caveat in figure.caveats)


_FINDINGS: tuple[tuple[str, str, tuple[str, ...], Callable[[Shown], str]], ...] = (
    ("levels-and-patterns", "How much crime", ("crimes", "crime-rate"), _how_much),
    ("levels-and-patterns", "Crime month by month", ("crime-by-month",), _by_month),
    ("levels-and-patterns", "What crime consists of", ("crime-by-type",), _by_type),
    ("levels-and-patterns", "Where crime happens", ("wards-by-count",), _by_ward),
    ("levels-and-patterns", "The Priority Areas", ("priority-areas",), _priority_areas),
    ("levels-and-patterns", "Anti-social behaviour", ("asb-incidents",), _incidents),
    ("changes", "All crime", ("crime-change",), _change),
    ("changes", "Types of crime", ("change-by-type",), _change_by_type),
    ("changes", "Violence and burglary month by month", (), _series),
    ("reasons", "Where recording explains a change", ("asb-by-month",), _recording),
    ("matters-to-prioritise", "What the counts point to", ("crime-by-type",), _matters),
)

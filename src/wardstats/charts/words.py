"""What a chart shows, in a sentence or two with its numbers: the text alternative of the picture."""

from __future__ import annotations

from collections.abc import Callable

from wardstats.charts.figures import chart_rows, label_column, part_rows, value_column
from wardstats.charts.multiples import ordered
from wardstats.disclosure import Disclosed
from wardstats.measures.caveats import ASB_RECORDING

MOST_NAMED = 3
RECORDING = " The fall from September 2025 looks like a change in recording, not in what happened."


def description(disclosed: Disclosed) -> str:
    """One to three sentences that say what the chart shows; the table beside it has every number."""
    say = SAID.get(disclosed.chart, _table)
    recording = ASB_RECORDING.code in {caveat.code for caveat in disclosed.caveats}
    return f"{disclosed.title}. {say(disclosed)}{RECORDING if recording else ''}"


def _series(disclosed: Disclosed) -> str:
    if "last_count" not in disclosed.facts:
        return "No month has a value."
    fact = disclosed.fact
    ends = f"From {fact('first_count')} in {fact('first_month')} to {fact('last_count')} in {fact('last_month')}"
    return f"{ends}; highest {fact('highest_count')} in {fact('highest_month')}."


def _control(disclosed: Disclosed) -> str:
    fact = disclosed.fact
    rows = [row for row in chart_rows(disclosed) if row["special"] not in (None, "within ordinary variation")]
    limits = (
        f"The average is {fact('average')} and the process limits are {fact('lower_limit')} and {fact('upper_limit')}."
    )
    if fact("average") == "[c]":
        return f"{_series(disclosed)} Average and limits are not shown, because small counts could be worked out from them."
    if not rows:
        return f"{_series(disclosed)} {limits} Every month lies within ordinary variation."
    last = rows[-1]["month_text"]
    months = "1 month is" if len(rows) == 1 else f"{len(rows)} months are"
    return f"{_series(disclosed)} {limits} {months} unlike the ordinary variation, the latest {last}."


def _largest(disclosed: Disclosed) -> str:
    label, value = label_column(disclosed), value_column(disclosed)
    value = "count" if disclosed.chart == "bars" else value
    rows = [row for row in part_rows(disclosed) if row[value] is not None]
    if not rows:
        return "Every value is suppressed."
    named = [f"{row[label]} {row[f'{value}_text']}" for row in rows[:MOST_NAMED]]
    said = f"First: {'; '.join(named)}."
    if len(rows) > MOST_NAMED:
        said += f" Last of {len(rows)} shown: {rows[-1][label]} {rows[-1][f'{value}_text']}."
    return said + _suppressed(disclosed)


def _changes(disclosed: Disclosed) -> str:
    label = label_column(disclosed)
    rows = chart_rows(disclosed)
    if len(rows) == 1:
        return f"{_change(rows[0], label)}.{_suppressed(disclosed)}"
    sentences = [f"{_change(rows[-1], label)}."]
    for verdict in ("higher", "lower"):
        found = [f"{row[label]} {row['percent_text']}" for row in rows[:-1] if row["verdict"] == verdict]
        sentences.append(f"{verdict.capitalize()}: {', '.join(found) or 'none'}.")
    return " ".join(sentences) + _suppressed(disclosed)


def _change(row: dict[str, str], label: str) -> str:
    counts = f"from {row['before_text']} to {row['after_text']}"
    if row["verdict"] is None or row["percent"] is None:
        return f"{row[label]}: {counts}"
    limits = f"interval {row['lower_text']} to {row['upper_text']}"
    return f"{row[label]}: {counts}, {row['percent_text']} ({limits}), {row['verdict_text']}"


def _multiples(disclosed: Disclosed) -> str:
    """The most numerous types with their highest months that are shown; then how many say nothing at all."""
    rows = [row for row in part_rows(disclosed) if row["month"] is not None and row["count"] is not None]
    said = []
    for kind in [row for row in ordered(disclosed) if row["count"] is not None][:MOST_NAMED]:
        months = [row for row in rows if row["crime_type"] == kind["crime_type"] and row["count"]]
        highest = max(months, key=lambda row: int(row["count"]), default=None)
        top = "" if highest is None else f", most {highest['count_text']} in {highest['month_text']}"
        said.append(f"{kind['crime_type']} {kind['count_text']}{top}")
    silent = {row["crime_type"] for row in ordered(disclosed)} - {row["crime_type"] for row in rows}
    empty = f" No month is shown of {', '.join(sorted(silent))}." if silent else ""
    first = f"Most numerous: {'; '.join(said)}." if said else "Every total is suppressed."
    return first + empty + _suppressed(disclosed)


def _suppressed(disclosed: Disclosed) -> str:
    return " Some values are not shown, so that nobody can be found behind them." if disclosed.is_suppressed else ""


def _table(disclosed: Disclosed) -> str:
    label, value = label_column(disclosed), value_column(disclosed)
    return "; ".join(f"{row[label]}: {row[f'{value}_text']}" for row in chart_rows(disclosed)[:MOST_NAMED]) + "."


SAID: dict[str, Callable[[Disclosed], str]] = {
    "line": _series,
    "control": _control,
    "bars": _largest,
    "ranked": _largest,
    "interval": _changes,
    "multiples": _multiples,
}

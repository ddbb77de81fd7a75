"""What a measure is asked, as questions of a form: months, type, area, level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from wardstats import Measure, all_harm_weights, all_measures
from wardwell.assessment.queries import AssessmentView
from wardwell.web.components import Answers, Choice, Field, Form, Option, Text

MONTH = "A month such as 2024-11"
WHOLE = "The whole district"

MEASURES = Form(
    name="measure",
    fields=[
        Choice(
            name="measure",
            label="Measure",
            is_folded=True,
            options=[Option(one.code, one.name) for one in all_measures()],
        )
    ],
    submit="Choose",
    method="get",
    layout="filter",
    style="secondary",
)


def short_name_field() -> Text:
    """What a figure is called in the text of findings."""
    return Text(
        name="slug",
        label="Short name",
        hint="Small letters, digits and hyphens: it is how findings cite the figure. For example: burglary-by-ward",
        longest=60,
        width=20,
    )


def form_of(measure: Measure, view: AssessmentView) -> Form:
    """The questions that a measure takes."""
    asked = {field.name: field for field in _fields(view)}
    title = Text(name="title", label="Title", hint="Leave empty for the measure’s own", is_required=False, longest=200)
    taken = [asked[name] for name in measure.parameters if name in asked]
    return Form(name="figure", fields=[short_name_field(), title, *taken], submit="Compute it")


def asked_at_first(view: AssessmentView) -> dict[str, str]:
    """The assessment's own period, compared with the one before it."""
    since, until = view.summary.period_from, view.summary.period_until
    before = date(since.year - 1, since.month, 1)
    return {
        "from": f"{since:%Y-%m}",
        "until": f"{until:%Y-%m}",
        "compare_from": f"{before:%Y-%m}",
        "compare_until": f"{since:%Y-%m}",
    }


def parameters_of(measure: Measure, answers: Answers) -> Mapping[str, str | bool]:
    """The answers as the measure takes them; what was left open is left to its defaults."""
    given = {name: answers.values.get(name) for name in measure.parameters}
    return {name: value == "yes" if name == "per_day" else str(value) for name, value in given.items() if value}


def _fields(view: AssessmentView) -> Sequence[Field]:
    return (
        Text(name="from", label="From", hint=MONTH, width=10),
        Text(name="until", label="Until, the month after the last", hint=MONTH, width=10),
        Text(name="compare_from", label="Compared with, from", hint=MONTH, width=10),
        Text(name="compare_until", label="Compared with, until", hint=MONTH, width=10),
        Choice(
            name="crime_type",
            label="Type of crime",
            options=[Option("", "All crime"), *(Option(one, one) for one in _types(view))],
            is_folded=True,
            is_required=False,
        ),
        Text(
            name="area_code",
            label="Area",
            hint="The ONS code of a ward or of a small area. Leave empty for the whole district",
            is_required=False,
            width=10,
        ),
        Choice(
            name="level",
            label="Areas told apart",
            options=[
                Option("ward25", "Wards of 2025"),
                Option("lsoa21", "Small areas of 2021 (LSOA)"),
                Option("priority-areas", "Priority Areas"),
            ],
        ),
        Choice(
            name="by",
            label="Ranked by",
            options=[Option("count", "Number"), Option("rate", "Rate for every 1,000 residents")],
        ),
        Choice(
            name="per_day",
            label="Divided by the days of the month",
            options=[Option("no", "No"), Option("yes", "Yes")],
        ),
        Choice(
            name="weights",
            label="Harm weights",
            hint="The sets disagree by large factors: name the one used wherever the harm is printed",
            options=[
                Option("", "Choose a set"),
                *(Option(weights.code, weights.name) for weights in all_harm_weights()),
            ],
            is_folded=True,
        ),
    )


def _types(view: AssessmentView) -> list[str]:
    """The types of crime that the assessment's own figures tell apart."""
    found = {
        str(row["crime_type"])
        for figure in view.figures
        if figure.lineage and figure.lineage.measure == "crime-by-type"
        for row in figure.disclosed.rows
    }
    return sorted(found - {"All crime"})

"""The kit: each component says what it is told, once, in the right markup, and escaped."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.template import engines

from wardwell.web.components import (
    Area,
    Chart,
    Column,
    Component,
    Empty,
    Fact,
    Facts,
    Link,
    Map,
    MapClass,
    Page,
    Panel,
    Paragraph,
    Step,
    Table,
    Tag,
    Task,
    Tasks,
    Thread,
    Verb,
)


def html_of(component: Component) -> str:
    return str(engines["django"].from_string("{% show it %}").render({"it": component}))


@dataclass(frozen=True)
class Ward:
    name: str
    crimes: int | str | None


WARDS: Table[Ward] = Table(
    caption="Crimes by ward",
    columns=(
        Column(name="name", label="Ward", link=lambda ward: f"/wards/{ward.name}"),
        Column(name="crimes", label="Crimes", kind="number"),
    ),
    empty=Empty(heading="No wards yet"),
)


@dataclass(frozen=True)
class Answer:
    allowed: bool
    because: str


class TestTable:
    def test_prints_a_header_for_each_column_and_row(self) -> None:
        html = html_of(WARDS.of([Ward("Bilston", 1204)]))
        assert html.count('scope="col"') == 2
        assert '<th scope="row"' in html
        assert '<a class="govuk-link" href="/wards/Bilston">Bilston</a>' in html
        assert ">1,204<" in html

    def test_prints_the_mark_of_a_suppressed_count_on_screen_and_in_the_csv(self) -> None:
        rows = [Ward("Bilston", "[c]")]
        assert ">[c]<" in html_of(WARDS.of(rows))
        assert list(WARDS.csv(rows))[1] == "Bilston,[c]\r\n"

    def test_escapes_what_a_row_says(self) -> None:
        assert "<b>" not in html_of(WARDS.of([Ward("<b>Bilston</b>", 1)]))

    def test_gives_a_spreadsheet_nothing_to_run(self) -> None:
        assert list(WARDS.csv([Ward('=HYPERLINK("x")', 1)]))[1].startswith("\"'=")

    def test_says_what_would_be_here_when_there_is_nothing(self) -> None:
        html = html_of(WARDS.of([]))
        assert "No wards yet" in html
        assert "<table" not in html


class TestVerb:
    def test_is_offered_when_every_answer_says_yes(self) -> None:
        assert Verb.after(Answer(True, ""), text="Sign off", href="/").is_offered

    def test_carries_the_first_reason_why_not(self) -> None:
        verb = Verb.after(Answer(True, ""), Answer(False, "You wrote it."), Answer(False, "No."), text="Sign", href="/")
        assert not verb.is_offered
        assert verb.because == "You wrote it."


class TestFigures:
    def test_a_chart_has_its_words_its_table_its_caveat_and_its_source(self) -> None:
        chart = Chart(
            title="Crimes by month",
            picture="/chart.svg",
            description="It rises.",
            table=WARDS.of([Ward("Bilston", 3)]),
            caveats=["Provisional."],
            source=Link(text="Where this number comes from", href="/source"),
        )
        html = html_of(chart)
        for expected in ('alt="It rises."', "Show as table", "<table", "Provisional.", 'href="/source"'):
            assert expected in html

    def test_a_map_tells_its_script_the_values_without_a_script_in_the_page(self) -> None:
        shown = Map(
            title="Rates",
            boundaries="/areas.geojson",
            key="code",
            areas=[Area("E1", "Bilston", "suppressed", "not shown")],
            classes=[MapClass("1", "0 to 5"), MapClass("suppressed", "not shown")],
            table=WARDS.of([Ward("Bilston", "[c]")]),
            attribution="ONS",
        )
        html = html_of(shown)
        assert '<script id="map-rates-values" type="application/json">' in html
        assert '"class": "suppressed"' in html
        assert "<table" in html


@pytest.mark.parametrize(
    ("component", "expected"),
    [
        (Paragraph.of("Fell by ", Link(text="8%", href="/f"), "."), 'Fell by <a class="govuk-link" href="/f">8%</a>.'),
        (Tag("Draft", "blue"), '<strong class="govuk-tag govuk-tag--blue">Draft</strong>'),
        (Facts([Fact(label="Crimes", value="17,160")]), "17,160"),
        (Tasks(items=[Task(title="Decide", status=Tag("New"), href="/d")]), 'aria-describedby="tasks-1-status"'),
        (Thread([Step(name="Evidence", state="now", status=Tag("New"), text="Kept.")]), 'aria-current="step"'),
        (Panel(heading="For you", contents=[Tag("Draft")]), 'aria-labelledby="for-you-heading"'),
    ],
)
def test_each_component_prints_what_it_is_told(component: Component, expected: str) -> None:
    assert expected in html_of(component)


class TestPage:
    def test_tells_the_verbs_that_are_offered_from_those_that_are_not(self) -> None:
        page = Page(
            title="Draft",
            section="assessments",
            panels=[],
            verbs=[Verb(text="Edit", href="/e"), Verb(text="Sign off", href="/s", because="You wrote it.")],
        )
        assert [verb.text for verb in page.offered] == ["Edit"]
        assert [verb.because for verb in page.refused] == ["You wrote it."]

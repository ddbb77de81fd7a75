"""Every figure is computed, estimated or cited, and says where it comes from."""

from __future__ import annotations

from datetime import date

import pytest
from django.conf import settings

from tests.wardwell.assessment.conftest import Desk
from wardstats.measures import Result, compute
from wardwell.assessment import operations, queries
from wardwell.assessment.copies import UnableToReadCopy
from wardwell.assessment.queries.figures import result_of
from wardwell.assessment.rules.kept_evidence import as_it_stood
from wardwell.assessment.rules.sourced import Input

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


def shown(desk: Desk, slug: str, who: str = "anil") -> queries.FigureView:
    figure = queries.figure(desk.actor(who), assessment_id=desk.id, slug=slug)
    assert figure is not None
    return figure


def cites(desk: Desk, *, value: str = "249,500", copy: bytes | None = None) -> None:
    operations.cite(
        actor=desk.actor("anil"),
        at=desk.at,
        assessment_id=desk.id,
        slug="residents-then",
        title="Residents in 2011",
        statement="Usual residents of Wolverhampton",
        value=value,
        unit="residents",
        source="Census 2011, Office for National Statistics",
        source_on=date(2012, 7, 16),
        excerpt="On census day there were 249,500 usual residents in Wolverhampton.",
        copy_name="census.pdf",
        copy_content=copy,
    )


def estimates(desk: Desk, *, formula: str = "crimes * share / 100", fact: str = "count") -> None:
    operations.estimate(
        actor=desk.actor("anil"),
        at=desk.at,
        assessment_id=desk.id,
        slug="alcohol",
        title="Crimes in which alcohol plays a part",
        statement="Crimes in which alcohol plays a part, if the national share holds here",
        formula=formula,
        inputs=(
            Input("crimes", "crimes published", None, figure="crimes", fact=fact),
            Input("share", "share with alcohol", "25", "%", source="Crime Survey for England and Wales 2024, table 9"),
        ),
        unit="crimes",
    )


class TestAComputedFigure:
    def test_says_all_that_it_takes_to_compute_it_again_and_then_comes_out_the_same(self, drafted: Desk) -> None:
        view = shown(drafted, "crime-change")
        assert view.lineage is not None
        stored = result_of(drafted.actor("anil"), figure_id=view.id)
        evidence = as_it_stood(drafted.evidence, view.lineage.files)
        assert isinstance(stored, Result)
        assert compute(view.lineage.measure, evidence, **view.lineage.parameters) == stored
        assert {file.table for file in view.lineage.files} == {"area_month_counts", "area_lookup"}

    def test_is_put_into_words(self, drafted: Desk) -> None:
        assert shown(drafted, "crime-change").description.startswith("Crimes in Wolverhampton")

    def test_is_flagged_when_the_evidence_changes_and_computing_again_settles_it(self, drafted: Desk) -> None:
        drafted.newer_evidence()
        assert shown(drafted, "crimes").is_behind_evidence
        changed = operations.recompute_figure(
            actor=drafted.actor("anil"), at=drafted.at, assessment_id=drafted.id, slug="crimes"
        )
        assert changed is False
        assert not shown(drafted, "crimes").is_behind_evidence

    def test_may_stay_behind_with_a_reason_until_the_evidence_changes_again(self, drafted: Desk) -> None:
        drafted.newer_evidence()
        operations.acknowledge_drift(
            actor=drafted.actor("anil"),
            at=drafted.at,
            assessment_id=drafted.id,
            slug="crimes",
            reason="The Board asked for the October download.",
        )
        view = shown(drafted, "crimes")
        assert (view.is_behind_evidence, view.is_drift_acknowledged) == (True, True)

    def test_that_the_evidence_does_not_allow_is_refused_in_the_measures_own_words(self, drafted: Desk) -> None:
        with pytest.raises(operations.UnableToAssess, match="no measure “crime-weather”"):
            operations.add_figure(
                actor=drafted.actor("anil"),
                at=drafted.at,
                assessment_id=drafted.id,
                slug="weather",
                measure="crime-weather",
                parameters={},
            )

    def test_goes_only_when_no_finding_names_it(self, drafted: Desk) -> None:
        with pytest.raises(operations.UnableToAssess, match="named in “How much crime”"):
            operations.remove_figure(
                actor=drafted.actor("anil"), at=drafted.at, assessment_id=drafted.id, slug="crimes"
            )

    def test_offers_every_cell_of_its_table_to_be_cited(self, drafted: Desk) -> None:
        facts = dict(shown(drafted, "change-by-type").facts)
        assert "shoplifting_percent" in facts
        assert facts["total_after"] == dict(shown(drafted, "crimes").facts)["count"]


class TestAnEstimate:
    def test_is_worked_out_from_named_inputs_and_printed_as_a_formula(self, drafted: Desk) -> None:
        estimates(drafted)
        view = shown(drafted, "alcohol")
        crimes = int(dict(shown(drafted, "crimes").facts)["count"].replace(",", ""))
        assert view.disclosed.fact("value") == f"{round(crimes * 25 / 100):,}"
        assert view.formula == "crimes × share ÷ 100"
        assert view.inputs[1].comes_from.startswith("Crime Survey")
        assert "This is an estimate" in view.disclosed.notes[0]

    @pytest.mark.parametrize(
        "formula", ["crimes ** share", "exit()", "crimes / (share - share)", "crimes * persons", "("]
    )
    def test_is_refused_when_it_cannot_be_worked_out(self, drafted: Desk, formula: str) -> None:
        with pytest.raises(operations.UnableToAssess):
            estimates(drafted, formula=formula)

    def test_is_refused_from_a_number_that_is_not_there(self, drafted: Desk) -> None:
        with pytest.raises(operations.UnableToAssess, match="is not shown"):
            estimates(drafted, fact="victims")


class TestACitedFigure:
    def test_stands_as_its_source_prints_it_with_a_copy_that_is_checked(self, drafted: Desk) -> None:
        cites(drafted, copy=b"%PDF census")
        view = shown(drafted, "residents-then")
        assert view.disclosed.fact("value") == "249,500"
        assert queries.cited_copy(drafted.actor("maya"), figure_id=view.id) == b"%PDF census"
        kept = next((settings.SNAPSHOTS / "cited").rglob(view.copy_sha256))
        kept.write_bytes(b"%PDF tuned")
        with pytest.raises(UnableToReadCopy, match="was altered"):
            queries.cited_copy(drafted.actor("maya"), figure_id=view.id)

    @pytest.mark.parametrize("value", ["250,000", "49,500", "249"])
    def test_is_refused_when_the_source_does_not_say_so(self, drafted: Desk, value: str) -> None:
        with pytest.raises(operations.UnableToAssess, match="do not contain"):
            cites(drafted, value=value)

    def test_is_never_computed(self, drafted: Desk) -> None:
        cites(drafted)
        with pytest.raises(operations.UnableToAssess, match="never computed"):
            operations.recompute_figure(
                actor=drafted.actor("anil"), at=drafted.at, assessment_id=drafted.id, slug="residents-then"
            )

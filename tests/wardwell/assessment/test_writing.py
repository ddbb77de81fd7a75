"""Findings are written, moved, removed and restored; two people at once lose nothing."""

from __future__ import annotations

import pytest

from tests.wardwell.assessment.conftest import Desk
from wardwell.assessment import operations
from wardwell.audit.gate import NotAllowed

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


def rewrite(desk: Desk, who: str, heading: str, version: int, text: str) -> None:
    finding = desk.finding(heading)
    operations.write_finding(
        actor=desk.actor(who),
        at=desk.at,
        assessment_id=desk.id,
        item="changes",
        heading=heading,
        text=text,
        finding_id=finding.id,
        version=version,
    )


class TestTwoEditorsAtOnce:
    def test_the_second_is_told_and_keeps_what_they_wrote(self, drafted: Desk) -> None:
        version = drafted.finding("All crime").version
        rewrite(drafted, "maya", "All crime", version, "Maya's words: {{ crime-change.after }}.")
        with pytest.raises(operations.UnableToSave, match="Maya Okafor changed this finding") as clash:
            rewrite(drafted, "anil", "All crime", version, "Anil's words: {{ crime-change.before }}.")
        assert clash.value.theirs.text == "Maya's words: {{ crime-change.after }}."
        assert clash.value.yours == "Anil's words: {{ crime-change.before }}."
        rewrite(drafted, "anil", "All crime", clash.value.theirs.version, "Both.")
        assert drafted.finding("All crime").written_by == "Anil Sandhu"

    def test_on_different_findings_do_not_collide(self, drafted: Desk) -> None:
        first, second = drafted.finding("All crime").version, drafted.finding("Types of crime").version
        rewrite(drafted, "maya", "All crime", first, "Maya's.")
        rewrite(drafted, "anil", "Types of crime", second, "Anil's.")
        assert drafted.finding("All crime").text == "Maya's."


class TestAFinding:
    def test_shows_what_does_not_hold_in_it(self, drafted: Desk) -> None:
        drafted.writes("See {{ figure robbery }}: {{ crimes.totl }} and 12%.")
        finding = drafted.finding("Why")
        assert [problem.kind for problem in finding.problems] == ["unknown figure", "unknown number"]
        assert [number.number for number in finding.unexplained] == ["12%"]
        with pytest.raises(operations.UnableToAssess, match="no figure “robbery”"):
            drafted.submits()

    def test_prints_suppressed_numbers_as_suppressed(self, drafted: Desk) -> None:
        operations.add_figure(
            actor=drafted.actor("anil"),
            at=drafted.at,
            assessment_id=drafted.id,
            slug="bicycles",
            measure="crime-by-type",
            parameters={"from": "2025-10", "until": "2025-11", "area_code": "E01010410"},
        )
        figure = next(one for one in drafted.seen().figures if one.slug == "bicycles")
        hidden = next(name for name, text in figure.facts if text == "[c]")
        drafted.writes(f"There were {{{{ bicycles.{hidden} }}}}.")
        assert drafted.finding("Why").printed[0].text == "There were [c]."

    def test_is_moved_removed_and_restored_where_it_stood(self, drafted: Desk) -> None:
        def headings() -> list[str]:
            return [one.heading for one in drafted.seen().items[1].findings]

        before = headings()
        key = drafted.finding(before[-1]).id
        operations.move_finding(actor=drafted.actor("anil"), at=drafted.at, finding_id=key, item="changes", position=1)
        assert headings() == [before[-1], *before[:-1]]
        operations.remove_finding(actor=drafted.actor("anil"), at=drafted.at, finding_id=key)
        assert headings() == before[:-1]
        assert [one.id for one in drafted.seen().removed] == [key]
        operations.restore_finding(actor=drafted.actor("anil"), at=drafted.at, finding_id=key)
        assert headings() == [before[-1], *before[:-1]]

    def test_is_not_written_by_the_board(self, desk: Desk) -> None:
        with pytest.raises(NotAllowed):
            desk.writes("From the Board.", who="beth")

    def test_needs_a_heading_and_a_text(self, drafted: Desk) -> None:
        with pytest.raises(operations.UnableToAssess, match="a heading and a text"):
            drafted.writes("  ")

    def test_asks_again_about_a_number_once_its_sentence_has_changed(self, drafted: Desk) -> None:
        key = drafted.writes("About 140 shops.")
        operations.explain_number(
            actor=drafted.actor("anil"),
            at=drafted.at,
            finding_id=key,
            number="140",
            sentence="About 140 shops.",
            reason="Minutes.",
        )
        assert drafted.finding("Why").unexplained == ()
        finding = drafted.finding("Why")
        operations.write_finding(
            actor=drafted.actor("anil"),
            at=drafted.at,
            assessment_id=drafted.id,
            item="reasons",
            heading="Why",
            text="Exactly 140 shops.",
            finding_id=key,
            version=finding.version,
        )
        assert [one.sentence for one in drafted.finding("Why").unexplained] == ["Exactly 140 shops."]

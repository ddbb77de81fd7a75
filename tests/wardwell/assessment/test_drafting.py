"""Anil starts from a real draft: the standard figures, and the sentences that they allow and no others."""

from __future__ import annotations

import re

import pytest

from tests.wardwell.assessment.conftest import UNTIL, Desk
from wardwell.assessment import operations, queries
from wardwell.assessment.rules.lifecycle import State
from wardwell.audit.queries import events

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

PRAISE = re.compile(r"\b(improv\w*|success\w*|better|good news|achiev\w*|reduc\w+)\b", re.IGNORECASE)


def printed(view: queries.AssessmentView) -> str:
    """Everything the findings say, as printed."""
    pieces = [piece.text for item in view.items for one in item.findings for piece in one.printed]
    return "\n".join(pieces)


class TestADraft:
    def test_has_the_standard_figures_and_a_finding_wherever_the_counts_can_answer(self, desk: Desk) -> None:
        drafted = desk.drafts()
        assert (drafted.figures, drafted.left_out) == (13, ())
        states = {item.code: item.state for item in desk.seen().items}
        assert states == {
            "levels-and-patterns": "answered",
            "changes": "answered",
            "reasons": "answered",
            "matters-to-prioritise": "answered",
            "views-of-the-public": "empty",
            "last-plan": "empty",
        }

    def test_leaves_what_counts_cannot_answer_empty_and_offers_a_reason_without_stating_it(self, drafted: Desk) -> None:
        item = next(one for one in drafted.seen().items if one.code == "views-of-the-public")
        assert item.absence_reason == ""
        assert "No consultation" in item.suggestion

    def test_has_no_broken_token_and_no_number_typed_by_hand(self, drafted: Desk) -> None:
        findings = [one for item in drafted.seen().items for one in item.findings]
        assert [one.problems for one in findings if one.problems] == []
        assert [one.unexplained for one in findings if one.unexplained] == []
        assert "{{" not in printed(drafted.seen())

    def test_prints_the_numbers_of_the_real_counts(self, drafted: Desk) -> None:
        crimes = next(one for one in drafted.seen().figures if one.slug == "crimes").disclosed.fact("count")
        assert f"published {crimes} crimes for Wolverhampton in November 2024 to October 2025" in printed(
            drafted.seen()
        )

    def test_is_written_into_the_audit_trail_in_plain_words(self, drafted: Desk) -> None:
        said = [event.sentence for event in events(drafted.actor("maya"), changes_only=True).events]
        assert any(
            sentence.startswith(
                "Anil Sandhu drafted Strategic assessment, November 2024 to October 2025 from the evidence, with 13 figures"
            )
            for sentence in said
        )

    def test_words_the_checklist_as_the_law_reads_at_its_date(self, drafted: Desk) -> None:
        assert "serious violence" in drafted.seen().items[0].wording

    def test_waits_for_its_author(self, drafted: Desk) -> None:
        waiting = queries.needs_attention(drafted.actor("anil"))
        assert [one.sentence for one in waiting] == ["In draft: 2 things to put right."]


class TestTheSentences:
    def test_call_a_change_higher_or_lower_only_where_its_interval_says_so(self, drafted: Desk) -> None:
        figure = next(one for one in drafted.seen().figures if one.slug == "change-by-type")
        text = " ".join(piece.text for piece in drafted.finding("Types of crime").printed)
        higher, rest = text.split("Lower, by more than chance and the ordinary variation of months would explain:")
        lower, same = rest.split("Not significantly different:")
        said = {"higher": higher, "lower": lower, "not significantly different": same}
        for row in figure.disclosed.rows[:-1]:
            kind = str(row["crime_type"])
            if str(row["verdict"]) in said:
                assert kind[0].lower() + kind[1:] in said[str(row["verdict"])]

    def test_say_what_the_interval_of_all_crime_says(self, drafted: Desk) -> None:
        verdict = next(one for one in drafted.seen().figures if one.slug == "crime-change").disclosed.value("verdict")
        text = drafted.finding("All crime").printed[0].text
        assert ("not significantly different" in text) == (verdict == "not significantly different")

    def test_carry_the_caveat_of_the_fall_in_anti_social_behaviour_and_never_call_it_an_improvement(
        self, drafted: Desk
    ) -> None:
        text = drafted.finding("Anti-social behaviour").printed[0].text
        assert "looks like a change in how incidents are recorded" in text
        assert "cannot be compared" in text
        assert "They are incidents and not crimes" in text
        assert PRAISE.findall(printed(drafted.seen())) == []
        figure = next(one for one in drafted.seen().figures if one.slug == "asb-by-month")
        assert any(caveat.code == "asb-recording-2025" for caveat in figure.disclosed.caveats)

    def test_propose_and_do_not_choose_priorities(self, drafted: Desk) -> None:
        assert "not yet priorities" in drafted.finding("What the counts point to").printed[0].text


class TestDraftingAgain:
    def test_is_refused_for_the_same_period_and_names_the_one_there_is(self, drafted: Desk) -> None:
        with pytest.raises(operations.UnableToDraft, match="already: it is draft") as refusal:
            operations.draft(actor=drafted.actor("maya"), at=drafted.at, period_until=UNTIL)
        assert (refusal.value.existing_id, refusal.value.state) == (drafted.id, State.DRAFT)

    def test_computes_again_and_leaves_alone_what_somebody_edited(self, drafted: Desk) -> None:
        finding = drafted.finding("How much crime")
        operations.write_finding(
            actor=drafted.actor("anil"),
            at=drafted.at,
            assessment_id=drafted.id,
            item="levels-and-patterns",
            heading=finding.heading,
            text="Crime as Anil sees it: {{ crimes.count }}.",
            finding_id=finding.id,
            version=finding.version,
        )
        drafted.newer_evidence()
        again = operations.compute_again(actor=drafted.actor("anil"), at=drafted.at, assessment_id=drafted.id)
        assert (again.changed, len(again.unchanged), again.left_alone) == ((), 13, ("How much crime",))
        assert drafted.finding("How much crime").text.startswith("Crime as Anil sees it")


class TestWithoutEvidence:
    def test_nothing_is_drafted_and_the_sentence_says_why(self, desk: Desk) -> None:
        desk.evidence = type(desk.evidence)(())
        with pytest.raises(operations.UnableToAssess, match="evidence does not allow any figure yet"):
            desk.drafts()
        assert queries.assessments(desk.actor("anil")) == ()

"""Anil drafts, Maya reviews, Beth signs off; and everything that stands in the way of it."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from tests.wardstats.measures.conftest import real_counts
from tests.wardwell.assessment.conftest import Desk
from wardwell.assessment import operations, queries
from wardwell.assessment.models import Assessment
from wardwell.assessment.rules.lifecycle import State
from wardwell.audit.gate import NotAllowed

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

BOARD = "SWP Board (Local Police and Crime Board)"


def large_then_small() -> tuple[str, str]:
    """A type and a small area with many crimes in September 2025 and a few, but not none, in October."""
    counts = {
        (row["crime_type"], row["area_code"], row["month"].month): row["count"]
        for row in real_counts()
        if row["month"].year == 2025
    }
    return next(
        (kind, area)
        for (kind, area, month), count in sorted(counts.items())
        if month == 9 and count >= 6 and 0 < counts.get((kind, area, 10), 0) < 5 and kind != "Anti-social behaviour"
    )


@pytest.fixture
def in_review(drafted: Desk) -> Desk:
    """Complete and submitted by Anil."""
    drafted.explains_what_is_empty()
    drafted.submits()
    return drafted


class TestTheWholeWay:
    def test_ends_with_a_decision_of_the_board_minuted_with_its_reason(self, in_review: Desk) -> None:
        operations.return_to_draft(
            actor=in_review.actor("maya"), at=in_review.at, assessment_id=in_review.id, reason="Say more about where."
        )
        waiting = queries.needs_attention(in_review.actor("anil"))
        assert [one.sentence for one in waiting] == ["Maya Okafor returned it: Say more about where."]
        in_review.submits()
        assert queries.needs_attention(in_review.actor("beth"))[0].sentence == "Waits for the Board's sign-off."
        in_review.signs_off(reason="Complete; the figures hold.")
        view = in_review.seen("beth")
        assert view.summary.state == State.SIGNED_OFF
        assert [(one.group, one.reason) for one in view.decisions] == [(BOARD, "Complete; the figures hold.")]
        assert view.summary.decision_id == view.decisions[0].id

    def test_gives_publication_all_that_it_prints(self, in_review: Desk) -> None:
        in_review.signs_off()
        document = queries.document_of(in_review.actor("maya"), assessment_id=in_review.id)
        assert document is not None
        assert document.partnership_name == "Safer Wolverhampton Partnership"
        assert document.sections[0].name == "Levels and patterns"
        assert document.sections[-1].absence_reason.startswith("The last plan")
        slugs = {figure.slug for figure in document.figures}
        named = {slug for one in document.sections[0].findings for p in one.paragraphs for slug in p.places}
        assert named <= slugs
        assert {source.licence for source in document.sources} == {"OGL v3"}
        assert document.obstacles == ()


class TestSigningOff:
    def test_is_refused_to_the_analyst_by_the_policy(self, desk: Desk) -> None:
        with pytest.raises(NotAllowed, match="board member"):
            desk.signs_off("anil")

    def test_is_offered_to_the_board_and_not_to_the_analyst(self, in_review: Desk) -> None:
        assert in_review.seen("beth").step("sign off").allowed
        step = in_review.seen("anil").step("sign off")
        assert (step.allowed, step.because) == (False, "Only these may sign off here: board member.")

    def test_is_refused_to_whoever_wrote_it_by_the_database_too(self, in_review: Desk) -> None:
        beth = in_review.actor("beth")
        with pytest.raises(IntegrityError, match="signed_off_by_somebody_else"), transaction.atomic():
            Assessment.objects.visible_to(beth).filter(id=in_review.id).update(
                state=State.SIGNED_OFF,
                signed_off_by=in_review.world.workers["anil"],
                signed_off_at=in_review.at,
                sign_off_reason="Mine.",
                decision_id=in_review.id,
            )

    def test_is_refused_without_a_reason(self, in_review: Desk) -> None:
        with pytest.raises(operations.UnableToAssess, match="reason is minuted"):
            in_review.signs_off(reason="  ")

    def test_is_refused_while_a_head_is_empty_without_a_reason(self, drafted: Desk) -> None:
        drafted.submits()
        with pytest.raises(operations.UnableToAssess, match="“What people think should be prioritised” has no finding"):
            drafted.signs_off()
        assert drafted.seen("beth").summary.state == State.IN_REVIEW

    def test_is_refused_while_a_number_typed_by_hand_is_not_explained(self, drafted: Desk) -> None:
        drafted.explains_what_is_empty()
        key = drafted.writes("About 140 shops were broken into.")
        drafted.submits()
        with pytest.raises(operations.UnableToAssess, match="“140” was typed by hand"):
            drafted.signs_off()
        operations.return_to_draft(
            actor=drafted.actor("beth"), at=drafted.at, assessment_id=drafted.id, reason="Where is 140 from?"
        )
        operations.explain_number(
            actor=drafted.actor("anil"),
            at=drafted.at,
            finding_id=key,
            number="140",
            sentence="About 140 shops were broken into.",
            reason="From the business crime partnership's minutes of May 2025.",
        )
        drafted.submits()
        drafted.signs_off()
        assert drafted.seen().summary.state == State.SIGNED_OFF

    def test_is_refused_while_a_figure_is_behind_its_evidence(self, in_review: Desk) -> None:
        in_review.newer_evidence()
        with pytest.raises(operations.UnableToAssess, match="evidence behind the figure “crime-rate” has changed"):
            in_review.signs_off()

    def test_is_refused_while_figures_side_by_side_give_a_small_count_away(self, drafted: Desk) -> None:
        kind, area = large_then_small()
        for slug, since, until in (("one", "09", "10"), ("other", "10", "11"), ("both", "09", "11")):
            operations.add_figure(
                actor=drafted.actor("anil"),
                at=drafted.at,
                assessment_id=drafted.id,
                slug=slug,
                measure="crime-count",
                parameters={"from": f"2025-{since}", "until": f"2025-{until}", "crime_type": kind, "area_code": area},
            )
        drafted.explains_what_is_empty()
        drafted.submits()
        with pytest.raises(operations.UnableToAssess, match="give a small count away"):
            drafted.signs_off()

    def test_is_refused_once_it_has_been_returned(self, in_review: Desk) -> None:
        operations.return_to_draft(
            actor=in_review.actor("maya"), at=in_review.at, assessment_id=in_review.id, reason="Not yet."
        )
        with pytest.raises(operations.UnableToAssess, match="must be in review; it is draft"):
            in_review.signs_off()


class TestWhatIsNoDraft:
    def test_cannot_be_changed(self, in_review: Desk) -> None:
        with pytest.raises(operations.UnableToAssess, match="in review: only a draft can be changed"):
            in_review.writes("One more thing.")

    def test_is_changed_by_a_new_edition_which_supersedes_it_when_signed_off(self, in_review: Desk) -> None:
        first = in_review.id
        in_review.signs_off()
        in_review.id = operations.revise(actor=in_review.actor("anil"), at=in_review.at, assessment_id=first)
        view = in_review.seen()
        assert (view.summary.edition, view.summary.follows_id, view.summary.state) == (2, first, State.DRAFT)
        assert len(view.figures) == 13
        assert [item.state for item in view.items][-2:] == ["empty", "empty"]
        with pytest.raises(operations.UnableToDraft, match="begun already"):
            operations.revise(actor=in_review.actor("maya"), at=in_review.at, assessment_id=first)
        in_review.explains_what_is_empty()
        in_review.submits()
        in_review.signs_off(reason="Corrected.")
        states = {one.id: one.state for one in queries.assessments(in_review.actor("beth"))}
        assert states == {first: State.SUPERSEDED, in_review.id: State.SIGNED_OFF}


class TestOverTheWall:
    def test_rhona_gets_nothing(self, drafted: Desk) -> None:
        rhona = drafted.actor("rhona")
        assert queries.assessments(rhona) == ()
        assert queries.assessment(rhona, assessment_id=drafted.id) is None
        assert queries.figure(rhona, assessment_id=drafted.id, slug="crimes") is None
        assert queries.document_of(rhona, assessment_id=drafted.id) is None
        assert queries.needs_attention(rhona) == ()
        with pytest.raises(operations.UnableToAssess, match="no such assessment"):
            drafted.writes("From next door.", who="rhona")

    @pytest.mark.parametrize("who", ["sam", "dora", "ravi", "nora", "leon", "public"])
    def test_those_without_a_part_in_it_get_nothing(self, drafted: Desk, who: str) -> None:
        assert queries.assessments(drafted.actor(who)) == ()

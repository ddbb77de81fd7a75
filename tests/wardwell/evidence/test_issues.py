"""Anil looks for what is wrong with the evidence; he and Maya look into it; breaks go into the register that measures consult."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from tests import holding
from tests.world import World
from wardstats import Fault, Reader, compute
from wardstats.tables import BreakKind
from wardwell.access.actor import Actor
from wardwell.audit.gate import NotAllowed
from wardwell.audit.queries import events
from wardwell.evidence import operations, queries
from wardwell.evidence.rules import IssueState

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


@pytest.fixture
def anil(world: World) -> Actor:
    actor = world.actor("anil")
    holding.keep_evidence(actor, at=actor.at)
    return actor


@pytest.fixture
def looked(anil: Actor) -> Actor:
    operations.look_for_issues(actor=anil, at=anil.at)
    return anil


def asb(actor: Actor) -> queries.IssueView:
    return next(
        one
        for one in queries.issues(actor)
        if one.fault is Fault.SUDDEN and one.crime_type == "Anti-social behaviour" and one.period_from.year == 2025
    )


def said(world: World) -> list[str]:
    return [one.sentence for one in events(world.actor("dora"), size=100).events]


class TestIssues:
    def test_are_found_with_where_when_and_what(self, looked: Actor) -> None:
        found = asb(looked)
        assert (found.area_name, found.state, found.owner) == ("Wolverhampton", IssueState.OPEN, "")
        assert "a year earlier had" in found.sentence

    def test_are_the_same_when_looked_for_again(self, looked: Actor) -> None:
        before = {one.id for one in queries.issues(looked)}
        again = operations.look_for_issues(actor=looked, at=looked.at + timedelta(days=1))
        assert again == 0
        assert {one.id for one in queries.issues(looked)} == before

    def test_are_taken_up_and_closed_with_a_reason(self, looked: Actor, world: World) -> None:
        operations.take_up_issue(actor=looked, at=looked.at, issue_id=asb(looked).id)
        assert (asb(looked).state, asb(looked).owner) == (IssueState.LOOKED_INTO, looked.name)
        operations.close_issue(
            actor=looked, at=looked.at, issue_id=asb(looked).id, state=IssueState.EXPLAINED, reason="The force says so."
        )
        assert (asb(looked).is_open, asb(looked).reason) == (False, "The force says so.")
        assert any("closed an issue as explained" in one for one in said(world))

    def test_stay_explained_when_found_again_and_come_back_when_said_to_be_mended(self, looked: Actor) -> None:
        explained, mended = queries.issues(looked)[:2]
        for one, state in ((explained, IssueState.EXPLAINED), (mended, IssueState.MENDED)):
            operations.close_issue(actor=looked, at=looked.at, issue_id=one.id, state=state, reason="So it is said.")
        assert operations.look_for_issues(actor=looked, at=looked.at) == 1
        states = {one.id: one.state for one in queries.issues(looked)}
        assert (states[explained.id], states[mended.id]) == (IssueState.EXPLAINED, IssueState.OPEN)

    def test_are_closed_when_the_register_explains_them(self, looked: Actor) -> None:
        hole = {"kind": BreakKind.PARTIAL, "since": date(2025, 8, 1), "until": date(2025, 11, 1)}
        holding.record_a_break(looked, **hole, crime_type="Anti-social behaviour")
        operations.look_for_issues(actor=looked, at=looked.at)
        assert asb(looked).state == IssueState.MENDED

    def test_cannot_be_closed_without_a_reason_or_twice(self, looked: Actor) -> None:
        one = asb(looked)
        with pytest.raises(operations.UnableToChangeIssue, match="with a reason"):
            operations.close_issue(actor=looked, at=looked.at, issue_id=one.id, state=IssueState.NO_FAULT, reason=" ")
        operations.close_issue(actor=looked, at=looked.at, issue_id=one.id, state=IssueState.NO_FAULT, reason="Chance.")
        with pytest.raises(operations.UnableToChangeIssue, match="closed as no fault"):
            operations.take_up_issue(actor=looked, at=looked.at, issue_id=one.id)
        operations.reopen_issue(actor=looked, at=looked.at, issue_id=one.id)
        assert asb(looked).is_open

    def test_have_a_trend(self, looked: Actor) -> None:
        number = len(queries.issues(looked))
        first = queries.issues(looked)[0].id
        later = datetime(2026, 3, 2, tzinfo=UTC)
        operations.close_issue(actor=looked, at=later, issue_id=first, state=IssueState.NO_FAULT, reason="Chance.")
        told = queries.trend(looked, as_at=date(2026, 3, 31))
        assert [(one.month.month, one.found, one.closed, one.open) for one in told] == [
            (1, number, 0, number),
            (2, 0, 0, number),
            (3, 0, 1, number - 1),
        ]

    @pytest.mark.parametrize("who", ["beth", "sam", "nora", "rhona"])
    def test_are_changed_by_nobody_else(self, looked: Actor, world: World, who: str) -> None:
        one = asb(looked)
        stranger = world.actor(who)
        with pytest.raises((NotAllowed, operations.UnableToChangeIssue)):
            operations.take_up_issue(actor=stranger, at=stranger.at, issue_id=one.id)

    @pytest.mark.parametrize(
        ("who", "sees"), [("maya", True), ("beth", True), ("sam", False), ("nora", False), ("rhona", False)]
    )
    def test_are_seen_by_whoever_works_on_the_evidence(self, looked: Actor, world: World, who: str, sees: bool) -> None:
        one = asb(looked)
        assert bool(queries.issue(world.actor(who), one.id)) is sees

    def test_an_unknown_issue_is_said_to_be_none(self, anil: Actor) -> None:
        with pytest.raises(operations.UnableToChangeIssue, match="no such issue"):
            operations.reopen_issue(actor=anil, at=anil.at, issue_id=uuid4())


class TestTheRegister:
    def test_is_consulted_by_every_figure_from_then_on(self, anil: Actor) -> None:
        holding.record_a_break(anil)
        asked = {"from": "2025-09", "until": "2025-11", "crime_type": "Burglary"}
        result = compute("crime-change", Reader(queries.evidence(anil), "E08000031"), **asked)
        assert result.rows[0]["verdict"] == "not comparable"
        assert "The force changed how burglary is recorded." in {one.sentence for one in result.caveats}

    def test_keeps_what_it_was(self, anil: Actor, world: World) -> None:
        holding.record_a_break(anil)
        before = queries.evidence(anil).of("series_breaks")
        holding.record_a_break(anil, sentence="It was another change.")
        assert [one.sentence for one in queries.breaks(anil)] == ["It was another change."]
        old = queries.evidence_of(anil, [one.sha256 for one in before])
        assert old.of("series_breaks")[0].sha256 != queries.evidence(anil).of("series_breaks")[0].sha256
        assert any("recorded a break of the series of Wolverhampton" in one for one in said(world))

    def test_lets_go_of_a_break_with_a_reason(self, anil: Actor) -> None:
        holding.record_a_break(anil)
        with pytest.raises(operations.UnableToRecordBreak, match="Say why"):
            operations.withdraw_break(actor=anil, at=anil.at, code="burglary-recording", reason="")
        operations.withdraw_break(
            actor=anil, at=anil.at, code="burglary-recording", reason="The letter was about another force."
        )
        assert queries.breaks(anil) == ()

    @pytest.mark.parametrize(
        ("changed", "why"),
        [
            ({"since": date(2025, 9, 2)}, "with a month"),
            ({"until": date(2025, 9, 1)}, "ends after it begins"),
            ({"sentence": " "}, "a sentence"),
            ({"source": ""}, "how it is known"),
        ],
    )
    def test_refuses_what_nobody_could_read(self, anil: Actor, changed: dict[str, object], why: str) -> None:
        with pytest.raises(operations.UnableToRecordBreak, match=why):
            holding.record_a_break(anil, **changed)
        assert queries.breaks(anil) == ()

    @pytest.mark.parametrize("who", ["maya", "beth", "sam", "rhona"])
    def test_is_kept_by_analysts(self, anil: Actor, world: World, who: str) -> None:
        holding.record_a_break(anil)
        other = world.actor(who)
        with pytest.raises((NotAllowed, operations.UnableToRecordBreak)):
            operations.withdraw_break(actor=other, at=other.at, code="burglary-recording", reason="Because.")

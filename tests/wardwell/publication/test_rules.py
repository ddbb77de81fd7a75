"""What may go out: every state, everybody, and what two releases give away together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pytest

from wardstats.disclosure import Caveat, Cell, Disclosed, DisclosureRule, ResultColumn, Sum, Value, disclose
from wardwell.publication.rules import (
    Candidate,
    Difference,
    can_publish,
    can_withdraw,
    differences,
    question_of,
    seal_of,
    why_not_beside,
)

ANIL, MAYA = UUID(int=1), UUID(int=2)
CHECKED = "Read against the figures."


@dataclass(frozen=True)
class Table:
    """A table of robberies by area that says what it was asked."""

    counts: Mapping[str, int]
    parameters: Mapping[str, Any]
    title: str = "Robbery"
    chart: str = "none"
    columns: tuple[ResultColumn, ...] = (ResultColumn("area", "Area", "text"), ResultColumn("count", "Count", "count"))
    facts: Mapping[str, Cell] = ()  # type: ignore[assignment]
    sums: tuple[Sum, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    ordered_by: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "facts", {})

    @property
    def rows(self) -> tuple[Mapping[str, Value], ...]:
        return tuple({"area": area, "count": count} for area, count in self.counts.items())

    def provenance(self) -> Mapping[str, object]:
        return {"lineage": {"measure": "robbery", "parameters": dict(self.parameters)}}


def robbery(counts: Mapping[str, int], threshold: int = 5, **parameters: Any) -> Disclosed:
    """Robberies by area, disclosed."""
    return disclose(Table(counts, parameters), DisclosureRule(threshold=threshold))


class TestWhoMayPublishWhat:
    @pytest.mark.parametrize(
        ("state", "by", "out_as", "reason", "allowed"),
        [
            ("draft", MAYA, "", CHECKED, False),
            ("in review", MAYA, "", CHECKED, False),
            ("superseded", MAYA, "", CHECKED, False),
            ("signed off", ANIL, "", CHECKED, False),
            ("signed off", MAYA, "SWP-SA-2025-1", CHECKED, False),
            ("signed off", MAYA, "", "ok", False),
            ("signed off", MAYA, "", CHECKED, True),
            ("signed off", MAYA, "", None, True),
        ],
    )
    def test_is_a_table(self, state: str, by: UUID, out_as: str, reason: str | None, allowed: bool) -> None:
        decision = can_publish(Candidate(state, ANIL, out_as), by=by, reason=reason)
        assert decision.allowed is allowed
        assert decision.because

    def test_withdrawing_is_done_once_and_with_a_reason(self) -> None:
        answers = [can_withdraw("published", reason="Wrong wards."), can_withdraw("published", reason="")]
        answers.append(can_withdraw("withdrawn", reason="Wrong wards."))
        assert [one.allowed for one in answers] == [True, False, False]


class TestTwoReleases:
    def test_give_a_hidden_count_away_when_the_other_prints_it(self) -> None:
        old, new = robbery({"Ashmoor": 8}, threshold=10), robbery({"Ashmoor": 8})
        (found,) = differences([("SWP-SA-2025-1", old)], {"robbery": new})
        assert not found.is_small_change
        assert why_not_beside([found], revision_reason="The police revised it.").startswith(
            "Figure “robbery”, Ashmoor, count: beside release SWP-SA-2025-1, hidden"
        )

    def test_give_a_few_added_events_away_unless_a_revision_is_stated(self) -> None:
        found = differences([("SWP-SA-2025-1", robbery({"Ashmoor": 61}))], {"robbery": robbery({"Ashmoor": 63})})
        assert [one.is_small_change for one in found] == [True]
        assert "differ by 2" in why_not_beside(found, revision_reason=" ")
        assert why_not_beside(found, revision_reason="The police revised it.") == ""

    def test_are_not_compared_where_they_answer_different_questions(self) -> None:
        old, new = robbery({"Ashmoor": 61}, until="2024-11"), robbery({"Ashmoor": 63}, until="2025-11")
        assert question_of(old) != question_of(new)
        assert differences([("SWP-SA-2024-1", old)], {"robbery": new}) == ()

    def test_that_are_the_same_give_nothing_away(self) -> None:
        assert differences([("SWP-SA-2025-1", robbery({"Ashmoor": 61}))], {"robbery": robbery({"Ashmoor": 61})}) == ()
        assert why_not_beside((), revision_reason="") == ""

    def test_are_told_apart_in_the_sentence(self) -> None:
        found = Difference("robbery", "SWP-SA-2025-1", ("Ashmoor",), "count", "the two releases differ by 2")
        assert found.sentence == (
            "Figure “robbery”, Ashmoor, count: beside release SWP-SA-2025-1, the two releases differ by 2."
        )


class TestTheSeal:
    def test_is_broken_by_a_file_a_figure_or_their_going_missing(self) -> None:
        manifest, figures = {"document.html": "ab"}, {"robbery": {"slug": "robbery", "disclosed": {"rows": [1]}}}
        seal = seal_of(manifest, figures)
        assert seal == seal_of(dict(manifest), dict(figures))
        assert seal != seal_of({"document.html": "ac"}, figures)
        assert seal != seal_of(manifest, {"robbery": {"slug": "robbery", "disclosed": {"rows": [2]}}})
        assert seal != seal_of(manifest, {})
        assert seal != seal_of({}, figures)

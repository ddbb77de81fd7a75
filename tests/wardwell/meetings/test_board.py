"""The Board of the strategy: seats, not agencies, are statutory, and the share stays under a half."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from tests.world import NOW, World
from wardwell.agencies.queries import responsible_authorities
from wardwell.audit.queries import events
from wardwell.jobs.install import Facts
from wardwell.meetings.operations import UnableToDecide, add_seat, decide, vacate
from wardwell.meetings.queries import board
from wardwell.meetings.rules import seat_mix

JULY_2013, JUNE_2014 = date(2013, 7, 1), date(2014, 6, 1)


pytestmark = pytest.mark.django_db(databases=["default", "outside"])


class TestTheBoardOfJuly2013:
    def test_has_eight_statutory_seats_of_seventeen(self, world: World) -> None:
        view = board(world.actor("beth"), partnership_id=world.partnerships["swp"], as_at=JULY_2013)
        assert view is not None
        assert (view.mix.statutory, view.mix.filled, view.mix.alert) == (8, 17, False)
        assert view.mix.share == Fraction(8, 17)

    def test_is_seen_by_the_public_as_published(self, world: World) -> None:
        view = board(world.actor("public"), partnership_id=world.partnerships["swp"], as_at=JULY_2013)
        assert view is not None
        assert all(seat.basis for seat in view.seats)

    def test_reaches_a_half_when_a_seat_for_the_second_probation_provider_is_added(self, world: World) -> None:
        maya = world.actor("maya")
        alert = add_seat(
            actor=maya, at=NOW, line="Community Rehabilitation Company", side="statutory", on=JUNE_2014, basis="example"
        )
        assert alert
        assert "9 of 18 filled (50.0%): a half or more" in events(maya, kind="meetings.Seat").events[0].sentence

    def test_reaches_a_half_when_a_community_seat_falls_vacant(self, world: World) -> None:
        assert vacate(actor=world.actor("maya"), at=NOW, seat_line="Business sector", on=JUNE_2014)

    def test_is_not_changed_by_an_analyst(self, world: World) -> None:
        with pytest.raises(PermissionError):
            vacate(actor=world.actor("anil"), at=NOW, seat_line="Business sector", on=JUNE_2014)

    def test_refuses_to_vacate_a_seat_that_nobody_knows(self, world: World) -> None:
        with pytest.raises(UnableToDecide, match="No filled seat"):
            vacate(actor=world.actor("maya"), at=NOW, seat_line="Jester", on=JUNE_2014)


class TestWhoHoldsTheProbationSeat:
    @pytest.mark.parametrize(
        ("as_at", "names"),
        [
            (date(2014, 5, 31), {"Staffordshire and West Midlands Probation Trust"}),
            (
                date(2014, 6, 1),
                {"National Probation Service", "Staffordshire and West Midlands Community Rehabilitation Company"},
            ),
            (date(2026, 1, 1), {"Probation Service"}),
        ],
    )
    def test_follows_its_successors(self, world: World, as_at: date, names: set[str]) -> None:
        view = board(world.actor("beth"), partnership_id=world.partnerships["swp"], as_at=as_at)
        assert view is not None
        seat = next(seat for seat in view.seats if "Probation" in seat.line)
        assert set(seat.agencies) == names


class TestSharesOfTheFacts:
    @pytest.mark.parametrize("case", Facts.read("swp")["board"]["shares"], ids=lambda case: case["case"])
    def test_come_out(self, case: dict[str, object]) -> None:
        statutory, filled = int(str(case["statutory"])), int(str(case["filled"]))
        mix = seat_mix([(True, True)] * statutory + [(False, True)] * (filled - statutory))
        assert mix.share is not None
        assert (round(float(mix.share), 4), mix.alert) == (case["share"], case["alert"])


class TestResponsibleAuthorities:
    @pytest.mark.parametrize(
        ("as_at", "probation", "health"),
        [
            (
                date(2014, 4, 1),
                {"Staffordshire and West Midlands Probation Trust"},
                "Wolverhampton Clinical Commissioning Group",
            ),
            (
                date(2014, 5, 31),
                {"Staffordshire and West Midlands Probation Trust"},
                "Wolverhampton Clinical Commissioning Group",
            ),
            (
                date(2014, 6, 1),
                {"National Probation Service", "Staffordshire and West Midlands Community Rehabilitation Company"},
                "Wolverhampton Clinical Commissioning Group",
            ),
            (date(2026, 1, 1), {"Probation Service"}, "NHS Black Country Integrated Care Board"),
        ],
    )
    def test_follow_what_happened_and_not_what_was_expected(
        self, world: World, as_at: date, probation: set[str], health: str
    ) -> None:
        found = responsible_authorities(world.actor("public"), as_at=as_at)
        assert {view.name for view in found if view.kind == "probation"} == probation
        assert [view.name for view in found if view.kind == "health"] == [health]


class TestDecide:
    def test_keeps_the_reason(self, world: World) -> None:
        beth = world.actor("beth")
        key = decide(
            actor=beth, at=NOW, about_kind="assessment.Assessment", about_id=world.partnerships["swp"],
            summary="signed off", reason="it answers all six questions",
        )  # fmt: skip
        assert key

    def test_refuses_a_decision_without_one(self, world: World) -> None:
        with pytest.raises(UnableToDecide, match="reason"):
            decide(
                actor=world.actor("beth"), at=NOW, about_kind="x.Y", about_id=world.partnerships["swp"],
                summary="signed off", reason="  ",
            )  # fmt: skip

"""`wardwell remind`: in the manager's name, told once; and what the demonstration expects of its agencies."""

from __future__ import annotations

import argparse
from datetime import date

import pytest

from tests import holding
from tests.personas import CAST
from tests.world import World
from wardwell.evidence.periods import Expectation, can_be_expected, periods
from wardwell.evidence.rules import Cadence
from wardwell.jobs import remind
from wardwell.jobs.demonstration_supply import quarters, undertakings

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


def run(who: str) -> int:
    """The exit code of the command in somebody's name."""
    return remind.run(argparse.Namespace(email=CAST[who].email, partnership=None))


class TestRemind:
    def test_says_how_many_and_tells_nobody_twice(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        anil = world.actor("anil")
        holding.declare_datasets(anil, at=anil.at)
        holding.expect_counts(anil, at=anil.at, first=date(2020, 1, 1))
        assert run("maya") == 0
        assert " chasers, 0 sent by e-mail." in capsys.readouterr().out
        assert run("maya") == 0
        assert capsys.readouterr().out == "0 reminders, 0 chasers, 0 sent by e-mail.\n"

    def test_is_refused_to_others_in_a_sentence(self, world: World, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("anil") == 2
        assert "Only these may remind here: partnership manager." in capsys.readouterr().err


@pytest.mark.parametrize("month", range(1, 13))
def test_the_demonstration_can_be_given_in_any_month(month: int) -> None:
    today = date(2026, month, 28)
    for one in undertakings(today):
        first = one.description.expected_from
        assert first is not None
        expected = Expectation(Cadence.QUARTERLY, first, rule=one.description.due_rule)
        assert can_be_expected(expected).allowed
        begun = periods(expected, as_at=today)
        assert len(begun) >= 4
        assert max(one.came) < len(quarters(today))
        assert quarters(today)[-1] < today.replace(day=1)

"""`wardwell assess` drafts, says when there is a draft, and computes again when asked."""

from __future__ import annotations

import argparse

import pytest

from tests.wardwell.assessment.conftest import Desk
from wardwell.assessment import queries
from wardwell.jobs import asking, assess

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


@pytest.fixture
def command(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The command asks the clock of the tests."""
    monkeypatch.setattr(asking.timezone, "now", lambda: desk.world.at)
    return desk


def run(*words: str, who: str = "anil") -> int:
    parser = argparse.ArgumentParser()
    assess.add_arguments(parser)
    return assess.run(parser.parse_args(["--as", f"{who}@wardwell.example", "--partnership", "swp", *words]))


class TestAssess:
    def test_drafts_once_and_says_so_the_second_time(self, command: Desk, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("--until", "2025-11") == 0
        assert run("--until", "2025-11") == 0
        first, second = capsys.readouterr().out.splitlines()
        assert first.startswith("Drafted with 13 figures and")
        assert second.startswith("There is an assessment of November 2024 to October 2025 already: it is draft.")
        assert len(queries.assessments(command.actor("anil"))) == 1

    def test_computes_again_when_asked(self, command: Desk, capsys: pytest.CaptureFixture[str]) -> None:
        run("--until", "2025-11")
        assert run("--until", "2025-11", "--again") == 0
        assert "0 figures changed, 13 are the same" in capsys.readouterr().out

    def test_refuses_who_may_not(self, command: Desk, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("--until", "2025-11", who="sam") == 2
        assert "here: analyst, partnership manager" in capsys.readouterr().err

    def test_says_which_month_it_does_not_understand(self, command: Desk, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit):
            run("--until", "Autumn")
        assert "no month such as 2025-11" in capsys.readouterr().err

    def test_says_what_the_evidence_does_not_allow(self, command: Desk, capsys: pytest.CaptureFixture[str]) -> None:
        assert run("--until", "2024-05") == 0
        assert "Left out crime-change: Nothing was submitted for" in capsys.readouterr().out

"""What a verification found, each in a sentence that names the figure or file and what differs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class Outcome(StrEnum):
    """Whether something holds; or that this worker may not see what it takes to say so."""

    HOLDS = "holds"
    FAILS = "fails"
    NOT_CHECKED = "not checked"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One thing looked at: `about` is the slug of a figure, the name of a file, or empty for the release as a whole."""

    about: str
    check: str
    outcome: Outcome
    sentence: str


@dataclass(frozen=True, slots=True)
class Verification:
    """A release counted again."""

    reference: str
    at: datetime
    figures: int
    numbers: int
    verdicts: tuple[Verdict, ...]

    @property
    def faults(self) -> tuple[Verdict, ...]:
        """What does not hold."""
        return tuple(one for one in self.verdicts if one.outcome == Outcome.FAILS)

    @property
    def holds(self) -> bool:
        return not self.faults

    @property
    def says(self) -> str:
        """The whole in a sentence that follows “verified REFERENCE:”."""
        counted = f"{self.figures} figures and {self.numbers:,} printed numbers"
        if self.holds:
            return f"{counted} came out again"
        more = len(self.faults) - 1
        return f"it does not hold. {self.faults[0].sentence}" + (f" And {more} more." if more else "")

    def to_json(self) -> dict[str, Any]:
        """For other programs."""
        return {
            "reference": self.reference,
            "at": self.at.isoformat(),
            "holds": self.holds,
            "figures": self.figures,
            "numbers": self.numbers,
            "verdicts": [
                {"about": one.about, "check": one.check, "outcome": one.outcome.value, "sentence": one.sentence}
                for one in self.verdicts
            ],
        }


def holds(about: str, check: str, sentence: str) -> Verdict:
    """Something that was looked at and is as it was published."""
    return Verdict(about, check, Outcome.HOLDS, sentence)


def fails(about: str, check: str, sentence: str) -> Verdict:
    """Something that is not as it was published."""
    return Verdict(about, check, Outcome.FAILS, sentence)


def not_checked(about: str, check: str, sentence: str) -> Verdict:
    """Something this worker may not look at."""
    return Verdict(about, check, Outcome.NOT_CHECKED, sentence)

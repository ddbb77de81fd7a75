"""How far a submission is, and what came of it; renewed by itself where scripts run."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from wardwell.evidence.queries import SubmissionView
from wardwell.evidence.queries.submissions import RefusalView
from wardwell.evidence.rules import State
from wardwell.web.components import Component, Link, Paragraph, Tag
from wardwell.web.evidence.tables import tag_of


@dataclass(frozen=True)
class Refused:
    """Why a file was refused: where in it, what was found, what was expected, and what to do."""

    template: ClassVar[str] = "evidence/refusal.html"

    refusal: RefusalView
    heading: str = "This file was refused, and nothing of it was kept"

    @property
    def facts(self) -> tuple[tuple[str, str, bool], ...]:
        """What is known of the fault, each with its name; and whether it is printed as it stands in the file."""
        told = self.refusal
        every = (
            ("File", told.file, True),
            ("Row", f"{told.row:,}" if told.row else "", False),
            ("Column", told.column, True),
            ("Found", told.found, True),
            ("Expected", told.expected, False),
            ("What to do", told.what_to_do, False),
        )
        return tuple(one for one in every if one[1])


@dataclass(frozen=True)
class Progress:
    """The state of one submission."""

    template: ClassVar[str] = "evidence/progress.html"

    view: SubmissionView

    @property
    def href(self) -> str:
        return f"/evidence/submissions/{self.view.id}"

    @property
    def tag(self) -> Tag:
        return tag_of(self.view)

    @property
    def words(self) -> str:
        return self.view.words

    @property
    def percent(self) -> int | None:
        return self.view.percent

    @property
    def is_finished(self) -> bool:
        return self.view.is_finished

    @property
    def outcome(self) -> Sequence[Component]:
        """What came of it, once it has come to an end."""
        if not self.is_finished:
            return ()
        if self.view.state == State.REFUSED and self.view.refusal:
            again = Link(text="Send the mended file", href=f"/evidence/send?dataset={self.view.dataset_code}")
            return (Refused(self.view.refusal), Paragraph.of(again))
        if self.view.snapshot_id is None:
            return (Paragraph.of(self.view.words),)
        kept = Link(
            text="See what was kept, and how its rows add up", href=f"/evidence/snapshots/{self.view.snapshot_id}"
        )
        return (Paragraph.of(self.view.words, style="lead"), Paragraph.of(kept))

"""A year of Wolverhampton on Anil's desk: the real counts as kept files."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from tests.wardstats.measures.conftest import real_counts, with_counts
from tests.world import World
from wardstats.tables import Evidence
from wardwell.access.actor import NOBODY, Actor
from wardwell.assessment import operations, queries
from wardwell.assessment.operations import computing
from wardwell.assessment.queries import figures

UNTIL = date(2025, 11, 1)
REASONS = {
    "reasons": "The agencies meet in February to explain the changes.",
    "views-of-the-public": "The consultation runs until March and is reported separately.",
    "last-plan": "The last plan's progress went to the Board in December.",
}


@dataclass
class Desk:
    """Where an assessment is written: people act on it one after the other, an hour apart."""

    world: World
    evidence: Evidence
    id: UUID = NOBODY
    hours: int = 0

    @property
    def at(self) -> datetime:
        return self.world.at + timedelta(hours=self.hours)

    def actor(self, who: str) -> Actor:
        """Somebody of the cast, an hour later."""
        self.hours += 1
        return self.world.actor(who, at=self.at)

    def drafts(self, who: str = "anil") -> operations.Drafted:
        """Somebody drafts the assessment of November 2024 to October 2025."""
        drafted = operations.draft(actor=self.actor(who), at=self.at, period_until=UNTIL)
        self.id = drafted.assessment_id
        return drafted

    def seen(self, who: str = "anil") -> queries.AssessmentView:
        """The assessment as somebody sees it."""
        view = queries.assessment(self.actor(who), assessment_id=self.id)
        assert view is not None
        return view

    def finding(self, heading: str) -> queries.FindingView:
        """The finding with this heading."""
        return next(one for item in self.seen().items for one in item.findings if one.heading == heading)

    def writes(self, text: str, *, item: str = "reasons", heading: str = "Why", who: str = "anil") -> UUID:
        """Somebody writes a new finding."""
        return operations.write_finding(
            actor=self.actor(who), at=self.at, assessment_id=self.id, item=item, heading=heading, text=text
        )

    def explains_what_is_empty(self) -> None:
        """Anil says why the heads that the counts cannot answer are empty."""
        for item in self.seen().items:
            if item.state == "empty":
                operations.explain_absence(
                    actor=self.actor("anil"),
                    at=self.at,
                    assessment_id=self.id,
                    item=item.code,
                    reason=REASONS[item.code],
                )

    def submits(self, who: str = "anil") -> None:
        """Somebody submits it for review."""
        operations.submit_for_review(actor=self.actor(who), at=self.at, assessment_id=self.id)

    def signs_off(self, who: str = "beth", reason: str = "It is complete and its figures hold.") -> UUID:
        """Somebody signs it off."""
        return operations.sign_off(actor=self.actor(who), at=self.at, assessment_id=self.id, reason=reason)

    def newer_evidence(self) -> None:
        """A newer download of the counts arrives, in which nothing but the file differs."""
        counts, *others = self.evidence.snapshots
        self.evidence = Evidence((replace(counts, sha256="0" * 64), *others))


@pytest.fixture(scope="session")
def wolverhampton(tmp_path_factory: pytest.TempPathFactory) -> Evidence:
    """Real counts of 30 months, the wards, the residents and two illustrative areas, as kept files."""
    return with_counts(tmp_path_factory.mktemp("wolverhampton"), real_counts())


@pytest.fixture
def desk(world: World, wolverhampton: Evidence, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk, with the evidence and a Board in place."""
    here = Desk(world, wolverhampton)
    for module in (computing, figures):
        monkeypatch.setattr(module, "evidence", lambda actor: here.evidence if actor.here == swp else Evidence(()))
    swp = world.partnerships["swp"]
    return here


@pytest.fixture
def drafted(desk: Desk) -> Desk:
    """The desk with Anil's draft on it."""
    desk.drafts()
    return desk

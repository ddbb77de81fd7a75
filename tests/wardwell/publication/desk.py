"""A desk from which a real assessment goes all the way: evidence kept, drafted, signed off, published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pyarrow as pa

from tests.wardstats.measures.conftest import members, real_counts, real_lookup, real_population
from tests.world import World
from wardstats.tables import ALL
from wardwell.access.actor import NOBODY, Actor
from wardwell.assessment import operations as assessing
from wardwell.assessment import queries as assessments
from wardwell.assessment.rules.sourced import Input
from wardwell.evidence import operations as keeping
from wardwell.evidence.rules import Cadence, UnitOfFiles
from wardwell.publication import operations, queries

UNTIL = date(2025, 11, 1)
RELEASED_ON = date(2026, 1, 20)
CHECKED = "Read against the figures and the minutes of the Board."
OGL = "Open Government Licence v3.0"
REASONS = {
    "reasons": "The agencies meet in February to explain the changes.",
    "views-of-the-public": "The consultation runs until March and is reported separately.",
    "last-plan": "The last plan's progress went to the Board in December.",
}
EXCERPT = "There were 263,700 usual residents in Wolverhampton on census day."
COPY = f"Census 2021, first results.\n{EXCERPT}\n".encode()
SMALL_AREA = "E01010410"
TABLES = {
    "residents": ("population", real_population),
    "look-up": ("area_lookup", real_lookup),
    "members": ("area_members", members),
}


@dataclass
class Desk:
    """People act one after the other, an hour apart."""

    world: World
    assessment_id: UUID = NOBODY
    hours: int = 0

    @property
    def at(self) -> datetime:
        return self.world.at + timedelta(hours=self.hours)

    def actor(self, who: str) -> Actor:
        """Somebody of the cast, an hour later."""
        self.hours += 1
        return self.world.actor(who, at=self.at)

    def keeps_evidence(self) -> None:
        """Anil keeps a year and a half of real counts, the wards, the residents and two illustrative areas."""
        self._declare("counts", "area_month_counts", grain="LSOA")
        self._keep("counts", "area_month_counts", real_counts())
        for code, (table, rows) in TABLES.items():
            self._declare(code, table)
            self._keep(code, table, rows())

    def gets_signed_off(self) -> None:
        """Anil drafts with a cited figure and an estimate, Maya submits, Beth signs off."""
        drafted = assessing.draft(actor=self.actor("anil"), at=self.at, period_until=UNTIL)
        self.assessment_id = drafted.assessment_id
        self._cites_and_estimates()
        for code, reason in REASONS.items():
            assessing.explain_absence(
                actor=self.actor("anil"), at=self.at, assessment_id=self.assessment_id, item=code, reason=reason
            )
        assessing.submit_for_review(actor=self.actor("maya"), at=self.at, assessment_id=self.assessment_id)
        assessing.sign_off(
            actor=self.actor("beth"), at=self.at, assessment_id=self.assessment_id, reason="Complete; the figures hold."
        )

    def publishes(self, who: str = "maya", reason: str = CHECKED, **others: Any) -> Any:
        """Somebody publishes it."""
        return operations.publish(
            actor=self.actor(who),
            at=self.at,
            assessment_id=self.assessment_id,
            released_on=RELEASED_ON,
            reason=reason,
            **others,
        )

    def seen(self, reference: str, who: str = "public") -> queries.ReleaseView | None:
        """A release as somebody sees it."""
        return queries.release(self.actor(who), reference)

    def bytes_of(self, reference: str) -> dict[str, bytes]:
        """Every output of a release, by name."""
        view = self.seen(reference)
        assert view is not None
        actor = self.actor("public")
        found = {one.name: queries.output(actor, reference, one.name) for one in view.outputs}
        return {name: one.path.read_bytes() for name, one in found.items() if one is not None}

    def revised_and_signed_off(self) -> None:
        """Anil begins a new edition, computed from the evidence as it stands, and Beth signs it off."""
        self.assessment_id = assessing.revise(actor=self.actor("anil"), at=self.at, assessment_id=self.assessment_id)
        assessing.compute_again(actor=self.actor("anil"), at=self.at, assessment_id=self.assessment_id)
        for code, reason in REASONS.items():
            view = assessments.assessment(self.actor("anil"), assessment_id=self.assessment_id)
            if view is not None and any(item.code == code and item.state == "empty" for item in view.items):
                assessing.explain_absence(
                    actor=self.actor("anil"), at=self.at, assessment_id=self.assessment_id, item=code, reason=reason
                )
        assessing.submit_for_review(actor=self.actor("maya"), at=self.at, assessment_id=self.assessment_id)
        assessing.sign_off(
            actor=self.actor("beth"),
            at=self.at,
            assessment_id=self.assessment_id,
            reason="The corrected edition holds.",
        )

    def keeps_newer_counts(self, rows: list[dict[str, Any]]) -> None:
        """A newer edition of the counts is kept."""
        self._keep("counts", "area_month_counts", rows, edition="second")

    def _cites_and_estimates(self) -> None:
        assessing.cite(
            actor=self.actor("anil"),
            at=self.at,
            assessment_id=self.assessment_id,
            slug="census-residents",
            title="Residents on census day",
            statement="Usual residents on census day",
            value="263,700",
            unit="people",
            source="Office for National Statistics, Census 2021 first results",
            source_on=date(2022, 6, 28),
            excerpt=EXCERPT,
            copy_name="first-results.txt",
            copy_content=COPY,
        )
        assessing.estimate(
            actor=self.actor("anil"),
            at=self.at,
            assessment_id=self.assessment_id,
            slug="crimes-a-day",
            title="Crimes a day",
            statement="Crimes on an average day",
            formula="crimes / days",
            inputs=(
                Input("crimes", "crimes in the year", None, figure="crimes", fact="count"),
                Input("days", "days in the year", "365", source="The calendar"),
            ),
            unit="crimes a day",
            decimals=1,
        )
        assessing.add_figure(
            actor=self.actor("anil"),
            at=self.at,
            assessment_id=self.assessment_id,
            slug="alder-by-type",
            measure="crime-by-type",
            parameters={"from": "2025-10", "until": "2025-11", "area_code": SMALL_AREA},
            title="One neighbourhood in one month, by type",
        )
        assessing.write_finding(
            actor=self.actor("anil"),
            at=self.at,
            assessment_id=self.assessment_id,
            item="matters-to-prioritise",
            heading="Set side by side",
            text="With {{ census-residents.value }} residents that is {{ crimes-a-day.value }} crimes a day.\n\n"
            "{{ figure alder-by-type }}\n\n{{ figure crimes-a-day }}",
        )

    def _declare(self, code: str, table: str, *, grain: str = "") -> None:
        keeping.add_dataset(
            actor=self.actor("anil"),
            at=self.at,
            code=code,
            name=code.capitalize(),
            table=table,
            grain=grain,
            source=f"{code}, published",
            licence=OGL,
            cadence=Cadence.ONCE,
            unit_of_files=UnitOfFiles.WHOLE,
        )

    def _keep(self, code: str, table: str, rows: list[dict[str, Any]], edition: str = "first") -> None:
        keeping.keep_table(
            actor=self.actor("anil"),
            at=self.at,
            dataset_code=code,
            rows=pa.Table.from_pylist(rows, schema=ALL[table].arrow),
            edition=edition,
            source_file=f"{code}.csv",
        )


def below(folder: Path, name: str) -> Path:
    """The one file of this name somewhere below a folder."""
    found = [path for path in folder.rglob(name) if path.is_file()]
    assert len(found) == 1, found
    return found[0]

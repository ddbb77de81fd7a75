"""Assessments and a release made by hand, without evidence: enough to ask who may see and do what."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings

from tests.world import World
from wardwell.assessment import operations, queries
from wardwell.assessment.models import Assessment, ChecklistItem
from wardwell.assessment.rules.checklist import checklist
from wardwell.publication.models import Output, Release, ReleasedFigure
from wardwell.publication.store import place_of

CITED, SPARE = "census-residents", "spare"
EXCERPT = "There were 263,700 usual residents in Wolverhampton on census day."
REFERENCE = "SWP-SA-2010-90"
PAGE = (
    '<html><body><main class="document" id="content"><h1>Strategic assessment</h1><p>'
    f'<data class="number" value="263700" data-figure="{CITED}" data-fact="value">263,700</data> residents</p></main></body></html>'
)


def draft_by_hand(world: World, *, year: int = 2013) -> UUID:
    """Anil's draft of the twelve months to October, with one finding, a cited figure, and one that nothing names."""
    anil = world.actor("anil")
    title = f"Strategic assessment by hand, to October {year}"
    found = next((one for one in queries.assessments(anil) if one.title == title), None)
    if found is not None:
        return found.id
    row = Assessment(
        partnership_id=world.partnerships["swp"],
        title=title,
        period_from=date(year - 1, 11, 1),
        period_until=date(year, 11, 1),
        as_at=date(year, 12, 1),
        author_id=anil.self_id,
        drafted_at=anil.at,
    )
    row.save(force_insert=True)
    for position, item in enumerate(checklist(row.as_at), start=1):
        ChecklistItem(
            partnership_id=row.partnership_id,
            assessment=row,
            position=position,
            code=item.code,
            name=item.name,
            wording=item.wording,
            source=item.source,
            absence_reason="Not asked for in this test.",
        ).save(force_insert=True)
    for slug in (CITED, SPARE):
        _cite(world, row.id, slug)
    for heading, text in (
        ("Who lives here", f"On census day there were {{{{ {CITED}.value }}}} residents."),
        ("Who works here", "About 90 shops answered."),
    ):
        operations.write_finding(
            actor=anil, at=anil.at, assessment_id=row.id, item="levels-and-patterns", heading=heading, text=text
        )
    return row.id


def in_review_by_hand(world: World, *, year: int = 2012) -> UUID:
    """The same of another year, complete and submitted by Anil."""
    key = draft_by_hand(world, year=year)
    anil = world.actor("anil")
    view = queries.assessment(anil, assessment_id=key)
    assert view is not None
    if view.summary.state == "draft":
        for finding in view.items[0].findings:
            for number in finding.unexplained:
                operations.explain_number(
                    actor=anil,
                    at=anil.at,
                    finding_id=finding.id,
                    number=number.number,
                    sentence=number.sentence,
                    reason="Counted at the door.",
                )
        operations.submit_for_review(actor=anil, at=anil.at, assessment_id=key)
    return key


def signed_off_by_hand(world: World, *, year: int = 2011) -> UUID:
    """The same of another year again, signed off by Beth."""
    key = in_review_by_hand(world, year=year)
    beth = world.actor("beth")
    view = queries.assessment(beth, assessment_id=key)
    assert view is not None
    if view.summary.state == "in review":
        operations.sign_off(actor=beth, at=beth.at, assessment_id=key, reason="It is complete.")
    return key


def release_by_hand(world: World) -> str:
    """A release of a signed-off assessment, with a page, a file of numbers and a figure."""
    maya = world.actor("maya")
    if Release.objects.visible_to(maya).filter(reference=REFERENCE).exists():
        return REFERENCE
    key = signed_off_by_hand(world, year=2010)
    maya = world.actor("maya")
    figure = queries.figure(maya, assessment_id=key, slug=CITED)
    assert figure is not None
    files = {"document.html": PAGE.encode(), f"data/{CITED}.csv": figure.disclosed.to_csv().encode()}
    row = Release(
        partnership_id=world.partnerships["swp"],
        assessment_id=key,
        number=90,
        reference=REFERENCE,
        title="Strategic assessment by hand",
        period_from=date(2009, 11, 1),
        period_until=date(2010, 11, 1),
        released_on=date(2026, 1, 10),
        published_at=maya.at - timedelta(hours=1),
        published_by_id=maya.self_id,
        checked_reason="Made by hand for a test.",
        public_from=maya.at - timedelta(hours=1),
        library="0.1.0",
        audit_length=0,
        manifest={name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
        seal="0" * 64,
    )
    row.save(force_insert=True)
    for name, content in files.items():
        _put_out(row, name, content)
    ReleasedFigure(
        partnership_id=row.partnership_id,
        release=row,
        figure_id=figure.id,
        position=1,
        slug=CITED,
        kind="cited",
        title=figure.title,
        disclosed=figure.disclosed.to_json(),
        excerpt=EXCERPT,
        public_from=row.public_from,
    ).save(force_insert=True)
    return REFERENCE


def _cite(world: World, key: UUID, slug: str) -> None:
    anil = world.actor("anil")
    operations.cite(
        actor=anil,
        at=anil.at,
        assessment_id=key,
        slug=slug,
        title="Residents on census day",
        statement="Usual residents on census day",
        value="263,700",
        unit="people",
        source="Office for National Statistics, Census 2021 first results",
        source_on=date(2022, 6, 28),
        excerpt=EXCERPT,
        copy_name="first-results.txt",
        copy_content=EXCERPT.encode(),
    )


def _put_out(row: Release, name: str, content: bytes) -> None:
    place = place_of(row.partnership_id, row.id, name)
    path = Path(settings.RELEASES) / place
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    Output(
        partnership_id=row.partnership_id,
        release=row,
        name=name,
        media_type="text/csv; charset=utf-8" if name.endswith("csv") else "text/html; charset=utf-8",
        sha256=row.manifest[name],
        bytes=len(content),
        path=place,
        public_from=row.public_from,
    ).save(force_insert=True)

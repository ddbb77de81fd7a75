"""Files of agencies: by the template, by a saved mapping, tried out first; and a health file with a person in it kept nowhere."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.conf import settings
from django.db import connection

from tests.holding import declare_agency
from tests.wardstats.sources.agency_rows import file_of, headings_of, row_of
from tests.wardstats.sources.test_mapped import MAPPING, ROWS, THEIRS, workbook
from tests.wardwell.evidence.conftest import Desk
from tests.wardwell.evidence.test_refusing import leftovers
from tests.wardwell.evidence.test_sending import waiting_jobs
from tests.world import World
from wardstats import sources
from wardwell.audit.gate import NotAllowed
from wardwell.audit.queries import events
from wardwell.evidence import operations, queries
from wardwell.evidence.models import SavedMapping, Submission
from wardwell.evidence.rules import State

pytestmark = pytest.mark.django_db(databases=["default", "outside"])
SECRET = "WV1 1AA"


@pytest.fixture
def desk(world: World) -> Desk:
    """Anil's desk, with sets of the police, of the fire service and of health, and a free one of the council."""
    here = Desk(world, "anil")
    for code, prescribed in (
        ("incidents", "police-incidents"),
        ("fire", "fire"),
        ("health", "health"),
        ("council", ""),
    ):
        declare_agency(here.actor, code=code, prescribed=prescribed)
    return here


def chunks(path: Path) -> Iterator[bytes]:
    yield path.read_bytes()


def sent(desk: Desk, path: Path, dataset: str, *, file_name: str = "") -> UUID:
    """A file sent in by the browser's door."""
    return operations.receive(
        actor=desk.actor, at=desk.at, dataset_code=dataset, file_name=file_name or path.name, chunks=chunks(path)
    )


def in_the_database() -> str:
    """Everything that stands in PostgreSQL of the application, as text; jobs and audit included."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [row[0] for row in cursor.fetchall()]
        found = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            found.append(cursor.fetchone()[0])
    return "\n".join(found)


class TestAQuarterOfAnAgency:
    def test_is_kept_as_its_three_months(self, desk: Desk, tmp_path: Path) -> None:
        path = file_of(
            tmp_path / "q1.csv", headings_of("partner_counts", "fire"), [row_of("fire"), row_of("fire", count="x")]
        )
        whole = desk.snapshot(desk.imports(path, dataset="fire"))
        kept = whole.snapshot
        assert (kept.rows, kept.quarantined, kept.period_from, kept.period_until) == (
            1,
            1,
            date(2026, 1, 1),
            date(2026, 4, 1),
        )
        assert whole.adds_up
        supplied = next(one for one in queries.supply(desk.actor) if one.dataset.code == "fire")
        assert (supplied.months, supplied.last_month, supplied.missing) == (3, date(2026, 3, 1), ())
        assert supplied.due_on == date(2026, 7, 1) + timedelta(days=91)

    def test_sent_again_changes_nothing_and_sent_anew_supersedes(self, desk: Desk, tmp_path: Path) -> None:
        headings = headings_of("partner_counts", "fire")
        first = file_of(tmp_path / "q1.csv", headings, [row_of("fire")])
        desk.imports(first, dataset="fire", edition="first")
        assert desk.imports(first, dataset="fire").state == State.UNCHANGED
        newer = file_of(tmp_path / "q1-mended.csv", headings, [row_of("fire", count="2")])
        whole = desk.snapshot(desk.imports(newer, dataset="fire", edition="mended"))
        assert [one.edition for one in whole.supersedes] == ["first"]

    def test_is_sent_in_as_a_workbook_by_whoever_supplies_it(self, desk: Desk, tmp_path: Path) -> None:
        sam = Desk(desk.world, "sam")
        path = workbook(
            tmp_path / "q1.xlsx", [headings_of("partner_counts", "police-incidents"), row_of("police-incidents")]
        )
        key = sent(sam, path, "incidents")
        outcome = operations.take_in(actor=sam.actor, at=sam.at, submission_id=key)
        assert outcome.state == State.ACCEPTED
        assert outcome.says == (
            "Imported 1 row of January 2026 to March 2026 into Counts: incidents from 1 file, 0 quarantined."
        )

    def test_of_a_set_that_nobody_prescribed_is_not_declared(self, desk: Desk) -> None:
        with pytest.raises(operations.UnableToAddDataset, match="There is no prescribed set “tides”: choose one of"):
            declare_agency(desk.actor, code="tides", prescribed="tides")


class TestASavedMapping:
    def test_reads_the_suppliers_next_file_by_itself(self, desk: Desk, tmp_path: Path) -> None:
        operations.save_mapping(actor=desk.actor, at=desk.at, dataset_code="council", mapping=MAPPING)
        sam = Desk(desk.world, "sam")
        outcome = operations.take_in(
            actor=sam.actor,
            at=sam.at,
            submission_id=sent(sam, workbook(tmp_path / "export.xlsx", [THEIRS, *ROWS]), "council"),
        )
        assert outcome.state == State.ACCEPTED, outcome.says
        whole = desk.snapshot(outcome)
        assert whole.snapshot.rows == 2
        assert whole.snapshot.notes[0].startswith(
            "Read by the saved mapping, version 1: Period from always “2026-01-01”;"
        )
        assert [line.crime_type for line in whole.by_type] == ["Dumped rubbish", "Noise"]

    def test_is_kept_version_by_version(self, desk: Desk) -> None:
        for _ in range(2):
            operations.save_mapping(actor=desk.actor, at=desk.at, dataset_code="council", mapping=MAPPING)
        fewer = sources.ColumnMapping(tuple(one for one in MAPPING.fields if one.heading != "Time"))
        operations.save_mapping(actor=desk.actor, at=desk.at, dataset_code="council", mapping=fewer)
        operations.save_mapping(actor=desk.actor, at=desk.at, dataset_code="council", mapping=None)
        versions = queries.mappings(desk.actor, "council")
        assert [(one.version, one.mapping) for one in versions] == [(3, None), (2, fewer), (1, MAPPING)]
        assert events(desk.world.actor("maya"), words="saved how files of Counts: council are read").total == 2

    def test_that_leaves_out_what_is_asked_for_is_not_saved(self, desk: Desk) -> None:
        lacking = sources.ColumnMapping(MAPPING.fields[1:])
        with pytest.raises(operations.UnableToSaveMapping, match="“Period from” is asked for"):
            operations.save_mapping(actor=desk.actor, at=desk.at, dataset_code="council", mapping=lacking)
        assert SavedMapping.objects.visible_to(desk.actor).count() == 0

    @pytest.mark.parametrize("who", ["sam", "beth", "maya", "dora", "nora", "rhona"])
    def test_is_saved_by_analysts_of_the_partnership_alone(self, desk: Desk, who: str) -> None:
        other = Desk(desk.world, who)
        with pytest.raises((NotAllowed, operations.UnableToSaveMapping)):
            operations.save_mapping(actor=other.actor, at=other.at, dataset_code="council", mapping=MAPPING)

    def test_changed_reads_the_same_file_anew(self, desk: Desk, tmp_path: Path) -> None:
        path = workbook(tmp_path / "export.xlsx", [THEIRS, *ROWS])
        operations.save_mapping(actor=desk.actor, at=desk.at, dataset_code="council", mapping=MAPPING)
        desk.imports(path, dataset="council", edition="first")
        assert desk.imports(path, dataset="council").state == State.UNCHANGED
        fewer = sources.ColumnMapping(tuple(one for one in MAPPING.fields if one.heading != "Time"))
        operations.save_mapping(actor=desk.actor, at=desk.at, dataset_code="council", mapping=fewer)
        assert desk.imports(path, dataset="council").state == State.ACCEPTED


class TestARehearsal:
    def test_tells_what_would_happen_and_keeps_nothing(self, desk: Desk, tmp_path: Path) -> None:
        headings = headings_of("partner_counts", "fire")
        desk.imports(file_of(tmp_path / "old.csv", headings, [row_of("fire")]), dataset="fire", edition="first")
        before, held = in_the_database(), leftovers()
        rows = [row_of("fire"), row_of("fire", count="2"), row_of("fire", count="-2")]
        path = file_of(tmp_path / "new.csv", headings, rows)
        found = queries.rehearse(desk.actor, dataset_code="fire", file_name=path.name, chunks=chunks(path))
        assert (found.rows_in, found.accepted, found.quarantined, found.is_new) == (3, 2, 1, True)
        assert found.reasons == (("The count is less than nought.", 1),)
        assert found.months == (date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1))
        assert [(line.crime_type, line.rows_in) for line in found.by_type] == [("Deliberate secondary fire", 3)]
        assert found.supersedes == (("first", 1),)
        assert (in_the_database(), leftovers()) == (before, held)

    def test_agrees_with_what_then_happens(self, desk: Desk, tmp_path: Path) -> None:
        path = file_of(
            tmp_path / "new.csv",
            headings_of("partner_counts", "fire"),
            [row_of("fire"), row_of("fire", time="99"), row_of("fire", area="")],
        )
        found = queries.rehearse(desk.actor, dataset_code="fire", file_name=path.name, chunks=chunks(path))
        kept = desk.snapshot(desk.imports(path, dataset="fire")).snapshot
        assert (found.rows_in, found.accepted, found.quarantined) == (kept.rows_in, kept.rows, kept.quarantined)
        again = queries.rehearse(desk.actor, dataset_code="fire", file_name=path.name, chunks=chunks(path))
        assert not again.is_new

    def test_tells_of_a_refusal(self, desk: Desk, tmp_path: Path) -> None:
        path = file_of(tmp_path / "new.csv", ["Month", "Fires"], [["2026-01", "2"]])
        found = queries.rehearse(desk.actor, dataset_code="fire", file_name=path.name, chunks=chunks(path))
        assert found.refusal is not None
        assert found.refusal.row == 1
        assert "there is no “Period from”" in found.refusal.sentence

    @pytest.mark.parametrize("who", ["nora", "rhona"])
    def test_is_not_for_strangers(self, desk: Desk, tmp_path: Path, who: str) -> None:
        path = file_of(tmp_path / "new.csv", ["x"], [["y"]])
        with pytest.raises(queries.UnableToRehearse, match="There is no such dataset"):
            queries.rehearse(Desk(desk.world, who).actor, dataset_code="fire", file_name="a.csv", chunks=chunks(path))


@pytest.fixture
def with_a_person(tmp_path: Path) -> Path:
    """A quarter of health in which one category tells a full postcode; the file is named after a person."""
    rows = [row_of("health"), row_of("health", category=f"Assault at {SECRET}")]
    return file_of(tmp_path / "Sarah Whitlock.csv", headings_of("partner_counts", "health"), rows)


class TestAHealthFileWithAPersonInIt:
    @pytest.mark.parametrize("door", ["browser", "command line"])
    def test_is_refused_whole_and_stored_nowhere(
        self, desk: Desk, with_a_person: Path, door: str, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level(logging.DEBUG)
        if door == "browser":
            path = with_a_person.rename(with_a_person.with_name("q1.csv"))
            view = queries.submission(desk.actor, sent(desk, path, "health"))
        else:
            path = with_a_person.rename(with_a_person.with_name("q1.csv"))
            view = queries.submission(desk.actor, desk.imports(path, dataset="health").submission_id)
        assert view is not None
        assert (view.state, view.file_name, view.door) == (State.REFUSED, "refused file.csv", door)
        assert view.refusal is not None
        assert (view.refusal.row, view.refusal.column) == (3, "E (Category)")
        assert view.refusal.found == "there is a full postcode"
        assert leftovers() == []
        assert waiting_jobs() == []
        assert queries.snapshots(desk.actor).total == 0
        assert SECRET not in in_the_database()
        assert SECRET not in caplog.text
        row = Submission.objects.visible_to(desk.actor).get(id=view.id)
        assert (row.spooled, row.in_place) == ("", "")

    def test_is_told_to_its_supplier_and_in_the_audit_trail(self, desk: Desk, with_a_person: Path) -> None:
        sent(desk, with_a_person, "health", file_name="q1.csv")
        said = events(desk.world.actor("maya"), words="is refused").events[0].sentence
        assert said.startswith(
            "Anil Sandhu was told that a file for Counts: health is refused. The file, row 3, column “E (Category)”: "
            "there is a full postcode; expected the outward part alone, such as WV10."
        )

    def test_is_refused_for_its_own_name(self, desk: Desk, tmp_path: Path) -> None:
        path = file_of(tmp_path / "q.csv", headings_of("partner_counts", "health"), [row_of("health")])
        view = queries.submission(desk.actor, sent(desk, path, "health", file_name="Sarah_Whitlock.csv"))
        assert view is not None
        assert view.state == State.REFUSED
        assert "Whitlock" not in in_the_database().replace("Sam Whitlock", "")

    def test_is_not_rehearsed_into_anything_either(self, desk: Desk, with_a_person: Path) -> None:
        found = queries.rehearse(desk.actor, dataset_code="health", file_name="q1.csv", chunks=chunks(with_a_person))
        assert found.refusal is not None
        assert SECRET not in found.refusal.sentence
        assert leftovers() == []

    def test_shows_no_first_rows_to_choose_columns_from(self, desk: Desk, with_a_person: Path) -> None:
        with pytest.raises(queries.UnableToRehearse) as refused:
            queries.head_of(desk.actor, dataset_code="health", file_name="q1.csv", chunks=chunks(with_a_person))
        assert SECRET not in str(refused.value)
        assert leftovers() == []

    def test_passes_without_one(self, desk: Desk, tmp_path: Path) -> None:
        path = file_of(tmp_path / "q1.csv", headings_of("partner_counts", "health"), [row_of("health")])
        key = sent(desk, path, "health")
        outcome = operations.take_in(actor=desk.actor, at=desk.at, submission_id=key)
        assert outcome.state == State.ACCEPTED, outcome.says
        assert list(Path(settings.SPOOL).rglob("*.csv")) == [] or outcome.snapshot_id

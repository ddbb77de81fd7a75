"""What is expected of whom: described, reminded, chased, excused, and what the record says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core import mail

from tests.wardwell.evidence.conftest import Desk, street_file, street_row
from tests.world import World
from wardwell.access.actor import Actor
from wardwell.agencies.register import key_of
from wardwell.audit.gate import NotAllowed
from wardwell.audit.queries import events
from wardwell.evidence import operations, queries
from wardwell.evidence.operations import Description
from wardwell.evidence.periods import DueRule, Standing
from wardwell.evidence.rules import Cadence, UnitOfFiles

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

EXPECTED = Description(
    publisher="Single Online Home National Digital Team", gateway="Published under the Open Government Licence",
    retention="For good", due_days_after=44, expected_from=date(2025, 9, 1),
)  # fmt: skip


def maya(world: World, *, day: date | None = None) -> Actor:
    """The manager, on a day at noon."""
    return world.actor("maya", at=datetime.combine(day, datetime.min.time(), UTC).replace(hour=12) if day else None)


def describe(desk: Desk, description: Description = EXPECTED, code: str = "street") -> tuple[str, ...]:
    """What changes when Anil describes a dataset."""
    return operations.describe_dataset(actor=desk.actor, at=desk.at, code=code, description=description)


def line_of(actor: Actor, code: str = "street") -> queries.Line:
    """The one line of a dataset in the calendar."""
    (line,) = queries.calendar(actor, dataset_code=code)
    return line


def counts_file(folder: Path, month: str) -> Path:
    """A file of one count."""
    path = folder / "counts.csv"
    path.write_text(f"Month,LAD code,LAD name,Crime type,Count\n{month},E08000031,Wolverhampton,Graffiti,7\n")
    return path


class TestDescribing:
    def test_is_dated_signed_and_written_into_the_audit_trail(self, anil: Desk) -> None:
        changed = describe(anil)
        assert "how long it is kept (to For good)" in changed
        view = queries.dataset(anil.actor, "street")
        assert view is not None
        assert (view.described_by, view.described_at) == ("Anil Sandhu", anil.at)
        assert view.gateway == "Published under the Open Government Licence"
        assert events(maya(anil.world), words="the days after which it is due (from 60 to 44)").total == 1

    def test_changes_nothing_when_nothing_is_changed(self, anil: Desk) -> None:
        describe(anil)
        anil.hours += 1
        assert describe(anil) == ()
        view = queries.dataset(anil.actor, "street")
        assert view is not None
        assert view.described_at is not None
        assert view.described_at < anil.at

    def test_shows_the_fields_and_the_faults_of_the_contract(self, anil: Desk) -> None:
        describe(anil, replace(EXPECTED, known_faults="February 2014 was never sent.\n\n"))
        view = queries.dataset(anil.actor, "street")
        assert view is not None
        assert [field.name for field in view.fields][:2] == ["crime_id", "month"]
        assert view.known_faults[-1] == "February 2014 was never sent."
        assert len(view.known_faults) > 1

    @pytest.mark.parametrize(
        ("description", "because"),
        [
            (replace(EXPECTED, expected_from=date(2025, 9, 2)), "first day of a month"),
            (replace(EXPECTED, expected_from=None, expected_until=date(2026, 1, 1)), "from when on"),
        ],
    )
    def test_is_refused_where_periods_cannot_be_counted(
        self, anil: Desk, description: Description, because: str
    ) -> None:
        with pytest.raises(operations.UnableToDescribe, match=because):
            describe(anil, description)

    @pytest.mark.parametrize("who", ["sam", "beth", "dora", "nora"])
    def test_is_not_for_others(self, anil: Desk, who: str) -> None:
        actor = anil.world.actor(who)
        with pytest.raises(NotAllowed):
            operations.describe_dataset(actor=actor, at=actor.at, code="street", description=EXPECTED)

    def test_does_not_reach_over_the_wall(self, anil: Desk) -> None:
        rhona = anil.world.actor("rhona")
        with pytest.raises(operations.UnableToDescribe, match="no dataset"):
            operations.describe_dataset(actor=rhona, at=rhona.at, code="street", description=EXPECTED)


class TestTheCalendar:
    def test_is_empty_until_something_is_expected(self, anil: Desk) -> None:
        assert queries.calendar(anil.actor) == ()
        assert queries.standings(anil.actor) == ()

    def test_says_where_each_period_stands(self, anil: Desk) -> None:
        describe(anil)
        # As at 15 January 2026.
        assert [(one.due, one.standing) for one in line_of(anil.actor).periods] == [
            (date(2025, 11, 14), Standing.LATE),
            (date(2025, 12, 15), Standing.LATE),
            (date(2026, 1, 14), Standing.LATE),
            (date(2026, 2, 14), Standing.NOT_DUE),
            (date(2026, 3, 17), Standing.NOT_DUE),
        ]
        assert line_of(anil.actor).periods[2].days_late == 1

    def test_counts_the_day_of_sending_and_not_a_renewal(self, anil: Desk, tmp_path: Path) -> None:
        describe(anil, replace(EXPECTED, expected_from=date(2014, 1, 1)))
        file = street_file(tmp_path, street_row())
        anil.imports(file)
        first = line_of(anil.actor).periods[0]
        assert (first.standing, first.completed_on) == (Standing.IN_LATE, anil.at.date())
        anil.hours += 48
        anil.imports(street_file(tmp_path, street_row(crime_type="Robbery")), edition="renewed")
        assert line_of(anil.actor).periods[0].completed_on == first.completed_on

    def test_gives_quarters_by_the_prescribed_rule(self, anil: Desk) -> None:
        operations.add_dataset(
            actor=anil.actor, at=anil.at, code="fires", name="Deliberate fires", table="area_month_counts",
            source="the fire service", licence="section 17A", cadence=Cadence.QUARTERLY,
            unit_of_files=UnitOfFiles.WHOLE, used_for_measures=False, supplier_id=key_of("west-midlands-fire"),
            description=Description(due_rule=DueRule.END_OF_NEXT, expected_from=date(2025, 4, 1), is_sparse=True),
        )  # fmt: skip
        found = [(one.period.words, one.standing) for one in line_of(anil.actor, "fires").periods]
        assert found[0] == ("April to June 2025", Standing.LATE)
        assert found[1] == ("July to September 2025", Standing.LATE)
        assert found[2] == ("October to December 2025", Standing.NOT_DUE)


class TestReminding:
    def test_tells_each_supplier_once(self, anil: Desk) -> None:
        describe(anil)
        actor = maya(anil.world, day=date(2026, 2, 1))
        sent = operations.remind(actor=actor, at=actor.at)
        assert (sent.reminders, sent.chasers, sent.letters) == (1, 3, 0)
        again = operations.remind(actor=actor, at=actor.at)
        assert (again.reminders, again.chasers) == (0, 0)
        kinds = [[told.kind for told in one.reminders] for one in line_of(actor).periods]
        assert kinds == [["chaser"], ["chaser"], ["chaser"], ["reminder"], [], []]
        assert events(actor, words="sent 1 reminder and 3 chasers: West Midlands Police of September 2025").total == 1

    def test_chases_the_day_after_and_not_on_the_day(self, anil: Desk) -> None:
        describe(anil, replace(EXPECTED, expected_from=date(2025, 12, 1)))
        on_the_day, after = (maya(anil.world, day=date(2026, 2, day)) for day in (14, 15))
        assert operations.remind(actor=on_the_day, at=on_the_day.at).reminders == 1
        assert operations.remind(actor=on_the_day, at=on_the_day.at).chasers == 0
        assert operations.remind(actor=after, at=after.at).chasers == 1

    def test_e_mails_one_letter_where_that_is_switched_on(
        self, anil: Desk, settings: Any, django_capture_on_commit_callbacks: Any
    ) -> None:
        settings.MAIL_REMINDERS = True
        describe(anil)
        actor = maya(anil.world)
        with django_capture_on_commit_callbacks(execute=True):
            assert operations.remind(actor=actor, at=actor.at).letters == 1
        (letter,) = mail.outbox
        assert letter.to == ["sam@wardwell.example"]
        assert letter.subject == "Data to send in: 3 periods"
        assert "Street-level crime, September 2025 was due on 14 November 2025 and is 62 days late." in letter.body
        assert line_of(actor).periods[0].reminders[0].mailed_to == 1

    def test_keeps_what_was_said_when_the_mail_server_is_down(
        self, anil: Desk, settings: Any, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
    ) -> None:
        settings.MAIL_REMINDERS = True
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
        describe(anil)
        actor = maya(anil.world)
        with django_capture_on_commit_callbacks(execute=True):
            operations.remind(actor=actor, at=actor.at)
        assert line_of(actor).periods[0].reminders
        assert "could not be e-mailed: ConnectionRefusedError" in caplog.text

    @pytest.mark.parametrize("who", ["anil", "sam", "beth"])
    def test_is_the_managers(self, anil: Desk, who: str) -> None:
        actor = anil.world.actor(who)
        with pytest.raises(NotAllowed):
            operations.remind(actor=actor, at=actor.at)


class TestChasingAndExcusing:
    def test_chases_in_the_managers_own_words(self, anil: Desk) -> None:
        describe(anil)
        actor = maya(anil.world)
        operations.chase(
            actor=actor, at=actor.at, dataset_code="street", period_from=date(2025, 9, 1), words="Please ring me."
        )
        sam = anil.world.actor("sam")
        told = line_of(sam).periods[0].reminders[0]
        assert (told.words, told.sent_by) == ("Please ring me.", "Maya Okafor")

    def test_excuses_with_a_reason_by_whom_and_when(self, anil: Desk) -> None:
        describe(anil)
        actor = maya(anil.world)
        given = {"actor": actor, "at": actor.at, "dataset_code": "street", "period_from": date(2025, 9, 1)}
        operations.excuse(**given, reason="The force's system was replaced.")
        one = line_of(actor).periods[0]
        assert (one.standing, one.days_late) == (Standing.EXCUSED, 0)
        assert one.excuse is not None
        assert (one.excuse.excused_by, one.excuse.reason) == ("Maya Okafor", "The force's system was replaced.")
        with pytest.raises(operations.UnableToRemind, match="excused already"):
            operations.excuse(**given, reason="Again.")
        assert queries.standings(actor)[0].record.excused == 1

    @pytest.mark.parametrize(
        ("begins", "words", "because"),
        [(date(2025, 9, 1), " ", "Say"), (date(2024, 1, 1), "x", "no such period")],
    )
    def test_needs_a_reason_and_a_period(self, anil: Desk, begins: date, words: str, because: str) -> None:
        describe(anil)
        actor = maya(anil.world)
        for change in (
            lambda **given: operations.chase(**given, words=words),
            lambda **given: operations.excuse(**given, reason=words),
        ):
            with pytest.raises(operations.UnableToRemind, match=because):
                change(actor=actor, at=actor.at, dataset_code="street", period_from=begins)


class TestTheRecord:
    def test_says_too_few_to_rank_under_four(self, anil: Desk) -> None:
        describe(anil)
        (only,) = queries.standings(anil.actor)
        assert (only.supplier, only.record.due, only.place) == ("West Midlands Police", 3, None)
        describe(anil, replace(EXPECTED, expected_from=date(2025, 8, 1)))
        assert queries.standings(anil.actor)[0].place == 1

    def test_counts_months_rows_and_refused_files(self, anil: Desk, tmp_path: Path) -> None:
        describe(anil, replace(EXPECTED, expected_from=date(2014, 1, 1), expected_until=date(2014, 7, 1)))
        anil.imports(street_file(tmp_path, street_row(), street_row(month="2014-02")))
        anil.imports(street_file(tmp_path, street_row(longitude="=1"), name="2014-02-west-midlands-street.csv"))
        record = queries.standings(anil.actor)[0].record
        assert (record.due, record.on_time, record.in_late, record.out) == (6, 0, 1, 5)
        assert (record.months_in, record.months) == (1, 6)
        assert (record.rows_accepted, record.rows_sent, record.refused) == (1, 2, 1)


class TestSupply:
    def test_is_late_where_a_period_is_and_not_where_it_is_excused(self, anil: Desk) -> None:
        describe(anil, replace(EXPECTED, expected_from=date(2025, 11, 1), expected_until=date(2025, 12, 1)))
        late = {one.dataset.code: one.is_late for one in queries.supply(anil.actor)}
        assert late == {"street": True, "counts": False}
        actor = maya(anil.world)
        operations.excuse(
            actor=actor, at=actor.at, dataset_code="street", period_from=date(2025, 11, 1), reason="A strike."
        )
        assert not any(one.is_late for one in queries.supply(actor))

    def test_does_not_miss_a_month_that_may_be_empty(self, anil: Desk, tmp_path: Path) -> None:
        describe(anil, replace(EXPECTED, is_sparse=True))
        for month in ("2014-01", "2014-03"):
            anil.imports(street_file(tmp_path, street_row(month=month), name=f"{month}-west-midlands-street.csv"))
        street = next(one for one in queries.supply(anil.actor) if one.dataset.code == "street")
        assert (street.missing, street.gaps, street.quiet) == ((), (), (date(2014, 2, 1),))

    def test_reminds_of_what_is_partly_in_only_a_fortnight_before(self, anil: Desk, tmp_path: Path) -> None:
        operations.add_dataset(
            actor=anil.actor, at=anil.at, code="reports", name="Reports", table="area_month_counts",
            source="the council", licence="section 17A", cadence=Cadence.QUARTERLY, unit_of_files=UnitOfFiles.WHOLE,
            used_for_measures=False, supplier_id=key_of("wolverhampton-council"),
            description=Description(due_rule=DueRule.END_OF_NEXT, expected_from=date(2025, 10, 1)),
        )  # fmt: skip
        anil.imports(counts_file(tmp_path, "2025-10"), dataset="reports")
        one = line_of(anil.actor, "reports").periods[0]
        assert (one.standing, one.is_due_soon, one.days_left) == (Standing.PARTLY, False, 75)
        near = maya(anil.world, day=date(2026, 3, 17))
        assert operations.remind(actor=near, at=near.at).reminders == 1

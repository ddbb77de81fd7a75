"""Anil imports the police's months; what is kept adds up, stays, and is superseded only by what is newer."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as how
from hypothesis import strategies as st

from tests.wardwell.evidence.conftest import COUNTS, STREET_FOLDER, Desk, street_file, street_row
from wardwell.audit.queries import events
from wardwell.evidence import operations, queries
from wardwell.evidence.rules import Cadence, Gap, State, UnitOfFiles

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

JANUARY = date(2014, 1, 1)


class TestAMonthOfThreeForces:
    def test_is_kept_with_every_row_accounted_for(self, anil: Desk, january: Path) -> None:
        whole = anil.snapshot(anil.imports(january))
        assert (whole.snapshot.files, whole.snapshot.rows, whole.snapshot.quarantined) == (3, 1690, 0)
        assert {part.unit: part.accepted for part in whole.parts} == {
            "west-midlands-street": 1663,
            "btp-street": 21,
            "staffordshire-street": 6,
        }
        assert whole.adds_up
        assert sum(line.accepted for line in whole.by_type) == 1690

    def test_is_described_with_source_licence_edition_period_and_digest(self, anil: Desk, january: Path) -> None:
        kept = anil.snapshot(anil.imports(january, edition="downloaded in March 2014")).snapshot
        assert kept.source == "data.police.uk street-level crime"
        assert (kept.period_from, kept.period_until) == (JANUARY, date(2014, 2, 1))
        assert (kept.edition, kept.taken_by) == ("downloaded in March 2014", "Anil Sandhu")
        lies_at = Path(settings.SNAPSHOTS) / str(anil.actor.here) / kept.sha256[:2] / f"{kept.sha256}.parquet"
        assert lies_at.stat().st_size == kept.bytes

    def test_is_written_into_the_audit_trail_in_plain_words(self, anil: Desk, january: Path) -> None:
        anil.imports(january)
        said = [event.sentence for event in events(anil.world.actor("maya")).events]
        assert (
            "Anil Sandhu imported 1,690 rows of January 2014 into Street-level crime from 3 files, 0 quarantined"
            in said
        )

    def test_leaves_nothing_in_the_workshop(self, anil: Desk, january: Path) -> None:
        anil.imports(january)
        assert [path for path in Path(settings.STAGING).rglob("*") if path.is_file()] == []


class TestTheSameFilesAgain:
    def test_change_nothing_and_say_so(self, anil: Desk, january: Path) -> None:
        first = anil.snapshot(anil.imports(january))
        again = anil.imports(january, edition="again")
        assert again.state == State.UNCHANGED
        assert queries.snapshots(anil.actor).total == 1
        assert queries.snapshot(anil.actor, first.snapshot.id) == first
        latest = events(anil.world.actor("maya"), words="imported").events[0]
        assert latest.sentence == (
            "Anil Sandhu imported download again: nothing in its 3 files is new, and nothing was changed"
        )

    def test_are_known_by_their_content_not_their_packing(self, anil: Desk, january: Path, tmp_path: Path) -> None:
        anil.imports(january)
        copy = street_file(tmp_path / "elsewhere")
        copy.write_bytes((STREET_FOLDER / "2014-01" / "2014-01-west-midlands-street.csv").read_bytes())
        assert anil.imports(copy).state == State.UNCHANGED

    def test_count_as_kept_even_when_a_newer_edition_has_superseded_them(self, anil: Desk, tmp_path: Path) -> None:
        older = street_file(tmp_path / "older", street_row())
        anil.imports(older)
        anil.imports(street_file(tmp_path / "newer", street_row(), street_row()), edition="second")
        assert anil.imports(older).state == State.UNCHANGED

    def test_without_a_row_are_told_apart_by_their_months(self, anil: Desk, tmp_path: Path) -> None:
        january = street_file(tmp_path, name="2014-01-btp-street.csv")
        february = street_file(tmp_path, name="2014-02-btp-street.csv")
        assert [anil.imports(path).state for path in (january, february, january)] == [
            State.ACCEPTED,
            State.ACCEPTED,
            State.UNCHANGED,
        ]
        assert next(view for view in queries.supply(anil.actor) if view.dataset.code == "street").months == 2


class TestANewerEdition:
    def test_supersedes_its_own_force_and_month_only(self, anil: Desk, january: Path, tmp_path: Path) -> None:
        first = anil.imports(january)
        newer = anil.imports(street_file(tmp_path / "newer", street_row(), street_row()), edition="second")
        older = anil.snapshot(first)
        assert {part.unit: part.superseded_by for part in older.parts} == {
            "west-midlands-street": "second",
            "btp-street": "",
            "staffordshire-street": "",
        }
        assert (older.snapshot.parts_current, anil.snapshot(newer).snapshot.parts_current) == (2, 1)

    def test_leaves_the_older_readable(self, anil: Desk, january: Path, tmp_path: Path) -> None:
        first = anil.imports(january)
        anil.imports(street_file(tmp_path / "newer", street_row()), edition="second")
        assert first.snapshot_id is not None
        rows = queries.read_snapshot_rows(anil.actor, first.snapshot_id, page=34)
        assert rows is not None
        assert (rows.total, rows.page, rows.pages, len(rows.rows)) == (1690, 34, 34, 40)

    def test_is_what_a_measure_reads_from_then_on(self, anil: Desk, january: Path, tmp_path: Path) -> None:
        anil.imports(january)
        between = anil.at
        anil.imports(street_file(tmp_path / "newer", street_row()), edition="second")
        now = queries.evidence(anil.actor, crime_from="street").of("street_crime")
        assert {kept.edition: kept.current for kept in now} == {
            "first": frozenset({("btp-street", JANUARY), ("staffordshire-street", JANUARY)}),
            "second": None,
        }
        then = queries.evidence(anil.actor, as_at=between, crime_from="street").of("street_crime")
        assert [(kept.edition, kept.current) for kept in then] == [("first", None)]

    def test_is_named_in_the_audit_trail_with_what_it_supersedes(self, anil: Desk, tmp_path: Path) -> None:
        anil.imports(street_file(tmp_path / "older", street_row()), edition="March")
        anil.imports(street_file(tmp_path / "newer", street_row(), street_row()), edition="June")
        assert events(anil.world.actor("maya"), words="it supersedes March").total == 1


class TestCountsOfThirtyMonths:
    def test_are_kept_month_by_month(self, anil: Desk) -> None:
        whole = anil.snapshot(anil.imports(COUNTS, dataset="counts"))
        assert whole.snapshot.rows == 25_872
        assert len(whole.parts) == 30
        assert {part.unit for part in whole.parts} == {"counts"}
        assert whole.adds_up

    def test_are_what_measures_read(self, anil: Desk, january: Path) -> None:
        anil.imports(january)
        anil.imports(COUNTS, dataset="counts")
        assert [kept.table for kept in queries.evidence(anil.actor).snapshots] == ["area_month_counts"]

    def test_are_never_added_to_the_street_rows(self, anil: Desk) -> None:
        with pytest.raises(operations.UnableToAddDataset, match="tell of the same crimes"):
            operations.add_dataset(
                actor=anil.actor,
                at=anil.at,
                code="street",
                name="Street-level crime",
                table="street_crime",
                grain="LSOA",
                source="data.police.uk",
                licence="OGL",
                cadence=Cadence.MONTHLY,
                unit_of_files=UnitOfFiles.FORCE_AND_MONTH,
            )


class TestRowsThatCannotBeAccepted:
    def test_are_put_aside_with_their_line_and_the_reason(self, anil: Desk, tmp_path: Path) -> None:
        path = street_file(tmp_path, street_row(), street_row(longitude="nowhere"), street_row(month="2014-02"))
        outcome = anil.imports(path)
        kept = anil.snapshot(outcome).snapshot
        assert (kept.rows_in, kept.rows, kept.quarantined) == (3, 1, 2)
        aside = queries.quarantine(anil.actor, kept.id)
        assert aside is not None
        assert [row.row for row in aside.rows] == [3, 4]
        assert "nowhere" in aside.rows[0].raw
        assert all(row.sentence for row in aside.rows)

    @how(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.sampled_from(["good", "bad month", "bad longitude", "another type"]), max_size=12))
    def test_always_add_up_with_those_that_were(self, anil: Desk, tmp_path: Path, kinds: list[str]) -> None:
        rows = {
            "good": street_row(),
            "bad month": street_row(month="2013-12"),
            "bad longitude": street_row(longitude="x"),
            "another type": street_row(crime_type="Drugs"),
        }
        outcome = anil.imports(street_file(tmp_path, street_row(), *(rows[kind] for kind in kinds)))
        if outcome.state == State.ACCEPTED:
            whole = anil.snapshot(outcome)
            assert whole.adds_up
            assert whole.snapshot.rows_in == len(kinds) + 1
            assert whole.snapshot.quarantined == sum(kind.startswith("bad") for kind in kinds)


class TestTheSupply:
    def test_shows_what_is_missing_inside_a_series(self, anil: Desk) -> None:
        anil.imports(STREET_FOLDER)
        street = next(view for view in queries.supply(anil.actor) if view.dataset.code == "street")
        assert (street.first_month, street.last_month) == (JANUARY, date(2014, 11, 1))
        assert street.missing == (date(2014, 2, 1),)
        assert Gap("btp-street", date(2014, 2, 1)) in street.gaps
        assert street.is_late

    def test_says_nothing_of_what_never_came(self, anil: Desk) -> None:
        counts = next(view for view in queries.supply(anil.actor) if view.dataset.code == "counts")
        assert (counts.months, counts.latest_edition, counts.is_late) == (0, "", False)

"""Sam works for the police: of the fire service's data there is nothing for him, by question, by SQL or by sending."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from django.db import ProgrammingError, connection, transaction

from tests.holding import COUNTS
from tests.wardwell.evidence.conftest import Desk, street_file, street_row
from wardwell.access.protection import time_ordered_key
from wardwell.agencies.register import key_of
from wardwell.evidence import models, operations, queries
from wardwell.evidence.operations import Description
from wardwell.evidence.rules import Cadence, UnitOfFiles

pytestmark = pytest.mark.django_db(databases=["default", "outside"])

MODELS = (
    models.Dataset,
    models.Submission,
    models.Snapshot,
    models.Part,
    models.Reconciliation,
    models.Reminder,
    models.Excuse,
)


@pytest.fixture
def fires(anil: Desk, tmp_path: Path) -> Desk:
    """The fire service's dataset, with a file kept, a period chased and another excused."""
    operations.add_dataset(
        actor=anil.actor, at=anil.at, code="fires", name="Deliberate fires", table="street_crime",
        source="the fire service", licence="section 17A", cadence=Cadence.MONTHLY, used_for_measures=False,
        unit_of_files=UnitOfFiles.FORCE_AND_MONTH, supplier_id=key_of("west-midlands-fire"),
        description=Description(expected_from=date(2025, 9, 1)),
    )  # fmt: skip
    anil.imports(street_file(tmp_path / "fires", street_row()), dataset="fires")
    maya = anil.world.actor("maya")
    given = {"actor": maya, "at": maya.at, "dataset_code": "fires"}
    operations.chase(**given, period_from=date(2025, 9, 1), words="Where is it?")
    operations.excuse(**given, period_from=date(2025, 10, 1), reason="A strike.")
    return anil


class TestSam:
    def test_is_asked_and_told_only_about_his_own(self, fires: Desk) -> None:
        sam = fires.world.actor("sam", at=fires.at)
        assert {one.code for one in queries.datasets(sam)} == {"street", "counts"}
        assert queries.submissions(sam) == queries.calendar(sam) == queries.standings(sam) == ()
        assert queries.snapshots(sam).total == 0
        assert queries.evidence(sam).snapshots == ()

    @pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
    def test_finds_nothing_of_it_by_sql(self, fires: Desk, model: type[models.Part]) -> None:
        counted = {}
        for who in ("anil", "sam", "nora"):
            fires.world.actor(who, at=fires.at)
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT count(*) FROM "{model._meta.db_table}"')
                counted[who] = cursor.fetchone()[0]
        assert counted["anil"] > 0
        assert (counted["sam"], counted["nora"]) == (2 if model is models.Dataset else 0, 0)

    def test_cannot_send_to_it_nor_learn_its_name(self, fires: Desk) -> None:
        sam = fires.world.actor("sam", at=fires.at)
        with pytest.raises(operations.UnableToReceive, match=r"There are: counts, street\.") as refusal:
            operations.receive_in_place(actor=sam, at=sam.at, dataset_code="fires", path=COUNTS)
        assert "Deliberate" not in str(refusal.value)

    def test_cannot_write_into_it_by_sql(self, fires: Desk) -> None:
        key = next(one.id for one in queries.datasets(fires.actor) if one.code == "fires")
        sam = fires.world.actor("sam", at=fires.at)
        row = models.Submission(
            id=time_ordered_key(), partnership_id=sam.here, dataset_id=key, file_name="x.csv", in_place="/x",
            sent_by_id=sam.self_id, sent_at=sam.at,
        )  # fmt: skip
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            row.save(force_insert=True)

    def test_sends_his_own_as_before(self, fires: Desk, tmp_path: Path) -> None:
        sam = Desk(fires.world, "sam", hours=fires.hours)
        sam.imports(street_file(tmp_path / "his", street_row()))
        assert [one.dataset_code for one in queries.submissions(sam.actor)] == ["street"]

    def test_sees_nothing_once_he_has_left_the_agency(self, fires: Desk) -> None:
        far = fires.world.actor("sam").moved_to(fires.world.at.replace(year=2020))
        assert queries.datasets(far) == ()

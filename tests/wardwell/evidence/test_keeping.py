"""Reference tables (populations, look-ups, members of areas) are kept as evidence too."""

from __future__ import annotations

from datetime import date

import pyarrow as pa
import pytest

from tests.wardwell.evidence.conftest import OGL, Desk
from wardstats import tables
from wardwell.evidence import operations, queries
from wardwell.evidence.rules import Cadence, UnitOfFiles

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


def residents(number: int) -> pa.Table:
    """A population of one area."""
    row = {
        "area_code": "E01010410",
        "population": number,
        "reference_date": date(2021, 3, 21),
        "source": "Census 2021, TS001",
    }
    return pa.Table.from_pylist([row], schema=tables.POPULATION.arrow)


@pytest.fixture
def desk(anil: Desk) -> Desk:
    """Anil's desk with a dataset of populations."""
    operations.add_dataset(
        actor=anil.actor,
        at=anil.at,
        code="population",
        name="Usual residents",
        table="population",
        source="Census 2021",
        licence=OGL,
        cadence=Cadence.ONCE,
        unit_of_files=UnitOfFiles.WHOLE,
    )
    return anil


def keeps(desk: Desk, rows: pa.Table, edition: str = "first") -> None:
    """A table kept at the desk."""
    desk.hours += 1
    operations.keep_table(
        actor=desk.actor, at=desk.at, dataset_code="population", rows=rows, edition=edition, source_file="ts001.csv"
    )


class TestATableOfReference:
    def test_is_read_by_measures(self, desk: Desk) -> None:
        keeps(desk, residents(1500))
        kept = queries.evidence(desk.actor).of("population")
        assert [(one.edition, one.current) for one in kept] == [("first", None)]

    def test_kept_again_changes_nothing(self, desk: Desk) -> None:
        keeps(desk, residents(1500))
        keeps(desk, residents(1500), "again")
        assert queries.snapshots(desk.actor, dataset_code="population").total == 1

    def test_is_superseded_whole_by_a_newer_one(self, desk: Desk) -> None:
        keeps(desk, residents(1500))
        keeps(desk, residents(1600), "second")
        assert [one.edition for one in queries.evidence(desk.actor).of("population")] == ["second"]
        assert queries.snapshots(desk.actor, dataset_code="population").total == 2

    def test_must_have_the_columns_of_its_table(self, desk: Desk) -> None:
        with pytest.raises(operations.UnableToKeep, match="column population"):
            keeps(desk, residents(1500).drop_columns(["population"]))

    def test_must_have_a_row(self, desk: Desk) -> None:
        with pytest.raises(operations.UnableToKeep, match="not one row"):
            keeps(desk, residents(1500).slice(0, 0))

    def test_is_not_sent_in_as_a_file(self, desk: Desk) -> None:
        with pytest.raises(operations.UnableToReceive, match="not sent in"):
            operations.receive(
                actor=desk.actor, at=desk.at, dataset_code="population", file_name="a.csv", chunks=iter([b"a"])
            )

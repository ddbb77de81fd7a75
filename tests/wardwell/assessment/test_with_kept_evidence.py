"""From a police file sent in to a figure computed again from the kept files: through the evidence itself, nothing stood in for."""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa
import pytest

from tests.wardstats.measures.conftest import real_lookup, real_population
from tests.wardwell.assessment.conftest import UNTIL
from tests.wardwell.evidence.conftest import COUNTS, OGL, Desk, declare_datasets
from tests.world import World
from wardstats.measures import compute
from wardstats.tables import ALL
from wardwell.assessment import operations, queries
from wardwell.assessment.queries.figures import result_of
from wardwell.evidence import operations as evidence
from wardwell.evidence.rules import Cadence, UnitOfFiles

pytestmark = pytest.mark.django_db(databases=["default", "outside"])


@dataclass(frozen=True)
class Reference:
    """A table kept whole."""

    code: str
    table: str
    rows: list[dict[str, object]]


@pytest.fixture
def anil(world: World) -> Desk:
    """Anil's desk with the real counts, look-up and residents kept as evidence."""
    desk = Desk(world, "anil")
    declare_datasets(desk.actor, at=desk.at)
    for one in (
        Reference("areas", "area_lookup", real_lookup()),
        Reference("residents", "population", real_population()),
    ):
        evidence.add_dataset(
            actor=desk.actor, at=desk.at, code=one.code, name=one.code, table=one.table, source="Office for National Statistics",
            licence=OGL, cadence=Cadence.ONCE, unit_of_files=UnitOfFiles.WHOLE,
        )  # fmt: skip
        rows = pa.Table.from_pylist(one.rows, schema=ALL[one.table].arrow)
        evidence.keep_table(
            actor=desk.actor,
            at=desk.at,
            dataset_code=one.code,
            rows=rows,
            edition="first",
            source_file=f"{one.code}.csv",
        )
    desk.imports(COUNTS, dataset="counts")
    return desk


class TestAnAssessmentOnKeptEvidence:
    def test_leaves_out_what_is_not_held_and_says_why(self, anil: Desk) -> None:
        drafted = operations.draft(actor=anil.actor, at=anil.at, period_until=UNTIL)
        assert [slug for slug, _why in drafted.left_out] == ["priority-areas"]
        view = queries.assessment(anil.actor, assessment_id=drafted.assessment_id)
        assert view is not None
        assert not any(figure.is_behind_evidence for figure in view.figures)

    def test_computes_every_figure_again_from_the_files_it_names(self, anil: Desk) -> None:
        drafted = operations.draft(actor=anil.actor, at=anil.at, period_until=UNTIL)
        view = queries.assessment(anil.actor, assessment_id=drafted.assessment_id)
        assert view is not None
        for figure in view.figures:
            assert figure.lineage is not None
            behind = queries.evidence_behind(anil.actor, figure_id=figure.id)
            again = compute(figure.lineage.measure, behind, **figure.lineage.parameters)
            assert again == result_of(anil.actor, figure_id=figure.id)

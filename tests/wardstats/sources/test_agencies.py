"""Counts of agencies and answers to surveys: what is accepted, what is set aside and why."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wardstats.sources.agency_rows import ANSWER, GOOD, file_of, headings_of, row_of, text_of
from tests.wardstats.sources.conftest import Read
from tests.wardstats.sources.test_every_row import SLOW
from wardstats import sources, tables

NOT_HEALTH = ("police-incidents", "police-crimes", "fire", "council", "")


@pytest.mark.parametrize("prescribed", GOOD)
def test_a_good_row_of_every_set_is_accepted(read: Read, tmp_path: Path, prescribed: str) -> None:
    path = file_of(tmp_path / "q1.csv", headings_of("partner_counts", prescribed), [row_of(prescribed)])
    reading = read(path, table="partner_counts", prescribed=prescribed)
    rows = pq.read_table(reading.rows)
    tables.check(tables.PARTNER_COUNTS, rows.schema)
    assert (reading.accepted, reading.quarantined) == (1, 0)
    kept = rows.to_pylist()[0]
    assert (kept["period_from"], kept["period_until"]) == (date(2026, 1, 1), date(2026, 4, 1))
    assert (kept["occurred_on"], kept["time_of_day"], kept["count"]) == (date(2026, 2, 14), "23:05", 1)
    line = reading.reconciliation[0]
    assert (line.month, line.crime_type) == (date(2026, 1, 1), GOOD[prescribed]["Category"])


@pytest.mark.parametrize(
    ("prescribed", "changes", "reason"),
    [
        ("", {"category": "EXAMPLE Calls"}, "example-row"),
        ("", {"category": "Category"}, "repeated-headings"),
        ("", {"period_from": "01/01/2026"}, "period-unreadable"),
        ("", {"period_to": "2026-02-30"}, "period-unreadable"),
        ("", {"period_to": "2025-12-31"}, "period-ends-before"),
        ("", {"category": ""}, "no-category"),
        ("", {"kind_of_area": "street"}, "area-kind-unknown"),
        ("", {"area": "WV1 1AA"}, "area-malformed"),
        ("", {"kind_of_area": "outward postcode", "area": "WV1 1AA"}, "area-malformed"),
        ("", {"date": "14 February"}, "date-unreadable"),
        ("", {"date": "2026-04-01"}, "date-outside-period"),
        ("", {"time": "24:00"}, "time-unreadable"),
        ("", {"count": "-1"}, "count-negative"),
        ("", {"count": "few"}, "count-unreadable"),
        ("", {"location": "- Queen Street"}, None),
        ("fire", {"period_to": "2026-03-30"}, "period-not-a-quarter"),
        ("fire", {"period_from": "2026-02-01", "period_to": "2026-04-30"}, "period-not-a-quarter"),
        ("fire", {"period_from": "2007-01-01", "period_to": "2007-03-31", "date": ""}, "no-definition-in-force"),
        ("fire", {"category": "Chimney fire"}, "category-not-in-set"),
        ("fire", {"kind_of_area": "outward postcode", "area": "WV1"}, "area-kind-not-in-set"),
        ("fire", {"time": ""}, "field-left-empty"),
        ("police-crimes", {"sub_category": ""}, "field-left-empty"),
        ("council", {"sub_category": "For ever"}, "sub-category-not-in-set"),
    ],
)
def test_a_faulty_row_is_set_aside_with_its_reason(
    read: Read, tmp_path: Path, prescribed: str, changes: dict[str, str], reason: str | None
) -> None:
    rows = [row_of(prescribed), row_of(prescribed, **changes)]
    path = file_of(tmp_path / "q1.csv", headings_of("partner_counts", prescribed), rows)
    if reason is None:
        with pytest.raises(sources.UnableToRead, match="row 3, column “Location”: the cell begins like a formula"):
            read(path, table="partner_counts", prescribed=prescribed)
        return
    reading = read(path, table="partner_counts", prescribed=prescribed)
    assert (reading.accepted, [(one.code, one.rows) for one in reading.reasons]) == (1, [(reason, 1)])
    assert pq.read_table(reading.quarantine)["row"].to_pylist() == [3]


def test_an_optional_field_may_be_left_out_and_a_required_one_may_not(read: Read, tmp_path: Path) -> None:
    headings = ("Period from", "Period to", "Kind of area", "Area", "Category", "Count")
    row = ["2026-01-01", "2026-03-31", "ward", "E05001323", "Street drinking", "12"]
    path = file_of(tmp_path / "q1.csv", headings, [row])
    assert read(path, table="partner_counts").accepted == 1
    with pytest.raises(sources.UnableToRead, match="there is no “Date”, “Time”, “Location”; expected the headings"):
        sources.read(path, into=tmp_path / "fire", table="partner_counts", prescribed="fire")


def test_definitions_are_dated_and_name_their_law() -> None:
    for definition in sources.prescribed_sets():
        assert definition.active_from == date(2007, 7, 1)
        assert "SI 2007/1831" in definition.law
        assert not definition.is_in_force(date(2007, 6, 30))
    health = sources.definitions_of("health")[-1]
    assert health.area_kinds == ("outward postcode",)
    assert [category.icd for category in health.categories] == [
        ("X85", "Y09"),
        ("F10", "F19"),
        ("T51", "T51"),
        ("Y90", "Y91"),
        None,
    ]


def test_answers_to_a_survey_are_accepted_and_told_once(read: Read, tmp_path: Path) -> None:
    path = file_of(tmp_path / "survey.csv", headings_of("survey_answers"), [list(ANSWER.values())])
    rows = pq.read_table(read(path, table="survey_answers").rows)
    tables.check(tables.SURVEY_ANSWERS, rows.schema)
    assert rows.to_pylist()[0]["weighted_count"] == 301.4
    twice = file_of(tmp_path / "twice.csv", headings_of("survey_answers"), [list(ANSWER.values())] * 2)
    with pytest.raises(
        sources.UnableToRead, match=r"“Fairly safe” to “How safe do you feel after dark\?” in E08000031"
    ):
        sources.read(twice, into=tmp_path / "twice", table="survey_answers")


@pytest.mark.parametrize(
    ("heading", "value", "reason"),
    [
        ("Asked to", "2025-01-01", "period-ends-before"),
        ("Asked from", "January", "period-unreadable"),
        ("Question", "", "no-question-or-answer"),
        ("Question", "EXAMPLE How safe", "example-row"),
        ("Kind of area", "region", "area-kind-unknown"),
        ("Base", "0", "base-unreadable"),
        ("Weighted count", "1,5", "weighted-count-unreadable"),
        ("Area", "Wolverhampton", "area-malformed"),
    ],
)
def test_a_faulty_answer_is_set_aside(read: Read, tmp_path: Path, heading: str, value: str, reason: str) -> None:
    rows = [list(ANSWER.values()), list({**ANSWER, heading: value}.values())]
    reading = read(file_of(tmp_path / "s.csv", headings_of("survey_answers"), rows), table="survey_answers")
    assert (reading.accepted, [one.code for one in reading.reasons]) == (1, [reason])


CELLS = st.sampled_from(
    ["2026-01-01", "2026-13-01", "", "LSOA", "ward", "E01010410", "WV1", "Transport", "12", "-3", "1e3", '"', '"a,b"', "é",
     "23:05", "25:00", "2024/25", "4", "34A", "nan", "EXAMPLE x"]
)  # fmt: skip
KINDS = st.sampled_from(
    [*[("partner_counts", code, row_of(code)) for code in NOT_HEALTH], ("survey_answers", "", list(ANSWER.values())),
     ("recorded_crime", "", ["2024/25", "1", "Here", "Robbery", "Robbery", "", "34A", "-1"])]
)  # fmt: skip


@SLOW
@given(KINDS, st.data())
def test_nothing_is_lost_from_any_kind_of_file(kind: tuple[str, str, list[str]], data: st.DataObject) -> None:
    table, prescribed, good = kind
    rows = []
    for _ in range(data.draw(st.integers(0, 8))):
        row = list(good)
        for _ in range(data.draw(st.integers(0, 3))):
            row[data.draw(st.integers(0, len(row) - 1))] = data.draw(CELLS)
        rows.append(row[: data.draw(st.sampled_from([len(row), len(row), len(row), len(row) - 1]))])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "file.csv")
        text = text_of(headings_of(table, prescribed), rows)
        path.write_text(text, encoding="utf-8")
        try:
            reading = sources.read(path, into=Path(folder, "into"), table=table, prescribed=prescribed)
        except sources.UnableToRead:
            assert list(Path(folder, "into").iterdir()) == []
            return
        aside, kept = pq.read_table(reading.quarantine), pq.read_table(reading.rows)
        assert reading.rows_in == len(rows) == aside.num_rows + kept.num_rows
        assert (aside.num_rows, kept.num_rows) == (reading.quarantined, reading.accepted)
        for line in reading.reconciliation:
            assert line.rows_in == line.accepted + line.quarantined

"""Somebody's own file, by a saved mapping, in each of the three containers: the same rows come out of all of them."""

from __future__ import annotations

import gzip
import io
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.wardstats.sources.agency_rows import file_of
from tests.wardstats.sources.conftest import Read
from tests.wardstats.sources.test_every_row import SLOW
from wardstats import sources
from wardstats.sources import ColumnMapping, MappedField

THEIRS = ("Ref", "Incident date", "Ward", "Type of incident", "No.")
ROWS: tuple[tuple[Any, ...], ...] = (
    ("a1", "31/01/2026", "E05001323", "ASB noise", "1,204"),
    ("a2", "28/02/2026 23:05", "E05001324", "Fly-tipping", "3"),
)
MAPPING = ColumnMapping(
    (
        MappedField("Period from", constant="2026-01-01"),
        MappedField("Period to", constant="2026-03-31"),
        MappedField("Kind of area", constant="ward"),
        MappedField("Area", column="Ward"),
        MappedField(
            "Category", column="Type of incident", translations={"ASB noise": "Noise", "Fly-tipping": "Dumped rubbish"}
        ),
        MappedField("Date", column="Incident date", writing="31/01/2026"),
        MappedField("Time", column="Incident date"),
        MappedField("Count", column="No."),
    )
)


def workbook(
    path: Path, rows: Sequence[Sequence[Any]], *, above: int = 0, sheet: str = "Export", first: str = ""
) -> Path:
    """A workbook with rows below some lines of a title."""
    book = Workbook()
    book.remove(book.worksheets[0])
    if first:
        book.create_sheet(first).append(["Notes"])
    data = book.create_sheet(sheet)
    for number in range(above):
        data.append([f"Report line {number}"])
    for row in rows:
        data.append(list(row))
    book.save(path)
    return path


def parquet(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    """A Parquet file of text."""
    columns = {heading: [row[index] for row in rows[1:]] for index, heading in enumerate(rows[0])}
    pq.write_table(pa.table(columns), path)
    return path


def as_csv(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    return file_of(path, rows[0], rows[1:])


def as_semicolons(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    path.write_text("".join(";".join(map(str, row)) + "\r\n" for row in rows), encoding="utf-8-sig", newline="")
    return path


def as_gzip(path: Path, rows: Sequence[Sequence[Any]]) -> Path:
    plain = as_csv(path.with_suffix(".plain"), rows)
    path.write_bytes(gzip.compress(plain.read_bytes()))
    return path


CONTAINERS: dict[str, Callable[[Path, Sequence[Sequence[Any]]], Path]] = {
    "council.csv": as_csv,
    "council-semicolons.csv": as_semicolons,
    "council.csv.gz": as_gzip,
    "council.xlsx": workbook,
    "council.parquet": parquet,
}


class TestAMapping:
    @pytest.mark.parametrize("name", CONTAINERS)
    def test_gives_the_same_rows_from_every_container(self, read: Read, tmp_path: Path, name: str) -> None:
        path = CONTAINERS[name](tmp_path / name, [THEIRS, *ROWS])
        reading = read(path, table="partner_counts", mapping=MAPPING)
        rows = pq.read_table(reading.rows).to_pylist()
        assert [
            (row["area_code"], row["category"], row["occurred_on"], row["time_of_day"], row["count"]) for row in rows
        ] == [
            ("E05001323", "Noise", date(2026, 1, 31), None, 1204),
            ("E05001324", "Dumped rubbish", date(2026, 2, 28), "23:05", 3),
        ]
        assert reading.files[0].name == name
        assert rows[0]["source_file"].startswith("council")

    def test_reads_the_sheet_and_the_row_of_headings_that_were_chosen(self, read: Read, tmp_path: Path) -> None:
        path = workbook(tmp_path / "x.xlsx", [THEIRS, *ROWS], above=3, first="Cover")
        chosen = ColumnMapping(MAPPING.fields, sheet="Export", heading_row=4)
        assert read(path, table="partner_counts", mapping=chosen).accepted == 2
        missing = ColumnMapping(MAPPING.fields, sheet="Data")
        with pytest.raises(sources.UnableToRead, match="there is no sheet “Data”; there are “Cover”, “Export”"):
            sources.read(path, into=tmp_path / "a", table="partner_counts", mapping=missing)

    def test_numbers_faulty_rows_as_their_file_does(self, read: Read, tmp_path: Path) -> None:
        rows = [THEIRS, ROWS[0], (), ("", "", "", "", ""), ("a3", "30/02/2026", "E05001323", "ASB noise", 1)]
        path = workbook(tmp_path / "x.xlsx", rows, above=2)
        chosen = ColumnMapping(MAPPING.fields, heading_row=3)
        reading = read(path, table="partner_counts", mapping=chosen)
        aside = pq.read_table(reading.quarantine).to_pylist()
        assert [(row["row"], row["reason"]) for row in aside] == [(7, "date-unreadable")]
        assert "30/02/2026" in aside[0]["line"]

    def test_is_refused_when_a_column_it_reads_has_gone(self, read: Read, tmp_path: Path) -> None:
        path = as_csv(tmp_path / "x.csv", [("Ref", "Date of incident", "Ward", "Type of incident", "No."), *ROWS])
        expected = r"row 1, column “Incident date”: there is no such column; expected one column “Incident date”"
        with pytest.raises(sources.UnableToRead, match=expected):
            read(path, table="partner_counts", mapping=MAPPING)

    def test_reads_a_year_that_the_file_lacks_from_what_was_said_once(self, read: Read, data: Path) -> None:
        """The unlabelled quarters of 2011/12: rows of a year, which add up; the -1 is kept."""
        name = "prc_csp_robbery-burglary-theftperson_west-midlands_2011-12.csv"
        headings = ("CSP Name", "Offence Description", "Offence Group", "Offence Subgroup", "Offence Code")
        fields = [MappedField(heading, column=heading) for heading in headings]
        year = MappedField("Financial Year", constant="2011/12")
        count = MappedField("Number of Offences", column="Number of Offences")
        reading = read(
            data / "recorded-crime" / name, table="recorded_crime", mapping=ColumnMapping((year, *fields, count))
        )
        rows = pq.read_table(reading.rows).to_pylist()
        assert (reading.accepted, reading.quarantined) == (308, 0)
        assert min(row["count"] for row in rows) == -1
        assert {(row["period_from"], row["period_until"]) for row in rows} == {(date(2011, 4, 1), date(2012, 4, 1))}


class TestASavedMapping:
    @pytest.mark.parametrize(
        ("fields", "sentence"),
        [
            ((MappedField("Colour", column="x"),), "There is no field “Colour”"),
            ((*MAPPING.fields, MappedField("Count", column="n")), "“Count” is filled in twice"),
            (MAPPING.fields[1:], "“Period from” is asked for"),
            ((*MAPPING.fields[:-1], MappedField("Count")), "“Count” is filled from a column, or says the same"),
            (
                (*MAPPING.fields[:-1], MappedField("Count", column="n", writing="1/1")),
                "days are not written like “1/1”",
            ),
        ],
    )
    def test_is_held_against_the_layout(self, fields: tuple[MappedField, ...], sentence: str) -> None:
        layout = sources.layout_of("partner_counts")
        assert layout is not None
        with pytest.raises(sources.UnableToMap, match=sentence):
            sources.check_mapping(ColumnMapping(fields), layout)

    def test_goes_to_json_and_back(self) -> None:
        assert ColumnMapping.from_json(MAPPING.to_json()) == MAPPING
        with pytest.raises(sources.UnableToMap, match="cannot be read"):
            ColumnMapping.from_json({"fields": [{"name": "x"}], "sheet": "", "heading_row": 1})

    def test_is_seen_on_the_first_rows(self, tmp_path: Path) -> None:
        layout = sources.layout_of("partner_counts")
        assert layout is not None
        path = workbook(tmp_path / "x.xlsx", [THEIRS, *ROWS * 20])
        bare = sources.preview(path, path.name, layout=layout, mapping=None)
        assert (bare.columns, len(bare.rows), bare.rows[0][0]) == (THEIRS, 10, "a1")
        seen = sources.preview(path, path.name, layout=layout, mapping=MAPPING)
        assert seen.mapped[0] == ("2026-01-01", "2026-03-31", "ward", "E05001323", "Noise", "2026-01-31", "", "1204")


def example(tmp_path: Path, **changes: Any) -> Path:
    """A filled-in template as a workbook, with some cells changed."""
    layout = sources.layout_of("partner_counts", "fire")
    assert layout is not None
    row: dict[str, Any] = {field.heading: field.example for field in layout.fields}
    row.update({"Category": "Hoax call", "Sub-category": "", "Count": 1}, **changes)
    return workbook(tmp_path / "fire.xlsx", [layout.headings, list(row.values())])


class TestAWorkbook:
    def test_filled_in_from_the_template_needs_no_mapping(self, read: Read, tmp_path: Path) -> None:
        path = example(tmp_path, Date=datetime(2026, 2, 1), Time=time(10, 30))  # noqa: DTZ001
        rows = pq.read_table(read(path, table="partner_counts", prescribed="fire").rows).to_pylist()
        assert (rows[0]["occurred_on"], rows[0]["time_of_day"]) == (date(2026, 2, 1), "10:30")

    def test_says_that_numbers_are_stored_as_text(self, read: Read, tmp_path: Path) -> None:
        reading = read(example(tmp_path, Count="2"), table="partner_counts", prescribed="fire")
        assert "1 of the numbers under “Count” are stored as text; they were read all the same." in [
            note.sentence for note in reading.notes
        ]

    def test_is_refused_for_a_day_that_is_only_a_number_and_says_which_day(self, read: Read, tmp_path: Path) -> None:
        expected = (
            "row 2, column “Date”: the cell holds 46054, which Excel would show as the day 2026-02-01; expected a day"
        )
        with pytest.raises(sources.UnableToRead, match=expected):
            read(example(tmp_path, Date=46054), table="partner_counts", prescribed="fire")

    def test_is_refused_for_an_error_in_a_cell(self, read: Read, tmp_path: Path) -> None:
        with pytest.raises(sources.UnableToRead, match=r"row 2, column “Area”: the cell holds an error .*#REF!"):
            read(example(tmp_path, Area="#REF!"), table="partner_counts", prescribed="fire")

    def test_is_refused_for_a_formula_without_a_stored_value(self, read: Read, tmp_path: Path) -> None:
        with pytest.raises(sources.UnableToRead, match="a formula has no value stored with it"):
            read(example(tmp_path, Count="=1+1"), table="partner_counts", prescribed="fire")

    def test_is_read_for_stored_values_of_formulas_and_says_so(self, read: Read, tmp_path: Path) -> None:
        path = example(tmp_path, Count="=1+1")
        altered(path, b"</f><v></v>", b"</f><v>2</v>", b"</f><v/>", b"</f><v>2</v>", b"</f><v />", b"</f><v>2</v>")
        reading = read(path, table="partner_counts", prescribed="fire")
        assert pq.read_table(reading.rows)["count"].to_pylist() == [2]
        assert any(note.sentence.startswith("1 cell holds a formula; what was stored") for note in reading.notes)

    @pytest.mark.parametrize(("area", "what"), [("A1:C1", "headings"), ("A2:A3", "cells")])
    def test_is_refused_for_merged_cells(self, read: Read, tmp_path: Path, area: str, what: str) -> None:
        path = example(tmp_path)
        merged(path, area)
        with pytest.raises(sources.UnableToRead, match=rf"{what} are merged \({area}\)"):
            read(path, table="partner_counts", prescribed="fire")

    @pytest.mark.parametrize(
        ("part", "content", "sentence"),
        [
            ("xl/vbaProject.bin", b"x", "it holds macros"),
            ("xl/externalLinks/externalLink1.xml", b"<a/>", "it takes values from other files"),
            ("xl/extra.xml", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "a part of it declares a document type"),
            ("../outside.xml", b"<a/>", "its name leads out of the zip"),
            ("xl/more.zip", b"x", "it is an archive within the archive"),
            ("xl/big.bin", b"\0" * 30_000_000, "it says that it unpacks to 30,000,000 bytes"),
        ],
    )
    def test_that_could_do_harm_is_refused(
        self, read: Read, tmp_path: Path, part: str, content: bytes, sentence: str
    ) -> None:
        path = example(tmp_path)
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(part, content)
        with pytest.raises(sources.UnableToRead, match=sentence):
            read(path, table="partner_counts", prescribed="fire")

    def test_for_a_table_that_is_published_as_csv_is_refused_as_before(self, read: Read, tmp_path: Path) -> None:
        with pytest.raises(sources.UnableToRead, match="it is an Excel workbook or another Office document"):
            read(example(tmp_path))


class TestAParquetFile:
    def test_with_lists_in_it_is_refused(self, read: Read, tmp_path: Path) -> None:
        path = tmp_path / "x.parquet"
        pq.write_table(pa.table({"Count": [[1, 2]]}), path)
        with pytest.raises(sources.UnableToRead, match="column “Count”: the column is list"):
            read(path, table="partner_counts")

    def test_that_is_cut_short_is_refused(self, read: Read, tmp_path: Path) -> None:
        path = parquet(tmp_path / "x.parquet", [THEIRS, *ROWS])
        path.write_bytes(path.read_bytes()[:-20])
        with pytest.raises(sources.UnableToRead, match="the Parquet file is damaged"):
            read(path, table="partner_counts", mapping=MAPPING)


@cache
def whole_workbook() -> bytes:
    """A workbook, the same bytes whenever asked: it says when it was made."""
    with tempfile.TemporaryDirectory() as folder:
        return workbook(Path(folder, "x.xlsx"), [THEIRS, *ROWS]).read_bytes()


CELLS = st.one_of(
    st.none(),
    st.sampled_from(["31/01/2026", "2026-01-31", "E05001323", "ASB noise", "12", "-1", "1,204", "é\n=", '"', " "]),
    st.integers(-5, 50_000),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.dates(date(2025, 1, 1), date(2027, 1, 1)),
    st.booleans(),
)


@SLOW
@given(st.lists(st.lists(CELLS, min_size=5, max_size=5), max_size=6))
def test_every_row_of_a_workbook_is_accounted_for(rows: list[list[Any]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = workbook(Path(folder, "x.xlsx"), [THEIRS, *rows])
        written = sum(any(value not in (None, "") for value in row) for row in rows)
        try:
            reading = sources.read(path, into=Path(folder, "into"), table="partner_counts", mapping=MAPPING)
        except sources.UnableToRead:
            assert list(Path(folder, "into").iterdir()) == []
            return
        assert reading.rows_in == reading.accepted + reading.quarantined == written


@SLOW
@given(st.data())
def test_a_workbook_with_any_byte_altered_is_read_or_refused(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.xlsx")
        content = bytearray(whole_workbook())
        content[data.draw(st.integers(4, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(bytes(content))
        try:
            sources.read(path, into=Path(folder, "into"), table="partner_counts", mapping=MAPPING)
        except sources.UnableToRead:
            assert list(Path(folder, "into").iterdir()) == []


@SLOW
@given(st.data())
def test_a_parquet_file_with_any_byte_altered_is_read_or_refused(data: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = parquet(Path(folder, "x.parquet"), [THEIRS, *ROWS])
        content = bytearray(path.read_bytes())
        content[data.draw(st.integers(4, len(content) - 1))] ^= data.draw(st.integers(1, 255))
        path.write_bytes(bytes(content))
        try:
            sources.read(path, into=Path(folder, "into"), table="partner_counts", mapping=MAPPING)
        except sources.UnableToRead:
            assert list(Path(folder, "into").iterdir()) == []


def altered(path: Path, *pairs: bytes) -> None:
    """The same workbook with some bytes of its sheets replaced."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            for found, replaced in zip(pairs[::2], pairs[1::2], strict=True):
                content = content.replace(found, replaced)
            archive.writestr(name, content)
    path.write_bytes(buffer.getvalue())


def merged(path: Path, area: str) -> None:
    """The same workbook with cells merged."""
    altered(path, b"</sheetData>", f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode())

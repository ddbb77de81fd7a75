"""A health file with a person in it is refused whole, whatever it is kept in, and nobody is repeated."""

from __future__ import annotations

import string
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from tests.wardstats.sources.agency_rows import file_of, headings_of, row_of
from tests.wardstats.sources.conftest import Read
from tests.wardstats.sources.test_every_row import SLOW
from tests.wardstats.sources.test_mapped import CONTAINERS, workbook
from wardstats import sources
from wardstats.sources import ColumnMapping, MappedField

HEADINGS = headings_of("partner_counts", "health")
POSTCODES = st.builds(
    "{}{}{}{}{}".format,
    st.sampled_from(["WV1", "wv10", "B1", "EC1A", "M60", "SW1W"]),
    st.sampled_from([" ", "", "  ", "\u00a0"]),
    st.integers(0, 9),
    st.sampled_from("ABDEFGHJLNPQRSTUWXYZ"),
    st.sampled_from("ABDEFGHJLNPQRSTUWXYZ"),
)


@st.composite
def nhs_numbers(draw: st.DrawFn) -> str:
    """Numbers whose check digit is right, spaced or not."""
    while True:
        digits = [draw(st.integers(1, 9)), *[draw(st.integers(0, 9)) for _ in range(8)]]
        check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
        if check != 10:
            text = "".join(map(str, [*digits, check % 11]))
            return draw(
                st.sampled_from([text, f"{text[:3]} {text[3:6]} {text[6:]}", f"{text[:3]}-{text[3:6]}-{text[6:]}"])
            )


DAYS = st.dates(date(1920, 1, 1), date(2020, 1, 1)).flatmap(
    lambda day: st.sampled_from([f"{day:%d/%m/%Y}", f"{day:%Y-%m-%d}", f"{day:%d.%m.%y}", f"{day:%d %B %Y}"])
)
NAMES = st.builds(
    "{} {}".format,
    st.sampled_from(["Sarah", "mohammed", "Mr", "Mrs.", "GARETH"]),
    st.sampled_from(["Whitlock", "O'Brien", "Khan", "Smith-Jones"]),
)
PERSONAL = st.one_of(POSTCODES, nhs_numbers(), DAYS, NAMES)
WORDS = st.text(string.ascii_lowercase + " ", max_size=12)


@SLOW
@given(
    PERSONAL,
    st.sampled_from(sorted(CONTAINERS)),
    WORDS,
    st.integers(0, 4),
    st.sampled_from(["Category", "Sub-category", "extra"]),
)
def test_whoever_stands_anywhere_in_it_is_found_and_not_repeated(
    personal: str, container: str, around: str, position: int, column: str
) -> None:
    is_name = personal.split(" ")[0].strip(".").lower() in ("sarah", "mohammed", "gareth")
    value = personal if is_name else f"{around} {personal}".strip()
    headings = [*HEADINGS, "Remarks"]
    rows = [[*row_of("health"), ""] for _ in range(5)]
    rows[position][len(HEADINGS) if column == "extra" else HEADINGS.index(column)] = value
    with tempfile.TemporaryDirectory() as folder:
        path = CONTAINERS[container](Path(folder, container), [headings, *rows])
        with pytest.raises(sources.UnableToRead) as refused:
            sources.read(path, into=Path(folder, "into"), table="partner_counts", prescribed="health")
        assert not Path(folder, "into").exists()
        told = str(refused.value)
        assert personal not in told
        assert refused.value.row == position + 2
        assert refused.value.__cause__ is None
        assert container not in told


@SLOW
@given(st.sampled_from(["WV1", "B13", "EC1A"]), st.sampled_from(["Assault", "Domestic abuse"]), st.integers(0, 10**6))
def test_outward_postcodes_and_categories_pass(outward: str, category: str, count: int) -> None:
    row = row_of("health", area=outward, category=category, sub_category="", count=str(count))
    with tempfile.TemporaryDirectory() as folder:
        path = file_of(Path(folder, "q1.csv"), HEADINGS, [row])
        reading = sources.read(path, into=Path(folder, "into"), table="partner_counts", prescribed="health")
        assert (reading.accepted, reading.quarantined) == (1, 0)


@pytest.mark.parametrize(
    "category",
    ["Assault with a weapon", "Victoria Road disorder", "Overdose, 2nd call", "New Cross Hospital", "Code 12, grade 1",
     "Robbery (34A)",
     "Queen Street", "Stabbing or gunshot 04/2026", "Dudley Place"],
)  # fmt: skip
def test_free_categories_of_the_ambulance_service_pass(read: Read, tmp_path: Path, category: str) -> None:
    path = file_of(
        tmp_path / "q1.csv",
        headings_of("partner_counts", "ambulance"),
        [row_of("ambulance", category=category, sub_category="")],
    )
    assert read(path, table="partner_counts", prescribed="ambulance").accepted == 1


@pytest.mark.parametrize(
    ("heading", "what"),
    [
        ("Surname", "names of people"),
        ("Patient name", "names of people"),
        ("first_name", "names of people"),
        ("Date of Birth", "dates of birth"),
        ("DOB", "dates of birth"),
        ("NHS No", "NHS or hospital numbers"),
        ("Home address", "addresses"),
    ],
)
def test_a_column_headed_as_one_is_refused_even_when_it_is_empty(
    read: Read, tmp_path: Path, heading: str, what: str
) -> None:
    path = file_of(tmp_path / "q1.csv", [*HEADINGS, heading], [[*row_of("health"), ""]])
    with pytest.raises(
        sources.UnableToRead, match=rf"row 1, column “K \({heading}\)”: the column is headed as one of {what}"
    ):
        read(path, table="partner_counts", prescribed="health")


def test_a_file_without_headings_repeats_nobody(read: Read, tmp_path: Path) -> None:
    path = file_of(tmp_path / "Q1 Sarah Whitlock.csv", ["Whitlock", "Wombourne", "banana"], [["a", "b", "c"]])
    with pytest.raises(sources.UnableToRead) as refused:
        read(path, table="partner_counts", prescribed="health")
    assert not any(word in str(refused.value) for word in ("Whitlock", "Wombourne", "banana", "Sarah"))


def test_a_formula_or_a_faulty_row_repeats_nothing_and_refuses_the_whole(read: Read, tmp_path: Path) -> None:
    for number, changes in enumerate(({"category": "=Wombourne"}, {"category": "Wombourne"}, {"count": "Wombourne"})):
        path = file_of(tmp_path / f"{number}.csv", HEADINGS, [row_of("health"), row_of("health", **changes)])
        with pytest.raises(sources.UnableToRead) as refused:
            read(path, into=tmp_path / f"into-{number}", table="partner_counts", prescribed="health")
        assert "Wombourne" not in str(refused.value)
        assert refused.value.row == 3
        assert list((tmp_path / f"into-{number}").iterdir()) == []


def test_other_sheets_are_looked_through_as_well(read: Read, tmp_path: Path) -> None:
    book = Workbook()
    data = book.worksheets[0]
    for row in ([*HEADINGS], row_of("health")):
        data.append(row)
    hidden = book.create_sheet("Lookup")
    hidden.sheet_state = "hidden"
    hidden.append(["x"])
    hidden.append(["", "WV1 1AA"])
    book.save(tmp_path / "q1.xlsx")
    with pytest.raises(sources.UnableToRead, match="The file, row 2, column “sheet 2, B”: there is a full postcode"):
        read(tmp_path / "q1.xlsx", table="partner_counts", prescribed="health")


def test_columns_that_the_mapping_leaves_out_are_looked_through_too(read: Read, tmp_path: Path) -> None:
    mapping = ColumnMapping(
        (
            MappedField("Period from", constant="2026-01-01"),
            MappedField("Period to", constant="2026-03-31"),
            MappedField("Kind of area", constant="outward postcode"),
            MappedField("Area", column="District"),
            MappedField("Category", column="Cause", translations={"X": "Assault"}),
            MappedField("Date", column="Admitted", writing="31/01/2026"),
            MappedField("Count", constant="1"),
        )
    )
    headings = ("District", "Cause", "Admitted", "Discharged")
    good = workbook(tmp_path / "good.xlsx", [headings, ("WV1", "X", "31/01/2026", "")])
    assert read(good, table="partner_counts", prescribed="health", mapping=mapping).accepted == 1
    bad = workbook(tmp_path / "bad.xlsx", [headings, ("WV1", "X", "31/01/2026", date(1980, 5, 4))])
    with pytest.raises(
        sources.UnableToRead, match="row 2, column “D”: there is a day in a column that is not for days"
    ):
        read(bad, into=tmp_path / "bad", table="partner_counts", prescribed="health", mapping=mapping)


def test_a_zip_is_not_looked_into_and_so_refused(read: Read, data: Path) -> None:
    with pytest.raises(sources.UnableToRead, match="an archive or a folder, which cannot be looked into"):
        read(data / "city-of-london_2016-01.zip", table="partner_counts", prescribed="health")


@pytest.mark.parametrize(
    "prescribed", ["health", "ambulance", "fire", "council", "police-crimes", "police-incidents", ""]
)
def test_the_template_as_it_is_handed_out_is_read_and_its_example_set_aside(
    read: Read, tmp_path: Path, prescribed: str
) -> None:
    layout = sources.layout_of("partner_counts", prescribed)
    assert layout is not None
    for name, content in (("t.xlsx", sources.template_xlsx(layout)), ("t.csv", sources.template_csv(layout).encode())):
        (tmp_path / name).write_bytes(content)
        options: dict[str, Any] = {
            "table": "partner_counts",
            "prescribed": prescribed,
            "into": tmp_path / f"{name}-into",
        }
        if sources.is_health(prescribed):
            with pytest.raises(sources.UnableToRead, match="The file, row 2: The row is the example of the template"):
                read(tmp_path / name, **options)
        else:
            reading = read(tmp_path / name, **options)
            assert [(one.code, one.rows) for one in reading.reasons] == [("example-row", 1)]

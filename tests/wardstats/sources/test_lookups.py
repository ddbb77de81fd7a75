"""ONS lookups and populations as tables of one district."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from wardstats import sources, tables

WOLVERHAMPTON = "E08000031"


@pytest.fixture
def lookup(data: Path) -> pa.Table:
    """Wolverhampton's LSOAs of both versions in the wards of 2019 and of 2025."""
    folder = data / "lookups"
    return sources.area_lookup(
        district=WOLVERHAMPTON,
        changes=sources.read_changes(folder / "lsoa11_lsoa21_change_wolverhampton-rotherham.csv"),
        wards=[
            sources.read_wards(folder / "lsoa21_ward25_lad25_wolverhampton.csv"),
            sources.read_wards(folder / "lsoa11_ward19_lad19_wolverhampton.csv"),
        ],
    )


def rows_of(lookup: pa.Table, code: str, ward_version: str) -> list[dict[str, object]]:
    return [row for row in lookup.to_pylist() if (row["lsoa_code"], row["ward_version"]) == (code, ward_version)]


def test_both_versions_are_placed_in_both_sets_of_wards(lookup: pa.Table) -> None:
    tables.check(tables.AREA_LOOKUP, lookup.schema)
    counted = lookup.group_by(["lsoa_version", "ward_version"]).aggregate(
        [("lsoa_code", "count"), ("ward_code", "count")]
    )

    assert [tuple(row.values()) for row in counted.to_pylist()] == [
        (2011, "2019", 158, 158),
        (2021, "2019", 161, 161),
        (2011, "2025", 158, 157),
        (2021, "2025", 161, 161),
    ]
    assert set(lookup["district_code"].to_pylist()) == {WOLVERHAMPTON}


def test_an_area_split_between_two_wards_is_in_neither(lookup: pa.Table) -> None:
    [old] = rows_of(lookup, "E01010435", "2025")
    [before] = rows_of(lookup, "E01010435", "2019")
    [one], [other] = rows_of(lookup, "E01034310", "2025"), rows_of(lookup, "E01034311", "2025")

    assert (old["ward_code"], old["change"], old["successors"]) == (None, "S", "E01034310;E01034311")
    assert before["ward_name"] == "Bushbury South and Low Hill"
    assert (one["ward_name"], other["ward_name"]) == ("Bushbury South & Low Hill", "Oxley")


def test_an_area_split_within_a_ward_stays_in_it(lookup: pa.Table) -> None:
    [row] = rows_of(lookup, "E01010521", "2025")
    assert row["ward_name"] == "St Peters"


def test_a_merger_is_read(data: Path) -> None:
    changes = sources.read_changes(data / "lookups" / "lsoa11_lsoa21_change_wolverhampton-rotherham.csv")
    merged = [change for change in changes if change.kind.value == "M"]
    assert [(c.code_2011, c.code_2021) for c in merged] == [("E01007813", "E01034253"), ("E01007814", "E01034253")]


def test_a_lookup_of_something_else_is_refused(data: Path, tmp_path: Path) -> None:
    population = data / "population" / "census2021_ts001_lsoa21_wolverhampton.csv"
    with pytest.raises(sources.UnableToRead, match="no heading for lsoa"):
        sources.read_wards(population)
    with pytest.raises(sources.UnableToRead, match="“lsoa11_code”: there is no such heading"):
        sources.read_changes(population)

    wrong = tmp_path / "changes.csv"
    wrong.write_text("lsoa11_code,lsoa11_name,change_code,lsoa21_code,lsoa21_name,ltla22_code\nE1,a,Z,E2,b,E3\n")
    with pytest.raises(sources.UnableToRead, match=r"changes.csv, row 2, column “change_code”: “Z”"):
        sources.read_changes(wrong)


@pytest.mark.parametrize(
    ("name", "areas", "people", "day"),
    [
        ("census2021_ts001_lsoa21_wolverhampton.csv", 161, 263_730, date(2021, 3, 21)),
        ("mid2020_single-year-of-age_lsoa11_wolverhampton.csv", 158, 264_407, date(2020, 6, 30)),
    ],
)
def test_populations_add_up_to_the_districts(
    data: Path, lookup: pa.Table, name: str, areas: int, people: int, day: date
) -> None:
    codes = set(lookup["lsoa_code"].to_pylist())
    population = sources.read_population(data / "population" / name, areas=codes)

    tables.check(tables.POPULATION, population.schema)
    assert (population.num_rows, pc.sum(population["population"]).as_py()) == (areas, people)
    assert set(population["reference_date"].to_pylist()) == {day}


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ("total,mnemonic\nmany,E01010410\n", "row 2, column “total”: “many” is not a number of people"),
        ("total,mnemonic\n-3,E01010410\n", "“-3” is not a number"),
        ("total,mnemonic\n3,E01000001\n", "none of the areas asked for"),
        ("people,code\n3,E01010410\n", "the headings are of no known publication"),
        (
            "lsoa11_code,total_population," + ",".join(map(str, range(90))) + "\nE01010410,89," + ",".join(["1"] * 90),
            "the ages add up to 90; expected at most 89",
        ),
    ],
)
def test_a_population_that_cannot_be_is_refused(tmp_path: Path, content: str, found: str) -> None:
    source = tmp_path / "population.csv"
    source.write_text(content)
    with pytest.raises(sources.UnableToRead, match=found):
        sources.read_population(source, areas={"E01010410"})

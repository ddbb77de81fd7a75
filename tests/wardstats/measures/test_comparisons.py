"""One district held against others, on the real published counts of England and Wales, with the real holes in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tests.wardstats.measures.conftest import COUNTS_OF_DISTRICTS as COUNTS
from tests.wardstats.measures.conftest import DISTRICT, REFERENCE, broken, kept
from wardstats import Evidence, Reader, Result, Snapshot, UnableToCompute, compute, disclose
from wardstats.sources import (
    UnableToRead,
    read_breaks,
    read_district_counts,
    read_district_population,
)

YEAR = {"from": "2024-11", "until": "2025-11"}


@pytest.fixture(scope="session")
def reader(evidence: Evidence, national: tuple[Snapshot, ...], register: Snapshot) -> Reader:
    return Reader(Evidence((*evidence.snapshots, *national, register)), DISTRICT)


def own(result: Result) -> dict[str, Any]:
    return dict(result.rows[result.facts["rate"].row])


class TestDistrictsCompared:
    def test_counts_the_districts_of_the_force_by_rate(self, reader: Reader) -> None:
        result = compute("districts-compared", reader, **YEAR)
        assert [row["area"] for row in result.rows][-1] == "All compared"
        assert len(result.rows) == 8
        rates = [row["rate"] for row in result.rows[:-1]]
        assert rates == sorted(rates, reverse=True)
        assert result.title.startswith("Crimes per 1,000 residents: Wolverhampton and the districts of West Midlands, ")

    def test_gives_the_number_that_the_published_file_gives(self, reader: Reader) -> None:
        rows = read_district_counts(COUNTS).to_pylist()
        by_hand = sum(
            row["count"]
            for row in rows
            if row["area_code"] == DISTRICT
            and row["crime_type"] != "Anti-social behaviour"
            and date(2024, 11, 1) <= row["month"] < date(2025, 11, 1)
        )
        found = own(compute("districts-compared", reader, **YEAR))
        assert found["count"] == by_hand == compute("crime-count", reader, **YEAR).rows[0]["count"]
        assert found["rate"] == pytest.approx(1000 * by_hand / 263_726, rel=1e-3)

    def test_leaves_out_whom_the_register_names_and_says_so(self, reader: Reader) -> None:
        result = compute("districts-compared", reader, **YEAR, peers="metropolitan-districts")
        said = next(caveat.sentence for caveat in result.caveats if caveat.code == "left-out")
        assert said.startswith("10 districts are left out, 26 are compared. Bolton, Bury, Manchester")
        assert "has sent no crimes to data.police.uk since July 2019" in said
        assert not {"Manchester", "Salford"} & {row["area"] for row in result.rows}
        assert disclose(result).fact("compared") == "26"

    def test_leaves_out_gwent_only_where_the_period_reaches_its_hole(self, reader: Reader) -> None:
        areas = [
            {row["area"] for row in compute("districts-compared", reader, **period, peers="nation").rows}
            for period in (YEAR, {"from": "2024-09", "until": "2025-09"})
        ]
        assert "Newport" not in areas[0]
        assert "Newport" in areas[1]

    def test_leaves_out_adur_while_its_rows_are_doubled(self, reader: Reader) -> None:
        doubled = compute("districts-compared", reader, **{"from": "2023-07", "until": "2023-10"}, peers="nation")
        assert "Adur" not in {row["area"] for row in doubled.rows}

    def test_judges_by_how_much_such_districts_differ(self, reader: Reader) -> None:
        result = compute("districts-compared", reader, **YEAR, peers="nation")
        judged = [row["judgement"] for row in result.rows[:-1]]
        assert judged.count("similar") / len(judged) > 0.8
        assert own(result)["judgement"] in {"higher", "similar", "lower"}

    def test_names_its_evidence(self, reader: Reader, national: tuple[Snapshot, ...], register: Snapshot) -> None:
        lineage = compute("districts-compared", reader, **YEAR).lineage
        assert set(lineage.snapshots) == {one.sha256 for one in (*national, register)}
        assert lineage.parameters["peers"] == "force"

    def test_uses_the_membership_of_the_period(
        self, evidence: Evidence, national: tuple[Snapshot, ...], tmp_path: Path
    ) -> None:
        groups = pq.read_table(national[-1].path).to_pylist()
        ended = [
            row | {"group_code": "similar", "until": date(2024, 4, 1)}
            for row in groups
            if row["group_code"] == "metropolitan-districts"
        ]
        later = [row | {"since": date(2024, 4, 1), "until": None} for row in ended[-8:]]
        changed = kept(tmp_path, "peer_groups", pa.Table.from_pylist([*ended, *later]))
        reader = Reader(Evidence((*evidence.snapshots, *national[:-1], changed)), DISTRICT)
        before = compute("districts-compared", reader, **{"from": "2023-06", "until": "2024-03"}, peers="similar")
        after = compute("districts-compared", reader, **{"from": "2024-06", "until": "2025-03"}, peers="similar")
        assert (len(before.rows), len(after.rows)) == (37, 9)

    def test_says_what_is_missing(self, reader: Reader, evidence: Evidence) -> None:
        with pytest.raises(UnableToCompute, match="nobody to compare with"):
            compute("districts-compared", Reader(evidence, DISTRICT), **YEAR)
        with pytest.raises(UnableToCompute, match="no member of the group “coastal”"):
            compute("districts-compared", reader, **YEAR, peers="coastal")
        with pytest.raises(UnableToCompute, match="No counts of other districts are kept for"):
            compute("districts-compared", reader, **{"from": "2023-01", "until": "2024-01"})

    def test_hides_small_counts_and_what_tells_of_them(self, reader: Reader) -> None:
        month = {"from": "2025-09", "until": "2025-10"}
        disclosed = disclose(compute("districts-compared", reader, **month, crime_type="Possession of weapons"))
        for row in disclosed.rows[:-1]:
            assert not isinstance(row["count"], int) or row["count"] == 0 or row["count"] >= 5


class TestTheRegisterOfBreaks:
    def test_is_consulted_by_every_measure(self, reader: Reader, register: Snapshot) -> None:
        for code in ("crime-count", "crime-rate", "crime-change", "crime-monthly", "crime-by-type", "areas-ranked"):
            assert register.sha256 in compute(code, reader).lineage.snapshots

    def test_says_nothing_of_a_district_that_it_does_not_name(self, reader: Reader) -> None:
        result = compute("crime-count", reader, **YEAR)
        assert not [caveat for caveat in result.caveats if caveat.code.startswith("break-")]

    def test_marks_a_comparison_across_a_step(self, evidence: Evidence, tmp_path: Path) -> None:
        row = compute("crime-change", broken(tmp_path, evidence), **YEAR).rows[0]
        assert (row["percent"], row["lower"], row["verdict"]) == (None, None, "not comparable")
        assert row["difference"] == row["after"] - row["before"]

    def test_compares_what_lies_on_one_side_of_it(self, evidence: Evidence, tmp_path: Path) -> None:
        reader = broken(tmp_path, evidence)
        row = compute("crime-change", reader, **{"from": "2025-05", "until": "2025-11"}).rows[0]
        assert row["verdict"] != "not comparable"

    def test_marks_only_the_type_it_is_about_and_the_total(self, evidence: Evidence, tmp_path: Path) -> None:
        rows = compute("type-change", broken(tmp_path, evidence, crime_type="Burglary"), **YEAR).rows
        marked = {row["crime_type"] for row in rows if row["verdict"] == "not comparable"}
        assert marked == {"Burglary", "All crime"}

    def test_restarts_the_limits_of_a_control_chart_at_a_step(self, evidence: Evidence, tmp_path: Path) -> None:
        reader = broken(tmp_path, evidence, since=date(2024, 7, 1))
        result = compute("crime-monthly", reader)
        whole = compute("crime-monthly", Reader(evidence, DISTRICT))
        centres = [row["centre"] for row in result.rows]
        at = next(at for at, row in enumerate(result.rows) if row["month"] == "2024-07")
        assert len(set(centres[:at])) == len(set(centres[at:])) == 1
        assert centres[0] == whole.rows[0]["centre"] != centres[-1]
        own = [row["count"] for row in whole.rows[at : at + 12]]
        assert centres[-1] == pytest.approx(sum(own) / 12)
        said = {one.code: one.sentence for one in result.caveats}
        assert said["limits-restart"].startswith("Average and limits restart in July 2024")
        assert "July 2024 to June 2025" in said["limits-from"]

    def test_gives_no_number_for_a_month_with_a_hole(self, evidence: Evidence, tmp_path: Path) -> None:
        hole = {"kind": "partial", "since": date(2025, 2, 1), "until": date(2025, 4, 1)}
        reader = broken(tmp_path, evidence, **hole)
        result = compute("crime-monthly", reader, **YEAR)
        empty = [row["month"] for row in result.rows if row["count"] is None]
        assert empty == ["2025-02", "2025-03"]
        assert "break-own" in {caveat.code for caveat in result.caveats}
        with pytest.raises(UnableToCompute, match="February 2025 and March 2025 are not all or not true"):
            compute("crime-change", reader, **YEAR)


class TestTheFiles:
    def test_a_row_at_fault_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "series-breaks.csv"
        text = (REFERENCE / "series-breaks.csv").read_text(encoding="utf-8").replace(",absent,2019-07", ",gone,2019-07")
        path.write_text(text, encoding="utf-8")
        with pytest.raises(UnableToRead, match=r"series-breaks.csv, row 2: 'gone' is not a valid BreakKind"):
            read_breaks(path)

    def test_a_district_counted_twice_is_refused(self, tmp_path: Path) -> None:
        path = tmp_path / "counts.csv"
        path.write_text("Month,LAD code,LAD name,Crime type,Count\n2025-01,E1,A,Drugs,3\n2025-01,E1,A,Drugs,4\n")
        with pytest.raises(UnableToRead, match="row 3: it says again what row 2 says"):
            read_district_counts(path)

    @pytest.mark.parametrize("count", ["-1", "3.5", "", "three", "²"])
    def test_a_count_that_is_none_is_refused(self, tmp_path: Path, count: str) -> None:
        path = tmp_path / "counts.csv"
        path.write_text(f"Month,LAD code,LAD name,Crime type,Count\n2025-01,E1,A,Drugs,{count}\n", encoding="utf-8")
        with pytest.raises(UnableToRead, match=r"row 2: .* is not a whole number"):
            read_district_counts(path)

    def test_the_districts_made_in_2023_have_the_residents_of_those_they_were_made_of(self) -> None:
        found = {
            row["area_code"]: row["population"]
            for row in read_district_population(
                REFERENCE / "census2021_age-band-sex_lad21_england-wales.csv"
            ).to_pylist()
        }
        assert found["E06000066"] == sum(found[code] for code in ("E07000187", "E07000188", "E07000189", "E07000246"))

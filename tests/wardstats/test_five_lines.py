"""From downloaded files to a chart: in a notebook's five lines, and as a command."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import wardstats as ws
from wardstats import command
from wardstats.sources import UnableToRead

DATA = Path(__file__).parent / "data"
DISTRICT = "E08000031"
FILES = {
    "changes": DATA / "lsoa11_lsoa21_change_wolverhampton.csv",
    "wards": DATA / "lsoa21_ward25_wolverhampton.csv",
    "population": DATA / "census2021_usual-residents_lsoa21_wolverhampton.csv",
}
COUNTS = DATA / "wolverhampton_lsoa_month_crime-type_2023-05_2025-10.csv.gz"
SMALL = {"from": "2024-11", "until": "2025-11", "level": "lsoa21", "crime_type": "Robbery"}


@pytest.fixture(scope="module")
def evidence(tmp_path_factory: pytest.TempPathFactory) -> ws.Evidence:
    """The real counts of Wolverhampton, read from the files as downloaded."""
    return ws.evidence_from(counts=COUNTS, **FILES, into=tmp_path_factory.mktemp("kept"))


@pytest.fixture(scope="module")
def reader(evidence: ws.Evidence) -> ws.Reader:
    """The evidence, read."""
    return ws.Reader(evidence, DISTRICT)


@pytest.fixture(scope="module")
def wards(reader: ws.Reader) -> ws.Result:
    """Wards by rate."""
    return ws.compute("areas-ranked", reader, by="rate")


def asked(*more: str, kept: Path) -> list[str]:
    """The command's arguments."""
    files = [f"--{name}={path}" for name, path in FILES.items()]
    return ["figure", "areas-ranked", f"--counts={COUNTS}", *files, f"--kept={kept}", *more]


class TestEvidence:
    def test_reads_street_rows_and_says_what_it_set_aside(self, tmp_path: Path) -> None:
        month = DATA / "street" / "2014-01"
        supply = tmp_path / "supply" / month.name
        supply.mkdir(parents=True)
        for path in month.iterdir():
            (supply / path.name).write_bytes(path.read_bytes())
        first = supply / "2014-01-btp-street.csv"
        first.write_bytes(first.read_bytes().rstrip() + b"\n,1999-13,B,B,,,No Location,,,Drugs,,\n")
        with pytest.warns(UserWarning, match="1 of .* rows were set aside"):
            found = ws.evidence_from(street=supply.parent, **FILES, into=tmp_path / "kept")
        assert {kept.table for kept in found.snapshots} == {"street_crime", "area_lookup", "population"}

    def test_reads_nothing_twice(self, evidence: ws.Evidence) -> None:
        kept = evidence.of("area_month_counts")[0].path
        before = kept.stat()
        again = ws.evidence_from(counts=COUNTS, **FILES, into=kept.parents[1])
        assert again == evidence
        assert kept.stat().st_mtime_ns == before.st_mtime_ns

    def test_needs_something_to_count(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToRead, match="neither street rows nor counts"):
            ws.evidence_from(**FILES, into=tmp_path)

    def test_knows_every_district_of_the_lookups(self, tmp_path: Path) -> None:
        changes = DATA / "lookups" / "lsoa11_lsoa21_change_wolverhampton-rotherham.csv"
        found = ws.evidence_from(counts=COUNTS, changes=changes, wards=FILES["wards"], into=tmp_path)
        with pytest.raises(ws.UnableToCompute, match="Which district"):
            ws.Reader(found)


class TestShowing:
    def test_a_chart_shows_its_picture_and_says_what_is_in_it(self, wards: ws.Result) -> None:
        shown = ws.chart(ws.disclose(wards))._repr_mimebundle_()
        assert shown["image/svg+xml"].startswith("<svg")
        assert 'alt="Crimes per 1,000 residents by ward in Wolverhampton' in shown["text/html"]
        assert "St Peters 279.3" in shown["text/plain"]

    def test_a_table_shows_everything_that_must_be_read_with_it(self, wards: ws.Result) -> None:
        disclosed = ws.disclose(wards)
        shown = disclosed._repr_mimebundle_()["text/html"]
        assert f"<caption>{disclosed.title}</caption>" in shown
        assert all(note.split("“")[0] in shown for note in disclosed.notes)

    def test_a_result_shows_what_may_be_printed_and_no_more(self, reader: ws.Reader) -> None:
        result = ws.compute("areas-ranked", reader, **SMALL)
        small = [row["area"] for row in result.rows if row["count"] in (1, 2, 3, 4)]
        assert small
        shown = result._repr_mimebundle_()
        assert shown == ws.disclose(result)._repr_mimebundle_()
        assert all(shown[kind].count("[c]") >= len(small) for kind in shown)

    @pytest.mark.parametrize(("name", "begins"), [("a.svg", b"<svg"), ("a.png", b"\x89PNG")])
    def test_a_chart_is_saved_as_its_name_says(
        self, wards: ws.Result, tmp_path: Path, name: str, begins: bytes
    ) -> None:
        assert ws.chart(ws.disclose(wards)).save(tmp_path / name).read_bytes().startswith(begins)

    def test_an_undisclosed_result_is_not_drawn(self, wards: ws.Result) -> None:
        undisclosed: Any = wards
        with pytest.raises(Exception, match="disclose"):
            ws.chart(undisclosed)


class TestCommand:
    @pytest.mark.parametrize("ending", ["svg", "csv", "html"])
    def test_writes_a_figure_and_says_it(
        self, evidence: ws.Evidence, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
    ) -> None:
        kept, out = evidence.of("area_month_counts")[0].path.parents[1], tmp_path / f"wards.{ending}"
        assert command.main([*asked("--by=rate", f"--out={out}", kept=kept)]) == 0
        assert "St Peters" in out.read_text(encoding="utf-8-sig")
        said = capsys.readouterr().out
        assert said.startswith("Crimes per 1,000 residents by ward in Wolverhampton")
        assert "Residents: ONS, Census 2021" in said

    @pytest.mark.parametrize(
        ("more", "reason"),
        [
            ("--level=ward99", "ward99"),
            ("--from=yesterday", "is a month such as 2025-10"),
            ("--out=wards.docx", "a picture's name ends in .svg or .png"),
            ("--district=E09000001", "E09000001"),
        ],
    )
    def test_says_in_a_sentence_what_cannot_be(
        self, evidence: ws.Evidence, capsys: pytest.CaptureFixture[str], more: str, reason: str
    ) -> None:
        kept = evidence.of("area_month_counts")[0].path.parents[1]
        assert command.main(asked(more, kept=kept)) == 2
        said = capsys.readouterr().err
        assert said.startswith("wardstats: ")
        assert reason in said

    def test_lists_the_measures(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert command.main(["measures"]) == 0
        assert {measure.code for measure in ws.all_measures()} <= set(capsys.readouterr().out.split())

"""What paper leaves out and says once, and that it never leaves out what differs."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.wardwell.publication.documents.examples import Parts, Table, document, figures, typeface
from tests.wardwell.publication.documents.reading import tables_of_pdf
from wardstats.disclosure import Cell, Disclosed, ResultColumn, Sum, Value, disclose
from wardwell.publication.documents import pages, portable, structure
from wardwell.publication.documents.annex import origins, shared_caveats
from wardwell.publication.documents.document import FigureHere, Section
from wardwell.publication.documents.paper import on_paper


def series(months: int = 30, *, small: bool = False) -> Disclosed:
    """A series by month with an average that is the same throughout."""
    columns = (
        ResultColumn("month", "Month", "month"),
        ResultColumn("count", "Crimes", "count"),
        ResultColumn("value", "Charted value", "rate", "", 0, ("count",)),
        ResultColumn("centre", "Average", "rate", "", 1, also_on=tuple(Cell(at, "count") for at in range(months))),
        ResultColumn("special", "Variation", "text"),
    )
    rows: list[dict[str, Value]] = [
        {
            "month": f"{2023 + at // 12}-{at % 12 + 1:02}",
            "count": 3 if small and not at else 100 + at,
            "value": float(3 if small and not at else 100 + at),
            "centre": 114.5,
            "special": "above the limits" if at > 20 else "within ordinary variation",
        }
        for at in range(months)
    ]
    facts = {"brookfield": Cell(0, "count"), "all": Cell(1, "count")}
    return disclose(Table("Crimes by month", columns, tuple(rows), facts))


def ranking() -> Disclosed:
    """Areas with a place in the order, which their total has not."""
    counts = tuple(Cell(at, "count") for at in range(4))
    columns = (
        ResultColumn("area", "Area", "text"),
        ResultColumn("area_code", "Code", "text"),
        ResultColumn("count", "Crimes", "count"),
        ResultColumn("rank", "Place", "number", also_on=counts),
    )
    rows: list[dict[str, Value]] = [
        {"area": f"Area {at}", "area_code": f"E{at}", "count": 90 - at, "rank": at + 1} for at in range(4)
    ]
    rows.append({"area": "All areas", "area_code": "E9", "count": 354, "rank": None})
    return disclose(Table("Areas", columns, tuple(rows), {}, (Sum(Cell(4, "count"), counts),)))


class TestPaper:
    def test_says_once_what_is_the_same_in_every_row(self) -> None:
        table = on_paper(series())
        assert table.columns == ("month", "count", "special")
        assert table.beneath == "Throughout: average 114.5."

    def test_sets_a_long_series_in_two_halves(self) -> None:
        assert on_paper(series()).pieces == (range(15), range(15, 30))
        assert on_paper(series(12)).pieces == (range(12),)

    def test_keeps_what_is_hidden_in_its_place(self) -> None:
        table = on_paper(series(small=True))
        assert "centre" in table.columns

    def test_leaves_codes_to_the_data_file_and_says_so(self) -> None:
        table = on_paper(ranking())
        assert table.columns == ("area", "count", "rank")
        assert table.beneath == "The data file has codes of areas."

    def test_prints_every_row_of_both_halves_in_a_tagged_pdf(self) -> None:
        long = replace(figures()[1], disclosed=series())
        made = portable.pdf(document(Parts(figures=(figures()[0], long))), typeface())
        halves = [table for table in tables_of_pdf(made) if table[0] == ["Month", "Crimes", "Variation"]]
        assert [len(half) - 1 for half in halves] == [15, 15]
        assert structure.check(made) == ()


class TestPlaces:
    def test_of_a_total_are_neither_hidden_nor_missing(self) -> None:
        found = ranking()
        assert found.text(Cell(4, "rank")) == "–"
        assert not any(note.startswith("[x]") for note in found.notes)


class TestAnnex:
    def test_says_once_what_three_figures_carry_and_which_they_are(self) -> None:
        burglary, robbery = figures()
        more = [replace(burglary, slug=f"burglary-{at}") for at in (2, 3)]
        where = Section("More", tuple(FigureHere(one.slug) for one in more))
        found = document(Parts(sections=(*document().sections, where), figures=(burglary, robbery, *more)))
        (shared,) = shared_caveats(found)
        assert (shared.sentence, shared.figures) == ("The last month is provisional.", "Figures 1, 3 and 4")
        page = pages.body(found)
        assert page.count("The last month is provisional.") == 1
        assert page.count("how to read these figures") == 3

    def test_leaves_a_caveat_of_fewer_beside_its_figure(self) -> None:
        assert shared_caveats(document()) == ()
        assert "The last month is provisional." in pages.body(document())

    @pytest.mark.parametrize("at", [0, 1])
    def test_names_every_file_measure_and_question(self, at: int) -> None:
        found = origins(document())[at]
        assert (found.number, found.files, found.measure) == (str(at + 1), "A", "crimes-by-month, version 1")
        assert found.asked == "type of crime burglary; months 4"

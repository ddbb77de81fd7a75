"""Disclosed tables as parts of a page: classes of a map are made of what is printed, and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest

from wardstats import Caveat, Cell, Disclosed, ResultColumn, disclose
from wardstats.disclosure import Sum
from wardwell.web.components import Map
from wardwell.web.components.results import map_of, table_of


@dataclass(frozen=True)
class Counted:
    """A table of counts by area, as a measure would describe it."""

    counts: tuple[int, ...]
    title: str = "Crimes by ward"
    chart: str = "bars"
    caveats: tuple[Caveat, ...] = (Caveat("care", "Read it with care."),)
    ordered_by: str | None = None
    facts: dict[str, Cell] = field(default_factory=dict)

    @property
    def columns(self) -> tuple[ResultColumn, ...]:
        return (
            ResultColumn("area", "Area", "text"),
            ResultColumn("area_code", "Code", "text"),
            ResultColumn("count", "Crimes", "count"),
        )

    @property
    def rows(self) -> tuple[dict[str, Any], ...]:
        each = [{"area": f"Ward {at}", "area_code": f"W{at}", "count": count} for at, count in enumerate(self.counts)]
        return (*each, {"area": "All", "area_code": "D", "count": sum(self.counts)})

    @property
    def sums(self) -> tuple[Sum, ...]:
        last = len(self.counts)
        return (Sum(Cell(last, "count"), tuple(Cell(at, "count") for at in range(last))),)

    def provenance(self) -> dict[str, Any]:
        """Nothing that these tests read."""
        return {}


def disclosed(*counts: int) -> Disclosed:
    """The counts, disclosed."""
    return disclose(Counted(counts))


def mapped(*counts: int) -> Map:
    """The counts, on a map."""
    of = disclosed(*counts)
    return map_of(of, value="count", boundaries="/boundaries", table=table_of(of))


def legend(*counts: int) -> list[tuple[str, str]]:
    """The legend of a map of these counts."""
    return [(one.name, one.label) for one in mapped(*counts).classes]


@pytest.mark.parametrize(
    ("counts", "classes"),
    [
        (
            range(10, 20),
            [("1", "10 to 11"), ("2", "12 to 13"), ("3", "14 to 15"), ("4", "16 to 17"), ("5", "18 to 19")],
        ),
        ((0, 0, 0, 0, 7), [("1", "0"), ("5", "7")]),
        ((9, 9, 9), [("1", "9")]),
        ((0, 0), [("1", "0")]),
    ],
)
def test_classes_go_from_light_to_dark(counts: Any, classes: list[tuple[str, str]]) -> None:
    assert legend(*counts) == classes


def test_hidden_values_have_a_class_of_their_own_and_no_number() -> None:
    shown = mapped(3, 30, 40, 2, 50)
    hidden = {area.code: area.text for area in shown.areas if area.class_name == "suppressed"}
    assert hidden == {"W0": "[c]", "W3": "[c]"}
    assert ("suppressed", "Not shown: the number is small, or would reveal a small one") in legend(3, 30, 40, 2, 50)


def test_totals_are_in_the_foot_of_the_table_and_not_on_the_map() -> None:
    table = table_of(disclosed(10, 20), leave_out={"area_code"})
    assert [cell.text for cell in table.foot] == ["All", "30"]
    assert [cell.text for cell in table.headings] == ["Area", "Crimes"]
    assert [area.code for area in mapped(10, 20).areas] == ["W0", "W1"]


def test_caveats_travel_with_the_map() -> None:
    assert "Read it with care." in mapped(10, 20).caveats

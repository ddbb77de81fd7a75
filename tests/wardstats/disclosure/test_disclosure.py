"""Nothing that is hidden can be worked out, nothing is printed that was not disclosed."""

from __future__ import annotations

import json
import pickle
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.disclosure import (
    SUPPRESSED,
    Caveat,
    Cell,
    Chosen,
    Disclosed,
    DisclosureRule,
    ResultColumn,
    Sum,
    UnableToDisclose,
    Value,
    difference_reveals,
    disclose,
    feasible_ranges,
    read_disclosed,
    recoverable,
)


@dataclass(frozen=True)
class Figures:
    """A small table that describes itself."""

    columns: tuple[ResultColumn, ...]
    rows: tuple[Mapping[str, Value], ...]
    facts: Mapping[str, Cell] = field(default_factory=dict)
    sums: tuple[Sum, ...] = ()
    caveats: tuple[Caveat, ...] = ()
    ordered_by: str | None = None
    title: str = "Burglary by ward"
    chart: str = "bars"

    def provenance(self) -> Mapping[str, object]:
        return {"lineage": {"snapshots": ["ab12"]}}


def grid(cells: list[list[int]]) -> Figures:
    """A table of counts with its row totals, column totals and grand total, all published."""
    wide = [[*row, sum(row)] for row in cells]
    wide.append([sum(column) for column in zip(*wide, strict=True)])
    names = [f"c{at}" for at in range(len(wide[0]))]
    rows: tuple[dict[str, Value], ...] = tuple(
        {"area": f"row {at}", **dict(zip(names, row, strict=True))} for at, row in enumerate(wide)
    )
    across = [Sum(Cell(at, names[-1]), tuple(Cell(at, name) for name in names[:-1])) for at in range(len(wide))]
    down = [Sum(Cell(len(wide) - 1, name), tuple(Cell(at, name) for at in range(len(wide) - 1))) for name in names]
    columns = (ResultColumn("area", "Area", "text"), *(ResultColumn(name, name, "count") for name in names))
    return Figures(columns, rows, sums=(*across, *down))


def listed(*counts: int) -> Figures:
    """Wards with a count and a rate, and their total."""
    rows: list[dict[str, Value]] = [
        {"area": f"Ward {at}", "count": count, "rate": count / 7} for at, count in enumerate(counts)
    ]
    total: dict[str, Value] = {"area": "All", "count": sum(counts), "rate": sum(counts) / 70}
    last = len(rows)
    return Figures(
        columns=(
            ResultColumn("area", "Area", "text"),
            ResultColumn("count", "Crimes", "count"),
            ResultColumn("rate", "Rate", "rate", "per 1,000 residents", 1, ("count",)),
        ),
        rows=(*rows, total),
        facts={"first": Cell(0, "count"), "total": Cell(last, "count")},
        sums=(Sum(Cell(last, "count"), tuple(Cell(at, "count") for at in range(last))),),
        caveats=(Caveat("c", "Mind this."),),
    )


class TestDisclose:
    def test_hides_small_counts_and_what_is_derived_from_them(self) -> None:
        found = disclose(listed(3, 40, 60, 2))
        assert [row[1:] for row in found.as_text_rows()[:2]] == [("[c]", "[c]"), ("40", "5.7")]

    def test_hides_a_companion_so_that_the_total_gives_nothing_away(self) -> None:
        found = disclose(listed(3, 40, 60))
        assert [row[1] for row in found.as_text_rows()] == ["[c]", "[c]", "60", "103"]
        assert recoverable(found) == {}

    def test_hides_one_more_when_two_small_counts_have_a_small_sum(self) -> None:
        found = disclose(listed(1, 1, 40, 60))
        assert [row[1] for row in found.as_text_rows()] == ["[c]", "[c]", "[c]", "60", "102"]

    def test_prints_nought_unless_the_rule_says_not(self) -> None:
        assert disclose(listed(0, 40, 60)).as_text_rows()[0][1] == "0"
        assert disclose(listed(0, 40, 60), DisclosureRule(show_zero=False)).as_text_rows()[0][1] == "[c]"

    def test_follows_a_higher_threshold(self) -> None:
        assert disclose(listed(8, 40, 60), DisclosureRule(threshold=10)).as_text_rows()[0][1] == "[c]"

    def test_hides_a_whole_column_that_is_derived_from_every_row(self) -> None:
        figures = listed(3, 40, 60)
        everywhere = tuple(Cell(at, "count") for at in range(3))
        mean = ResultColumn("mean", "Average", "rate", decimals=1, also_on=everywhere)
        rows = tuple({**row, "mean": 103 / 3} for row in figures.rows)
        found = disclose(replace(figures, columns=(*figures.columns, mean), rows=rows))
        assert {row[3] for row in found.as_text_rows()} == {"[c]"}

    def test_moves_hidden_rows_out_of_the_order_and_facts_with_them(self) -> None:
        figures = replace(listed(60, 50, 3, 2, 1), ordered_by="count", facts={"third": Cell(2, "area")})
        found = disclose(figures)
        assert [row[0] for row in found.as_text_rows()] == ["Ward 0", "Ward 1", "Ward 2", "Ward 3", "Ward 4", "All"]
        assert found.fact("third") == "Ward 2"

    def test_does_not_say_which_hidden_value_is_the_highest(self) -> None:
        figures = listed(3, 40, 60, 4)
        rows = tuple({**row, "rate": rate} for row, rate in zip(figures.rows, (99.0, 5.0, 8.0, 7.0, 9.0), strict=True))
        facts = {
            "by_rate": Chosen(0, "area", "rate"),
            "by_count": Chosen(2, "area", "count"),
            "lowest": Chosen(0, "area", "count"),
        }
        found = disclose(replace(figures, rows=rows, facts=facts, ordered_by="rate"))
        assert (found.fact("by_rate"), found.fact("by_count"), found.fact("lowest")) == ("[c]", "Ward 2", "[c]")

    def test_hides_that_a_value_cannot_be_given_with_the_reason_why(self) -> None:
        """A percentage that is missing because the hidden count before it was nought would say that it was nought."""
        counts = {"Alder": 0, "Birch": 3, "Both": 3, "Rest": 90, "All": 93}
        rows: tuple[dict[str, Value], ...] = tuple(
            {"area": name, "count": count, "rate": None if count == 0 else 1.0} for name, count in counts.items()
        )
        cells = [Cell(at, "count") for at in range(len(rows))]
        sums = (Sum(cells[2], (cells[0], cells[1])), Sum(cells[4], (cells[2], cells[3])))
        found = disclose(replace(listed(5), rows=rows, sums=sums, facts={}))
        assert found.as_text_rows()[0] == ("Alder", "[c]", "[c]")

    def test_finds_what_two_gaps_in_every_line_do_not_hide(self) -> None:
        """As in the sdcTable handbook: gaps that can be solved jointly. Here a = 20 - 17 although no line has one gap."""
        a, b, c, d = (Cell(0, name) for name in "abcd")
        one, two, three = (Cell(1, name) for name in "abc")
        counts = {a: 3.0, b: 4.0, c: 6.0, d: 9.0, one: 7.0, two: 10.0, three: 13.0}
        sums = [Sum(one, (a, b)), Sum(two, (b, c)), Sum(three, (a, c, b))]
        ranges = feasible_ranges(counts, {a, b, c}, sums)
        assert ranges[a].is_exact
        assert ranges[b].is_exact

    @settings(max_examples=60, deadline=None)
    @given(
        st.integers(2, 4).flatmap(
            lambda wide: st.lists(
                st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=wide, max_size=wide),
                min_size=2,
                max_size=4,
            )
        )
    )
    def test_leaves_no_hidden_count_recoverable(self, cells: list[list[int]]) -> None:
        figures = grid(cells)
        found = disclose(figures)
        assert recoverable(found) == {}
        for before, after in zip(figures.rows, found.rows, strict=True):
            for name, count in before.items():
                if isinstance(count, int) and 0 < count < 5:
                    assert after[name] == SUPPRESSED
                elif after[name] != SUPPRESSED:
                    assert after[name] == count

    def test_hides_nothing_without_need(self) -> None:
        assert not disclose(grid([[5, 6], [70, 80]])).is_suppressed


class TestDisclosed:
    def test_cannot_be_built_by_anyone_else(self) -> None:
        good = disclose(listed(30, 40, 60))
        with pytest.raises(UnableToDisclose):
            Disclosed(good.title, good.chart, good.columns, good.rows, {}, (), (), good.rule, {}, object())

    def test_cannot_be_altered_through_a_copy(self) -> None:
        good = disclose(listed(30, 40, 60))
        with pytest.raises((UnableToDisclose, TypeError, ValueError)):
            replace(good, rows=({"area": "x", "count": 1, "rate": 0.1},), _token=None)
        with pytest.raises(UnableToDisclose):
            pickle.dumps(good)

    def test_does_not_hold_the_hidden_values(self) -> None:
        assert "41.0625" not in json.dumps(disclose(listed(3, 41, 60)).to_json())
        assert all(row["count"] == SUPPRESSED for row in disclose(listed(3, 41, 60)).rows[:2])

    def test_is_read_again_equal(self) -> None:
        found = disclose(listed(3, 40, 60))
        assert read_disclosed(json.loads(json.dumps(found.to_json()))) == found

    def test_is_not_read_again_with_a_small_count_put_back(self) -> None:
        payload = disclose(listed(3, 40, 60)).to_json()
        payload["rows"][0]["count"] = 3
        with pytest.raises(UnableToDisclose, match="below 5"):
            read_disclosed(payload)

    def test_is_not_read_again_with_the_companion_put_back(self) -> None:
        payload = disclose(listed(3, 40, 60)).to_json()
        payload["rows"][1]["count"] = 40
        with pytest.raises(UnableToDisclose, match="worked out"):
            read_disclosed(payload)

    def test_is_not_read_again_with_a_derived_value_put_back(self) -> None:
        payload = disclose(listed(3, 40, 60)).to_json()
        payload["rows"][0]["rate"] = 0.43
        with pytest.raises(UnableToDisclose, match="built on"):
            read_disclosed(payload)

    def test_prints_a_file_without_formulas(self) -> None:
        figures = listed(30, 40, 60)
        rows = ({**figures.rows[0], "area": "=HYPERLINK(1)"}, *figures.rows[1:])
        lines = disclose(replace(figures, rows=rows)).to_csv().splitlines()
        assert lines[:2] == ["area,count,rate", "'=HYPERLINK(1),30,4.3"]

    def test_says_what_its_symbols_mean(self) -> None:
        assert disclose(listed(3, 40, 60)).notes == (
            "[c]: not shown because a count below 5 could be worked out from it.",
            "Mind this.",
        )

    def test_describes_its_file(self) -> None:
        described = disclose(listed(30, 40, 60)).metadata()
        assert [column["datatype"] for column in described["tableSchema"]["columns"]] == [
            "string",
            "integer",
            "decimal",
        ]
        assert described["provenance"]["lineage"]["snapshots"] == ["ab12"]


class TestDifferenceReveals:
    def test_sees_a_count_hidden_once_and_printed_once(self) -> None:
        found = difference_reveals(disclose(listed(3, 40, 60)), disclose(listed(30, 40, 60)))
        assert ("Ward 0",) in {each.row for each in found}

    def test_sees_a_few_events_added(self) -> None:
        found = difference_reveals(disclose(listed(30, 40, 60)), disclose(listed(32, 40, 60)))
        assert {(each.row, each.because) for each in found} == {
            (("Ward 0",), "the two releases differ by 2"),
            (("All",), "the two releases differ by 2"),
        }

    def test_is_silent_over_equal_releases(self) -> None:
        assert difference_reveals(disclose(listed(3, 40, 60)), disclose(listed(3, 40, 60))) == ()

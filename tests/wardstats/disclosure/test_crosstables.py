"""Two-way tables: nothing hidden can be worked out, by linear programmes that share no code with what hid it."""

from __future__ import annotations

from math import inf, nan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from wardstats.disclosure import (
    SUPPRESSED,
    Contribution,
    DisclosureRule,
    SuppressedTable,
    audit_table,
    is_dominated,
    round_counts,
    suppress_counts,
    suppress_sums,
)

TABLES = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(
        st.lists(st.one_of(st.integers(0, 6), st.integers(0, 60)), min_size=shape[1], max_size=shape[1]),
        min_size=shape[0],
        max_size=shape[0],
    )
)
# Two blocks of four gaps and one gap between them, at row 1 and column 2: no line has a single gap.
BRIDGE = np.array([[12, 15, 80, 90], [11, 14, 47, 95], [70, 75, 13, 16], [85, 65, 17, 18]])
GAPS = {(0, 0), (0, 1), (1, 0), (1, 1), (1, 2), (2, 2), (2, 3), (3, 2), (3, 3)}


def _with_totals(counts: object) -> np.ndarray:
    table = np.asarray(counts, dtype=float)
    table = np.vstack([table, table.sum(0)])
    return np.column_stack([table, table.sum(1)])


def _by_programme(
    true: np.ndarray,
    hidden: set[tuple[int, int]],
    *,
    known: set[tuple[int, int]] = frozenset(),
    only: tuple[int, int] | None = None,
) -> dict[tuple[int, int], tuple[float, float]]:
    """The least and the most of each hidden cell; every line of the table, totals included, is an equation."""
    at = {cell: number for number, cell in enumerate(sorted(hidden - known))}
    rows, columns = true.shape
    lines = [[(row, column) for column in range(columns)] for row in range(rows)]
    lines += [[(row, column) for row in range(rows)] for column in range(columns)]
    matrix, right = np.zeros((len(lines), len(at))), np.zeros(len(lines))
    for number, line in enumerate(lines):
        for cell in line:
            sign = -1 if cell == line[-1] else 1
            if cell in at:
                matrix[number, at[cell]] += sign
            else:
                right[number] -= sign * true[cell]
    found = {}
    for cell, number in at.items() if only is None else [(only, at[only])]:
        aim = np.zeros(len(at))
        aim[number] = 1
        least = linprog(aim, A_eq=matrix, b_eq=right, method="highs")
        most = linprog(-aim, A_eq=matrix, b_eq=right, method="highs")
        found[cell] = (least.fun, -most.fun if most.status == 0 else inf)
    return found


class TestAudit:
    def test_finds_the_gap_that_two_gaps_in_every_line_do_not_hide(self) -> None:
        """The fault of the table in the sdcTable handbook, w|b exactly 47 among lines of two gaps or more, in one of ours."""
        cells = _with_totals(BRIDGE).tolist()
        for row, column in GAPS:
            cells[row][column] = SUPPRESSED
        ranges = audit_table(SuppressedTable(tuple(map(tuple, cells))))
        assert all(sum(gap[axis] == at for gap in GAPS) >= 2 for axis in (0, 1) for at in range(4))
        assert (ranges[1, 2].lower, ranges[1, 2].upper) == (47, 47)
        assert [cell for cell, found in ranges.items() if found.is_exact] == [(1, 2)]

    @settings(max_examples=25, deadline=None)
    @given(TABLES, st.randoms(use_true_random=False))
    def test_agrees_with_linear_programmes(self, counts: list[list[int]], random: object) -> None:
        true = _with_totals(counts)
        hidden = {cell for cell in np.ndindex(true.shape) if random.random() < 0.5}  # type: ignore[attr-defined]  # a Random
        cells = tuple(
            tuple(SUPPRESSED if (row, column) in hidden else value for column, value in enumerate(line))
            for row, line in enumerate(true.tolist())
        )
        found = audit_table(SuppressedTable(cells))
        expected = _by_programme(true, hidden)
        assert found.keys() == expected.keys()
        for cell, (least, most) in expected.items():
            assert (found[cell].lower, found[cell].upper) == pytest.approx((least, most), abs=1e-6)

    def test_refuses_what_adds_up_to_nothing(self) -> None:
        with pytest.raises(ValueError, match="do not add up"):
            audit_table(SuppressedTable(((SUPPRESSED, 8, 7), (SUPPRESSED, 1, 2), (3, 9, 9))))


class TestCounts:
    @settings(max_examples=40, deadline=None)
    @given(TABLES, st.integers(2, 7), st.booleans())
    def test_leaves_every_hidden_count_open(self, counts: list[list[int]], threshold: int, show_zero: bool) -> None:
        rule = DisclosureRule(threshold, show_zero)
        found, true = suppress_counts(counts, rule=rule), _with_totals(counts)
        ranges = _by_programme(true, set(found.hidden))
        for cell, value in np.ndenumerate(true):
            if rule.must_hide(value):
                assert ranges[cell][0] <= 1e-6
                assert ranges[cell][1] >= threshold - 1e-6
            elif cell in ranges:
                assert ranges[cell][1] - ranges[cell][0] >= threshold - 1e-6
            else:
                assert found.cells[cell[0]][cell[1]] == value

    @settings(max_examples=25, deadline=None)
    @given(TABLES)
    def test_leaves_small_counts_open_to_whoever_is_alone_in_others(self, counts: list[list[int]]) -> None:
        true = _with_totals(counts)
        hidden = set(suppress_counts(counts).hidden)
        alone = {cell for cell in np.ndindex(len(counts), len(counts[0])) if true[cell] == 1}
        for cell in np.ndindex(len(counts), len(counts[0])):
            if 0 < true[cell] < 5:
                least, most = _by_programme(true, hidden, known=alone - {cell}, only=cell)[cell]
                assert least <= 1e-6
                assert most >= 5 - 1e-6

    def test_hides_nothing_where_nothing_is_small(self) -> None:
        assert suppress_counts([[5, 0], [17, 9]]).hidden == ()

    def test_does_not_depend_on_the_order_of_rows_for_what_is_safe(self) -> None:
        chance = np.random.default_rng(3)
        counts = chance.poisson(8, (12, 6))
        for order in (np.arange(12), chance.permutation(12)):
            ranges = audit_table(suppress_counts(counts[order]))
            assert min(each.upper - each.lower for each in ranges.values()) >= 5

    @pytest.mark.parametrize(
        ("counts", "message"),
        [
            ([], "not a table of rows"),
            ([1, 2], "not a table of rows"),
            ([[]], "not a table of rows"),
            ([[1, -2]], "missing, negative or not whole"),
            ([[1, 2.5]], "missing, negative or not whole"),
            ([[1, nan]], "missing, negative or not whole"),
            ([["a", "b"]], "not a table of numbers"),
        ],
    )
    def test_refuses_what_is_no_table_of_counts(self, counts: object, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            suppress_counts(counts)


class TestSums:
    @settings(max_examples=25, deadline=None)
    @given(
        st.lists(
            st.tuples(st.sampled_from("abc"), st.sampled_from("xyz"), st.integers(0, 30), st.integers(1, 1_000)),
            min_size=1,
            max_size=80,
        )
    )
    def test_leaves_no_hidden_sum_closer_than_asked(self, given: list[tuple[str, str, int, int]]) -> None:
        found = suppress_sums([Contribution(*each) for each in given], rows="abc", columns="xyz")
        true, people = np.zeros((4, 4)), {cell: set[int]() for cell in np.ndindex(4, 4)}
        amounts = {cell: dict[int, float]() for cell in np.ndindex(4, 4)}
        for row, column, who, amount in given:
            for cell in np.ndindex(4, 4):
                if cell[0] in ("abc".index(row), 3) and cell[1] in ("xyz".index(column), 3):
                    true[cell] += amount
                    people[cell].add(who)
                    amounts[cell][who] = amounts[cell].get(who, 0) + amount
        ranges = _by_programme(true, set(found.hidden))
        for cell, value in np.ndenumerate(true):
            leading = sum(sorted(amounts[cell].values())[-2:])
            if 0 < len(people[cell]) < 5 or leading > 0.9 * value:
                assert ranges[cell][0] <= value * 0.9 + 1e-6
                assert ranges[cell][1] >= value * 1.1 - 1e-6

    def test_knows_dominance_by_two(self) -> None:
        assert is_dominated([46, 45, 9])
        assert not is_dominated([45, 45, 10])
        assert not is_dominated([0, 0])

    @pytest.mark.parametrize(
        ("wrong", "message"),
        [
            (Contribution("a", "x", 1, -1), "negative"),
            (Contribution("a", "x", 1, nan), "missing"),
            (Contribution("b", "x", 1, 1), "to no cell"),
        ],
    )
    def test_refuses_contributions_that_are_none(self, wrong: Contribution, message: str) -> None:
        with pytest.raises(ValueError, match=message):
            suppress_sums([wrong], rows=["a"], columns=["x"])

    def test_refuses_limits_that_make_no_sense(self) -> None:
        with pytest.raises(ValueError, match="within is a share"):
            suppress_sums([], rows=["a"], columns=["x"], within=1)
        with pytest.raises(ValueError, match="each named once"):
            suppress_sums([], rows=["a", "a"], columns=["x"])
        with pytest.raises(ValueError, match="makes no sense"):
            is_dominated([1], leading=0)
        with pytest.raises(ValueError, match="missing, infinite or negative"):
            is_dominated([-1])


class TestRounding:
    @given(TABLES, st.integers(2, 10))
    def test_rounds_every_cell_and_total_by_itself(self, counts: list[list[int]], base: int) -> None:
        found = round_counts(counts, base=base)
        apart = np.array(found.cells) - _with_totals(counts)
        assert (np.array(found.cells) % base == 0).all()
        assert (np.abs(apart) <= base / 2).all()

    def test_gives_percentages_of_rounded_numbers_only(self) -> None:
        found = round_counts([[7, 14], [1, 1]])
        assert found.percent_of_row(0, 0) == 25
        assert found.percent_of_row(1, 0) is None

    def test_refuses_a_base_that_hides_nothing(self) -> None:
        with pytest.raises(ValueError, match="hides nothing"):
            round_counts([[1]], base=1)

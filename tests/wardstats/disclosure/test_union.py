"""What printed tables give away side by side: figures of one release, and releases one after the other."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from wardstats.disclosure import (
    Box,
    Caveat,
    Cell,
    Covers,
    Disclosed,
    ResultColumn,
    Scope,
    Sum,
    Suppressed,
    Value,
    audit_union,
    difference_reveals,
    disclose,
    not_related,
    read_disclosed,
)

MONTHS = [f"2025-{month:02}" for month in range(1, 13)]
AREAS, KINDS = ("A1", "A2", "A3"), ("Burglary", "Robbery")
Event = tuple[str, str, str]


@dataclass(frozen=True)
class Counted:
    """A table of counts, one in a row, that says what each covers."""

    rows: tuple[Mapping[str, Value], ...]
    covers: Covers
    sums: tuple[Sum, ...] = ()
    columns: tuple[ResultColumn, ...] = (ResultColumn("area", "Area", "text"), ResultColumn("count", "Crimes", "count"))
    facts: Mapping[str, Cell] = field(default_factory=dict)
    caveats: tuple[Caveat, ...] = ()
    ordered_by: str | None = None
    title: str = "Crimes"
    chart: str = "bars"

    def provenance(self) -> Mapping[str, object]:
        return {}


def scope(
    places: frozenset[str], since: str = "2025-01", until: str = "2026-01", kind: str | None = None, evidence: str = "e"
) -> Scope:
    """Crimes of some places and months."""
    return Scope((Box(places, since, until),), "crimes", kind, evidence)


def table(*counts: tuple[str, int, Scope], total: bool = False) -> Disclosed:
    """A disclosed table of these counts; the last is the total of the others if so said."""
    rows: tuple[dict[str, Value], ...] = tuple({"area": name, "count": count} for name, count, _ in counts)
    cells = tuple(Cell(at, "count") for at in range(len(counts)))
    sums = (Sum(cells[-1], cells[:-1]),) if total else ()
    return disclose(Counted(rows, {cell: each[2] for cell, each in zip(cells, counts, strict=True)}, sums))


A, B, C = (frozenset({code}) for code in AREAS)
ALL = A | B | C


class TestAuditUnion:
    def test_a_hidden_area_is_the_district_less_the_others_printed_elsewhere(self) -> None:
        areas = table(("A1", 3, scope(A)), ("A2", 40, scope(B)), ("A3", 60, scope(C)))
        leak, _ = audit_union([areas, table(("District", 103, scope(ALL)))])
        assert (leak.figure, leak.row, leak.range.is_exact, leak.range.lower) == (0, ("A1",), True, 3)
        assert leak.because.startswith("hidden")

    def test_safe_tables_stay_safe(self) -> None:
        areas = table(
            ("A1", 30, scope(A)), ("A2", 40, scope(B)), ("A3", 60, scope(C)), ("All", 130, scope(ALL)), total=True
        )
        assert audit_union([areas, areas]) == ()
        assert audit_union([]) == ()

    def test_a_period_extended_by_a_month_gives_the_month_away(self) -> None:
        old = table(("District", 100, scope(ALL, until="2025-12")))
        new = table(("District", 103, scope(ALL)))
        (leak,) = audit_union([old, new])
        assert (leak.range.lower, leak.because) == (3, "less one printed part of it in “Crimes” it leaves 3")

    def test_companions_that_differ_between_tables_are_seen(self) -> None:
        one = table(("A1", 3, scope(A)), ("A2", 9, scope(B)), ("A3", 60, scope(C)), ("All", 72, scope(ALL)), total=True)
        other = table(("A2", 9, scope(B)))
        found = audit_union([one, other])
        assert {leak.row for leak in found} >= {("A1",), ("A2",)}
        assert any("hidden here and printed in" in leak.because or leak.range.is_exact for leak in found)

    def test_months_and_kinds_are_related_across_tables(self) -> None:
        by_month = table(("January", 20, scope(A, until="2025-02")), ("February", 2, scope(A, "2025-02", "2025-03")))
        by_kind = table(
            ("Burglary", 12, scope(A, until="2025-03", kind="Burglary")),
            ("Robbery", 10, scope(A, until="2025-03", kind="Robbery")),
        )
        leak, _ = audit_union([by_month, by_kind, table(("Both", 22, scope(A, until="2025-03")))])
        assert (leak.row, leak.range.lower) == (("February",), 2)

    def test_a_revision_does_not_blind_it(self) -> None:
        old = table(("A1", 3, scope(A)), ("A2", 40, scope(B)))
        new = table(
            ("A1", 8, scope(A, evidence="f")),
            ("A2", 30, scope(B, evidence="f")),
            ("All", 38, scope(A | B, evidence="f")),
        )
        (leak,) = audit_union([old, new])
        assert "hidden here and printed in" in leak.because

    def test_incidents_are_never_related_to_crimes(self) -> None:
        crimes = table(("A1", 10, scope(A)))
        incidents = table(("A1", 12, Scope((Box(A, "2025-01", "2026-01"),), "incidents", None, "e")))
        assert audit_union([crimes, incidents]) == ()

    def test_names_the_tables_it_cannot_relate(self) -> None:
        silent = disclose(Counted(({"area": "A1", "count": 9},), {}))
        assert not_related([silent, table(("A1", 9, scope(A)))]) == ("Crimes",)

    def test_what_counts_cover_is_kept(self) -> None:
        found = table(("A1", 3, scope(A)), ("A2", 40, scope(B, kind="Robbery")))
        again = read_disclosed(json.loads(json.dumps(found.to_json())))
        assert again.covers == found.covers

    def test_differencing_sees_overlapping_periods(self) -> None:
        old, new = table(("To November", 100, scope(ALL, until="2025-12"))), table(("To December", 103, scope(ALL)))
        (found,) = difference_reveals(old, new)
        assert (found.row, found.column) == (("To December",), "Crimes")

    @settings(max_examples=40, deadline=None)
    @given(st.lists(st.integers(0, 9), min_size=12, max_size=12))
    def test_says_so_whenever_pencil_and_paper_would_do(self, numbers: list[int]) -> None:
        """Counts by area, by month and by kind of the same events: no audit may be silent where all but one are printed."""
        months = MONTHS[:2]
        events = dict(zip(product(AREAS, months, KINDS), numbers, strict=True))

        def total(places: frozenset[str], kind: str | None, when: list[str]) -> int:
            return sum(
                n
                for (area, month, what), n in events.items()
                if area in places and month in when and kind in (None, what)
            )

        by_area = table(
            *(
                (area, total(frozenset({area}), None, months), scope(frozenset({area}), until="2025-03"))
                for area in AREAS
            )
        )
        by_kind = table(*((kind, total(ALL, kind, months), scope(ALL, until="2025-03", kind=kind)) for kind in KINDS))
        whole = table(("All", total(ALL, None, months), scope(ALL, until="2025-03")))
        leaks = {(leak.figure, leak.row) for leak in audit_union([by_area, by_kind, whole])}
        for figure, each in enumerate((by_area, by_kind)):
            hidden = [row for row in each.rows if isinstance(row["count"], Suppressed)]
            if len(hidden) == 1 and not isinstance(whole.rows[0]["count"], Suppressed):
                assert (figure, (hidden[0]["area"],)) in leaks

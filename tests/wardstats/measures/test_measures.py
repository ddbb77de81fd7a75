"""Every measure on the real counts of Wolverhampton, held against sums made without the library."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from math import exp
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import statsmodels.api as sm  # type: ignore[import-untyped]  # it has no type hints
import statsmodels.formula.api as smf  # type: ignore[import-untyped]  # nor has this

from tests.wardstats.measures.conftest import (
    DISTRICT,
    keep,
    members,
    real_counts,
    real_lookup,
    real_population,
    with_counts,
)
from wardstats.disclosure import audit_union, disclose, not_related, recoverable
from wardstats.measures import (
    ANTI_SOCIAL_BEHAVIOUR,
    Reader,
    Result,
    UnableToCompute,
    all_measures,
    compute,
    standard_figures,
)
from wardstats.tables import Evidence

YEAR = {"from": "2024-11", "until": "2025-11"}
Keep = Callable[[dict[str, Any]], bool]


def by_hand(keeps: Keep) -> int:
    """The sum of the real counts that a condition keeps, straight from the file."""
    return sum(row["count"] for row in real_counts() if keeps(row))


def in_year(row: dict[str, Any]) -> bool:
    """Whether a row lies in the assessed year."""
    return date(2024, 11, 1) <= row["month"] < date(2025, 11, 1)


def is_crime(row: dict[str, Any]) -> bool:
    """Whether a row is crime and not an incident."""
    return bool(row["crime_type"] != ANTI_SOCIAL_BEHAVIOUR)


class TestCounts:
    def test_crimes_and_incidents_make_up_every_published_row(self, reader: Reader) -> None:
        everything = {"from": "2023-05", "until": "2025-11"}
        crimes = compute("crime-count", reader, **everything).value("count")
        incidents = compute("asb-incidents", reader, **everything).value("count")
        assert (crimes, incidents) == (73_275, 6_109)
        assert 73_275 + 6_109 == 79_384

    def test_a_year_of_crimes_is_what_the_file_adds_up_to(self, reader: Reader) -> None:
        assert compute("crime-count", reader, **YEAR).value("count") == by_hand(
            lambda row: in_year(row) and is_crime(row)
        )

    def test_asb_is_refused_as_a_crime_type(self, reader: Reader) -> None:
        with pytest.raises(UnableToCompute, match="not crimes"):
            compute("crime-count", reader, crime_type=ANTI_SOCIAL_BEHAVIOUR)

    def test_one_small_area_is_counted(self, reader: Reader) -> None:
        expected = by_hand(lambda row: in_year(row) and is_crime(row) and row["area_code"] == "E01010410")
        assert compute("crime-count", reader, area_code="E01010410", **YEAR).value("count") == expected


class TestCaveats:
    @pytest.mark.parametrize(("until", "carried"), [("2025-09", False), ("2025-10", True), ("2025-11", True)])
    @pytest.mark.parametrize("code", ["asb-incidents", "asb-monthly"])
    def test_asb_from_september_2025_says_that_recording_changed(
        self, reader: Reader, code: str, until: str, carried: bool
    ) -> None:
        caveats = {caveat.code for caveat in compute(code, reader, **{"from": "2024-09", "until": until}).caveats}
        assert ("asb-recording-2025" in caveats) is carried

    def test_the_fall_in_that_caveat_is_in_the_files(self, reader: Reader) -> None:
        rows = compute("asb-monthly", reader, **{"from": "2025-07", "until": "2025-11"}).rows
        assert [row["count"] for row in rows] == [216, 165, 110, 125]

    def test_a_district_without_that_fall_is_not_said_to_have_it(self, tmp_path: Path) -> None:
        """The same files, with the incidents of the autumn of 2024 in that of 2025 as well."""
        autumn = {date(2025, 9, 1): date(2024, 9, 1), date(2025, 10, 1): date(2024, 10, 1)}
        kept = [row for row in real_counts() if is_crime(row) or row["month"] not in autumn]
        for after, before in autumn.items():
            kept += [row | {"month": after} for row in real_counts() if not is_crime(row) and row["month"] == before]
        caveats = compute("asb-incidents", with_counts(tmp_path, kept), **YEAR).caveats
        assert "asb-recording-2025" not in {caveat.code for caveat in caveats}

    def test_street_rows_are_never_called_recorded_crime(self, reader: Reader) -> None:
        for figure in standard_figures(DISTRICT, "2025-11", first="2023-05"):
            result = compute(figure.code, reader, **figure.parameters)
            assert "street-rows" in {caveat.code for caveat in result.caveats}

    def test_small_areas_across_the_change_of_codes_say_so(self, reader: Reader) -> None:
        across = compute("areas-ranked", reader, level="lsoa21", **{"from": "2023-05", "until": "2023-07"})
        after = compute("areas-ranked", reader, level="lsoa21", **{"from": "2023-06", "until": "2023-08"})
        assert "lsoa-2021" in {caveat.code for caveat in across.caveats}
        assert "lsoa-2021" not in {caveat.code for caveat in after.caveats}


class TestRate:
    def test_divides_by_the_census(self, reader: Reader) -> None:
        result = compute("crime-rate", reader, **YEAR)
        assert result.value("population") == 263_730
        assert result.value("rate") == pytest.approx(1000 * 26_627 / 263_730)

    def test_needs_residents_of_every_area(self, tmp_path: Path) -> None:
        evidence = Evidence(
            (
                keep(tmp_path, "area_month_counts", real_counts()),
                keep(tmp_path, "area_lookup", real_lookup()),
                keep(tmp_path, "population", real_population()[1:]),
            )
        )
        with pytest.raises(UnableToCompute, match="no rate"):
            compute("crime-rate", evidence)


class TestChange:
    def test_compares_with_the_year_before(self, reader: Reader) -> None:
        result = compute("crime-change", reader, **YEAR)
        assert (result.value("before"), result.value("after")) == (30_162, 26_627)
        assert result.value("percent") == pytest.approx(100 * (26_627 / 30_162 - 1))
        assert result.value("verdict") == "lower"

    def test_widens_the_interval_by_how_the_months_moved(self, reader: Reader) -> None:
        """Held against a quasi-Poisson regression on month of year and period by statsmodels."""
        result = compute("crime-change", reader, **YEAR)
        monthly = [int(row["count"] or 0) for row in compute("crime-monthly", reader).rows][-24:]
        design = pd.DataFrame({"n": monthly, "month": [*range(12)] * 2, "later": [0] * 12 + [1] * 12})
        fit = smf.glm("n ~ C(month) + later", design, family=sm.families.Poisson()).fit(scale="X2", use_t=True)
        lower, upper = fit.conf_int().loc["later"]
        assert fit.scale == pytest.approx(2.0334, abs=1e-3)
        assert result.value("method") == "quasi-Poisson"
        assert result.value("lower") == pytest.approx(100 * (exp(lower) - 1), rel=1e-6)
        assert result.value("upper") == pytest.approx(100 * (exp(upper) - 1), rel=1e-6)

    def test_allows_for_chance_alone_where_months_have_few(self, reader: Reader) -> None:
        result = compute("crime-change", reader, area_code="E01010410", crime_type="Burglary", **YEAR)
        assert result.value("method") in ("exact conditional", "logarithm of the ratio")

    def test_refuses_periods_of_unequal_length(self, reader: Reader) -> None:
        with pytest.raises(UnableToCompute, match="unequal length"):
            compute("crime-change", reader, compare_from="2024-01", compare_until="2024-03", **YEAR)

    def test_refuses_a_period_that_was_not_submitted(self, reader: Reader) -> None:
        with pytest.raises(UnableToCompute, match="May 2022"):
            compute("crime-change", reader, **{"from": "2023-05", "until": "2024-05"})

    def test_types_add_up_to_all_crime(self, reader: Reader) -> None:
        *types, total = compute("type-change", reader, **YEAR).rows
        assert len(types) == 13
        assert sum(int(row["after"] or 0) for row in types) == total["after"] == 26_627


class TestMonthly:
    def test_counts_each_month(self, reader: Reader) -> None:
        rows = compute("crime-monthly", reader).rows
        assert len(rows) == 30
        july = by_hand(lambda row: row["month"] == date(2024, 7, 1) and is_crime(row))
        assert next(row for row in rows if row["month"] == "2024-07")["count"] == july

    def test_a_missing_month_is_a_gap_and_not_nought(self, tmp_path: Path) -> None:
        kept = [row for row in real_counts() if row["month"] != date(2024, 7, 1)]
        result = compute("crime-monthly", with_counts(tmp_path, kept))
        assert next(row for row in result.rows if row["month"] == "2024-07")["count"] is None
        assert "missing-months" in {caveat.code for caveat in result.caveats}

    def test_a_month_without_events_is_nought(self, reader: Reader) -> None:
        rows = compute("crime-monthly", reader, area_code="E01010410", crime_type="Robbery").rows
        assert 0 in {row["count"] for row in rows}
        assert None not in {row["count"] for row in rows}

    def test_can_be_divided_by_days(self, reader: Reader) -> None:
        row = compute("crime-monthly", reader, per_day=True, **{"from": "2024-02", "until": "2024-03"}).rows[0]
        assert row["value"] == pytest.approx(int(row["count"] or 0) / 29)

    @pytest.mark.parametrize("code", ["crime-monthly", "asb-monthly"])
    def test_limits_are_those_of_the_first_twelve_months(self, reader: Reader, code: str) -> None:
        result = compute(code, reader)
        first = [int(row["count"] or 0) for row in result.rows][:12]
        assert result.rows[-1]["centre"] == pytest.approx(sum(first) / 12)
        (said,) = (caveat.sentence for caveat in result.caveats if caveat.code == "limits-from")
        assert "May 2023 to April 2024" in said

    def test_twelve_months_are_counted_across_a_gap(self, tmp_path: Path) -> None:
        kept = [row for row in real_counts() if row["month"] != date(2023, 8, 1)]
        result = compute("crime-monthly", with_counts(tmp_path, kept))
        (said,) = (caveat.sentence for caveat in result.caveats if caveat.code == "limits-from")
        assert "May 2023 to May 2024" in said

    def test_asb_limits_end_before_recording_changed(self, reader: Reader) -> None:
        assert compute("asb-monthly", reader, **{"from": "2024-09"}).chart == "control"
        assert compute("asb-monthly", reader, **{"from": "2024-10"}).chart == "line"

    def test_a_month_is_told_in_few_words(self, reader: Reader) -> None:
        result = compute("crime-monthly", reader)
        assert result.value("last_variation") == "below the limits"
        assert max(len(str(row["special"])) for row in result.rows) <= 26


class TestAreas:
    def test_wards_and_what_is_not_placed_add_up(self, reader: Reader) -> None:
        result = compute("areas-ranked", reader, **{"from": "2023-05", "until": "2023-08"})
        *parts, total = result.rows
        assert len([row for row in parts if row["rank"] is not None]) == 20
        assert sum(int(row["count"] or 0) for row in parts) == total["count"]

    def test_split_small_areas_are_not_guessed(self, reader: Reader) -> None:
        """217 rows of May 2023 lie in three areas that were split (the data's own notes); ASB among them is not crime."""
        result = compute("areas-ranked", reader, level="lsoa21", **{"from": "2023-05", "until": "2023-06"})
        lost = next(row for row in result.rows if row["area"] == "Not placed")
        split = ("E01010435", "E01010521", "E01010453")
        assert by_hand(lambda row: row["month"] == date(2023, 5, 1) and row["area_code"] in split) == 217
        assert lost["count"] == by_hand(
            lambda row: row["month"] == date(2023, 5, 1) and row["area_code"] in split and is_crime(row)
        )

    def test_an_area_that_was_split_has_gaps_and_no_noughts(self, reader: Reader) -> None:
        series = compute("crime-monthly", reader, area_code="E01010435")
        assert [row["count"] for row in series.rows][:2] == [17, None]
        assert "redrawn" in {caveat.code for caveat in series.caveats}
        with pytest.raises(UnableToCompute, match="redrawn in June 2023"):
            compute("crime-count", reader, area_code="E01010435", **YEAR)

    def test_places_are_not_printed_beside_hidden_counts(self, reader: Reader) -> None:
        """A gap among the places, or who is first by rate, would say between which neighbours a hidden count lies."""
        found = disclose(compute("areas-ranked", reader, crime_type="Bicycle theft", by="rate", **YEAR))
        assert {str(row["rank"]) for row in found.rows} == {"[c]"}
        assert found.fact("highest_area") == "[c]"

    def test_the_city_centre_comes_first(self, reader: Reader) -> None:
        result = compute("areas-ranked", reader, by="rate", **YEAR)
        assert (result.value("highest_area"), result.value("highest_best"), result.value("highest_worst")) == (
            "St Peters",
            1,
            1,
        )


class TestQuotient:
    def test_sets_share_of_crime_against_share_of_residents(self, reader: Reader) -> None:
        inside = {row["lsoa_code"] for row in members()}
        crimes = by_hand(lambda row: in_year(row) and is_crime(row) and row["area_code"] in inside)
        people = sum(row["population"] for row in real_population() if row["area_code"] in inside)
        result = compute("priority-area-quotient", reader, **YEAR)
        assert (result.value("count"), result.value("population")) == (crimes, people)
        assert result.value("quotient") == pytest.approx((crimes / 26_627) / (people / 263_730))

    def test_says_that_boundaries_are_illustrative(self, reader: Reader) -> None:
        caveats = {caveat.code for caveat in compute("priority-area-quotient", reader).caveats}
        assert {"illustrative-areas", "city-centre", "residents"} <= caveats


class TestEvidence:
    def test_two_files_that_count_the_same_month_are_refused(self, tmp_path: Path) -> None:
        again = [{**row, "source_file": "another"} for row in real_counts()]
        with pytest.raises(UnableToCompute, match="count twice"):
            Reader(with_counts(tmp_path, real_counts() + again))

    def test_a_later_upload_of_counts_carries_the_series_on(self, tmp_path: Path) -> None:
        october = date(2025, 10, 1)
        rows = [{**row, "source_file": "later"} if row["month"] == october else row for row in real_counts()]
        assert Reader(with_counts(tmp_path, rows)).months[-1] == october

    def test_a_superseded_part_is_not_counted(self, tmp_path: Path) -> None:
        unit = "wolverhampton_lsoa_month_crime-type_2023-05_2025-10"
        current = frozenset({(unit, date(2025, 10, 1))})
        counts = keep(tmp_path, "area_month_counts", real_counts(), current=current)
        evidence = Evidence((counts, keep(tmp_path, "area_lookup", real_lookup())))
        assert Reader(evidence).months == (date(2025, 10, 1),)

    def test_a_neighbours_few_rows_are_not_a_months_total(self, tmp_path: Path) -> None:
        rows = [street("2014-01", "west-midlands", at) for at in range(9)] + [
            street("2014-02", "btp", at) for at in range(2)
        ]
        evidence = Evidence((keep(tmp_path, "street_crime", rows), keep(tmp_path, "area_lookup", real_lookup())))
        assert Reader(evidence).months == (date(2014, 1, 1),)

    def test_a_force_that_changed_its_name_still_submitted(self, tmp_path: Path) -> None:
        rows = [street("2014-01", "old-name", at) for at in range(9)] + [
            street("2014-02", "new-name", at) for at in range(8)
        ]
        evidence = Evidence((keep(tmp_path, "street_crime", rows), keep(tmp_path, "area_lookup", real_lookup())))
        assert len(Reader(evidence).months) == 2

    def test_rows_of_every_force_are_counted_and_identical_ones_kept(self, tmp_path: Path) -> None:
        rows = [street("2014-01", "west-midlands", 0)] * 3 + [street("2014-01", "btp", 0)] * 2
        evidence = Evidence((keep(tmp_path, "street_crime", rows), keep(tmp_path, "area_lookup", real_lookup())))
        assert compute("crime-count", evidence, **{"from": "2014-01", "until": "2014-02"}).value("count") == 5

    def test_an_unknown_district_is_refused(self, evidence: Evidence) -> None:
        with pytest.raises(UnableToCompute, match="E08000099"):
            compute("crime-count", evidence, district="E08000099")


def street(month: str, force: str, at: int) -> dict[str, Any]:
    """A street row in the district."""
    return {
        "crime_id": None,
        "month": date.fromisoformat(f"{month}-01"),
        "reported_by": force,
        "falls_within": force,
        "longitude": None,
        "latitude": None,
        "location": f"On or near Street {at}",
        "lsoa_code": "E01010410",
        "lsoa_name": "Wolverhampton 033A",
        "crime_type": "Burglary",
        "last_outcome_category": None,
        "context": None,
        "source_file": f"{month}-{force}-street",
    }


class TestLineage:
    def test_a_figure_is_computed_again_from_its_lineage_alone(self, evidence: Evidence, reader: Reader) -> None:
        first = compute("crime-change", reader)
        again = compute(first.lineage.measure, evidence, **first.lineage.parameters)
        assert again == first

    def test_names_only_the_files_it_read(self, reader: Reader, evidence: Evidence) -> None:
        population = evidence.of("population")[0].sha256
        assert population not in compute("crime-count", reader).lineage.snapshots
        assert population in compute("crime-rate", reader).lineage.snapshots

    def test_every_standard_figure_survives_json(self, reader: Reader) -> None:
        for figure in standard_figures(DISTRICT, "2025-11", first="2023-05"):
            result = compute(figure.code, reader, **figure.parameters)
            assert Result.from_json(json.loads(json.dumps(result.to_json()))) == result

    def test_every_default_is_filled_in(self, reader: Reader) -> None:
        assert compute("crime-change", reader).lineage.parameters == {
            "district": DISTRICT,
            "from": "2024-11",
            "until": "2025-11",
            "compare_from": "2023-11",
            "compare_until": "2024-11",
            "crime_type": None,
            "area_code": None,
        }


class TestDisclosureOfMeasures:
    @pytest.mark.parametrize(
        ("code", "parameters"),
        [
            ("areas-ranked", {"level": "lsoa21", "crime_type": "Robbery"}),
            ("areas-ranked", {"level": "ward25", "crime_type": "Bicycle theft", "by": "rate"}),
            ("crime-by-type", {"area_code": "E01010412"}),
            ("types-by-month", {"area_code": "E01010412"}),
            ("type-change", {"area_code": "E01010412"}),
            ("crime-harm", {"area_code": "E01010412", "weights": "cchi-2026-west-midlands"}),
            ("crime-monthly", {"area_code": "E01010410", "crime_type": "Burglary"}),
            ("priority-area-quotient", {"crime_type": "Bicycle theft", "from": "2025-09", "until": "2025-11"}),
        ],
    )
    def test_no_hidden_count_can_be_worked_out(self, reader: Reader, code: str, parameters: dict[str, str]) -> None:
        found = disclose(compute(code, reader, **parameters))
        assert found.is_suppressed
        assert recoverable(found) == {}


class TestReleases:
    def test_the_standard_figures_are_safe_side_by_side(self, reader: Reader) -> None:
        figures = standard_figures(DISTRICT, "2025-11", first="2023-05")
        found = [disclose(compute(figure.code, reader, **figure.parameters)) for figure in figures]
        assert not_related(found) == ()
        assert audit_union(found) == ()

    def test_small_areas_and_wards_give_each_other_away(self, reader: Reader) -> None:
        levels = ("lsoa21", "ward25")
        everything = {"crime_type": "Robbery", "from": "2023-05", "until": "2025-11"}
        found = [disclose(compute("areas-ranked", reader, level=level, **everything)) for level in levels]
        leaks = audit_union(found)
        robberies = Counter[str]()
        for row in real_counts():
            robberies[row["area_name"]] += row["count"] if row["crime_type"] == "Robbery" else 0
        assert all(recoverable(each) == {} for each in found)
        for leak in leaks:
            if leak.because.startswith("hidden"):
                truth = robberies[leak.row[0]]
                assert leak.range.lower - 1e-6 <= truth <= leak.range.upper + 1e-6
        assert any(leak.range.is_exact for leak in leaks)

    def test_a_small_month_is_found_in_two_totals(self, reader: Reader) -> None:
        asked = {"area_code": "E01010410", "crime_type": "Burglary", "from": "2023-05"}
        totals = [
            int(compute("crime-count", reader, until=f"2025-{month:02}", **asked).value("count") or 0)
            for month in range(2, 12)
        ]
        pairs = [at for at in range(9) if 0 < totals[at + 1] - totals[at] < 5 <= totals[at]]
        assert pairs
        for at in pairs:
            old, new = (
                disclose(compute("crime-count", reader, until=f"2025-{at + month:02}", **asked)) for month in (2, 3)
            )
            (leak,) = audit_union([old, new])
            assert leak.range.lower == totals[at + 1] - totals[at]


class TestMeasures:
    def test_unknown_ones_are_named(self, reader: Reader) -> None:
        with pytest.raises(UnableToCompute, match="no measure"):
            compute("crimes-per-lamp-post", reader)

    def test_unknown_parameters_are_named(self, reader: Reader) -> None:
        with pytest.raises(UnableToCompute, match="colour"):
            compute("crime-count", reader, colour="red")

    def test_every_fact_of_a_result_is_declared_and_given(self, reader: Reader) -> None:
        for figure in standard_figures(DISTRICT, "2025-11", first="2023-05"):
            result = compute(figure.code, reader, **figure.parameters)
            assert set(result.facts) == set(result.measure.facts), figure.slug
            assert all(result.measure.facts.values())

    @pytest.mark.parametrize("measure", all_measures(), ids=lambda measure: str(measure.code))
    def test_each_says_what_it_means_and_does_not(self, measure: Any) -> None:
        assert measure.meaning.endswith(".")
        assert all(caution.endswith(".") for caution in measure.cautions)
        assert measure.cautions
        assert measure.version >= 1

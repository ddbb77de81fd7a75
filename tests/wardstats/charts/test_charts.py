"""Charts are made from disclosed tables only, show gaps as gaps, and are said in words."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.wardstats.measures.conftest import DISTRICT, real_counts, with_counts

from wardstats.charts import KINDS, UnableToDraw, description, png, svg, vega_lite
from wardstats.disclosure import Disclosed, disclose
from wardstats.measures import Reader, compute, standard_figures


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """The real evidence, read."""
    return Reader(with_counts(tmp_path_factory.mktemp("evidence"), real_counts()))


@pytest.fixture(scope="module")
def standard(reader: Reader) -> dict[str, Disclosed]:
    """Every standard figure, disclosed."""
    figures = standard_figures(DISTRICT, "2025-11", first="2023-05")
    return {figure.slug: disclose(compute(figure.code, reader, **figure.parameters)) for figure in figures}


def values(spec: dict[str, Any]) -> list[dict[str, Any]]:
    """Every row of data in a specification."""
    return [row for layer in spec["layer"] for row in layer["data"]["values"]]


class TestVegaLite:
    def test_refuses_what_was_not_disclosed(self, reader: Reader) -> None:
        with pytest.raises(UnableToDraw, match="disclose"):
            vega_lite(compute("crime-monthly", reader))  # type: ignore[arg-type]  # the very mistake under test

    def test_refuses_a_single_number(self, standard: dict[str, Disclosed]) -> None:
        with pytest.raises(UnableToDraw, match="without a chart"):
            vega_lite(standard["crimes"])

    @pytest.mark.parametrize("width", [640, 320])
    def test_draws_every_standard_figure_at_its_width(self, standard: dict[str, Disclosed], width: int) -> None:
        for disclosed in standard.values():
            if disclosed.chart in KINDS:
                picture = svg(vega_lite(disclosed, width=width))
                drawn = float(picture.split('width="')[1].split('"')[0])
                assert drawn <= width + 1

    def test_draws_a_missing_month_as_a_gap(self, tmp_path: Path) -> None:
        kept = [row for row in real_counts() if f"{row['month']:%Y-%m}" != "2024-07"]
        disclosed = disclose(compute("crime-monthly", Reader(with_counts(tmp_path, kept))))
        july = [row for row in values(vega_lite(disclosed)) if row.get("month") == "2024-07"]
        assert july
        assert all(row["value"] is None for row in july)

    def test_has_no_hidden_value_in_its_data(self, reader: Reader) -> None:
        result = compute("areas-ranked", reader, level="lsoa21", crime_type="Robbery")
        spec = vega_lite(disclose(result))
        small = {row["area"] for row in result.rows if isinstance(row["count"], int) and 0 < row["count"] < 5}
        hidden = [row for row in values(spec) if row["area"] in small]
        assert all(row["count"] is None and row["rate"] is None for row in hidden)

    def test_draws_the_same_bytes_twice_as_svg(self, standard: dict[str, Disclosed]) -> None:
        spec = vega_lite(standard["crime-by-type"])
        assert svg(spec) == svg(json.loads(json.dumps(spec)))
        assert "<style" not in svg(spec)

    def test_draws_png(self, standard: dict[str, Disclosed]) -> None:
        assert png(vega_lite(standard["wards-by-rate"])).startswith(b"\x89PNG")

    def test_fetches_nothing(self, standard: dict[str, Disclosed]) -> None:
        spec = vega_lite(standard["wards-by-rate"])
        spec["layer"][0]["data"] = {"url": "http://192.0.2.1/rows.json"}
        with pytest.raises(ValueError, match=r"(?i)not allowed|denied|permi"):
            svg(spec)


class TestDescription:
    def test_says_what_each_chart_shows(self, standard: dict[str, Disclosed]) -> None:
        assert description(standard["crime-change"]) == (
            "Crimes in Wolverhampton: November 2024 to October 2025 compared with November 2023 to October 2024. "
            "Wolverhampton: from 30,162 to 26,627, −11.7% (interval −13.2% to −10.3%), lower."
        )
        assert "highest 2,861 in July 2023" in description(standard["crime-by-month"])
        assert "First: St Peters 279.3" in description(standard["wards-by-rate"])

    def test_never_calls_fewer_incidents_an_improvement(self, standard: dict[str, Disclosed]) -> None:
        said = description(standard["asb-by-month"])
        assert "improve" not in said
        assert said.endswith("looks like a change in recording, not in what happened.")

    def test_says_nothing_that_is_hidden(self, reader: Reader) -> None:
        disclosed = disclose(compute("crime-monthly", reader, area_code="E05014839", crime_type="Burglary"))
        assert "Average and limits are not shown" in description(disclosed)

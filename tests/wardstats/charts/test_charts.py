"""Charts are made from disclosed tables only, show gaps as gaps, and are said in words."""

from __future__ import annotations

import io
import json
import re
from base64 import b64decode
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont

from tests.wardstats.measures.conftest import DISTRICT, real_counts, with_counts
from wardstats.charts import (
    KINDS,
    UnableToDraw,
    UnableToLetter,
    description,
    pictures,
    png,
    register_fonts,
    svg,
    vega_lite,
)
from wardstats.charts.appearance import BLUE, WIDE
from wardstats.charts.lettering import with_letters
from wardstats.disclosure import Disclosed, disclose
from wardstats.measures import Reader, compute, standard_figures

FAMILY = "Squares"


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a font of squares in two weights, made here so that the tests need no other."""
    folder = tmp_path_factory.mktemp("fonts")
    letters = {code: f"letter{code}" for code in (*range(0x20, 0x180), 0x2013, 0x2212, *map(ord, "◆▲▼●"))}
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 500), (500, 500), (500, 0)):
        pen.lineTo(corner)
    pen.closePath()
    square = pen.glyph()
    for weight, style in ((400, "Regular"), (700, "Bold")):
        font = FontBuilder(1000, isTTF=True)
        font.setupGlyphOrder([".notdef", *letters.values()])
        font.setupCharacterMap(letters)
        font.setupGlyf(dict.fromkeys((".notdef", *letters.values()), square))
        font.setupHorizontalMetrics(dict.fromkeys((".notdef", *letters.values()), (600, 0)))
        font.setupHorizontalHeader(ascent=800, descent=-200)
        font.setupNameTable({"familyName": FAMILY, "styleName": style})
        font.setupOS2(usWeightClass=weight)
        font.setupPost()
        font.save(folder / f"{style}.ttf")
    return folder


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

    def test_carries_its_letters_in_a_few_kilobytes(self, standard: dict[str, Disclosed], fonts: Path) -> None:
        register_fonts(fonts)
        spec = vega_lite(standard["change-by-type"], font=FAMILY)
        bare, lettered = svg(spec), svg(spec, embed_font=True)
        assert lettered == svg(spec, embed_font=True)
        assert len(lettered) - len(bare) < 12_000
        assert lettered.count("@font-face") == 2
        assert re.sub(r"<style>.*?</style>", "", lettered) == bare

    def test_carries_every_letter_it_uses(self, fonts: Path) -> None:
        picture = "<svg><text font-family=\"'Squares', sans-serif\">Łódź &amp; −1</text></svg>"
        lettered = with_letters(picture, [fonts])
        (data,) = re.findall("base64,([^)]+)", lettered)
        with TTFont(io.BytesIO(b64decode(data))) as font:
            assert set("Łódź & −1") - {chr(code) for code in font.getBestCmap()} == set()

    def test_refuses_to_carry_a_font_it_does_not_have(self, fonts: Path) -> None:
        with pytest.raises(UnableToLetter, match="Comic"):
            with_letters("<svg><text font-family=\"'Comic', serif\">a</text></svg>", [fonts])

    def test_lays_a_chart_out_once_for_both_pictures(self, standard: dict[str, Disclosed], fonts: Path) -> None:
        register_fonts(fonts)
        spec = vega_lite(standard["crime-by-type"], font=FAMILY)
        assert pictures(spec) == (svg(spec), png(spec))
        assert pictures(spec, embed_font=True) == (svg(spec, embed_font=True), png(spec))

    def test_keeps_what_is_said_of_the_lowest_month_off_the_axis(self, reader: Reader) -> None:
        three = disclose(compute("asb-monthly", reader, **{"from": "2025-07", "until": "2025-10"}))
        (words,) = [one for one in vega_lite(three)["layer"] if one["mark"].get("color") == BLUE and _is_text(one)]
        assert words["mark"]["dy"] < 0

    def test_leaves_room_for_what_is_said_of_the_longest_bar(self, standard: dict[str, Disclosed]) -> None:
        picture = svg(vega_lite(standard["crime-by-type"]))
        assert float(picture.split('width="')[1].split('"')[0]) <= WIDE

    def test_draws_png(self, standard: dict[str, Disclosed]) -> None:
        assert png(vega_lite(standard["wards-by-rate"])).startswith(b"\x89PNG")

    def test_fetches_nothing(self, standard: dict[str, Disclosed]) -> None:
        spec = vega_lite(standard["wards-by-rate"])
        spec["layer"][0]["data"] = {"url": "http://192.0.2.1/rows.json"}
        with pytest.raises(ValueError, match=r"(?i)not allowed|denied|permi"):
            svg(spec)


def _is_text(layer: dict[str, Any]) -> bool:
    return bool(layer["mark"]["type"] == "text")


class TestDescription:
    def test_says_what_each_chart_shows(self, standard: dict[str, Disclosed]) -> None:
        assert description(standard["crime-change"]) == (
            "Crimes in Wolverhampton: November 2024 to October 2025 compared with November 2023 to October 2024. "
            "Wolverhampton: from 30,162 to 26,627, −11.7% (interval −14.0% to −9.4%), lower."
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


YEAR = {"from": "2024-11", "until": "2025-11"}


@pytest.fixture(scope="module")
def small(reader: Reader) -> Disclosed:
    """Types by month in one small area: much of it is hidden."""
    return disclose(compute("types-by-month", reader, area_code="E01010412", **YEAR))


class TestMultiples:
    def test_are_one_chart_for_each_type_most_numerous_first(self, reader: Reader) -> None:
        whole = disclose(compute("types-by-month", reader, **YEAR))
        order = vega_lite(whole)["facet"]["sort"]
        assert order[0].replace("|", " ") == "Violence and sexual offences, 12,233"
        assert len(order) == 13

    def test_put_types_with_a_hidden_total_last_by_name(self, small: Disclosed) -> None:
        order = [heading.replace("|", " ") for heading in vega_lite(small)["facet"]["sort"]]
        hidden = [heading for heading in order if heading.endswith("[c]")]
        assert hidden == order[-len(hidden) :] == sorted(hidden)

    def test_draw_hidden_months_as_gaps_and_say_so(self, small: Disclosed) -> None:
        spec = vega_lite(small)
        rows = spec["data"]["values"]
        assert any(row["count"] is None for row in rows)
        assert not {1, 2, 3, 4} & {row["count"] for row in rows}
        assert "A gap: not shown, [c], or not counted." in spec["title"]["subtitle"]

    @pytest.mark.parametrize(("one_scale", "scale"), [(False, "independent"), (True, "shared")])
    def test_have_a_scale_each_or_one_for_all(self, small: Disclosed, one_scale: bool, scale: str) -> None:
        assert vega_lite(small, one_scale=one_scale)["resolve"]["scale"] == {"x": "shared", "y": scale}

    @pytest.mark.parametrize("width", [920, 360])
    def test_keep_within_their_width(self, small: Disclosed, width: int) -> None:
        drawn = float(svg(vega_lite(small, width=width)).split('width="')[1].split('"')[0])
        assert drawn <= width + 12

    def test_are_said_in_words(self, small: Disclosed) -> None:
        said = description(small)
        assert said.startswith("Types of crime by month in Wolverhampton 033C, November 2024 to October 2025.")
        assert "Most numerous: Shoplifting 202, most 42 in November 2024;" in said
        assert said.endswith("Some values are not shown, so that nobody can be found behind them.")

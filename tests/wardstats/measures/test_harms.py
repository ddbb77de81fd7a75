"""Crime by number and by harm on the real counts of Wolverhampton, held against sums made without the library."""

from __future__ import annotations

from datetime import date

import pytest

from tests.wardstats.measures.conftest import DISTRICT, real_counts
from wardstats.disclosure import Suppressed, disclose
from wardstats.measures import ANTI_SOCIAL_BEHAVIOUR, Reader, UnableToCompute, asked_in_words, compute, measure
from wardstats.methods import harm_weights

YEAR = {"from": "2024-11", "until": "2025-11"}
SET = "cchi-2026-west-midlands"


def by_hand(code: str) -> tuple[int, float]:
    days = harm_weights(code).days
    counted = [
        (row["count"], days[row["crime_type"]])
        for row in real_counts()
        if date(2024, 11, 1) <= row["month"] < date(2025, 11, 1) and row["crime_type"] != ANTI_SOCIAL_BEHAVIOUR
    ]
    return sum(count for count, _ in counted), sum(count * weight for count, weight in counted)


@pytest.mark.parametrize("code", [SET, "cchi-2020-mean", "cchi-2020-median"])
def test_number_and_harm_are_what_the_file_adds_up_to(reader: Reader, code: str) -> None:
    result = compute("crime-harm", reader, weights=code, **YEAR)
    count, harm = by_hand(code)
    assert result.value("total") == count
    assert result.value("harm") == pytest.approx(harm)
    assert sum(float(str(row["harm"])) for row in result.rows[:-1]) == pytest.approx(harm)
    assert sum(float(str(row["share"])) for row in result.rows[:-1]) == pytest.approx(100)
    assert float(str(result.value("lower"))) < harm < float(str(result.value("upper")))


def test_names_the_set_everywhere(reader: Reader) -> None:
    result = compute("crime-harm", reader, weights=SET, **YEAR)
    name = "Cambridge Crime Harm Index 2026, as West Midlands Police records"
    assert name in result.title
    said = {caveat.code: caveat.sentence for caveat in result.caveats}
    assert name in said["harm-weights"]
    assert "not under an open licence" in said["harm-weights"]
    assert "homicide" in said["harm-coarse"]
    assert result.lineage.parameters == {"district": DISTRICT, **YEAR, "area_code": None, "weights": SET}
    assert ("Weighted by", name) in asked_in_words(result.lineage.parameters)
    assert set(result.facts) == set(measure("crime-harm").facts)


def test_says_what_the_heaviest_type_decides(reader: Reader) -> None:
    result = compute("crime-harm", reader, weights=SET, **YEAR)
    assert result.value("heaviest") == "Robbery"
    robbery = next(row for row in result.rows if row["crime_type"] == "Robbery")
    harm, without = (float(str(result.value(name))) for name in ("harm", "without_heaviest"))
    assert harm - without == pytest.approx(float(str(robbery["harm"])))
    assert robbery["weight"] == 365


def test_a_hidden_count_hides_every_sum_of_harm(reader: Reader) -> None:
    """The weights are public: a sum of harm beside a sum of crimes would give two hidden counts."""
    found = disclose(compute("crime-harm", reader, weights=SET, area_code="E01010412", **YEAR))
    hidden = [row for row in found.rows[:-1] if isinstance(row["count"], Suppressed)]
    assert hidden
    assert all(isinstance(row["harm"], Suppressed) for row in hidden)
    last = found.rows[-1]
    for name in ("all_harm", "lower", "upper", "per_crime", "heaviest", "without_heaviest", "without_upper"):
        assert isinstance(last[name], Suppressed), name


def test_refuses_to_choose_a_set_and_to_leave_types_out(reader: Reader) -> None:
    with pytest.raises(UnableToCompute, match=r"Name the set of harm weights.*“cchi-2020-mean”"):
        compute("crime-harm", reader, **YEAR)
    with pytest.raises(UnableToCompute, match=r"No harm weights are called 'cchi'; there are cchi-2020-mean, .*\.$"):
        compute("crime-harm", reader, weights="cchi", **YEAR)
    with pytest.raises(UnableToCompute, match=r"no weight in ONS .* for: Burglary, .*Violence and sexual offences"):
        compute("crime-harm", reader, weights="ons-severity", **YEAR)

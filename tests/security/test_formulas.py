"""A formula or a number typed to do harm is refused at once, in a sentence."""

from __future__ import annotations

from datetime import date

import pytest

from wardwell.assessment.queries.figures import estimate_value
from wardwell.assessment.rules.formulas import UnableToWorkOut, worked_out
from wardwell.assessment.rules.sourced import Input
from wardwell.web.components.fields import Day, UnableToRead


@pytest.mark.parametrize(
    "formula",
    [
        "9**9**9",
        "1e999",
        "1e300*" * 40 + "1",
        "9" * 299,
        "__import__('os').system('id')",
        "().__class__",
        "[x for x in (1, 2)]",
        "lambda: 1",
        "1if 1else 2",
        "a\x00",
        "1//0",
        "x" * 301,
    ],
)
def test_a_formula_that_is_none_is_refused(formula: str) -> None:
    with pytest.raises(UnableToWorkOut):
        worked_out(formula, {})


@pytest.mark.parametrize("number", ["1e999999999", "1e-999999999", "9" * 5000, "nan", "inf", "1/0", "1_0", "-", ""])
def test_a_number_that_takes_for_ever_is_no_number(number: str) -> None:
    with pytest.raises(ValueError, match="is no number"):
        estimate_value("a", (Input("a", "something", number, source="somebody"),), 2)


@pytest.mark.parametrize("number", ["249,500", "−3.5", "12%", "0.25", "1e-07"])
def test_a_number_as_it_is_printed_is_one(number: str) -> None:
    assert estimate_value("a", (Input("a", "something", number, source="somebody"),), 2)


@pytest.mark.parametrize("year", ["1", "9999", "99999999999999999999", "-1"])
def test_a_day_outside_of_all_reckoning_is_none(year: str) -> None:
    with pytest.raises(UnableToRead):
        Day(name="until", label="Last day").read(("31", "12", year))
    assert Day(name="until", label="Last day").read(("31", "12", "2030")) == date(2030, 12, 31)

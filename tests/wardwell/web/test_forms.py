"""Forms: every answer is read, every error is told with the way to its field, what was typed stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.template import engines
from django.utils.datastructures import MultiValueDict

from wardwell.web.components import (
    Answers,
    Choice,
    Choices,
    Confirmation,
    Day,
    Field,
    Form,
    LongText,
    Option,
    Page,
    Panel,
    Text,
    Upload,
    WholeNumber,
)

KINDS = [Option("strategic", "Strategic assessment"), Option("profile", "Problem profile")]
SIGN_OFF = Form(
    name="sign-off",
    submit="Sign off",
    fields=[
        LongText(name="reason", label="Reason", asks="the reason for signing off"),
        Day(name="on", label="Date of the meeting"),
        Choice(name="kind", label="Kind", options=KINDS),
        Choices(name="agencies", label="Agencies", options=KINDS, is_required=False),
        Confirmation(name="read", label="I have read it", asks="you have read it"),
    ],
)
GOOD = "reason=Agreed&on-day=27&on-month=3&on-year=2025&kind=strategic&agencies=profile&read=yes"


def answers_to(form: Form, query: str) -> Answers:
    return form.read(QueryDict(query))


def error_of(field: Field, query: str) -> str:
    return answers_to(Form(name="one", fields=[field]), query).errors.get(field.name, "")


class TestReading:
    def test_gives_values_of_the_right_kind(self) -> None:
        answers = answers_to(SIGN_OFF, GOOD)
        assert answers.are_valid
        assert dict(answers.values) == {
            "reason": "Agreed",
            "on": date(2025, 3, 27),
            "kind": "strategic",
            "agencies": ("profile",),
            "read": True,
        }

    def test_tells_all_errors_at_once(self) -> None:
        assert answers_to(SIGN_OFF, "").errors == {
            "reason": "Enter the reason for signing off",
            "on": "Enter the date of the meeting",
            "kind": "Select the kind",
            "read": "Confirm that you have read it",
        }

    @pytest.mark.parametrize(
        ("field", "query", "error"),
        [
            (Day(name="on", label="Date"), "on-day=31&on-month=2&on-year=2025", "Date must be a real date"),
            (Day(name="on", label="Date"), "on-day=31&on-month=2", "Date must include a year"),
            (WholeNumber(name="n", label="Copies", highest=9), "n=ten", "Copies must be a whole number, like 12"),
            (WholeNumber(name="n", label="Copies", highest=9), "n=10", "Copies must be 9 or fewer"),
            (WholeNumber(name="n", label="Copies", lowest=1), "n=0", "Copies must be 1 or more"),
            (Text(name="t", label="Title", longest=3), "t=long", "Title must be 3 characters or fewer"),
            (Choice(name="k", label="Kind", options=KINDS), "k=other", "Kind: select one of the answers in the list"),
            (Choices(name="k", label="Kind", options=KINDS), "k=x", "Kind: select only answers in the list"),
        ],
    )
    def test_says_what_to_do(self, field: Field, query: str, error: str) -> None:
        assert error_of(field, query) == error

    @pytest.mark.parametrize(
        "field", [Text(name="x", label="X", is_required=False), Day(name="x", label="X", is_required=False)]
    )
    def test_lets_an_optional_answer_be_missing(self, field: Field) -> None:
        assert answers_to(Form(name="one", fields=[field]), "")["x"] is None

    def test_refuses_an_empty_file(self) -> None:
        form = Form(name="one", fields=[Upload(name="file", label="File")])
        files = MultiValueDict({"file": [SimpleUploadedFile("a.csv", b"")]})
        assert form.read(QueryDict(""), files).errors == {"file": "The file is empty: choose another file"}


class TestShowing:
    def html_of(self, form: Form, answers: Answers | None = None, initial: dict[str, Any] | None = None) -> str:
        filled = form.of(answers=answers, initial=initial)
        return str(engines["django"].from_string("{% show it %}").render({"it": filled}))

    def test_keeps_what_was_typed_beside_its_error(self) -> None:
        html = self.html_of(SIGN_OFF, answers_to(SIGN_OFF, "on-day=99&on-month=3&on-year=2025"))
        assert 'value="99"' in html
        assert "Date of the meeting must be a real date" in html
        assert 'aria-describedby="sign-off-on-error"' in html

    def test_begins_with_the_values_given(self) -> None:
        html = self.html_of(SIGN_OFF, initial={"kind": "profile", "on": date(2025, 3, 27)})
        assert 'value="profile" checked' in html
        assert 'value="27"' in html

    def test_leads_each_error_to_its_field_from_the_top_of_the_page(self) -> None:
        filled = SIGN_OFF.of(answers=answers_to(SIGN_OFF, "reason=x&kind=strategic&read=yes").refused("Not yours."))
        page = Page(title="Sign off", section="assessments", panels=[Panel(contents=[filled])])
        assert page.problems == (("Not yours.", ""), ("Enter the date of the meeting", "sign-off-on-day"))
        assert 'id="sign-off-on-day"' in self.html_of(SIGN_OFF)

    def test_sends_files_as_files(self) -> None:
        assert "multipart/form-data" in self.html_of(Form(name="one", fields=[Upload(name="file", label="File")]))

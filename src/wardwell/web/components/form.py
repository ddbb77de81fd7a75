"""A form: fields declared once, asked as GOV.UK controls, read into a dictionary for one operation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar, Literal

from wardwell.web.components.fields import Choice, Choices, Field, Option, Submitted, UnableToRead, Upload
from wardwell.web.components.links import Link


@dataclass(frozen=True)
class Answers:
    """What a person sent: the values that could be read, what was typed, and what is wrong with it."""

    values: Mapping[str, Any] = field(default_factory=dict)
    raw: Mapping[str, Any] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def are_valid(self) -> bool:
        return not self.errors

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def refused(self, because: str, *, field: str = "") -> Answers:
        """The same answers after an operation has refused them: the reason stands beside a field or above the form."""
        return replace(self, errors={**self.errors, field: because})


@dataclass(frozen=True, kw_only=True)
class OptionControl:
    """One option as it is printed."""

    id: str
    option: Option
    is_chosen: bool


@dataclass(frozen=True, kw_only=True)
class Control:
    """One question as it is printed, with its answer so far and its error."""

    field: Field
    id: str
    value: Any
    error: str = ""

    @property
    def template(self) -> str:
        return f"components/controls/{self.kind}.html"

    @property
    def kind(self) -> str:
        return "select" if isinstance(self.field, Choice) and self.field.is_folded else self.field.kind

    @property
    def label(self) -> str:
        return self.field.label if self.field.is_required else f"{self.field.label} (optional)"

    @property
    def described_by(self) -> str:
        hint = [f"{self.id}-hint"] if self.field.hint else []
        return " ".join([*hint, f"{self.id}-error"] if self.error else hint)

    @property
    def first_id(self) -> str:
        """Where the error summary leads: the first thing that can take the focus."""
        if self.kind == "date":
            return f"{self.id}-day"
        return self.id

    @property
    def options(self) -> tuple[OptionControl, ...]:
        if not isinstance(self.field, Choice | Choices):
            return ()
        chosen = self.value if isinstance(self.field, Choices) else (self.value,)
        return tuple(
            OptionControl(
                id=self.id if index == 0 else f"{self.id}-{index + 1}", option=option, is_chosen=option.value in chosen
            )
            for index, option in enumerate(self.field.options)
        )

    @property
    def parts(self) -> tuple[tuple[str, str, int, str], ...]:
        """The three boxes of a date: name, label, width and what stands in it."""
        return tuple(zip(("day", "month", "year"), ("Day", "Month", "Year"), (2, 2, 4), self.value, strict=True))


@dataclass(frozen=True, kw_only=True)
class FilledForm:
    """A form ready to be shown."""

    template: ClassVar[str] = "components/form.html"

    name: str
    action: str
    controls: Sequence[Control]
    submit: str
    method: Literal["get", "post"]
    layout: Literal["plain", "filter"]
    style: Literal["primary", "secondary", "warning"]
    is_multipart: bool
    problem: str = ""
    cancel: Link | None = None
    wait: str = ""
    second: str = ""
    second_shows: str = ""

    @property
    def problems(self) -> tuple[tuple[str, str], ...]:
        """Each error with the place that it leads to, in the order of the questions."""
        own = ((self.problem, ""),) if self.problem else ()
        return (*own, *((control.error, control.first_id) for control in self.controls if control.error))


@dataclass(frozen=True, kw_only=True)
class Form:
    """The declaration of a form. It validates a dictionary and knows nothing of what will be done with it.

    A form with `method="get"` and `layout="filter"` replaces the panel named `results` where scripts run, and is an
    ordinary form where they do not. `wait` is what is said while a slow one is answered. `second` is a second way to send it,
    told by `second` in what is sent; where scripts run, its answer fills the part of the page named `second_shows` and what
    was filled in stays.
    """

    name: str
    fields: Sequence[Field]
    submit: str = "Save"
    method: Literal["get", "post"] = "post"
    layout: Literal["plain", "filter"] = "plain"
    style: Literal["primary", "secondary", "warning"] = "primary"
    wait: str = ""
    second: str = ""
    second_shows: str = ""

    def read(self, data: Submitted, files: Submitted | None = None) -> Answers:
        """The answers in what a browser sent; every field is read, so that all errors are told at once."""
        values: dict[str, Any] = {}
        raw: dict[str, Any] = {}
        errors: dict[str, str] = {}
        for asked in self.fields:
            raw[asked.name] = asked.raw(data, files if files is not None else data)
            try:
                values[asked.name] = asked.read(raw[asked.name])
            except UnableToRead as problem:
                errors[asked.name] = str(problem)
        return Answers(values=values, raw=raw, errors=errors)

    def of(
        self,
        *,
        action: str = "",
        answers: Answers | None = None,
        initial: Mapping[str, Any] | None = None,
        cancel: Link | None = None,
    ) -> FilledForm:
        """The form to be shown: empty, with initial values, or with answers and what was wrong with them."""
        given = answers or Answers()
        return FilledForm(
            name=self.name,
            action=action,
            controls=[self._control(asked, given, initial or {}) for asked in self.fields],
            submit=self.submit,
            method=self.method,
            layout=self.layout,
            style=self.style,
            is_multipart=any(isinstance(asked, Upload) for asked in self.fields),
            problem=given.errors.get("", ""),
            cancel=cancel,
            wait=self.wait,
            second=self.second,
            second_shows=self.second_shows,
        )

    def _control(self, asked: Field, answers: Answers, initial: Mapping[str, Any]) -> Control:
        if asked.name in answers.raw:
            value = asked.shown(None) if isinstance(asked, Upload) else answers.raw[asked.name]
        else:
            value = asked.shown(initial.get(asked.name))
        return Control(
            field=asked, id=f"{self.name}-{asked.name}", value=value, error=answers.errors.get(asked.name, "")
        )

"""What a form asks for: each field says how it is asked and how its answer is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar, Protocol

from django.core.files.uploadedfile import UploadedFile


class Submitted(Protocol):
    """What a browser sent: `request.GET`, `request.POST` or `request.FILES`."""

    def get(self, key: str, default: Any = None, /) -> Any: ...

    def getlist(self, key: str) -> list[Any]: ...


class UnableToRead(Exception):
    """An answer was missing or is not what was asked for; the message tells the person what to do."""


@dataclass(frozen=True)
class Option:
    """One possible answer."""

    value: str
    text: str
    hint: str = ""


@dataclass(frozen=True, kw_only=True)
class Field:
    """One question. `asks` completes "Enter …" or "Select …" in the message when the answer is missing."""

    kind: ClassVar[str] = "text"
    verb: ClassVar[str] = "Enter"

    name: str
    label: str
    hint: str = ""
    asks: str = ""
    is_required: bool = True

    def raw(self, data: Submitted, files: Submitted) -> Any:
        """What was typed, kept so that it can be shown again beside its error."""
        # No text of PostgreSQL can hold the sign NUL, and nobody types it.
        return str(data.get(self.name) or "").replace("\x00", "").strip()

    def read(self, raw: Any) -> Any:
        """The answer as a value; raises `UnableToRead`."""
        if raw or not self.is_required:
            return raw or None
        raise UnableToRead(self.missing)

    def shown(self, value: Any) -> Any:
        """A value as it stands in the control at first."""
        return "" if value is None else str(value)

    @property
    def missing(self) -> str:
        return f"{self.verb} {self.asks or 'the ' + self.label[:1].lower() + self.label[1:]}"


@dataclass(frozen=True, kw_only=True)
class Hidden(Field):
    """A value that travels with the form unseen."""

    kind: ClassVar[str] = "hidden"

    label: str = ""


@dataclass(frozen=True, kw_only=True)
class Text(Field):
    """A short answer in words."""

    width: int | None = None
    longest: int = 250
    autocomplete: str = ""
    input_type: str = "text"

    def read(self, raw: Any) -> Any:
        if len(raw or "") > self.longest:
            raise UnableToRead(f"{self.label} must be {self.longest} characters or fewer")
        return super().read(raw)


@dataclass(frozen=True, kw_only=True)
class LongText(Text):
    """An answer of several lines, with the characters that are left."""

    kind: ClassVar[str] = "textarea"

    rows: int = 5
    longest: int = 4000


@dataclass(frozen=True, kw_only=True)
class WholeNumber(Field):
    """A number without decimals, within bounds."""

    lowest: int | None = None
    highest: int | None = None
    width: int | None = 5
    input_type: str = "text"

    def read(self, raw: Any) -> int | None:
        text = super().read(raw)
        if text is None:
            return None
        try:
            number = int(text.replace(",", ""))
        except ValueError:
            raise UnableToRead(f"{self.label} must be a whole number, like 12") from None
        if self.lowest is not None and number < self.lowest:
            raise UnableToRead(f"{self.label} must be {self.lowest} or more")
        if self.highest is not None and number > self.highest:
            raise UnableToRead(f"{self.label} must be {self.highest} or fewer")
        return number


YEARS = range(1800, 2201)
"""Years of which anybody here can speak; a day after the last of the calendar cannot be counted on from."""


@dataclass(frozen=True, kw_only=True)
class Day(Field):
    """A date, asked for in three boxes."""

    kind: ClassVar[str] = "date"

    def raw(self, data: Submitted, files: Submitted) -> Any:
        return tuple(str(data.get(f"{self.name}-{part}") or "").strip() for part in ("day", "month", "year"))

    def read(self, raw: Any) -> date | None:
        if not any(raw):
            super().read("")
            return None
        missing = [part for part, text in zip(("day", "month", "year"), raw, strict=True) if not text]
        if missing:
            raise UnableToRead(f"{self.label} must include a {' and '.join(missing)}")
        try:
            day = date(int(raw[2]), int(raw[1]), int(raw[0]))
        except (ValueError, OverflowError):
            raise UnableToRead(f"{self.label} must be a real date") from None
        if day.year not in YEARS:
            raise UnableToRead(f"{self.label} must be in the years {YEARS.start} to {YEARS.stop - 1}")
        return day

    def shown(self, value: Any) -> Any:
        return (str(value.day), str(value.month), str(value.year)) if value else ("", "", "")


@dataclass(frozen=True, kw_only=True)
class Choice(Field):
    """One of several answers: as a list to open when they are many, as radio buttons when they are few."""

    kind: ClassVar[str] = "radios"
    verb: ClassVar[str] = "Select"

    options: Sequence[Option]
    is_folded: bool = False

    def read(self, raw: Any) -> Any:
        value = super().read(raw)
        if value is not None and value not in {option.value for option in self.options}:
            raise UnableToRead(f"{self.label}: select one of the answers in the list")
        return value


@dataclass(frozen=True, kw_only=True)
class Choices(Field):
    """Any number of several answers."""

    kind: ClassVar[str] = "checkboxes"
    verb: ClassVar[str] = "Select"

    options: Sequence[Option]

    def raw(self, data: Submitted, files: Submitted) -> Any:
        return tuple(str(value) for value in data.getlist(self.name))

    def read(self, raw: Any) -> Any:
        known = {option.value for option in self.options}
        if not set(raw) <= known:
            raise UnableToRead(f"{self.label}: select only answers in the list")
        super().read(raw)
        return tuple(raw)

    def shown(self, value: Any) -> Any:
        return tuple(value or ())


@dataclass(frozen=True, kw_only=True)
class Confirmation(Field):
    """A statement that a person makes by ticking it."""

    kind: ClassVar[str] = "confirmation"
    verb: ClassVar[str] = "Confirm that"

    def read(self, raw: Any) -> bool:
        return bool(super().read(raw))


@dataclass(frozen=True, kw_only=True)
class Upload(Field):
    """One or more files."""

    kind: ClassVar[str] = "upload"
    verb: ClassVar[str] = "Choose"

    accepts: str = ""
    is_many: bool = False

    def raw(self, data: Submitted, files: Submitted) -> Any:
        return tuple(files.getlist(self.name))

    def read(self, raw: Any) -> UploadedFile[Any] | tuple[UploadedFile[Any], ...] | None:
        super().read(raw)
        if any(not file.size for file in raw):
            raise UnableToRead("The file is empty: choose another file")
        return tuple(raw) if self.is_many else next(iter(raw), None)

    def shown(self, value: Any) -> Any:
        return ()

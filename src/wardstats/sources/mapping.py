"""A mapping: how the columns of somebody's own file become the fields of a layout. Saved once, used for every next file."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from wardstats.sources.layouts import Field, FieldKind, Layout
from wardstats.sources.sheets import Value

EXCEL_NUMBER = "a day as Excel numbers it, as 46053"
DATE_FORMATS: Mapping[str, str] = {
    "2026-01-31": "%Y-%m-%d",
    "31/01/2026": "%d/%m/%Y",
    "31-01-2026": "%d-%m-%Y",
    "31.01.2026": "%d.%m.%Y",
    "31 Jan 2026": "%d %b %Y",
    "31 January 2026": "%d %B %Y",
    "01/31/2026": "%m/%d/%Y",
    "20260131": "%Y%m%d",
}
WRITINGS = (*DATE_FORMATS, EXCEL_NUMBER)
"""How a day may be written, each told by how 31 January 2026 looks."""

EXCEL_BEGINS = date(1899, 12, 30)
EXCEL_DAYS = range(1, 80_000)
THOUSANDS = re.compile(r"\d{1,3}(,\d{3})+")
A_DAY_ALONE = re.compile(r"(?<!\d)(19|20)\d\d(?!\d)")
CLOCK = re.compile(r"\b([01]?\d|2[0-3]):([0-5]\d)\b")


class UnableToMap(ValueError):
    """Why a mapping cannot be used, in a sentence for the screen."""


class UnableToConvert(ValueError):
    """A cell that could mean two things; what was found, what is expected and what to do."""

    def __init__(self, found: str, expected: str, what_to_do: str) -> None:
        self.found, self.expected, self.what_to_do = found, expected, what_to_do
        super().__init__(f"{found}; expected {expected}")


@dataclass(frozen=True)
class MappedField:
    """Where one field comes from: a column of their file, or the same words for every row.

    ``translations`` are their words and ours; ``writing`` is how their days are written, one of :data:`WRITINGS`.
    """

    heading: str
    column: str = ""
    constant: str = ""
    translations: Mapping[str, str] = field(default_factory=dict)
    writing: str = ""


@dataclass(frozen=True)
class ColumnMapping:
    """Which sheet and row hold the headings, and where each field comes from."""

    fields: tuple[MappedField, ...]
    sheet: str = ""
    heading_row: int = 1

    def to_json(self) -> dict[str, Any]:
        """As plain values.

        Examples
        --------
        >>> mapping = ColumnMapping((MappedField("Count", column="No."),), heading_row=3)
        >>> ColumnMapping.from_json(mapping.to_json()) == mapping
        True
        """
        return {
            "fields": [{**asdict(one), "translations": dict(one.translations)} for one in self.fields],
            "sheet": self.sheet,
            "heading_row": self.heading_row,
        }

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> ColumnMapping:
        """From plain values. Raises UnableToMap when they are not of a mapping."""
        try:
            fields = tuple(MappedField(**one) for one in content["fields"])
            return cls(fields, str(content["sheet"]), int(content["heading_row"]))
        except (KeyError, TypeError, ValueError) as fault:
            raise UnableToMap("The saved mapping cannot be read. Save it again.") from fault


def check_mapping(mapping: ColumnMapping, layout: Layout) -> None:
    """Hold a mapping against a layout.

    Raises
    ------
    UnableToMap
        When a required field comes from nowhere, one comes from two places or is unknown, or a day's writing is unknown.
    """
    headings = [one.heading for one in mapping.fields]
    for heading in headings:
        if heading not in layout.headings:
            raise UnableToMap(f"There is no field “{heading}” in {layout.name}.")
        if headings.count(heading) > 1:
            raise UnableToMap(f"“{heading}” is filled in twice. Keep one.")
    for one in layout.fields:
        if one.is_required and one.heading not in headings:
            raise UnableToMap(f"“{one.heading}” is asked for: choose a column for it, or what it says in every row.")
    for mapped in mapping.fields:
        _check_field(mapped)
    if not 1 <= mapping.heading_row <= 100:
        raise UnableToMap("The headings must stand in one of the first hundred rows.")


def _check_field(mapped: MappedField) -> None:
    if bool(mapped.column) == bool(mapped.constant):
        raise UnableToMap(f"“{mapped.heading}” is filled from a column, or says the same in every row: one of the two.")
    if mapped.writing and mapped.writing not in WRITINGS:
        raise UnableToMap(f"“{mapped.heading}”: days are not written like “{mapped.writing}”.")


def converted(value: Value, asked: Field | None, mapped: MappedField | None = None) -> str:
    """One cell as the text of a field. What cannot be converted is left as it is, for the rules of the table to judge.

    Raises
    ------
    UnableToConvert
        When a number stands where a day is asked for and nothing says how days are numbered.

    Examples
    --------
    >>> day = Field("Date", FieldKind.DAY, True, "", "")
    >>> converted("31/01/2026", day, MappedField("Date", "When", writing="31/01/2026"))
    '2026-01-31'
    >>> converted(46053, day, MappedField("Date", "When", writing=EXCEL_NUMBER))
    '2026-01-31'
    >>> converted("1,234", Field("Count", FieldKind.WHOLE, True, "", "")), converted(3.0, None)
    ('1234', '3')
    """
    if isinstance(value, str):
        value = " ".join(value.split())
        if mapped:
            value = mapped.translations.get(value, value)
    kind = asked.kind if asked else FieldKind.WORDS
    if value is None or value == "":
        return ""
    if kind == FieldKind.DAY:
        return _day(value, mapped.writing if mapped else "")
    if kind == FieldKind.TIME:
        return _time(value)
    if kind == FieldKind.WHOLE and isinstance(value, str) and THOUSANDS.fullmatch(value):
        return value.replace(",", "")
    return _words(value)


def _day(value: Value, writing: str) -> str:
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if writing == EXCEL_NUMBER:
        return _numbered_day(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and writing != "20260131":
        raise UnableToConvert(
            f"the cell holds {_words(value)}, which Excel would show as the day {_numbered_day(value)}",
            "a day",
            "Format the column as a date, or choose in the mapping that days are numbered as Excel does",
        )
    text = _words(value)
    return _written_day(text, DATE_FORMATS.get(writing, "%Y-%m-%d"))


def _written_day(text: str, pattern: str) -> str:
    """A day as written, with or without a time after it."""
    words = pattern.count(" ") + 1
    first = re.split(r"T(?=\d)", " ".join(text.split(" ")[:words]))[0]
    try:
        return datetime.strptime(first, pattern).replace(tzinfo=UTC).date().isoformat()
    except ValueError:
        return text


def _numbered_day(value: Value) -> str:
    try:
        number = int(float(str(value)))
    except (ValueError, OverflowError):
        return str(value)
    return (EXCEL_BEGINS + timedelta(days=number)).isoformat() if number in EXCEL_DAYS else str(value)


def _time(value: Value) -> str:
    if isinstance(value, datetime | time):
        return value.strftime("%H:%M")
    if isinstance(value, float) and 0 <= value < 1:
        minutes = round(value * 24 * 60) % (24 * 60)
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    text = _words(value)
    found = CLOCK.search(text)
    if found:
        return f"{int(found[1]):02d}:{found[2]}"
    return "" if A_DAY_ALONE.search(text) else text


def _words(value: Value) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return " ".join(str(value).split()) if not isinstance(value, date | time) else value.isoformat()


def suggested(columns: Sequence[str], layout: Layout) -> ColumnMapping:
    """A first guess: the columns that are called as the fields are, whatever their capitals and signs.

    Examples
    --------
    >>> layout = Layout("x", (Field("Sub-category", FieldKind.WORDS, True, "", ""),))
    >>> suggested(["sub category", "No."], layout).fields[0].column
    'sub category'
    """
    called = {_plain(column): column for column in columns if column}
    found = [
        MappedField(heading, column=called[_plain(heading)]) for heading in layout.headings if _plain(heading) in called
    ]
    return ColumnMapping(tuple(found))


def _plain(heading: str) -> str:
    return re.sub(r"[^a-z0-9]", "", heading.lower())

"""What tells of a person in a file that should tell of none: a full postcode, a name, a date of birth, an NHS number.

A health file is refused whole at the first of these, and the reason names the column and the row without repeating what
stands there. Nothing can find every name; what is looked for is listed in :data:`LOOKED_FOR`, so that nobody relies on more.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path

from openpyxl.utils import get_column_letter

from wardstats.sources.layouts import FieldKind, Layout
from wardstats.sources.mapping import ColumnMapping, converted
from wardstats.sources.reading import Limits
from wardstats.sources.refusal import UnableToRead
from wardstats.sources.sheets import Container, Value, container_of, every_sheet

LOOKED_FOR = (
    "columns headed as names, dates of birth, NHS or hospital numbers, or addresses",
    "full postcodes anywhere in a cell",
    "NHS numbers whose check digit is right",
    "days in columns that are not for days",
    "people's names: with a title, or a common forename and a surname alone in a cell",
)
THE_FILE = "The file"
TAKE_OUT = "Take it out at the source, and send counts or events without people in them"
FULL_POSTCODE = re.compile(
    r"(?<![A-Z0-9])(?:GIR[\s-]*0AA|[A-PR-UWYZ][A-HK-Y]?[0-9][A-Z0-9]?[\s\u00a0-]*[0-9][ABD-HJLNP-UW-Z]{2})(?![A-Z0-9])",
    re.IGNORECASE,
)
NHS_NUMBER = re.compile(r"(?<!\d)(\d{3})[\s-]?(\d{3})[\s-]?(\d{4})(?!\d)")
A_DAY = re.compile(
    r"(?<!\d)(?:\d{1,2}[/.-]\d{1,2}[/.-](?:\d{4}|\d{2})|\d{4}[/.-]\d{1,2}[/.-]\d{1,2}"
    r"|\d{1,2}(?:st|nd|rd|th)?\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?,?\s+\d{2,4})(?!\d)",
    re.IGNORECASE,
)
WITH_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Mx|Dr|Master)\.?\s+[A-Z][A-Za-z'’-]+")
NAME = re.compile(r"([A-Za-z'’-]+),?\s+(?:[A-Za-z]\.?\s+)?([A-Za-z'’-]+)")
PLACES = frozenset({
    "road", "street", "hospital", "ward", "house", "park", "lane", "close", "avenue", "court", "way", "drive", "square", "place",
    "centre", "clinic", "unit", "hall", "school", "station", "green", "gardens", "terrace", "grove", "hill", "crescent",
    "infirmary", "surgery", "practice",
})  # fmt: skip
A_NAME = (
    r"^(patient'?s?|client|person|service user)?\s*names?$|surname|forename|initials"
    r"|(first|last|given|family|middle|full)[ _-]?name"
)
HEADED = (
    (re.compile(A_NAME, re.IGNORECASE), "names of people"),
    (re.compile(r"birth|^d\.?o\.?b\.?$|\bborn\b", re.IGNORECASE), "dates of birth"),
    (re.compile(r"\bnhs\b|hospital (number|no)|\bmrn\b", re.IGNORECASE), "NHS or hospital numbers"),
    (re.compile(r"\baddress\b|house (number|name)", re.IGNORECASE), "addresses"),
)
KNOWN_HEADINGS = frozenset({
    "name", "names", "patient", "patients", "surname", "forename", "initials", "postcode", "address", "dob", "d.o.b", "d.o.b.",
    "age", "sex", "gender", "first name", "last name", "full name", "given name", "family name", "middle name", "patient name",
    "date of birth", "birth date", "nhs number", "nhs no", "hospital number", "home postcode", "full postcode", "home address",
})  # fmt: skip


@dataclass(frozen=True)
class _Expected:
    """What a file may hold: columns for days, headings that can be repeated in a reason, and the template's own words."""

    days: frozenset[str]
    headings: frozenset[str]
    words: frozenset[str]


def refuse_personal(
    path: Path,
    *,
    layout: Layout,
    mapping: ColumnMapping | None = None,
    name: str = "",
    limits: Limits,
    any_days: bool = False,
) -> None:
    """Look at every cell of a file, in every sheet, before anything of it is kept anywhere.

    Parameters
    ----------
    name
        What its supplier called it, where the path does not say.
    any_days
        Whether days may stand in any column that is not headed as dates of birth: before it is known which columns are for
        days.

    Raises
    ------
    UnableToRead
        At the first thing that tells of a person. The reason repeats neither the value nor the file's name.

    Examples
    --------
    >>> from tempfile import TemporaryDirectory
    >>> from wardstats.sources.kinds import layout_of
    >>> with TemporaryDirectory() as folder:
    ...     path = Path(folder, "q1.csv")
    ...     _ = path.write_text("Category,Home postcode\\nAssault,WV1 1AA\\n")
    ...     refuse_personal(path, layout=layout_of("partner_counts", "health"), limits=Limits())
    Traceback (most recent call last):
    ...
    wardstats.sources.refusal.UnableToRead: The file, row 2, column “B (Home postcode)”: there is a full postcode; expected the \
outward part alone, such as WV10. Take it out at the source, and send counts or events without people in them.
    """  # fmt: skip
    expected = _expected(layout, mapping)
    _refuse_name(name or path.name)
    container = container_of(path, name or path.name)
    if container is None:
        raise _refused(
            "it is an archive or a folder, which cannot be looked into", expected="one CSV, Excel or Parquet file"
        )
    try:
        with closing(every_sheet(path, name or path.name, limits=limits)) as sheets:
            for number, (_, rows) in enumerate(sheets, start=1):
                heading_row = mapping.heading_row if mapping else 1
                where = f"sheet {number}, " if container == Container.WORKBOOK and number > 1 else ""
                _look_through(rows, heading_row, where, expected, any_days=any_days)
    except UnableToRead as fault:
        if fault.file == THE_FILE:
            raise
        raise without_values(fault, layout) from None


def _refuse_name(file_name: str) -> None:
    stem = re.sub(r"[_.-]+", " ", Path(file_name).stem)
    if FULL_POSTCODE.search(stem) or _is_nhs_number(stem) or _is_name(stem):
        raise _refused(
            "its own name looks like somebody's name, postcode or number", expected="a name that says what is in it"
        )


def without_values(fault: UnableToRead, layout: Layout) -> UnableToRead:
    """A refusal that tells where, and nothing of what stands there."""
    column = fault.column if fault.column in layout.headings else None
    return UnableToRead(
        THE_FILE,
        row=fault.row,
        column=column,
        found="there is something else than the template asks for",
        expected=f"the headings and values of the template: {', '.join(layout.headings)}",
        what_to_do="Compare it with the template, and send the whole file again",
    )


def _expected(layout: Layout, mapping: ColumnMapping | None) -> _Expected:
    days = {one.heading for one in layout.fields if one.kind in (FieldKind.DAY, FieldKind.TIME)}
    if mapping:
        days |= {one.column for one in mapping.fields if one.heading in days}
    words = {text for one in layout.fields for text in (one.meaning, one.kind.value, one.example, *one.allowed)}
    columns = {one.column for one in mapping.fields} if mapping else set()
    return _Expected(frozenset(days), frozenset(layout.headings) | columns, frozenset(words))


def _look_through(
    rows: Iterator[tuple[int, Sequence[Value]]], heading_row: int, where: str, expected: _Expected, *, any_days: bool
) -> None:
    headings: tuple[str, ...] = ()
    for number, row in rows:
        if number == heading_row:
            headings = tuple(converted(value, None) for value in row)
        for index, value in enumerate(row):
            if value is None or value == "" or (isinstance(value, str) and value in expected.words):
                continue
            heading = headings[index] if index < len(headings) else ""
            found = _in_heading(value) if number == heading_row and not where else None
            found = found or _in_cell(value, is_for_days=any_days or heading in expected.days)
            if found:
                raise _refused(
                    found[0], row=number, column=where + _column(index, heading, expected), expected=found[1]
                )


def _in_heading(value: Value) -> tuple[str, str] | None:
    for pattern, what in HEADED:
        if isinstance(value, str) and pattern.search(value.strip()):
            return f"the column is headed as one of {what}", f"no {what}"
    return None


def _in_cell(value: Value, *, is_for_days: bool) -> tuple[str, str] | None:
    if isinstance(value, bool):
        return None
    text = converted(value, None) if not isinstance(value, date | datetime) else value.isoformat()
    if isinstance(value, str) and FULL_POSTCODE.search(text):
        return "there is a full postcode", "the outward part alone, such as WV10"
    if _is_nhs_number(text):
        return "there is an NHS number", "no numbers of people"
    if not is_for_days and (isinstance(value, date) or A_DAY.search(text)):
        return (
            "there is a day in a column that is not for days, as dates of birth are",
            "days under Period and Date alone",
        )
    if isinstance(value, str) and _is_name(text):
        return "there is what looks like somebody's name", "no names of people"
    return None


def _is_nhs_number(text: str) -> bool:
    """Whether a text holds ten digits whose last is the check digit of the others, modulo 11, as NHS numbers have."""
    for found in NHS_NUMBER.finditer(text):
        digits = [int(digit) for digit in "".join(found.groups())]
        check = 11 - sum(digit * weight for digit, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
        if check != 10 and digits[9] == check % 11 and any(digits):
            return True
    return False


def _is_name(text: str) -> bool:
    if WITH_TITLE.search(text):
        return True
    found = NAME.fullmatch(text)
    if not found:
        return False
    first, last = found[1].lower(), found[2].lower()
    return bool({first, last} & _forenames()) and not {first, last} & PLACES


@cache
def _forenames() -> frozenset[str]:
    lines = Path(__file__).with_name("forenames.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))


def _column(index: int, heading: str, expected: _Expected) -> str:
    """A column by its letter; with its heading only where that is a known one, since a heading may be data."""
    letter = get_column_letter(index + 1)
    is_known = heading in expected.headings or heading.lower().replace("_", " ") in KNOWN_HEADINGS
    return f"{letter} ({heading})" if is_known else letter


def _refused(found: str, *, expected: str, row: int | None = None, column: str | None = None) -> UnableToRead:
    return UnableToRead(THE_FILE, row=row, column=column, found=found, expected=expected, what_to_do=TAKE_OUT)

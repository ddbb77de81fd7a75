"""The tables of evidence."""

from __future__ import annotations

from datetime import date

from wardwell.evidence.queries import (
    PartView,
    QuarantinedRow,
    ReconciliationLine,
    SnapshotView,
    SubmissionView,
    SupplyView,
)
from wardwell.evidence.rules import Gap, State
from wardwell.web.components import Column, Empty, Table, Tag
from wardwell.web.components.tag import Colour

STATES: dict[State, tuple[str, Colour]] = {
    State.RECEIVED: ("Waiting", "grey"),
    State.CHECKING: ("Being read", "blue"),
    State.ACCEPTED: ("Accepted", "green"),
    State.UNCHANGED: ("Nothing new", "teal"),
    State.REFUSED: ("Refused", "red"),
}

GAPS = Table[Gap](
    caption="Holes in a series",
    is_caption_hidden=True,
    columns=(Column(name="unit", label="Force or file"), Column(name="month", label="Month missing", kind="month")),
)

REFERENCE = Table[SupplyView](
    caption="Datasets of reference data",
    is_caption_hidden=True,
    columns=(
        Column(
            name="name",
            label="Dataset",
            value=lambda row: row.dataset.name,
            link=lambda row: f"/evidence/datasets/{row.dataset.code}",
        ),
        Column(name="latest_edition", label="Edition"),
        Column(name="rows", label="Rows", kind="number"),
        Column(name="source", label="Source", value=lambda row: row.dataset.source),
        Column(name="licence", label="Licence", value=lambda row: row.dataset.licence),
    ),
)

SNAPSHOTS = Table[SnapshotView](
    caption="Editions, newest first",
    is_caption_hidden=True,
    columns=(
        Column(name="edition", label="Edition", link=lambda row: f"/evidence/snapshots/{row.id}"),
        Column(name="is_current", label="State", value=lambda row: currency(row).text, tag=lambda row: currency(row)),
        Column(name="period", label="Months", value=lambda row: months_of(row)),
        Column(name="rows", label="Rows kept", kind="number"),
        Column(name="quarantined", label="Put aside", kind="number"),
        Column(name="taken_at", label="Taken in", kind="moment"),
        Column(name="taken_by", label="By"),
    ),
    empty=Empty(heading="No edition has been kept yet"),
)

SUBMISSIONS = Table[SubmissionView](
    caption="Files sent in, newest first",
    is_caption_hidden=True,
    columns=(
        Column(name="file_name", label="File", link=lambda row: f"/evidence/submissions/{row.id}"),
        Column(name="state", label="State", value=lambda row: tag_of(row).text, tag=lambda row: tag_of(row)),
        Column(name="dataset_name", label="Dataset"),
        Column(name="words", label="What came of it"),
        Column(name="sent_by", label="Sent by"),
        Column(name="sent_at", label="When", kind="moment"),
    ),
    empty=Empty(heading="No file has been sent in yet"),
)

NUMBERS = (
    Column[ReconciliationLine](name="rows_in", label="Rows in", kind="number"),
    Column[ReconciliationLine](name="accepted", label="Accepted", kind="number"),
    Column[ReconciliationLine](name="quarantined", label="Put aside", kind="number"),
)
MONTH = Column[ReconciliationLine](name="month", label="Month", kind="month")
TYPE = Column[ReconciliationLine](
    name="crime_type", label="Type", value=lambda row: row.crime_type or "No type could be read"
)

BY_TYPE = Table[ReconciliationLine](caption="Rows by type", columns=(TYPE, *NUMBERS), is_sortable=True)
LINES = Table[ReconciliationLine](
    caption="Rows by file, month and type",
    columns=(Column[ReconciliationLine](name="file_name", label="File"), MONTH, TYPE, *NUMBERS),
)

PARTS = Table[PartView](
    caption="Files and months of this edition",
    is_caption_hidden=True,
    columns=(
        Column(name="file_name", label="File"),
        Column(name="month", label="Month", kind="month"),
        Column(name="rows_in", label="Rows in", kind="number"),
        Column(name="accepted", label="Accepted", kind="number"),
        Column(name="quarantined", label="Put aside", kind="number"),
        Column(
            name="superseded_by",
            label="Now counted from",
            value=lambda row: row.superseded_by or "This edition",
            tag=lambda row: None if row.superseded_by else Tag("This edition", "green"),
        ),
        Column(name="sha256", label="Digest of the file (SHA-256)", kind="code"),
    ),
)


QUARANTINE = Table[QuarantinedRow](
    caption="Rows put aside",
    columns=(
        Column(name="file", label="File"),
        Column(name="row", label="Row", kind="number"),
        Column(name="sentence", label="Why it was put aside"),
        Column(name="raw", label="The row as it stands in the file", kind="code"),
    ),
)


def currency(row: SnapshotView) -> Tag:
    """Whether figures are still counted from a snapshot."""
    if row.parts_current == row.parts:
        return Tag("Current", "green")
    return Tag("Current in part", "yellow") if row.is_current else Tag("Superseded", "grey")


def tag_of(row: SubmissionView) -> Tag:
    """The state of a submission."""
    return Tag(*STATES[row.state])


def months_of(row: SnapshotView) -> str:
    """The months of a snapshot in words."""
    if row.period_from is None or row.period_until is None:
        return "Not by month"
    return months_between(row.period_from, row.period_until)


def months_between(since: date, until: date) -> str:
    """Months in words, from the first up to and not including another.

    >>> months_between(date(2025, 9, 1), date(2025, 10, 1)), months_between(date(2025, 9, 1), date(2026, 1, 1))
    ('September 2025', 'September 2025 to December 2025')
    """
    year, month = divmod(12 * until.year + until.month - 2, 12)
    first, last = f"{since:%B %Y}", f"{date(year, month + 1, 1):%B %Y}"
    return first if first == last else f"{first} to {last}"
